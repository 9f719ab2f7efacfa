"""Centroids in the features' own units, in which builds can be compared whatever their transforms and scales."""

from collections.abc import Mapping

import numpy as np

from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.dimensions import Dimension
from python_udfs.segmentation.transforms import IS_UNKNOWN, transformed, untransformed


def feature_values(centroid: FloatMatrix, dimensions: list[Dimension]) -> FloatMatrix:
    """A centroid, shape (d,), in the features' own units, shape (d,): a mean on the scale of the transform."""
    return np.array(
        [
            untransformed(
                np.array([place * dimension.scale / dimension.weight + dimension.center]),
                dimension.transform,
                dimension.power,
            )[0]
            for place, dimension in zip(centroid, dimensions, strict=True)
        ]
    )


def in_current_space(values: Mapping[str, float], dimensions: list[Dimension]) -> FloatMatrix:
    """Feature values by label as coordinates of this build, shape (d,).

    A feature that is unknown, or means another thing in every build, is central.
    """
    return np.array([_coordinate(values.get(d.label) if d.is_comparable else None, d) for d in dimensions])


def _coordinate(value: float | None, dimension: Dimension) -> float:
    if value is None or not np.isfinite(value):
        return 0.0
    # An indicator's mean is a share, not a value that is known or not.
    told = np.array([value])
    place = told if dimension.transform == IS_UNKNOWN else transformed(told, dimension.transform, dimension.power)
    return float((place[0] - dimension.center) / dimension.scale * dimension.weight)

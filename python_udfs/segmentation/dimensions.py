"""The coordinates of a customer's vector: what each is made of, and its value for a customer."""

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.segmentation.blocks import MEANING
from python_udfs.segmentation.columns import column_values, count_values
from python_udfs.segmentation.transforms import IDENTITY, transformed

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Dimension:
    """One feature's way into the vector: shrink, transform, winsorise, centre, scale, weigh.

    label: what the feature is called where builds are compared and people read: a category's name, not its rank.
    position: index in the vector from 0, or None when the feature is left out for `dropped_reason`.
    transform: one of TRANSFORMS; power: Yeo-Johnson's, None for the others.
    lower, upper: winsorising bounds after the transform. center, scale: mean and standard deviation after winsorising.
    weight: the block's weight over its first singular value (Escofier and Pagès 1994, Multiple Factor Analysis), times
    the feature's own.
    noise_share: the part of the variance between customers that is noise: chance, or what no other feature foretells.
    counted_by: the column that says of how many reviews or lines the value is made; None for other features.
    shrinkage: with so many of them half of the value counts. prior: the value without any of them, in the feature's
    unit; None where it is the centre.
    share_known: share of customers for whom the feature is known.
    """

    feature: str
    label: str
    block: str
    position: int | None
    transform: str
    power: float | None
    lower: float
    upper: float
    center: float
    scale: float
    weight: float
    noise_share: float
    counted_by: str | None
    shrinkage: float
    prior: float | None
    share_known: float
    dropped_reason: str | None

    @property
    def is_comparable(self) -> bool:
        """Whether it means the same in the next build. Axes of meaning turn when texts are added."""
        return self.block != MEANING


DIMENSIONS_SCHEMA = pa.schema(
    [
        pa.field("feature", pa.string()),
        pa.field("label", pa.string()),
        pa.field("block", pa.string()),
        pa.field("position", pa.int32()),
        pa.field("transform", pa.string()),
        pa.field("power", pa.float64()),
        pa.field("lower", pa.float64()),
        pa.field("upper", pa.float64()),
        pa.field("center", pa.float64()),
        pa.field("scale", pa.float64()),
        pa.field("weight", pa.float64()),
        pa.field("noise_share", pa.float64()),
        pa.field("counted_by", pa.string()),
        pa.field("shrinkage", pa.float64()),
        pa.field("prior", pa.float64()),
        pa.field("share_known", pa.float64()),
        pa.field("dropped_reason", pa.string()),
    ]
)


def unused_dimension(block: str, name: str, values: FloatArray) -> Dimension:
    """A dimension of a feature, its values of shape (n,), of which nothing is known but the share of known values."""
    known = float((~np.isnan(values)).mean()) if len(values) else 0.0
    return Dimension(
        feature=name,
        label=name,
        block=block,
        position=None,
        transform=IDENTITY,
        power=None,
        lower=0.0,
        upper=0.0,
        center=0.0,
        scale=1.0,
        weight=1.0,
        noise_share=0.0,
        counted_by=None,
        shrinkage=0.0,
        prior=None,
        share_known=round(known, 6),
        dropped_reason=None,
    )


def coordinates(dimension: Dimension, features: pa.Table | pa.RecordBatch) -> FloatArray:
    """The dimension's coordinate of each customer, shape (n,); NaN where it is unknown."""
    values = column_values(features, dimension.feature)
    if dimension.counted_by is None:
        return _standardised(dimension, values) * dimension.weight
    counts = count_values(features, dimension.counted_by)
    # Without any of them nothing is one's own, also where the var says that nothing shrinks.
    own = np.divide(counts, counts + dimension.shrinkage, out=np.full_like(counts, np.nan), where=counts > 0)
    if dimension.prior is None:
        return own * _standardised(dimension, values) * dimension.weight
    shrunk = own * values + (1 - own) * dimension.prior
    return _standardised(dimension, shrunk) * dimension.weight


def _standardised(dimension: Dimension, values: FloatArray) -> FloatArray:
    winsorised = np.clip(transformed(values, dimension.transform, dimension.power), dimension.lower, dimension.upper)
    return (winsorised - dimension.center) / dimension.scale


def dimensions_table(dimensions: list[Dimension]) -> pa.Table:
    """Dimensions as a table of DIMENSIONS_SCHEMA, one row each."""
    return pa.Table.from_pylist([asdict(dimension) for dimension in dimensions], schema=DIMENSIONS_SCHEMA)


def dimensions_from(table: pa.Table) -> list[Dimension]:
    """The dimensions that are used, in the order of their position."""
    used = [dimension for dimension in all_dimensions_from(table) if dimension.position is not None]
    return sorted(used, key=lambda dimension: dimension.position or 0)


def all_dimensions_from(table: pa.Table) -> list[Dimension]:
    """The dimensions of the table, also those that are left out."""
    return [Dimension(**row) for row in table.select(DIMENSIONS_SCHEMA.names).to_pylist()]


def noise_shares(dimensions: list[Dimension]) -> FloatArray:
    """Of each dimension the part of its variance that is noise, shape (d,)."""
    return np.array([dimension.noise_share for dimension in dimensions])


def columns_of(dimensions: list[Dimension]) -> list[str]:
    """The columns of customer_features that the dimensions are made of, customer_id first."""
    counts = [dimension.counted_by for dimension in dimensions if dimension.counted_by is not None]
    return list(dict.fromkeys(["customer_id", *(dimension.feature for dimension in dimensions), *counts]))

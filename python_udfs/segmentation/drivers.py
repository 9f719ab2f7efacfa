"""What separates the segments: the share of each feature in the distances between them."""

from collections import defaultdict

import numpy as np
import pyarrow as pa

from python_udfs.segmentation.clustering import NOISE, FloatMatrix, Labels, at_center
from python_udfs.segmentation.dimensions import Dimension

DRIVERS_SCHEMA = pa.schema(
    [
        pa.field("level", pa.string()),
        pa.field("driver", pa.string()),
        pa.field("block", pa.string()),
        pa.field("share_of_separation", pa.float64()),
        pa.field("share_explained", pa.float64()),
    ]
)


def driver_table(vectors: FloatMatrix, labels: Labels, dimensions: list[Dimension]) -> pa.Table:
    """One row per block and per dimension, of DRIVERS_SCHEMA; none without two segments.

    vectors: (n, d), unknown coordinates NaN, here at the centre; labels: (n,). The sum of squares between the segments
    is a sum over dimensions, so each has an exact share of it, `share_of_separation`; those of one level add up to 1.
    `share_explained` is the share of the own sum of squares that lies between segments (the correlation ratio, eta
    squared): 1 where the segments tell all, 0 where they tell nothing.
    """
    inside = labels != NOISE
    if len(np.unique(labels[inside])) < 2 or not dimensions:
        return DRIVERS_SCHEMA.empty_table()
    between, total = sums_of_squares(at_center(vectors[inside]), labels[inside])
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, dimension in enumerate(dimensions):
        blocks[dimension.block].append(place)
    rows = [_row("block", block, block, places, between, total) for block, places in blocks.items()]
    rows += [_row("feature", d.label, d.block, [place], between, total) for place, d in enumerate(dimensions)]
    return pa.Table.from_pylist(rows, schema=DRIVERS_SCHEMA)


def sums_of_squares(vectors: FloatMatrix, labels: Labels) -> tuple[FloatMatrix, FloatMatrix]:
    """Sums of squares between the segments and in all, each of shape (d,)."""
    mean = vectors.mean(axis=0)
    groups = [vectors[labels == label] for label in np.unique(labels)]
    between = np.sum([len(group) * (group.mean(axis=0) - mean) ** 2 for group in groups], axis=0)
    return between, ((vectors - mean) ** 2).sum(axis=0)


def _row(
    level: str, driver: str, block: str, places: list[int], between: FloatMatrix, total: FloatMatrix
) -> dict[str, object]:
    own, separation = float(between[places].sum()), float(between.sum())
    squares = float(total[places].sum())
    return {
        "level": level,
        "driver": driver,
        "block": block,
        "share_of_separation": round(own / separation, 6) if separation > 0 else 0.0,
        "share_explained": round(own / squares, 6) if squares > 0 else 0.0,
    }

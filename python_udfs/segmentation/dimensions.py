"""Fits the fusion: how each feature becomes a coordinate of a customer's vector."""

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import skew

from python_udfs.segmentation.blocks import REVIEW_COUNT, VOICE, FusionRules

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Dimension:
    """One feature's way into the vector: transform, winsorise, centre, scale, shrink, weigh.

    position: index in the vector from 0, or None when the feature is left out for `dropped_reason`.
    transform: identity or log1p; lower, upper: winsorising bounds after it.
    center, scale: mean and standard deviation after winsorising.
    weight: the block's weight over its first singular value (Escofier and Pagès 1994, Multiple Factor Analysis).
    shrinkage: reviews at which half of the value counts; 0 for features that don't come from reviews.
    share_known: share of customers for whom the feature is known; the others sit at the centre.
    """

    feature: str
    block: str
    position: int | None
    transform: str
    lower: float
    upper: float
    center: float
    scale: float
    weight: float
    shrinkage: float
    share_known: float
    dropped_reason: str | None


DIMENSIONS_SCHEMA = pa.schema(
    [
        pa.field("feature", pa.string()),
        pa.field("block", pa.string()),
        pa.field("position", pa.int32()),
        pa.field("transform", pa.string()),
        pa.field("lower", pa.float64()),
        pa.field("upper", pa.float64()),
        pa.field("center", pa.float64()),
        pa.field("scale", pa.float64()),
        pa.field("weight", pa.float64()),
        pa.field("shrinkage", pa.float64()),
        pa.field("share_known", pa.float64()),
        pa.field("dropped_reason", pa.string()),
    ]
)


def fit_dimensions(features: pa.Table, rules: FusionRules) -> list[Dimension]:
    """Fit the fusion on a sample of customers; every feature of the rules comes out, used or dropped with a reason.

    features: one row per customer, with the features as numeric columns (null: unknown) and review_count.
    """
    fitted = [_fit_feature(block, name, features, rules) for block, name in rules.all_features]
    used = [dimension for dimension in fitted if dimension.dropped_reason is None]
    positions = {(dimension.block, dimension.feature): place for place, dimension in enumerate(used)}
    singular_values = {
        block: _first_singular_value([d for d in used if d.block == block], features) for block in rules.features
    }
    return [
        Dimension(
            **{
                **asdict(dimension),
                "position": positions.get((dimension.block, dimension.feature)),
                "weight": float(rules.block_weights[dimension.block]) / singular_values[dimension.block],
            }
        )
        if dimension.dropped_reason is None
        else dimension
        for dimension in fitted
    ]


def coordinates(dimension: Dimension, values: FloatArray, review_counts: FloatArray) -> FloatArray:
    """The dimension's coordinate of each customer, shape (n,). Unknown values (NaN) sit at the centre, 0."""
    transformed = np.log1p(values) if dimension.transform == "log1p" else values
    winsorised = np.clip(transformed, dimension.lower, dimension.upper)
    standardised = np.nan_to_num((winsorised - dimension.center) / dimension.scale)
    if dimension.shrinkage > 0:
        standardised = standardised * (review_counts / (review_counts + dimension.shrinkage))
    return standardised * dimension.weight


def column_values(features: pa.Table | pa.RecordBatch, name: str) -> FloatArray:
    """A numeric column as float64, null as NaN, shape (n,)."""
    return features.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)


def review_counts_of(features: pa.Table | pa.RecordBatch) -> FloatArray:
    """How many reviews each customer wrote, unknown as 0, shape (n,)."""
    return np.nan_to_num(column_values(features, REVIEW_COUNT))


def _fit_feature(block: str, name: str, features: pa.Table, rules: FusionRules) -> Dimension:
    values = column_values(features, name)
    known = values[~np.isnan(values)]
    share_known = float(len(known) / len(values)) if len(values) else 0.0

    def dimension(
        reason: str | None, transform: str, bounds: tuple[float, float], center: float, scale: float
    ) -> Dimension:
        shrinkage = rules.reviews_until_half if block == VOICE and name != REVIEW_COUNT else 0.0
        return Dimension(
            name, block, None, transform, *bounds, center, scale, 1.0, shrinkage, round(share_known, 6), reason
        )

    if rules.block_weights[block] <= 0:
        return dimension("the weight of its block is 0", "identity", (0.0, 0.0), 0.0, 1.0)
    if share_known < rules.smallest_share_known or len(known) == 0:
        return dimension("known for too few customers", "identity", (0.0, 0.0), 0.0, 1.0)
    transform = "log1p" if known.min() >= 0 and _skewness(known) > rules.skew_limit else "identity"
    transformed = np.log1p(known) if transform == "log1p" else known
    # Quantiles that occur in the data: an interpolated one would depend on rounding.
    bounds = np.quantile(transformed, [rules.lower_quantile, rules.upper_quantile], method="inverted_cdf")
    winsorised = np.clip(transformed, *bounds)
    center, scale = float(winsorised.mean()), float(winsorised.std())
    limits = (float(bounds[0]), float(bounds[1]))
    if scale <= 1e-9 * max(1.0, abs(center)):
        return dimension("the same for nearly all customers", transform, limits, center, 1.0)
    return dimension(None, transform, limits, center, scale)


def _skewness(values: FloatArray) -> float:
    return float(skew(values)) if values.std() > 0 else 0.0


def _first_singular_value(dimensions: list[Dimension], features: pa.Table) -> float:
    """Of the block's standardised columns over the square root of n, so that it doesn't grow with the sample."""
    if not dimensions:
        return 1.0
    counts = review_counts_of(features)
    block = np.column_stack([coordinates(d, column_values(features, d.feature), counts) for d in dimensions])
    centered = block - block.mean(axis=0)
    largest = float(np.linalg.svd(centered.T @ centered / len(block), compute_uv=False)[0])
    return float(np.sqrt(largest)) if largest > 0 else 1.0


def dimensions_table(dimensions: list[Dimension]) -> pa.Table:
    """Dimensions as a table of DIMENSIONS_SCHEMA, one row each."""
    return pa.Table.from_pylist([asdict(dimension) for dimension in dimensions], schema=DIMENSIONS_SCHEMA)


def dimensions_from(table: pa.Table) -> list[Dimension]:
    """The dimensions that are used, in the order of their position."""
    dimensions = [Dimension(**row) for row in table.select(DIMENSIONS_SCHEMA.names).to_pylist()]
    used = [dimension for dimension in dimensions if dimension.position is not None]
    return sorted(used, key=lambda dimension: dimension.position or 0)

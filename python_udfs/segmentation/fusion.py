"""Fits the fusion: how each feature becomes a coordinate of a customer's vector, and which ones are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

import numpy as np
import pyarrow as pa

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.blocks import LINE_COUNT, MEANING, REVIEW_COUNT, SPOKEN, TASTE, VOICE, FusionRules
from python_udfs.segmentation.chance import NONE, Chance, chance_in
from python_udfs.segmentation.clustering import at_center
from python_udfs.segmentation.columns import FloatArray, column_values, count_values
from python_udfs.segmentation.dimensions import Dimension, coordinates, unused_dimension
from python_udfs.segmentation.foretold import foretold_shares, sampled_customers
from python_udfs.segmentation.transforms import IS_UNKNOWN, SQUARE_ROOT, choose_transform, transformed

NO_LABELS: Mapping[str, str] = {}
BY_CHANCE = "customers differ in it hardly more than by chance"


def fit_dimensions(features: pa.Table, rules: FusionRules, labels: Mapping[str, str] = NO_LABELS) -> list[Dimension]:
    """Fit the fusion on a sample of customers; every feature of the rules comes out, used or dropped with a reason.

    features: one row per customer, with the `columns` of the rules (null: unknown). labels: feature -> what it is
    called, where that isn't its name. Indicators of unknown values follow the features of their block.
    """
    fitted = []
    for block, names in rules.features.items():
        of_block = FITS.get(block, _fit_block)(block, names, features, rules)
        fitted += _weighted(of_block, float(rules.block_weights[block]), features, rules)
    places = count()
    placed = [
        replace(
            dimension,
            position=next(places) if dimension.dropped_reason is None else None,
            label=labels.get(dimension.label, dimension.label),
        )
        for dimension in fitted
    ]
    return _with_own_noise(placed, features, rules)


def _fit_block(block: str, names: Sequence[str], features: pa.Table, rules: FusionRules) -> list[Dimension]:
    fitted = [_fit_feature(block, name, features, rules) for name in names]
    return fitted + _fit_indicators(block, fitted, features, rules)


def _fit_feature(block: str, name: str, features: pa.Table, rules: FusionRules) -> Dimension:
    values = column_values(features, name)
    known = values[~np.isnan(values)]
    blank = unused_dimension(block, name, values)
    if block == VOICE and name != REVIEW_COUNT:
        blank = replace(blank, counted_by=REVIEW_COUNT, shrinkage=rules.reviews_until_half)
    is_rate = name in rules.rates
    chance = chance_in(values, count_values(features, rules.rates[name])) if is_rate else NONE
    blank = replace(blank, noise_share=round(chance.share, 6))
    if rules.block_weights[block] <= 0:
        return replace(blank, dropped_reason="the weight of its block is 0")
    if rules.feature_weights.get(name, 1.0) <= 0:
        return replace(blank, dropped_reason="its weight is 0")
    if blank.share_known < rules.smallest_share_known or len(known) == 0:
        return replace(blank, dropped_reason="known for too few customers")
    transform, power = choose_transform(known, rules.skew_limit)
    values = transformed(known, transform, power)
    # Quantiles that occur in the data: an interpolated one would depend on rounding.
    lower, upper = np.quantile(values, [rules.lower_quantile, rules.upper_quantile], method="inverted_cdf")
    winsorised = np.clip(values, lower, upper)
    center, scale = float(winsorised.mean()), float(winsorised.std())
    told = {"transform": transform, "power": power, "lower": float(lower), "upper": float(upper), "center": center}
    if scale <= 1e-9 * max(1.0, abs(center)):
        return replace(blank, **told, dropped_reason="the same for nearly all customers")
    if _is_by_chance(chance, rules):
        return replace(blank, **told, dropped_reason=BY_CHANCE)
    return replace(blank, **told, scale=scale)


def _is_by_chance(chance: Chance, rules: FusionRules) -> bool:
    """Twice the standard error: where most have one order, what is all chance looks like more every other time."""
    least = max(rules.smallest_reliability, 2 * chance.error)
    return 1 - chance.share < least and rules.smallest_reliability > 0


def _fit_indicators(block: str, fitted: list[Dimension], features: pa.Table, rules: FusionRules) -> list[Dimension]:
    """One indicator per pattern of unknown values among the used features: reviews are unknown all at once."""
    indicators: dict[bytes, Dimension] = {}
    for dimension in fitted:
        unknown = np.isnan(column_values(features, dimension.feature))
        share = float(unknown.mean()) if len(unknown) else 0.0
        rare = min(share, 1 - share) < max(rules.smallest_share_known, 1e-9)
        if dimension.dropped_reason is not None or rare or rules.indicator_weight <= 0:
            continue
        indicator = replace(
            unused_dimension(block, dimension.feature, np.zeros(1)),
            label=f"{dimension.label} is unknown",
            transform=IS_UNKNOWN,
            upper=1.0,
            center=share,
            scale=float(np.sqrt(share * (1 - share))) / rules.indicator_weight,
        )
        indicators.setdefault(unknown.tobytes(), indicator)
    return list(indicators.values())


def _fit_taste(block: str, names: Sequence[str], features: pa.Table, rules: FusionRules) -> list[Dimension]:
    """Shares of categories, shrunk to the shop's, by their square roots: Euclidean distances are then Hellinger's.

    Left out together where customers differ by no more than chance: were all lines drawn from the shop's categories,
    the variance of a share p among n lines would be p (1 - p) / n.
    """
    shares = {name: column_values(features, name) for name in names}
    blanks = [unused_dimension(block, name, shares[name]) for name in names]
    if rules.block_weights[block] <= 0:
        return [replace(blank, dropped_reason="the weight of its block is 0") for blank in blanks]
    counts = count_values(features, LINE_COUNT)
    known = [b for b in blanks if b.share_known >= max(rules.smallest_share_known, 1e-9)]
    reliability = _reliability([shares[blank.feature] for blank in known], counts)
    fitted = []
    for blank in blanks:
        if np.isnan(shares[blank.feature]).all():
            fitted.append(replace(blank, dropped_reason="the shop has no such category"))
        elif rules.feature_weights.get(blank.feature, 1.0) <= 0:
            fitted.append(replace(blank, dropped_reason="its weight is 0"))
        elif blank not in known:
            fitted.append(replace(blank, dropped_reason="known for too few customers"))
        elif reliability < rules.smallest_reliability:
            fitted.append(replace(blank, dropped_reason=BY_CHANCE))
        else:
            fitted.append(_fit_share(blank, features, float(np.nanmean(shares[blank.feature])), rules))
    return fitted


def _fit_share(blank: Dimension, features: pa.Table, prior: float, rules: FusionRules) -> Dimension:
    plain = replace(
        blank,
        transform=SQUARE_ROOT,
        upper=1.0,
        counted_by=LINE_COUNT,
        shrinkage=rules.lines_until_half,
        prior=prior,
    )
    roots = coordinates(plain, features)
    if np.nanstd(roots) <= 1e-9:
        return replace(plain, dropped_reason="the same for nearly all customers")
    return replace(plain, center=float(np.nanmean(roots)))


def _reliability(shares: list[FloatArray], counts: FloatArray) -> float:
    """Part of the shares' variance between customers that isn't due to having bought only so many lines, 0 to 1."""
    bought = counts > 0
    if not shares or not bought.any():
        return 0.0
    known = np.column_stack([np.nan_to_num(share[bought]) for share in shares])
    means = known.mean(axis=0)
    observed = float(known.var(axis=0).sum())
    by_chance = float((means * (1 - means)).sum() * (1 / counts[bought]).mean())
    return max(0.0, 1 - by_chance / observed) if observed > 0 else 0.0


def _fit_meaning(block: str, names: Sequence[str], features: pa.Table, rules: FusionRules) -> list[Dimension]:
    """Principal axes keep their one scale: standardised, the last would be as loud as the first."""
    fitted = []
    for name in names:
        dimension = _fit_feature(block, name, features, rules)
        dimension = replace(dimension, counted_by=REVIEW_COUNT, shrinkage=rules.reviews_until_half)
        fitted.append(replace(dimension, scale=1.0))
    return fitted


def _with_own_noise(dimensions: list[Dimension], features: pa.Table, rules: FusionRules) -> list[Dimension]:
    """Of what no feature made of other observations foretells, so much is noise, unless more is known to be chance."""
    used = [dimension for dimension in dimensions if dimension.position is not None]
    if not used or rules.unforetold_noise <= 0:
        return dimensions
    few = features.take(sampled_customers(features.column("customer_id").to_pylist()))
    vectors = np.column_stack([coordinates(dimension, few) for dimension in used])
    foretold = foretold_shares(vectors, [_observations(dimension, rules) for dimension in used])
    own = {
        dimension.position: round(rules.unforetold_noise * (1 - share), 6)
        for dimension, share in zip(used, foretold, strict=True)
    }
    return [replace(d, noise_share=max(d.noise_share, own.get(d.position, 0.0))) for d in dimensions]


def _observations(dimension: Dimension, rules: FusionRules) -> object:
    """What the dimension is made of, the same for all that are alike."""
    if dimension.counted_by is not None:
        return dimension.counted_by
    if dimension.transform == IS_UNKNOWN and dimension.block in SPOKEN:
        return REVIEW_COUNT
    groups = (place for place, names in enumerate(rules.alike) if dimension.feature in names)
    return next(groups, dimension.feature)


# Blocks that are not fitted feature by feature.
FITS = {TASTE: _fit_taste, MEANING: _fit_meaning}


def _weighted(
    of_block: list[Dimension], block_weight: float, features: pa.Table, rules: FusionRules
) -> list[Dimension]:
    singular_value = first_singular_value([d for d in of_block if d.dropped_reason is None], features)
    weight = block_weight / singular_value
    return [
        d
        if d.dropped_reason is not None
        else replace(d, weight=weight * float(rules.feature_weights.get(d.feature, 1.0)))
        for d in of_block
    ]


def first_singular_value(dimensions: list[Dimension], features: pa.Table) -> float:
    """Of the block's columns over the square root of n, so that it doesn't grow with the sample; 1 for no columns."""
    if not dimensions:
        return 1.0
    block = at_center(np.column_stack([coordinates(dimension, features) for dimension in dimensions]))
    centered = block - block.mean(axis=0)
    with one_thread():
        largest = float(np.linalg.svd(centered.T @ centered / len(block), compute_uv=False)[0])
    return float(np.sqrt(largest)) if largest > 0 else 1.0

"""Which features enter the fusion, in which block, and how they are prepared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VOICE = "voice"
TASTE = "taste"
MEANING = "meaning"
# What comes from reviews.
SPOKEN = (VOICE, MEANING)
REVIEW_COUNT = "review_count"
LINE_COUNT = "category_line_count"


@dataclass(frozen=True)
class FusionRules:
    """What the vars say about the fusion.

    features: block -> its features, as columns of customer_features.
    block_weights: block -> how much it counts; 1 is one block's worth, 0 leaves it out.
    feature_weights: feature -> how much it counts within its block, where that isn't 1.
    rates: feature -> the column that says of how many observations it is a share.
    alike: groups of features that are made of the same observations, as order value is of money and orders; those made
    of reviews, and those made of order lines, are groups without being named.
    unforetold_noise: how much of what no feature of another group foretells is noise.
    indicator_weight: how much it counts, beside a feature, whether it is known at all; 0 leaves indicators out.
    lower_quantile, upper_quantile: where values are winsorised.
    skew_limit: a non-negative feature of larger skewness goes through log1p, or Yeo-Johnson where that isn't enough.
    reviews_until_half: with this many reviews half of a customer's voice counts (shrinkage towards the centre).
    lines_until_half: with this many order lines half of a customer's own taste counts, the rest is the shop's.
    smallest_share_known: a feature known for a smaller share of the customers is left out.
    smallest_reliability: rates and shares of categories are left out if a smaller part of their variance is no chance,
    rates also if that part isn't clearly above 0; 0 leaves none out.
    """

    features: Mapping[str, Sequence[str]]
    block_weights: Mapping[str, float]
    feature_weights: Mapping[str, float]
    rates: Mapping[str, str]
    alike: Sequence[Sequence[str]]
    unforetold_noise: float
    indicator_weight: float
    lower_quantile: float
    upper_quantile: float
    skew_limit: float
    reviews_until_half: float
    lines_until_half: float
    smallest_share_known: float
    smallest_reliability: float

    @property
    def all_features(self) -> list[tuple[str, str]]:
        """(block, feature) pairs in the order of the vars."""
        return [(block, feature) for block, names in self.features.items() for feature in names]

    @property
    def columns(self) -> list[str]:
        """The columns of customer_features that a fit reads."""
        features = [feature for _, feature in self.all_features]
        counts = [self.rates[feature] for feature in features if feature in self.rates]
        names = ["customer_id", *features, *counts, REVIEW_COUNT, LINE_COUNT]
        return list(dict.fromkeys(names))

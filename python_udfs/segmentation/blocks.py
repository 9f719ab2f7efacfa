"""Which features enter the fusion, in which block, and how they are prepared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from python_udfs.limits import require_between

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

    def __post_init__(self) -> None:
        """Raise ValueError, naming the var, for a value that no feature can be prepared with."""
        require_between("fusion_upper_quantile", self.upper_quantile, 0, 1)
        require_between("fusion_lower_quantile", self.lower_quantile, 0, self.upper_quantile)
        require_between("fusion_smallest_share_known", self.smallest_share_known, 0, 1)
        require_between("fusion_unforetold_noise", self.unforetold_noise, 0, 1)
        for name in ("indicator_weight", "reviews_until_half", "lines_until_half"):
            require_between(f"fusion_{name}", getattr(self, name), 0)
        for var in ("block_weights", "feature_weights"):
            for name, weight in getattr(self, var).items():
                require_between(f"fusion_{var}: {name}", weight, 0)

    @property
    def columns(self) -> list[str]:
        """The columns of customer_features that a fit reads."""
        features = [feature for names in self.features.values() for feature in names]
        counts = [self.rates[feature] for feature in features if feature in self.rates]
        names = ["customer_id", *features, *counts, REVIEW_COUNT, LINE_COUNT]
        return list(dict.fromkeys(names))

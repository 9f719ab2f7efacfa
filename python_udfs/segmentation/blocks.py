"""Which features enter the fusion, in which block, and how they are prepared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FusionRules:
    """What the vars say about the fusion.

    features: block -> its features, as columns of customer_features.
    block_weights: block -> how much it counts; 1 is one block's worth, 0 leaves it out.
    lower_quantile, upper_quantile: where values are winsorised.
    skew_limit: a non-negative feature of larger skewness goes through log1p.
    reviews_until_half: with this many reviews half of a customer's voice counts (shrinkage towards the centre).
    smallest_share_known: a feature known for a smaller share of the customers is left out.
    """

    features: Mapping[str, Sequence[str]]
    block_weights: Mapping[str, float]
    lower_quantile: float
    upper_quantile: float
    skew_limit: float
    reviews_until_half: float
    smallest_share_known: float

    @property
    def all_features(self) -> list[tuple[str, str]]:
        """(block, feature) pairs in the order of the vars."""
        return [(block, feature) for block, names in self.features.items() for feature in names]


VOICE = "voice"
REVIEW_COUNT = "review_count"

"""Rules: ranges of a customer's features, whether a customer meets them, and nothing of how they were found."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
NO_SEGMENT = ""


@dataclass(frozen=True)
class Range:
    """What a rule asks of one feature: lower < value <= upper, or that the value is unknown, if `unknown` allows it."""

    lower: float = -math.inf
    upper: float = math.inf
    unknown: bool = True

    def at_most(self, threshold: float, unknown: bool) -> "Range":
        """The part of the range that does not exceed the threshold; `unknown`: whether unknown values go along."""
        return replace(self, upper=min(self.upper, threshold), unknown=self.unknown and unknown)

    def above(self, threshold: float, unknown: bool) -> "Range":
        """The part of the range that exceeds the threshold; `unknown`: whether unknown values go along."""
        return replace(self, lower=max(self.lower, threshold), unknown=self.unknown and unknown)

    @property
    def known(self) -> bool:
        """Whether any known value is in the range."""
        return self.lower < self.upper

    def holds(self, values: FloatArray) -> NDArray[np.bool_]:
        """Which values, NaN where unknown, are in the range, shape (n,)."""
        within = (values > self.lower) & (values <= self.upper)
        return within | np.isnan(values) if self.unknown else within


@dataclass(frozen=True)
class Rule:
    """One way into a segment: the ranges of some features, of which every one must hold. None at all always hold."""

    segment_key: str
    ranges: Mapping[str, Range]

    def holds(self, columns: Mapping[str, FloatArray], customers: int) -> NDArray[np.bool_]:
        """Which of the customers meet the rule, shape (customers,)."""
        met = np.ones(customers, dtype=bool)
        for feature, asked in self.ranges.items():
            met &= asked.holds(columns[feature])
        return met


def segments_by(rules: Sequence[Rule], columns: Mapping[str, FloatArray], customers: int) -> NDArray[np.object_]:
    """The segment that the rules, of which no two overlap, put each customer in, or NO_SEGMENT; shape (customers,)."""
    segments = np.full(customers, NO_SEGMENT, dtype=object)
    for rule in rules:
        segments[rule.holds(columns, customers)] = rule.segment_key
    return segments

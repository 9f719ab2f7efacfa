"""Says segments as rules: a shallow decision tree stands in for the segmentation, its leaves are ranges of features."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.blocks import MEANING, REVIEW_COUNT
from python_udfs.segmentation.columns import as_doubles
from python_udfs.segmentation.rule_sql import column_name
from python_udfs.segmentation.rules import NO_SEGMENT, FloatArray, Range, Rule

# Trees compare numbers in single precision.
_LARGEST = float(np.finfo(np.float32).max)


@dataclass(frozen=True)
class SurrogateSettings:
    """How rules are found.

    leaves_per_segment: of the tree, at most; so many ways into a segment there are on average.
    digits: significant digits of a threshold. folds: of the cross-validation. seed: of the tree's ties and the folds.
    """

    leaves_per_segment: int
    digits: int
    folds: int
    seed: int


@dataclass(frozen=True)
class Feature:
    """A column that rules may ask about.

    values: (n,) of the customers, NaN where unknown. sql: what stands for the value in SQL.
    whole: whether all values are whole numbers. can_be_unknown: whether any value is unknown.
    """

    name: str
    values: FloatArray
    sql: str
    whole: bool
    can_be_unknown: bool

    def taken(self, customers: NDArray[np.intp]) -> "Feature":
        """The feature of some of the customers, by their places."""
        return replace(self, values=self.values[customers])

    def readable(self, threshold: float, digits: int) -> float:
        """The threshold in so many significant digits; of whole numbers, the whole number below it says the same."""
        exact = math.floor(threshold) if self.whole and math.isfinite(threshold) else threshold
        return float(f"{exact:.{digits}g}")


def features_asked(dimensions: pa.Table) -> list[str]:
    """The columns that rules may ask about: what vectors are made of, by position, and the number of reviews.

    dimensions: feature, block, position (null for a feature that is left out). Vectors know the number of reviews even
    where it is no dimension, because few reviews count less. Axes of meaning are no question that anybody could read.
    """
    used = [row for row in dimensions.to_pylist() if row["position"] is not None and row["block"] != MEANING]
    names = [row["feature"] for row in sorted(used, key=lambda row: row["position"])]
    return list(dict.fromkeys([*names, REVIEW_COUNT]))


def feature_of(name: str, column: pa.ChunkedArray) -> Feature:
    """A column of numbers or truth values as a feature."""
    values, decimal = as_doubles(column, name), pa.types.is_decimal(column.type)
    whole = pa.types.is_integer(column.type) or pa.types.is_boolean(column.type) or (decimal and column.type.scale == 0)
    plain = decimal or pa.types.is_integer(column.type) or pa.types.is_float64(column.type)
    sql = column_name(name) if plain else f"cast({column_name(name)} as double)"
    return Feature(name, values, sql, whole, bool(np.isnan(values).any()))


def fit_rules(features: Sequence[Feature], segments: NDArray[np.object_], settings: SurrogateSettings) -> list[Rule]:
    """Rules of which each customer meets exactly one, by a decision tree (Breiman et al. 1984, CART).

    segments: (n,) keys of the segments that the customers are in; nothing is learnt of those in NO_SEGMENT.
    All segments weigh the same, however large.
    Thresholds are rounded: what the rules are worth must be measured on them, not on the tree.
    """
    inside = segments != NO_SEGMENT
    values = np.column_stack([feature.values for feature in features]).clip(-_LARGEST, _LARGEST)
    leaves = max(2, settings.leaves_per_segment * len(set(segments[inside])))
    tree = DecisionTreeClassifier(max_leaf_nodes=leaves, class_weight="balanced", random_state=settings.seed)
    with one_thread():
        tree.fit(values[inside], segments[inside])
    return list(rules_of(tree, features, settings.digits))


def rules_of(tree: DecisionTreeClassifier, features: Sequence[Feature], digits: int) -> Iterator[Rule]:
    """The leaves of a fitted tree as rules with rounded thresholds, from left to right.

    Siblings of one segment become one rule; what no customer can meet after rounding is left out.
    """
    nodes = tree.tree_

    def below(node: int, ranges: dict[str, Range]) -> Iterator[Rule]:
        if nodes.children_left[node] == -1:
            yield Rule(str(tree.classes_[nodes.value[node, 0].argmax()]), ranges)
            return
        feature = features[nodes.feature[node]]
        threshold = feature.readable(float(nodes.threshold[node]), digits)
        unknown_left = bool(nodes.missing_go_to_left[node])
        asked = ranges.get(feature.name, Range(unknown=feature.can_be_unknown))
        left, right = asked.at_most(threshold, unknown_left), asked.above(threshold, not unknown_left)
        found = [
            rule
            for child, part in ((nodes.children_left[node], left), (nodes.children_right[node], right))
            if part.known or part.unknown
            for rule in below(child, {**ranges, feature.name: part})
        ]
        segments = {rule.segment_key for rule in found}
        yield from [Rule(segments.pop(), ranges)] if len(segments) == 1 else found

    return below(0, {})

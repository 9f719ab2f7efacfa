"""How faithfully rules reproduce the segments, and the table that says so beside the rules."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.model_selection import StratifiedKFold

from python_udfs.segmentation.rule_sql import case_expression, condition
from python_udfs.segmentation.rules import NO_SEGMENT, Rule, segments_by
from python_udfs.segmentation.surrogate import Feature, SurrogateSettings, feature_of, fit_rules

RULES_SCHEMA = pa.schema(
    [
        pa.field("segment_key", pa.string()),
        pa.field("condition_sql", pa.string()),
        pa.field("matched_customers", pa.int64()),
        pa.field("precision", pa.float64()),
        pa.field("recall", pa.float64()),
        pa.field("f1", pa.float64()),
        pa.field("cross_validated_f1", pa.float64()),
        pa.field("case_sql", pa.string()),
    ]
)


def segment_rules(
    customers: pa.Table, clusters: pa.Table, columns: Sequence[str], settings: SurrogateSettings
) -> pa.Table:
    """Each segment's condition as SQL, how well it reproduces the segment, and all of them as one `case`: RULES_SCHEMA.

    customers: customer_id and the columns that rules may ask about. clusters: customer_id, segment_key (null: noise, in
    no segment; rules aren't made of them, but are wrong where they select them). The customers that are in both count;
    without any in a segment there are no rows.
    """
    joined = customers.join(clusters, "customer_id", join_type="inner").sort_by("customer_id")
    segments = np.array([key or NO_SEGMENT for key in joined.column("segment_key").to_pylist()], dtype=object)
    keys = sorted(set(segments) - {NO_SEGMENT})
    if not keys:
        return RULES_SCHEMA.empty_table()
    features = [feature_of(name, joined.column(name)) for name in columns]
    rules = fit_rules(features, segments, settings)
    conditions = conditions_of(rules, features, segments, keys)
    table = {
        "segment_key": keys,
        "condition_sql": list(conditions.values()),
        **figures(segments, predicted(rules, features), keys),
        "cross_validated_f1": cross_validated_f1(features, segments, keys, settings),
        "case_sql": [case_expression(conditions)] * len(keys),
    }
    return pa.table([pa.array(table[field.name], field.type) for field in RULES_SCHEMA], schema=RULES_SCHEMA)


def predicted(rules: Sequence[Rule], features: Sequence[Feature]) -> NDArray[np.object_]:
    """The segment that the rules put each customer in, or NO_SEGMENT, shape (n,)."""
    return segments_by(rules, {feature.name: feature.values for feature in features}, len(features[0].values))


def conditions_of(
    rules: Sequence[Rule], features: Sequence[Feature], segments: NDArray[np.object_], keys: Sequence[str]
) -> dict[str, str]:
    """Each segment's condition as SQL: its rules, the one that most customers meet first."""
    values = {feature.name: feature.values for feature in features}
    columns = {feature.name: feature.sql for feature in features}
    common_first = sorted(rules, key=lambda rule: -int(rule.holds(values, len(segments)).sum()))
    return {key: condition([rule for rule in common_first if rule.segment_key == key], columns) for key in keys}


def figures(
    segments: NDArray[np.object_], by_rules: NDArray[np.object_], keys: Sequence[str]
) -> dict[str, list[float | None]]:
    """Per segment: customers that meet its rules, their precision (None without any), recall and F1."""
    choice = {"labels": list(keys), "average": None}
    precision = precision_score(segments, by_rules, zero_division=np.nan, **choice)
    return {
        "matched_customers": [int((by_rules == key).sum()) for key in keys],
        "precision": [None if np.isnan(value) else float(value) for value in precision],
        "recall": recall_score(segments, by_rules, zero_division=0.0, **choice).tolist(),
        "f1": f1_score(segments, by_rules, zero_division=0.0, **choice).tolist(),
    }


def cross_validated_f1(
    features: Sequence[Feature], segments: NDArray[np.object_], keys: Sequence[str], settings: SurrogateSettings
) -> list[float | None]:
    """F1 per segment of rules that were found without the customers they are measured on; None if not measurable.

    Predictions of all folds are counted together, which is the unbiased way (Forman and Scholz 2010, Apples-to-apples
    in cross-validation studies). A segment that has one customer can't be both learnt and measured.
    """
    folds = min(settings.folds, *(int((segments == key).sum()) for key in keys))
    if folds < 2:
        return [None] * len(keys)
    by_rules = np.full(len(segments), NO_SEGMENT, dtype=object)
    noise = segments == NO_SEGMENT
    # Noise that is too rare to be spread evenly goes with the first segment.
    strata = segments if noise.sum() >= folds else np.where(noise, keys[0], segments)
    for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=settings.seed).split(segments, strata):
        rules = fit_rules([feature.taken(seen) for feature in features], segments[seen], settings)
        by_rules[unseen] = predicted(rules, [feature.taken(unseen) for feature in features])
    return f1_score(segments, by_rules, labels=list(keys), average=None, zero_division=0.0).tolist()

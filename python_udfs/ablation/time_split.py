"""What segments formed before a cut tell about what came after it."""

from typing import Any

import numpy as np
import pyarrow as pa

from python_udfs.ablation.figures import AblationRules, figures_table, measured, unmeasured
from python_udfs.ablation.prediction import FloatArray, folds_of
from python_udfs.ablation.scores import auc_score, explained_score
from python_udfs.ablation.segmentations import all_segmentations
from python_udfs.ablation.segments_of import Labels, SegmentRules
from python_udfs.segmentation.columns import column_values

OUTCOME_COLUMNS = ["customer_id", "bought_again", "spend", "next_rating"]
REPURCHASE = "repurchase_auc"
# Metric: (column of the outcomes, transform, what the value means).
METRICS = {
    REPURCHASE: (
        "bought_again",
        None,
        "how often a customer who bought again is told from one who didn't: 0.5 is chance, 1 is always",
    ),
    "spend_explained": (
        "spend",
        np.log1p,
        "share of the differences in money spent after the cut, on the scale ln(1 + x), that the segments explain: "
        "0 or less is nothing, 1 is all",
    ),
    "next_rating_explained": (
        "next_rating",
        None,
        "share of the differences in stars of the first review after the cut that the segments explain: "
        "0 or less is nothing, 1 is all",
    ),
}


def compare_on_time_split(
    customers: pa.Table, outcomes: pa.Table, segment_rules: SegmentRules, rules: AblationRules
) -> pa.Table:
    """One row per metric and segmentation, of FIGURES_SCHEMA, measured out of fold.

    customers: customer_id and what was known of them before the cut, as `all_segmentations` needs it. outcomes:
    OUTCOME_COLUMNS, what the same customers did after it; null where unknown. Whatever can't be measured has a row that
    says why. Raises ValueError when the two are of different customers.
    """
    customers, outcomes = customers.sort_by("customer_id"), outcomes.sort_by("customer_id")
    if customers.column("customer_id").to_pylist() != outcomes.column("customer_id").to_pylist():
        raise ValueError("features before the cut and outcomes after it are of different customers")
    labels = all_segmentations(customers, segment_rules)
    folds = folds_of(customers.column("customer_id").to_pylist(), rules.folds)
    rows: list[dict[str, Any]] = []
    for metric, (column, transform, meaning) in METRICS.items():
        outcome = column_values(outcomes, column)
        known = ~np.isnan(outcome)
        told = transform(outcome[known]) if transform else outcome[known]
        rows += _rows(metric, meaning, _only(labels, known), told, folds[known], rules)
    return figures_table(rows)


def _rows(
    metric: str,
    meaning: str,
    labels: dict[str, Labels | None],
    outcome: FloatArray,
    folds: Labels,
    rules: AblationRules,
) -> list[dict[str, Any]]:
    if reason := why_not_measured(outcome, rules.fewest_customers):
        return unmeasured(metric, reason, len(outcome))
    score_of = auc_score if metric == REPURCHASE else explained_score
    scores = {name: score_of(of_name, outcome, folds) for name, of_name in labels.items() if of_name is not None}
    return measured(metric, meaning, scores, labels, len(outcome), rules)


def why_not_measured(outcome: FloatArray, fewest: int) -> str | None:
    """Why an outcome can tell nothing about segments, in words; None where it can.

    Where nearly all did the same, such as nothing, the few others decide every figure and its interval.
    """
    if len(outcome) < fewest:
        return f"known after the cut for {len(outcome)} customers only, {fewest} are needed"
    others = len(outcome) - int(np.unique(outcome, return_counts=True)[1].max())
    if others < fewest:
        return f"the same for all but {others} of {len(outcome)} customers after the cut, {fewest} others are needed"
    return None


def _only(labels: dict[str, Labels | None], known: np.ndarray) -> dict[str, Labels | None]:
    return {name: None if of_name is None else of_name[known] for name, of_name in labels.items()}

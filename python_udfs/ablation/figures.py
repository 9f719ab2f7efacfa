"""The rows of the ablation: a figure per metric and segmentation, its interval, and how fused segments compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from python_udfs.ablation.intervals import interval, resampled
from python_udfs.ablation.scores import Score
from python_udfs.ablation.segmentations import FUSED, SEGMENTATIONS
from python_udfs.ablation.segments_of import Labels

FIGURES_SCHEMA = pa.schema(
    [
        pa.field("metric", pa.string()),
        pa.field("segmentation", pa.string()),
        pa.field("value", pa.float64()),
        pa.field("lower", pa.float64()),
        pa.field("upper", pa.float64()),
        pa.field("customers", pa.int64()),
        pa.field("segment_count", pa.int64()),
        pa.field("fused_difference", pa.float64()),
        pa.field("fused_difference_lower", pa.float64()),
        pa.field("fused_difference_upper", pa.float64()),
        pa.field("verdict", pa.string()),
        pa.field("note", pa.string()),
    ]
)
DIGITS = 6
NO_SEGMENTS = "what is known of the customers forms no segments"


@dataclass(frozen=True)
class AblationRules:
    """What the vars say about measuring.

    folds: a customer's outcome is told by the customers of the other folds. resamples, seed: of the bootstrap.
    fewest_customers: a metric needs so many whose outcome isn't the commonest one.
    """

    folds: int
    resamples: int
    seed: int
    fewest_customers: int


def measured(
    metric: str,
    meaning: str,
    scores: Mapping[str, Score],
    labels: Mapping[str, Labels | None],
    customers: int,
    rules: AblationRules,
) -> list[dict[str, Any]]:
    """A row of FIGURES_SCHEMA per segmentation.

    meaning: what the value means, for the note. scores: of the segmentations that could be formed. labels: of all
    segmentations, (customers,) each.
    """
    values = {name: score(np.ones(customers)) for name, score in scores.items()}
    draws = resampled(scores, customers, rules.resamples, rules.seed)
    rows = []
    for name in SEGMENTATIONS:
        of_name = labels[name]
        if of_name is None or name not in scores or np.isnan(values[name]):
            rows.append(unmeasured_row(metric, name, customers, NO_SEGMENTS))
            continue
        lower, upper = interval(draws[name])
        against = _against(name, values, draws)
        rows.append(
            unmeasured_row(metric, name, customers, "")
            | _rounded({"value": values[name], "lower": lower, "upper": upper})
            | {"segment_count": len(np.unique(of_name))}
            | against
            | {"note": f"{meaning}; {_sentence(name, against)}"}
        )
    return rows


def unmeasured(metric: str, reason: str, customers: int) -> list[dict[str, Any]]:
    """A row per segmentation that says why there is no figure."""
    return [unmeasured_row(metric, name, customers, reason) for name in SEGMENTATIONS]


def unmeasured_row(metric: str, segmentation: str, customers: int, reason: str) -> dict[str, Any]:
    """One row without a figure."""
    return dict.fromkeys(FIGURES_SCHEMA.names) | {
        "metric": metric,
        "segmentation": segmentation,
        "customers": customers,
        "verdict": "not measured",
        "note": reason,
    }


def figures_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table of FIGURES_SCHEMA."""
    return pa.Table.from_pylist(rows, schema=FIGURES_SCHEMA)


def _against(name: str, values: Mapping[str, float], draws: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The paired difference of the fused segments to this segmentation, and what it means."""
    if name == FUSED:
        return {"verdict": "reference"}
    if FUSED not in values or np.isnan(values[FUSED]):
        return {"verdict": "not measured"}
    lower, upper = interval(draws[FUSED] - draws[name])
    difference = _rounded(
        {
            "fused_difference": values[FUSED] - values[name],
            "fused_difference_lower": lower,
            "fused_difference_upper": upper,
        }
    )
    lowest, highest = difference["fused_difference_lower"], difference["fused_difference_upper"]
    if lowest is not None and lowest > 0:
        verdict = "fused is better"
    elif highest is not None and highest < 0:
        verdict = "fused is worse"
    else:
        verdict = "no clear difference"
    return difference | {"verdict": verdict}


def _sentence(name: str, against: Mapping[str, Any]) -> str:
    if against["verdict"] == "reference":
        return "the others are compared with this one"
    if against["verdict"] == "not measured":
        return "there are no fused segments to compare with"
    better = {"fused is better": "better than", "fused is worse": "worse than"}.get(
        against["verdict"], "not clearly different from"
    )
    difference, lower, upper = (
        against[key] for key in ("fused_difference", "fused_difference_lower", "fused_difference_upper")
    )
    spread = "" if lower is None else f" ({lower:+.3f} to {upper:+.3f})"
    return f"{SEGMENTATIONS[FUSED]} are {better} {SEGMENTATIONS[name]}: {difference:+.3f}{spread}"


def _rounded(figures: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: None if value is None or np.isnan(value) else round(value, DIGITS) for name, value in figures.items()}

"""The segmentations that are compared with each other."""

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from python_udfs.ablation.segments_of import Labels, SegmentRules, rfm_k_means, segments_of
from python_udfs.segmentation.blocks import SPOKEN

FUSED = "fused"
# How notes call them.
SEGMENTATIONS = {
    FUSED: "the fused segments",
    "behaviour_only": "the same without reviews",
    "voice_only": "segments of reviews alone",
    "rfm_scores": "the 125 cells of RFM scores",
    "rfm_segments": "the named RFM segments",
    "rfm_k_means": "plain K-Means on RFM",
}
RFM_COLUMNS = ["recency_days", "frequency", "monetary", "r_score", "f_score", "m_score", "rfm_segment"]


def customer_columns(rules: SegmentRules) -> list[str]:
    """The columns of customer_features that the segmentations are formed from, and the key."""
    return list(dict.fromkeys(["customer_id", *rules.feature_columns, *RFM_COLUMNS]))


def all_segmentations(
    customers: pa.Table, rules: SegmentRules, fused: ArrayLike | None = None
) -> dict[str, Labels | None]:
    """The customers' labels in each of SEGMENTATIONS, numbers from 0, shape (n,); None where none could be formed.

    customers: one row per customer, in the order of customer_id, with `customer_columns`.
    fused: the fused labels, where they are known; else they are formed. Plain K-Means makes as many segments as are
    fused: with more it would tell more.
    """
    if customers.num_rows == 0:
        return dict.fromkeys(SEGMENTATIONS)
    weights = rules.fusion.block_weights
    spoken = {block: weight * (block in SPOKEN) for block, weight in weights.items()}
    unspoken = {block: weight * (block not in SPOKEN) for block, weight in weights.items()}
    fused_labels = segments_of(customers, rules) if fused is None else as_numbers(fused)
    fused_count = 0 if fused_labels is None else len(np.unique(fused_labels))
    return {
        FUSED: fused_labels,
        "behaviour_only": segments_of(customers, rules.weighing(unspoken)),
        "voice_only": segments_of(customers, rules.weighing(spoken)),
        "rfm_scores": as_numbers(rfm_cells(customers)),
        "rfm_segments": as_numbers([str(name) for name in customers.column("rfm_segment").to_pylist()]),
        "rfm_k_means": rfm_k_means(customers, fused_count, rules) if fused_count else None,
    }


def rfm_cells(customers: pa.Table) -> list[str]:
    """The three scores as one text, such as 5-4-3; frequency speaks for money where no amount is known."""
    scores = zip(*(customers.column(name).to_pylist() for name in ("r_score", "f_score", "m_score")), strict=True)
    return [f"{recency}-{frequency}-{frequency if money is None else money}" for recency, frequency, money in scores]


def as_numbers(labels: ArrayLike) -> Labels:
    """Labels of any kind as numbers from 0."""
    return np.unique(np.asarray(labels), return_inverse=True)[1]

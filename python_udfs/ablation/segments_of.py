"""Forms segments as the real models do, from features to labels in one call. The only place here that knows how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.segmentation.blocks import FusionRules
from python_udfs.segmentation.candidates import Candidate, SweepRules, sweep
from python_udfs.segmentation.choice import ChoiceRules, choose_k
from python_udfs.segmentation.clustering import NOISE
from python_udfs.segmentation.columns import column_values
from python_udfs.segmentation.dimensions import noise_shares
from python_udfs.segmentation.estimators import estimator_named
from python_udfs.segmentation.fusion import fit_dimensions
from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.planted_truth import rfm_space
from python_udfs.segmentation.vectors import to_vectors, vector_matrix

Labels = NDArray[np.intp]


@dataclass(frozen=True)
class SegmentRules:
    """What the vars say about forming segments: the fusion, the sweep over their number, and the choice."""

    fusion: FusionRules
    sweep: SweepRules
    choice: ChoiceRules

    @classmethod
    def of(cls, fusion: Mapping[str, Any], sweep: Mapping[str, Any], choice: Mapping[str, Any]) -> "SegmentRules":
        """The rules from the plain settings that the YAML of the models has."""
        return cls(FusionRules(**fusion), SweepRules(**sweep), ChoiceRules(**choice))

    @property
    def feature_columns(self) -> list[str]:
        """The columns of customer_features that segments are formed from."""
        return self.fusion.columns

    def weighing(self, block_weights: Mapping[str, float]) -> "SegmentRules":
        """The same rules with other weights of the blocks; 0 leaves a block out."""
        return replace(self, fusion=replace(self.fusion, block_weights=block_weights))


def segments_of(features: pa.Table, rules: SegmentRules) -> Labels | None:
    """The segment of each customer as a number from 0, shape (n,); None where the customers allow none.

    Noise is one kind of customers more, the last.
    features: one row per customer with `feature_columns`, in the order of customer_id.
    """
    if features.num_rows == 0:
        return None
    dimensions = [dimension for dimension in fit_dimensions(features, rules.fusion) if dimension.position is not None]
    (batch,) = features.combine_chunks().to_batches()
    vectors = vector_matrix(to_vectors(dimensions)(batch))
    candidates = sweep(vectors, rules.sweep, noise_shares(dimensions))
    k, _ = choose_k(candidates, replace(rules.choice, pinned=_pinned_if_tried(rules.choice.pinned, candidates)))
    if k is None:
        return None
    (setting,) = [candidate.setting for candidate in candidates if candidate.k == k]
    estimator = estimator_named(rules.sweep.estimator).knowing(noise_shares(dimensions))
    labels = estimator.fit(vectors, setting, rules.sweep.seed, rules.sweep.starts).labels(vectors)
    return np.where(labels == NOISE, k, labels)


def rfm_k_means(customers: pa.Table, k: int, rules: SegmentRules) -> Labels:
    """Plain K-Means on log-transformed, standardised recency, frequency and monetary (unknown: 0), shape (n,).

    customers: one row per customer. k: how many segments; fewer where fewer different customers exist.
    """
    measures = [np.nan_to_num(column_values(customers, name)) for name in ("recency_days", "frequency", "monetary")]
    space = rfm_space(np.column_stack(measures))
    distinct = len(np.unique(space.round(9), axis=0))
    return fit_k_means(space, min(k, distinct), rules.sweep.seed, rules.sweep.starts).labels(space)


def _pinned_if_tried(pinned: int | None, candidates: Sequence[Candidate]) -> int | None:
    """Fewer customers than the shop has may not allow the number of segments that the shop pins."""
    return pinned if any(candidate.k == pinned for candidate in candidates) else None

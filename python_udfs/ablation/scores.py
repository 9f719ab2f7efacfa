"""How well labels tell something, as functions of how often each customer was drawn: what a bootstrap repeats."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from python_udfs.ablation.prediction import FloatArray, mean_of_other_folds
from python_udfs.ablation.segments_of import Labels

# From how often each customer was drawn, shape (n,), to the figure; NaN where it can't be measured.
Score = Callable[[FloatArray], float]


def auc_score(labels: Labels, outcomes: FloatArray, folds: Labels) -> Score:
    """The area under the ROC curve of the out-of-fold means, for outcomes 0 and 1.

    Only customers of the same fold are compared: across folds, the more of a fold did it, the lower is what the others
    foretell, so that labels that know nothing would score below 0.5 (Forman and Scholz 2010).
    """
    predicted = mean_of_other_folds(labels, outcomes, folds)
    (levels, level) = np.unique(np.column_stack([folds, predicted]), axis=0, return_inverse=True)
    fold_of_level = levels[:, 0].astype(np.intp)
    level = level.ravel()

    def score(drawn: FloatArray) -> float:
        hits = np.bincount(level, drawn * outcomes, len(levels))
        misses = np.bincount(level, drawn * (1 - outcomes), len(levels))
        hits_of_fold, misses_of_fold = np.bincount(fold_of_level, hits), np.bincount(fold_of_level, misses)
        before_fold = np.cumsum(misses_of_fold) - misses_of_fold
        misses_below = np.cumsum(misses) - misses - before_fold[fold_of_level]
        return _divided(float((hits * (misses_below + misses / 2)).sum()), float((hits_of_fold * misses_of_fold).sum()))

    return score


def explained_score(labels: Labels, outcomes: FloatArray, folds: Labels) -> Score:
    """R²: the share of the squared differences between outcomes that the out-of-fold means of the labels explain.

    Compared with foretelling everybody the mean of the other folds; so it is 0 or less when the labels know nothing.
    """
    missed = (outcomes - mean_of_other_folds(labels, outcomes, folds)) ** 2
    missed_without = (outcomes - mean_of_other_folds(np.zeros_like(labels), outcomes, folds)) ** 2

    def score(drawn: FloatArray) -> float:
        return 1 - _divided(float((drawn * missed).sum()), float((drawn * missed_without).sum()))

    return score


def agreement_score(labels: Labels, truth: Labels) -> Score:
    """The adjusted Rand index (Hubert and Arabie 1985) of the labels and the truth, both numbers from 0.

    A customer who was drawn twice is not a pair that agrees: pairs are of different customers.
    """
    both = labels * (int(truth.max(initial=0)) + 1) + truth

    def score(drawn: FloatArray) -> float:
        alone = float((drawn**2).sum())

        def pairs(groups: NDArray[np.intp]) -> float:
            return (float((np.bincount(groups, drawn) ** 2).sum()) - alone) / 2

        in_both, in_labels, in_truth = pairs(both), pairs(labels), pairs(truth)
        by_chance = _divided(in_labels * in_truth, pairs(np.zeros_like(labels)))
        return _divided(in_both - by_chance, (in_labels + in_truth) / 2 - by_chance)

    return score


def _divided(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")

"""What a segment says about a customer: the mean outcome of the others in it."""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from python_udfs.ablation.segments_of import Labels

FloatArray = NDArray[np.float64]


def folds_of(customer_ids: Iterable[str], folds: int) -> Labels:
    """The fold of each customer, 0 to folds - 1, by a hash of the key: the same in every build, whoever else is there.

    Raises ValueError for fewer than two folds: then there are no others to learn from.
    """
    if folds < 2:
        raise ValueError(f"ablation_folds is {folds}; two or more are needed")
    return np.array([int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) % folds for key in customer_ids], np.intp)


def mean_of_other_folds(labels: Labels, outcomes: FloatArray, folds: Labels) -> FloatArray:
    """For each customer the mean outcome of the customers of the same label in all other folds, shape (n,).

    labels: numbers from 0. outcomes: (n,), all known. Where the other folds have none of that label it is the mean of
    all their customers; NaN where there are no other folds.
    """
    shape = (int(labels.max(initial=0)) + 1, int(folds.max(initial=0)) + 1)
    cells = np.ravel_multi_index((labels, folds), shape)
    sums = np.bincount(cells, outcomes, np.prod(shape)).reshape(shape)
    counts = np.bincount(cells, minlength=np.prod(shape)).reshape(shape)
    means = _ratio(_others(sums), _others(counts))
    overall = _ratio(_others(sums.sum(axis=0)), _others(counts.sum(axis=0)))
    return np.where(np.isnan(means), overall, means)[labels, folds]


def _others(figures: NDArray) -> NDArray:
    """Of each fold (the last axis) the sum over all other folds."""
    return figures.sum(axis=-1, keepdims=True) - figures


def _ratio(sums: FloatArray, counts: NDArray) -> FloatArray:
    return np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)

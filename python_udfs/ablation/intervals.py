"""Bootstrap intervals: what the figures would be with other customers of the same kind."""

from collections.abc import Mapping

import numpy as np

from python_udfs.ablation.prediction import FloatArray
from python_udfs.ablation.scores import Score

# The percentile interval of 95%, Efron 1979.
LOWER, UPPER = 0.025, 0.975


def resampled(scores: Mapping[str, Score], customers: int, resamples: int, seed: int) -> dict[str, FloatArray]:
    """Each score on the same resamples of the customers, so that differences between two scores are paired.

    Returns for each name an array of shape (resamples,). A resample draws as many customers as there are, with
    replacement; what was learned from the customers stays as it is.
    """
    generator = np.random.default_rng(seed)
    values: dict[str, list[float]] = {name: [] for name in scores}
    for _ in range(resamples):
        drawn = np.bincount(generator.integers(0, customers, customers), minlength=customers).astype(np.float64)
        for name, score in scores.items():
            values[name].append(score(drawn))
    return {name: np.array(figures) for name, figures in values.items()}


def interval(values: FloatArray) -> tuple[float | None, float | None]:
    """The lower and upper end of the values' middle 95%; None where no value is a number."""
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return None, None
    lower, upper = np.quantile(known, [LOWER, UPPER], method="inverted_cdf")
    return float(lower), float(upper)

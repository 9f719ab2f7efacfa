"""The number that the sweep and the rule choose together loses little against the best number there is."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from benchmarks.estimators import CHOICE, SWEEP
from python_udfs.segmentation.candidates import Candidate, sweep
from python_udfs.segmentation.choice import ChoiceRules, choose_k
from python_udfs.segmentation.estimators import estimator_named

# The project's own rules, but for what only costs time here.
RULES = replace(SWEEP, estimator="shared_mixture", largest_k=10, starts=5, resamples=10, resample_starts=2)
Planted = tuple[NDArray[np.float64], NDArray[np.intp]]


def planted(seed: int) -> Planted:
    """Customers of 3 to 8 personas of 5% and more, who overlap, in eight features, and their personas."""
    dice = np.random.default_rng(seed)
    k = int(dice.integers(3, 9))
    shares = 0.05 + (1 - 0.05 * k) * dice.dirichlet(np.full(k, 2.0))
    personas = dice.choice(k, size=700, p=shares / shares.sum())
    centres = dice.normal(size=(k, 8))
    vectors = centres[personas] + dice.normal(size=(700, 8)) * dice.uniform(0.4, 0.6, size=8)
    return vectors / vectors.std(axis=0), personas


@pytest.fixture(scope="module")
def shops() -> list[tuple[list[Candidate], dict[int, float]]]:
    """Of each shop the candidates, and by number of segments what they find of the personas."""
    found = []
    for seed in range(8):
        vectors, personas = planted(seed)
        candidates = sweep(vectors, RULES)
        fit = estimator_named(RULES.estimator).fit
        labels = {c.k: fit(vectors, c.setting, RULES.seed, RULES.starts).labels(vectors) for c in candidates}
        found.append((candidates, {k: adjusted_rand_score(personas, one) for k, one in labels.items()}))
    return found


def mean_loss(shops: list[tuple[list[Candidate], dict[int, float]]], rules: ChoiceRules) -> float:
    """By how much the adjusted Rand index of the chosen number is below that of the best one, on average."""
    return float(np.mean([max(found.values()) - found[choose_k(candidates, rules)[0]] for candidates, found in shops]))


def test_the_chosen_number_loses_at_most_a_twentieth_against_the_best_on_average(shops):
    assert mean_loss(shops, CHOICE) <= 0.05


def test_a_rule_that_asks_too_much_of_a_segment_loses_more(shops):
    assert mean_loss(shops, replace(CHOICE, least_gain=0.3)) > 0.05

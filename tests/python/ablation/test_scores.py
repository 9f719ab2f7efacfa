import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, roc_auc_score

from python_udfs.ablation.intervals import interval, resampled
from python_udfs.ablation.prediction import folds_of, mean_of_other_folds
from python_udfs.ablation.scores import agreement_score, auc_score, explained_score

CUSTOMERS = 2000
ONCE = np.ones(CUSTOMERS)
FOLDS = folds_of([f"c{number}" for number in range(CUSTOMERS)], 10)


@pytest.fixture
def dice() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize("score_of", [auc_score, explained_score])
def test_labels_that_know_the_outcome_score_1(dice, score_of):
    outcomes = dice.integers(0, 2, CUSTOMERS)
    assert score_of(outcomes, outcomes.astype(float), FOLDS)(ONCE) == pytest.approx(1)


@pytest.mark.parametrize("count", [1, 8, 125])
@pytest.mark.parametrize("share", [0.03, 0.5])
def test_labels_that_know_nothing_are_at_chance_and_many_of_them_win_nothing(count, share):
    aucs, explained = [], []
    for seed in range(60):
        dice = np.random.default_rng(seed)
        labels = dice.integers(0, count, CUSTOMERS)
        outcomes = (dice.random(CUSTOMERS) < share).astype(float)
        aucs.append(auc_score(labels, outcomes, FOLDS)(ONCE))
        explained.append(explained_score(labels, outcomes, FOLDS)(ONCE))
    assert np.mean(aucs) == pytest.approx(0.5, abs=0.015)
    assert max(explained) < 0.01


def test_the_interval_of_labels_that_know_nothing_covers_chance(dice):
    labels = dice.integers(0, 8, CUSTOMERS)
    outcomes = dice.integers(0, 2, CUSTOMERS).astype(float)
    draws = resampled({"random": auc_score(labels, outcomes, FOLDS)}, CUSTOMERS, 200, seed=1)["random"]
    lower, upper = interval(draws)
    assert lower < 0.5 < upper
    assert upper - lower < 0.1


def test_the_area_under_the_curve_is_that_of_each_fold_on_its_own(dice):
    labels = dice.integers(0, 5, CUSTOMERS)
    outcomes = (dice.random(CUSTOMERS) < labels / 5).astype(float)
    predicted = mean_of_other_folds(labels, outcomes, FOLDS)
    won = pairs = 0.0
    for fold in range(10):
        of_fold = np.equal(FOLDS, fold)
        pairs_of_fold = outcomes[of_fold].sum() * (1 - outcomes[of_fold]).sum()
        won += roc_auc_score(outcomes[of_fold], predicted[of_fold]) * pairs_of_fold
        pairs += pairs_of_fold
    assert auc_score(labels, outcomes, FOLDS)(ONCE) == pytest.approx(won / pairs)


@pytest.mark.parametrize("score_of", [auc_score, explained_score])
def test_a_customer_drawn_twice_counts_twice(dice, score_of):
    labels = dice.integers(0, 5, CUSTOMERS)
    outcomes = (dice.random(CUSTOMERS) < labels / 5).astype(float)
    score = score_of(labels, outcomes, FOLDS)
    assert score(2 * ONCE) == pytest.approx(score(ONCE))
    assert score((outcomes == 1) | (labels > 2)) != pytest.approx(score(ONCE))


def test_nobody_is_told_by_their_own_outcome():
    outcomes = np.array([1.0, 0.0, 0.0, 5.0])
    told = mean_of_other_folds(np.array([0, 0, 0, 1]), outcomes, np.array([0, 0, 1, 1]))
    # The last one is alone in the segment: everybody of the other fold speaks.
    assert told.tolist() == [0.0, 0.0, 0.5, 0.5]


def test_agreement_is_the_adjusted_rand_index(dice):
    truth = dice.integers(0, 4, CUSTOMERS)
    labels = np.where(dice.random(CUSTOMERS) < 0.3, dice.integers(0, 6, CUSTOMERS), truth)
    assert agreement_score(labels, truth)(ONCE) == pytest.approx(adjusted_rand_score(truth, labels))


def test_a_customer_drawn_twice_is_no_pair_that_agrees(dice):
    truth, labels = dice.integers(0, 400, (2, CUSTOMERS))
    draws = resampled({"random": agreement_score(labels, truth)}, CUSTOMERS, 50, seed=1)["random"]
    assert abs(np.mean(draws)) < 0.003


def test_folds_depend_on_the_key_alone_and_are_of_similar_size():
    assert folds_of(["c7"], 10)[0] == FOLDS[7]
    assert np.bincount(FOLDS, minlength=10).min() > CUSTOMERS / 10 * 0.7


def test_a_single_fold_is_refused():
    with pytest.raises(ValueError, match="two or more"):
        folds_of(["a"], 1)


def test_without_any_pair_there_is_no_score():
    nobody = np.zeros(CUSTOMERS)
    labels = np.zeros(CUSTOMERS, np.intp)
    assert np.isnan(auc_score(labels, nobody, FOLDS)(ONCE))
    assert np.isnan(explained_score(labels, nobody, FOLDS)(ONCE))
    assert interval(np.array([np.nan])) == (None, None)

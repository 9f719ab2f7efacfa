import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

from python_udfs.segmentation import candidates as module
from python_udfs.segmentation.candidates import (
    CANDIDATES_SCHEMA,
    candidates_table,
    chosen_candidate,
    judge,
    sweep,
)
from python_udfs.segmentation.choice import ChoiceRules, choose_k
from python_udfs.segmentation.clustering import NOISE, Clustering
from python_udfs.segmentation.estimators import ESTIMATORS, Estimator, one_by_one
from python_udfs.segmentation.shared_mixture import likelihood_gain

CHOICE = ChoiceRules(
    0.02, mean_jaccard=0.75, smallest_jaccard=0.5, least_gain=0.09, stability_weight=0.25, keep_margin=0.05, pinned=None
)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_the_sweep_finds_as_many_segments_as_were_planted(blobs, sweep_rules, estimator):
    # Of different size, so that a cut through one of them isn't stable.
    vectors = np.vstack([blobs()[0], blobs(customers=200)[0][:120]])
    k, reason = choose_k(sweep(vectors, sweep_rules(estimator=estimator, resamples=8)), CHOICE)
    assert k == 4
    assert reason


def test_thirty_customers_are_not_cut_into_twelve_segments(blobs, sweep_rules):
    assert [candidate.k for candidate in sweep(blobs(customers=30)[0], sweep_rules())] == [2, 3]


def test_there_are_no_more_segments_than_different_customers(sweep_rules):
    vectors = np.repeat(np.arange(4.0), 50)[:, None]
    assert [candidate.k for candidate in sweep(vectors, sweep_rules())] == [2, 3]


@pytest.mark.parametrize("vectors", [np.zeros((0, 2)), np.ones((500, 2)), np.random.default_rng(0).normal(size=(9, 2))])
@pytest.mark.parametrize("estimator", ["k_means", "dbscan"])
def test_where_there_is_nothing_to_choose_nothing_is_chosen(sweep_rules, vectors, estimator):
    candidates = sweep(vectors, sweep_rules(estimator=estimator))
    k, reason = choose_k(candidates, CHOICE)
    table = candidates_table(candidates, k, reason)
    assert k is None
    assert "too few" in reason
    assert (table.num_rows, table.schema) == (0, CANDIDATES_SCHEMA)
    assert chosen_candidate(table) is None


def test_a_second_sweep_says_the_same(blobs, sweep_rules):
    vectors, _ = blobs(spread=3.0)
    rules = sweep_rules(gap_references=2)
    assert sweep(vectors, rules) == sweep(vectors, rules)


def test_figures_are_those_of_scikit_learn(blobs, sweep_rules):
    vectors, _ = blobs(spread=2.0)
    (two, three, four, *_) = sweep(vectors, sweep_rules())
    assert two.inertia > three.inertia > four.inertia
    assert four.setting == 4.0
    labels = ESTIMATORS["k_means"].fit(vectors, 4, 3, 5).labels(vectors)
    silhouettes = silhouette_samples(vectors, labels)
    assert four.silhouettes == pytest.approx([silhouettes[labels == segment].mean() for segment in range(4)])
    assert four.likelihood_gain == likelihood_gain(vectors, labels)
    assert four.silhouette == pytest.approx(np.mean(four.silhouettes))
    assert four.davies_bouldin == pytest.approx(davies_bouldin_score(vectors, labels))
    assert four.calinski_harabasz == pytest.approx(calinski_harabasz_score(vectors, labels))
    assert four.shares == pytest.approx(np.bincount(labels) / 400)
    assert (four.smallest_share, four.noise_share) == (min(four.shares), 0.0)
    assert (four.smallest_jaccard, four.mean_jaccard) == (min(four.jaccards), pytest.approx(np.mean(four.jaccards)))


def test_candidates_of_every_estimator_are_judged_by_the_same_distances(blobs, sweep_rules):
    vectors, _ = blobs(spread=2.0)
    vectors[::7, 1] = np.nan
    placed = np.nan_to_num(vectors)
    noise_shares = np.array([0.0, 0.9, 0.0, 0.0])
    (_, _, four, *_) = sweep(vectors, sweep_rules(estimator="shared_mixture"), noise_shares)
    labels = ESTIMATORS["shared_mixture"].knowing(noise_shares).fit(vectors, 4, 3, 5).labels(vectors)
    assert four.likelihood_gain == likelihood_gain(vectors, labels, noise_shares)
    assert four.likelihood_gain != likelihood_gain(vectors, labels)
    silhouettes = silhouette_samples(placed, labels)
    assert four.silhouettes == pytest.approx([silhouettes[labels == segment].mean() for segment in range(4)])


def test_noise_is_told_and_left_out_of_the_figures(blobs):
    vectors, truth = blobs()
    customers = np.vstack([vectors, np.full((20, 4), 500.0) + np.arange(20)[:, None] * 50])
    clustering = Clustering(
        *(lambda c: (c, np.ones_like(c), np.zeros(4), np.full(4, 9.0)))(
            np.array([vectors[truth == cloud].mean(axis=0) for cloud in range(4)])
        )
    )
    alone, noisy = (judge(people, clustering, 0.05, np.ones(4), (None, None), 1000) for people in (vectors, customers))
    assert np.bincount(clustering.labels(customers) + 1).tolist() == [20, 100, 100, 100, 100]
    assert (alone.noise_share, noisy.noise_share) == (0.0, pytest.approx(20 / 420))
    assert noisy.shares == pytest.approx([100 / 420] * 4)
    for figure in ("inertia", "silhouette", "davies_bouldin", "calinski_harabasz"):
        assert getattr(noisy, figure) == getattr(alone, figure)


def test_only_estimators_that_are_told_a_number_have_a_gap(blobs, sweep_rules):
    vectors, _ = blobs()
    with_gap = sweep(vectors, sweep_rules(gap_references=3))
    assert max(with_gap, key=lambda candidate: candidate.gap).k == 4
    assert all(candidate.gap_error > 0 for candidate in with_gap)
    assert {candidate.gap for candidate in sweep(vectors, sweep_rules())} == {None}
    assert {candidate.gap for candidate in sweep(vectors, sweep_rules(estimator="hdbscan", gap_references=3))} == {None}


def test_customers_are_drawn_anew_as_the_estimator_wants_it(sweep_rules):
    distinct = {name: sweep_rules().resampling(estimator).distinct for name, estimator in ESTIMATORS.items()}
    assert [name for name, once in distinct.items() if once] == ["hdbscan", "dbscan"]
    resampling = sweep_rules(resamples=7, resample_limit=99, seed=5).resampling(ESTIMATORS["k_means"])
    assert (resampling.resamples, resampling.limit, resampling.seed) == (7, 99, 5)


def test_resamples_and_references_have_starts_of_their_own(blobs, sweep_rules, monkeypatch):
    starts = []

    def fit(drawn, setting, seed, own_starts):
        starts.append(own_starts)
        return ESTIMATORS["k_means"].fit(drawn, setting, seed, own_starts)

    estimator = Estimator(one_by_one(fit), lambda drawn, k: (4.0,))
    vectors, _ = blobs()
    monkeypatch.setattr(module, "estimator_named", lambda name: estimator)
    sweep(vectors, sweep_rules(starts=9, resamples=3, resample_starts=4, gap_references=2))
    assert sorted(starts) == [1, 1, 4, 4, 4, 9]


def two_clusters(radius: float) -> Clustering:
    centroids = np.array([[0.0], [100.0]])
    return Clustering(centroids, np.ones((2, 1)), np.zeros(2), np.full(2, radius))


def test_of_two_settings_that_give_as_many_segments_the_one_with_less_noise_stays(sweep_rules, monkeypatch):
    vectors = np.append(np.linspace(-20, 20, 50), np.linspace(80, 120, 50))[:, None]
    estimator = Estimator(
        one_by_one(lambda drawn, setting, seed, starts: two_clusters(setting)), lambda drawn, k: (10.0, 25.0, 15.0)
    )
    monkeypatch.setattr(module, "estimator_named", lambda name: estimator)
    (only,) = sweep(vectors, sweep_rules())
    assert (only.setting, only.noise_share) == (25.0, 0.0)


def test_a_division_with_a_segment_of_nobody_is_none_even_where_there_is_noise(sweep_rules, monkeypatch):
    vectors = np.append(np.linspace(-20, 20, 50), np.linspace(150, 190, 50))[:, None]
    estimator = Estimator(
        one_by_one(lambda drawn, setting, seed, starts: two_clusters(30.0)), lambda drawn, k: (1.0,), counts=False
    )
    assert set(two_clusters(30.0).labels(vectors)) == {0, NOISE}
    monkeypatch.setattr(module, "estimator_named", lambda name: estimator)
    assert sweep(vectors, sweep_rules()) == []


def test_a_setting_that_finds_nothing_or_too_much_is_passed_over(blobs, sweep_rules):
    vectors, _ = blobs()
    found = sweep(vectors, sweep_rules(estimator="dbscan", largest_k=3))
    assert all(2 <= candidate.k <= 3 for candidate in found)


def test_the_chosen_candidate_carries_the_reason_and_the_others_none(blobs, sweep_rules):
    table = candidates_table(sweep(blobs()[0], sweep_rules()), 4, "because")
    assert table.schema == CANDIDATES_SCHEMA
    assert [row["reason"] for row in table.to_pylist()] == [None, None, "because", None, None]
    assert chosen_candidate(table.select(["k", "setting", "chosen"])) == {"k": 4, "setting": 4.0, "chosen": True}

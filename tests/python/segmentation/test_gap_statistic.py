import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from python_udfs.segmentation.gap_statistic import gap_statistics, uniform_reference
from python_udfs.segmentation.k_means import fit_k_means


def gaps(vectors: np.ndarray, largest_k: int = 7, references: int = 8) -> list[tuple[float, float]]:
    """The gap and its standard error of 1, 2, ... clusters by K-Means."""
    ks = range(1, largest_k + 1)
    return gap_statistics(
        vectors,
        lambda drawn, seed: [fit_k_means(drawn, k, seed, 5) for k in ks],
        [float(np.log(fit_k_means(vectors, k, 1, 5).inertia(vectors))) for k in ks],
        references,
        seed=1,
    )


def tibshirani(of_k: list[tuple[float, float]]) -> int:
    """The fewest clusters whose gap no finer division beats by more than its standard error."""
    return next(k for k in range(1, len(of_k)) if of_k[k - 1][0] >= of_k[k][0] - of_k[k][1])


@pytest.mark.parametrize("k", [2, 3, 4])
def test_the_gap_finds_as_many_clusters_as_stand_apart(blobs, k):
    assert tibshirani(gaps(blobs(k=k)[0], largest_k=k + 2)) == k


def box(seed: int, customers: int = 300) -> np.ndarray:
    # With sides of different length: the principal axes are the box's own.
    return np.random.default_rng(seed).uniform(size=(customers, 3)) * [10.0, 6.0, 3.0]


@pytest.mark.parametrize("seed", range(3))
def test_no_division_of_customers_without_structure_gains_anything(seed):
    assert np.abs([gap for gap, _ in gaps(box(seed))]).max() < 0.2


@pytest.mark.parametrize("seed", range(3))
def test_one_round_cloud_is_one_cluster_and_the_finer_the_cut_the_smaller_the_gap(seed):
    of_k = gaps(np.random.default_rng(seed).normal(size=(400, 4)))
    assert tibshirani(of_k) == 1
    assert of_k[-1][0] < of_k[3][0] < of_k[0][0]


def test_more_references_make_the_error_smaller_and_one_has_none():
    def error(references: int) -> float:
        return gaps(box(0), largest_k=1, references=references)[0][1]

    spread = np.std(
        [
            np.log(fit_k_means(uniform_reference(box(0), [1, r]), 1, 1, 1).inertia(uniform_reference(box(0), [1, r])))
            for r in range(6)
        ]
    )
    assert error(1) == 0
    assert error(6) == pytest.approx(spread * np.sqrt(1 + 1 / 6))


def test_the_gap_is_larger_the_tighter_the_clusters():
    def gap(log_inertia: float) -> float:
        return gap_statistics(box(0), lambda drawn, seed: [fit_k_means(drawn, 2, seed, 1)], [log_inertia], 2, 1)[0][0]

    assert gap(1.0) - gap(3.0) == pytest.approx(2.0)


def test_a_reference_fills_the_box_of_the_real_customers():
    angle = np.array([[0.8, -0.6], [0.6, 0.8]])
    straight = np.random.default_rng(0).uniform(size=(4000, 2)) * [40.0, 2.0]
    customers = straight @ angle.T + [100.0, -50.0]
    drawn = uniform_reference(customers, [1, 0])
    assert drawn.shape == customers.shape
    turned_back = (drawn - [100.0, -50.0]) @ angle
    assert turned_back.min(axis=0) == pytest.approx([0, 0], abs=0.5)
    assert turned_back.max(axis=0) == pytest.approx([40, 2], abs=0.5)
    assert turned_back.std(axis=0) == pytest.approx(np.array([40, 2]) / np.sqrt(12), rel=0.1)


def test_references_depend_on_the_seed_and_not_on_threads():
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(uniform_reference(box(0, 3000), [1, 0]))
    assert np.array_equal(*found)
    assert not np.array_equal(found[0], uniform_reference(box(0, 3000), [1, 1]))

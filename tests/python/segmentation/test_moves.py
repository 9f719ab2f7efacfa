import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation import shared_mixture
from python_udfs.segmentation.moves import LEAST_FORESEEN, promising_moves
from python_udfs.segmentation.shared_mixture import fit_shared_mixture, likelihood_gain


def crowds(seed: int, sizes: list[int], d: int = 4, apart: float = 3.0) -> tuple[np.ndarray, np.ndarray]:
    """Round crowds of given sizes that scatter by half a unit."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(range(len(sizes)), sizes)
    return rng.normal(size=(len(sizes), d))[truth] * apart + rng.normal(size=(len(truth), d)) * 0.5, truth


def means_of(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """By segment and feature; the centre where nothing is known."""
    known, placed = (~np.isnan(vectors)).astype(float), np.nan_to_num(vectors)
    members = [labels == segment for segment in range(max(labels) + 1)]
    return np.array([placed[rows].sum(axis=0) / np.maximum(known[rows].sum(axis=0), 1) for rows in members])


def moves_of(vectors: np.ndarray, labels: np.ndarray, shape: np.ndarray) -> list[np.ndarray]:
    known = (~np.isnan(vectors)).astype(float)
    return list(promising_moves(np.nan_to_num(vectors), known, labels, means_of(vectors, labels), shape))


def likelihood(vectors: np.ndarray, labels: np.ndarray, shape: np.ndarray) -> float:
    """Of the customers in their segments, all of one fixed shape; what is unknown is left out."""
    shares = np.bincount(labels) / len(labels)
    squares = (vectors - means_of(vectors, labels)[labels]) ** 2 / shape
    return float(np.log(shares)[labels].sum() - np.nansum(squares) / 2)


@pytest.mark.parametrize("seed", range(5))
def test_two_segments_in_one_crowd_and_two_crowds_in_one_segment_are_put_right_at_once(seed):
    vectors, truth = crowds(seed, [400, 300, 60, 50])
    halved = np.where(truth == 0, np.where(vectors[:, 0] > np.median(vectors[truth == 0, 0]), 0, 1), 2)
    halved[truth == 1] = 3
    first = moves_of(vectors, halved, np.full(4, 0.25))[0]
    assert adjusted_rand_score(truth, first) == 1


def test_where_every_crowd_is_a_segment_no_move_is_promising():
    vectors, truth = crowds(0, [400, 300, 60, 50])
    assert moves_of(vectors, truth, np.full(4, 0.25)) == []


@pytest.mark.parametrize("seed", range(10))
def test_moves_come_in_the_order_of_what_they_bring_and_bring_what_is_foreseen(seed):
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(300, 5)) * rng.uniform(0.5, 2, 5)
    vectors[rng.random((300, 5)) < 0.2] = np.nan
    labels = rng.permutation(np.arange(300) % 5)
    shape = rng.uniform(0.5, 2, 5)
    before = likelihood(vectors, labels, shape)
    brought = [likelihood(vectors, move, shape) - before for move in moves_of(vectors, labels, shape)]
    assert len(brought) > 3
    assert brought == pytest.approx(sorted(brought, reverse=True))
    assert brought[-1] > LEAST_FORESEEN * 300
    for move in moves_of(vectors, labels, shape):
        assert set(move) == set(range(5))


def test_a_segment_without_customers_gets_some():
    vectors, truth = crowds(1, [200, 100])
    nobody_in_the_third = np.zeros(300, dtype=int)
    nobody_in_the_third[:1] = 1
    known = np.ones_like(vectors)
    means = np.array([vectors.mean(axis=0), vectors[0], np.zeros(4)])
    first = next(promising_moves(vectors, known, nobody_in_the_third, means, np.full(4, 0.25)))
    assert adjusted_rand_score(truth, first) > 0.97


def test_customers_who_are_all_alike_cannot_be_cut():
    alike = np.repeat([[0.0, 0.0], [1.0, 0.0], [0.0, 9.0]], 10, axis=0)
    assert moves_of(alike, np.repeat([0, 1, 2], 10), np.full(2, 0.1)) == []


def test_with_moves_nearly_every_start_ends_in_the_same_segments(monkeypatch):
    vectors, _ = crowds(3, [300, 200, 150, 100, 60, 40, 30, 25, 20, 15], d=2, apart=3.3)

    def gains() -> np.ndarray:
        found = [fit_shared_mixture(vectors, 10, seed, 1) for seed in range(10)]
        return np.array([likelihood_gain(vectors, clusters.labels(vectors)) for clusters in found])

    moved = gains()
    monkeypatch.setattr(shared_mixture, "promising_moves", lambda *_: iter(()))
    stayed = gains()
    assert (moved >= stayed - 1e-9).all()
    nearly = moved.max() - 2e-3
    assert (moved > nearly).mean() >= 0.9 > 0.4 > (stayed > nearly).mean()

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from python_udfs.segmentation.division import Division


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


def division(vectors: np.ndarray, labels: np.ndarray, shape: np.ndarray) -> Division:
    known = (~np.isnan(vectors)).astype(float)
    return Division(np.nan_to_num(vectors), known, labels, means_of(vectors, labels), shape)


def likelihood(vectors: np.ndarray, labels: np.ndarray, shape: np.ndarray) -> float:
    """Of the customers in their segments, all of one fixed shape; what is unknown is left out."""
    shares = np.bincount(labels) / len(labels)
    squares = (vectors - means_of(vectors, labels)[labels]) ** 2 / shape
    return float(np.log(shares)[labels].sum() - np.nansum(squares) / 2)


def scattered(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Customers without crowds of whom much is unknown, in five segments by lot, and a shape."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(300, 5)) * rng.uniform(0.5, 2, 5)
    vectors[rng.random((300, 5)) < 0.2] = np.nan
    return vectors, rng.permutation(np.arange(300) % 5), rng.uniform(0.5, 2, 5)


@pytest.mark.parametrize("seed", range(10))
def test_of_all_unions_the_one_that_loses_least_is_made(seed):
    vectors, labels, shape = scattered(seed)
    united = division(vectors, labels, shape).united()
    assert set(united) == set(range(4))
    pairs = [(one, other) for one in range(5) for other in range(one + 1, 5)]
    unions = [np.where(labels == other, one, labels - (labels > other)) for one, other in pairs]
    likelihoods = [likelihood(vectors, union, shape) for union in unions]
    assert likelihood(vectors, united, shape) == pytest.approx(max(likelihoods))
    losses = division(vectors, labels, shape).losses
    before = likelihood(vectors, labels, shape)
    assert [losses[pair] for pair in pairs] == pytest.approx([before - after for after in likelihoods])


@pytest.mark.parametrize("seed", range(10))
def test_of_all_cuts_the_one_that_gains_most_is_made(seed):
    vectors, labels, shape = scattered(seed)
    asked = division(vectors, labels, shape)
    cut = asked.cut()
    assert set(cut) == set(range(6))
    gains = [found.gain for found in asked.cuts]
    gained = likelihood(vectors, cut, shape) - likelihood(vectors, labels, shape)
    assert gained == pytest.approx(max(gains))
    assert set(labels[cut == 5]) == {int(np.argmax(gains))}


def test_two_crowds_in_one_segment_are_cut_apart_and_two_segments_in_one_crowd_united():
    vectors, truth = crowds(2, [400, 300, 60])
    shape = np.full(4, 0.25)
    assert adjusted_rand_score(truth, division(vectors, np.minimum(truth, 1), shape).cut()) == 1
    halved = truth + 3 * (np.arange(760) % 2) * (truth == 0)
    assert adjusted_rand_score(truth, division(vectors, halved, shape).united()) == 1


def test_a_small_part_of_a_segment_is_cut_off_where_it_is_as_probable_as_the_rest():
    """Between two heaps of one shape that is nearer to the small one, by Bayes' rule."""
    rng = np.random.default_rng(0)
    places = np.append(rng.normal(size=3800), 4 + rng.normal(size=200))[:, None]
    (cut,) = division(places, np.zeros(4000, dtype=int), np.ones(1)).cuts
    border = (places[cut.side].min() + places[~cut.side].max()) / 2
    middle = (places[cut.side].mean() + places[~cut.side].mean()) / 2
    apart = places[cut.side].mean() - places[~cut.side].mean()
    assert border == pytest.approx(middle + np.log((~cut.side).sum() / cut.side.sum()) / apart, abs=0.1)


def test_a_segment_without_customers_is_the_first_to_be_united():
    vectors, truth = crowds(1, [200, 100])
    means = np.array([vectors[truth == 0].mean(axis=0), vectors[truth == 1].mean(axis=0), np.zeros(4)])
    united = Division(vectors, np.ones_like(vectors), truth, means, np.full(4, 0.25)).united()
    assert adjusted_rand_score(truth, united) == 1


def test_customers_who_are_all_alike_are_not_cut_though_others_lie_near():
    alike = np.repeat([[0.0, 0.0], [50.0, 0.0]], 10, axis=0)
    alike[10:, 1] = np.linspace(0, 0.1, 10)
    asked = division(alike, np.repeat([0, 1], 10), np.full(2, 0.1))
    assert asked.cuts[0].gain == -np.inf
    assert set(asked.cut()[:10]) == {0}

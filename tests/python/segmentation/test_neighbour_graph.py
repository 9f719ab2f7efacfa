import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array

from python_udfs.segmentation.clustering import NOISE
from python_udfs.segmentation.neighbour_graph import NeighbourGraph

# Zachary (1977), An information flow model for conflict and fission in small groups: who met outside the karate club.
KARATE_CLUB = """1-2 1-3 2-3 1-4 2-4 3-4 1-5 1-6 1-7 5-7 6-7 1-8 2-8 3-8 4-8 1-9 3-9 3-10 1-11 5-11 6-11 1-12 1-13 4-13
1-14 2-14 3-14 4-14 6-17 7-17 1-18 2-18 1-20 2-20 1-22 2-22 24-26 25-26 3-28 24-28 25-28 3-29 24-30 27-30 2-31 9-31
1-32 25-32 26-32 29-32 3-33 9-33 15-33 16-33 19-33 21-33 23-33 24-33 30-33 31-33 32-33 9-34 10-34 14-34 15-34 16-34
19-34 20-34 21-34 23-34 24-34 27-34 28-34 29-34 30-34 31-34 32-34 33-34"""
STAYED_WITH_THE_TEACHER = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 17, 18, 20, 22}


def graph_of(pairs: list[tuple[int, int]], size: int) -> NeighbourGraph:
    row = [a for a, b in pairs] + [b for a, b in pairs]
    column = [b for a, b in pairs] + [a for a, b in pairs]
    return NeighbourGraph(coo_array((np.ones(len(row)), (row, column)), shape=(size, size)), step=1)


def test_the_karate_club_has_the_published_modularity():
    pairs = [tuple(int(person) - 1 for person in pair.split("-")) for pair in KARATE_CLUB.split()]
    club = graph_of(pairs, 34)
    assert len(pairs) == 78
    parted = np.array([person in STAYED_WITH_THE_TEACHER for person in range(1, 35)]).astype(int)
    # As NetworkX documents for the club's fission.
    assert club.modularity(parted) == pytest.approx(0.3582, abs=5e-5)
    # Brandes et al. 2008, On modularity clustering: the greatest there is, in four parts.
    parts = [{5, 6, 7, 11, 17}, {1, 2, 3, 4, 8, 12, 13, 14, 18, 20, 22}, {24, 25, 26, 28, 29, 32}]
    four = np.array([next((n for n, part in enumerate(parts) if person in part), 3) for person in range(1, 35)])
    assert club.modularity(four) == pytest.approx(0.4198, abs=5e-5)


def test_who_shares_neighbours_is_alike_by_the_share_of_them():
    # Two crowds of 40 on a line, far apart; with 30 neighbours each, nobody has one in the other crowd.
    places = np.concatenate([np.arange(40.0), np.arange(1000.0, 1040.0)])[:, None]
    likeness = NeighbourGraph.of(places, 0.05, 100).likeness.toarray()
    near = np.argsort(np.abs(places - places.T), axis=1, kind="stable")[:, :31]
    first, second = set(near[3]), set(near[29])
    assert likeness[3, 29] == pytest.approx(len(first & second) / len(first | second))
    assert (likeness == likeness.T).all()
    assert not likeness.diagonal().any()
    assert not likeness[:40, 40:].any()


def test_crowds_are_best_told_apart_by_their_own_borders():
    rng = np.random.default_rng(5)
    crowd = np.repeat([0, 1, 2, 3], [200, 100, 60, 40])
    customers = rng.standard_normal((400, 12))
    customers[:, :2] += np.array([[0, 0], [9, 0], [0, 9], [9, 9]])[crowd]
    graph = NeighbourGraph.of(customers, 0.05, 1000)
    cut = np.where((crowd == 0) & (customers[:, 2] > 0), 4, crowd)
    united = np.where(crowd == 3, 2, crowd)
    assert graph.modularity(crowd) > max(graph.modularity(cut), graph.modularity(united)) > 0
    assert abs(graph.modularity(rng.permutation(crowd))) < 0.02


@given(st.lists(st.integers(0, 3), min_size=40, max_size=40), st.permutations(range(4)))
def test_modularity_asks_for_who_is_together_not_for_what_segments_are_called(labels: list[int], names: list[int]):
    graph = NeighbourGraph.of(np.random.default_rng(2).standard_normal((40, 3)), 0.1, 100)
    division = np.array(labels)
    assert graph.modularity(np.array(names)[division]) == pytest.approx(graph.modularity(division))
    assert -1 <= graph.modularity(division) < 1
    assert graph.modularity(np.zeros(40, dtype=int)) == pytest.approx(0)


def test_noise_is_in_no_segment():
    graph = graph_of([(0, 1), (2, 3)], 4)
    assert graph.modularity(np.array([0, 0, 1, 1])) == pytest.approx(0.5)
    assert graph.modularity(np.array([0, 0, NOISE, NOISE])) == pytest.approx(0.25)
    assert graph.modularity(np.full(4, NOISE)) == 0


def test_of_many_customers_every_so_many_are_in_the_graph():
    customers = np.random.default_rng(4).standard_normal((101, 2))
    graph = NeighbourGraph.of(customers, 0.05, 50)
    assert (graph.step, graph.likeness.shape) == (3, (34, 34))
    labels = (customers[:, 0] > 0).astype(int)
    assert graph.modularity(labels) == NeighbourGraph.of(customers[::3], 0.05, 50).modularity(labels[::3])


def test_two_customers_and_customers_all_alike_have_a_graph_too():
    assert NeighbourGraph.of(np.array([[0.0], [1.0]]), 0.05, 100).modularity(np.array([0, 1])) == pytest.approx(-0.5)
    assert NeighbourGraph.of(np.zeros((50, 2)), 0.05, 100).modularity(np.zeros(50, dtype=int)) == pytest.approx(0)

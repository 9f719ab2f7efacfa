from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist

from python_udfs.segmentation.clustering import NOISE, Clustering

POINTS = arrays(np.float64, st.tuples(st.integers(1, 8), st.just(3)), elements=st.integers(-50, 50).map(float))


def reaching(centroids: list[list[float]], radii: list[float]) -> Clustering:
    places = np.array(centroids)
    return Clustering(places, np.ones_like(places), np.zeros(len(places)), np.array(radii))


@given(POINTS, POINTS)
def test_around_centroids_everybody_belongs_to_the_nearest_and_the_first_in_a_tie(vectors, centroids):
    clustering = Clustering.around(centroids)
    distances = cdist(vectors, centroids, "sqeuclidean")
    assert clustering.squared_distances(vectors) == pytest.approx(distances)
    # Of whole numbers distances are exact, so that ties are ties.
    assert np.array_equal(clustering.labels(vectors), distances.argmin(axis=1))
    assert clustering.inertia(vectors) == pytest.approx(distances.min(axis=1).sum())


def test_far_from_nought_no_digits_are_lost():
    vectors = np.array([[1e8 + 1.0], [1e8 + 2.0]])
    assert Clustering.around(np.array([[1e8]])).squared_distances(vectors).tolist() == [[1.0], [4.0]]


def test_a_customer_beyond_the_reach_of_the_nearest_cluster_is_noise():
    clustering = reaching([[0.0], [10.0]], [1.0, 20.0])
    assert clustering.labels(np.array([[1.0], [1.1], [6.0], [29.9], [30.1]])).tolist() == [0, NOISE, 1, 1, NOISE]


def test_scales_and_offsets_tell_who_is_near():
    clustering = Clustering(
        np.array([[0.0], [10.0]]), np.array([[1.0], [5.0]]), np.array([0.0, 2.0]), np.full(2, np.inf)
    )
    assert clustering.squared_distances(np.array([[5.0]])).tolist() == [[25.0, 3.0]]
    assert clustering.labels(np.array([[0.0], [3.0]])).tolist() == [0, 1]


def test_the_largest_cluster_comes_first_with_all_that_is_its_own():
    vectors = np.array([[0.0], [5.0], [5.1], [5.2], [9.0]])
    clustering = Clustering(
        np.array([[0.0], [5.0]]), np.array([[1.0], [2.0]]), np.array([0.5, 0.0]), np.array([1.0, 2.0])
    ).largest_first(vectors)
    assert clustering.centroids.tolist() == [[5.0], [0.0]]
    assert clustering.scales.tolist() == [[2.0], [1.0]]
    assert clustering.offsets.tolist() == [0.0, 0.5]
    assert clustering.radii.tolist() == [2.0, 1.0]


def test_of_equally_large_clusters_the_lower_coordinates_come_first():
    vectors = np.array([[3.0, 1.0], [3.0, 0.0], [-1.0, 9.0]])
    assert Clustering.around(vectors).largest_first(vectors).centroids.tolist() == [[-1, 9], [3, 0], [3, 1]]


def test_noise_makes_no_cluster_large():
    vectors = np.array([[0.0], [0.1], [100.0], [101.0], [102.0]])
    assert reaching([[90.0], [0.0]], [1.0, 1.0]).largest_first(vectors).centroids.tolist() == [[0.0], [90.0]]


def test_a_cluster_whose_neighbourhood_is_empty_has_no_people_whatever_the_noise():
    vectors = np.array([[0.0], [0.5], [100.0]])
    assert reaching([[0.0], [90.0]], [1.0, 20.0]).peopled(vectors)
    assert not reaching([[0.0], [90.0]], [1.0, 1.0]).peopled(vectors)
    assert not Clustering.around(np.array([[0.0], [-50.0]])).peopled(vectors)


def test_where_there_is_no_cluster_everybody_is_noise():
    nothing = Clustering.around(np.zeros((0, 2)))
    assert nothing.k == 0
    assert nothing.largest_first(np.ones((3, 2))).labels(np.ones((3, 2))).tolist() == [NOISE] * 3


def test_no_customers_have_no_labels():
    assert Clustering.around(np.zeros((2, 3))).labels(np.zeros((0, 3))).tolist() == []


def test_what_is_unknown_is_at_the_centre_or_left_out():
    vectors = np.array([[1.0, np.nan], [np.nan, np.nan], [4.0, 2.0]])
    centroids = np.array([[1.0, 3.0], [0.0, 1.0]])
    centred = Clustering.around(centroids)
    assert centred.squared_distances(vectors).tolist() == [[9.0, 2.0], [10.0, 1.0], [10.0, 17.0]]
    left_out = replace(centred, leaves_out_unknown=True)
    assert left_out.squared_distances(vectors).tolist() == [[0.0, 1.0], [0.0, 0.0], [10.0, 17.0]]
    assert left_out.largest_first(vectors).leaves_out_unknown


def test_inertia_is_euclidean_whatever_the_distances_and_of_nobody_who_is_noise():
    vectors = np.array([[0.0], [1.0], [np.nan], [90.0]])
    clustering = Clustering(
        np.array([[0.0], [2.0]]), np.array([[0.2], [9.0]]), np.array([0.0, 7.0]), np.array([5.0, 5.0])
    )
    assert clustering.labels(vectors).tolist() == [0, 1, 0, NOISE]
    assert clustering.inertia(vectors) == 0 + 1 + 0

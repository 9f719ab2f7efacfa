from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from python_udfs.segmentation.clustering import Clustering
from python_udfs.segmentation.reasons import REASON_FIELDS, contributions, reason_columns


def matrix(rows: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, (rows, 4), elements=st.floats(-100, 100))


def order_of(vectors: np.ndarray, clustering: Clustering) -> np.ndarray:
    return np.argsort(clustering.squared_distances(vectors), axis=1, kind="stable")[:, :2]


def reasons(vectors, clustering, dimensions, noise=None) -> dict[str, list]:
    noise = np.zeros(len(vectors), dtype=bool) if noise is None else noise
    columns = reason_columns(vectors, clustering, order_of(vectors, clustering), noise, dimensions)
    return {field.name: column.to_pylist() for field, column in zip(REASON_FIELDS, columns, strict=True)}


@given(matrix(6), matrix(3))
def test_contributions_add_up_to_the_difference_of_the_squared_distances(vectors, centroids):
    clustering = Clustering.around(centroids)
    order = order_of(vectors, clustering)
    squared = np.sort(clustering.squared_distances(vectors), axis=1)
    total = contributions(vectors, clustering, order).sum(axis=1)
    assert total == pytest.approx(squared[:, 1] - squared[:, 0], abs=1e-9 * max(1.0, squared.max()))


def test_of_a_mixture_they_add_up_to_it_but_for_the_offsets():
    clustering = Clustering(
        np.array([[0.0, 0.0], [3.0, 1.0]]), np.array([[1.0, 2.0], [0.5, 1.0]]), np.array([0.0, 1.5]), np.full(2, np.inf)
    )
    vectors = np.random.default_rng(0).normal(size=(20, 2))
    order = order_of(vectors, clustering)
    squared = clustering.squared_distances(vectors) - clustering.offsets
    rows = np.arange(20)
    expected = squared[rows, order[:, 1]] - squared[rows, order[:, 0]]
    assert contributions(vectors, clustering, order).sum(axis=1) == pytest.approx(expected)


def test_what_is_unknown_of_a_customer_is_no_reason_where_it_is_left_out(dimensions):
    vectors = np.array([[0.0, np.nan, 0.0, np.nan]])
    told = reasons(vectors, replace(FAR, leaves_out_unknown=True), dimensions(4))
    assert [told[f"reason_{place}"] for place in (1, 2, 3)] == [["f2"], ["f0"], [None]]


FAR = Clustering.around(np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 3.0, 2.0, -4.0]]))


def test_the_features_that_speak_most_for_the_segment_come_first(dimensions):
    told = reasons(np.zeros((1, 4)), FAR, dimensions(4))
    assert [told[f"reason_{place}"] for place in (1, 2, 3)] == [["f3"], ["f1"], ["f2"]]
    assert [told[f"reason_{place}_contribution"] for place in (1, 2, 3)] == [[16.0], [9.0], [4.0]]


def test_a_reason_is_told_by_its_label(dimension):
    told = reasons(
        np.zeros((1, 1)), Clustering.around(np.array([[0.0], [1.0]])), [dimension("x", label="share of Toys")]
    )
    assert told["reason_1"] == ["share of Toys"]


def test_what_speaks_for_the_next_segment_is_no_reason(dimensions):
    # f0 and f2 are those of the next segment, f1 lies in the middle.
    told = reasons(np.array([[1.0, 1.5, 2.0, -1.0]]), FAR, dimensions(4))
    assert (told["reason_1"], told["reason_2"], told["reason_3"]) == (["f3"], [None], [None])
    assert told["reason_2_contribution"] == [None]


def test_of_equal_reasons_the_first_dimension_comes_first(dimensions):
    told = reasons(np.zeros((1, 3)), Clustering.around(np.array([[0.0, 0, 0], [2.0, 2, 2]])), dimensions(3))
    assert [told[f"reason_{place}"][0] for place in (1, 2, 3)] == ["f0", "f1", "f2"]


def test_with_fewer_features_than_reasons_the_others_are_null(dimensions):
    told = reasons(np.zeros((2, 1)), Clustering.around(np.array([[0.0], [2.0]])), dimensions(1))
    assert (told["reason_1"], told["reason_2"], told["reason_3_contribution"]) == (["f0"] * 2, [None] * 2, [None] * 2)


def test_noise_is_in_no_segment_and_has_no_reasons(dimensions):
    told = reasons(np.zeros((2, 4)), FAR, dimensions(4), noise=np.array([False, True]))
    assert told["reason_1"] == ["f3", None]
    assert told["reason_1_contribution"] == [16.0, None]


@given(matrix(5), matrix(3))
def test_every_reason_speaks_for_the_segment_and_no_less_than_the_next_one(dimensions, vectors, centroids):
    told = reasons(vectors, Clustering.around(centroids), dimensions(4))
    for customer in range(5):
        values = [told[f"reason_{place}_contribution"][customer] for place in (1, 2, 3)]
        known = [value for value in values if value is not None]
        assert all(value > 0 for value in known)
        assert known == sorted(known, reverse=True)
        assert values[: len(known)] == known

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from python_udfs.segmentation.identity import match_segments, segment_keys

POINTS = arrays(np.float64, st.tuples(st.integers(0, 8), st.just(3)), elements=st.integers(-50, 50).map(float))


def test_a_segment_that_moves_a_little_keeps_its_key():
    previous = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    moved = previous[[2, 0, 1]] + 0.3
    assert match_segments(previous, moved, max_distance=2.0) == [2, 0, 1]


def test_the_total_distance_decides_not_the_first_come():
    # The first would take 5, one away, and leave 9 without a match; 4-0 and 9-5 continue both.
    assert match_segments(np.array([[0.0], [5.0]]), np.array([[4.0], [9.0]]), max_distance=8.0) == [0, 1]


def test_a_segment_beyond_the_limit_is_new():
    assert match_segments(np.array([[0.0]]), np.array([[5.0]]), max_distance=4.9) == [None]


def test_a_hopeless_pair_does_not_push_a_good_one_apart():
    # Far to the right, the second would rather be at (1, 0), and the first make way.
    previous, current = np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[1.0, 0.1], [100.0, 0.0]])
    assert match_segments(previous, current, max_distance=2.0) == [1, None]


def test_spaces_of_different_width_are_refused():
    with pytest.raises(ValueError, match="can't be matched"):
        match_segments(np.zeros((1, 2)), np.zeros((1, 3)), max_distance=1.0)


@given(POINTS, POINTS)
def test_no_published_segment_continues_twice(previous, current):
    matched = match_segments(previous, current, max_distance=40.0)
    continued = [row for row in matched if row is not None]
    assert len(matched) == len(current)
    assert len(continued) == len(set(continued))


@given(POINTS)
def test_the_same_centroids_match_themselves_at_no_distance(centroids):
    for row, match in enumerate(match_segments(centroids, centroids, max_distance=0.0)):
        assert match is not None
        assert np.array_equal(centroids[match], centroids[row])


def test_a_new_segment_gets_a_number_that_no_segment_ever_had():
    keys = segment_keys([1, None, None], previous_keys=["S01", "S04"], used_keys=["S01", "S04", "S07"])
    assert keys == ["S04", "S08", "S09"]


def test_the_first_build_counts_from_one():
    assert segment_keys([None, None], [], []) == ["S01", "S02"]

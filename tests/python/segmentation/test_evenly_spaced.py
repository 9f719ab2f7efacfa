import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.segmentation.evenly_spaced import evenly_spaced


@given(st.integers(1, 300), st.integers(1, 300))
def test_a_sample_is_as_large_as_it_may_be_and_its_distances_differ_by_one_at_most(customers, limit):
    places = evenly_spaced(np.arange(customers), limit)
    assert len(places) == min(customers, limit)
    assert places[0] == 0
    assert np.ptp(np.diff(np.append(places, customers))) <= 1


def test_of_nobody_there_is_no_sample():
    assert evenly_spaced(np.zeros((0, 2)), 5).shape == (0, 2)


def test_customers_are_taken_whole():
    vectors = np.arange(20.0).reshape(10, 2)
    assert evenly_spaced(vectors, 5).tolist() == vectors[::2].tolist()
    assert evenly_spaced(vectors, 99).tolist() == vectors.tolist()

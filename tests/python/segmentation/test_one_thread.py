import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from python_udfs.segmentation.one_thread import one_thread


def threads() -> set[int]:
    """Of the libraries that estimators use; other tests may have loaded more."""
    np.ones((2, 2)) @ np.ones((2, 2))
    homes = ("numpy.libs", "scipy.libs", "scikit_learn.libs")
    used = [library for library in threadpool_info() if any(home in library["filepath"] for home in homes)]
    return {library["num_threads"] for library in used}


def test_libraries_have_one_thread_within_and_as_many_as_before_afterwards():
    with threadpool_limits(2):
        with one_thread():
            assert threads() == {1}
        assert threads() == {2}

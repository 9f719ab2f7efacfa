import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from python_udfs.segmentation.one_thread import one_thread


def threads() -> set[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return {library["num_threads"] for library in threadpool_info()}


def test_libraries_have_one_thread_within_and_as_many_as_before_afterwards():
    with threadpool_limits(2):
        with one_thread():
            assert threads() == {1}
        assert threads() == {2}

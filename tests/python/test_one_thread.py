from threading import Event, Thread

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from python_udfs.one_thread import one_thread

HOMES = ("numpy.libs", "scipy.libs", "scikit_learn.libs")


def threads(kind: str) -> set[int]:
    """Of the libraries that estimators use; other tests may have loaded more. kind: blas or openmp."""
    np.ones((2, 2)) @ np.ones((2, 2))
    used = [library for library in threadpool_info() if any(home in library["filepath"] for home in HOMES)]
    return {library["num_threads"] for library in used if library["user_api"] == kind}


def test_libraries_have_one_thread_within_and_openmp_as_many_as_before_afterwards():
    with threadpool_limits(2):
        with one_thread():
            assert threads("blas") == threads("openmp") == {1}
        assert threads("openmp") == {2}


def test_a_model_that_ends_takes_the_limit_from_no_other_that_runs_beside_it():
    entered, first_has_ended, found = Event(), Event(), []

    def beside() -> None:
        with one_thread():
            entered.set()
            first_has_ended.wait(10)
            found.append(threads("blas") | threads("openmp"))

    second = Thread(target=beside)
    with one_thread():
        second.start()
        entered.wait(10)
    first_has_ended.set()
    second.join()
    assert found == [{1}]

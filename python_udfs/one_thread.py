"""One numeric thread: sums of doubles depend on how they are split among threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module

from threadpoolctl import ThreadpoolController


@cache
def _libraries(user_api: str) -> ThreadpoolController:
    # Only libraries that are loaded are found, scikit-learn's OpenMP among them.
    import_module("sklearn.cluster")
    # Looking for the libraries takes milliseconds, and a sweep limits them thousands of times.
    return ThreadpoolController().select(user_api=user_api)


@contextmanager
def one_thread() -> Iterator[None]:
    """A context in which NumPy, SciPy and scikit-learn use one thread.

    Of linear algebra the whole process has one number of threads. It isn't given back: a model that ends would take
    the limit from one that runs beside it. Of OpenMP each thread has its own.
    """
    _libraries("blas").limit(limits=1)
    with _libraries("openmp").limit(limits=1):
        yield

"""One numeric thread: sums of doubles depend on how they are split among threads."""

from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    # Only libraries that are loaded are found, scikit-learn's OpenMP among them.
    import_module("sklearn.cluster")
    # Looking for the libraries takes milliseconds, and a sweep limits them thousands of times.
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """A context in which NumPy, SciPy and scikit-learn use one thread."""
    return _controller().limit(limits=1)

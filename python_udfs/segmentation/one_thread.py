"""One numeric thread: sums of doubles depend on how they are split among threads."""

from contextlib import AbstractContextManager
from functools import cache

import sklearn.cluster  # noqa: F401 - loads its OpenMP library before the controller looks for libraries
from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    # Looking for the libraries takes milliseconds, and a sweep limits them thousands of times.
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """A context in which NumPy, SciPy and scikit-learn use one thread."""
    return _controller().limit(limits=1)

"""Numerical libraries on one thread: sums of several differ in their last digits."""

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread(api: str | None = None) -> AbstractContextManager[object]:
    """Let the numerical libraries compute on one thread, inside ``with``.

    Parameters
    ----------
    api
        "blas" or "openmp" for these alone; all when not given.

    Returns
    -------
    contextlib.AbstractContextManager
        Gives the threads back at its end.
    """
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api=api)
    return limited


@cache
def _controller() -> ThreadpoolController:
    """Find the libraries once: looking through the memory of the process takes milliseconds."""
    return ThreadpoolController()

"""Do parts of a task on several threads, results in the order of the parts."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# More threads than this share too little work each.
MOST_THREADS = 8


@dataclass(frozen=True)
class Workers:
    """Hold the threads of a fit, or none; what they compute does not depend on their number.

    Parameters
    ----------
    pool
        The threads; None: everything is done in the calling one.
    """

    pool: ThreadPoolExecutor | None = None

    def map(self, function: Callable[[T], R], parts: Iterable[T]) -> list[R]:
        """Call a function that releases the interpreter for each part.

        Parameters
        ----------
        function
            What to do with a part.
        parts
            The parts.

        Returns
        -------
        list
            What each call returned, in the order of the parts.
        """
        todo = list(parts)
        if self.pool is None or len(todo) == 1:
            return [function(part) for part in todo]
        return list(self.pool.map(function, todo))


@contextmanager
def hired(n_threads: int | None = None) -> Iterator[Workers]:
    """Lend threads, as many as the machine has processors if no number is given.

    They are gone when the fit ends, so that a process may be forked afterwards.
    """
    count = min(n_threads or _count_processors(), MOST_THREADS)
    if count == 1:
        yield Workers()
        return
    with ThreadPoolExecutor(count) as pool:
        yield Workers(pool)


def _count_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

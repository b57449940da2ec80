"""Mark the loops that numba compiles.

Nothing is compiled at import: the first call compiles, and the result is kept on disk for the
next process. `python -m territory_kit.design.warm` makes those first calls ahead of time.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit
from numba.core.registry import cpu_target

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop over arrays on its first call and keep it for later processes.

    Parameters
    ----------
    function
        A function of arrays and numbers that numba understands; its types are fixed by use.

    Returns
    -------
    Callable
        The same function, compiled to one thread and exact floating-point order, so that its
        result depends neither on the thread count nor on the machine's load.
    """
    return cast("Callable[P, R]", njit(cache=True, nogil=True)(function))


# numba loads what it knows of numpy and Python with the first loop it calls. That belongs to the
# import, so that the first plan is as quick as the second.
cpu_target.typing_context.refresh()
cpu_target.target_context.refresh()

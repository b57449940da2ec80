"""How much of a time limit is left, counted from the start of Python.

Imports take seconds where the disk is slow. Whoever asks for ten seconds means all of them.
"""

import atexit
import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A shell that replaces itself by the command hands down its own age, which is not ours.
_MOST_START_S = 3.0
# Where the system does not say when a process began.
_USUAL_START_S = 0.4
_START_FIELD = 19
# What comes after the search: writing, printing, and the end of Python.
_END_S = 0.25
_END_SHARE = 0.03
_END_S_PER_UNIT = 8e-6
_LEAST_SEARCH_S = 0.1


def command_start() -> float:
    """Return when this command began.

    Returns
    -------
    float
        Moment in seconds, on the clock of `time.monotonic`.
    """
    return time.monotonic() - min(max(_process_age_s(), 0.0), _MOST_START_S)


def search_seconds(time_limit_s: float, *, started: float, units_count: int) -> float:
    """Return what a time limit leaves for the search.

    Parameters
    ----------
    time_limit_s
        Wall time of the whole command.
    started
        From `command_start`.
    units_count
        Number of units: the more, the longer writing takes.

    Returns
    -------
    float
        Seconds, above 0 even where the limit is over.
    """
    spent_s = time.monotonic() - started
    end_s = _END_S + _END_SHARE * time_limit_s + _END_S_PER_UNIT * units_count
    return max(time_limit_s - spent_s - end_s, _LEAST_SEARCH_S)


def overrun_notice(time_limit_s: float | None, *, started: float) -> tuple[str, ...]:
    """Say in a sentence that a time limit was passed, if it was.

    Parameters
    ----------
    time_limit_s
        Wall time of the whole command, None for no limit.
    started
        From `command_start`.

    Returns
    -------
    tuple of str
        One sentence or none.
    """
    spent_s = time.monotonic() - started
    if time_limit_s is None or spent_s <= time_limit_s:
        return ()
    needed = f"to read, divide once and write took {spent_s:.1f} s on this machine."
    return (f"The time limit of {time_limit_s:g} s was too short: {needed}",)


@contextmanager
def without_collection() -> Iterator[None]:
    """Import without looking for garbage, now and at the end of Python.

    Libraries make a million objects that stay: looking through them takes a fifth of the time of
    imports, and as long again when Python ends.
    """
    was_on = gc.isenabled()
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _process_age_s() -> float:
    try:
        after_name = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace")
        ticks = float(after_name.rpartition(")")[2].split()[_START_FIELD])
        now = time.clock_gettime(time.CLOCK_BOOTTIME)
        return now - ticks / os.sysconf("SC_CLK_TCK")
    except (AttributeError, OSError, ValueError, IndexError):
        return _USUAL_START_S

"""Errors and warnings, written for the analyst who reads them.

Every message has the same four parts: what is wrong, the value received, where it stands, and
what to do about it.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

SHOWN_IDS_COUNT = 5


class TerritoryKitError(ValueError):
    """Base of every error that the data, the settings or a run can cause.

    Parameters
    ----------
    what
        What is wrong, in the words of the glossary, without a full stop.
    value
        The value received, as text; left out of the message when empty.
    where
        File, column and identifiers that the message is about.
    remedy
        What the reader can do, as a sentence.
    """

    def __init__(self, what: str, *, value: str = "", where: str = "", remedy: str = "") -> None:
        self.what = what
        self.value = value
        self.where = where
        self.remedy = remedy
        super().__init__(self._message())

    def _message(self) -> str:
        head = self.what
        if self.value:
            head = f"{head}: {self.value}"
        if self.where:
            head = f"{head} ({self.where})"
        return f"{head}. {self.remedy}".strip()

    def _render_traceback_(self) -> list[str]:
        """Say in a notebook what is wrong, and not where in the program that was noticed.

        IPython asks errors for this. `%debug` and ``traceback.print_last()`` still tell.
        """
        return str(self).splitlines()


class TableError(TerritoryKitError):
    """A table cannot be read, lacks something required or contradicts itself."""


class ParameterError(TerritoryKitError):
    """A setting, parameter or argument is unknown or out of range."""


class InfeasiblePlanError(TerritoryKitError):
    """No plan keeps all limits; the message says which limit and by how much."""


class StaleResultError(TerritoryKitError):
    """A saved result is missing, damaged or older than what it was made from."""


class MissingDependencyError(TerritoryKitError):
    """An optional package is needed for this and is not installed."""


class TerritoryKitWarning(UserWarning):
    """Base of the warnings of this package."""


def list_ids(identifiers: Sequence[str]) -> str:
    """Name up to five identifiers and the count of all of them.

    Parameters
    ----------
    identifiers
        Identifiers of the rows that a message is about, any number.

    Returns
    -------
    str
        Identifiers, numbers in them sorted as numbers, and how many there are when some are left
        out.

    Examples
    --------
    >>> list_ids(["A2", "A1"])
    'A1, A2'
    >>> list_ids([f"A{i}" for i in range(9)])
    'A0, A1, A2, A3, A4 and 4 more (9 in all)'
    """
    ordered = sorted(identifiers, key=_in_numbers)
    shown = ", ".join(ordered[:SHOWN_IDS_COUNT])
    rest = len(ordered) - SHOWN_IDS_COUNT
    return f"{shown} and {rest} more ({len(ordered)} in all)" if rest > 0 else shown


def _in_numbers(identifier: str) -> tuple[list[tuple[str, int]], str]:
    """Return what sorts "row 97" before "row 100"."""
    parts = re.findall(r"([^0-9]*)([0-9]{0,18})", identifier)
    return [(text.casefold(), int(digits or -1)) for text, digits in parts], identifier


def suggest(name: str, known: Sequence[str]) -> str:
    """Propose the known name that an unknown one probably means.

    Parameters
    ----------
    name
        The name received.
    known
        All names that would have been right.

    Returns
    -------
    str
        A sentence with the closest name, followed by all known names, sorted.

    Examples
    --------
    >>> suggest("tolerence", ["tolerance", "mode"])
    'Did you mean "tolerance"? Known names: mode, tolerance.'
    """
    close = get_close_matches(name, known, n=1)
    lead = f'Did you mean "{close[0]}"? ' if close else ""
    return f"{lead}Known names: {', '.join(sorted(known))}."

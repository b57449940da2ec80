"""What a filter is once it is read: conditions, and how they are joined.

A missing cell passes no condition but ``is missing``, not even ``!=``. ``not`` turns every row
round: ``not (employees_count > 3)`` matches rows without a number too, unlike
``employees_count <= 3``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from territory_kit.expressions.cells import (
    Bools,
    Cells,
    Cellular,
    Kind,
    Value,
    comparable,
    fold,
    read_cells,
)

# Below it, whole numbers are written without a point or an exponent.
_LONG_NUMBER = 1e16


@dataclass(frozen=True)
class Condition:
    """What one column is asked for.

    Parameters
    ----------
    column
        Name of the column.
    kind
        Kind of its cells.
    word
        How cells are compared, as it is written: "=", "in", "starts with", "is missing" and so on.
    values
        With what: none for what is missing or known, two for a range, any number for a choice.
    """

    column: str
    kind: Kind
    word: str
    values: tuple[Value, ...] = ()

    def asked(self) -> Iterator[tuple[str, Kind]]:
        """Yield name and kind of the column."""
        yield self.column, self.kind

    def mask(self, cells: Mapping[str, Cells]) -> Bools:
        """Mark the rows that the condition matches."""
        column = cells[self.column]
        if self.word in _PRESENCE:
            return column.known if _PRESENCE[self.word] else ~column.known
        if self.word in _PARTS_OF_TEXT:
            text = fold(str(self.values[0]))
            test = _PARTS_OF_TEXT[self.word]
            return column.where(lambda found: _each(found, lambda cell: test(cell, text)))
        values = [comparable(value) for value in self.values]
        return column.where(lambda found: _COMPARISONS[self.word](found, *values))

    def __str__(self) -> str:
        written = [_written(value) for value in self.values]
        if self.word == "in":
            return f"{self.column} in ({', '.join(written)})"
        return " ".join(filter(None, [self.column, self.word, " and ".join(written)]))


@dataclass(frozen=True)
class Opposite:
    """All rows that something does not match.

    Parameters
    ----------
    part
        What does not match.
    """

    part: "Node"

    def asked(self) -> Iterator[tuple[str, Kind]]:
        """Yield name and kind of each column."""
        return self.part.asked()

    def mask(self, cells: Mapping[str, Cells]) -> Bools:
        """Mark the rows that the part does not match."""
        return ~self.part.mask(cells)

    def __str__(self) -> str:
        return f"not ({self.part})"


@dataclass(frozen=True)
class Joined:
    """Several parts that must all match, or of which one must.

    Parameters
    ----------
    word
        How they are joined.
    parts
        Two or more, none of them joined by the same word.
    """

    word: Literal["and", "or"]
    parts: tuple["Node", ...]

    def asked(self) -> Iterator[tuple[str, Kind]]:
        """Yield name and kind of each column."""
        for part in self.parts:
            yield from part.asked()

    def mask(self, cells: Mapping[str, Cells]) -> Bools:
        """Mark the rows that all parts match, or that one does."""
        join = np.logical_and if self.word == "and" else np.logical_or
        marked = self.parts[0].mask(cells)
        for part in self.parts[1:]:
            marked = join(marked, part.mask(cells))
        return marked

    def __str__(self) -> str:
        # "and" binds closer: what is joined by the other word needs parentheses only inside it
        shown = [
            f"({part})" if self.word == "and" and isinstance(part, Joined) else str(part)
            for part in self.parts
        ]
        return f" {self.word} ".join(shown)


Node = Condition | Opposite | Joined


@dataclass(frozen=True)
class Expression:
    """A filter over the columns of a table.

    `str` gives its canonical text, which `parse_expression` reads as an equal expression.

    Parameters
    ----------
    root
        The whole condition.
    """

    root: Node

    @property
    def columns(self) -> dict[str, Kind]:
        """Kind of each column that is asked for, by name, sorted."""
        return dict(sorted(self.root.asked()))

    def mask(self, table: pd.DataFrame) -> "pd.Series[bool]":
        """Mark the rows of a table that match.

        Parameters
        ----------
        table
            Any table with the columns of the filter; texts as text, numbers as numbers (whole ones
            beyond 2^53 are rounded), dates as datetime64, yes/no as true and false.

        Returns
        -------
        pandas.Series
            True where the row matches, never missing; index as in the table.

        Raises
        ------
        TableError
            When the table lacks a column, has it twice, or holds another kind of cells in it.

        Notes
        -----
        A cell is missing when the table says so, or when it is a text of blanks only. A missing
        cell passes no comparison, not even ``!=``; only ``is missing`` finds it. ``not`` turns
        every row round: ``not (city = "Paris")`` matches rows without a city, ``city != "Paris"``
        does not. Texts are compared without regard to case and outer blanks, dates by their day in
        the table's own time zone.
        """
        marked = self.root.mask(read_cells(table, self.columns))
        return pd.Series(marked, index=table.index, dtype=bool)

    def __str__(self) -> str:
        return str(self.root)


def _among(found: Cellular, *values: Any) -> Bools:  # noqa: ANN401 - as many types as columns have
    if found.dtype == object:
        return _each(found, set(values).__contains__)
    return np.isin(found, np.array(values))


def _each(found: Cellular, test: Callable[[str], bool]) -> Bools:
    return np.fromiter((test(cell) for cell in found), dtype=bool, count=len(found))


_PRESENCE = {"is known": True, "is missing": False}
_PARTS_OF_TEXT: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda cell, text: text in cell,
    "starts with": lambda cell, text: cell.startswith(text.lstrip()),
}
_COMPARISONS: dict[str, Callable[..., Bools]] = {
    "=": lambda found, value: found == value,
    "!=": lambda found, value: found != value,
    "<": lambda found, value: found < value,
    "<=": lambda found, value: found <= value,
    ">": lambda found, value: found > value,
    ">=": lambda found, value: found >= value,
    "between": lambda found, low, high: (found >= low) & (found <= high),
    "in": _among,
}


def _written(value: Value) -> str:
    """Return a value as a filter writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, date):
        return value.isoformat()
    is_short = value.is_integer() and abs(value) < _LONG_NUMBER
    return str(int(value)) if is_short else repr(value)

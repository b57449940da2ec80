"""The cells of a column, made ready to be compared with values of filters.

A cell is missing when its table says so, or when it is a text of blanks only. Texts are compared
without outer blanks and without regard to case, dates by their day.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import infer_dtype

from territory_kit.errors import TableError

Kind = Literal["text", "number", "date", "yes_no"]
Value = str | float | date | bool
Bools = NDArray[np.bool_]
Cellular = NDArray[Any]

KINDS: tuple[Kind, ...] = ("date", "number", "text", "yes_no")
_INFERRED: dict[Kind, frozenset[str]] = {
    "text": frozenset({"string"}),
    "number": frozenset({"integer", "floating", "mixed-integer-float"}),
    "date": frozenset({"datetime64", "datetime", "date"}),
    "yes_no": frozenset({"boolean"}),
}
_HELD: dict[Kind, str] = {
    "text": "texts",
    "number": "numbers",
    "date": "dates",
    "yes_no": "yes and no",
}


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of one column.

    Parameters
    ----------
    values
        What there is to compare, shape (n_values,): each different text once, other cells as they
        are.
    places
        Value of each row, shape (n_rows,).
    known
        Whether the row has a value, shape (n_rows,).
    """

    values: Cellular
    places: NDArray[np.intp]
    known: Bools

    def where(self, test: Callable[[Cellular], Bools]) -> Bools:
        """Mark the rows whose value is known and passes a test.

        Parameters
        ----------
        test
            Tells which values pass, shape (n_values,).

        Returns
        -------
        numpy.ndarray
            Shape (n_rows,).
        """
        passed = np.zeros(len(self.known), dtype=bool)
        if not self.known.any():
            # what has no cell has no kind either, and nothing could be compared with it
            return passed
        passed[self.known] = test(self.values)[self.places[self.known]]
        return passed


def fold(text: str) -> str:
    """Return what of a text counts in comparisons: letters in one form, without case.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text, its outer blanks kept.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def comparable(value: Value) -> Any:  # noqa: ANN401 - as many types as columns have
    """Return a value of a filter in the form that cells have.

    Parameters
    ----------
    value
        Text, number, date or yes/no.

    Returns
    -------
    object
        The value that numpy compares with cells.
    """
    if isinstance(value, str):
        return fold(value).strip()
    return np.datetime64(value, "D") if isinstance(value, date) else value


def read_cells(table: pd.DataFrame, kinds: Mapping[str, Kind]) -> dict[str, Cells]:
    """Read the columns that a filter asks for.

    Parameters
    ----------
    table
        Any table with these columns.
    kinds
        Kind of each column by name.

    Returns
    -------
    dict of Cells
        Cells by column.

    Raises
    ------
    TableError
        When the table lacks a column, has it twice, or holds another kind of cells in it.
    """
    counts = {name: int((table.columns == name).sum()) for name in sorted(kinds)}
    if odd := [name for name, count in counts.items() if count != 1]:
        raise TableError(
            "The filter asks for columns that the table does not have exactly once",
            value=", ".join(odd),
            remedy="Add them to the table, or ask the filter for other columns.",
        )
    return {name: _read_column(table[name], kind) for name, kind in kinds.items()}


def _read_column(column: "pd.Series[Any]", kind: Kind) -> Cells:
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    found = infer_dtype(column, skipna=True)
    known = column.notna().to_numpy(dtype=bool)
    if not known.any():
        return Cells(np.zeros(1), np.zeros(len(column), dtype=np.intp), known)
    if found not in _INFERRED[kind]:
        held = [name for of, name in _HELD.items() if found in _INFERRED[of]]
        raise TableError(
            f"A column does not hold {_HELD[kind]}, as the filter takes it",
            value=held[0] if held else "other things, or several kinds of them",
            where=f"column {column.name}",
            remedy=f"Turn its cells into {_HELD[kind]}, or read the filter with its real kind.",
        )
    if kind == "text":
        return _read_texts(column, known)
    return Cells(_READERS[kind](column), np.arange(len(column)), known)


def _read_texts(column: "pd.Series[Any]", known: Bools) -> Cells:
    places, different = pd.factorize(column)
    words = np.array([fold(text).strip() for text in different], dtype=object)
    is_blank = words == ""
    return Cells(words, places, known & ~is_blank[places])


def _numbers(column: "pd.Series[Any]") -> Cellular:
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _days(column: "pd.Series[Any]") -> Cellular:
    """Return the local day of each cell."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        return column.to_numpy(dtype="datetime64[D]")
    days = [cell.isoformat()[:10] if pd.notna(cell) else "NaT" for cell in column]
    return np.array(days, dtype="datetime64[D]")


def _answers(column: "pd.Series[Any]") -> Cellular:
    return column.to_numpy(dtype=bool, na_value=False)


_READERS: dict[Kind, Callable[["pd.Series[Any]"], Cellular]] = {
    "number": _numbers,
    "date": _days,
    "yes_no": _answers,
}

"""What a column is: its name, kind, unit, range and meaning, declared once.

The unit is read from the ending of the name, so that name and unit cannot disagree.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "text", "choice", "number", "count", "share", "money", "date", "yes_no"]

# Longest ending first: "_amount_per_year" ends in "_per_year" too.
_UNIT_OF_ENDING = {
    "_amount_per_year": "{currency} per year",
    "_hours_per_year": "h per year",
    "_km_per_year": "km per year",
    "_amount": "{currency}",
    "_per_year": "per year",
    "_hours": "h",
    "_km": "km",
    "_deg": "degrees",
    "_share": "%",
    "_index": "100 = average",
}
_DTYPES: dict[Kind, str] = {
    "id": "str",
    "text": "str",
    "choice": "str",
    "number": "float64",
    "count": "float64",
    "share": "float64",
    "money": "float64",
    "date": "datetime64[us]",
    "yes_no": "boolean",
}


@dataclass(frozen=True)
class Column:
    """One declared column.

    Parameters
    ----------
    name
        Lower-snake name that ends in its unit. A name with ``<…>`` stands for a family.
    kind
        What the values are; decides the dtype.
    meaning
        One plain sentence for the data dictionary.
    label
        Short heading for tables and axes, without the unit.
    low, high
        Allowed range, inclusive; None where there is no limit.
    choices
        All allowed values of a ``choice`` column.
    """

    name: str
    kind: Kind
    meaning: str
    label: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def dtype(self) -> str:
        """Name of the pandas dtype that holds the column."""
        return _DTYPES[self.kind]

    @property
    def unit(self) -> str:
        """Unit of the values as shown, with ``{currency}`` left open; empty where none."""
        return next(
            (unit for end, unit in _UNIT_OF_ENDING.items() if self.name.endswith(end)),
            "",
        )

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers."""
        return self.dtype == "float64"


@dataclass(frozen=True)
class Table:
    """One declared table: which columns it has, and which it must have.

    Parameters
    ----------
    name
        Name of the input or result.
    meaning
        One plain sentence for the data dictionary: what a row is.
    columns
        Names of its columns in the order shown.
    required
        Names of the columns that must be there; all of them for a result.
    key
        Columns that together name a row; empty where rows may repeat.
    """

    name: str
    meaning: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]


def table(
    name: str, meaning: str, columns: str, *, required: str | None = None, key: str = ""
) -> Table:
    """Declare a table with its columns as words in one text.

    Parameters
    ----------
    name
        Name of the input or result.
    meaning
        What a row is.
    columns
        Column names, separated by spaces.
    required
        Names of those that must be there; all of them when not given.
    key
        Names of the columns that together name a row.

    Returns
    -------
    Table
        The declared table.
    """
    needed = columns if required is None else required
    return Table(name, meaning, tuple(columns.split()), tuple(needed.split()), tuple(key.split()))

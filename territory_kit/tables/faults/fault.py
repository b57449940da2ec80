"""What is wrong with an input, as one record for each kind of fault.

*Blocking* faults stop the plan. *Repaired* ones changed a value: corrected it, or set it missing.
A *notice* changed nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from territory_kit.errors import TableError, list_ids

Severity = Literal["blocking", "repaired", "notice"]

SHOWN_VALUES_COUNT = 3
SHOWN_CHARACTERS_COUNT = 60


@dataclass(frozen=True)
class Fault:
    """One kind of fault in one column, with all rows that have it.

    Parameters
    ----------
    severity
        Whether it stops the plan, changed a value, or neither.
    code
        Short name of the kind of fault.
    table, column, file
        Where it stands; the column is ours, and empty where the whole table is meant.
    ids
        Identifiers of all rows, or ``row 17`` where a row has none.
    rows_count
        Number of rows.
    value
        What was received: some examples.
    what
        What is wrong, without a full stop.
    remedy
        What to do, in sentences.
    header
        The column's header in the file, where it is not our name.
    row_numbers
        Rows as a spreadsheet counts them, the header's row included.
    sheet
        Sheet of the workbook; empty for a text file.
    position
        Place of the column in the file, from 1; 0 where no column of the file is meant.
    """

    severity: Severity
    code: str
    table: str
    column: str
    file: str
    ids: tuple[str, ...]
    rows_count: int
    value: str
    what: str
    remedy: str
    header: str = ""
    row_numbers: tuple[int, ...] = ()
    sheet: str = ""
    position: int = 0

    def __post_init__(self) -> None:
        """Keep sequences as tuples, also when they come back from JSON as lists."""
        object.__setattr__(self, "ids", tuple(self.ids))
        object.__setattr__(self, "row_numbers", tuple(self.row_numbers))

    @property
    def rows(self) -> str:
        """Up to five identifiers and the count of rows; empty where no row is meant."""
        if not self.rows_count:
            return ""
        shown = list_ids([shorten(i) for i in self.ids])
        count = f"{self.rows_count} row{'' if self.rows_count == 1 else 's'}"
        return f"{count}: {shown}" if shown else count

    @property
    def place(self) -> str:
        """The column, with its header in the file where that is another name."""
        named = self.header and self.header != self.column
        return f'{self.column} ("{shorten(self.header)}")' if named else self.column

    @property
    def message(self) -> str:
        """All four parts as one text."""
        column = f"column {self.place}" if self.column else ""
        where = ", ".join(part for part in (shorten(self.file), column, self.rows) if part)
        text = str(TableError(self.what, value=self.value, where=where, remedy=self.remedy))
        return make_printable(text)


def shorten(text: str) -> str:
    """Make a text from outside fit to be shown: one line, printable, at most 60 characters.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text; what cannot be printed is replaced, and what is too long is cut.
    """
    printable = make_printable(text)
    if len(printable) <= SHOWN_CHARACTERS_COUNT:
        return printable
    return printable[: SHOWN_CHARACTERS_COUNT - 1] + "…"


def make_printable(text: str) -> str:
    """Replace what a terminal would obey or hide, such as line breaks and colours.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        As long as before.
    """
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def show_values(values: Iterable[str]) -> str:
    """Show some of the values received.

    Parameters
    ----------
    values
        Values as text, repeated ones included.

    Returns
    -------
    str
        The first three different ones in alphabetical order, quoted.
    """
    different = sorted(set(values))
    shown = ", ".join(f'"{shorten(value)}"' for value in different[:SHOWN_VALUES_COUNT])
    return f"{shown} …" if len(different) > SHOWN_VALUES_COUNT else shown

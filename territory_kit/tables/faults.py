"""What is wrong with an input, as one record for each kind of fault, and how it is shown.

*Blocking* faults stop the plan. *Repaired* ones changed a value: corrected it, or set it missing.
A *notice* changed nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

import pandas as pd

from territory_kit.errors import TableError, list_ids

Severity = Literal["blocking", "repaired", "notice"]

SHOWN_VALUES_COUNT = 3
SHOWN_CHARACTERS_COUNT = 60
_RANKS: Mapping[Severity, int] = {"blocking": 0, "repaired": 1, "notice": 2}
_FRAME_COLUMNS = (
    "severity",
    "code",
    "table",
    "file",
    "column",
    "rows",
    "what",
    "value",
    "remedy",
)


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


def faults_frame(faults: Iterable[Fault]) -> pd.DataFrame:
    """List faults as a table, blocking ones first.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    pandas.DataFrame
        One row per fault: severity, code, table, file, column, rows, what, value, remedy.
    """
    rows = [
        (f.severity, f.code, f.table, f.file, f.place, f.rows, f.what, f.value, f.remedy)
        for f in _ordered(faults)
    ]
    printable = [[make_printable(cell) for cell in row] for row in rows]
    return pd.DataFrame(printable, columns=list(_FRAME_COLUMNS), dtype="str")


def faults_text(faults: Iterable[Fault]) -> str:
    """Write faults for a terminal, blocking ones first.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    str
        How many there are of each severity, then one paragraph for each fault.
    """
    ordered = _ordered(faults)
    paragraphs = [f"{f.severity.upper()} {f.table}, {f.code}: {f.message}" for f in ordered]
    return "\n".join([_count_text(ordered), *paragraphs])


def faults_html(faults: Iterable[Fault]) -> str:
    """Write faults as an HTML table in which every text is escaped.

    Parameters
    ----------
    faults
        Any number of faults.

    Returns
    -------
    str
        A ``table`` element with caption and headings, or a paragraph when there are none.
    """
    ordered = _ordered(faults)
    if not ordered:
        return f"<p>{_count_text(ordered)}</p>"
    head = "".join(f'<th scope="col">{name}</th>' for name in _FRAME_COLUMNS)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
        for row in faults_frame(ordered).itertuples(index=False)
    )
    caption = f"<caption>{_count_text(ordered)}</caption>"
    return (
        f'<table class="faults">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


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


def _ordered(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(
        faults, key=lambda f: (_RANKS[f.severity], f.table, f.column, f.code, f.what, f.ids)
    )


def _count_text(faults: list[Fault]) -> str:
    if not faults:
        return "No faults found."
    counts = Counter(fault.severity for fault in faults)
    notices = f"{counts['notice']} notice{'' if counts['notice'] == 1 else 's'}"
    return f"{counts['blocking']} blocking, {counts['repaired']} repaired, {notices}."

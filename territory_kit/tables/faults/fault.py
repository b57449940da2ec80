"""What is wrong with an input, as one record for each kind of fault."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import compress
from types import MappingProxyType
from typing import Literal

from territory_kit.errors import SHOWN_IDS_COUNT, TableError
from territory_kit.tables.faults.codes import FAULT_CODES

Severity = Literal["blocking", "repaired", "notice"]
# Heading, and what more is to be said where there is room; the glossary has the same words.
SEVERITY_WORDS: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {
        "blocking": ("stops the plan", "until it is corrected"),
        "repaired": (
            "a value was set missing or replaced, or a row left out",
            "so that something in the file no longer counts, or was guessed",
        ),
        "notice": (
            "nothing was lost",
            (
                "all that the file says is there, though perhaps read otherwise than it stands, "
                "such as minutes as hours, or of no effect until it is corrected"
            ),
        ),
    }
)

SHOWN_VALUES_COUNT = 3
# Where values matter only beside each other.
SHOWN_ALIKE_COUNT = 5
SHOWN_CHARACTERS_COUNT = 60
# Shares below this are told as "less than".
_SMALLEST_SHOWN_SHARE = 0.001


@dataclass(frozen=True)
class Fault:
    """One kind of fault in one column, with all rows that have it.

    Parameters
    ----------
    severity
        What became of what the file says: see `SEVERITY_WORDS`.
    code
        Short name of the kind of fault.
    table, column, file
        Where it stands; the column is ours, and empty where the whole table is meant.
    ids
        Identifiers of all rows, or ``row 17`` where a row has none.
    rows_count
        Number of rows.
    value
        What was received: examples of ``row_values``, or words about the whole table.
    what
        What is wrong, without a full stop and without counting rows: a region has its own.
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
    row_values
        What was received in each row, cut; in the order of ``row_numbers``.
    account_ids
        Account of each row, empty where unknown; left out for accounts, which `ids` name.
    row_groups
        What each row has in common with those that it is told with, such as two accounts that
        may be one; left out where rows stand for themselves.
    affected_share
        Share of ``affected_measure`` that the accounts of the rows hold; None: not known.
    affected_measure
        Of what: potential, revenue or accounts.
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
    row_values: tuple[str, ...] = ()
    account_ids: tuple[str, ...] = ()
    row_groups: tuple[str, ...] = ()
    affected_share: float | None = None
    affected_measure: str = ""

    def __post_init__(self) -> None:
        """Refuse unknown codes; keep sequences as tuples, also when JSON gives them as lists."""
        if self.code not in FAULT_CODES:
            msg = f"The code {self.code!r} of a fault has no entry in FAULT_CODES"
            raise ValueError(msg)
        for name in ("ids", "row_numbers", "row_values", "account_ids", "row_groups"):
            object.__setattr__(self, name, tuple(getattr(self, name)))

    @property
    def accounts(self) -> tuple[str, ...]:
        """Account of each row; none where rows have no account."""
        return self.account_ids or (self.ids if self.table == "accounts" else ())

    @property
    def affected(self) -> str:
        """Share of potential affected, as text; empty where it is not known."""
        return share_text(self.affected_share, self.affected_measure)

    @property
    def rows(self) -> str:
        """The count of rows and up to five identifiers; empty where no row is meant."""
        if not self.rows_count:
            return ""
        distinct = set(self.ids)
        # short ones first: "row 9" before "row 10"
        first = nsmallest(SHOWN_IDS_COUNT, distinct, key=lambda i: (len(i), i))
        shown = ", ".join(shorten(i) for i in first)
        rest = len(distinct) - SHOWN_IDS_COUNT
        count = f"{self.rows_count:,} row{'' if self.rows_count == 1 else 's'}"
        more = f" and {rest:,} more" if rest > 0 else ""
        return f"{count}: {shown}{more}" if shown else count

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
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def share_text(share: float | None, measure: str) -> str:
    """Write a share of potential, revenue or accounts.

    Parameters
    ----------
    share
        From 0 to 1; None where it is not known.
    measure
        Of what.

    Returns
    -------
    str
        Such as "4.2 % of potential"; empty where it is not known.
    """
    if share is None:
        return ""
    if share == 0:
        return f"no known {measure}"
    shown = f"{100 * max(share, _SMALLEST_SHOWN_SHARE):.1f} % of {measure}"
    return f"< {shown}" if share < _SMALLEST_SHOWN_SHARE else shown


def keep_rows(fault: Fault, kept: Sequence[bool]) -> Fault:
    """Return a fault with some of its rows only.

    Parameters
    ----------
    fault
        A fault of rows.
    kept
        Whether each row stays; a group stays whole when one of its rows does.

    Returns
    -------
    Fault
        With the identifiers, examples and count of those rows; the share affected is left out.
    """
    groups = set(compress(fault.row_groups, kept))
    if groups:
        kept = [group in groups for group in fault.row_groups]
    values = tuple(compress(fault.row_values, kept))
    return replace(
        fault,
        ids=tuple(compress(fault.ids, kept)),
        row_numbers=tuple(compress(fault.row_numbers, kept)),
        row_values=values,
        account_ids=tuple(compress(fault.account_ids, kept)),
        row_groups=tuple(compress(fault.row_groups, kept)),
        rows_count=sum(kept),
        value=show_values((text for text in values if text), is_alike=bool(groups)),
        affected_share=None,
    )


def show_values(values: Iterable[str], *, is_alike: bool = False) -> str:
    """Show some of the values received.

    Parameters
    ----------
    values
        Values as text, repeated ones included.
    is_alike
        Whether they matter only beside each other, so that more are shown.

    Returns
    -------
    str
        The first three, or five, different ones in alphabetical order, quoted.
    """
    different = set(values)
    most = SHOWN_ALIKE_COUNT if is_alike else SHOWN_VALUES_COUNT
    first = nsmallest(most, different)
    shown = ", ".join(f'"{shorten(value)}"' for value in first)
    return f"{shown} …" if len(different) > most else shown

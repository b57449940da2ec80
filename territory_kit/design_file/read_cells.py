"""Read the columns that a request names out of any table; gather what is wrong with all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from territory_kit.columns import Column
from territory_kit.errors import TableError, list_ids, suggest
from territory_kit.tables.faults.fault import shorten, show_values
from territory_kit.tables.files.layout import Expected
from territory_kit.tables.files.raw import Raw, read_raw
from territory_kit.tables.files.totals import leave_totals_out
from territory_kit.tables.headers.known import plain_header
from territory_kit.tables.reading import Reading, Source, name_rows
from territory_kit.tables.values import numbers
from territory_kit.tables.values.cells import without_missing_words
from territory_kit.tables.values.habits import Habits
from territory_kit.tables.values.identifiers import are_rounded, plain_ids
from territory_kit.tables.values.quantities import read_numbers
from territory_kit.wording import counted

Evidence = dict[numbers.Style, int]


@dataclass(frozen=True, eq=False)
class OpenTable:
    """A table that is being read; faults and notices are added as they are found.

    Parameters
    ----------
    raw
        Cells as text; the index holds row numbers of the file.
    reading
        The file, and a label for each row.
    style
        How numbers are written where a column does not show it.
    is_style_known
        Whether another column shows it.
    faults
        What has to be corrected.
    notices
        What was left out, mended or guessed, in sentences.
    """

    raw: Raw
    reading: Reading
    style: numbers.Style
    is_style_known: bool
    faults: list[TableError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def rows_count(self) -> int:
        """Number of rows of data."""
        return len(self.raw.frame)

    def cells(self, header: str) -> pd.Series:
        """Return the texts of a column without spaces around them, missing where empty."""
        if header not in self.raw.frame:
            self._note_missing_column(header)
            return pd.Series(index=self.raw.frame.index, dtype="str")
        text = self.raw.frame[header].str.strip()
        return text.where(text != "")

    def ids(self, header: str) -> pd.Series:
        """Return identifiers as text, without a needless ".0"; rounded ones are faults."""
        ids = plain_ids(self.cells(header).fillna(""))
        self.note_rows(
            header,
            are_rounded(ids),
            "Identifiers were rounded by a spreadsheet",
            "Export again from the source, with the column as text.",
        )
        return ids

    def numbers(
        self, header: str, *, is_required: bool = True, has_thousands: bool = True
    ) -> pd.Series:
        """Return numbers; what is none is a fault, and so is nothing where a number is required.

        Where there can be no thousands, as in degrees, a point or comma begins the decimals.
        """
        text = without_missing_words(self.cells(header))
        if header not in self.raw.frame:
            return text.astype("float64")
        values, found = read_numbers(
            self.reading,
            Column(header, "number", "", ""),
            text,
            self._habits(header, text, has_thousands=has_thousands),
        )
        unread = text.notna() & values.isna()
        self.notices.extend(fault.message for fault in found if fault.severity == "notice")
        self.note_rows(header, unread, "A value is no number", "Write a number such as 1234.5.")
        if is_required:
            remedy = "Write a number in each row; 0 where there is nothing."
            self.note_rows(header, text.isna(), "A number is missing", remedy)
        return values

    def amounts(self, header: str) -> pd.Series:
        """Return numbers that cannot be less than zero."""
        values = self.numbers(header)
        self.note_rows(header, values < 0, "A value is below zero", "Write 0 or more.")
        return values

    def note_rows(self, header: str, is_wrong: pd.Series, what: str, remedy: str) -> None:
        """Add a fault of the rows that are marked, if any."""
        wrong = is_wrong[is_wrong.fillna(value=False).astype("bool")].index
        if wrong.empty:
            return
        labels = [shorten(label) for label in self.reading.labels.reindex(wrong).unique()]
        rows = f"{counted(len(wrong), 'row')}: {list_ids(labels)}"
        values: list[str] = []
        if header in self.raw.frame:
            values = self.raw.frame[header].reindex(wrong).tolist()
        self.faults.append(
            TableError(
                what,
                value=show_values(value for value in values if value),
                where=", ".join([self.reading.file, f"column {shorten(header)}", rows]),
                remedy=remedy,
            )
        )

    def note(self, what: str, remedy: str, *, value: str = "") -> None:
        """Add a fault of the whole table."""
        self.faults.append(TableError(what, value=value, where=self.reading.file, remedy=remedy))

    def _note_missing_column(self, header: str) -> None:
        known = [str(name) for name in self.raw.frame.columns]
        if not any(f.what == _NO_COLUMN and f.value == header for f in self.faults):
            self.note(_NO_COLUMN, suggest(header, known), value=header)

    def _habits(self, header: str, text: pd.Series, *, has_thousands: bool) -> Habits:
        own = numbers.choose_style(numbers.count_evidence(numbers.clean_numbers(text)))
        if not (own or has_thousands):
            own = "comma" if text.str.contains(",", regex=False).any() else "point"
        stored = self.raw.stored_numbers.get(header)
        return Habits(
            number_styles={header: own} if own else {},
            number_style=self.style,
            is_style_known=self.is_style_known,
            is_day_first=True,
            is_order_known=True,
            currency="",
            rates={},
            row_currencies=pd.Series(dtype="str"),
            stored_numbers={} if stored is None else {header: stored},
        )


_NO_COLUMN = "There is no such column"


def open_table(
    file: Path, name: str, *, key: str | None, others: Sequence[str], numeric: Sequence[str]
) -> OpenTable:
    """Read a CSV, Excel or Parquet file as text.

    Parameters
    ----------
    file
        The file.
    name
        What its rows are; a sheet of that name is taken, else the first.
    key
        Column of the identifier; None: rows go by their number.
    others
        Other columns that will be asked for.
    numeric
        Those of them that hold numbers: together they show where decimals are.

    Returns
    -------
    OpenTable
        Ready to be asked for its columns.

    Raises
    ------
    TableError
        When the file cannot be read or is no table.
    """
    keys = [key] if key else []
    expected = Expected(_plain([*keys, *others]), _plain(keys))
    raw = read_raw(name, Source(file), expected)
    reading = Reading(name, file.name, sheet=raw.sheet)
    frame, total_faults = leave_totals_out(raw.frame, reading, key if key in raw.frame else None)
    stored = {header: flags.loc[frame.index] for header, flags in raw.stored_numbers.items()}
    raw = replace(raw, frame=frame, stored_numbers=stored)
    ids = plain_ids(frame[key]) if key in frame else None
    shown = [header for header in numeric if header in frame and header not in stored]
    style = numbers.choose_style(_evidence(frame[[*dict.fromkeys(shown)]]))
    table = OpenTable(
        raw,
        name_rows(reading, frame.index, ids),
        style or raw.number_style or ("comma" if raw.is_semicolon else "point"),
        is_style_known=style is not None,
    )
    table.notices.extend(fault.message for fault in (*raw.faults, *total_faults))
    if frame.empty:
        table.note("The file has headers, but no rows", "Export it again, with its rows.")
    return table


def _plain(headers: Sequence[str]) -> frozenset[str]:
    return frozenset(plain_header(header) for header in headers)


def _evidence(frame: pd.DataFrame) -> Evidence:
    found = [
        numbers.count_evidence(numbers.clean_numbers(frame[header].str.strip())) for header in frame
    ]
    return {
        "point": sum(one["point"] for one in found),
        "comma": sum(one["comma"] for one in found),
    }

"""Write all result tables of a region into one workbook: a list of contents, then a sheet each.

The first row of a sheet holds headings with their units; a comment on each says the column's name
and meaning. Everything below is data, so that a sheet can be filtered, sorted and read by others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from territory_kit import __version__
from territory_kit.columns import (
    RESULT_TABLES,
    Column,
    allowed_values,
    find_column,
    get_table,
    heading,
)
from territory_kit.plan import STEPS, Plan
from territory_kit.plan.atomic import write_atomically
from territory_kit.tables import neutralise
from territory_kit.tables.files.write import sheet_name
from territory_kit.wording import number

CONTENTS_SHEET = "contents"
# Of 1,048,576 rows, one is the header's.
MAX_ROWS_COUNT = 1_048_575
WIDEST = 60

# Texts stay texts; rows go to a scratch file at once, so that many of them need no memory.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same results have the same bytes whenever they are written.
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_NARROWEST = 9
_SHOWN_SHARE = 0.95
# Excel counts a 29 February 1900 that never was: days before March stay texts.
_FIRST_DAY = pd.Timestamp(1900, 3, 1)
_SMALL_AMOUNT = 1000.0
_TEXT, _WHOLE, _TENTHS, _HUNDREDTHS = "@", "#,##0", "#,##0.0", "#,##0.00"
_FORMAT_OF_KIND = {
    "id": _TEXT,  # so that leading zeros survive
    "text": _TEXT,
    "choice": _TEXT,
    "yes_no": _TEXT,
    "count": _WHOLE,
    "share": "0.0%",
    "date": "yyyy-mm-dd",
}
_FORMAT_OF_UNIT = {
    "h": _HUNDREDTHS,
    "h per year": _TENTHS,
    "km": _TENTHS,
    "km per year": _WHOLE,
    "per year": _TENTHS,
    "degrees": "0.00000",
    "100 = average": _WHOLE,
}
_CONTENTS_WIDTHS = {"sheet": 24, "step": 14, "table": 26, "meaning": 78, "rows": 10, "units": 52}
_NOTES = (
    "Point at a heading to read the column's name, meaning and range. An empty cell is not known.",
    (
        "Shares are stored from 0 to 1 and shown in percent. Distances and hours on the road are "
        "estimates without routing."
    ),
    (
        "Some tables hold figures of single reps: for planners and the regional manager, not to be "
        "handed to reps, and not for pay decisions alone."
    ),
)


@dataclass(frozen=True)
class _Sheet:
    """One result table with the name of its sheet."""

    name: str
    step: str
    table: str
    frame: pd.DataFrame

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that a sheet can hold."""
        return self.frame.head(MAX_ROWS_COUNT)


def write_workbook(plan: Plan, region: str, file: Path) -> None:
    """Write the result tables of the five steps of a region as one workbook.

    Parameters
    ----------
    plan
        The plan, whose five results of this region are current.
    region
        Name of the region.
    file
        The workbook, ends in .xlsx; it is replaced when the new one is complete. Its folder exists.

    Raises
    ------
    StaleResultError
        When a result is missing or stale; says which step to run again.
    TerritoryKitError
        When the file cannot be written; the old one is still there.
    """
    sheets = _collect(plan, region)
    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties(
            {
                "title": f"Results of a territory plan: {region}",
                "subject": plan.name,
                "comments": f"Made with territory_kit {__version__}.",
                "created": _CREATED,
            }
        )
        writer = _Writer(book, plan.options(region).currency)
        writer.write_contents(sheets, (f"{plan.name}, {region}.", *_NOTES))
        for sheet in sheets:
            writer.write_table(sheet)
    write_atomically(file, content.getvalue())


def _collect(plan: Plan, region: str) -> list[_Sheet]:
    """Order the tables as the steps and declarations have them, and name their sheets."""
    declared = {table.name: place for place, table in enumerate(RESULT_TABLES)}
    sheets: list[_Sheet] = []
    for step in STEPS:
        tables = plan.read(step, region).tables
        for name in sorted(tables, key=lambda name: (declared.get(name, len(declared)), name)):
            taken = [CONTENTS_SHEET, *(sheet.name for sheet in sheets)]
            sheets.append(_Sheet(sheet_name(name, taken), step, name, tables[name]))
    return sheets


class _Writer:
    """A workbook with its formats, which XlsxWriter keeps per workbook."""

    def __init__(self, book: xlsxwriter.Workbook, currency: str) -> None:
        self._book = book
        self._currency = currency
        self._head = self._format(bold=True, text_wrap=True, bg_color="#DDEBF7", bottom=1)
        self._wrapped = self._format(text_wrap=True)
        self._whole = self._format(num_format=_WHOLE)
        self._link = self._format(font_color="#1B4F72", underline=1)
        self._numbers: dict[str, Format] = {}

    def _format(self, **properties: object) -> Format:
        return self._book.add_format({"valign": "top", **properties})

    def write_contents(self, sheets: Sequence[_Sheet], notes: Sequence[str]) -> None:
        """Write the list of all sheets, with a link to each and notes below."""
        page = self._book.add_worksheet(CONTENTS_SHEET)
        self._start(page, list(_CONTENTS_WIDTHS), list(_CONTENTS_WIDTHS.values()), len(sheets))
        for row, sheet in enumerate(sheets, start=1):
            # the name is made of letters, digits and underscores: no quotes to escape
            page.write_url(row, 0, f"internal:'{sheet.name}'!A1", self._link, sheet.name)
            page.write_string(row, 1, sheet.step, self._wrapped)
            page.write_string(row, 2, _title(sheet.table), self._wrapped)
            page.write_string(row, 3, _meaning(sheet), self._wrapped)
            page.write_number(row, 4, len(sheet.frame), self._whole)
            page.write_string(row, 5, self._units(sheet), self._wrapped)
        for row, note in enumerate(_safe(notes), start=len(sheets) + 2):
            page.write_string(row, 0, note)

    def write_table(self, sheet: _Sheet) -> None:
        """Write one result table below headings that stay in view and filter."""
        page = self._book.add_worksheet(sheet.name)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        names = [str(name) for name in sheet.frame.columns]
        headings = _safe([heading(name, currency=self._currency) for name in names])
        columns = [_Cells(name, sheet.shown[name]) for name in names]
        widths = [cells.width(label) for cells, label in zip(columns, headings, strict=True)]
        self._start(page, headings, widths, len(sheet.shown))
        for place, name in enumerate(names):
            column = find_column(name)
            comment = _comment(name, column, self._currency)
            page.write_comment(0, place, comment, {"x_scale": 2, "author": ""})
        styles = [self._style(cells.number_format) for cells in columns]
        safe = neutralise(sheet.shown)
        texts = [safe.iloc[:, place].tolist() for place in range(len(names))]
        for row, cells in enumerate(zip(*texts, strict=True), start=1):
            for place, (cell, style) in enumerate(zip(cells, styles, strict=True)):
                _write_cell(page, row, place, cell, style)

    def _start(
        self, page: Worksheet, headings: Sequence[str], widths: Sequence[int], rows_count: int
    ) -> None:
        for place, (label, width) in enumerate(zip(headings, widths, strict=True)):
            page.set_column(place, place, width)
            page.write_string(0, place, label, self._head)
        page.freeze_panes(1, 1)
        if headings:
            page.autofilter(0, 0, max(rows_count, 1), len(headings) - 1)

    def _style(self, number_format: str) -> Format:
        if number_format not in self._numbers:
            self._numbers[number_format] = self._format(num_format=number_format)
        return self._numbers[number_format]

    def _units(self, sheet: _Sheet) -> str:
        found = (find_column(str(name)) for name in sheet.frame.columns)
        units = dict.fromkeys(_unit(column, self._currency) for column in found if column)
        return ", ".join(filter(None, units))


class _Cells:
    """How the cells of one column are shown."""

    def __init__(self, name: str, cells: pd.Series) -> None:
        self._cells = cells
        self._column = find_column(name)
        self.number_format = self._number_format()

    def _number_format(self) -> str:
        if self._column is None:
            is_date = pd.api.types.is_datetime64_any_dtype(self._cells)
            return _FORMAT_OF_KIND["date"] if is_date else "General"
        if self._column.kind == "money":
            # an hour may bring in cents, a region brings in millions
            is_small = bool((self._cells.abs().fillna(0.0) < _SMALL_AMOUNT).all())
            return _HUNDREDTHS if is_small else _WHOLE
        if self._column.kind == "number":
            is_rank = self._column.name.endswith(("_rank", "rank_gap"))
            return _WHOLE if is_rank else _FORMAT_OF_UNIT.get(self._column.unit, _HUNDREDTHS)
        return _FORMAT_OF_KIND[self._column.kind]

    def width(self, label: str) -> int:
        """Return the characters that most cells and each word of the heading need."""
        # two more for the arrow of the filter
        word = max((len(part) for part in label.split()), default=0) + 2
        known = self._cells.dropna()
        if pd.api.types.is_datetime64_any_dtype(known):
            shown = 10
        elif pd.api.types.is_numeric_dtype(known):
            # the longest number is the largest or the smallest one
            ends = [] if known.empty else [known.min(), known.max()]
            shown = max((len(_as_shown(end, self.number_format)) for end in ends), default=0)
        else:
            lengths = known.astype("str").str.len()
            shown = 0 if lengths.empty else int(lengths.quantile(_SHOWN_SHARE))
        return min(max(word, shown + 1, _NARROWEST), WIDEST)


def _as_shown(value: float, number_format: str) -> str:
    decimals = len(number_format.partition(".")[2].rstrip("%"))
    return number(float(value), decimals=min(decimals, 9))


def _write_cell(page: Worksheet, row: int, place: int, cell: object, style: Format) -> None:
    """Write one cell as what it is; what is missing stays empty."""
    if isinstance(cell, str):
        page.write_string(row, place, cell, style)
    elif pd.isna(cell):  # type: ignore[call-overload]  # stubs know no plain object
        return
    elif isinstance(cell, bool):
        page.write_string(row, place, "yes" if cell else "no", style)
    elif isinstance(cell, pd.Timestamp):
        if cell < _FIRST_DAY:
            page.write_string(row, place, cell.date().isoformat(), style)
        else:
            page.write_datetime(row, place, cell.to_pydatetime(), style)
    elif isinstance(cell, int | float) and math.isfinite(cell):
        page.write_number(row, place, cell, style)
    else:
        # a number without end: no cell holds one
        page.write_string(row, place, str(cell), style)


def _comment(name: str, column: Column | None, currency: str) -> str:
    if column is None:
        return f"{name}\nA column of the input that travels along."
    unit, allowed = _unit(column, currency), allowed_values(column)
    parts = (
        name,
        column.meaning,
        f"Unit: {unit}." if unit else "",
        f"Allowed: {allowed}." if allowed else "",
    )
    return "\n".join(filter(None, parts))


def _unit(column: Column, currency: str) -> str:
    return column.unit.format(currency=currency or "money")


def _title(table: str) -> str:
    return table.replace("_", " ").capitalize()


def _meaning(sheet: _Sheet) -> str:
    known = {table.name for table in RESULT_TABLES}
    meaning = get_table(sheet.table).meaning if sheet.table in known else ""
    if len(sheet.frame) <= MAX_ROWS_COUNT:
        return meaning
    return f"{meaning} Only the first {number(MAX_ROWS_COUNT)} rows fit on its sheet.".lstrip()


def _safe(texts: Sequence[str]) -> list[str]:
    """Make texts harmless for those who save the workbook as something else."""
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    return [str(text) for text in neutralise(frame)["text"]]

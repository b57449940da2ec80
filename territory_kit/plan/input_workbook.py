"""Write the workbook in which an analyst fills in the inputs: one sheet each, with drop-downs."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from territory_kit.columns import INPUT_TABLES, Column, Table, allowed_values, find_column
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.input_examples import EXAMPLE, EXAMPLE_ROWS
from territory_kit.tables.files.mark import INPUT_MARK

WORKBOOK_FILE = "inputs.xlsx"
README_SHEET = "Read me"
DICTIONARY_SHEET = "Dictionary"

# The same workbook has the same bytes whenever it is made.
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_LAST_ROW = 1_048_575
_NARROWEST, _WIDEST = 12, 30
_NUMBER_FORMATS = {
    "id": "@",  # text, so that leading zeros survive
    "text": "@",
    "choice": "@",
    "yes_no": "@",
    "count": "#,##0",
    "money": "#,##0",
    "share": "0%",
    "date": "yyyy-mm-dd",
}
_READ_ME = (
    (
        "1. Fill in one sheet per input, one row per account, rep, visit and so on. "
        "Only accounts are required; leave empty what you do not have."
    ),
    (
        "2. Columns with a dark heading must be filled; the others help. Point at a heading "
        "to read its meaning, unit and range; the sheet Dictionary lists them all."
    ),
    (
        f"3. The grey rows, whose identifiers begin with {EXAMPLE}, are examples and are "
        "never read. Write over them or leave them."
    ),
    (
        "4. Shares are percentages; money is in {currency} unless the column currency says "
        "otherwise; further columns of your own travel along. Columns such as need_wine_share "
        "(accounts) and skill_wine_share (reps) say how much an account needs a skill and how "
        "strong a rep is in it: add one column for each skill."
    ),
    (
        "5. Save, close the workbook, and run: territory-kit check PLAN. "
        "It lists every fault with what to do."
    ),
)
_DICTIONARY_HEADINGS = ("input", "column", "required", "kind", "unit", "allowed", "meaning")
_DICTIONARY_WIDTHS = (14, 28, 10, 10, 16, 44, 60)


def write_input_workbook(path: Path, *, currency: str, leave_out: Collection[str] = ()) -> None:
    """Write an empty workbook with one sheet per input, and what to write into it.

    Parameters
    ----------
    path
        The workbook to write; its folder exists.
    currency
        Currency of the plan, for the units.
    leave_out
        Names of inputs that need no sheet, because they come from elsewhere.
    """
    tables = [table for table in INPUT_TABLES if table.name not in leave_out]
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": _CREATED, "title": "Inputs of a territory plan"})
    book.set_custom_property(INPUT_MARK, "1", "text")
    _write_read_me(book, currency)
    for table in tables:
        _InputSheet(book, table, currency).write()
    _write_dictionary(book, tables, currency)
    book.close()
    write_atomically(path, content.getvalue())


class _InputSheet:
    """One sheet of the workbook: headings with comments, drop-downs, example rows."""

    def __init__(self, book: Workbook, table: Table, currency: str) -> None:
        self.book = book
        self.table = table
        self.currency = currency
        self.sheet: Worksheet = book.add_worksheet(table.name)
        # a family of columns has no name of its own: the sheet Dictionary explains it
        self.columns = [column for column in _declared(table) if "<" not in column.name]

    def write(self) -> None:
        self.sheet.freeze_panes(1, 1)
        # codes such as 01000 are text on purpose: no green corners
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for place, column in enumerate(self.columns):
            self._write_column(place, column)
        for row, example in enumerate(EXAMPLE_ROWS[self.table.name], start=1):
            for place, column in enumerate(self.columns):
                if column.name in example:
                    self._write_example(row, place, column, example[column.name])

    def _write_column(self, place: int, column: Column) -> None:
        width = min(max(len(column.name) + 2, _NARROWEST), _WIDEST)
        self.sheet.set_column(place, place, width, _cell_format(self.book, column))
        is_required = column.name in self.table.required
        self.sheet.write_string(0, place, column.name, _heading_format(self.book, is_required))
        comment = _comment(column, self.currency, is_required=is_required)
        self.sheet.write_comment(0, place, comment, {"x_scale": 2, "author": ""})
        rule = _validation(column)
        if rule:
            self.sheet.data_validation(1, place, _LAST_ROW, place, rule)

    def _write_example(self, row: int, place: int, column: Column, cell: object) -> None:
        style = _cell_format(self.book, column, font_color="#7F7F7F", italic=True)
        if isinstance(cell, date):
            self.sheet.write_datetime(row, place, cell, style)
        elif isinstance(cell, str):
            self.sheet.write_string(row, place, cell, style)
        else:
            self.sheet.write_number(row, place, cell, style)


def _write_read_me(book: Workbook, currency: str) -> None:
    sheet = book.add_worksheet(README_SHEET)
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, "Inputs of a territory plan", book.add_format({"bold": True}))
    for row, line in enumerate(_READ_ME, start=2):
        sheet.write_string(row, 0, line.format(currency=currency or "the plan's currency"))


def _write_dictionary(book: Workbook, tables: Sequence[Table], currency: str) -> None:
    sheet = book.add_worksheet(DICTIONARY_SHEET)
    sheet.freeze_panes(1, 2)
    for place, (name, width) in enumerate(
        zip(_DICTIONARY_HEADINGS, _DICTIONARY_WIDTHS, strict=True)
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, _heading_format(book, is_required=False))
    rows = [(table, column) for table in tables for column in _declared(table)]
    for row, (table, column) in enumerate(rows, start=1):
        cells = (
            table.name,
            column.name,
            "yes" if column.name in table.required else "",
            column.kind.replace("_", "/"),
            _unit(column, currency),
            allowed_values(column),
            column.meaning,
        )
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell)


def _declared(table: Table) -> list[Column]:
    return [column for name in table.columns if (column := find_column(name)) is not None]


def _unit(column: Column, currency: str) -> str:
    return column.unit.format(currency=currency or "money")


def _cell_format(book: Workbook, column: Column, **style: object) -> Format:
    number = {"num_format": _NUMBER_FORMATS[column.kind]} if column.kind in _NUMBER_FORMATS else {}
    return book.add_format({**number, **style})


def _heading_format(book: Workbook, is_required: bool) -> Format:  # noqa: FBT001 - one yes or no
    colours = ("#1F4E79", "#FFFFFF") if is_required else ("#DDEBF7", "#000000")
    return book.add_format({"bold": True, "bg_color": colours[0], "font_color": colours[1]})


def _comment(column: Column, currency: str, *, is_required: bool) -> str:
    parts = (
        "Required." if is_required else "",
        column.meaning,
        f"Unit: {_unit(column, currency)}." if column.unit else "",
        f"Allowed: {allowed}." if (allowed := allowed_values(column)) else "",
    )
    return "\n".join(part for part in parts if part)


def _validation(column: Column) -> dict[str, Any]:
    """Return the rule for the cells of a column: a drop-down, or a warning outside the range."""
    warning = {"error_type": "warning", "error_title": column.label}
    choices = ["yes", "no"] if column.kind == "yes_no" else list(column.choices)
    if choices:
        return {"validate": "list", "source": choices, **warning}
    if column.kind == "date":
        first = date(1900, 1, 1)
        message = "A day, such as 2026-12-31."
        rule = {"validate": "date", "criteria": ">=", "value": first}
    elif column.is_number:
        message = f"A number {allowed_values(column)}".rstrip() + "."
        rule = {"validate": "decimal", **_range(column)}
    else:
        return {}
    return {**rule, "error_message": message, **warning}


def _range(column: Column) -> dict[str, Any]:
    # without limits of its own a column takes every number, and still no text
    low = -1e15 if column.low is None else column.low
    high = 1e15 if column.high is None else column.high
    return {"criteria": "between", "minimum": low, "maximum": high}

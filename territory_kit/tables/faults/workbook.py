"""Faults as a file: a workbook to correct by, a page, a text or a plain table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from territory_kit.tables.faults.cells import cell_address, cells_text
from territory_kit.tables.faults.codes import FAULT_CODES
from territory_kit.tables.faults.fault import Fault, make_printable, shorten
from territory_kit.tables.faults.html import faults_page
from territory_kit.tables.faults.show import faults_text, order_faults, summarise
from territory_kit.tables.faults.trace import Affected
from territory_kit.tables.files.write import neutralise, write_csv, write_whole

FAULT_FILE_ENDINGS = (".csv", ".html", ".txt", ".xlsx")
# Of 1,048,576 rows, one is the header's and one says that there are more.
MAX_CELL_ROWS_COUNT = 1_048_574
_SHOWN_IDS_COUNT = 20
_COLOURS = {"blocking": "#F6D5CB", "repaired": "#FBF0C9", "notice": "#E7EBEF"}
_FAULT_WIDTHS = {
    "severity": 10,
    "code": 20,
    "input": 12,
    "file": 18,
    "sheet": 12,
    "column": 24,
    "header": 18,
    "what": 36,
    "value": 36,
    "cells": 30,
    "rows": 9,
    "ids": 30,
    "affected share": 10,
    "share of": 10,
    "remedy": 44,
}
_CELL_WIDTHS = {
    "severity": 10,
    "file": 18,
    "sheet": 12,
    "cell": 18,
    "row": 9,
    "id": 20,
    "column": 24,
    "value": 30,
    "code": 20,
    "remedy": 60,
}
_CODE_WIDTHS = {"code": 24, "faults": 9, "cause": 70, "remedy": 70}


def write_faults(faults: Iterable[Fault], path: Path, affected: Affected | None = None) -> None:
    """Write faults to a file of the kind that its ending says.

    Parameters
    ----------
    faults
        Any number of faults.
    path
        Ends in .xlsx (sheets Faults, Cells and Codes), .html, .txt or .csv; it is replaced when
        the new file is complete.
    affected
        How much they affect together, where it was measured.

    Raises
    ------
    TableError
        When the file cannot be written.
    ValueError
        When the path has another ending.
    """
    ordered = order_faults(faults)
    ending = path.suffix.lower()
    if ending == ".csv":
        write_csv(_fault_rows(ordered), path)
    elif ending == ".html":
        _write_text(faults_page(ordered, affected), path)
    elif ending == ".txt":
        _write_text(faults_text(ordered, affected) + "\n", path)
    elif ending == ".xlsx":
        _write_bytes(_workbook_bytes(ordered, affected), path)
    else:
        msg = f"{path.name} ends in none of {', '.join(FAULT_FILE_ENDINGS)}"
        raise ValueError(msg)


def _write_text(text: str, path: Path) -> None:
    # a text from outside may hold half of a pair of surrogates, which no file can
    _write_bytes(text.encode("utf-8", errors="replace"), path)


def _write_bytes(content: bytes, path: Path) -> None:
    def write(draft: Path) -> None:
        draft.write_bytes(content)

    write_whole(path, write)


def _workbook_bytes(faults: Sequence[Fault], affected: Affected | None) -> bytes:
    content = BytesIO()
    # rows go to a scratch file at once, so that a million of them need no memory
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        summary = summarise(faults, affected)
        book.set_properties({"title": "Faults of the inputs", "comments": summary})
        styles = _Styles(book)
        styles.write_sheet("Faults", _fault_rows(faults), _FAULT_WIDTHS)
        cells, left_out = _cell_rows(faults)
        note = f"{left_out:,} more faulty cells do not fit on this sheet." if left_out else ""
        styles.write_sheet("Cells", cells, _CELL_WIDTHS, note=note)
        styles.write_sheet("Codes", _code_rows(faults), _CODE_WIDTHS)
    return content.getvalue()


class _Styles:
    """A workbook with its formats, which XlsxWriter keeps per workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._head = self._format(bold=True, bottom=1)
        self._plain = self._format()
        self._share = self._format(num_format="0.0%")
        self._severities = {s: self._format(bg_color=c) for s, c in _COLOURS.items()}

    def _format(self, **properties: object) -> Format:
        return self._book.add_format({"text_wrap": True, "valign": "top", **properties})

    def write_sheet(
        self, name: str, rows: pd.DataFrame, widths: Mapping[str, int], *, note: str = ""
    ) -> None:
        """Write a table below a header that stays in view and filters."""
        sheet = self._book.add_worksheet(name)
        for place, (heading, width) in enumerate(widths.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, self._head)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(widths) - 1)
        safe = neutralise(rows)
        columns = [safe.iloc[:, place].tolist() for place in range(len(widths))]
        formats = [self._share if heading.endswith("share") else self._plain for heading in widths]
        for number, values in enumerate(zip(*columns, strict=True), start=1):
            self._write_row(sheet, number, values, formats)
        if note:
            sheet.write_string(len(rows) + 1, 0, note, self._head)

    def _write_row(
        self, sheet: Worksheet, number: int, values: Sequence[object], formats: Sequence[Format]
    ) -> None:
        colour = self._severities.get(str(values[0]))
        for place, (value, style) in enumerate(zip(values, formats, strict=True)):
            if isinstance(value, str):
                is_coloured = place == 0 and colour is not None
                sheet.write_string(number, place, value, colour if is_coloured else style)
            elif value == value:  # noqa: PLR0124 - a missing number is no number
                sheet.write_number(number, place, value, style)


def _fault_rows(faults: Sequence[Fault]) -> pd.DataFrame:
    rows = [
        (
            fault.severity,
            fault.code,
            fault.table,
            make_printable(fault.file),
            make_printable(fault.sheet),
            fault.column,
            make_printable(fault.header),
            make_printable(fault.what),
            make_printable(fault.value),
            make_printable(cells_text(fault)),
            fault.rows_count,
            _ids_text(fault),
            fault.affected_share,
            fault.affected_measure,
            make_printable(fault.remedy),
        )
        for fault in faults
    ]
    frame = pd.DataFrame(rows, columns=list(_FAULT_WIDTHS))
    return frame.astype(
        dict.fromkeys(_FAULT_WIDTHS, "str") | {"rows": int, "affected share": float}
    )


def _ids_text(fault: Fault) -> str:
    shown = ", ".join(shorten(i) for i in fault.ids[:_SHOWN_IDS_COUNT])
    rest = len(fault.ids) - _SHOWN_IDS_COUNT
    return f"{shown}, … {rest:,} more" if rest > 0 else shown


def _cell_rows(faults: Sequence[Fault]) -> tuple[pd.DataFrame, int]:
    """List faulty cells up to what a sheet holds, and count those left out."""
    every = (
        (
            fault.severity,
            make_printable(fault.file),
            make_printable(fault.sheet),
            make_printable(cell_address(fault, number)),
            number,
            make_printable(name),
            fault.column,
            shorten(value),
            fault.code,
            make_printable(fault.remedy),
        )
        for fault in faults
        for number, name, value in _rows(fault)
    )
    frame = pd.DataFrame(islice(every, MAX_CELL_ROWS_COUNT), columns=list(_CELL_WIDTHS))
    total = sum(len(fault.row_numbers) for fault in faults)
    typed = frame.astype(dict.fromkeys(_CELL_WIDTHS, "str") | {"row": int})
    return typed, max(0, total - MAX_CELL_ROWS_COUNT)


def _rows(fault: Fault) -> Iterator[tuple[int, str, str]]:
    """Yield number, identifier and value of each row; what is not known is empty."""
    for place, number in enumerate(fault.row_numbers):
        name, value = (
            texts[place] if place < len(texts) else "" for texts in (fault.ids, fault.row_values)
        )
        yield number, name, value


def _code_rows(faults: Sequence[Fault]) -> pd.DataFrame:
    codes = pd.Series([fault.code for fault in faults], dtype="str")
    counts = codes.value_counts().sort_index()
    entries = [FAULT_CODES[str(code)] for code in counts.index]
    rows = [(e.code, n, e.cause, e.remedy) for e, n in zip(entries, counts, strict=True)]
    frame = pd.DataFrame(rows, columns=list(_CODE_WIDTHS))
    return frame.astype(dict.fromkeys(_CODE_WIDTHS, "str") | {"faults": int})

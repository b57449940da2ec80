"""Read one sheet of an Excel workbook as text."""

import warnings
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from territory_kit.errors import TableError, suggest

MAX_UNPACKED_MB = 1500
_BYTES_PER_MB = 1_000_000
_WHOLE_LIMIT = 1e15
_DAMAGES = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
)


def read_sheet(content: bytes, file: str, *, sheet: str | None, preferred: str) -> list[list[str]]:
    """Read the cells of one sheet as text; a formula gives its last value.

    Parameters
    ----------
    content
        The whole file.
    file
        Its name, for messages.
    sheet
        Name of the sheet; it must be there.
    preferred
        Sheet to take when none is named, if it is there; else the first.

    Returns
    -------
    list of list of str
        Cells by row; empty cells are empty text, dates are ISO.

    Raises
    ------
    TableError
        When the workbook is damaged, too large once unpacked, or lacks the sheet.
    """
    try:
        _refuse_bombs(content, file)
        with warnings.catch_warnings():
            # openpyxl tells of styles and drop-downs that it leaves out; cells are not concerned
            warnings.simplefilter("ignore", UserWarning)
            return _read_cells(content, file, sheet, preferred)
    except TableError:
        raise
    except _DAMAGES as error:
        raise TableError(
            "The workbook is damaged or no Excel workbook",
            where=file,
            remedy="Open it in Excel and save it again as .xlsx, or export it as CSV.",
        ) from error


def _refuse_bombs(content: bytes, file: str) -> None:
    """Refuse a workbook that is small only as long as it is packed."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        unpacked_mb = sum(part.file_size for part in packed.infolist()) / _BYTES_PER_MB
    if unpacked_mb > MAX_UNPACKED_MB:
        raise TableError(
            "The workbook is too large",
            value=f"{unpacked_mb:,.0f} MB unpacked",
            where=file,
            remedy="Export the sheet as CSV.",
        )


def _read_cells(content: bytes, file: str, sheet: str | None, preferred: str) -> list[list[str]]:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        name = _choose_sheet([s.title for s in book.worksheets], file, sheet, preferred)
        chosen = book[name]
        # Some exporters declare one cell where there are many.
        chosen.reset_dimensions()
        return [[_cell_text(cell) for cell in row] for row in chosen.iter_rows(values_only=True)]
    finally:
        book.close()


def _choose_sheet(names: list[str], file: str, sheet: str | None, preferred: str) -> str:
    if sheet is None:
        return preferred if preferred in names else names[0]
    if sheet not in names:
        raise TableError(
            "The workbook has no such sheet",
            value=sheet,
            where=file,
            remedy=suggest(sheet, names),
        )
    return sheet


def _cell_text(cell: Any) -> str:  # noqa: ANN401 - openpyxl gives what the cell holds
    if cell is None:
        return ""
    if isinstance(cell, float):
        is_whole = cell.is_integer() and abs(cell) < _WHOLE_LIMIT
        return str(int(cell)) if is_whole else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)

"""Read one sheet of a workbook as text: .xlsx, .xlsm, .xlsb, .xls, .ods."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from territory_kit.errors import TableError, suggest
from territory_kit.tables.files.extent import old_extent
from territory_kit.tables.files.packed import Package, refuse_vast

_WHOLE_LIMIT = 1e15
# How an encrypted .xlsx names its parts inside the old container format.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook as text.

    Parameters
    ----------
    name
        Name of the sheet.
    rows
        Cells by row, from the sheet's first row on; empty cells are empty text.
    shows_failures
        Whether failed formulas stand in their cells, as ``#N/A`` and the like; in other formats
        than .xlsx their cells are empty.
    cells
        The same cells as the workbook stores them.
    """

    name: str
    rows: list[list[str]]
    shows_failures: bool
    cells: Sequence[Sequence[object]] = field(default=(), compare=False)


def read_sheet(content: bytes, file: str, *, sheet: str | None, preferred: str) -> Sheet:
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
        Sheet to take when none is named, whatever its case; else the first that is not hidden.

    Returns
    -------
    Sheet
        Its name and cells; dates are ISO.

    Raises
    ------
    TableError
        When the workbook is damaged, has a password, is too large once unpacked, or lacks the
        sheet.
    """
    with _plain_errors(content, file):
        return _read(content, file, sheet, preferred)


def list_sheets(content: bytes, file: str) -> tuple[str, ...]:
    """List the sheets of a workbook that people see.

    Parameters
    ----------
    content
        The whole file.
    file
        Its name, for messages.

    Returns
    -------
    tuple of str
        Names in the order of the workbook, without hidden sheets and charts.

    Raises
    ------
    TableError
        When the workbook is damaged, has a password or is too large once unpacked.
    """
    with _plain_errors(content, file):
        if not content.startswith(_OLD_CONTAINER):
            content = Package.open(content, file).content
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
            return tuple(s.name for s in sheets if s.visible == SheetVisibleEnum.Visible)


@contextmanager
def _plain_errors(content: bytes, file: str) -> Iterator[None]:
    """Turn what the reader of workbooks raises into errors in four parts."""
    if content.startswith(_OLD_CONTAINER) and _ENCRYPTED in content:
        raise _password_error(file)
    try:
        yield
    except PasswordError as error:
        raise _password_error(file) from error
    except TableError:
        raise
    except (CalamineError, ValueError, KeyError, OSError) as error:
        raise _damage_error(file) from error
    except BaseException as error:
        # what the reader did not expect comes as a class of its own, that cannot be imported
        if type(error).__name__ == "PanicException":
            raise _damage_error(file) from error
        raise


def _read(content: bytes, file: str, sheet: str | None, preferred: str) -> Sheet:
    package: Package | None = None
    if content.startswith(_OLD_CONTAINER):
        refuse_vast(old_extent(content), file)
    else:
        package = Package.open(content, file)
        content = package.content
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        place = _choose_sheet(book, file, sheet, preferred)
        failures = None if package is None else package.find_failures(place)
        name = book.sheet_names[place]
        found = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
    rows = [[_cell_text(cell) for cell in row] for row in found]
    for (row, column), text in (failures or {}).items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return Sheet(name, rows, shows_failures=failures is not None, cells=found)


def _choose_sheet(book: CalamineWorkbook, file: str, sheet: str | None, preferred: str) -> int:
    names: Sequence[str] = book.sheet_names
    if sheet is not None:
        if sheet in names:
            return names.index(sheet)
        raise TableError(
            "The workbook has no such sheet",
            value=sheet,
            where=file,
            remedy=suggest(sheet, names),
        )
    order = sorted(
        range(len(names)),
        key=lambda place: (
            book.sheets_metadata[place].typ != SheetTypeEnum.WorkSheet,
            book.sheets_metadata[place].visible != SheetVisibleEnum.Visible,
            names[place].strip().casefold() != preferred,
            place,
        ),
    )
    if not order:
        raise _damage_error(file)
    return order[0]


def _cell_text(cell: Any) -> str:  # noqa: ANN401 - a cell holds what it holds
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        is_whole = cell.is_integer() and abs(cell) < _WHOLE_LIMIT
        return str(int(cell)) if is_whole else repr(cell)
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _password_error(file: str) -> TableError:
    return TableError(
        "The workbook has a password",
        where=file,
        remedy="Open it in Excel, take the password off (File, Info, Protect Workbook) and save it "
        "again.",
    )


def _damage_error(file: str) -> TableError:
    return TableError(
        "The workbook is damaged or no workbook",
        where=file,
        remedy="Open it in Excel and save it again as .xlsx, or export it as CSV.",
    )

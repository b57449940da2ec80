import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter

from territory_kit.errors import TableError
from territory_kit.tables.files import packed
from territory_kit.tables.files.packed import Package


def workbook(**cells: int | str) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for address, value in cells.items():
        sheet.write(address, value)
    book.close()
    return content.getvalue()


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("accounts.csv", "id")
    with pytest.raises(TableError) as caught:
        Package.open(content.getvalue(), "f.xlsx")
    assert str(caught.value) == (
        "The file is a ZIP archive, and no workbook: accounts.csv (f.xlsx). "
        "Unpack it, and give the file that is inside."
    )


def test_a_workbook_that_is_huge_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED_MB", 0.001)
    with pytest.raises(TableError) as caught:
        Package.open(workbook(A1=1), "f.xlsx")
    assert caught.value.what == "The workbook is too large"
    assert caught.value.value.endswith("MB unpacked")
    assert caught.value.remedy.startswith("Export the sheet as CSV")


def test_a_cell_at_the_far_end_of_the_sheet_is_refused() -> None:
    """The reader of the cells would lay out 17 thousand million empty ones."""
    package = Package.open(workbook(A1="id", XFD1048576="x"), "f.xlsx")
    with pytest.raises(TableError) as caught:
        package.find_failures(0)
    assert str(caught.value) == (
        "The workbook is too large: 1,048,576 rows by 16,384 columns (f.xlsx). "
        "Export the sheet as CSV, or delete what stands far below or beside the table."
    )


def rewritten(content: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    old, new = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            archive.writestr(*change(name, old.read(name)))
    return new.getvalue()


ODD: dict[str, tuple[bytes, bytes]] = {
    "single quotes": (b'"', b"'"),
    "spaces": (b' r="', b' r = "'),
    "small letters": (b"XFD", b"xfd"),
    "rows without number": (b'<row r="1048576"', b"<row" + b"/><row" * 5000),
    "cells without place": (b'<c r="XFD1048576"', b"<c" + b"/><c" * 16_000),
}


@pytest.mark.parametrize(("old", "new"), ODD.values(), ids=ODD)
def test_a_far_end_is_seen_however_it_is_written(old: bytes, new: bytes) -> None:
    content = workbook(A1="id", XFD1048576="x")
    odd = rewritten(content, lambda name, text: (name, text.replace(old, new)))
    with pytest.raises(TableError) as caught:
        Package.open(odd, "f.xlsx").find_failures(0)
    assert caught.value.what == "The workbook is too large"


def test_failures_are_found_in_single_quotes() -> None:
    content = workbook(A1="id", B2="=1/0")
    failed = b"<c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c>"

    def change(name: str, text: bytes) -> tuple[str, bytes]:
        text = text.replace(b'"', b"'").replace(b"<c r='B2'><f>1/0</f><v>0</v></c>", failed)
        return name, text

    assert Package.open(rewritten(content, change), "f.xlsx").find_failures(0) == {
        (1, 1): "#DIV/0!"
    }


def binary_workbook(row: int, column: int) -> bytes:
    """Make the parts of an .xlsb that are looked at: one row with one cell."""
    sheet = struct.pack("<BBI", 0, 4, row) + struct.pack("<BBI", 1, 4, column)
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
        archive.writestr(
            "xl/_rels/workbook.bin.rels", '<r><Relationship Id="1" Target="worksheets/s.bin"/></r>'
        )
        archive.writestr("xl/worksheets/s.bin", sheet)
    return content.getvalue()


def test_a_binary_workbook_is_refused_for_where_its_cells_are() -> None:
    assert Package.open(binary_workbook(99_999, 20), "f.xlsb").find_failures(0) is None
    with pytest.raises(TableError) as caught:
        Package.open(binary_workbook(1_048_575, 16_383), "f.xlsb").find_failures(0)
    assert caught.value.value == "1,048,576 rows by 16,384 columns"


@pytest.mark.parametrize("cells", [{"Z1000000": 1}, {"AB1000000": 1}, {"XFD2000": 1}])
def test_a_large_sheet_that_fits_is_kept(cells: dict[str, int | str]) -> None:
    assert Package.open(workbook(**cells), "f.xlsx").find_failures(0) == {}

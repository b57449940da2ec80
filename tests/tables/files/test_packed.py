import zipfile
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


@pytest.mark.parametrize("cells", [{"Z1000000": 1}, {"AB1000000": 1}, {"XFD2000": 1}])
def test_a_large_sheet_that_fits_is_kept(cells: dict[str, int | str]) -> None:
    assert Package.open(workbook(**cells), "f.xlsx").find_failures(0) == {}

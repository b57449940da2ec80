import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from territory_kit.errors import TableError
from territory_kit.tables.files import workbooks
from territory_kit.tables.files.workbooks import read_sheet


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_cells_become_text_as_a_reader_would_write_them() -> None:
    day = datetime(2026, 5, 3)  # noqa: DTZ001 - workbooks know no time zones
    noon = datetime(2026, 5, 3, 12, 30)  # noqa: DTZ001 - as above
    row = ["007", 7, 7.0, 1.5, True, day, noon, date(2026, 5, 4), None, 1e20]
    (cells,) = read_sheet(workbook(s=[row]), "f.xlsx", sheet=None, preferred="accounts")
    assert cells == [
        "007",
        "7",
        "7",
        "1.5",
        "True",
        "2026-05-03",
        "2026-05-03 12:30:00",
        "2026-05-04",
        "",
        "1e+20",
    ]


def test_the_sheet_called_like_the_input_comes_before_the_first() -> None:
    content = workbook(notes=[["x"]], accounts=[["y"]])
    assert read_sheet(content, "f.xlsx", sheet=None, preferred="accounts") == [["y"]]
    assert read_sheet(content, "f.xlsx", sheet=None, preferred="reps") == [["x"]]
    assert read_sheet(content, "f.xlsx", sheet="notes", preferred="accounts") == [["x"]]


def test_an_unknown_sheet_is_refused_with_a_suggestion() -> None:
    with pytest.raises(TableError) as caught:
        read_sheet(workbook(Deals=[["x"]]), "f.xlsx", sheet="deal", preferred="deals")
    assert str(caught.value) == (
        'The workbook has no such sheet: deal (f.xlsx). Did you mean "Deals"? Known names: Deals.'
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", workbook(s=[["x"]])[:900]])
def test_a_damaged_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(TableError) as caught:
        read_sheet(content, "f.xlsx", sheet=None, preferred="accounts")
    assert str(caught.value) == (
        "The workbook is damaged or no Excel workbook (f.xlsx). "
        "Open it in Excel and save it again as .xlsx, or export it as CSV."
    )


def test_a_zip_file_that_is_no_workbook_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(TableError, match="The workbook is damaged or no Excel workbook"):
        read_sheet(content.getvalue(), "f.xlsx", sheet=None, preferred="accounts")


def test_a_workbook_that_is_huge_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED_MB", 0.001)
    with pytest.raises(TableError) as caught:
        read_sheet(workbook(s=[["x"]]), "f.xlsx", sheet=None, preferred="accounts")
    assert caught.value.what == "The workbook is too large"
    assert caught.value.value.endswith("MB unpacked")
    assert caught.value.remedy == "Export the sheet as CSV."

import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook

from territory_kit.errors import TableError
from territory_kit.tables.files.workbooks import Sheet, list_sheets, read_sheet


def workbook(hidden: tuple[str, ...] = (), **sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: bytes, preferred: str = "accounts", sheet: str | None = None) -> Sheet:
    return read_sheet(content, "f.xlsx", sheet=sheet, preferred=preferred)


def pack(**parts: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return content.getvalue()


def test_cells_become_text_as_a_reader_would_write_them() -> None:
    day = datetime(2026, 5, 3)  # noqa: DTZ001 - workbooks know no time zones
    noon = datetime(2026, 5, 3, 12, 30)  # noqa: DTZ001 - as above
    row = ["007", 7, 7.0, 1.5, True, day, noon, date(2026, 5, 4), None, 1e20, " x\ny "]
    (cells,) = read(workbook(s=[row])).rows
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
        " x\ny ",
    ]


def test_times_and_durations_are_hours_minutes_and_seconds() -> None:
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_number(0, 0, 0.5, book.add_format({"num_format": "hh:mm"}))
    sheet.write_number(0, 1, 1.75, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    assert read(content.getvalue()).rows == [["12:00:00", "42:00:00"]]


def test_rows_and_columns_are_those_of_the_sheet() -> None:
    rows = read(workbook(s=[[], [], [None, "id"], [], [None, "A1"]])).rows
    assert rows == [["", ""], ["", ""], ["", "id"], ["", ""], ["", "A1"]]


def test_the_sheet_called_like_the_input_comes_before_the_first() -> None:
    content = workbook(notes=[["x"]], Accounts=[["y"]])
    assert read(content, "accounts") == Sheet("Accounts", [["y"]], shows_failures=True)
    assert read(content, "reps").name == "notes"
    assert read(content, "accounts", sheet="notes").name == "notes"


def test_a_hidden_sheet_is_read_only_if_it_is_named() -> None:
    """Dynamics keeps its own notes in a hidden sheet, before or after the data."""
    content = workbook(("hiddenSheet",), hiddenSheet=[["x"]], Active=[["y"]])
    assert read(content).name == "Active"
    assert read(content, sheet="hiddenSheet").rows == [["x"]]


FAILURES = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_failed_formulas_stand_in_their_cells(prefix: str) -> None:
    """The reader of the cells leaves them empty; some programs write names with a prefix."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    book.add_worksheet("first").write_formula(0, 0, "=1/0", None, "#REF!")
    sheet = book.add_worksheet("accounts")
    for column, failure in enumerate(FAILURES):
        sheet.write_formula(2, column + 1, "=1/0", None, failure)
    sheet.write_string(3, 8, "end")
    book.close()
    found = read(_with_prefix(content.getvalue(), prefix))
    assert found.rows[2] == ["", *FAILURES, ""]
    assert found.shows_failures


def _with_prefix(content: bytes, prefix: str) -> bytes:
    if not prefix:
        return content
    old, new = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(new, "w") as packed:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = text.replace(b"</", b"</x:").replace(b"<", b"<x:")
                text = text.replace(b"<x:/x:", b"</x:").replace(b"<x:?", b"<?")
                text = text.replace(b" xmlns=", b" xmlns:x=")
            packed.writestr(name, text)
    return new.getvalue()


def test_a_main_part_of_another_name_is_found() -> None:
    """Office in the browser calls it workbook2.xml."""
    old, new = zipfile.ZipFile(BytesIO(workbook(Data=[["id"], ["A1"]]))), BytesIO()
    with zipfile.ZipFile(new, "w") as packed:
        for name in old.namelist():
            text = old.read(name).replace(b"workbook.xml", b"workbook2.xml")
            packed.writestr(name.replace("workbook.xml", "workbook2.xml"), text)
    content = new.getvalue()
    assert read(content) == Sheet("Data", [["id"], ["A1"]], shows_failures=True)
    assert list_sheets(content, "f.xlsx") == ("Data",)


def test_an_open_document_is_read() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = pack(
        **{
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f'<o:document-content xmlns:o="{office}office:1.0" '
            f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0" '
            f'xmlns:office="{office}office:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="s"><table:table-row>'
            '<table:table-cell office:value-type="string"><text:p>A1</text:p></table:table-cell>'
            '<table:table-cell office:value-type="float" office:value="1.5"/>'
            "</table:table-row></table:table></office:spreadsheet></office:body>"
            "</o:document-content>",
        }
    )
    assert read(content) == Sheet("s", [["A1", "1.5"]], shows_failures=False)


def test_an_old_workbook_is_read() -> None:
    assert read(old_workbook()) == Sheet("Data", [["id", "n"], ["A1", "2.5"]], shows_failures=False)


def old_workbook(stream: str = "Workbook") -> bytes:
    """Make an .xls of two rows: records of Excel 97 in one stream of the old container."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def label(row: int, column: int, text: str) -> bytes:
        letters = struct.pack("<HB", len(text), 0) + text.encode()
        return record(0x0204, struct.pack("<HHH", row, column, 0) + letters)

    start = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0x0600)
    sheet_start = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0x0600)
    globe = record(0x0809, start) + record(0x0042, struct.pack("<H", 1200))
    place = len(globe) + 4 + 8 + 4 + 4
    globe += record(0x0085, struct.pack("<IBBBB", place, 0, 0, 4, 0) + b"Data") + record(
        0x000A, b""
    )
    cells = label(0, 0, "id") + label(0, 1, "n") + label(1, 0, "A1")
    cells += record(0x0203, struct.pack("<HHHd", 1, 1, 0, 2.5))
    return in_old_container(
        globe + record(0x0809, sheet_start) + cells + record(0x000A, b""), stream
    )


def in_old_container(data: bytes, stream: str) -> bytes:
    """Put data into the container of Office before 2007: a small file system of 512 bytes."""
    data = data.ljust(4096, b"\0")
    count = len(data) // 512
    chain = [*range(3, 2 + count), -2]
    table = struct.pack("<128i", -3, -2, *chain, *([-1] * (126 - count)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack(
        "<HHHHH6xIIIIIiIiI", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, -2, 0, -2, 0
    )
    header += struct.pack("<109i", 0, *([-1] * 108))

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        letters = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBiii", len(letters), kind, 1, -1, -1, child)
        return letters.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<iQ", first, size)

    folder = entry("Root Entry", 5, 1, -2, 0) + entry(stream, 2, -1, 2, len(data))
    return header.ljust(512, b"\0") + table + folder.ljust(512, b"\0") + data


def test_an_unknown_sheet_is_refused_with_a_suggestion() -> None:
    with pytest.raises(TableError) as caught:
        read(workbook(Deals=[["x"]]), sheet="deal")
    assert str(caught.value) == (
        'The workbook has no such sheet: deal (f.xlsx). Did you mean "Deals"? Known names: Deals.'
    )


def test_an_encrypted_workbook_says_so() -> None:
    with pytest.raises(TableError) as caught:
        read(in_old_container(b"secret", "EncryptedPackage"))
    assert str(caught.value) == (
        "The workbook has a password (f.xlsx). Open it in Excel, take the password off "
        "(File, Info, Protect Workbook) and save it again."
    )


DAMAGED: dict[str, Callable[[], bytes]] = {
    "no archive": lambda: b"PK\x03\x04 broken",
    "cut off": lambda: workbook(s=[["x"]])[:900],
    "a part is missing": lambda: pack(**{"xl/workbook.xml": "<workbook/>"}),
    "an old document": lambda: in_old_container(b"words", "WordDocument"),
    "an old workbook of noise": lambda: in_old_container(b"\xff" * 99, "Workbook"),
}


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_workbook_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(TableError) as caught:
        read(make())
    assert str(caught.value) == (
        "The workbook is damaged or no workbook (f.xlsx). "
        "Open it in Excel and save it again as .xlsx, or export it as CSV."
    )

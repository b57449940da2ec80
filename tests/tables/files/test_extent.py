import struct
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from territory_kit.tables.files.extent import binary_extent, old_extent, open_document_extents

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
CELL = '<table:table-cell office:value-type="string"><text:p>A1</text:p></table:table-cell>'
# LibreOffice fills each row to the last column, and the sheet to the last row.
REST = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16382"/>'
BELOW = (
    '<table:table-row table:style-name="ro1" table:number-rows-repeated="1048573">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def document(*sheets: str) -> bytes:
    tables = "".join(f'<table:table table:name="s">{rows}</table:table>' for rows in sheets)
    return f"<office:body {NAMES}>{tables}</office:body>".encode()


def row(cells: str, repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{cells}</table:table-row>"


def repeated(count: int) -> str:
    return CELL.replace(" office", f" table:number-columns-repeated='{count}' office", 1)


@pytest.mark.parametrize(
    ("rows", "rows_count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param(BELOW, 0, id="empty"),
        pytest.param(row(CELL + REST) + row(CELL + REST) + BELOW, 2, id="as LibreOffice writes"),
        pytest.param(row(REST, 9) + row(CELL), 10, id="empty rows above"),
        pytest.param(row(CELL, 9) + BELOW, 9, id="repeated rows"),
    ],
)
def test_rows_are_counted_to_the_last_filled_one(rows: str, rows_count: int) -> None:
    ((rows_found, width),) = open_document_extents(document(rows))
    assert rows_found == rows_count
    assert width <= 2


def test_columns_are_counted_to_the_last_filled_one() -> None:
    (found,) = open_document_extents(document(row(CELL + repeated(1000) + REST)))
    assert found == (1, 1002)
    (found,) = open_document_extents(document(row(REST + CELL)))
    assert found == (1, 16384)


def test_sheets_are_measured_apart() -> None:
    found = open_document_extents(document(row(CELL) + BELOW, row(CELL * 3, 5)))
    assert found == [(1, 1), (5, 3)]


@pytest.mark.parametrize(
    "content",
    [
        document("<!-- </table:table-row> -->"),
        document(f"<x a='<table:table >'>{row(CELL)}</x>"),
        document(
            row(CELL).replace(
                "<table:table-row", "<table:table-row table:number-rows-repeated='&#57;9'"
            )
        ),
    ],
)
def test_what_could_hide_cells_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"could hide|not well-formed|invalid literal"):
        open_document_extents(content)


def test_a_tiny_document_of_20_million_cells_is_refused_in_little_memory(tmp_path: Path) -> None:
    """It takes 1 kB as a file, and took 2.7 GB to read."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", document(row(repeated(1000), 20_000)))
    (tmp_path / "tiny.ods").write_bytes(content.getvalue())
    code = (
        "import sys; from pathlib import Path\n"
        "from territory_kit.tables import Source, read_input\n"
        "import resource\n"
        "used = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + 300_000_000, -1))\n"
        "print(read_input('accounts', Source(Path(sys.argv[1])))[1][0].message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "tiny.ods")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == (
        "The workbook is too large: 20,000 rows by 1,001 columns (tiny.ods). Export the sheet as "
        "CSV, or delete what stands far below or beside the table.\n"
    ), done.stderr


def test_records_of_a_binary_sheet_are_followed_by_their_length() -> None:
    # a record of kind 0x81 and 200 bytes, whose content looks like a cell, then row 4, column 2
    other = b"\x81\x01\xc8\x01" + struct.pack("<BBI", 1, 4, 9999).ljust(200, b"\x00")
    sheet = other + struct.pack("<BBI", 0, 4, 4) + struct.pack("<BBI", 7, 4, 2)
    assert binary_extent(sheet) == (5, 3)
    assert binary_extent(sheet[:-2]) == (5, 0)


def old_container(stream: bytes, size: int) -> bytes:
    """Put a stream into the container of Office before 2007; short ones go to small blocks."""
    is_small = size < 4096
    data = stream.ljust(4096, b"\0")
    count = len(data) // 512
    chain = [*range(4, 3 + count), -2]
    table = struct.pack("<128i", -3, -2, -2, *chain, *([-1] * (125 - count)))
    links = struct.pack("<128i", *range(1, 64), -2, *([-1] * 64))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIiIiI", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, -2, 0)
    header += struct.pack("<109i", 0, *([-1] * 108))

    def entry(name: str, kind: int, start: int, length: int) -> bytes:
        letters = name.encode("utf-16-le") + b"\0\0"
        place = struct.pack("<HBBiii", len(letters), kind, 1, -1, -1, -1)
        return letters.ljust(64, b"\0") + place + b"\0" * 36 + struct.pack("<iQ", start, length)

    root = entry("Root Entry", 5, 3 if is_small else -2, len(data))
    folder = root + entry("Workbook", 2, 0 if is_small else 3, size)
    return header + table + folder.ljust(512, b"\0") + links + data


@pytest.mark.parametrize("size", [100, 4096])
def test_an_old_workbook_is_measured_by_its_cells(size: int) -> None:
    number = struct.pack("<HHHHHd", 0x0203, 14, 65_535, 65_534, 0, 1.0)
    other = struct.pack("<HHHHHd", 0x1234, 14, 9, 9, 0, 1.0)
    assert old_extent(old_container(other + number, size)) == (65_536, 65_535)
    assert old_extent(old_container(other, size)) == (0, 0)


def test_a_damaged_container_is_refused() -> None:
    with pytest.raises(ValueError, match="buffer"):
        old_extent(b"\xd0\xcf\x11\xe0")

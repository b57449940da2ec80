"""How far the sheets of a workbook reach: what is written there, not what the file says of itself.

The reader of the cells lays a sheet out as a full rectangle, empty cells and repetitions included.
A rectangle is measured from its first row and column to its last filled ones.
"""

import re
import struct
from collections.abc import Iterator
from xml.parsers import expat

_OPEN_TABLE = re.compile(rb"<table:table[\s>]")
_OPEN_ROW = re.compile(rb"<table:table-row[\s>/]")
_CLOSED_ROW = b"</table:table-row>"
_CELLS = (b"<table:table-cell", b"<table:covered-table-cell")
_REPEATED = rb"table:number-%s-repeated\s*=\s*[\"']([^\"']*)"
_ROWS_REPEATED = re.compile(_REPEATED % b"rows")
_COLUMNS_REPEATED = re.compile(_REPEATED % b"columns")
# Cells that have a style at most: LibreOffice fills its sheets with them to the last column.
_EMPTY_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell(?:\s+table:[a-z-]*(?:style-name|repeated|spanned|"
    rb"validation-name)\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(?:/>|>\s*</table:(?:covered-)?"
    rb"table-cell>)\s*"
)
_BINARY_ROW = 0
_LAST_BINARY_CELL = 11
_MORE = 0x80
_LENGTH_BYTES = 4
# Records of an .xls that begin with the row and column of a cell.
_OLD_CELLS = frozenset(
    (*range(0x02, 0x08), 0xBD, 0xBE, 0xD6, 0xFD, *range(0x201, 0x208), 0x27E, 0x206, 0x406)
)
_OLD_STREAMS = ("workbook", "book")
_ENTRY_BYTES = 128

Extent = tuple[int, int]


def open_document_extents(content: bytes) -> list[Extent]:
    """Measure the sheets of an OpenDocument workbook, with all that is repeated.

    Parameters
    ----------
    content
        The part ``content.xml``.

    Returns
    -------
    list of tuple of int
        Rows and columns of each sheet.

    Raises
    ------
    ValueError
        When the part is no plain XML, or repeats something other than a number of times.
    """
    if b"<!" in content:
        msg = "comments and declarations could hide what is there"
        raise ValueError(msg)
    try:
        expat.ParserCreate().Parse(content, True)  # noqa: FBT003 - the parser takes it by place
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return [_sheet_extent(sheet) for sheet in _OPEN_TABLE.split(content)[1:]]


def _sheet_extent(sheet: bytes) -> Extent:
    rows = last = widest = 0
    for row in _OPEN_ROW.split(sheet)[1:]:
        rows += max(map(int, _ROWS_REPEATED.findall(row)), default=1)
        filled = _without_empty_end(row)
        cells = sum(filled.count(tag) for tag in _CELLS)
        if cells:
            last = rows
            widest = max(widest, cells + sum(map(int, _COLUMNS_REPEATED.findall(filled))))
    return last, widest


def _without_empty_end(row: bytes) -> bytes:
    end = row.rfind(_CLOSED_ROW)
    end = len(row) if end < 0 else end
    while (start := row.rfind(b"<table:", 0, end)) >= 0 and _EMPTY_CELL.fullmatch(row, start, end):
        end = start
    return row[:end]


def binary_extent(sheet: bytes) -> Extent:
    """Measure a sheet of an .xlsb.

    Parameters
    ----------
    sheet
        The part with its records.

    Returns
    -------
    tuple of int
        Rows and columns.
    """
    rows = columns = place = 0
    try:
        while place < len(sheet):
            kind = sheet[place]
            place += 1
            if kind & _MORE:
                kind = (kind & ~_MORE) | (sheet[place] & ~_MORE) << 7
                place += 1
            length, place = _read_length(sheet, place)
            if kind == _BINARY_ROW:
                rows = max(rows, struct.unpack_from("<I", sheet, place)[0] + 1)
            elif kind <= _LAST_BINARY_CELL:
                columns = max(columns, struct.unpack_from("<I", sheet, place)[0] + 1)
            place += length
    except (IndexError, struct.error):
        # the reader of the cells stops here too
        pass
    return rows, columns


def _read_length(sheet: bytes, place: int) -> tuple[int, int]:
    length = 0
    for step in range(_LENGTH_BYTES):
        byte = sheet[place + step]
        length |= (byte & ~_MORE) << 7 * step
        if not byte & _MORE:
            break
    return length, place + step + 1


def old_extent(content: bytes) -> Extent:
    """Measure the widest and the longest sheet of an .xls.

    Parameters
    ----------
    content
        The whole file.

    Returns
    -------
    tuple of int
        Rows and columns.

    Raises
    ------
    ValueError
        When the container of the file is damaged.
    """
    rows = columns = 0
    try:
        for stream in _old_streams(content):
            place = 0
            while place + 8 <= len(stream):
                kind, length, row, column = struct.unpack_from("<HHHH", stream, place)
                if kind in _OLD_CELLS:
                    rows, columns = max(rows, row + 1), max(columns, column + 1)
                place += 4 + length
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error
    return rows, columns


def _old_streams(content: bytes) -> Iterator[bytes]:
    """Yield what the small file system of an .xls holds under the name of a workbook."""
    sector = 1 << min(struct.unpack_from("<H", content, 30)[0], 12)
    mini_sector = 1 << min(struct.unpack_from("<H", content, 32)[0], 12)
    folder, cutoff, mini_table, chain = struct.unpack_from("<i4xIi4xi", content, 48)
    tables = [*struct.unpack_from("<109i", content, 76)]
    body = content[sector:]
    seen: set[int] = set()
    while chain >= 0 and chain not in seen:
        seen.add(chain)
        more = _numbers(body[chain * sector : (chain + 1) * sector])
        tables += more[:-1]
        chain = more[-1]
    table = _numbers(b"".join(body[t * sector : (t + 1) * sector] for t in tables if t >= 0))
    entries = _follow(body, table, folder, sector)
    mini: bytes | None = None
    mini_links: list[int] = []
    for place in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        length = struct.unpack_from("<H", entries, place + 64)[0]
        name = entries[place : place + min(length, 64)].decode("utf-16-le", errors="replace")
        start, size = struct.unpack_from("<iI", entries, place + 116)
        if place == 0:
            mini = _follow(body, table, start, sector)
            mini_links = _numbers(_follow(body, table, mini_table, sector))
        elif name.rstrip("\0").casefold() in _OLD_STREAMS:
            is_small = size < cutoff
            yield _follow(
                mini or b"" if is_small else body,
                mini_links if is_small else table,
                start,
                mini_sector if is_small else sector,
            )[:size]


def _numbers(data: bytes) -> list[int]:
    return [*struct.unpack(f"<{len(data) // 4}i", data[: len(data) // 4 * 4])]


def _follow(body: bytes, links: list[int], start: int, size: int) -> bytes:
    """Join the blocks of a stream, each of which names the next."""
    blocks: list[bytes] = []
    seen: set[int] = set()
    while 0 <= start < len(links) and start not in seen:
        seen.add(start)
        blocks.append(body[start * size : (start + 1) * size])
        start = links[start]
    return b"".join(blocks)

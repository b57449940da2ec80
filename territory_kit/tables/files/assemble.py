"""Make a table of rows of cells: header found, titles and totals left out, rows made even."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray

from territory_kit.errors import TableError
from territory_kit.tables.faults.fault import Fault, Severity, shorten, show_values
from territory_kit.tables.files.layout import (
    HEAD_ROWS_COUNT,
    MOST_UNDER_COUNT,
    TAIL_ROWS_COUNT,
    Expected,
    Row,
    count_footer,
    count_under,
    find_header,
)
from territory_kit.tables.reading import Reading, name_rows

Assembled = tuple[pd.DataFrame, tuple[Fault, ...]]


@dataclass(frozen=True)
class Frame:
    """What surrounds the rows of data, by place from 0.

    Parameters
    ----------
    header
        Row of the headers.
    start, end
        First row of the data, and first row below them.
    above, under, below
        Filled rows above the header, between it and the data, and below the data, by their number
        in the file.
    """

    header: int
    start: int
    end: int
    above: Mapping[int, Row]
    under: Mapping[int, Row]
    below: Mapping[int, Row]


def assemble_rows(rows: Sequence[Row], reading: Reading, expected: Expected) -> Assembled:
    """Make a table of rows that may differ in width.

    Parameters
    ----------
    rows
        Cells of each row from the first of the file on; a row without cells only separates.
    reading
        The table that is being read.
    expected
        Headers that it may have.

    Returns
    -------
    tuple of pandas.DataFrame and tuple of Fault
        Cells as text, the index is the row's number in the file; and what was left out or mended.

    Raises
    ------
    TableError
        When no row holds anything.
    """
    first = next((place for place, row in enumerate(rows) if any(map(str.strip, row))), len(rows))
    header = find_header(rows[first : first + HEAD_ROWS_COUNT], expected)
    if header is None:
        raise TableError(
            "The file is empty", where=reading.file, remedy="Export it again, with its headers."
        )
    frame = _surround(lambda start, end: rows[start:end], first + header, len(rows), expected)
    headers, header_faults = unique_headers(_without_empty_end(rows[frame.header]), reading)
    body = {place + 1: rows[place] for place in range(frame.start, frame.end)}
    filled = {number: row for number, row in body.items() if any(map(str.strip, row))}
    # A line without any cell only separates lines; a row of empty cells may have been meant.
    blank = [n for n, row in body.items() if row and n not in filled and n < max(filled, default=0)]
    cells, row_faults = _even_rows(filled, len(headers), len(rows[frame.header]), reading)
    columns = zip(*cells, strict=True) if cells else [()] * len(headers)
    table = pd.DataFrame(
        {h: _text_array(c) for h, c in zip(headers, columns, strict=True)},
        index=pd.Index([*filled], dtype="int64"),
    )
    left_faults = _left_out_faults(frame, reading)
    return table, (*left_faults, *header_faults, *row_faults, *_blank_faults(blank, reading))


def assemble_columns(columns: pa.Table, reading: Reading, expected: Expected) -> Assembled:
    """Make a table of columns that are all there.

    Parameters
    ----------
    columns
        Cells as text, from the first row of the file on.
    reading
        The table that is being read.
    expected
        Headers that it may have.

    Returns
    -------
    tuple of pandas.DataFrame and tuple of Fault
        As `assemble_rows`.

    Raises
    ------
    TableError
        When no row holds anything.
    """

    def take(start: int, end: int) -> list[Row]:
        return [*zip(*columns.slice(start, end - start).to_pydict().values(), strict=True)]

    head = take(0, HEAD_ROWS_COUNT)
    place = find_header(head, expected)
    if place is None or not head[place][-1].strip():
        return assemble_rows(take(0, len(columns)), reading, expected)
    frame = _surround(take, place, len(columns), expected)
    headers, header_faults = unique_headers(head[place], reading)
    body = columns.slice(frame.start, frame.end - frame.start)
    table = pd.DataFrame(
        {h: pd.array(c, dtype="str") for h, c in zip(headers, body.itercolumns(), strict=True)},
        index=pd.RangeIndex(frame.start + 1, frame.end + 1),
    )
    blank = _blank_rows(table)
    filled = table.drop(index=blank) if blank else table
    inner = [number for number in blank if number < filled.index.max()] if len(filled) else []
    left_faults = _left_out_faults(frame, reading)
    return filled, (*left_faults, *header_faults, *_blank_faults(inner, reading))


def _surround(
    take: Callable[[int, int], Sequence[Row]], header: int, rows_count: int, expected: Expected
) -> Frame:
    """Find where the data end, and what stands above and below."""
    headers = take(header, header + 1)[0]
    under = take(header + 1, min(header + 1 + MOST_UNDER_COUNT, rows_count))
    start = header + 1 + count_under(under, headers, expected)
    tail_start = max(start, rows_count - TAIL_ROWS_COUNT)
    end = rows_count - count_footer(take(tail_start, rows_count), headers, expected)

    def filled(first: int, last: int) -> dict[int, Row]:
        rows = enumerate(take(first, last), start=first + 1)
        return {number: row for number, row in rows if any(map(str.strip, row))}

    return Frame(
        header,
        start,
        end,
        above=filled(0, header),
        under=filled(header + 1, start),
        below=filled(end, rows_count),
    )


def _left_out_faults(frame: Frame, reading: Reading) -> list[Fault]:
    return [
        name_rows(reading, shown.index).fault_of_rows(
            severity, code, "", shown, what=what, remedy=remedy
        )
        for severity, code, rows, what, remedy in _around(frame)
        if len(shown := _show_rows(rows))
    ]


def _around(frame: Frame) -> tuple[tuple[Severity, str, Mapping[int, Row], str, str], ...]:
    above, below = "Rows above the headers were left out", "Rows below the data were left out"
    return (
        ("notice", "preamble", frame.above, above, _PREAMBLE_REMEDY),
        # that they are no data is a guess
        ("repaired", "second_header", frame.under, _UNDER, _UNDER_REMEDY),
        ("repaired", "footer", frame.below, below, _FOOTER_REMEDY),
    )


_PREAMBLE_REMEDY = "Nothing to do, if they are titles and notes."
_UNDER = "Rows of units or further headings under the headers were left out"
_UNDER_REMEDY = (
    "The units were not used: make sure that amounts are in the plan's currency, distances in km "
    "and times in hours."
)
_FOOTER_REMEDY = "Nothing to do, if they are totals and small print."


def _show_rows(rows: Mapping[int, Row]) -> pd.Series:
    texts = [shorten(" | ".join(cell for cell in row if cell.strip())) for row in rows.values()]
    return pd.Series(texts, pd.Index([*rows], dtype="int64"), dtype="str")


def _without_empty_end(cells: Row) -> Row:
    last = max(place for place, cell in enumerate(cells) if cell.strip())
    return cells[: last + 1]


def _blank_rows(table: pd.DataFrame) -> list[int]:
    rest = table
    for place in range(table.shape[1]):
        if rest.empty:
            break
        rest = rest.loc[rest.iloc[:, place].str.strip() == ""]
    return [int(number) for number in rest.index]


def _text_array(cells: Sequence[str]) -> ExtensionArray:
    # by way of Arrow it takes a quarter of the time
    texts: ExtensionArray = pd.array(pa.array(cells, pa.large_string()), dtype="str")
    return texts


def unique_headers(cells: Row, reading: Reading) -> tuple[list[str], tuple[Fault, ...]]:
    """Give each column a header of its own.

    Parameters
    ----------
    cells
        Row of the headers; empty ones are named by their place.
    reading
        The table that is being read.

    Returns
    -------
    tuple of list of str and tuple of Fault
        Headers, and which were repeated.
    """
    headers: list[str] = []
    repeated: list[str] = []
    for place, cell in enumerate(cells, start=1):
        header = name = cell.strip() or f"(column {place})"
        copies = 1
        while name in headers:
            copies += 1
            name = f"{header} ({copies})"
        if name != header:
            repeated.append(header)
        headers.append(name)
    if not repeated:
        return headers, ()
    fault = reading.fault_of_table(
        "notice",
        "repeated_header",
        value=show_values(repeated),
        what="Several columns have the same header",
        remedy='The first is used; the others are called "… (2)" and so on. Give each its own.',
    )
    return headers, (fault,)


def _even_rows(
    rows: Mapping[int, Row], width: int, header_width: int, reading: Reading
) -> tuple[list[Row], tuple[Fault, ...]]:
    """Give each row as many cells as the header has, and trust none that may have moved."""
    odd = {n: row for n, row in rows.items() if len(row) != width}
    if not odd:
        return list(rows.values()), ()
    # The cells of a workbook stay in their columns, and so do those above which a header is empty.
    most = header_width if not reading.sheet else max(map(len, odd.values()))
    # Empty cells beyond the last header change nothing.
    moved = {n: row for n, row in odd.items() if len(row) > most and any(row[most:])}
    uneven = {n: row for n, row in odd.items() if len(row) < width or any(row[width:])}
    even = [
        row if n not in odd else _fit_row(row[:1] if n in moved else row, width)
        for n, row in rows.items()
    ]
    kinds = (
        (moved, f"Rows have more cells than the {width} headers", _MOVED_REMEDY),
        (
            {n: row for n, row in uneven.items() if n not in moved},
            f"Rows have more or fewer cells than the {width} headers",
            _UNEVEN_REMEDY,
        ),
    )
    return even, tuple(
        _uneven_fault(reading, found, what, remedy) for found, what, remedy in kinds if found
    )


_MOVED_REMEDY = (
    "The cells after the first were left empty, because it is not known which moved. A delimiter "
    "or line break inside a text needs quotation marks: export again with them, or as a workbook."
)
_UNEVEN_REMEDY = (
    "Missing cells were left empty, further ones left out. A delimiter or line break inside a "
    "text needs quotation marks."
)


def _fit_row(row: Row, width: int) -> Row:
    return [*row[:width], *[""] * (width - len(row))]


def _uneven_fault(reading: Reading, rows: Mapping[int, Row], what: str, remedy: str) -> Fault:
    shown = pd.Series({n: shorten(" | ".join(row)) for n, row in rows.items()}, dtype="str")
    return name_rows(reading, shown.index).fault_of_rows(
        "repaired", "uneven_rows", "", shown, what=what, remedy=remedy
    )


def _blank_faults(numbers: list[int], reading: Reading) -> tuple[Fault, ...]:
    if not numbers:
        return ()
    fault = reading.fault_of_table(
        "notice",
        "blank_rows",
        value=f"{len(numbers)} rows, the first is row {numbers[0]}",
        what="Rows without any value were left out",
        remedy="Nothing to do, unless they should hold something.",
    )
    return (fault,)

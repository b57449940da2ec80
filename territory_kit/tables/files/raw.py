"""Read a file as it is: every cell as text, every row with its number.

What a file is, its first bytes decide and not the ending of its name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray

from territory_kit.errors import TableError
from territory_kit.tables.faults.fault import Fault, shorten, show_values
from territory_kit.tables.files.text_files import parse_text
from territory_kit.tables.files.workbooks import read_sheet
from territory_kit.tables.reading import Reading, Source, name_rows
from territory_kit.tables.values.numbers import Style

MAX_FILE_MB = 1000
_BYTES_PER_MB = 1_000_000
_KIND_OF_MAGIC = {b"PK": "workbook", b"PAR1": "parquet", b"\xd0\xcf\x11\xe0": "sealed"}
_KIND_OF_ENDING = {
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
    ".parquet": "parquet",
    ".xlsm": "workbook",
    ".xlsx": "workbook",
}
_KIND_WORDS = {"text": "a text file", "workbook": "an Excel workbook", "parquet": "a Parquet file"}


@dataclass(frozen=True)
class Raw:
    """A table as it stands in its file.

    Parameters
    ----------
    frame
        Every cell as text, empty cells as empty text; the index is the row's number in the file.
    number_style
        How numbers are written where a column does not show it; None: as in the other columns,
        else as the delimiter suggests.
    is_semicolon
        Whether cells are separated by semicolons.
    faults
        What had to be mended to read it.
    sheet
        Sheet of the workbook; empty for a text file.
    """

    frame: pd.DataFrame
    number_style: Style | None
    is_semicolon: bool
    faults: tuple[Fault, ...]
    sheet: str = ""


def read_raw(table: str, source: Source) -> Raw:
    """Read a CSV, Excel or Parquet file as text.

    Parameters
    ----------
    table
        Name of the input, for faults and to find its sheet in a workbook.
    source
        The file.

    Returns
    -------
    Raw
        Cells as text, with their row numbers.

    Raises
    ------
    TableError
        When the file cannot be read or is no table.
    """
    content = _read_bytes(source.file)
    kind = next((k for magic, k in _KIND_OF_MAGIC.items() if content.startswith(magic)), "text")
    reading = Reading(table, source.file.name)
    readers: dict[str, Callable[[], Raw]] = {
        "text": lambda: _read_text(content, reading),
        "workbook": lambda: _read_workbook(content, reading, source.sheet),
        "parquet": lambda: _read_parquet(content, reading),
        "sealed": lambda: _refuse_sealed(reading),
    }
    raw = readers[kind]()
    return Raw(
        raw.frame,
        raw.number_style,
        raw.is_semicolon,
        (*_ending_faults(source.file, kind, reading), *raw.faults),
        raw.sheet,
    )


def _read_bytes(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        content = b"" if size > MAX_FILE_MB * _BYTES_PER_MB else file.read_bytes()
    except OSError as error:
        raise TableError(
            "The file cannot be read",
            value=error.strerror or "",
            where=str(file),
            remedy="Check the path in plan.yaml, and that the file is not open elsewhere.",
        ) from error
    if size > MAX_FILE_MB * _BYTES_PER_MB:
        raise TableError(
            "The file is too large",
            value=f"{size / _BYTES_PER_MB:,.0f} MB",
            where=file.name,
            remedy=f"Keep only the rows and columns that are needed, {MAX_FILE_MB} MB at most.",
        )
    return content


def _ending_faults(file: Path, kind: str, reading: Reading) -> tuple[Fault, ...]:
    if _KIND_OF_ENDING.get(file.suffix.lower(), kind) == kind:
        return ()
    fault = reading.fault_of_table(
        "notice",
        "wrong_ending",
        value=file.suffix,
        what=f"The file is {_KIND_WORDS[kind]}, which the ending of its name does not say",
        remedy="It was read as what it is. Rename it to avoid confusion.",
    )
    return (fault,)


def _refuse_sealed(reading: Reading) -> Raw:
    raise TableError(
        "The workbook has a password or the format of Excel before 2007",
        where=reading.file,
        remedy="Open it in Excel and save it as .xlsx without a password.",
    )


def _read_text(content: bytes, reading: Reading) -> Raw:
    text = parse_text(content, reading.file)
    notes = []
    if text.guessed_encoding:
        notes.append(
            reading.fault_of_table(
                "notice",
                "guessed_encoding",
                value=text.guessed_encoding,
                what="The file is not in UTF-8, and its encoding was guessed",
                remedy="Look at the accents in the names. If they are wrong, save it as CSV UTF-8.",
            )
        )
    frame, faults = _assemble(text.rows, reading)
    return Raw(frame, None, text.delimiter == ";", (*notes, *faults))


def _read_workbook(content: bytes, reading: Reading, sheet: str | None) -> Raw:
    rows = read_sheet(content, reading.file, sheet=sheet, preferred=reading.table)
    width = max((len(row) for row in rows), default=0)
    # A sheet stores a row only up to its last filled cell; that is no fault.
    frame, faults = _assemble([row + [""] * (width - len(row)) for row in rows], reading)
    return Raw(frame, "point", is_semicolon=False, faults=faults)


def _read_parquet(content: bytes, reading: Reading) -> Raw:
    try:
        frame = pd.read_parquet(BytesIO(content))
    except (pa.ArrowException, ValueError, OSError) as error:
        raise TableError(
            "The Parquet file is damaged",
            where=reading.file,
            remedy="Export it again, or save it as CSV.",
        ) from error
    headers, faults = _unique_headers([str(name) for name in frame.columns], reading)
    columns = {h: _column_text(frame.iloc[:, place]) for place, h in enumerate(headers)}
    text = pd.DataFrame(columns, dtype="str").reset_index(drop=True)
    text.index += 1
    return Raw(text, "point", is_semicolon=False, faults=faults)


def _column_text(column: pd.Series) -> pd.Series:
    """Write typed values as text; whole numbers without decimals, missing ones empty."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype("str").fillna("")


def _assemble(
    rows: Sequence[Sequence[str]], reading: Reading
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """Make a frame of rows, the first filled one being the header."""
    filled = [number for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    if not filled:
        raise TableError(
            "The file is empty", where=reading.file, remedy="Export it again, with its headers."
        )
    first, *numbers = filled
    cells = [*rows[first - 1]]
    while not cells[-1].strip():
        cells.pop()
    headers, header_faults = _unique_headers(cells, reading)
    body, row_faults = _even_rows({n: rows[n - 1] for n in numbers}, len(headers), reading)
    # A line without any cell only separates lines; a row of empty cells may have been meant.
    blank = {n for n, row in enumerate(rows, start=1) if row and n > first}.difference(numbers)
    columns = zip(*body, strict=True) if body else [()] * len(headers)
    frame = pd.DataFrame(
        {h: _text_array(c) for h, c in zip(headers, columns, strict=True)},
        index=pd.Index(numbers, dtype="int64"),
    )
    return frame, (*header_faults, *row_faults, *_blank_faults(sorted(blank), reading))


def _text_array(cells: Sequence[str]) -> ExtensionArray:
    # by way of Arrow it takes a quarter of the time
    texts: ExtensionArray = pd.array(pa.array(cells, pa.large_string()), dtype="str")
    return texts


def _unique_headers(cells: Sequence[str], reading: Reading) -> tuple[list[str], tuple[Fault, ...]]:
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
    rows: Mapping[int, Sequence[str]], width: int, reading: Reading
) -> tuple[list[Sequence[str]], tuple[Fault, ...]]:
    """Give each row as many cells as the header has."""
    odd = {n: row for n, row in rows.items() if len(row) != width}
    if not odd:
        return list(rows.values()), ()
    even = [
        row if len(row) == width else [*row[:width], *[""] * (width - len(row))]
        for row in rows.values()
    ]
    # Empty cells beyond the last header change nothing.
    uneven = {n: row for n, row in odd.items() if len(row) < width or any(row[width:])}
    if not uneven:
        return even, ()
    shown = pd.Series({n: shorten(" | ".join(row)) for n, row in uneven.items()}, dtype="str")
    fault = name_rows(reading, shown.index).fault_of_rows(
        "repaired",
        "uneven_rows",
        "",
        shown,
        what=f"Rows have more or fewer cells than the {width} headers",
        remedy="Missing cells were left empty, further ones left out. A delimiter or line break "
        "inside a text needs quotation marks.",
    )
    return even, (fault,)


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

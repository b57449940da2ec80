"""Read a file as it is: every cell as text, every row with its number.

What a file is, its first bytes decide and not the ending of its name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa

from territory_kit.errors import TableError
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.files.assemble import assemble_columns, assemble_rows, unique_headers
from territory_kit.tables.files.layout import Expected, expect_headers
from territory_kit.tables.files.mark import is_input_workbook
from territory_kit.tables.files.text_files import TextTable, parse_text
from territory_kit.tables.files.workbooks import list_sheets as sheets_of_workbook
from territory_kit.tables.files.workbooks import read_sheet
from territory_kit.tables.reading import Reading, Source, name_rows
from territory_kit.tables.values.numbers import Style

MAX_FILE_MB = 1000
MAX_WORKBOOK_MB = 100
_BYTES_PER_MB = 1_000_000
_MAGIC_LENGTH = 8
# From here on most whole numbers have no float of their own, and digits would only pretend.
_WHOLE_LIMIT = 2.0**63
_EXAMPLE = "EXAMPLE-"
_NUMBER_TYPES = (float, int)
_KIND_OF_MAGIC = {
    b"PK\x03\x04": "workbook",
    b"PK\x05\x06": "workbook",
    b"\xd0\xcf\x11\xe0": "workbook",
    b"PAR1": "parquet",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
}
_KIND_OF_ENDING = {
    ".csv": "text",
    ".ods": "workbook",
    ".parquet": "parquet",
    ".tsv": "text",
    ".txt": "text",
    ".xls": "workbook",
    ".xlsb": "workbook",
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
    stored_numbers
        Which cells are stored as numbers, by header, for columns that have any; their texts have
        a decimal point. In a text file none are.
    """

    frame: pd.DataFrame
    number_style: Style | None
    is_semicolon: bool
    faults: tuple[Fault, ...]
    sheet: str = ""
    stored_numbers: Mapping[str, pd.Series] = field(default_factory=dict)


def read_raw(table: str, source: Source, expected: Expected | None = None) -> Raw:
    """Read a CSV, Excel or Parquet file as text.

    Parameters
    ----------
    table
        Name of the input, for faults and to find its sheet in a workbook.
    source
        The file.
    expected
        Headers that it may have; none given means those of the declared input.

    Returns
    -------
    Raw
        Cells as text, with their row numbers.

    Raises
    ------
    TableError
        When the file cannot be read or is no table.
    """
    kind, content = _read_bytes(source.file)
    reading = Reading(table, source.file.name)
    expected = expected or expect_headers(table, source)
    readers: dict[str, Callable[[], Raw]] = {
        "text": lambda: _read_text(content, reading, expected),
        "workbook": lambda: _read_workbook(content, reading, expected, source.sheet),
        "parquet": lambda: _read_parquet(content, reading),
    }
    if kind not in readers:
        raise TableError(
            "The file is no table",
            value=kind,
            where=source.file.name,
            remedy="Export the table as CSV or .xlsx.",
        )
    raw = readers[kind]()
    return replace(raw, faults=(*_ending_faults(source.file, kind, reading), *raw.faults))


def list_sheets(file: Path) -> tuple[str, ...]:
    """List the sheets of a file that people see.

    Parameters
    ----------
    file
        The file.

    Returns
    -------
    tuple of str
        Names of the sheets; none for a file that is no workbook.

    Raises
    ------
    TableError
        When the file cannot be read.
    """
    kind, content = _read_bytes(file)
    return sheets_of_workbook(content, file.name) if kind == "workbook" else ()


def read_text_file(file: Path) -> tuple[bytes, TextTable] | None:
    """Read a text file without splitting it into cells.

    Parameters
    ----------
    file
        The file.

    Returns
    -------
    tuple of bytes and TextTable, or None
        Its content, and how it is to be split; None for a file that is no text.

    Raises
    ------
    TableError
        When the file cannot be read.
    """
    kind, content = _read_bytes(file)
    return (content, parse_text(content, file.name)) if kind == "text" else None


def _read_bytes(file: Path) -> tuple[str, bytes]:
    """Read what a file is, and its content if that is not too much."""
    try:
        with file.open("rb") as opened:
            magic = opened.read(_MAGIC_LENGTH)
            size_mb = file.stat().st_size / _BYTES_PER_MB
            kind = next((k for m, k in _KIND_OF_MAGIC.items() if magic.startswith(m)), "text")
            _refuse_large(file.name, kind, size_mb)
            return kind, magic + opened.read()
    except OSError as error:
        raise TableError(
            "The file cannot be read",
            value=error.strerror or "",
            where=str(file),
            remedy="Check the path in plan.yaml, and that the file is not open elsewhere.",
        ) from error


def _refuse_large(file: str, kind: str, size_mb: float) -> None:
    if kind == "workbook" and size_mb > MAX_WORKBOOK_MB:
        raise TableError(
            "The workbook is too large",
            value=f"{size_mb:,.0f} MB",
            where=file,
            remedy=f"Export the sheet as CSV, or keep only the rows and columns that are needed: "
            f"{MAX_WORKBOOK_MB} MB at most.",
        )
    if size_mb > MAX_FILE_MB:
        raise TableError(
            "The file is too large",
            value=f"{size_mb:,.0f} MB",
            where=file,
            remedy=f"Keep only the rows and columns that are needed, {MAX_FILE_MB} MB at most.",
        )


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


def _read_text(content: bytes, reading: Reading, expected: Expected) -> Raw:
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
    columns = text.columns()
    if columns is None:
        frame, faults = assemble_rows(text.rows(), reading, expected)
    else:
        frame, faults = assemble_columns(columns, reading, expected)
    return Raw(frame, None, text.delimiter == ";", (*notes, *faults))


def _read_workbook(
    content: bytes, reading: Reading, expected: Expected, sheet_name: str | None
) -> Raw:
    sheet = read_sheet(content, reading.file, sheet=sheet_name, preferred=reading.table)
    placed = replace(reading, sheet=sheet.name)
    frame, faults = assemble_rows(sheet.rows, placed, expected)
    example_faults: list[Fault] = []
    if is_input_workbook(content):
        frame, example_faults = _without_examples(frame, placed)
    notes = [] if sheet.shows_failures else [_unseen_failures(placed)]
    return Raw(
        frame,
        None,
        is_semicolon=False,
        faults=(*notes, *faults, *example_faults),
        sheet=sheet.name,
        stored_numbers=_stored_numbers(frame, sheet.cells),
    )


def _stored_numbers(
    frame: pd.DataFrame, cells: Sequence[Sequence[object]]
) -> Mapping[str, pd.Series]:
    rows = [cells[number - 1] for number in frame.index]
    stored = {
        str(header): [type(cell) in _NUMBER_TYPES for cell in column]
        for header, column in zip(frame, zip(*rows, strict=True), strict=False)
    }
    return {h: pd.Series(flags, frame.index) for h, flags in stored.items() if any(flags)}


def _unseen_failures(reading: Reading) -> Fault:
    return reading.fault_of_table(
        "notice",
        "unseen_sheet_errors",
        what="In a workbook of this format failed formulas such as #N/A look like empty cells",
        remedy="If it has formulas, save it as .xlsx to see which failed.",
    )


def _without_examples(frame: pd.DataFrame, reading: Reading) -> tuple[pd.DataFrame, list[Fault]]:
    """Leave out the rows that our own workbook for inputs has as examples."""
    first = frame.iloc[:, 0].str.strip()
    examples = first.loc[first.str.startswith(_EXAMPLE)]
    if examples.empty:
        return frame, []
    fault = name_rows(reading, examples.index, examples).fault_of_rows(
        "notice",
        "example_rows",
        "",
        examples,
        what=f"Example rows, whose identifiers begin with {_EXAMPLE}, were left out",
        remedy="Nothing to do. Delete them in the workbook to no longer see this.",
    )
    return frame.drop(index=examples.index), [fault]


def _read_parquet(content: bytes, reading: Reading) -> Raw:
    try:
        frame = pd.read_parquet(BytesIO(content))
    except (pa.ArrowException, ValueError, OSError) as error:
        raise TableError(
            "The Parquet file is damaged",
            where=reading.file,
            remedy="Export it again, or save it as CSV.",
        ) from error
    # an index with a name holds identifiers more often than not
    named = [name for name in frame.index.names if name is not None]
    frame = frame.reset_index(named, allow_duplicates=True).reset_index(drop=True)
    headers, faults = unique_headers([str(name) for name in frame.columns], reading)
    columns = {h: _column_text(frame.iloc[:, place]) for place, h in enumerate(headers)}
    text = pd.DataFrame(columns, index=frame.index, dtype="str")
    text.index += 1
    stored = {
        header: pd.Series(data=True, index=text.index)
        for place, header in enumerate(headers)
        if pd.api.types.is_numeric_dtype(frame.dtypes.iloc[place])
    }
    return Raw(text, "point", is_semicolon=False, faults=faults, stored_numbers=stored)


def _column_text(column: pd.Series) -> pd.Series:
    """Write typed values as text; whole numbers without decimals, missing ones empty."""
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.map(_whole_text, na_action="ignore")
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    return column.astype("str").fillna("")


def _whole_text(number: float) -> str:
    return str(int(number)) if abs(number) < _WHOLE_LIMIT else repr(float(number))

"""Add rows to an input that is a text file: what stands in it stays as it is, byte for byte."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from territory_kit.errors import TableError
from territory_kit.tables.files.raw import read_text_file
from territory_kit.tables.files.text_files import TextTable
from territory_kit.tables.files.write import neutralise
from territory_kit.tables.read import read_input, read_traced
from territory_kit.tables.reading import Reading, Source

_BY_HAND_DELIMITER = ";"
# Marks at the start of a file: what is added to its end needs none.
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def append_rows(
    table: str, source: Source, rows: pd.DataFrame, *, needed: Collection[str]
) -> bytes:
    """Return the content of an input with rows added below.

    Parameters
    ----------
    table
        Name of the input.
    source
        Its file, which can be read, and how its columns are called there.
    rows
        Columns of the input as text, at least one row; texts that a spreadsheet would calculate
        are made harmless.
    needed
        Columns without which the rows would mean nothing; others that the file does not have are
        left out.

    Returns
    -------
    bytes
        The file as it is, then the rows, in its encoding, with its delimiter, line ends and order
        of columns.

    Raises
    ------
    TableError
        When it is no text file, lacks a column that is needed, or would not be read back as it
        is meant; the message holds the lines to add by hand.
    """
    reading = read_traced(table, source).reading
    found = read_text_file(source.file)
    if found is None:
        lines = _lines(reading, rows, _BY_HAND_DELIMITER, "\n", with_headers=True)
        raise _refusal(source, reading, "The file is no text file: rows are not added to it", lines)
    content, text = found
    lines = _lines(reading, rows, text.delimiter, "\n", with_headers=True)
    if not set(needed) <= reading.headers.keys():
        raise _refusal(source, reading, "The file has no column for what is to be added", lines)
    try:
        added = content + _encoded(content, text, _lines_below(text, reading, rows))
    except UnicodeEncodeError:
        added = content
    kept = rows.loc[:, rows.columns.isin([*reading.headers])]
    if not _reads_back(table, source, added, kept):
        raise _refusal(source, reading, "Rows cannot be added to the file by themselves", lines)
    return added


def _lines_below(text: TextTable, reading: Reading, rows: pd.DataFrame) -> str:
    """Write the rows as they stand in the file, with a line end before where there is none."""
    end = "\r\n" if "\r\n" in text.text else "\n"
    start = "" if text.text.endswith(("\n", "\r")) else end
    return start + _lines(reading, rows, text.delimiter, end, with_headers=False)


def _lines(
    reading: Reading, rows: pd.DataFrame, delimiter: str, end: str, *, with_headers: bool
) -> str:
    """Write rows in the order of the file's columns; in ours where it has none."""
    by_header = {header: name for name, header in reading.headers.items() if name in rows}
    headers = sorted(reading.positions, key=lambda header: reading.positions[header])
    if not by_header:
        headers = [str(name) for name in rows]
        by_header = {name: name for name in headers}
    safe = neutralise(rows).astype("object")
    cells: Mapping[str, list[str]] = {
        header: safe[by_header[header]].fillna("").tolist()
        if header in by_header
        else [""] * len(rows)
        for header in headers
    }
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    if with_headers:
        writer.writerow(headers)
    writer.writerows(zip(*cells.values(), strict=True))
    return written.getvalue()


def _encoded(content: bytes, text: TextTable, added: str) -> bytes:
    return added.encode(_UTF_16.get(content[:2], text.guessed_encoding or "utf-8"))


def _reads_back(table: str, source: Source, content: bytes, rows: pd.DataFrame) -> bool:
    """Try whether a reader finds what was there before, and the rows."""
    before, _ = read_input(table, source)
    with TemporaryDirectory() as folder:
        draft = Path(folder) / source.file.name
        draft.write_bytes(content)
        after, _ = read_input(table, replace(source, file=draft))
    names = list(rows)
    wanted = pd.concat([before[names].astype("str"), rows.astype("str")])
    return list(before) == list(after) and _sorted(wanted) == _sorted(after[names].astype("str"))


def _sorted(texts: pd.DataFrame) -> list[tuple[str, ...]]:
    return sorted(texts.fillna("").itertuples(index=False, name=None))


def _refusal(source: Source, reading: Reading, what: str, lines: str) -> TableError:
    place = f"{source.file}, sheet {reading.sheet}" if reading.sheet else str(source.file)
    return TableError(
        what, where=place, remedy=f"Add these by hand below the last row:\n{lines.rstrip()}"
    )

"""Read text files: find the encoding and the delimiter, split into cells."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mode

import pyarrow as pa
from charset_normalizer import from_bytes

from territory_kit.errors import TableError
from territory_kit.tables.files.plain_text import split_plain

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS_COUNT = 100
_SAMPLE_CHARACTERS_COUNT = 200_000
_SAMPLE_BYTES_COUNT = 100_000
_FEWEST_CELLS_COUNT = 3
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Encodings of office programs. Without a short list a few accents match too many.
_ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "cp932", "gb18030"]
_BETWEEN_WORDS = re.compile(rb"[\s\d,;|\"]+")
_MARKUP = ("<!doctype", "<html", "<table", "<?xml")


@dataclass(frozen=True)
class TextTable:
    """A text file, and how it is split into cells.

    Parameters
    ----------
    text
        The whole text.
    delimiter
        Character between cells.
    guessed_encoding
        Name of the encoding when it had to be guessed, else empty.
    file
        Its name, for messages.
    tells_delimiter
        Whether the first line is none of the table, but tells Excel the delimiter: ``sep=;``.
    """

    text: str
    delimiter: str
    guessed_encoding: str
    file: str
    tells_delimiter: bool

    def columns(self) -> pa.Table | None:
        """Split the text into columns, where it is plainly well-formed.

        Returns
        -------
        pyarrow.Table or None
            Cells as text, from the first line on.
        """
        first = next(_sample_rows(self.text, self.delimiter), [])
        if self.tells_delimiter or not first:
            return None
        return split_plain(self.text, self.delimiter, len(first))

    def rows(self) -> list[tuple[str, ...]]:
        """Split the text into rows of cells.

        Returns
        -------
        list of tuple of str
            Cells of each line, the header included; a blank line has none.

        Raises
        ------
        TableError
            When a quotation mark is not closed.
        """
        rows = list(_split(self.text, self.delimiter, self.file))
        return [(), *rows[1:]] if self.tells_delimiter else rows


def parse_text(content: bytes, file: str) -> TextTable:
    """Find the encoding and the delimiter of a text file.

    Parameters
    ----------
    content
        The whole file.
    file
        Its name, for messages.

    Returns
    -------
    TextTable
        The text, ready to be split.

    Raises
    ------
    TableError
        When it is a web page or no text.
    """
    text, guessed = _decode(content)
    if "\0" in text or text.lstrip()[:20].lower().startswith(_MARKUP):
        raise TableError(
            "The file is no table",
            value="a web page or XML" if "<" in text[:200] else "not text",
            where=file,
            remedy="Export it as CSV or .xlsx; a page saved as .xls can be opened in Excel first.",
        )
    told = text[4] if text[:4].lower() == "sep=" and text[4:5] in [*_DELIMITERS] else ""
    return TextTable(text, told or _find_delimiter(text), guessed, file, tells_delimiter=bool(told))


def _decode(content: bytes) -> tuple[str, str]:
    """Return the text, and the encoding if it is a guess."""
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    try:
        return content.decode(marked or "utf-8"), ""
    except UnicodeDecodeError:
        encoding = _guess_encoding(content)
        return content.decode(encoding, errors="replace"), encoding


def _guess_encoding(content: bytes) -> str:
    """Guess from the words with other letters than ASCII; the rest says nothing."""
    lines = [line for line in content.splitlines() if not line.isascii()]
    words = _BETWEEN_WORDS.split(b" ".join(lines)[:_SAMPLE_BYTES_COUNT])
    sample = b" ".join(word for word in words if not word.isascii())
    # Where letters and language speak for several alike, the first of our list is likeliest.
    ranks = {
        name: (round(match.chaos, 2), -round(match.coherence, 1), _ENCODINGS.index(name))
        for match in from_bytes(sample, cp_isolation=_ENCODINGS)
        for name in match.could_be_from_charset
        if name in _ENCODINGS
    }
    return min(ranks, key=lambda name: ranks[name], default=_ENCODINGS[0])


def _find_delimiter(text: str) -> str:
    """Take the delimiter that gives most rows the header's number of cells, then most cells."""
    scores: dict[str, tuple[float, int]] = {}
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in _sample_rows(text, delimiter) if row]
        if not widths:
            continue
        # a title above the headers has one cell, and tells nothing
        told = widths[0] if widths[0] > 1 else mode(widths)
        if widths[0] > 1 or told >= _FEWEST_CELLS_COUNT:
            scores[delimiter] = (widths.count(told) / len(widths), mode(widths))
    return max(scores, key=lambda d: scores[d], default=",")


def _sample_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    sample = io.StringIO(text[:_SAMPLE_CHARACTERS_COUNT], newline="")
    reader = csv.reader(sample, delimiter=delimiter)
    try:
        for _, row in zip(range(_SAMPLE_ROWS_COUNT), reader, strict=False):
            yield row
    except csv.Error:
        # an open quotation mark: the rows so far decide, the whole file is refused later
        return


def _split(text: str, delimiter: str, file: str) -> Iterator[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        # Python's search for unused objects skips tuples of texts: a third of the time is saved.
        yield from map(tuple, reader)
    except csv.Error as error:
        raise TableError(
            "A quotation mark opens a text that does not end where its cell ends",
            value=f"near line {reader.line_num}",
            where=file,
            remedy='Close it, or write a quotation mark inside a text twice ("").',
        ) from error

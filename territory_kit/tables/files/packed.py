"""Look into the parts of a packed workbook before its cells are read.

The reader of the cells lays a sheet out as a full rectangle and leaves failed formulas empty. So
what would not fit in memory is refused here, and failed formulas are found here.
"""

import re
import zipfile
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from posixpath import join, normpath

from territory_kit.errors import TableError

MAX_UNPACKED_MB = 1500
MAX_CELLS_COUNT = 40_000_000
_BYTES_PER_MB = 1_000_000
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\w+:id=\"([^\"]+)\"")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_ROW = re.compile(rb"<(?:\w+:)?row[^>]*? r=\"(\d+)\"")
_WIDE_CELL = re.compile(rb' r="([A-Z]{2,3})\d')
_WIDEST_CELL = re.compile(rb' r="[A-Z]{3}\d')
_FAILED_CELL = re.compile(
    rb"<(?:\w+:)?c\s((?:[^>]*\s)?t=\"e\"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_LETTERS_COUNT = 26
_TWO_LETTERS_WIDTH = 702
_LARGEST_WIDTH = 16_384
_TAIL_BYTES = 1_000_000


@dataclass(frozen=True)
class Package:
    """A workbook as the archive that it is.

    Parameters
    ----------
    archive
        The open archive.
    file
        Name of the file, for messages.
    """

    archive: zipfile.ZipFile
    file: str

    @classmethod
    def open(cls, content: bytes, file: str) -> "Package":
        """Open the archive, if it is a workbook of bearable size.

        Parameters
        ----------
        content
            The whole file.
        file
            Its name, for messages.

        Returns
        -------
        Package
            The open archive.

        Raises
        ------
        TableError
            When it is another archive, or too large once unpacked.
        ValueError
            When the archive is damaged.
        """
        try:
            archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise ValueError(str(error)) from error
        if not {*archive.namelist()} & {*_BOOKS}:
            raise TableError(
                "The file is a ZIP archive, and no workbook",
                value=", ".join(sorted(archive.namelist())[:3]),
                where=file,
                remedy="Unpack it, and give the file that is inside.",
            )
        unpacked_mb = sum(part.file_size for part in archive.infolist()) / _BYTES_PER_MB
        if unpacked_mb > MAX_UNPACKED_MB:
            raise _size_error(f"{unpacked_mb:,.0f} MB unpacked", file)
        return cls(archive, file)

    def find_failures(self, place: int) -> dict[tuple[int, int], str] | None:
        """Find the cells of a sheet in which a formula failed.

        Parameters
        ----------
        place
            Place of the sheet in the workbook, from 0.

        Returns
        -------
        dict or None
            Text of the failure by row and column, both from 0; None where the format is another
            than .xlsx and they cannot be found.

        Raises
        ------
        TableError
            When the sheet, laid out with all its empty cells, would not fit in memory.
        ValueError
            When the archive is damaged.
        """
        try:
            part = self._find_part(place)
            if part is None:
                return None
            sheet = self.archive.read(part)
        except (zipfile.BadZipFile, KeyError, IndexError, EOFError, NotImplementedError) as error:
            raise ValueError(str(error)) from error
        self._refuse_vast(sheet)
        failures = {}
        for attributes, text in _FAILED_CELL.findall(sheet) if b't="e"' in sheet else ():
            if address := _ADDRESS.search(attributes):
                row, column = int(address[2]) - 1, _column_number(address[1]) - 1
                failures[row, column] = unescape(text.decode(errors="replace"))
        return failures

    def _find_part(self, place: int) -> str | None:
        if "xl/workbook.xml" not in self.archive.namelist():
            return None
        relations = (
            dict(_ATTRIBUTE.findall(relation))
            for relation in _RELATION.findall(self.archive.read("xl/_rels/workbook.xml.rels"))
        )
        targets = {found.get(b"Id"): found.get(b"Target", b"") for found in relations}
        identifier = _SHEET.findall(self.archive.read("xl/workbook.xml"))[place]
        return normpath(join("/xl", unescape(targets[identifier].decode()))).lstrip("/")

    def _refuse_vast(self, sheet: bytes) -> None:
        """Refuse a sheet whose last filled cell is so far out that memory would not do."""
        numbers = _ROW.findall(sheet, max(len(sheet) - _TAIL_BYTES, 0))
        rows_count = max(map(int, numbers), default=0)
        # few sheets need the slow look at every cell
        widest = _LARGEST_WIDTH if _WIDEST_CELL.search(sheet) else _TWO_LETTERS_WIDTH
        if rows_count * widest <= MAX_CELLS_COUNT:
            return
        width = max(map(_column_number, set(_WIDE_CELL.findall(sheet))), default=_LETTERS_COUNT)
        if rows_count * width > MAX_CELLS_COUNT:
            raise _size_error(f"{rows_count:,} rows by {width:,} columns", self.file)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS_COUNT + letter - ord("A") + 1
    return number


def _size_error(value: str, file: str) -> TableError:
    return TableError(
        "The workbook is too large",
        value=value,
        where=file,
        remedy="Export the sheet as CSV, or delete what stands far below or beside the table.",
    )

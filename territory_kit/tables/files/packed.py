"""Look into the parts of a packed workbook before its cells are read.

The reader of the cells lays a sheet out as a full rectangle and leaves failed formulas empty. So
what would not fit in memory is refused here, and failed formulas are found here.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from posixpath import basename, dirname, join, normpath

from territory_kit.errors import TableError
from territory_kit.tables.files.extent import Extent, binary_extent, open_document_extents

MAX_UNPACKED_MB = 1500
MAX_CELLS_COUNT = 40_000_000
# An OpenDocument sheet may repeat filled cells, which cost more than empty ones.
MAX_REPEATED_CELLS_COUNT = 10_000_000
_BYTES_PER_MB = 1_000_000
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_START_PART = "_rels/.rels"
_BOOK_TYPE = b"/officeDocument"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\w+:id\s*=\s*[\"']([^\"']+)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_SPACED_PLACES = tuple(b"r%s=" % sign for sign in (b" ", b"\t", b"\n", b"\r")) + tuple(
    b"r=%s" % sign for sign in (b" ", b"\t", b"\n", b"\r")
)
_SPACED_PLACE = re.compile(rb"\br\s*=\s*")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d+)")
_ROW_START = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_BARE_ROW = re.compile(_ROW_START.pattern + rb"(?![^>]*\sr=)")
_CELL_START = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_BARE_CELL = re.compile(_CELL_START.pattern + rb"(?![^>]*\sr=)")
_ODD_CELLS = (b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r", b":c")
_WIDE_CELL = re.compile(rb"r=[\"']([A-Za-z]{2,3})\d")
_WIDEST_CELL = re.compile(rb"r=[\"'][A-Za-z]{3}\d")
_FAILED_CELL = re.compile(
    rb"<(?:\w+:)?c\s((?:[^>]*\s)?t=[\"']e[\"'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_FAILED_TYPES = (b't="e"', b"t='e'")
_ADDRESS = re.compile(rb"\br=[\"']([A-Za-z]+)(\d+)[\"']")
_LETTERS_COUNT = 26
_TWO_LETTERS_WIDTH = 702
_LARGEST_WIDTH = 16_384
_TAIL_BYTES = 1_000_000
# A damaged archive raises one of these, by what is damaged.
_DAMAGE = (zipfile.BadZipFile, KeyError, IndexError, EOFError, RuntimeError, zlib.error)


@dataclass(frozen=True)
class Package:
    """A workbook as the archive that it is.

    Parameters
    ----------
    archive
        The open archive.
    content
        The whole file; parts that have other names than usual are renamed.
    file
        Name of the file, for messages.
    """

    archive: zipfile.ZipFile
    content: bytes
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
        with _damage_as_value_error():
            archive = zipfile.ZipFile(BytesIO(content))
            unpacked_mb = sum(part.file_size for part in archive.infolist()) / _BYTES_PER_MB
            if unpacked_mb > MAX_UNPACKED_MB:
                raise _size_error(f"{unpacked_mb:,.0f} MB unpacked", file)
            if not {*archive.namelist()} & {*_BOOKS}:
                content = _with_usual_names(archive, file)
                archive = zipfile.ZipFile(BytesIO(content))
            package = cls(archive, content, file)
            package._refuse_repetitions()
        return package

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
        with _damage_as_value_error():
            self._refuse_vast_binary()
            part = self._find_part(place)
            if part is None:
                return None
            sheet = _without_spaced_places(self.archive.read(part))
        self._refuse_vast(sheet)
        failures = {}
        may_fail = any(sign in sheet for sign in _FAILED_TYPES)
        for attributes, text in _FAILED_CELL.findall(sheet) if may_fail else ():
            if address := _ADDRESS.search(attributes):
                row, column = int(address[2]) - 1, _column_number(address[1]) - 1
                failures[row, column] = unescape(text.decode(errors="replace"))
        return failures

    def _find_part(self, place: int) -> str | None:
        if "xl/workbook.xml" not in self.archive.namelist():
            return None
        relations = _relations(self.archive, "xl/_rels/workbook.xml.rels")
        targets = {found.get(b"Id"): _part_name("/xl", found) for found in relations}
        return targets[_SHEET.findall(self.archive.read("xl/workbook.xml"))[place]]

    def _refuse_repetitions(self) -> None:
        """Refuse an OpenDocument workbook, which is read as a whole, for its largest sheet."""
        if "content.xml" not in self.archive.namelist():
            return
        for rows_count, width in open_document_extents(self.archive.read("content.xml")):
            if rows_count * width > MAX_REPEATED_CELLS_COUNT:
                raise _size_error(f"{rows_count:,} rows by {width:,} columns", self.file)

    def _refuse_vast_binary(self) -> None:
        """Refuse an .xlsb for any sheet whose last filled cell is too far out."""
        if "xl/_rels/workbook.bin.rels" not in self.archive.namelist():
            return
        parts = {
            _part_name("/xl", r) for r in _relations(self.archive, "xl/_rels/workbook.bin.rels")
        }
        for part in sorted(parts & {*self.archive.namelist()}):
            refuse_vast(binary_extent(self.archive.read(part)), self.file)

    def _refuse_vast(self, sheet: bytes) -> None:
        """Refuse a sheet whose last filled cell is so far out that memory would not do."""
        tail = max(len(sheet) - _TAIL_BYTES, 0)
        numbers = _ROW.findall(sheet, tail)
        # rows without a number follow the last one that has one
        bare_count = len(_BARE_ROW.findall(sheet, tail if numbers else 0))
        rows_count = max(map(int, numbers), default=0) + bare_count
        bare_width = _bare_width(sheet) if _has_bare_cells(sheet) else 0
        # few sheets need the slow look at every cell
        widest = _LARGEST_WIDTH if _WIDEST_CELL.search(sheet) else _TWO_LETTERS_WIDTH
        if rows_count * (widest + bare_width) <= MAX_CELLS_COUNT:
            return
        width = max(map(_column_number, set(_WIDE_CELL.findall(sheet))), default=_LETTERS_COUNT)
        refuse_vast((rows_count, width + bare_width), self.file)


def refuse_vast(extent: Extent, file: str) -> None:
    """Refuse a sheet that would not fit in memory.

    Parameters
    ----------
    extent
        Its rows and columns.
    file
        Name of the file, for messages.

    Raises
    ------
    TableError
        When it has more cells than are borne.
    """
    rows_count, width = extent
    if rows_count * width > MAX_CELLS_COUNT:
        raise _size_error(f"{rows_count:,} rows by {width:,} columns", file)


@contextmanager
def _damage_as_value_error() -> Iterator[None]:
    try:
        yield
    except (*_DAMAGE, NotImplementedError) as error:
        raise ValueError(str(error)) from error


def _relations(archive: zipfile.ZipFile, part: str) -> list[dict[bytes, bytes]]:
    return [dict(_ATTRIBUTE.findall(found)) for found in _RELATION.findall(archive.read(part))]


def _part_name(folder: str, relation: Mapping[bytes, bytes]) -> str:
    target = unescape(relation.get(b"Target", b"").decode())
    return normpath(join(folder, target)).lstrip("/")


def _with_usual_names(archive: zipfile.ZipFile, file: str) -> bytes:
    """Rename the main part, which the archive says and the reader of the cells expects."""
    names = archive.namelist()
    starts = _relations(archive, _START_PART) if _START_PART in names else []
    books = [_part_name("/", s) for s in starts if s.get(b"Type", b"").endswith(_BOOK_TYPE)]
    book = next((name for name in books if name in names and name.startswith("xl/")), None)
    if book is None:
        raise TableError(
            "The file is a ZIP archive, and no workbook",
            value=", ".join(sorted(names)[:3]),
            where=file,
            remedy="Unpack it, and give the file that is inside.",
        )
    usual = "workbook.bin" if book.endswith(".bin") else "workbook.xml"
    old_relations = f"{dirname(book)}/_rels/{basename(book)}.rels"
    renamed = {book: f"xl/{usual}", old_relations: f"xl/_rels/{usual}.rels"}
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in names:
            copy.writestr(renamed.get(name, name), archive.read(name))
    return content.getvalue()


def _without_spaced_places(sheet: bytes) -> bytes:
    is_spaced = any(sign in sheet for sign in _SPACED_PLACES)
    return _SPACED_PLACE.sub(b"r=", sheet) if is_spaced else sheet


def _has_bare_cells(sheet: bytes) -> bool:
    """Tell whether cells do not say where they stand; as nearly all sheets are written, at once."""
    is_usual = sheet.count(b"<c ") == sheet.count(b'<c r="')
    if is_usual and not any(sign in sheet for sign in _ODD_CELLS):
        return False
    return _BARE_CELL.search(sheet) is not None


def _bare_width(sheet: bytes) -> int:
    """Count the cells of the longest row, for sheets whose cells do not say where they stand."""
    return max(len(_CELL_START.findall(row)) for row in _ROW_START.split(sheet))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS_COUNT + letter - ord("A") + 1
    return number


def _size_error(value: str, file: str) -> TableError:
    return TableError(
        "The workbook is too large",
        value=value,
        where=file,
        remedy="Export the sheet as CSV, or delete what stands far below or beside the table.",
    )

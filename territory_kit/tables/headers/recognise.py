"""Recognise exports: which CRM and object a file or sheet is, which table, which columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from territory_kit.columns import get_table, input_names
from territory_kit.errors import TableError
from territory_kit.tables.files.raw import Raw, list_sheets, read_raw
from territory_kit.tables.headers.clues import count_countries, count_currencies
from territory_kit.tables.headers.crm_object import CRM_NAMES, CrmObject
from territory_kit.tables.headers.everyday import TABLE_WORDS
from territory_kit.tables.headers.guess import Guess, find_crm_object, guess_headers
from territory_kit.tables.headers.known import (
    AMBIGUOUS_HEADERS,
    CRM_OBJECTS,
    EVERYDAY,
    plain_header,
)
from territory_kit.tables.reading import Source

Kind = Literal["report", "Data Loader export", "export", "workbook", "list"]

_NAME_HINT = 0.5
_FEWEST_POINTS = 0.5


@dataclass(frozen=True)
class Recognised:
    """What a file or sheet is, and which of its headers are which of our columns.

    Parameters
    ----------
    file
        The file.
    sheet
        Sheet of a workbook; empty for other files.
    table
        Name of our input; empty when nothing speaks for one.
    crm, crm_object
        ``salesforce``, ``hubspot`` or ``dynamics`` and what it calls a row; empty when no CRM.
    kind
        Kind of export.
    guesses
        Headers taken, or possible, for our columns.
    unknown
        Headers that mean nothing to us; they travel along.
    rows_count
        Rows under the headers.
    countries, currencies
        How many cells name which country and which currency.
    """

    file: Path
    sheet: str
    table: str
    crm: str
    crm_object: str
    kind: Kind
    guesses: tuple[Guess, ...]
    unknown: tuple[str, ...]
    rows_count: int
    countries: Counter[str]
    currencies: Counter[str]

    @property
    def columns(self) -> Mapping[str, str]:
        """Header in the file by our name, for guesses that are sure or likely."""
        return {g.column: g.header for g in self.guesses if g.certainty != "unsure"}

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that no header was found for."""
        required = get_table(self.table).required if self.table else ()
        return tuple(name for name in required if name not in self.columns)

    @property
    def size(self) -> str:
        """Say how many rows it has."""
        return "1 row" if self.rows_count == 1 else f"{self.rows_count:,} rows"

    @property
    def title(self) -> str:
        """Say in words what it is."""
        if not self.table:
            return "not recognised"
        if not self.crm:
            return f"list of {self.table}"
        return f"{CRM_NAMES[self.crm]} {self.kind} ({self.crm_object})"


def recognise(source: Path, *, table: str = "") -> tuple[Recognised, ...]:
    """Recognise what a file is, by its headers and a sample of its values.

    Parameters
    ----------
    source
        A CSV, Excel or Parquet file.
    table
        Name of the input that it must be; empty: find out.

    Returns
    -------
    tuple of Recognised
        One for a text or Parquet file, one for each sheet of a workbook that people see.

    Raises
    ------
    TableError
        When the file cannot be read or is no table.
    """
    sheets = list_sheets(source)
    several = [_recognise_sheet(source, sheet, table) for sheet in sheets] if sheets[1:] else []
    found = tuple(one for one in several if one is not None)
    return found or (_recognise_one(source, read_raw("accounts", Source(source)), table),)


def _recognise_one(source: Path, raw: Raw, table: str) -> Recognised:
    found = [str(header) for header in raw.frame]
    sheet = raw.sheet
    table = table or find_table(found, name=f"{source.stem} {sheet}")
    if table not in {"", "accounts"}:
        # where the headers stand depends on what is expected
        raw = read_raw(table, Source(source, sheet=sheet or None))
        found = [str(header) for header in raw.frame]
    guesses = guess_headers(table, found, sample=raw.frame) if table else ()
    crm = find_crm_object(table, found) if table else None
    headers = {g.column: g.header for g in guesses if g.certainty != "unsure"}
    spoken_for = {guess.header for guess in guesses}
    return Recognised(
        file=source,
        sheet=sheet,
        table=table,
        crm=crm.crm if crm else "",
        crm_object=crm.name if crm else "",
        kind=_kind_of(crm, found),
        guesses=guesses,
        unknown=tuple(header for header in found if header not in spoken_for),
        rows_count=len(raw.frame),
        countries=count_countries(raw.frame, headers),
        currencies=count_currencies(raw.frame, headers),
    )


def find_table(found: Sequence[str], *, name: str = "") -> str:
    """Find the input that a file is, by its headers.

    Parameters
    ----------
    found
        Headers in the file.
    name
        Name of the file or sheet, which may hint at it.

    Returns
    -------
    str
        Name of the input; empty when nothing speaks for one.
    """
    known = {table: _known_headers(table) for table in input_names()}
    # a header counts the more, the fewer tables have it
    shares = Counter(header for headers in known.values() for header in headers)
    plain = {plain_header(header) for header in found}
    hint = plain_header(name)
    points = {
        table: sum(1 / shares[header] for header in sorted(plain & headers))
        + _NAME_HINT * any(word in hint for word in TABLE_WORDS.get(table, ()))
        + _required_share(table, found) * bool(plain & headers)
        for table, headers in known.items()
    }
    best = max(points, key=lambda table: (points[table], table == "accounts"))
    return best if points[best] >= _FEWEST_POINTS else ""


def _known_headers(table: str) -> frozenset[str]:
    own = frozenset(plain_header(name) for name in get_table(table).columns)
    objects = [known for known in (*CRM_OBJECTS, *EVERYDAY) if known.table == table]
    return own.union(AMBIGUOUS_HEADERS.get(table, ()), *(known.plain_headers for known in objects))


def _required_share(table: str, found: Sequence[str]) -> float:
    required = get_table(table).required
    guessed = {g.column for g in guess_headers(table, found) if g.certainty != "unsure"}
    return sum(name in guessed for name in required) / len(required)


def _kind_of(crm: CrmObject | None, found: Sequence[str]) -> Kind:
    if crm is None:
        return "list"
    if crm.crm == "salesforce":
        return "Data Loader export" if _uses_internal_names(crm, found) else "report"
    return "workbook" if crm.crm == "dynamics" else "export"


def _uses_internal_names(crm: CrmObject, found: Sequence[str]) -> bool:
    written = {header.casefold() for header in found}
    fields = {name.casefold() for names in crm.fields.values() for name in names}
    labels = {name.casefold() for names in crm.labels.values() for name in names}
    return len(written & (fields - labels)) > len(written & (labels - fields))


def _recognise_sheet(source: Path, sheet: str, table: str) -> Recognised | None:
    """Recognise one sheet of several; None for one without a table."""
    try:
        raw = read_raw("accounts", Source(source, sheet=sheet))
    except TableError:
        return None
    return _recognise_one(source, raw, table)

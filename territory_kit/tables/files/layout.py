"""Where the table stands in a sheet or text: below titles and notes, above totals and small print.

Nothing but what is known to be no data is cut off; when in doubt a row stays.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from territory_kit.columns import get_table
from territory_kit.tables.files.totals import NUMBER, is_total, usual_width
from territory_kit.tables.headers.known import CRM_OBJECTS, EVERYDAY, plain_header
from territory_kit.tables.reading import Source

# The header is looked for among so many rows, the end of the table among so many.
HEAD_ROWS_COUNT = 40
TAIL_ROWS_COUNT = 60
# Rows under the header that may hold units and further headings.
MOST_UNDER_COUNT = 2
_FEWEST_KNOWN_COUNT = 2
_FEWEST_HEADERS_COUNT = 4
_MOST_TITLE_CELLS_COUNT = 2
_SMALL_PRINT = re.compile(
    r"(?:copyright|©|\(c\)).*salesforce|confidential information - do not distribute"
    r"|generated (?:by|at|on):|report generated (?:by|on|at)\b",
    re.IGNORECASE,
)
_UNITS = frozenset(
    [
        "eur",
        "usd",
        "chf",
        "gbp",
        "€",
        "$",
        "£",
        "keur",
        "k€",
        "teur",
        "meur",
        "%",
        "pct",
        "percent",
        "deg",
        "degree",
        "degrees",
        "grad",
        "°",
        "km",
        "m",
        "mi",
        "miles",
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "min",
        "mins",
        "minute",
        "minutes",
        "stunden",
        "heures",
        "days",
        "tage",
        "jours",
        "weeks",
        "months",
        "years",
        "per",
        "year",
        "/year",
        "p.a.",
        "yyyy-mm-dd",
        "dd/mm/yyyy",
        "dd.mm.yyyy",
        "mm/dd/yyyy",
    ]
)
_KINDS = frozenset(
    [
        "-",
        "—",
        "–",
        "/",
        "n/a",
        "id",
        "text",
        "string",
        "code",
        "number",
        "date",
        "integer",
        "float",
        "choice",
        "yes/no",
    ]
)

Row = Sequence[str]


@dataclass(frozen=True)
class Expected:
    """What is known beforehand about the headers of a file.

    Parameters
    ----------
    headers
        Headers that may stand there, reduced to letters and digits.
    keys
        Those that may stand over the identifier.
    """

    headers: frozenset[str]
    keys: frozenset[str]


def expect_headers(table: str, source: Source) -> Expected:
    """Collect the headers that an input may have.

    Parameters
    ----------
    table
        Name of the input.
    source
        Its file, with the headers that the analyst gave.

    Returns
    -------
    Expected
        Our names, those of CRM exports and those given.
    """
    declared = get_table(table)
    key = (declared.key or declared.required)[0]
    pairs = [*source.columns.items(), *((name, name) for name in declared.columns)]
    others: set[str] = set()
    for known in (*CRM_OBJECTS, *EVERYDAY):
        if known.table == table:
            pairs += [(column, header) for column, hs in known.headers.items() for header in hs]
            others |= known.plain_headers
    plain = [(column, plain_header(header)) for column, header in pairs if plain_header(header)]
    return Expected(
        frozenset(others.union(header for _, header in plain)),
        frozenset(header for column, header in plain if column == key),
    )


def find_header(head: Sequence[Row], expected: Expected) -> int | None:
    """Find the row of the headers.

    Parameters
    ----------
    head
        First rows of the file.
    expected
        Headers that may stand there.

    Returns
    -------
    int or None
        Place of the row, from 0; None where no row holds anything.

    Notes
    -----
    It is the first filled row, unless a later one has more known headers, at least two, and each
    row above it fewer different cells; or unless it is one of a few titles above a row of four and
    more different words.
    """
    filled = [place for place, row in enumerate(head) if any(map(str.strip, row))]
    if not filled:
        return None
    known = {place: _count_known(head[place], expected) for place in filled}
    best = max(filled, key=lambda place: (known[place], -place))
    above = [place for place in filled if place < best]
    is_wider = all(_variety(head[place]) < _variety(head[best]) for place in above)
    if known[best] >= _FEWEST_KNOWN_COUNT and is_wider:
        return best
    if known[filled[0]]:
        return filled[0]
    return _below_titles(head, filled)


def _below_titles(head: Sequence[Row], filled: Sequence[int]) -> int:
    """Return the first row that is no title, if it looks like headers in another language."""
    wide = [place for place in filled if _width(head[place]) > _MOST_TITLE_CELLS_COUNT]
    first = next(iter(wide), filled[0])
    # among rows of one or two cells a single wide one is a slip, not the header
    if len(wide) <= len(filled) // 2:
        return filled[0]
    words = [cell.strip() for cell in head[first] if cell.strip()]
    is_header = len(words) >= _FEWEST_HEADERS_COUNT and len({*words}) == len(words)
    is_text = not any(NUMBER.fullmatch(word) for word in words)
    return first if is_header and is_text else filled[0]


def count_under(rows: Sequence[Row], header: Row, expected: Expected) -> int:
    """Count the rows right under the header that hold units or the headings once more.

    Parameters
    ----------
    rows
        First rows below the header, as many as may be meant.
    header
        Row of the headers.
    expected
        Headers that may stand there.

    Returns
    -------
    int
        Number of rows to leave out before the data.
    """
    keys = {place for place, cell in enumerate(header) if plain_header(cell) in expected.keys}
    count = 0
    for row in rows:
        if not (_has_units(row, keys) or _has_headings(row, expected)):
            break
        count += 1
    return count


def _has_units(row: Row, keys: Collection[int]) -> bool:
    """Tell whether all that a row holds are units, with no identifier."""
    words = {p: cell.strip().strip("[](){}").strip().casefold() for p, cell in enumerate(row)}
    words = {place: word for place, word in words.items() if word or row[place].strip()}
    has_id = any(words.get(place, "-") not in _KINDS for place in keys)
    units = _UNITS & {*words.values()}
    return bool(keys and units) and not has_id and {*words.values()} <= _UNITS | _KINDS


def _has_headings(row: Row, expected: Expected) -> bool:
    """Tell whether a row holds nothing but known headers, the identifier's among them."""
    plain = {plain_header(cell) for cell in row if cell.strip()}
    is_known = plain <= expected.headers and bool(plain & expected.keys)
    return is_known and len(plain) >= _FEWEST_KNOWN_COUNT


def count_footer(tail: Sequence[Row], header: Row, expected: Expected) -> int:
    """Count the rows at the end that are totals and small print, empty ones between included.

    Parameters
    ----------
    tail
        Last rows of the file, all below the header.
    header
        Row of the headers.
    expected
        Headers that may stand there.

    Returns
    -------
    int
        Number of rows to cut off at the end.
    """
    end = _cut_blank(tail, len(tail))
    end = _cut_small_print(tail, end)
    keys = [place for place, cell in enumerate(header) if plain_header(cell) in expected.keys]
    while keys and (last := _cut_blank(tail, end)) and _is_total(tail, last - 1, keys[0]):
        end = _cut_blank(tail, last - 1)
    return len(tail) - end if any(any(row) for row in tail[end:]) else 0


def _cut_blank(tail: Sequence[Row], end: int) -> int:
    while end and not any(map(str.strip, tail[end - 1])):
        end -= 1
    return end


def _cut_small_print(tail: Sequence[Row], end: int) -> int:
    """Cut the lines of one cell that hold known sentences, and their paragraph's first lines."""
    start = end
    while start and _width(tail[start - 1]) <= 1:
        start -= 1
    printed = [p for p in range(start, end) if _SMALL_PRINT.search(" ".join(tail[p]))]
    if not printed:
        return end
    # The name of the report stands above, after empty lines; without them it could be data.
    blank = [p for p in range(start, printed[0]) if not any(map(str.strip, tail[p]))]
    return _cut_blank(tail, blank[-1] if blank else printed[0])


def _is_total(tail: Sequence[Row], place: int, key: int) -> bool:
    above = [row for row in tail[:place] if _width(row) > 1]
    return is_total(tail[place], key, usual_width(above))


def _width(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _variety(row: Row) -> int:
    return len({cell.strip() for cell in row} - {""})


def _count_known(row: Row, expected: Expected) -> int:
    return len({plain_header(cell) for cell in row} & expected.headers)

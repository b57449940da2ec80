"""Where the table stands in a sheet or text: below titles and notes, above totals and small print.

Nothing but what is known to be no data is cut off; when in doubt a row stays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from territory_kit.columns import get_table
from territory_kit.tables.headers.known import CRM_OBJECTS, EVERYDAY, plain_header
from territory_kit.tables.reading import Source

# The header is looked for among so many rows, the end of the table among so many.
HEAD_ROWS_COUNT = 40
TAIL_ROWS_COUNT = 60
_FEWEST_KNOWN_COUNT = 2
_FEWEST_HEADERS_COUNT = 4
_MOST_TITLE_CELLS_COUNT = 2
_NUMBER = re.compile(r"[A-Z€$£¥]{0,3}\s?[+-]?\(?\d[\d\s.,']*\)?\s?[%€$£¥]?(?:[A-Z]{3})?")
_SMALL_PRINT = re.compile(
    r"(?:copyright|©|\(c\)).*salesforce|confidential information - do not distribute"
    r"|generated (?:by|at|on):|report generated (?:by|on|at)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand\s+|overall\s+)?(?:sub)?totals?(?:\s+g[ée]n[ée]ral)?|total\s+g[ée]n[ée]ral|sum|somme"
    r"|(?:gesamt)?summe|gesamt|gesamtergebnis|total general",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*(?:\([\d\s.,]+(?: \w+)?\))?\s*:?\s*")
_AGGREGATES = {"anzahl", "average", "avg", "count", "number", "record count", "records", "sum"}

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
    row above it fewer cells; or unless it is one of a few titles above a row of four and more
    different words.
    """
    filled = [place for place, row in enumerate(head) if any(map(str.strip, row))]
    if not filled:
        return None
    known = {place: _count_known(head[place], expected) for place in filled}
    best = max(filled, key=lambda place: (known[place], -place))
    above = [place for place in filled if place < best]
    is_wider = all(_width(head[place]) < _width(head[best]) for place in above)
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
    is_text = not any(_NUMBER.fullmatch(word) for word in words)
    return first if is_header and is_text else filled[0]


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
    last = _cut_blank(tail, end)
    if keys and last and _is_total(tail, last - 1, keys[0]):
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
    """Tell whether a row adds up those above: no identifier, a word for it, and numbers."""
    row = [cell.strip() for cell in tail[place]]
    labels = [p for p, cell in enumerate(row) if cell and not _NUMBER.fullmatch(cell)]
    if not labels or not _is_label(row[labels[0]]) or any(row[: labels[0]]):
        return False
    if any(row[p].casefold() not in _AGGREGATES for p in labels[1:]):
        return False
    # without numbers it must stand where the identifier should
    has_numbers = sum(map(bool, row)) > len(labels)
    if key != labels[0] and (not has_numbers or (key < len(row) and row[key])):
        return False
    above = [other for other in tail[:place] if _width(other) > 1]
    # An account may be called Total: all rows above have something that a total lacks.
    width = min(map(len, above), default=0)
    always = [p for p in range(width) if all(other[p].strip() for other in above)]
    return any(p >= len(row) or not row[p] for p in always)


def _is_label(cell: str) -> bool:
    match = _TOTAL.match(cell)
    return match is not None and _COUNTED.fullmatch(cell, match.end()) is not None


def _width(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _count_known(row: Row, expected: Expected) -> int:
    return len({plain_header(cell) for cell in row} & expected.headers)

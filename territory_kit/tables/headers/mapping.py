"""Find out which column of a file is which of ours.

First what the analyst says, then our own names whatever their case and spaces, then the headers
of CRM exports. A header may serve two of our columns only where the analyst says so, or where a
CRM's one identifier is both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from territory_kit.columns import find_column, get_table
from territory_kit.errors import list_ids, suggest
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.headers.known import AMBIGUOUS_HEADERS, KNOWN_HEADERS, plain_header
from territory_kit.tables.reading import Reading

_TURNOVER = "turnover_amount_per_year"


@dataclass(frozen=True)
class HeaderMap:
    """Which header of a file stands for which of our columns.

    Parameters
    ----------
    headers
        Header in the file by our name.
    guessed
        Our names that were found by a known CRM header.
    faults
        What was asked for and is not there, and what was guessed.
    """

    headers: Mapping[str, str]
    guessed: tuple[str, ...]
    faults: tuple[Fault, ...]


def map_headers(reading: Reading, found: Sequence[str], given: Mapping[str, str]) -> HeaderMap:
    """Map the headers of a file to our columns.

    Parameters
    ----------
    reading
        The table that is being read.
    found
        Headers in the file.
    given
        Header in the file by our name, as the analyst gave it.

    Returns
    -------
    HeaderMap
        Headers by our name, in our order; required columns that are missing are blocking.
    """
    columns = [name for name in get_table(reading.table).columns if "<" not in name]
    columns += sorted({*_family_members(reading.table, found), *given} - {*columns})
    told = {name: _find_told(given[name], found) for name in columns if name in given}
    mapped = {name: header for name, header in told.items() if header is not None}
    mapped |= _find_own_names([c for c in columns if c not in given], found)
    guesses = _find_known(
        reading.table, [c for c in columns if c not in {*given, *mapped}], found, mapped
    )
    mapped |= guesses
    faults = [
        *_told_faults(reading, given, found, told),
        *_required_faults(reading, given, found, mapped),
        *_guess_faults(reading, guesses),
        *_ambiguity_faults(reading, found, mapped),
    ]
    ordered = {name: mapped[name] for name in columns if name in mapped}
    return HeaderMap(ordered, tuple(guesses), tuple(faults))


def _family_members(table: str, found: Sequence[str]) -> set[str]:
    """Name the columns like ``need_wine_share`` that the file has."""
    families = {name for name in get_table(table).columns if "<" in name}
    names = {"_".join(header.casefold().split()) for header in found}
    return {n for n in names if (c := find_column(n)) is not None and c.name in families}


def _find_told(header: str, found: Sequence[str]) -> str | None:
    """Find a header as it was told, else the only one that differs in case and spaces."""
    if header in found:
        return header
    close = [name for name in found if plain_header(name) == plain_header(header)]
    return close[0] if len(close) == 1 else None


def _find_own_names(columns: Sequence[str], found: Sequence[str]) -> dict[str, str]:
    # The exact name comes before "Account ID"; otherwise the first in the file is used.
    plain = {plain_header(name): name for name in reversed(found)}
    plain |= {plain_header(name): name for name in found if name in columns}
    return {c: plain[plain_header(c)] for c in columns if plain_header(c) in plain}


def _find_known(
    table: str, columns: Sequence[str], found: Sequence[str], mapped: Mapping[str, str]
) -> dict[str, str]:
    plain = {plain_header(name): name for name in reversed(found)}
    free = {key: name for key, name in plain.items() if name not in mapped.values()}
    guesses: dict[str, str] = {}
    for known in KNOWN_HEADERS:
        if known.table != table or known.column not in columns or known.column in guesses:
            continue
        names = (free.get(plain_header(header)) for header in known.headers)
        name = next(filter(None, names), None)
        if name is not None:
            guesses[known.column] = name
    return guesses


def _told_faults(
    reading: Reading, given: Mapping[str, str], found: Sequence[str], told: Mapping[str, str | None]
) -> list[Fault]:
    declared = get_table(reading.table).columns
    faults = []
    for name, header in given.items():
        column = find_column(name)
        if column is None or column.name not in declared:
            fault = reading.fault_of_table(
                "blocking",
                "unknown_column",
                column=name,
                value=name,
                what=f"The plan maps a column that {reading.table} does not have",
                remedy=suggest(name, declared),
            )
        elif told[name] is None:
            fault = reading.fault_of_table(
                "blocking",
                "missing_header",
                column=name,
                value=header,
                what="The file has no column with the header that the plan gives",
                remedy=suggest(header, found),
            )
        elif name == "revenue_amount_per_year" and _means_turnover(reading.table, header):
            fault = reading.fault_of_table(
                "notice",
                "turnover_as_revenue",
                column=name,
                value=header,
                what="In a CRM this header is the account's own sales, not what it spends with us",
                remedy=f"Map it to {_TURNOVER}, unless you know better.",
            )
        else:
            continue
        faults.append(fault)
    return faults


def _means_turnover(table: str, header: str) -> bool:
    return any(
        plain_header(header) == plain_header(name)
        for known in KNOWN_HEADERS
        if known.table == table and known.column == _TURNOVER
        for name in known.headers
    )


def _required_faults(
    reading: Reading, given: Mapping[str, str], found: Sequence[str], mapped: Mapping[str, str]
) -> list[Fault]:
    """Name required columns that are missing; those mapped in vain have a fault already."""
    return [
        reading.fault_of_table(
            "blocking",
            "missing_column",
            column=name,
            value=f"headers found: {list_ids(found)}",
            what=f"The required column {name} is missing",
            remedy=f"Name its header in plan.yaml, under inputs: {reading.table}: columns: {name}.",
        )
        for name in get_table(reading.table).required
        if name not in mapped and name not in given
    ]


def _guess_faults(reading: Reading, guesses: Mapping[str, str]) -> list[Fault]:
    if not guesses:
        return []
    pairs = ", ".join(f'"{header}" as {name}' for name, header in guesses.items())
    fault = reading.fault_of_table(
        "notice",
        "guessed_headers",
        value=pairs,
        what="Headers were read as those of a CRM export",
        remedy="Where one is wrong, map the column in plan.yaml.",
    )
    return [fault]


def _ambiguity_faults(
    reading: Reading, found: Sequence[str], mapped: Mapping[str, str]
) -> list[Fault]:
    ambiguous = AMBIGUOUS_HEADERS.get(reading.table, {})
    return [
        reading.fault_of_table(
            "notice",
            "ambiguous_header",
            value=header,
            what=f"A header could mean {' or '.join(ambiguous[plain_header(header)])}",
            remedy="It was not used. Map one of the two to it in plan.yaml.",
        )
        for header in found
        if plain_header(header) in ambiguous
        and header not in mapped.values()
        and not mapped.keys() >= {*ambiguous[plain_header(header)]}
    ]

"""Map the headers of a file to our columns, and name what is missing or was guessed.

First what the analyst says, then what `guess_headers` takes them for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from territory_kit.columns import find_column, get_table
from territory_kit.errors import list_ids, suggest
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.headers.guess import Guess, guess_headers
from territory_kit.tables.headers.known import (
    AMBIGUOUS_HEADERS,
    CRM_OBJECTS,
    could_mean,
    plain_header,
)
from territory_kit.tables.reading import Reading

_TURNOVER = "turnover_amount_per_year"
_OWN_NAME = "our own name"


@dataclass(frozen=True)
class HeaderMap:
    """Which header of a file stands for which of our columns.

    Parameters
    ----------
    headers
        Header in the file by our name.
    faults
        What was asked for and is not there, and what was guessed.
    """

    headers: Mapping[str, str]
    faults: tuple[Fault, ...]


def map_headers(
    reading: Reading,
    found: Sequence[str],
    given: Mapping[str, str],
    *,
    sample: pd.DataFrame | None = None,
) -> HeaderMap:
    """Map the headers of a file to our columns.

    Parameters
    ----------
    reading
        The table that is being read.
    found
        Headers in the file.
    given
        Header in the file by our name, as the analyst gave it.
    sample
        Cells as text, where they may speak against a guess.

    Returns
    -------
    HeaderMap
        Headers by our name, in our order; required columns that are missing are blocking.
    """
    told = {name: _find_told(header, found) for name, header in given.items()}
    mapped = {name: header for name, header in told.items() if header is not None}
    guesses = guess_headers(
        reading.table,
        found,
        given={name: header or "" for name, header in told.items()},
        sample=sample,
    )
    used = [guess for guess in guesses if guess.certainty != "unsure"]
    mapped |= {guess.column: guess.header for guess in used}
    known = [guess for guess in used if guess.reason != _OWN_NAME]
    faults = [
        *_told_faults(reading, given, found, told),
        *_required_faults(reading, given, found, mapped),
        *_guess_faults(reading, known),
        *_ambiguity_faults(reading, found, mapped),
    ]
    columns = [name for name in get_table(reading.table).columns if "<" not in name]
    columns += sorted({*mapped} - {*columns})
    ordered = {name: mapped[name] for name in columns if name in mapped}
    return HeaderMap(ordered, tuple(faults))


def _find_told(header: str, found: Sequence[str]) -> str | None:
    """Find a header as it was told, else the only one that differs in case and spaces."""
    if header in found:
        return header
    close = [name for name in found if plain_header(name) == plain_header(header)]
    return close[0] if len(close) == 1 else None


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
    plain = plain_header(header)
    return plain not in AMBIGUOUS_HEADERS.get(table, {}) and any(
        plain == plain_header(name)
        for known in CRM_OBJECTS
        if known.table == table
        for name in known.headers.get(_TURNOVER, ())
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


def _guess_faults(reading: Reading, guesses: Sequence[Guess]) -> list[Fault]:
    if not guesses:
        return []
    pairs = ", ".join(f'"{guess.header}" as {guess.column}' for guess in guesses)
    fault = reading.fault_of_table(
        "notice",
        "guessed_headers",
        value=pairs,
        what="Headers were read as those of a CRM export or as everyday words",
        remedy="Where one is wrong, map the column in plan.yaml.",
    )
    return [fault]


def _ambiguity_faults(
    reading: Reading, found: Sequence[str], mapped: Mapping[str, str]
) -> list[Fault]:
    return [
        reading.fault_of_table(
            "notice",
            "ambiguous_header",
            value=header,
            what=f"A header could mean {' or '.join(meanings)}",
            remedy="It was not used. Map one of the two to it in plan.yaml.",
        )
        for header in found
        for meanings in [could_mean(reading.table, header)]
        if meanings and header not in mapped.values() and not mapped.keys() >= {*meanings}
    ]

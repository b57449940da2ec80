"""Guess which header of a file is which of our columns, how sure that is, and why.

First our own names whatever their case and spaces, then the headers of the CRM that the file comes
from, then everyday words and the headers of other CRMs. A header serves two of our columns only
where a CRM's one identifier is both.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from territory_kit.columns import find_column, get_table
from territory_kit.tables.headers.crm_object import CRM_NAMES, CrmObject
from territory_kit.tables.headers.everyday import ACCOUNT_NAME_WORDS
from territory_kit.tables.headers.known import (
    AMBIGUOUS_HEADERS,
    CRM_OBJECTS,
    EVERYDAY,
    could_mean,
    plain_header,
)

Certainty = Literal["sure", "likely", "unsure"]

# A CRM is recognised by this many of its headers, one of them no other CRM's and no everyday word.
_FEWEST_HEADERS = 3
_SAMPLE_ROWS_COUNT = 200
_NUMERIC_KINDS = ("count", "date", "money", "number", "share")
_SMALLEST_FIT_SHARE = 0.5
# Headers that name the account where its identifier is wanted.
_NAMES_OF_ACCOUNTS = frozenset(
    plain_header(word)
    for word in ("Account Name", "Associated Company", "Company / Account", *ACCOUNT_NAME_WORDS)
)


@dataclass(frozen=True)
class Guess:
    """One header that was taken, or could be taken, for one of our columns.

    Parameters
    ----------
    column
        Our name.
    header
        Header in the file.
    certainty
        ``sure``: our own name, or a header of the file's own CRM. ``likely``: an everyday word, or
        a header of another CRM. ``unsure``: could be something else; it is not used.
    reason
        Why, in words.
    """

    column: str
    header: str
    certainty: Certainty
    reason: str


def guess_headers(
    table: str,
    found: Sequence[str],
    *,
    given: Mapping[str, str] | None = None,
    sample: pd.DataFrame | None = None,
) -> tuple[Guess, ...]:
    """Guess which headers of a file stand for our columns.

    Parameters
    ----------
    table
        Name of the input.
    found
        Headers in the file.
    given
        Header in the file by our name, as the analyst gave it: these columns and headers are
        settled, though a header of our own name may be used again.
    sample
        Cells as text; a column of words is then not taken for numbers or dates.

    Returns
    -------
    tuple of Guess
        At most one that is sure or likely for each column, and all that are unsure.
    """
    given = given or {}
    guesses = {g.column: g for g in _own_names(table, found) if g.column not in given}
    home = find_crm_object(table, found)
    for source in _sources(table, home):
        taken = {*given.values(), *(guess.header for guess in guesses.values())}
        free = [header for header in found if header not in taken]
        if source is not home:
            free = [h for h in free if plain_header(h) not in AMBIGUOUS_HEADERS.get(table, {})]
        new = _guess_from(source, free, is_home=source is home)
        fitting = [_unless_of_its_own(_checked(guess, sample), table, home) for guess in new]
        guesses |= {g.column: g for g in fitting if g.column not in {*given, *guesses}}
    used = {*given.values(), *(g.header for g in guesses.values())}
    unsettled = _ambiguous(table, [h for h in found if h not in used], {*given, *guesses})
    return (*guesses.values(), *unsettled)


def find_crm_object(table: str, found: Sequence[str]) -> CrmObject | None:
    """Find the CRM whose export a file is.

    Parameters
    ----------
    table
        Name of the input that the file is.
    found
        Headers in the file.

    Returns
    -------
    CrmObject or None
        The object with most headers in the file; None where no header tells a CRM.
    """
    plain = {plain_header(header) for header in found}
    scores: dict[CrmObject, int] = {}
    for known in CRM_OBJECTS:
        matched = plain & known.plain_headers
        if known.table == table and len(matched) >= _FEWEST_HEADERS and matched - _shared(known):
            scores[known] = len(matched)
    return max(scores, key=lambda known: scores[known], default=None)


def _shared(known: CrmObject) -> set[str]:
    """Name the headers of a CRM that others use too."""
    others = [other for other in (*CRM_OBJECTS, *EVERYDAY) if other.crm != known.crm]
    own = {plain_header(name) for name in get_table(known.table).columns}
    return own.union(
        AMBIGUOUS_HEADERS.get(known.table, {}), *(other.plain_headers for other in others)
    )


def _sources(table: str, home: CrmObject | None) -> list[CrmObject]:
    known = [source for source in (*EVERYDAY, *CRM_OBJECTS) if source.table == table]
    return known if home is None else [home, *(source for source in known if source is not home)]


def _own_names(table: str, found: Sequence[str]) -> list[Guess]:
    names = [name for name in get_table(table).columns if "<" not in name]
    names += sorted(_family_members(table, found))
    # The exact name comes before "Account ID"; otherwise the first in the file is used.
    plain = {plain_header(header): header for header in reversed(found)}
    plain |= {plain_header(header): header for header in found if header in names}
    return [
        Guess(name, plain[plain_header(name)], "sure", "our own name")
        for name in names
        if plain_header(name) in plain
    ]


def _family_members(table: str, found: Sequence[str]) -> set[str]:
    """Name the columns like ``need_wine_share`` that the file has."""
    families = {name for name in get_table(table).columns if "<" in name}
    names = {"_".join(header.casefold().split()) for header in found}
    return {n for n in names if (c := find_column(n)) is not None and c.name in families}


def _guess_from(source: CrmObject, free: Sequence[str], *, is_home: bool) -> list[Guess]:
    plain = {plain_header(header): header for header in reversed(free)}
    guesses = []
    for column, headers in source.headers.items():
        found = next(filter(None, (plain.get(plain_header(h)) for h in headers)), None)
        if found is not None:
            guesses.append(_explained(Guess(column, found, "likely", ""), source, is_home=is_home))
    return guesses


def _explained(guess: Guess, source: CrmObject, *, is_home: bool) -> Guess:
    """Say how sure a guess is, and why."""
    certainty: Certainty = "sure" if is_home else "likely"
    crm = CRM_NAMES.get(source.crm, "")
    reason = f"{crm} calls it so" if crm else "everyday word"
    if is_home:
        reason = f"header of {crm} ({source.name})"
    if guess.column == "account_id" and plain_header(guess.header) in _NAMES_OF_ACCOUNTS:
        certainty, reason = "likely", "names the account, which is looked up among the accounts"
    elif guess.column == "revenue_amount_per_year" and crm == CRM_NAMES["hubspot"]:
        certainty, reason = "likely", "HubSpot adds up won deals of all years: check the amounts"
    return Guess(guess.column, guess.header, certainty, reason)


def _checked(guess: Guess, sample: pd.DataFrame | None) -> Guess:
    """Call a guess unsure where the values speak against it."""
    column = find_column(guess.column)
    if sample is None or column is None or column.kind not in _NUMERIC_KINDS:
        return guess
    cells = sample[guess.header].head(_SAMPLE_ROWS_COUNT).astype("str").str.strip()
    filled = cells.loc[cells != ""]
    if filled.empty or filled.str.contains(r"\d").mean() >= _SMALLEST_FIT_SHARE:
        return guess
    wanted = "dates" if column.kind == "date" else "numbers"
    return Guess(guess.column, guess.header, "unsure", f"its values are no {wanted}")


def _unless_of_its_own(guess: Guess, table: str, home: CrmObject | None) -> Guess:
    """Call an identifier unsure where the file's own CRM means something else by the header."""
    others = () if home is None else home.others
    is_other = plain_header(guess.header) in map(plain_header, others)
    if home is None or guess.column not in get_table(table).key or not is_other:
        return guess
    crm = CRM_NAMES[home.crm]
    return Guess(guess.column, guess.header, "unsure", f"in {crm} it is no identifier")


def _ambiguous(table: str, free: Sequence[str], settled: Collection[str]) -> list[Guess]:
    return [
        Guess(column, header, "unsure", f"could mean {' or '.join(could_mean(table, header))}")
        for header in free
        for column in could_mean(table, header)
        if column not in settled
    ]

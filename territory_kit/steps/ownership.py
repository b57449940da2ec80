"""Who has what today: territory and rep of each account, holder of each territory.

Where accounts have a rep but no territory, the rep's accounts are a territory all the same. Its
identifier is made from the rep's, so that it is the same in every run.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from territory_kit import columns


@dataclass(frozen=True, eq=False)
class Ownership:
    """Today's owners.

    Parameters
    ----------
    accounts
        One row per account: ``account_id``, ``today_territory_id`` and ``today_rep_id``.
    territory_of_rep
        Territory of each rep; for a new one the territory that a lock or override may open.
    rep_of_territory
        Holder of each territory that has one.
    holders
        Reps who have accounts or a territory today.
    named_ids
        Territories of the region that the inputs name, with or without accounts.
    foreign_ids
        Territories of other regions that have accounts here.
    """

    accounts: pd.DataFrame
    territory_of_rep: dict[str, str]
    rep_of_territory: dict[str, str]
    holders: frozenset[str]
    named_ids: frozenset[str]
    foreign_ids: frozenset[str]


def own_today(
    accounts: pd.DataFrame,
    *,
    territories: pd.DataFrame | None,
    reps: pd.DataFrame | None,
    region: str,
) -> Ownership:
    """Find today's territory and rep of each account of a region.

    Parameters
    ----------
    accounts
        Needs ``account_id``, ``current_territory_id`` and ``current_rep_id``.
    territories
        The input, or None; ``territory_id``, ``rep_id`` and ``region`` are read.
    reps
        The input, or None; ``rep_id``, ``role`` and ``region`` are read. Who has another role than
        owner has accounts, but no territory; who is not in it is unknown.
    region
        Name of the region; territories and reps of other regions are foreign.

    Returns
    -------
    Ownership
        A given territory or rep stands; a missing one comes from the other, where that is known.
    """
    listed = columns.empty_frame("territories") if territories is None else territories
    people = columns.empty_frame("reps") if reps is None else reps
    given = accounts[["account_id", "current_territory_id", "current_rep_id"]]
    if len(people):
        # Who is in no list cannot be asked to give anything away.
        known = given["current_rep_id"].isin(people["rep_id"])
        given = given.assign(current_rep_id=given["current_rep_id"].where(known))
        listed = listed.assign(
            rep_id=listed["rep_id"].where(listed["rep_id"].isin(people["rep_id"]))
        )
    others = set(people.loc[people["role"].notna() & (people["role"] != "owner"), "rep_id"])
    named = frozenset(listed["territory_id"]) | frozenset(given["current_territory_id"].dropna())
    pairs = [(territory, rep) for territory, rep in _pairs(given, listed) if rep not in others]
    territory_of_rep = _first_of((rep, territory) for territory, rep in pairs)
    holders = set(given["current_rep_id"].dropna()) | set(listed["rep_id"].dropna())
    for rep_id in sorted((holders | set(people["rep_id"])) - others - territory_of_rep.keys()):
        territory_of_rep[rep_id] = book_id(rep_id, named)
    held = {territory: rep for rep, territory in territory_of_rep.items()}
    rep_of_territory = held | _first_of(pairs)
    foreign = _foreign(listed, people, territory_of_rep, region)
    return Ownership(
        accounts=_fill(given, territory_of_rep, rep_of_territory),
        territory_of_rep=territory_of_rep,
        rep_of_territory=rep_of_territory,
        holders=frozenset(holders),
        named_ids=named - foreign,
        foreign_ids=foreign,
    )


def book_id(rep_id: str, taken: Collection[str]) -> str:
    """Name the territory of a rep whose accounts have none.

    Parameters
    ----------
    rep_id
        Identifier of the rep.
    taken
        Identifiers of the territories that have one.

    Returns
    -------
    str
        The rep's identifier behind ``T-``, repeated until nobody has it.

    Examples
    --------
    >>> book_id("R1", {"T1"})
    'T-R1'
    """
    name = f"T-{rep_id}"
    while name in taken:
        name = f"T-{name}"
    return name


def _pairs(given: pd.DataFrame, listed: pd.DataFrame) -> list[tuple[str, str]]:
    """Pair territories and reps: as listed, then as most accounts say, then by identifier."""
    by_pair = given.groupby(["current_territory_id", "current_rep_id"]).size()
    counts = dict(zip(by_pair.index.tolist(), by_pair.tolist(), strict=True))
    known = listed[["territory_id", "rep_id"]].dropna()
    stated = set(zip(known["territory_id"], known["rep_id"], strict=True))
    return sorted(
        counts.keys() | stated, key=lambda pair: (pair not in stated, -counts.get(pair, 0), pair)
    )


def _first_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def _foreign(
    listed: pd.DataFrame, people: pd.DataFrame, territory_of_rep: dict[str, str], region: str
) -> frozenset[str]:
    """Find territories of other regions: as listed, else as their holder's region says."""
    elsewhere = listed.loc[listed["region"].notna() & (listed["region"] != region)]
    strangers = people.loc[people["region"].notna() & (people["region"] != region), "rep_id"]
    books = {territory_of_rep[rep] for rep in strangers if rep in territory_of_rep}
    return frozenset(elsewhere["territory_id"]) | (books - frozenset(listed["territory_id"]))


def _fill(
    given: pd.DataFrame, territory_of_rep: dict[str, str], rep_of_territory: dict[str, str]
) -> pd.DataFrame:
    by_rep = given["current_rep_id"].map(territory_of_rep).astype("str")
    territory = given["current_territory_id"].fillna(by_rep)
    rep = given["current_rep_id"].fillna(territory.map(rep_of_territory).astype("str"))
    return pd.DataFrame(
        {
            "account_id": given["account_id"],
            "today_territory_id": territory,
            "today_rep_id": rep,
        }
    ).sort_values("account_id", ignore_index=True)

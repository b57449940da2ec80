"""Identifiers that stay: what looks most like an old territory keeps the old identifier."""

from collections.abc import Mapping, Sequence

import pandas as pd

from territory_kit.methods.matching import match_labels
from territory_kit.steps._territories.problem import number_ids
from territory_kit.steps._territories.slots import new_ids

# Accounts without work tell territories apart too.
_ACCOUNT_HOURS = 1e-3


def match_today(units: pd.DataFrame, slots: pd.DataFrame) -> dict[str, str]:
    """Exchange identifiers of redesigned territories so that fewest hours change territory.

    Parameters
    ----------
    units
        Placed accounts: ``territory_id``, ``today_territory_id``, ``workload_hours_per_year``.
    slots
        Territories of the plan: ``territory_id``, ``team``, ``size_share``, ``is_bound``.

    Returns
    -------
    dict
        New identifier by old one. Only territories of one team and size are exchanged, and none
        that an account is bound to.
    """
    names: dict[str, str] = {}
    free = slots.loc[~slots["is_bound"]]
    for _, rows in free.groupby(["team", "size_share"]):
        ids = sorted(rows["territory_id"])
        found = _match(units, "today_territory_id", ids, ids)
        rest = iter(sorted(set(ids) - set(found.values())))
        names |= {name: found[name] if name in found else next(rest) for name in ids}
    return names


def match_previous(
    units: pd.DataFrame, slots: pd.DataFrame, previous: pd.DataFrame, *, region: str
) -> dict[str, str]:
    """Give new territories the identifiers they had in the last proposal.

    Parameters
    ----------
    units
        Placed accounts: ``account_id``, ``territory_id``, ``workload_hours_per_year``.
    slots
        Territories of the plan: ``territory_id``, ``is_new``.
    previous
        ``account_id`` and ``previous_id`` of the last proposal; may have no rows.
    region
        Name of the region, for territories that the last proposal did not have.

    Returns
    -------
    dict
        Final identifier by provisional one, for new territories only.
    """
    opened = sorted(slots.loc[slots["is_new"], "territory_id"])
    if not opened:
        return {}
    fixed = set(slots["territory_id"]) - set(opened)
    known = units.merge(previous, how="left", on="account_id")
    # Whoever has a place in today's list keeps it; only identifiers of new territories are free.
    old = sorted(set(known["previous_id"].dropna()) - fixed - set(known["today_territory_id"]))
    found = _match(known, "previous_id", opened, old)
    taken = frozenset(fixed) | frozenset(previous["previous_id"].dropna())
    rest = iter(new_ids(len(opened), region=region, taken=taken))
    return {name: found[name] if name in found else next(rest) for name in opened}


def rename(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Exchange identifiers of territories.

    Parameters
    ----------
    frame
        Needs ``territory_id``.
    names
        New identifier by old one; others stay.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order.
    """
    if all(old == new for old, new in names.items()):
        return frame
    ids = [names.get(name, name) for name in frame["territory_id"]]
    return frame.assign(territory_id=pd.Series(ids, index=frame.index, dtype="str"))


def _match(
    units: pd.DataFrame, before: str, now_ids: Sequence[str], before_ids: Sequence[str]
) -> dict[str, str]:
    found = match_labels(
        number_ids(units["territory_id"], now_ids),
        number_ids(units[before], before_ids),
        units["workload_hours_per_year"].to_numpy() + _ACCOUNT_HOURS,
        new_count=len(now_ids),
        old_count=len(before_ids),
    )
    return {now_ids[now]: before_ids[old] for now, old in found.items()}

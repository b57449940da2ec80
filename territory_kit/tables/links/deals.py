"""Settle which deals are open, won or lost: CRM exports say "not won" of open deals too."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from territory_kit.tables.faults.fault import Fault, Severity
from territory_kit.tables.links.days import last_known_day
from territory_kit.tables.links.linking import Reference, fault_of
from territory_kit.tables.links.stages import read_stages

_PAST_DAYS = (
    ("visits", "visit_date"),
    ("deals", "open_date"),
    ("accounts", "last_activity_date"),
)


def settle_deals(
    tables: Mapping[str, pd.DataFrame], *, as_of: date | None
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Make ``is_won`` empty for open deals, and fill it for closed ones.

    Parameters
    ----------
    tables
        Checked tables by name.
    as_of
        Day the plan looks from; None: the last day on which something is known to have happened.

    Returns
    -------
    tuple of dict and list of Fault
        The deals, where there are any, with as many rows; and how many were settled.

    Notes
    -----
    ``is_closed`` goes before the stage, the stage before the closing day.
    """
    deals = tables.get("deals")
    if deals is None or deals.empty:
        return {}, []
    today = last_past_day(tables) if as_of is None else pd.Timestamp(as_of)
    stages = read_stages(deals["stage"])
    given = deals["is_won"]
    settled = _fill_closed(deals, stages)
    is_open = _are_open(deals.assign(is_won=settled), stages, today)
    settled = settled.mask(is_open)
    is_unknown = settled.isna() & ~is_open & _are_closed(deals, stages)
    faults = [*_faults(deals, given, settled), *_unknown_faults(deals.loc[is_unknown])]
    return {"deals": deals.assign(is_won=settled)}, faults


def last_past_day(tables: Mapping[str, pd.DataFrame]) -> pd.Timestamp | None:
    """Return the last day on which something is known to have happened.

    Parameters
    ----------
    tables
        Checked tables by name.

    Returns
    -------
    pandas.Timestamp or None
        Last visit, opening of a deal or contact; None where no such day is known.
    """
    days = [tables[table][column] for table, column in _PAST_DAYS if table in tables]
    known = [column for column in days if column.notna().any()]
    return last_known_day(pd.concat(known)) if known else None


def _fill_closed(deals: pd.DataFrame, stages: pd.Series) -> pd.Series:
    """Take from the stage, else from a chance of 0 or 1, what a closed deal does not say itself."""
    is_won = deals["is_won"]
    is_closed = deals["is_closed"].fillna(value=False)
    is_absent = bool(is_won.isna().all())
    asked = is_won.isna() & (is_closed | is_absent)
    by_stage = stages.map({"won": True, "lost": False}).astype("boolean")
    by_chance = deals["win_share"].map({1.0: True, 0.0: False}).astype("boolean")
    said = by_stage.fillna(by_chance.where(is_closed))
    return is_won.mask(asked.astype(bool), said)


def _are_open(deals: pd.DataFrame, stages: pd.Series, today: pd.Timestamp | None) -> pd.Series:
    """Mark deals that are said to be open, and lost ones that only look so."""
    is_closed = deals["is_closed"]
    said_open = is_closed.eq(other=False).fillna(value=False)
    looks_lost = is_closed.isna() & deals["is_won"].eq(other=False).fillna(value=False)
    # without a day of today, no day lies ahead
    is_future = deals["close_date"] > (pd.Timestamp.max if today is None else today)
    # A stage that says "lost" or "closed" is believed whatever the day.
    looks_open = stages.eq("open") | (stages.isna() & is_future)
    return (said_open | (looks_lost & looks_open)).astype(bool)


def _are_closed(deals: pd.DataFrame, stages: pd.Series) -> pd.Series:
    return deals["is_closed"].fillna(stages.isin(["won", "lost", "closed"])).astype(bool)


def _unknown_faults(deals: pd.DataFrame) -> list[Fault]:
    if deals.empty:
        return []
    fault = fault_of(
        "notice",
        "closed_without_outcome",
        _PLACE,
        deals,
        what="Deals are closed, and nothing says whether they were won",
        remedy="They count neither as won nor as lost. Export is_won, or a stage such as Closed "
        "Won.",
        received=deals["stage"].fillna("no stage"),
    )
    return [fault]


def _faults(deals: pd.DataFrame, given: pd.Series, settled: pd.Series) -> list[Fault]:
    is_changed = given.ne(settled).fillna(given.isna() != settled.isna()).astype(bool)
    # a row that says itself that it is open loses nothing; all else rests on a guess
    is_said = is_changed & deals["is_closed"].eq(other=False).fillna(value=False).astype(bool)
    received = _named(given, "nothing") + ", now " + _named(settled, "open")
    kinds: tuple[tuple[Severity, pd.Series, str, str], ...] = (
        ("notice", is_said, _SAID, "Nothing to do."),
        ("repaired", is_changed & ~is_said, _GUESSED, _CHECK),
    )
    return [
        fault_of(
            severity,
            "settled_deals",
            _PLACE,
            deals.loc[rows],
            what=what,
            remedy=remedy,
            received=received.loc[rows],
        )
        for severity, rows, what, remedy in kinds
        if rows.any()
    ]


def _named(is_won: pd.Series, missing: str) -> pd.Series:
    return is_won.map({True: "won", False: "not won"}).astype("str").fillna(missing)


_PLACE = Reference("deals", "is_won")
_SAID = "Deals that are not closed were taken as open, whatever they say of being won"
_GUESSED = "Whether deals are open, won or lost was settled from their stage and closing day"
_CHECK = "Check one of them. Where it is wrong, export is_closed and is_won."

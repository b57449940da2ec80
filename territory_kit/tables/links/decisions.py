"""Check overrides and locks: known targets, no contradictions, nobody locked to who leaves."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from territory_kit.tables.faults.fault import Fault, Severity
from territory_kit.tables.reading import Reading
from territory_kit.wording import with_article

_COLUMN_OF_SCOPE = {
    "account": "account_id",
    "group": "group_id",
    "postal_code": "postal_code",
    "city": "city",
}


def check_decisions(
    tables: Mapping[str, pd.DataFrame], *, today: pd.Timestamp | None, plan_start: date | None
) -> tuple[Fault, ...]:
    """Check what people decided about accounts.

    Parameters
    ----------
    tables
        Checked tables by name; those without rows left out.
    today
        Overrides that expire before do not count; None: none has expired.
    plan_start
        First day of the new territories; None: every rep with a last day leaves.

    Returns
    -------
    tuple of Fault
        Contradictory accepted overrides are blocking.
    """
    faults: list[Fault] = []
    if "overrides" in tables:
        held = _held_overrides(tables["overrides"], today)
        faults += _contradictions(held)
        faults += _unknown_values(held, tables)
        faults += _unknown_targets(held, tables)
    if "accounts" in tables:
        faults += _lock_faults(tables["accounts"])
        faults += _leaver_faults(tables, plan_start)
    return tuple(faults)


def _held_overrides(overrides: pd.DataFrame, today: pd.Timestamp | None) -> pd.DataFrame:
    held = overrides["status"].isna() | (overrides["status"] == "accepted")
    if today is not None:
        held &= ~(overrides["expires_date"] < today)
    return overrides.loc[held].dropna(subset=["scope", "value", "action"])


def _contradictions(held: pd.DataFrame) -> list[Fault]:
    """Name overrides that send the same accounts to different places."""
    placing = held.loc[held["action"] != "keep_together"]
    place = placing["action"] + " " + placing["target"].fillna("")
    subject = placing["scope"] + " " + _comparable(placing["scope"], placing["value"])
    rows = placing.assign(place=place.str.strip(), subject=subject)
    torn = rows.loc[rows.groupby("subject")["place"].transform("nunique") > 1]
    return [
        _fault(
            "blocking",
            "contradictory_overrides",
            ("overrides", "value"),
            group["override_id"],
            group["scope"] + " " + group["value"] + ": " + group["place"],
            what="Accepted overrides send the same accounts to different places",
            remedy="Keep one; set the status of the others to refused.",
        )
        for _, group in torn.groupby("subject", sort=True)
    ]


def _comparable(scope: pd.Series, value: pd.Series) -> pd.Series:
    """Compare cities whatever their case; identifiers keep theirs."""
    return value.mask(scope == "city", value.str.strip().str.lower())


def _unknown_values(held: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    if "accounts" not in tables:
        return []
    accounts = tables["accounts"]
    faults = []
    for scope, column in _COLUMN_OF_SCOPE.items():
        rows = held.loc[held["scope"] == scope]
        known = accounts[column].dropna()
        known = _comparable(pd.Series(scope, known.index, dtype="str"), known)
        unknown = rows.loc[~_comparable(rows["scope"], rows["value"]).isin(known)]
        if len(unknown):
            faults.append(
                _fault(
                    "notice",
                    "override_without_accounts",
                    ("overrides", "value"),
                    unknown["override_id"],
                    unknown["value"],
                    what=f"Overrides name {with_article(scope.replace('_', ' '))} that no "
                    "account has",
                    remedy="They have no effect. Correct the value.",
                )
            )
    return faults


def _unknown_targets(held: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Name overrides whose target is not there; known ones are listed or in use today."""
    faults = []
    for action, thing, listed, in_use in (
        ("to_rep", "rep", ("reps", "rep_id"), ("accounts", "current_rep_id")),
        (
            "to_territory",
            "territory",
            ("territories", "territory_id"),
            ("accounts", "current_territory_id"),
        ),
    ):
        named = [tables[table][column] for table, column in (listed, in_use) if table in tables]
        rows = held.loc[held["action"] == action]
        if rows.empty or not named:
            continue
        unknown = rows.loc[~rows["target"].isin(pd.concat(named).dropna())]
        if len(unknown):
            faults.append(
                _fault(
                    "notice",
                    "unknown_target",
                    ("overrides", "target"),
                    unknown["override_id"],
                    unknown["target"],
                    what=f"Overrides name no {thing} that the plan knows",
                    remedy=f"They are not applied. Correct the target, or add the {thing}.",
                )
            )
    return faults


def _lock_faults(accounts: pd.DataFrame) -> list[Fault]:
    faults = []
    for lock, column in (("rep", "current_rep_id"), ("territory", "current_territory_id")):
        locked = accounts.loc[(accounts["lock"] == lock) & accounts[column].isna()]
        if len(locked):
            faults.append(
                _fault(
                    "notice",
                    "lock_without_owner",
                    ("accounts", "lock"),
                    locked["account_id"],
                    locked["lock"],
                    what=f"Accounts are locked to their {lock}, but have none",
                    remedy=f"The lock has no effect. Fill in {column}, or take off the lock.",
                )
            )
    return [*faults, *_torn_groups(accounts)]


def _torn_groups(accounts: pd.DataFrame) -> list[Fault]:
    """Name groups that stay together, but whose members are locked to different owners."""
    if accounts["group_id"].isna().all() or accounts["lock"].isna().all():
        return []
    owner = accounts["current_rep_id"].where(accounts["lock"] == "rep")
    owner = owner.fillna(accounts["current_territory_id"].where(accounts["lock"] == "territory"))
    members = accounts.assign(owner=owner).dropna(subset=["group_id", "owner"])
    torn = members.loc[members.groupby("group_id")["owner"].transform("nunique") > 1]
    if torn.empty:
        return []
    fault = _fault(
        "notice",
        "group_locked_apart",
        ("accounts", "group_id"),
        torn["account_id"],
        torn["group_id"],
        what="Accounts of one group are locked to different owners",
        remedy="The locks win and the group is split. Take off the locks or the group.",
    )
    return [fault]


def _leaver_faults(tables: Mapping[str, pd.DataFrame], plan_start: date | None) -> list[Fault]:
    if "reps" not in tables:
        return []
    accounts, reps = tables["accounts"], tables["reps"]
    ends = reps["end_date"]
    # A rep who stays through the first year of the plan is no leaver.
    leaves = ends.notna() if plan_start is None else ends < _year_after(plan_start)
    leavers = reps.loc[leaves | reps["is_active"].eq(other=False).fillna(value=False), "rep_id"]
    locked = accounts.loc[(accounts["lock"] == "rep") & accounts["current_rep_id"].isin(leavers)]
    if locked.empty:
        return []
    fault = _fault(
        "notice",
        "locked_to_leaver",
        ("accounts", "lock"),
        locked["account_id"],
        locked["current_rep_id"],
        what="Accounts are locked to a rep who leaves",
        remedy="They change hands all the same. Take off the lock, or name a successor in "
        "overrides.",
    )
    return [fault]


def _year_after(day: date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.DateOffset(years=1)


def _fault(
    severity: Severity,
    code: str,
    place: tuple[str, str],
    ids: pd.Series,
    values: pd.Series,
    *,
    what: str,
    remedy: str,
) -> Fault:
    reading = Reading(place[0], "", labels=ids)
    return reading.fault_of_rows(severity, code, place[1], values, what=what, remedy=remedy)

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest

from territory_kit.columns import empty_frame
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.decisions import check_decisions


def table(name: str, **columns: Sequence[object]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    names = [str(column) for column in empty_frame(name)]
    cells = {column: columns.get(column, [None] * count) for column in names}
    return pd.DataFrame(cells).astype(empty_frame(name).dtypes.to_dict())


def check(*, plan_start: date | None = None, **tables: pd.DataFrame) -> tuple[Fault, ...]:
    return check_decisions(tables, today=pd.Timestamp(2026, 6, 30), plan_start=plan_start)


def overrides(*rows: str) -> pd.DataFrame:
    """Write overrides as "scope value action target", with further words left out."""
    names = ("scope", "value", "action", "target")
    cells = [row.split() + [None] * (4 - len(row.split())) for row in rows]
    columns: dict[str, Sequence[object]] = {
        name: [row[place] for row in cells] for place, name in enumerate(names)
    }
    ids = [f"O{i}" for i, _ in enumerate(rows, 1)]
    return table("overrides", override_id=ids, **columns)


ACCOUNTS = table(
    "accounts",
    account_id=["A1", "A2"],
    city=["Brest", "Lyon"],
    postal_code=["29200", "69001"],
    group_id=["G1", None],
    current_rep_id=["R1", "R2"],
    current_territory_id=["T1", "T2"],
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("account A1 to_territory T1", "account A1 to_territory T2"),
        ("account A1 to_territory T1", "account A1 to_rep R1"),
        ("account A1 exclude", "account A1 house"),
        ("city Brest to_rep R1", "city BREST to_rep R2"),
    ],
)
def test_overrides_that_contradict_each_other_are_blocking(first: str, second: str) -> None:
    (fault,) = check(overrides=overrides(first, second, "account A2 house"))
    assert (fault.severity, fault.code) == ("blocking", "contradictory_overrides")
    assert fault.ids == ("O1", "O2")


def test_the_contradiction_is_said_in_four_parts() -> None:
    (fault,) = check(overrides=overrides("account A1 to_rep R1", "account A1 house"))
    assert fault.message == (
        'Accepted overrides send the same accounts to different places: "account A1: house", '
        '"account A1: to_rep R1" (column value, 2 rows: O1, O2). '
        "Keep one; set the status of the others to refused."
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("account A1 to_rep R1", "account A1 to_rep R1"),
        ("account A1 to_rep R1", "account A1 keep_together"),
        ("account A1 to_rep R1", "city Brest to_rep R2"),  # the narrower scope wins
        ("account a1 to_rep R1", "account A1 to_rep R2"),  # identifiers keep their case
    ],
)
def test_overrides_that_can_both_hold_are_no_contradiction(first: str, second: str) -> None:
    assert check(overrides=overrides(first, second)) == () or all(
        fault.code != "contradictory_overrides"
        for fault in check(overrides=overrides(first, second))
    )


def test_refused_proposed_and_expired_overrides_contradict_nothing() -> None:
    rows = overrides(*(["account A1 house"] * 3), "account A1 exclude")
    rows["status"] = pd.Series(["refused", "proposed", "accepted", None], dtype="str")
    rows.loc[2, "expires_date"] = pd.Timestamp(2026, 6, 29)
    assert check(overrides=rows) == ()


def test_overrides_about_nobody_are_said() -> None:
    rows = overrides(
        "account A9 house",
        "group G9 house",
        "postal_code 1 house",
        "city X house",
        "city LYON house",
    )
    faults = check(accounts=ACCOUNTS, overrides=rows)
    assert [fault.ids for fault in faults] == [("O1",), ("O2",), ("O3",), ("O4",)]
    assert {fault.severity for fault in faults} == {"notice"}
    assert faults[2].message == (
        'Overrides name a postal code that no account has: "1" (column value, 1 row: O3). '
        "They have no effect. Correct the value."
    )


def test_unknown_targets_are_said() -> None:
    rows = overrides(
        "account A1 to_territory T9", "account A2 to_rep R9", "city Brest to_territory T2"
    )
    faults = check(accounts=ACCOUNTS, overrides=rows)
    assert [fault.code for fault in faults] == ["unknown_target", "unknown_target"]
    assert faults[0].message == (
        'Overrides name no rep that the plan knows: "R9" (column target, 1 row: O2). '
        "They are not applied. Correct the target, or add the rep."
    )
    assert faults[1].ids == ("O1",)
    assert "add the territory." in faults[1].message


def test_a_target_may_be_listed_without_being_in_use() -> None:
    territories = table("territories", territory_id=["T9"])
    reps = table("reps", rep_id=["R9"])
    rows = overrides("account A1 to_territory T9", "account A2 to_rep R9")
    assert check(accounts=ACCOUNTS, territories=territories, reps=reps, overrides=rows) == ()


def test_a_missing_target_is_unknown() -> None:
    (fault,) = check(accounts=ACCOUNTS, overrides=overrides("account A1 to_rep"))
    assert fault.code == "unknown_target"


@pytest.mark.parametrize(
    ("lock", "column"), [("rep", "current_rep_id"), ("territory", "current_territory_id")]
)
def test_locks_without_an_owner_are_said(lock: str, column: str) -> None:
    accounts = ACCOUNTS.assign(lock=lock)
    accounts.loc[0, column] = pd.NA
    (fault,) = check(accounts=accounts)
    assert fault.severity == "notice"
    assert fault.message == (
        f'Accounts are locked to their {lock}, but have none: "{lock}" (column lock, 1 row: A1). '
        f"The lock has no effect. Fill in {column}, or take off the lock."
    )


@pytest.mark.parametrize(
    ("end", "plan_start", "faults_count"),
    [
        ("2027-06-30", None, 1),
        ("2027-06-30", date(2027, 1, 1), 1),
        ("2027-12-31", date(2027, 1, 1), 1),
        ("2028-01-01", date(2027, 1, 1), 0),  # stays through the plan's first year
    ],
)
def test_a_lock_to_a_rep_who_leaves_is_said(
    end: str, plan_start: date | None, faults_count: int
) -> None:
    accounts = ACCOUNTS.assign(lock=["rep", "rep"])
    reps = table("reps", rep_id=["R1", "R2"], end_date=[pd.Timestamp(end), None])
    faults = check(accounts=accounts, reps=reps, plan_start=plan_start)
    message = (
        'Accounts are locked to a rep who leaves: "R1" (column lock, 1 row: A1). They change hands '
        "all the same. Take off the lock, or name a successor in overrides."
    )
    assert [fault.message for fault in faults] == [message] * faults_count


def test_a_group_whose_members_are_locked_apart_is_said() -> None:
    accounts = ACCOUNTS.assign(group_id="G1", lock=["rep", "territory"])
    (fault,) = check(accounts=accounts)
    assert fault.severity == "notice"
    assert fault.message == (
        'Accounts of one group are locked to different owners: "G1" (column group_id, 2 rows: '
        "A1, A2). The locks win and the group is split. Take off the locks or the group."
    )


def test_a_lock_to_a_rep_who_is_no_longer_active_is_said() -> None:
    accounts = ACCOUNTS.assign(lock=["rep", "rep"])
    reps = table("reps", rep_id=["R1", "R2"], is_active=[False, True])
    (fault,) = check(accounts=accounts, reps=reps)
    assert (fault.code, fault.value) == ("locked_to_leaver", '"R1"')

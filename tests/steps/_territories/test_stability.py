"""Whom a plan does not move, and when there is no need for a new one."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Options, TerritoriesOptions
from territory_kit.steps._territories.stability import (
    describe_kept,
    keep_steady,
    list_unused,
    tell_need,
)

MakeTable = Callable[..., pd.DataFrame]


def options(**settings: object) -> Options:
    return Options(
        as_of_date=date(2026, 10, 31),
        plan_start_date=date(2027, 1, 1),
        territories=TerritoriesOptions.model_validate(settings),
    )


def units(since: list[str | None]) -> pd.DataFrame:
    count = len(since)
    return pd.DataFrame(
        {
            "account_id": [str(row + 1) for row in range(count)],
            "owner_since_date": pd.to_datetime(pd.Series(since, dtype="str")),
            "today_rep_id": pd.Series(["R1"] * count, dtype="str"),
            "today_territory_id": pd.Series(["T1"] * count, dtype="str"),
        }
    )


def words(kept: pd.Series) -> list[object]:
    return list(kept.astype(object).where(kept.notna(), None))


@pytest.fixture
def deals(make_table: MakeTable) -> pd.DataFrame:
    """Make one open and one lost deal."""
    return make_table("deals", deal_id=["a", "b"], account_id=["1", "2"], is_won=[None, False])


def test_only_open_deals_hold_an_account(deals: pd.DataFrame) -> None:
    accounts = units([None, None])
    kept = keep_steady(accounts, deals, options(keep_open_deals=True))
    assert words(kept) == ["has open deals", None]
    free = accounts.assign(today_territory_id=pd.Series([None, None], dtype="str"))
    assert words(keep_steady(free, deals, options(keep_open_deals=True))) == [None, None]


def test_months_with_the_rep_count_to_the_first_day_of_the_plan() -> None:
    accounts = units(["2026-01-02", "2026-01-01", None])
    kept = keep_steady(accounts, None, options(minimum_tenure_months=12))
    # twelve months on the first day are enough; who has no date is free
    assert words(kept) == ["came to its rep only lately", None, None]


def test_nothing_is_held_unless_an_option_is_set(deals: pd.DataFrame) -> None:
    accounts = units(["2026-12-01", None])
    assert words(keep_steady(accounts, deals, options())) == [None, None]
    assert list_unused(accounts, None, options()) == ()


def test_a_rule_without_data_says_what_is_missing() -> None:
    accounts = units([None])
    (no_deals,) = list_unused(accounts, None, options(keep_open_deals=True))
    assert no_deals == (
        "Accounts with open deals shall keep their territory (keep_open_deals), but the plan has "
        "no deals of this region. Add the input deals, or take the option away."
    )
    (no_dates,) = list_unused(accounts, None, options(minimum_tenure_months=12))
    assert no_dates == (
        "Accounts shall stay with a new rep for a while (minimum_tenure_months), but it is not "
        "known since when anybody has one. Add owner_since_date to the accounts and a "
        "plan_start_date to the plan, or take the option away."
    )


def test_accounts_that_are_held_are_counted() -> None:
    placed = pd.DataFrame(
        {
            "rule": ["territory", "territory", "engine"],
            "rule_text": ["has open deals, stays in territory T1", "locked to territory T1", None],
        }
    )
    assert describe_kept(placed) == (
        "1 account is kept in today's territory because of open deals.",
    )


def today(workload: list[float], potential: list[float]) -> pd.DataFrame:
    ids = ["T1", "T2"][: len(workload)]
    values = {"territory_id": ids, "territory_name": ["North", "South"][: len(workload)]}
    return pd.DataFrame({**values, "workload_index": workload, "potential_index": potential})


@pytest.mark.parametrize(
    ("workload", "potential", "start"),
    [
        ([90.0, 110.0], [100.0, 100.0], "There is no need to realign"),
        ([100.0, 100.0], [88.0, 112.0], "There is no urgent need to realign"),
        ([80.0, 120.0], [100.0, 100.0], "There is no urgent need to realign"),
        ([79.0, 121.0], [100.0, 100.0], ""),
        ([100.0], [100.0], ""),
    ],
    ids=["closing band", "potential counts too", "watch band", "outside", "one territory"],
)
def test_two_bands_tell_whether_there_is_a_need(
    workload: list[float], potential: list[float], start: str
) -> None:
    now = today(workload, potential)
    said = tell_need(now, now)
    assert len(said) == bool(start)
    assert "".join(said).startswith(start)


def test_the_territory_to_watch_is_named() -> None:
    now = today([100.0, 100.0], [85.0, 115.5])
    (text,) = tell_need(now, now)
    assert text == (
        "There is no urgent need to realign: today's territories are inside the watch band of 80 "
        "to 120 % of target. Furthest is South, with 116 % of potential. Look again next period."
    )


def test_other_territories_than_today_are_a_need_of_their_own() -> None:
    now = today([100.0, 100.0], [100.0, 100.0])
    assert tell_need(now, now.head(1)) == ()

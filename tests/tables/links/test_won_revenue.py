from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.tables.links.won_revenue import derive_revenue

MakeTable = Callable[..., pd.DataFrame]
Tables = dict[str, pd.DataFrame]
REVENUE = "revenue_amount_per_year"
AS_OF = date(2026, 12, 31)


@pytest.fixture
def tables(make_table: MakeTable) -> Tables:
    """A1 won 100 + 20 in the year and 1,000 before it; A2 lost; A3 won without an amount."""
    deals = {
        "D1": ("A1", 100, "2026-01-01", True),
        "D2": ("A1", 20, "2026-12-31", True),
        "D3": ("A1", 1000, "2025-12-31", True),
        "D4": ("A2", 500, "2026-06-01", False),
        "D5": ("A3", None, "2026-06-01", True),
        "D6": ("A9", 7, "2026-06-01", True),
        "D7": ("A2", 9, "2027-03-01", None),
    }
    account, amount, day, won = zip(*deals.values(), strict=True)
    return {
        "accounts": make_table(
            "accounts", account_id=["A1", "A2", "A3"], revenue_amount_per_year=[5, None, None]
        ),
        "deals": make_table(
            "deals",
            deal_id=list(deals),
            account_id=account,
            amount=amount,
            close_date=day,
            is_won=won,
        ),
    }


def test_revenue_is_what_was_won_in_365_days(tables: Tables) -> None:
    linked, _ = derive_revenue(tables, as_of=AS_OF, source="won_deals")
    assert linked["accounts"][REVENUE].tolist() == [120.0, 0.0, 0.0]
    assert linked["accounts"][f"{REVENUE} (in the file)"].tolist()[0] == 5.0


def test_credits_larger_than_sales_count_as_nothing_and_are_named(tables: Tables) -> None:
    """A1 won 100 and gave back 150 in the year."""
    deals = tables["deals"]
    deals.loc[deals["deal_id"] == "D2", "amount"] = -150.0
    linked, faults = derive_revenue(tables, as_of=AS_OF, source="won_deals")
    assert linked["accounts"][REVENUE].tolist() == [0.0, 0.0, 0.0]
    (credited,) = [fault for fault in faults if "Credits" in fault.what]
    assert (credited.ids, credited.value, credited.severity) == (("A1",), '"-50"', "notice")


def test_without_a_day_the_last_closed_deal_ends_the_year(tables: Tables) -> None:
    """It is D2 on the last of December: the open D7 lies ahead."""
    linked, _ = derive_revenue(tables, as_of=None, source="won_deals")
    assert linked["accounts"][REVENUE].tolist() == [120.0, 0.0, 0.0]


def test_the_total_is_said_and_what_counts_for_nobody(tables: Tables) -> None:
    _, faults = derive_revenue(tables, as_of=AS_OF, source="won_deals")
    assert [(fault.code, fault.severity) for fault in faults] == [
        ("revenue_from_deals", "notice")
    ] * 2
    assert faults[0].message == (
        "Revenue is the sum of deals won from 2026-01-01 to 2026-12-31: in the whole plan 4 deals, "
        f"120 in all, at 1 of 3 accounts (column {REVENUE}). All other accounts have a "
        "revenue of 0. Compare the total with your books."
    )
    assert faults[1].message == (
        "Won deals without a day, an amount or a known account are in no account's revenue: "
        '"no amount", "no known account" (column amount, 2 rows: D5, D6). '
        "Fill in what is missing."
    )


def test_a_revenue_that_was_not_in_the_file_leaves_no_column(tables: Tables) -> None:
    bare = {**tables, "accounts": tables["accounts"].assign(revenue_amount_per_year=float("nan"))}
    linked, _ = derive_revenue(bare, as_of=AS_OF, source="won_deals")
    assert f"{REVENUE} (in the file)" not in linked["accounts"]


@pytest.mark.parametrize("is_given", [True, False])
def test_without_won_deals_the_plan_stops(tables: Tables, *, is_given: bool) -> None:
    inputs = {"accounts": tables["accounts"]}
    if is_given:
        inputs["deals"] = tables["deals"].assign(is_won=pd.array([False] * 7, dtype="boolean"))
    linked, (fault,) = derive_revenue(inputs, as_of=AS_OF, source="won_deals")
    assert not linked
    assert (fault.code, fault.severity) == ("revenue_without_deals", "blocking")
    assert fault.message == (
        "Revenue is asked from won deals, but the plan has none: revenue_source: won_deals (column "
        f"{REVENUE}). Add the input deals, with is_won or a stage such as Closed Won, or write "
        "revenue_source: column in plan.yaml."
    )


def test_a_plan_that_could_ask_for_it_is_told(tables: Tables) -> None:
    bare = {**tables, "accounts": tables["accounts"].assign(revenue_amount_per_year=float("nan"))}
    linked, (fault,) = derive_revenue(bare, as_of=AS_OF, source="column")
    assert not linked
    assert fault.message == (
        "No account has a revenue, but there are deals that were won: in the whole plan 5 deals "
        f"won (column {REVENUE}). To take the deals won in the last year as revenue, write "
        "revenue_source: won_deals in plan.yaml."
    )


def test_a_plan_with_revenue_needs_no_hint(tables: Tables) -> None:
    assert derive_revenue(tables, as_of=AS_OF, source="column") == ({}, [])

"""Tiny plans at the edges of what the inputs may hold, walked through all five steps.

Whatever the numbers, the steps end in words, every account has one territory or one reason, and
the order of rows decides nothing.
"""

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from territory_kit.options import Options
from territory_kit.steps.accounts import evaluate_accounts
from territory_kit.steps.market import define_market
from territory_kit.steps.reps import match_reps
from territory_kit.steps.result import StepResult
from territory_kit.steps.review import review_plan
from territory_kit.steps.territories import divide_region

MakeTable = Callable[..., pd.DataFrame]
Tables = dict[str, pd.DataFrame]
Values = dict[str, st.SearchStrategy[Any]]

STEPS = (define_market, evaluate_accounts, divide_region, match_reps, review_plan)
NO_NUMBER = re.compile(r"\b(?:nan|inf|NaN|None|NaT)\b|<NA>")
AMOUNTS = st.integers(0, 2000).map(float)
# A coarse grid, so that accounts often share a place.
LATITUDES = st.integers(0, 4).map(lambda n: 48 + n / 10)
LONGITUDES = st.integers(0, 4).map(lambda n: 2 + n / 10)

# What each edge puts in place of usual values: of accounts, of reps, and how many there are.
ACCOUNTS: dict[str, Values] = {
    "zero potential": {"potential_amount_per_year": st.just(0.0)},
    "no revenue": {"revenue_amount_per_year": st.just(0.0)},
    "potential unknown": {"potential_amount_per_year": st.none()},
    "no visits": {"visits_per_year": st.just(0.0)},
    "some without visits": {"visits_per_year": st.sampled_from([0.0, 12.0])},
    "all equal": {
        "potential_amount_per_year": st.just(100.0),
        "revenue_amount_per_year": st.just(50.0),
        "visits_per_year": st.just(12.0),
        "lat_deg": st.just(48.0),
        "lon_deg": st.just(2.0),
    },
    "ties": {
        "potential_amount_per_year": st.sampled_from([100.0, 200.0]),
        "revenue_amount_per_year": st.sampled_from([0.0, 50.0]),
        "visits_per_year": st.sampled_from([6.0, 12.0]),
    },
}
REPS: dict[str, Values] = {
    "missing quota": {"quota_amount_per_year": st.none()},
    "some without quota": {"quota_amount_per_year": st.sampled_from([None, 1000.0])},
    "quota of nothing": {"quota_amount_per_year": st.just(0.0)},
}
COUNTS: dict[str, dict[str, int]] = {
    "one rep": {"reps": 1},
    "one territory": {"territories": 1},
    "one rep and one territory": {"reps": 1, "territories": 1},
}
# Amounts of deals that were won, lost or are open; credits are won with an amount below zero.
DEALS = {
    "credits": st.integers(-500, 500).map(float),
    "nothing but credits": st.integers(-500, -1).map(float),
    "deals without amounts": st.none(),
}
EDGES = (*ACCOUNTS, *REPS, *COUNTS, *DEALS)
SMALL = settings(
    max_examples=2,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def draw_rows(draw: st.DataObject, count: int, values: Values) -> dict[str, list[Any]]:
    """Draw a column of each kind of value."""
    return {
        name: draw.draw(st.lists(each, min_size=count, max_size=count), label=name)
        for name, each in values.items()
    }


def draw_deals(
    draw: st.DataObject, amounts: st.SearchStrategy[Any], accounts: list[str], reps: list[str]
) -> dict[str, list[Any]]:
    """Draw twelve deals of the last year."""
    values: Values = {
        "account_id": st.sampled_from(accounts),
        "rep_id": st.sampled_from(reps),
        "amount": amounts,
        "is_won": st.sampled_from([True, False, None]),
        "close_date": st.sampled_from(["2026-02-01", "2026-09-30"]),
    }
    return {"deal_id": [f"D{n}" for n in range(12)], **draw_rows(draw, 12, values)}


def draw_plan(draw: st.DataObject, edge: str, make_table: MakeTable) -> tuple[Tables, Options]:
    """Draw accounts and reps of a region that has this edge, and its number of territories."""
    counts = {"reps": 2, "territories": 2} | COUNTS.get(edge, {})
    accounts_count = draw.draw(st.integers(6, 12), label="accounts")
    owners = [f"R{n}" for n in range(counts["reps"])]
    of_accounts: Values = {
        "lat_deg": LATITUDES,
        "lon_deg": LONGITUDES,
        "potential_amount_per_year": AMOUNTS,
        "revenue_amount_per_year": AMOUNTS,
        "current_rep_id": st.sampled_from(owners),
    } | ACCOUNTS.get(edge, {})
    of_reps: Values = {"quota_amount_per_year": AMOUNTS} | REPS.get(edge, {})
    ids = [f"A{n:02d}" for n in range(accounts_count)]
    accounts = draw_rows(draw, accounts_count, of_accounts)
    reps = draw_rows(draw, len(owners), of_reps)
    tables = {
        "accounts": make_table("accounts", account_id=ids, account_name=ids, **accounts),
        "reps": make_table("reps", rep_id=owners, rep_name=owners, **reps),
    }
    if edge in DEALS:
        tables["deals"] = make_table("deals", **draw_deals(draw, DEALS[edge], ids, owners))
    of_territories = {"territories_count": counts["territories"]}
    values = {"territories": of_territories, "as_of_date": "2026-10-31"}
    return tables, Options.model_validate(values)


def shuffle(rows: pd.DataFrame, order: Random) -> pd.DataFrame:
    """Put rows into another order."""
    places = list(range(len(rows)))
    order.shuffle(places)
    return rows.iloc[places].reset_index(drop=True)


def walk(tables: Tables, options: Options) -> dict[str, StepResult]:
    """Run the five steps, each with all tables that there are so far."""
    found: dict[str, StepResult] = {}
    known = dict(tables)
    for step in STEPS:
        result = step(known, region="Test", options=options)
        found[result.step] = result
        known |= result.tables
    return found


@pytest.mark.parametrize("edge", EDGES)
@SMALL
@given(draw=st.data())
def test_an_edge_ends_in_words_places_each_account_once_and_forgets_the_order_of_rows(
    edge: str, draw: st.DataObject, make_table: MakeTable
) -> None:
    tables, options = draw_plan(draw, edge, make_table)
    found = walk(tables, options)
    said = [text for each in found.values() for text in (*each.findings, *each.assumptions)]
    assert [text for text in said if NO_NUMBER.search(text)] == []
    assignment = found["territories"].tables["assignment"]
    assert sorted(assignment["account_id"]) == tables["accounts"]["account_id"].tolist()
    assert (assignment["territory_id"].isna() == assignment["left_out_reason"].notna()).all()

    order = draw.draw(st.randoms(use_true_random=False), label="order")
    shuffled = {name: shuffle(rows, order) for name, rows in tables.items()}
    for step, result in walk(shuffled, options).items():
        assert result.findings == found[step].findings
        assert result.assumptions == found[step].assumptions
        for name, table in result.tables.items():
            assert_frame_equal(table, found[step].tables[name], obj=name, rtol=1e-9)

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Costs, Options
from territory_kit.steps._reps.ratios import measure_ratios, say_ratios
from territory_kit.steps.ownership import own_today

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
Tables = dict[str, pd.DataFrame]
OPTIONS = Options(
    as_of_date=date(2026, 10, 31),
    costs=Costs(km_amount=0.5, call_amount=1, margin_share=0.3, rep_amount_per_year=40),
)


@pytest.fixture
def books(make_region: MakeRegion, make_table: MakeTable) -> Tables:
    """Make R1 with a customer and a prospect, R2 with one customer; R3 has nothing."""
    tables = make_region(
        account_id=["1", "2", "3"],
        current_rep_id=["R1", "R1", "R2"],
        revenue_amount_per_year=[100.0, 0.0, 200.0],
        margin_share=[0.5, None, None],
    )
    tables["market_accounts"] = tables["market_accounts"].assign(
        account_type=["customer", "prospect", "customer"]
    )
    visits = make_table(
        "visits",
        account_id=["1", "2", "3", "3"],
        rep_id=["R1", "R1", "R2", "R2"],
        visit_date=["2026-01-05", "2026-02-05", "2026-03-05", "2025-10-31"],
        distance_km=[10.0, 20.0, 40.0, 900.0],
    )
    reps = make_table(
        "reps",
        rep_id=["R1", "R2", "R3"],
        rep_name=["Ann", "Bob", "Cem"],
        cost_amount_per_year=[10.0, None, 5.0],
        fte_share=[1.0, 0.5, 1.0],
    )
    return {**tables, "visits": visits, "reps": reps}


def measure(tables: Tables) -> pd.DataFrame:
    people = tables["reps"]
    ownership = own_today(tables["accounts"], territories=None, reps=people, region="R")
    return measure_ratios(people, tables, ownership, options=OPTIONS)


def test_ratios_are_those_of_the_year_and_ranks_flip_with_the_yardstick(books: Tables) -> None:
    found = measure(books)
    assert found["rep_id"].tolist() == ["R1", "R2"]
    # R1: 30 km and 2 calls cost 17; R2's call of a year ago is too old, 40 km and 1 call cost 21.
    assert found["expense_amount_per_year"].tolist() == [17, 21]
    # Margin 0.5 of 100 and 0.3 of 200; pay 10 as given and half of 40.
    assert found["contribution_amount_per_year"].tolist() == pytest.approx([23, 19])
    assert found["cost_per_call_amount"].tolist() == pytest.approx([27 / 2, 41])
    assert found["penetration_share"].tolist() == [0.5, 1]
    assert found["calls_made_per_account_per_year"].tolist() == [2, 1]
    assert found["contribution_rank"].tolist() == [1, 2]
    assert found["penetration_rank"].tolist() == [2, 1]
    (sentence,) = say_ratios(found)
    assert "not for pay decisions alone" in sentence


def test_who_made_no_call_while_others_did_spent_nothing(books: Tables) -> None:
    visits = books["visits"].loc[lambda rows: rows["rep_id"] == "R1"]
    found = measure({**books, "visits": visits})
    assert found["calls_count"].tolist() == [2, 0]
    assert found["expense_amount_per_year"].tolist() == [17, 0]
    assert found["cost_per_call_amount"].isna().tolist() == [False, True]


def test_without_visits_ratios_of_calls_are_missing_and_that_is_said(books: Tables) -> None:
    found = measure({name: table for name, table in books.items() if name != "visits"})
    assert found[["calls_count", "contribution_amount_per_year"]].isna().all(axis=None)
    assert found["sales_per_account_amount_per_year"].tolist() == [100, 200]
    assert say_ratios(found)[1] == (
        "Some ratios of reps are empty, as the inputs have no visits of the last year and declared "
        "kilometres."
    )


def test_without_distances_and_money_what_depends_on_them_is_missing(books: Tables) -> None:
    market = books["market_accounts"].assign(potential_source="equal")
    visits = books["visits"].assign(distance_km=np.nan)
    found = measure({**books, "market_accounts": market, "visits": visits})
    assert found[["expense_share", "contribution_rank"]].isna().all(axis=None)
    assert found["penetration_share"].tolist() == [0.5, 1]
    assert "no declared kilometres and money." in say_ratios(found)[1]


def test_an_account_without_a_type_counts_as_customer_where_it_buys(books: Tables) -> None:
    market = books["market_accounts"].assign(account_type=None).astype({"account_type": "str"})
    found = measure({**books, "market_accounts": market})
    assert found["customers_count"].tolist() == [1, 1]


def test_without_reps_there_is_no_row_and_no_word(books: Tables) -> None:
    found = measure({**books, "reps": books["reps"].head(0)})
    assert found.empty
    assert say_ratios(found) == ()

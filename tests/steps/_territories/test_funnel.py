"""Funnels of territories, worked out by hand."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._territories.funnel import ALL_STAGES, list_funnels

MakeTable = Callable[..., pd.DataFrame]
UNITS = pd.DataFrame({"account_id": ["1", "2"], "territory_id": ["T1", "T2"]}, dtype="str")
PLAN = pd.DataFrame(
    {
        "territory_id": pd.Series(["T1", "T2"], dtype="str"),
        "territory_name": pd.Series(["North", "South"], dtype="str"),
        "revenue_amount_per_year": [100.0, 0.0],
    }
)
OPTIONS = Options(as_of_date=date(2026, 1, 1))


@pytest.fixture
def deals(make_table: MakeTable) -> pd.DataFrame:
    """Three open deals of account 1, one of them late, one of account 2, and two closed ones."""
    return make_table(
        "deals",
        deal_id=["D1", "D2", "D3", "D4", "D5", "D6"],
        account_id=["1", "1", "1", "2", "1", "1"],
        stage=["offer", "offer", "talk", None, "won", "lost"],
        amount=[60.0, 40.0, 50.0, 10.0, 99.0, 99.0],
        win_share=[0.5, None, 0.2, None, None, None],
        close_date=pd.to_datetime(
            ["2026-03-01", "", "2027-06-01", "2025-12-01", "2025-05-01", "2025-06-01"]
        ),
        is_won=pd.array([None, None, None, None, True, False], dtype="boolean"),
    )


def test_each_stage_counts_what_it_lets_expect_within_a_year(deals: pd.DataFrame) -> None:
    funnel = list_funnels(UNITS, PLAN, deals, OPTIONS)
    north = funnel.loc[funnel["territory_name"] == "North"]
    assert north["stage"].tolist() == ["offer", "talk", ALL_STAGES]
    assert north["open_deals_amount"].tolist() == [100, 50, 150]
    # the second offer has the chance of its stage; the talk closes in 17 months
    assert north["expected_deals_amount"].tolist() == [50, 0, 50]
    assert north["coverage_share"].tolist() == pytest.approx([0.5, 0, 0.5])
    assert north["open_coverage_ratio"].tolist() == pytest.approx([1, 0, 1])
    assert north["required_coverage_ratio"].fillna(-1).tolist() == pytest.approx([2, -1, 2])


def test_a_deal_without_chance_and_stage_has_that_of_closed_deals(deals: pd.DataFrame) -> None:
    """One of two was won; nothing was sold last year, so that no share can be told."""
    funnel = list_funnels(UNITS, PLAN, deals, OPTIONS)
    south = funnel.loc[funnel["territory_name"] == "South"]
    assert south["stage"].tolist() == ["(no stage)", ALL_STAGES]
    assert south["expected_deals_amount"].tolist() == [5, 5]
    assert south["coverage_share"].isna().all()


def test_without_open_deals_there_is_no_funnel(deals: pd.DataFrame) -> None:
    assert list_funnels(UNITS, PLAN, None, OPTIONS).empty
    assert list_funnels(UNITS, PLAN, deals.tail(2), OPTIONS).empty


def test_the_order_of_deals_does_not_matter(deals: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        list_funnels(UNITS, PLAN, deals, OPTIONS),
        list_funnels(UNITS, PLAN, deals.iloc[::-1], OPTIONS),
    )


def test_a_stage_may_be_called_as_the_sum_is(deals: pd.DataFrame) -> None:
    named = deals.assign(stage=ALL_STAGES)
    stages = list_funnels(UNITS, PLAN, named, OPTIONS)["stage"].tolist()
    assert stages == ["(all stages)", ALL_STAGES] * 2

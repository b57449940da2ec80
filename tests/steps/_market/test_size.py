from collections.abc import Callable, Hashable

import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Options
from territory_kit.steps._market.size import size_market

MakeTable = Callable[..., pd.DataFrame]


@pytest.fixture
def accounts(make_table: MakeTable) -> pd.DataFrame:
    """Four customers at one place: 400 + 300 + 200 + 100; ten visits of one hour each."""
    return make_table(
        "accounts",
        account_id=["1", "2", "3", "4"],
        account_name=["Ash", "Birch", "Cedar", "Dogwood"],
        account_type=["customer"] * 4,
        segment=["bar", "bar", "shop", "shop"],
        potential_amount_per_year=[100.0, 200.0, 300.0, 400.0],
        visits_per_year=[10.0] * 4,
        visit_hours=[1.0] * 4,
        lat_deg=[48.0] * 4,
        lon_deg=[2.0] * 4,
    )


def options_of(**market: object) -> Options:
    return Options.model_validate({"market": market, "travel": {"parking_hours": 0.0}})


def som_of(
    accounts: pd.DataFrame, reps: pd.DataFrame | None, **market: object
) -> dict[Hashable, object]:
    sizes = size_market(accounts, reps=reps, region="North", options=options_of(**market))
    assert sizes["level"].iloc[-1] == "SOM"
    return sizes.iloc[-1].to_dict()


def test_levels_shrink_from_all_to_served_to_within_reach(accounts: pd.DataFrame) -> None:
    """TAM 1000; SAM: shops, 700; SOM: 35 % of it, 245."""
    options = options_of(served_segments=("shop",))
    sizes = size_market(accounts, reps=None, region="North", options=options)
    assert sizes["level"].tolist() == ["TAM", "SAM", "SOM"]
    assert sizes["potential_amount_per_year"].tolist() == pytest.approx([1000, 700, 245])
    assert sizes["limit"].tolist() == [
        "all accounts in scope",
        "segments we serve: shop",
        "35 % of the SAM within reach",
    ]


def test_few_hours_bind_and_the_largest_accounts_come_first(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    """25 hours hold two accounts of 10 hours: 400 + 300 = 700, below 90 % of 1000."""
    reps = make_table(
        "reps", rep_id=["R"], rep_name=["Rae"], capacity_hours_per_year=[50.0], fte_share=[0.5]
    )
    som = som_of(accounts, reps, attainable_share=0.9)
    assert som["potential_amount_per_year"] == 700
    assert som["accounts_count"] == 2
    assert som["limit"] == "hours of the reps, enough for 2 accounts"


def test_many_hours_leave_the_attainable_share_as_limit(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    reps = make_table("reps", rep_id=["R"], rep_name=["Rae"])
    som = som_of(accounts, reps, attainable_share=0.9)
    assert som["potential_amount_per_year"] == pytest.approx(900)
    assert som["accounts_count"] == pytest.approx(np.nan, nan_ok=True)


def test_specialists_vacancies_former_reps_and_those_of_elsewhere_bring_no_hours(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    reps = make_table(
        "reps",
        rep_id=["R", "S", "T", "U", "V"],
        rep_name=["Rae", "Sam", "Toni", "Uma", "Val"],
        role=["owner", "overlay", "owner", "owner", "owner"],
        region=["North", "North", "North", "South", "North"],
        is_vacancy=[None, None, True, None, None],
        is_active=[None, True, True, True, False],
        capacity_hours_per_year=[10.0, 1000.0, 1000.0, 1000.0, 1000.0],
    )
    som = som_of(accounts, reps, attainable_share=0.9)
    assert som["potential_amount_per_year"] == 400


def test_the_whole_plan_counts_reps_of_all_regions(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    reps = make_table(
        "reps",
        rep_id=["R", "S"],
        rep_name=["Rae", "Sam"],
        region=["North", "South"],
        capacity_hours_per_year=[10.0, 10.0],
    )
    sizes = size_market(accounts, reps=reps, region="", options=options_of(attainable_share=1.0))
    assert sizes["potential_amount_per_year"].tolist() == [1000, 1000, 700]


def test_accounts_without_visits_take_those_of_class_b(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    """A prospect gets half of 6 visits of 0.75 h, 2.25 h a year: 5 hours hold two of them."""
    unknown = accounts.assign(visits_per_year=np.nan, visit_hours=np.nan, account_type="prospect")
    reps = make_table("reps", rep_id=["R"], rep_name=["Rae"], capacity_hours_per_year=[5.0])
    assert som_of(unknown, reps, attainable_share=1.0)["accounts_count"] == 2


def test_the_way_counts_for_visits_and_not_for_remote_calls(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    """With 1 h to park a visit takes 2 h, so that 40 hours hold 2 accounts instead of 4."""
    options = Options.model_validate(
        {"market": {"attainable_share": 1.0}, "travel": {"parking_hours": 1.0}}
    )
    reps = make_table("reps", rep_id=["R"], rep_name=["Rae"], capacity_hours_per_year=[40.0])
    remote = accounts.assign(coverage="remote")
    near = size_market(accounts, reps=reps, region="North", options=options)
    far = size_market(remote, reps=reps, region="North", options=options)
    assert near["potential_amount_per_year"].tolist() == [1000, 1000, 700]
    assert far["potential_amount_per_year"].tolist() == [1000, 1000, 1000]


def test_a_market_without_accounts_is_of_no_size(
    accounts: pd.DataFrame, make_table: MakeTable
) -> None:
    reps = make_table("reps", rep_id=["R"], rep_name=["Rae"])
    sizes = size_market(accounts.iloc[:0], reps=reps, region="North", options=Options())
    assert sizes["potential_amount_per_year"].tolist() == [0, 0, 0]

"""Sums over regions, worked out by hand; what is not known stays unknown."""

import math

import pandas as pd
import pytest

from territory_kit.render.roll_up import sum_all, sum_region

Tables = dict[str, pd.DataFrame]


def region(**columns: object) -> Tables:
    """Two territories, 1,000 and 400 hours; the second has half the size and no rep."""
    plan = {
        "territory_id": ["T1", "T2"],
        "workload_hours_per_year": [1000.0, 400.0],
        "size_share": [1.0, 0.5],
        "accounts_count": [30.0, 10.0],
        "revenue_amount_per_year": [5000.0, 3000.0],
    }
    held = {
        "territory_id": ["T1", "T2"],
        "rep_id": pd.Series(["R1", None], dtype="str"),
        "total_cost_amount_per_year": [70.0, 50.0],
        "travel_km_per_year": [900.0, 600.0],
        "ideal_visits_per_year": [100.0, 50.0],
    }
    quotas = {
        "rep_id": pd.Series(["R1", None], dtype="str"),
        "given_quota_amount_per_year": [6000.0, math.nan],
        "proposed_quota_amount_per_year": [5500.0, 2500.0],
    }
    comparison = {
        "figure": ["Cost", "Largest deviation of potential"],
        "today_value": [110.0, 20.0],
    }
    disruption = {
        "kind": ["all", "chosen", "forced"],
        "accounts_count": [7.0, 5.0, 2.0],
        "revenue_amount_per_year": [900.0, 600.0, 300.0],
        "move_price_amount": [40.0, 30.0, 10.0],
    }
    tables = {
        "territory_plan": plan,
        "rep_review": held,
        "quotas": quotas,
        "comparison": comparison,
        "disruption": disruption,
    }
    return {
        name: pd.DataFrame({**cells, **{k: v for k, v in columns.items() if k in cells}})
        for name, cells in tables.items()
    }


def test_a_region_is_summed() -> None:
    """1,400 hours on one and a half full territories are 933 hours each."""
    sums = sum_region("Nord", region())
    assert (sums.territories_count, sums.vacant_count, sums.accounts_count) == (2, 1, 40)
    assert sums.rep_ids == {"R1"}
    assert sums.hours_of_each == (1000.0, 800.0)
    assert sums.mean_hours_per_year == pytest.approx(1400 / 1.5)
    assert (sums.today_cost_amount_per_year, sums.cost_amount_per_year) == (110.0, 120.0)
    assert (sums.travel_km_per_year, sums.ideal_visits_per_year) == (1500.0, 150.0)
    assert (sums.forced_count, sums.chosen_count, sums.changed_count) == (2, 5, 7)
    assert sums.changed_amount_per_year == 900.0
    assert sums.price_amount == 40.0


def test_a_territory_without_a_rep_has_no_given_quota() -> None:
    sums = sum_region("Nord", region())
    assert sums.given_quota_amount_per_year == 6000.0
    assert sums.proposed_quota_amount_per_year == 8000.0


def test_a_rep_without_a_quota_leaves_the_sum_unknown() -> None:
    """Else the region would look as if it were asked to sell less."""
    held = pd.Series(["R1", "R2"], dtype="str")
    assert math.isnan(sum_region("Nord", region(rep_id=held)).given_quota_amount_per_year)


def test_all_regions_are_the_sum_of_each() -> None:
    """A rep with territories in both counts once; the order of the regions changes nothing."""
    north = sum_region("Nord", region())
    south = sum_region("Sud", region(workload_hours_per_year=[600.0, 200.0]))
    whole = sum_all([north, south])
    assert (whole.region, whole.territories_count, whole.vacant_count) == ("All regions", 4, 2)
    assert whole.rep_ids == {"R1"}
    assert whole.mean_hours_per_year == pytest.approx((1400 + 800) / 3)
    assert whole.hours_of_each == (1000.0, 800.0, 600.0, 400.0)
    assert whole.cost_amount_per_year == 240.0
    assert whole.changed_count == 14
    assert sum_all([south, north]).mean_hours_per_year == whole.mean_hours_per_year


def test_without_money_there_is_no_revenue_and_no_quota() -> None:
    """Accounts stand in for money in the tables then, and are no revenue."""
    tables = region(figure=["Cost", "Territories"])
    sums = sum_region("Nord", {**tables, "quotas": tables["quotas"].head(0)})
    for value in (
        sums.revenue_amount_per_year,
        sums.changed_amount_per_year,
        sums.price_amount,
        sums.given_quota_amount_per_year,
        sums.proposed_quota_amount_per_year,
    ):
        assert math.isnan(value)
    assert sums.changed_count == 7


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    """The first plan of a region has no cost of today."""
    first = sum_region("Sud", region(figure=["Distance", "Largest deviation of potential"]))
    whole = sum_all([sum_region("Nord", region()), first])
    assert math.isnan(first.today_cost_amount_per_year)
    assert math.isnan(whole.today_cost_amount_per_year)
    assert whole.cost_amount_per_year == 240.0


def test_a_region_without_territories_adds_nothing() -> None:
    empty = {name: table.head(0) for name, table in region().items()}
    nothing = sum_region("Vide", {**empty, "comparison": region()["comparison"]})
    whole = sum_all([nothing, sum_region("Nord", region())])
    assert math.isnan(nothing.mean_hours_per_year)
    assert whole.mean_hours_per_year == pytest.approx(1400 / 1.5)
    assert whole.given_quota_amount_per_year == 6000.0
    assert whole.cost_amount_per_year == 120.0

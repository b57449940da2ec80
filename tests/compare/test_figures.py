"""Figures of a plan are sums over its regions, and the largest of deviations."""

import math

import pandas as pd
import pytest

from territory_kit.compare.figures import measure

WORKLOAD, POTENTIAL = "workload_hours_per_year", "potential_amount_per_year"


def region(
    *,
    rep_ids: list[str | None],
    loads: list[float],
    deviations: tuple[float, float],
    moves: dict[str, float],
    has_money: bool = True,
) -> dict[str, pd.DataFrame]:
    """Write the tables of one region; each territory wants 10 visits, drives 100 km, costs 1000."""
    count = len(rep_ids)
    return {
        "rep_review": pd.DataFrame(
            {
                "rep_id": pd.Series(rep_ids, dtype="str"),
                "ideal_visits_per_year": [10.0] * count,
                "capacity_share": loads,
                "travel_km_per_year": [100.0] * count,
                "travel_cost_amount_per_year": [50.0] * count,
                "total_cost_amount_per_year": [1000.0] * count,
            }
        ),
        "moves": pd.DataFrame(
            {
                "account_id": pd.Series(list(moves), dtype="str"),
                "move_price_amount": pd.Series(list(moves.values()), dtype="float64"),
            }
        ),
        "disruption": pd.DataFrame(
            {
                "kind": ["all", "chosen", "forced"],
                "accounts_count": [len(moves), len(moves), 0],
                "revenue_amount_per_year": [400.0 * len(moves)] * 2 + [0.0],
                "move_price_amount": [sum(moves.values())] * 2 + [0.0],
            }
        ),
        "comparison": pd.DataFrame(
            {"figure": ["Largest deviation of potential" if has_money else "Cost"]}
        ),
        "balance": pd.DataFrame(
            {
                "measure": [WORKLOAD, WORKLOAD, POTENTIAL, POTENTIAL],
                "state": ["today", "proposal"] * 2,
                "deviation_share": [0.9, deviations[0], 0.9, deviations[1]],
            }
        ),
    }


def test_regions_are_added_up_and_the_largest_deviation_is_kept() -> None:
    north = region(rep_ids=["R1", None], loads=[0.5, 2.0], deviations=(0.1, 0.3), moves={"A1": 20})
    south = region(rep_ids=["R2"], loads=[1.0], deviations=(0.2, 0.1), moves={"A2": 30, "A3": 10})
    found = measure([north, south], own_margin_ids={"A2"})
    assert (found.territories_count, found.reps_count) == (3, 2)
    assert (found.workload_deviation_share, found.potential_deviation_share) == (0.2, 0.3)
    assert found.travel_km_per_year == 300
    assert found.cost_amount_per_year == 3000
    assert found.travel_cost_amount_per_year == 150
    assert (found.changed_count, found.changed_revenue_amount_per_year) == (3, 1200)
    # A2 has a margin of its own
    assert (found.move_price_amount, found.plan_margin_price_amount) == (60, 30)
    # the holder with twice the work makes 5 of 10 visits: 25 of 30
    assert found.coverage_share == pytest.approx(25 / 30)
    assert found.has_money


def test_an_open_job_without_known_hours_makes_its_visits() -> None:
    rows = region(rep_ids=[None], loads=[math.nan], deviations=(0, 0), moves={}, has_money=False)
    found = measure([rows], own_margin_ids=())
    assert found.coverage_share == 1
    assert (found.changed_count, found.plan_margin_price_amount) == (0, 0)
    assert not found.has_money


def test_a_plan_without_visits_has_no_coverage() -> None:
    rows = region(rep_ids=["R1"], loads=[1.0], deviations=(0, 0), moves={})
    rows["rep_review"] = rows["rep_review"].assign(ideal_visits_per_year=0.0)
    assert math.isnan(measure([rows], own_margin_ids=()).coverage_share)

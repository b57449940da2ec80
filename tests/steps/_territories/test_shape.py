"""Distances, tree length and overlap of territories, worked out by hand."""

import math

import pandas as pd
import pytest

from territory_kit.steps._territories.shape import list_shapes, measure_shapes


def units(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    """Make accounts from territory, east, north and visits."""
    frame = pd.DataFrame(rows, columns=["territory_id", "east_km", "north_km", "visits_per_year"])
    return frame.assign(team="", is_remote=False).astype({"territory_id": "str", "team": "str"})


def measured(ids: list[str], km: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"territory_id": ids, "territory_name": ids, "travel_km_per_year": km})
    return frame.astype({"territory_id": "str", "territory_name": "str"})


# a square of 4 km, with an account of T2 in its middle and one far away
SQUARE = units(
    ("T1", 0, 0, 1), ("T1", 4, 0, 1), ("T1", 0, 4, 1), ("T1", 4, 4, 1),
    ("T2", 1, 2, 3), ("T2", 9, 2, 1),
)  # fmt: skip


def test_a_square_and_a_pair_by_hand() -> None:
    found = measure_shapes(SQUARE).set_index("territory_id")
    # corners are √8 from the middle; the pair's centre is at 3 km east: 2 km thrice, 6 km once
    assert found["spread_km"].tolist() == pytest.approx([math.sqrt(8), 3.0])
    # three sides of 4 km over √(4 · 16); two places have no area
    assert found["tree_ratio"].iloc[0] == pytest.approx(12 / 8)
    assert math.isnan(found["tree_ratio"].iloc[1])
    assert found["overlap_share"].tolist() == [0.0, 0.5]


def test_teams_share_the_ground_without_overlap() -> None:
    teams = SQUARE.assign(team=["a"] * 4 + ["b"] * 2)
    assert measure_shapes(teams)["overlap_share"].tolist() == [0.0, 0.0]


def test_remote_accounts_do_not_pull_the_middle() -> None:
    remote = SQUARE.iloc[4:].assign(is_remote=[True, False])
    assert measure_shapes(remote)["spread_km"].tolist() == [0.0]


def test_without_a_place_nothing_is_measured_but_the_territory_stays() -> None:
    lost = units(("T1", math.nan, math.nan, 1))
    plan = measured(["T1"], [0.0])
    found = list_shapes(lost, plan, lost.head(0), plan.head(0))
    assert found["territory_id"].tolist() == ["T1"]
    assert found[["spread_km", "tree_ratio", "overlap_share"]].isna().all(axis=None)


def test_a_territory_of_one_plan_only_has_nothing_in_the_other() -> None:
    before = SQUARE.assign(territory_id=["T0"] * 4 + ["T2"] * 2)
    found = list_shapes(
        SQUARE, measured(["T1", "T2"], [10, 20]), before, measured(["T0", "T2"], [30, 40])
    ).set_index("territory_id")
    assert found.index.tolist() == ["T0", "T1", "T2"]
    assert found["territory_name"].tolist() == ["T0", "T1", "T2"]
    assert found["travel_km_per_year"].fillna(-1).tolist() == [-1, 10, 20]
    assert found["today_travel_km_per_year"].fillna(-1).tolist() == [30, -1, 40]


def test_the_order_of_accounts_does_not_matter() -> None:
    pd.testing.assert_frame_equal(measure_shapes(SQUARE), measure_shapes(SQUARE.iloc[::-1]))

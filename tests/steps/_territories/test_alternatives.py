from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit.options import Mode, Options, TerritoriesOptions
from territory_kit.steps._territories.alternatives import (
    change_count,
    list_alternatives,
    sum_up,
    widen,
)
from territory_kit.steps._territories.division import Setup, divide, prepare
from territory_kit.steps._territories.present import measure_today

MakeRegion = Callable[..., dict[str, pd.DataFrame]]
ACCOUNTS: dict[str, Sequence[object]] = {
    "account_id": ["1", "2", "3", "4"],
    "lat_deg": [45.0] * 4,
    "lon_deg": [5.0, 5.01, 6.0, 6.01],
    "revenue_amount_per_year": [1000.0] * 4,
}


def setup_of(make_region: MakeRegion, *, mode: Mode | None = None, **values: object) -> Setup:
    settings = TerritoriesOptions(mode=mode, territories_count=2)
    tables = make_region(**ACCOUNTS, **values)
    return prepare(tables, region="R", options=Options(territories=settings))


def alternatives(setup: Setup) -> pd.DataFrame:
    division = divide(setup, setup.options.territories)
    return list_alternatives(division, measure_today(setup)).set_index("option")


def test_a_region_with_owners_has_the_whole_set(make_region: MakeRegion) -> None:
    found = alternatives(setup_of(make_region, current_territory_id=["T1", "T1", "T1", "T2"]))
    assert found.index.tolist() == [
        "keep today",
        "proposal",
        "one territory less",
        "one territory more",
        "half the tolerance",
        "double tolerance",
        "moves are free",
        "redesign",
    ]
    assert found["is_chosen"].tolist() == [False, True, *[False] * 6]
    assert found["territories_count"].tolist() == [2, 2, 1, 3, 2, 2, 2, 2]
    assert found["tolerance_share"].tolist() == pytest.approx([0.1] * 4 + [0.05, 0.2, 0.1, 0.1])
    # Today 3 of 4 accounts are in one territory; the proposal moves the one that lies with T2.
    assert found["deviation_share"].iloc[:2].tolist() == pytest.approx([0.5, 0.0], abs=0.01)
    assert found["moved_count"].iloc[:2].tolist() == [0, 1]
    assert found["moved_share"].iloc[1] == pytest.approx(0.25)
    # 1,000 x 30 % x 15 %.
    assert found["move_price_amount"].iloc[1] == pytest.approx(45)


def test_without_owners_nothing_is_compared_with_today(make_region: MakeRegion) -> None:
    found = alternatives(setup_of(make_region))
    assert found.index.tolist() == [
        "proposal",
        "one territory less",
        "one territory more",
        "half the tolerance",
        "double tolerance",
    ]
    assert found["moved_share"].tolist() == [0.0] * 5


def test_where_today_is_kept_moves_are_not_varied(make_region: MakeRegion) -> None:
    today = ["T1", "T1", "T1", "T2"]
    found = alternatives(setup_of(make_region, mode="keep", current_territory_id=today))
    assert "moves are free" not in found.index
    assert found.loc["proposal", "moved_count"] == 0


def test_a_territory_opens_where_hours_are_most_and_closes_where_they_are_least(
    make_region: MakeRegion,
) -> None:
    teams = ["wine", "wine", "wine", "beer"]
    setup = setup_of(make_region, team=teams, visits_per_year=[50, 50, 50, 1])
    assert setup.counts == {"beer": 1, "wine": 1}
    assert change_count(setup, 1) == {"beer": 1, "wine": 2}
    # No team can lose its only territory.
    assert change_count(setup, -1) is None


def test_tolerances_widen_together_and_never_above_the_whole() -> None:
    settings = TerritoriesOptions(tolerance_share=0.6, potential_tolerance_share=0.2)
    wide = widen(settings, 2)
    assert (wide.tolerance_share, wide.potential_tolerance_share) == (1.0, 0.4)
    free = widen(TerritoriesOptions(potential_tolerance_share=None), 0.5)
    assert (free.tolerance_share, free.potential_tolerance_share) == (0.05, None)


def test_a_row_sums_up_a_proposal(make_region: MakeRegion) -> None:
    setup = setup_of(make_region, current_territory_id=["T1", "T1", "T2", "T2"])
    row = sum_up(divide(setup, setup.options.territories), option="mine")
    assert (row["option"], row["is_chosen"], row["moved_count"]) == ("mine", False, 0)

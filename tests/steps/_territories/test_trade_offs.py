"""Proposals over balance, driving and moves: which ones another one beats."""

from collections.abc import Callable, Sequence

import pandas as pd

from territory_kit.options import Mode, Options, TerritoriesOptions
from territory_kit.steps._territories.alternatives import try_variants
from territory_kit.steps._territories.division import divide, prepare
from territory_kit.steps._territories.present import measure_today
from territory_kit.steps._territories.trade_offs import flag_beaten, list_trade_offs

MakeRegion = Callable[..., dict[str, pd.DataFrame]]
ACCOUNTS: dict[str, Sequence[object]] = {
    "account_id": ["1", "2", "3", "4"],
    "lat_deg": [45.0] * 4,
    "lon_deg": [5.0, 5.01, 6.0, 6.01],
    "revenue_amount_per_year": [1000.0] * 4,
}
TODAY = ["T1", "T1", "T1", "T2"]


def trade_offs(
    make_region: MakeRegion, *, mode: Mode | None = None, count: int = 2, **values: object
) -> pd.DataFrame:
    settings = TerritoriesOptions(mode=mode, territories_count=count, max_iterations=5)
    tables = make_region(**ACCOUNTS, **values)
    setup = prepare(tables, region="R", options=Options(territories=settings))
    division = divide(setup, settings)
    found = list_trade_offs(division, measure_today(setup), try_variants(division))
    return found.set_index("option")


def test_a_region_with_owners_tries_twelve(make_region: MakeRegion) -> None:
    found = trade_offs(make_region, current_territory_id=TODAY)
    assert found.index.tolist() == [
        "keep today",
        "proposal",
        "half the tolerance",
        "double tolerance",
        "moves are free",
        "redesign",
        "±5 %, moves × 0.25",
        "±5 %, moves × 4",
        "±10 %, moves × 0.25",
        "±10 %, moves × 4",
        "±20 %, moves × 0.25",
        "±20 %, moves × 4",
    ]
    assert found.index[found["is_chosen"]].tolist() == ["proposal"]
    # all settings find the same plan here, so that only it and today are left
    assert found.index[~found["is_dominated"]].tolist() == ["keep today", "proposal"]


def test_without_owners_only_the_tolerance_is_varied(make_region: MakeRegion) -> None:
    found = trade_offs(make_region)
    names = ["±2 %", "±8 %", "±15 %", "±30 %", "±40 %"]
    assert found.index.tolist() == ["proposal", "half the tolerance", "double tolerance", *names]


def test_one_territory_has_nothing_to_trade(make_region: MakeRegion) -> None:
    found = trade_offs(make_region, count=1)
    assert found.index.tolist() == ["proposal"]
    assert not found["is_dominated"].any()


def test_who_is_worse_in_one_and_better_in_none_is_beaten() -> None:
    table = pd.DataFrame(
        {
            "option": ["today", "drives more", "proposal", "the same", "moves more"],
            "deviation_share": [0.4, 0.1, 0.1, 0.1, 0.1],
            "travel_km_per_year": [900.0, 850.0, 800.0, 800.2, 700.0],
            "moved_share": [0.0, 0.2, 0.2, 0.2, 0.3],
        }
    )
    assert flag_beaten(table).tolist() == [False, True, False, True, False]


def test_of_equal_ones_the_proposal_stays_wherever_it_stands() -> None:
    table = pd.DataFrame(
        {
            "option": ["a", "b", "proposal"],
            "deviation_share": 0.1,
            "travel_km_per_year": 800.0,
            "moved_share": 0.2,
        }
    )
    assert flag_beaten(table).tolist() == [True, True, False]

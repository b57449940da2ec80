import numpy as np
import pandas as pd
import pytest

from territory_kit.options import Costs, Hours, Options, TerritoriesOptions, Travel, Visits
from territory_kit.steps._territories.problem import (
    POTENTIAL,
    WORKLOAD,
    add_costs,
    balanced_measures,
    build_problem,
    slot_targets,
)

# An hour costs 72,000 / (8 h x 250 days) = 36; at 60 km/h a km costs 0.40 + 36 / 60 = 1.00.
OPTIONS = Options(
    costs=Costs(km_amount=0.4, rep_amount_per_year=72_000),
    hours=Hours(per_day=8, days_per_year=250),
    travel=Travel(circuity=1.25, speed_km_per_hour=60, parking_hours=0.25),
    visits=Visits(per_day=5),
)


def raw_units(**values: object) -> pd.DataFrame:
    """Make two accounts a degree of latitude apart; what is given replaces the defaults."""
    defaults = {
        "visits_per_year": 10.0,
        "visit_hours": 1.0,
        "is_remote": False,
        "is_located": True,
        "lat_deg": [45.0, 46.0],
        "lon_deg": 5.0,
        "left_out_reason": pd.Series([None, None], dtype="str"),
    }
    return pd.DataFrame({"account_id": ["1", "2"]} | defaults | values)


def units(**values: object) -> pd.DataFrame:
    """Make two accounts as the engine gets them."""
    texts = ["today_territory_id", "bound_territory_id", "together_id"]
    defaults = {
        "east_km": [0.0, 1.0],
        "north_km": 0.0,
        "km_amount_per_year": 1.0,
        WORKLOAD: [30.0, 10.0],
        POTENTIAL: [0.0, 8.0],
        "move_price_amount": [5.0, 0.0],
        "handover_amount": 2.0,
        "revenue_amount_per_year": [100.0, -20.0],
    }
    frame = pd.DataFrame(defaults | values)
    return frame.assign(**{n: frame.get(n, pd.Series([None] * 2)).astype("str") for n in texts})


def slots(*sizes: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"territory_id": [f"T{row + 1}" for row in range(len(sizes))], "size_share": sizes}
    )


def test_work_is_calls_and_the_way_between_neighbours() -> None:
    costed = add_costs(raw_units(), OPTIONS)
    # One degree is 111.195 km; 111.195 x 1.25 / 60 + 0.25 = 2.5666 h for each of 10 visits.
    assert costed["call_hours_per_year"].tolist() == [10, 10]
    assert costed["travel_hours_per_year"].tolist() == pytest.approx([25.666, 25.666], abs=1e-3)
    assert costed[WORKLOAD].tolist() == pytest.approx([35.666, 35.666], abs=1e-3)
    # 10 visits x 2 ways x 1.25 / 5 visits a day x 1.00.
    assert costed["km_amount_per_year"].tolist() == pytest.approx([5, 5])
    # One more visit with its way: 3.5666 h x 36.
    assert costed["handover_amount"].tolist() == pytest.approx([128.4, 128.4], abs=0.1)


def test_remote_accounts_do_not_travel_and_weigh_nothing() -> None:
    costed = add_costs(raw_units(is_remote=[True, False]), OPTIONS)
    assert costed["travel_hours_per_year"].tolist() == pytest.approx([0, 2.5])
    assert costed["km_amount_per_year"].tolist() == pytest.approx([0, 5])


def test_who_has_no_known_place_travels_but_weighs_nothing() -> None:
    costed = add_costs(
        raw_units(is_located=[True, False], lat_deg=[45.0, np.nan], lon_deg=[5.0, np.nan]), OPTIONS
    )
    assert costed["travel_hours_per_year"].tolist() == pytest.approx([2.5, 2.5])
    assert costed["km_amount_per_year"].tolist() == pytest.approx([5, 0])


def test_who_is_left_out_has_no_hours_and_does_not_move_the_map() -> None:
    out = pd.Series(["house account", None], dtype="str")
    costed = add_costs(raw_units(left_out_reason=out, lat_deg=[-60.0, 46.0]), OPTIONS)
    assert costed[WORKLOAD].tolist() == pytest.approx([0, 12.5])
    assert list(costed.loc[1, ["east_km", "north_km"]]) == pytest.approx([0, 0])


def test_potential_is_balanced_where_there_is_any() -> None:
    settings = TerritoriesOptions(tolerance_share=0.1, potential_tolerance_share=0.3)
    assert balanced_measures(units(), settings) == {WORKLOAD: 0.1, POTENTIAL: 0.3}
    assert list(balanced_measures(units(**{POTENTIAL: [0.0, 0.0]}), settings)) == [WORKLOAD]
    free = TerritoriesOptions(potential_tolerance_share=None)
    assert list(balanced_measures(units(), free)) == [WORKLOAD]


def test_targets_follow_the_size_of_territories() -> None:
    # 40 h and 8 of potential over sizes 1, 0.6 and 0.4: shares 50 %, 30 %, 20 %.
    targets = slot_targets(units(), slots(1.0, 0.6, 0.4), [WORKLOAD, POTENTIAL])
    assert targets == pytest.approx(np.array([[20, 4], [12, 2.4], [8, 1.6]]))


def test_the_engine_gets_limits_prices_locks_and_groups() -> None:
    problem = build_problem(
        units(
            today_territory_id=["T2", "T9"],
            bound_territory_id=[None, "T1"],
            together_id=[None, None],
        ),
        slots(1.0, 1.0),
        settings=TerritoriesOptions(
            tolerance_share=0.1, potential_tolerance_share=None, move_price_factor=3
        ),
        is_redesign=False,
    )
    assert problem.lower.tolist() == [[18], [18]]
    assert problem.upper.tolist() == [[22], [22]]
    # T9 is not continued: its account belongs to nobody.
    assert problem.current is not None
    assert problem.current.tolist() == [1, -1]
    assert problem.locked is not None
    assert problem.locked.tolist() == [-1, 0]
    # (margin at risk + handover) x 3.
    assert problem.move_prices is not None
    assert problem.move_prices.tolist() == [21, 6]
    assert problem.together is not None
    assert problem.together.tolist() == [-1, -1]
    assert problem.start == "best"


def test_a_redesign_forgets_today() -> None:
    problem = build_problem(
        units(today_territory_id=["T1", "T2"], together_id=["1", "1"]),
        slots(1.0, 1.0),
        settings=TerritoriesOptions(),
        is_redesign=True,
    )
    assert problem.current is None
    assert problem.move_prices is None
    assert problem.start == "clusters"
    assert problem.together is not None
    assert problem.together.tolist() == [0, 0]


def test_caps_count_what_moves_by_choice() -> None:
    # Both have an owner, so that half of the accounts is one; a credit counts no revenue. The
    # second is bound, and takes nothing of either cap.
    problem = build_problem(
        units(today_territory_id=["T2", "T1"], bound_territory_id=[None, "T2"]),
        slots(1.0, 1.0),
        settings=TerritoriesOptions(most_moved_share=0.5, most_moved_revenue_share=0.1),
        is_redesign=False,
    )
    assert problem.move_caps is not None
    assert problem.move_amounts is not None
    assert problem.move_caps.tolist() == [1, 10]
    assert problem.move_amounts.tolist() == [[1, 100], [0, 0]]


def test_each_territory_of_today_may_have_a_cap_of_its_own() -> None:
    # a tenth of 100 in T2, and of nothing in T1, whose account has a credit
    problem = build_problem(
        units(today_territory_id=["T2", "T1"]),
        slots(1.0, 1.0),
        settings=TerritoriesOptions(most_moved_share=0.5, most_moved_revenue_share_per_rep=0.1),
        is_redesign=False,
    )
    assert problem.move_caps is not None
    assert problem.move_amounts is not None
    assert problem.move_caps.tolist() == [1, 0, 10]
    assert problem.move_amounts.tolist() == [[1, 0, 100], [1, 0, 0]]


def test_a_redesign_has_no_caps() -> None:
    problem = build_problem(
        units(), slots(1.0), settings=TerritoriesOptions(most_moved_share=0.5), is_redesign=True
    )
    assert problem.move_caps is None

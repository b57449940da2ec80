from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit.options import Options, TerritoriesOptions
from territory_kit.steps._territories.division import Division, Setup, divide, prepare

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]


def settings(**values: object) -> Options:
    loose = {"tolerance_share": 0.5, "potential_tolerance_share": None}
    return Options(territories=TerritoriesOptions.model_validate(loose | values))


def solve(setup: Setup) -> Division:
    return divide(setup, setup.options.territories)


def ids(division: Division) -> list[str]:
    return division.units["territory_id"].tolist()


# Two towns of two accounts each, a degree of longitude apart.
TOWNS: dict[str, Sequence[object]] = {
    "account_id": ["1", "2", "3", "4"],
    "lat_deg": [45.0, 45.0, 45.0, 45.0],
    "lon_deg": [5.0, 5.01, 6.0, 6.01],
}


def test_without_owners_the_mode_is_redesign_with_them_rebalance(make_region: MakeRegion) -> None:
    assert prepare(make_region(**TOWNS), region="R", options=settings()).mode == "redesign"
    owned = make_region(**TOWNS, current_rep_id=["R1", None, None, None])
    assert prepare(owned, region="R", options=settings()).mode == "rebalance"


def test_territories_of_a_redesign_take_the_names_of_today(make_region: MakeRegion) -> None:
    tables = make_region(**TOWNS, current_territory_id=["T2", "T2", "T1", "T1"])
    setup = prepare(tables, region="R", options=settings(mode="redesign"))
    assert ids(solve(setup)) == ["T2", "T2", "T1", "T1"]


def test_free_moves_take_the_names_of_today_too(make_region: MakeRegion) -> None:
    tables = make_region(**TOWNS, current_territory_id=["T2", "T2", "T1", "T1"])
    setup = prepare(tables, region="R", options=settings(move_price_factor=0))
    assert ids(solve(setup)) == ["T2", "T2", "T1", "T1"]


def test_each_team_has_its_own_territories(make_region: MakeRegion) -> None:
    tables = make_region(**TOWNS, team=["wine", "beer", "wine", "beer"])
    division = solve(prepare(tables, region="R", options=settings(territories_count=2)))
    assert sorted(division.parts) == ["beer", "wine"]
    one, two, three, four = ids(division)
    assert (one, two) == (three, four)
    assert one != two


def test_the_last_proposal_lends_its_names(make_region: MakeRegion, make_table: MakeTable) -> None:
    tables = make_region(**TOWNS)
    options = settings(territories_count=2)
    first = ids(solve(prepare(tables, region="R", options=options)))
    swapped = {first[0]: first[2], first[2]: first[0]}
    previous = make_table(
        "assignment", account_id=TOWNS["account_id"], territory_id=[swapped[name] for name in first]
    )
    tables = {**tables, "previous_assignment": previous}
    again = solve(prepare(tables, region="R", options=options))
    assert ids(again) == previous["territory_id"].tolist()
    assert set(again.slots["territory_id"]) == set(first)


def test_accounts_bound_to_a_territory_that_ends_are_released(make_region: MakeRegion) -> None:
    tables = make_region(
        **TOWNS,
        current_territory_id=["T1", "T1", "T2", "T2"],
        lock=["territory", None, "territory", None],
    )
    division = solve(prepare(tables, region="R", options=settings(territories_count=1)))
    assert len(set(ids(division))) == 1
    (kept,) = set(ids(division))
    rules = dict(zip(division.units["account_id"], division.units["rule"], strict=True))
    locked = "1" if kept == "T1" else "3"
    assert rules == {n: "territory" if n == locked else "engine" for n in TOWNS["account_id"]}


def test_who_loses_the_rep_anyway_has_no_price(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    tables = make_region(
        **TOWNS,
        current_rep_id=["R1", "R2", "V", None],
        revenue_amount_per_year=[1000, 1000, 1000, 1000],
    )
    reps = make_table(
        "reps",
        rep_id=["R1", "R2", "V"],
        end_date=[None, "2027-01-31", None],
        is_vacancy=[False, False, True],
    )
    setup = prepare({**tables, "reps": reps}, region="R", options=settings())
    prices = setup.units["move_price_amount"]
    # 1,000 x 30 % margin x 15 %; R2 leaves, V is an open job, 4 has nobody to lose.
    assert prices.tolist() == pytest.approx([45, 0, 0, 45])


def test_the_headcount_of_the_plan_sets_the_number(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    headcount = make_table("headcount", region=["R"], territories_count=[3])
    tables = {**make_region(**TOWNS), "headcount": headcount}
    setup = prepare(tables, region="R", options=settings())
    assert setup.counts == {"": 3}
    assert len(set(ids(solve(setup)))) == 3


def test_a_lock_to_a_rep_who_leaves_does_not_hold_and_is_told(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    """Nobody is left to stay with; bound to the empty job the account could go nowhere."""
    tables = make_region(**TOWNS, current_rep_id=["R1", "R2", "R2", None], lock=["rep"] * 4)
    reps = make_table("reps", rep_id=["R1", "R2"], end_date=[None, "2027-01-31"])
    setup = prepare({**tables, "reps": reps}, region="R", options=settings())
    assert setup.units["lock"].tolist() == ["rep", "none", "none", "rep"]
    assert setup.findings[0] == (
        "Accounts locked to a rep who leaves: 2. Their lock does not hold: 2, 3."
    )


def test_the_parts_know_the_final_names_of_their_territories(make_region: MakeRegion) -> None:
    tables = make_region(**TOWNS, current_territory_id=["T2", "T2", "T1", "T1"])
    division = solve(prepare(tables, region="R", options=settings(mode="redesign")))
    (part,) = division.parts.values()
    assert [part.territory_ids[label] for label in part.design.labels] == ids(division)

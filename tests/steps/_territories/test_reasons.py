from collections.abc import Callable, Sequence

import pandas as pd
import pytest

from territory_kit.options import Options, TerritoriesOptions
from territory_kit.steps._territories.division import divide, prepare
from territory_kit.steps._territories.present import measure_today
from territory_kit.steps._territories.reasons import Moves, find_reasons

MakeTable = Callable[..., pd.DataFrame]
MakeRegion = Callable[..., dict[str, pd.DataFrame]]
Tables = dict[str, pd.DataFrame]

# T1 has 1 to 4, T2 only 5 and 6; 4 lies between, nearer to the town of T2. All have the same work.
LINE: dict[str, Sequence[object]] = {
    "account_id": ["1", "2", "3", "4", "5", "6"],
    "lat_deg": [45.0] * 6,
    "lon_deg": [5.0, 5.0, 5.0, 5.6, 6.0, 6.0],
    "current_territory_id": ["T1"] * 4 + ["T2"] * 2,
}
DEGREE_KM = 78.6  # of longitude at 45 degrees north


def moves(tables: Tables, **values: object) -> Moves:
    """Divide within ±20 % of three accounts: neither two nor four may be in one territory."""
    tight = {"tolerance_share": 0.2, "potential_tolerance_share": None, "max_iterations": 8}
    options = Options(territories=TerritoriesOptions.model_validate(tight | values))
    division = divide(prepare(tables, region="R", options=options), options.territories)
    return find_reasons(division, measure_today(division.setup))


def reasons(found: Moves) -> list[tuple[object, ...]]:
    """List account, kind and territory of each reason."""
    table = found.reasons
    return list(zip(table["account_id"], table["reason_kind"], table["territory_id"], strict=True))


def test_a_chosen_move_has_every_reason_that_is_true_of_it(make_region: MakeRegion) -> None:
    found = moves(make_region(**LINE))
    assert reasons(found) == [
        ("4", "closer", "T2"),
        ("4", "relieves", "T1"),
        ("4", "fills", "T2"),
    ]
    closer, relieves, fills = found.reasons.to_dict("records")
    # 0.6 degrees to the old centre against 0.4 to the new one.
    assert closer["reason_value"] == pytest.approx(0.2 * DEGREE_KM, rel=0.01)
    assert pd.isna(closer["missed_value"])
    hours = found.units.set_index("account_id")["workload_hours_per_year"]
    assert relieves["reason_value"] == fills["reason_value"] == pytest.approx(hours["4"])
    # With 4 back, T1 would hold a fourth account's hours where 0.6 of them are allowed.
    limit = hours.sum() / 2 * 1.2
    assert relieves["missed_value"] == pytest.approx(hours[["1", "2", "3", "4"]].sum() - limit)
    assert fills["missed_value"] > 0


def test_only_accounts_that_move_are_marked_and_measured(make_region: MakeRegion) -> None:
    units = moves(make_region(**LINE)).units.set_index("account_id")
    assert units.index[units["is_moved"]].tolist() == ["4"]
    assert not units["is_forced"].any()
    assert units["closer_km"].notna().tolist() == units["is_moved"].tolist()


def test_an_account_without_a_territory_today_does_not_move(make_region: MakeRegion) -> None:
    values = LINE | {"current_territory_id": ["T1"] * 3 + [None] + ["T2"] * 2}
    assert moves(make_region(**values)).reasons.empty


def test_a_remote_account_is_never_closer(make_region: MakeRegion) -> None:
    # Nobody drives to 4 or 5; T1 has too much, and one of the two must go.
    values = LINE | {"coverage": [None] * 3 + ["remote"] + [None] * 2}
    kinds = [kind for account, kind, _ in reasons(moves(make_region(**values))) if account == "4"]
    assert "closer" not in kinds


def test_an_override_is_the_only_reason_of_its_move(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    overrides = make_table(
        "overrides",
        override_id=["O1"],
        scope=["account"],
        value=["4"],
        action=["to_territory"],
        target=["T2"],
    )
    found = moves({**make_region(**LINE), "overrides": overrides})
    assert reasons(found) == [("4", "override", "T2")]
    assert found.units["is_forced"].sum() == 1


def test_a_lock_to_a_rep_brings_the_account_to_the_reps_territory(make_region: MakeRegion) -> None:
    values = LINE | {
        "current_rep_id": ["R1", "R1", "R1", "R2", "R2", "R2"],
        "lock": [None] * 3 + ["rep"] + [None] * 2,
    }
    assert reasons(moves(make_region(**values))) == [("4", "rep", "T2")]


def test_a_territory_that_ends_forces_its_accounts(make_region: MakeRegion) -> None:
    values = LINE | {"current_territory_id": ["T1"] * 3 + ["T2"] * 2 + ["T3"]}
    found = moves(make_region(**values), territories_count=2)
    assert reasons(found) == [("6", "ended", "T3")]
    assert found.units["is_forced"].sum() == 1
    assert found.units["closer_km"].isna().all()


def test_a_territory_of_another_region_forces_its_accounts(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    values = LINE | {"current_territory_id": ["T1"] * 3 + ["T2"] * 2 + ["T9"]}
    territories = make_table(
        "territories", territory_id=["T1", "T2", "T9"], region=["R", "R", "Elsewhere"]
    )
    found = moves({**make_region(**values), "territories": territories}, territories_count=2)
    assert reasons(found) == [("6", "region", "T9")]


def test_a_group_that_is_split_today_is_a_reason(make_region: MakeRegion) -> None:
    values = LINE | {"group_id": [None] * 3 + ["G", "G", None]}
    found = reasons(moves(make_region(**values)))
    assert ("4", "group", "T2") in found
    assert ("4", "closer", "T2") in found


def test_a_group_under_an_override_is_forced(
    make_region: MakeRegion, make_table: MakeTable
) -> None:
    values = LINE | {"group_id": [None] * 3 + ["G", "G", None]}
    overrides = make_table(
        "overrides",
        override_id=["O1"],
        scope=["account"],
        value=["5"],
        action=["to_territory"],
        target=["T2"],
    )
    found = moves({**make_region(**values), "overrides": overrides})
    assert reasons(found) == [("4", "group", "T2")]


def test_a_plan_from_nothing_is_compared_with_today(make_region: MakeRegion) -> None:
    found = moves(make_region(**LINE), mode="redesign")
    assert reasons(found)[0] == ("4", "closer", "T2")


def test_potential_is_a_reason_of_its_own(make_region: MakeRegion) -> None:
    # Hours are even as they are; of the potential T1 has all but one part, and 3 brings 4 of 9.
    values = LINE | {
        "current_territory_id": ["T1"] * 3 + ["T2"] * 3,
        "lon_deg": [5.0, 5.0, 5.0, 6.0, 6.0, 6.0],
        "potential_amount_per_year": [400.0, 400, 400, 100, 100, 100],
    }
    found = moves(make_region(**values), tolerance_share=1.0, potential_tolerance_share=0.3)
    table = found.reasons
    relief = table[(table["reason_kind"] == "relieves") & (table["territory_id"] == "T1")]
    assert set(relief["measure"]) >= {"potential_amount_per_year"}
    of_potential = relief[relief["measure"] == "potential_amount_per_year"]
    assert of_potential["reason_value"].tolist() == [400.0]

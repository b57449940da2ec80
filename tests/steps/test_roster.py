from collections.abc import Callable

import pandas as pd

from territory_kit.steps.roster import list_owners, staying, without_former

MakeTable = Callable[..., pd.DataFrame]
START = pd.Timestamp("2027-01-01")


def owners_of(make_table: MakeTable, **values: object) -> pd.DataFrame:
    return list_owners(make_table("reps", **values), region="Here", start=START)


def test_owners_are_those_of_the_region_whose_role_owns_territories(make_table: MakeTable) -> None:
    owners = owners_of(
        make_table,
        rep_id=["R5", "R4", "R3", "R2", "R1"],
        role=["owner", None, "inside", "overlay", "owner"],
        region=["Here", None, "Here", "Here", "There"],
    )
    # R1 works elsewhere; R2 and R3 serve without owning; no role and no region count as ours.
    assert owners["rep_id"].tolist() == ["R4", "R5"]


def test_who_leaves_within_the_first_year_leaves(make_table: MakeTable) -> None:
    days = ["2026-06-30", "2027-12-31", "2028-01-01", None]
    owners = owners_of(make_table, rep_id=["R1", "R2", "R3", "R4"], end_date=days)
    assert owners["is_leaving"].tolist() == [True, True, False, False]
    assert staying(owners)["rep_id"].tolist() == ["R3", "R4"]


def test_without_a_start_everybody_with_a_last_day_leaves(make_table: MakeTable) -> None:
    days = ["2030-01-01", None]
    reps = make_table("reps", rep_id=["R1", "R2"], end_date=days)
    assert list_owners(reps, region="Here", start=None)["is_leaving"].tolist() == [True, False]


def test_who_is_no_longer_active_has_left(make_table: MakeTable) -> None:
    """An empty cell is no word against anybody; a last day far ahead does not help."""
    owners = owners_of(
        make_table,
        rep_id=["R1", "R2", "R3", "R4"],
        is_active=[False, None, True, False],
        end_date=[None, None, None, "2030-01-01"],
    )
    assert owners["is_leaving"].tolist() == [True, False, False, True]
    assert staying(owners)["rep_id"].tolist() == ["R2", "R3"]


def test_who_has_left_with_nothing_to_hand_over_is_left_out(make_table: MakeTable) -> None:
    owners = owners_of(make_table, rep_id=["R1", "R2", "R3"], is_active=[False, False, None])
    assert without_former(owners, {"R2"})["rep_id"].tolist() == ["R2", "R3"]


def test_a_vacancy_owns_a_territory_but_does_not_stay(make_table: MakeTable) -> None:
    owners = owners_of(make_table, rep_id=["R1", "R2"], is_vacancy=[True, None])
    assert owners["is_vacancy"].tolist() == [True, False]
    assert staying(owners)["rep_id"].tolist() == ["R2"]


def test_working_time_that_is_not_given_is_full(make_table: MakeTable) -> None:
    owners = owners_of(make_table, rep_id=["R1", "R2", "R3"], fte_share=[0.5, None, 0.0])
    assert owners["fte_share"].tolist() == [0.5, 1.0, 1.0]


def test_without_a_table_there_are_no_owners() -> None:
    assert list_owners(None, region="Here", start=START).empty

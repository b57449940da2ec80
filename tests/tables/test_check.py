from collections.abc import Callable

import pandas as pd

from territory_kit.tables import Fault

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]


def test_impossible_values_are_missing_and_every_row_stays(read: Read) -> None:
    text = (
        "account_id,account_name,revenue_amount_per_year,referral_score\n"
        "A1,x,-1240,11\nA2,y,5,10\nA3,z,0,0\n"
    )
    frame, faults = read("accounts", text)
    assert frame["revenue_amount_per_year"].isna().tolist() == [True, False, False]
    assert frame["referral_score"].isna().tolist() == [True, False, False]
    assert {fault.severity for fault in faults.values()} == {"repaired"}


def test_values_below_zero_and_out_of_range_are_named_apart(read: Read) -> None:
    text = "account_id,account_name,visit_hours\nA1,x,-1\nA2,y,40\nA3,z,1\nA4,w,1\n"
    _, faults = read("accounts", text)
    assert faults["negative"].message == (
        'Visit length is below zero: "-1" (accounts.csv, column visit_hours, 1 row: A1). '
        "It was set missing. Correct it in the file."
    )
    assert faults["out_of_range"].message == (
        'Visit length is not between 0 and 24: "40" (accounts.csv, column visit_hours, '
        "1 row: A2). It was set missing. Correct it in the file."
    )


def test_a_family_is_checked_like_the_column_it_belongs_to(read: Read) -> None:
    text = "account_id,account_name,need_wine_share\nA1,x,0.5\nA2,y,-3\n"
    frame, faults = read("accounts", text)
    assert frame["need_wine_share"].isna().tolist() == [False, True]
    assert faults["negative"].column == "need_wine_share"


def test_duplicate_identifiers_are_blocking(read: Read) -> None:
    frame, faults = read("accounts", "account_id,account_name\nA1,x\nA2,y\n A1,z\n")
    assert len(frame) == 3
    assert faults["duplicate_key"].severity == "blocking"
    assert faults["duplicate_key"].row_numbers == (2, 4)
    assert faults["duplicate_key"].message == (
        'Several rows have the same account_id: "A1" (accounts.csv, column account_id, '
        "2 rows: A1). Keep one row of each."
    )


def test_identifiers_that_differ_only_by_case_are_not_the_same(read: Read) -> None:
    _, faults = read("accounts", "account_id,account_name\n001aB,x\n001ab,y\n")
    assert not faults


def test_a_key_of_two_columns_is_checked_as_one(read: Read) -> None:
    _, faults = read("account_team", "account_id,rep_id\nA1,R1\nA1,R2\nA1,R1\n")
    assert faults["duplicate_key"].message == (
        'Several rows have the same account_id and rep_id: "A1 + R1" (account_team.csv, column '
        "account_id, 2 rows: row 2, row 4). Keep one row of each."
    )


def test_rows_without_identifier_are_blocking(read: Read) -> None:
    _, faults = read("accounts", "account_id,account_name\nA1,x\n,Total\n")
    assert faults["missing_key"].severity == "blocking"
    assert faults["missing_key"].message == (
        "Rows have no identifier (accounts.csv, column account_id, 1 row: row 3). "
        "Give each row one, or take out rows of totals and notes."
    )


def test_other_required_values_may_be_missing_and_are_said(read: Read) -> None:
    frame, faults = read("visits", "account_id,rep_id,visit_date\nA1,,2026-05-03\n")
    assert len(frame) == 1
    assert faults["missing_value"].severity == "notice"
    assert faults["missing_value"].message == (
        "Rows have no rep_id (visits.csv, column rep_id, 1 row: row 2). "
        "They are kept, but cannot be used for everything. Fill in what is missing."
    )


def test_overrides_without_identifier_are_called_by_their_row(read: Read) -> None:
    frame, faults = read("overrides", "scope,value,action\naccount,A1,house\ncity,Brest,house\n")
    assert frame["override_id"].tolist() == ["row 2", "row 3"]
    assert not faults

"""Schemas made from the declarations."""

import pandas as pd
import pandera.errors
import pytest

from territory_kit.columns import (
    INPUT_TABLES,
    RESULT_TABLES,
    empty_frame,
    get_table,
    schema_for,
    shape_result,
)
from territory_kit.columns.column import Column
from territory_kit.columns.schemas import column_checks


def _accounts(values: dict[str, float | str] | None = None) -> pd.DataFrame:
    """Return one checked account with some values of its own."""
    one = empty_frame("accounts").reindex([0])
    named = {"account_id": "A1", "account_name": "Bar"}
    return one.assign(**named, **(values or {}))


@pytest.mark.parametrize("name", [table.name for table in (*INPUT_TABLES, *RESULT_TABLES)])
def test_an_empty_table_fits_its_own_schema(name: str) -> None:
    empty = empty_frame(name)
    assert schema_for(name).validate(empty).empty
    assert not [column for column in empty if "<" in str(column)]


def test_undeclared_columns_travel_along() -> None:
    assert schema_for("accounts").validate(_accounts({"shoe_size": "43"})).shape[0] == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("lat_deg", 91.0),
        ("lock", "always"),
        ("margin_share", 1.5),
        ("need_wine_share", 2.0),
        ("employees_count", -1.0),
    ],
)
def test_values_out_of_range_are_refused(column: str, value: float | str) -> None:
    with pytest.raises(pandera.errors.SchemaError, match=column):
        schema_for("accounts").validate(_accounts({column: value}))


def test_missing_values_are_allowed_but_not_in_the_key() -> None:
    missing = pd.Series([None], dtype="str")
    assert schema_for("accounts").validate(_accounts().assign(account_name=missing)).shape[0] == 1
    nameless = _accounts().assign(account_id=missing)
    with pytest.raises(pandera.errors.SchemaError, match="account_id"):
        schema_for("accounts").validate(nameless)


def test_a_key_names_one_row() -> None:
    with pytest.raises(pandera.errors.SchemaError, match="account_id"):
        schema_for("accounts").validate(pd.concat([_accounts(), _accounts()], ignore_index=True))


def test_a_result_is_typed_and_without_further_columns() -> None:
    made = pd.DataFrame(
        {"lowest_value": [2, 1], "extra": ["x", "y"], "account_class": ["B", "A"]}, index=[5, 7]
    )
    shaped = shape_result("class_cuts", made)
    # classes are no identifiers: they stay in the order in which the step tells them
    expected = pd.DataFrame(
        {"account_class": pd.Series(["B", "A"], dtype="str"), "lowest_value": [2.0, 1.0]}
    )
    pd.testing.assert_frame_equal(shaped, expected)
    assert made.index.tolist() == [5, 7]


def test_rows_of_a_result_are_sorted_by_their_identifiers() -> None:
    made = empty_frame("rep_fit").reindex([0, 1, 2])
    made = made.assign(territory_id=["T2", "T1", "T2"], rep_id=["R2", "R3", "R1"])
    shaped = shape_result("rep_fit", made)
    assert shaped["rep_id"].tolist() == ["R3", "R1", "R2"]
    assert shaped.index.tolist() == [0, 1, 2]


def test_a_result_that_breaks_its_declaration_is_refused() -> None:
    made = pd.DataFrame({"account_class": ["D"], "lowest_value": [1.0]})
    with pytest.raises(pandera.errors.SchemaError, match="account_class"):
        shape_result("class_cuts", made)


@pytest.mark.parametrize(
    ("column", "count"),
    [
        (Column("x", "number", "M.", "L"), 0),
        (Column("x", "number", "M.", "L", low=0), 1),
        (Column("x", "number", "M.", "L", low=0, high=1), 2),
        (Column("x", "choice", "M.", "L", choices=("a",)), 1),
    ],
)
def test_there_is_a_check_for_each_limit(column: Column, count: int) -> None:
    assert len(column_checks(column)) == count


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("class_cuts", "account_class", None),  # part of the key
        ("class_cuts", "account_class", "A"),  # stands twice
        ("class_cuts", "account_class", "D"),  # no choice
        ("headcount", "accounts_count", -1.0),  # below its range
    ],
)
def test_every_kind_of_breach_in_a_result_is_refused(name: str, column: str, value: object) -> None:
    """A quick look decides whether the schema is asked: it must miss nothing."""
    sound = empty_frame(name).reindex([0, 1])
    for key in get_table(name).key:
        sound[key] = pd.Series(["A", "B"], dtype=sound[key].dtype)
    assert len(shape_result(name, sound)) == 2
    broken = sound.assign(**{column: [sound[column].iloc[0], value]})
    with pytest.raises(pandera.errors.SchemaError, match=column):
        shape_result(name, broken)


def test_who_fills_an_empty_table_fills_no_other() -> None:
    filled = empty_frame("headcount")
    filled.loc[0, "region"] = "Bretagne"
    assert empty_frame("headcount").empty


def test_a_result_shares_no_values_with_what_the_step_made() -> None:
    made = pd.DataFrame({"account_class": ["A"], "lowest_value": [1.0]})
    shaped = shape_result("class_cuts", made)
    shaped.loc[0, "lowest_value"] = 2.0
    assert made["lowest_value"].tolist() == [1.0]

"""What a column is: unit and dtype follow from its name and kind."""

import pytest

from territory_kit.columns import Column
from territory_kit.columns.column import Kind, table


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("potential_amount_per_year", "{currency} per year"),
        ("move_price_amount", "{currency}"),
        ("workload_hours_per_year", "h per year"),
        ("visit_hours", "h"),
        ("travel_km_per_year", "km per year"),
        ("home_km", "km"),
        ("visits_per_year", "per year"),
        ("lat_deg", "degrees"),
        ("margin_share", "%"),
        ("workload_index", "100 = average"),
        ("account_name", ""),
    ],
)
def test_the_unit_is_read_from_the_ending_of_the_name(name: str, unit: str) -> None:
    assert Column(name, "number", "Meaning.", "Label").unit == unit


@pytest.mark.parametrize(
    ("kind", "dtype", "is_number"),
    [
        ("id", "str", False),
        ("text", "str", False),
        ("choice", "str", False),
        ("number", "float64", True),
        ("count", "float64", True),
        ("share", "float64", True),
        ("money", "float64", True),
        ("date", "datetime64[us]", False),
        ("yes_no", "boolean", False),
    ],
)
def test_the_dtype_follows_from_the_kind(kind: Kind, dtype: str, *, is_number: bool) -> None:
    column = Column("x", kind, "Meaning.", "Label")
    assert (column.dtype, column.is_number) == (dtype, is_number)


def test_a_table_is_declared_in_words() -> None:
    declared = table("reps", "One row per rep.", "rep_id rep_name", required="rep_id", key="rep_id")
    assert declared.columns == ("rep_id", "rep_name")
    assert (declared.required, declared.key) == (("rep_id",), ("rep_id",))


def test_without_another_word_all_columns_are_required() -> None:
    assert table("moves", "One row per move.", "account_id kind").required == ("account_id", "kind")

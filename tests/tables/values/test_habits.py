import pandas as pd

from territory_kit.tables.files.raw import Raw
from territory_kit.tables.values.habits import Habits, find_habits


def habits_of(
    country: str = "",
    *,
    is_semicolon: bool = False,
    **columns: list[str],
) -> Habits:
    raw = Raw(pd.DataFrame(columns, dtype="str"), None, is_semicolon, ())
    return find_habits(raw, {name: name for name in columns}, currency="EUR", country=country)


def test_one_column_tells_how_the_others_are_written() -> None:
    habits = habits_of(lat_deg=["48,8566"], revenue_amount_per_year=["1.234"])
    assert habits.number_styles == {"lat_deg": "comma"}
    assert (habits.number_style, habits.is_style_known) == ("comma", True)


def test_columns_may_be_written_in_two_styles() -> None:
    habits = habits_of(lat_deg=["48.8566", "48.1"], revenue_amount_per_year=["1,5", ""])
    assert habits.number_styles == {"lat_deg": "point", "revenue_amount_per_year": "comma"}
    assert habits.number_style == "point"


def test_without_any_sign_semicolons_suggest_a_decimal_comma() -> None:
    assert habits_of(is_semicolon=True, visit_hours=["1,234"]).number_style == "comma"
    assert habits_of(visit_hours=["1,234"]).number_style == "point"
    assert not habits_of(visit_hours=["1,234"]).is_style_known


def test_numbers_that_a_workbook_stores_say_nothing_about_its_texts() -> None:
    frame = pd.DataFrame({"visit_hours": ["1.5", "1.234"], "lat_deg": ["48.85", "2.3"]})
    stored = {
        "visit_hours": pd.Series([True, False]),
        "lat_deg": pd.Series([True, True]),
        "other": pd.Series([True, True]),
    }
    raw = Raw(frame, "point", is_semicolon=False, faults=(), stored_numbers=stored)
    names = {str(name): str(name) for name in frame}
    habits = find_habits(raw, names, currency="EUR", country="")
    assert not habits.number_styles
    assert (habits.number_style, habits.is_style_known) == ("point", False)
    assert habits.stored_numbers["visit_hours"].tolist() == [True, False]


def test_one_date_tells_the_order_of_all() -> None:
    habits = habits_of("US", renewal_date=["01/02/2026"], owner_since_date=["13/05/2020"])
    assert (habits.is_day_first, habits.is_order_known) == (True, True)


def test_without_any_sign_the_country_decides_the_order() -> None:
    assert habits_of("FR", renewal_date=["01/02/2026"]).is_day_first
    assert not habits_of("US", renewal_date=["01/02/2026"]).is_day_first
    assert not habits_of("US", renewal_date=["01/02/2026"]).is_order_known


def test_texts_say_nothing_about_numbers() -> None:
    assert not habits_of(city=["1,5"], undeclared=["1,5"]).is_style_known

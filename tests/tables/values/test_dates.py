import pandas as pd
import pytest

from territory_kit.tables.values.dates import (
    clean_dates,
    find_day_first,
    find_format,
    is_order_open,
    is_some_date,
    parse_dates,
    parse_excel_days,
)


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("values", "is_day_first", "date_format"),
    [
        (["2026-05-03"], True, "%Y-%m-%d"),
        (["2026/5/3"], True, "%Y/%m/%d"),
        (["20260503"], True, "%Y%m%d"),
        (["03.05.2026"], False, "%d.%m.%Y"),  # with dots the day always comes first
        (["03/05/2026"], True, "%d/%m/%Y"),
        (["05/03/2026"], False, "%m/%d/%Y"),
        (["03-05-26"], True, "%d-%m-%y"),
        (["05/03/26"], False, "%m/%d/%y"),
        (["2026-05-03", "2026-05-04", "03.05.2026"], True, "%Y-%m-%d"),
        (["soon", None], True, "%Y-%m-%d"),
    ],
)
def test_the_format_of_most_values_is_found(
    values: list[str | None], *, is_day_first: bool, date_format: str
) -> None:
    assert find_format(text(*values), is_day_first=is_day_first) == date_format
    if len(values) == 1:
        assert parse_dates(text(*values), date_format).tolist() == [pd.Timestamp(2026, 5, 3)]


@pytest.mark.parametrize(
    "value", ["2026-05-03T10:30:00Z", "2026-05-03 10:30", "2026-05-03 10:30 PM", "2026-05-03"]
)
def test_the_time_of_day_is_taken_off(value: str) -> None:
    assert clean_dates(text(value)).tolist() == ["2026-05-03"]


@pytest.mark.parametrize(
    ("values", "is_day_first"),
    [
        (["13/05/2026", "01/02/2026"], True),
        (["05/13/2026"], False),
        (["13-05-26"], True),
        (["01/02/2026", "2026-05-13", "13.05.2026", None], None),
        (["13/05/2026", "05/13/2026"], None),
    ],
)
def test_a_day_after_the_twelfth_tells_the_order(
    values: list[str | None], *, is_day_first: bool | None
) -> None:
    assert find_day_first([text(*values)]) is is_day_first


def test_the_order_is_open_where_both_parts_could_be_months_and_differ() -> None:
    values = text("03/04/2026", "3-4-26", "05/05/2026", "5/05/2026", "13/04/2026", "03.04.2026")
    assert is_order_open(values).tolist() == [True, True, False, False, False, False]


def test_dates_in_any_format_are_known_as_dates() -> None:
    values = text("2026-05-03", "13/05/2026", "05/13/2026", "31.02.2026", "soon", "46023")
    assert is_some_date(values).tolist() == [True, True, True, False, False, False]


def test_impossible_days_are_missing() -> None:
    assert parse_dates(text("31.02.2026", None), "%d.%m.%Y").isna().all()


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        pytest.param(["45900", "46000.0", None], ["2025-08-31", "2025-12-09", ""], id="days"),
        pytest.param(["45900", "2025", "soon"], ["2025-08-31", "", ""], id="among others"),
        pytest.param(["2025", "2026"], ["", ""], id="years"),
        pytest.param(["45900", "123456"], ["", ""], id="other numbers"),
        pytest.param(["19999", "45900"], ["", ""], id="too early"),
        pytest.param(["45900.5"], [""], id="a part of a day"),
    ],
)
def test_numbers_of_days_are_read_as_excel_counts(texts: list[str | None], days: list[str]) -> None:
    # 1 January 2000 is day 36526
    read = parse_excel_days(text(*texts))
    assert read.dt.strftime("%Y-%m-%d").fillna("").tolist() == days

import pandas as pd

from territory_kit.tables.links.days import last_known_day


def days(*values: str | None) -> pd.Series:
    return pd.to_datetime(pd.Series(values, dtype="str"))


def test_the_last_day_is_known() -> None:
    assert last_known_day(days("2026-01-05", None, "2026-03-01")) == pd.Timestamp(2026, 3, 1)


def test_a_day_years_after_all_others_is_a_slip() -> None:
    assert last_known_day(days("2026-01-05", "2205-03-01")) == pd.Timestamp(2026, 1, 5)


def test_without_days_there_is_no_last() -> None:
    assert last_known_day(days(None)) is None

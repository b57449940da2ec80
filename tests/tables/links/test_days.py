from collections.abc import Callable

import pandas as pd

from territory_kit.tables.links.days import event_days, last_known_day, latest_plausible_day

MakeTable = Callable[..., pd.DataFrame]


def days(*values: str | None) -> pd.Series:
    return pd.to_datetime(pd.Series(values, dtype="str"))


def test_the_last_day_is_known() -> None:
    assert last_known_day(days("2026-01-05", None, "2026-03-01")) == pd.Timestamp(2026, 3, 1)


def test_a_day_years_after_all_others_is_a_slip() -> None:
    assert last_known_day(days("2026-01-05", "2205-03-01")) == pd.Timestamp(2026, 1, 5)


def test_without_days_there_is_no_last() -> None:
    assert last_known_day(days(None)) is None


def test_something_happened_on_days_of_visits_and_closed_deals(make_table: MakeTable) -> None:
    visits = make_table("visits", visit_date=days("2026-01-05", None))
    deals = make_table(
        "deals", close_date=days("2026-02-01", "2027-02-01"), is_won=pd.array([False, None])
    )
    assert event_days({"visits": visits, "deals": deals}).tolist() == [
        pd.Timestamp(2026, 1, 5),
        pd.Timestamp(2026, 2, 1),
    ]
    assert event_days({}).empty


def test_what_happened_is_plausible_for_a_year_after_the_usual_days() -> None:
    assert latest_plausible_day(days("2026-01-05", "2205-03-01")) == pd.Timestamp(2027, 1, 6)
    assert latest_plausible_day(days(None)) is None

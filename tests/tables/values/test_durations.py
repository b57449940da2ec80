"""Durations become hours: header or CRM first, the size of the values last."""

from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables import Fault
from territory_kit.tables.values.durations import is_clock, parse_durations

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]
HEAD = "account_id,rep_id,visit_date"


def visits(header: str, *values: object) -> str:
    rows = [f'A{i},R1,2026-05-01,"{value}"' for i, value in enumerate(values, start=1)]
    return "\n".join([f"{HEAD},{header}", *rows])


@pytest.mark.parametrize(
    "header", ["duration_hours", "Dauer in Stunden", "Dauer h", "Duration (h)", "durée en heures"]
)
@pytest.mark.parametrize("hours", [[10, 5, 10], [0.5, 8], [12, 18, 7]])
def test_a_header_that_says_hours_is_believed(read: Read, header: str, hours: list[float]) -> None:
    frame, faults = read("visits", visits(header, *hours), columns={"duration_hours": header})
    assert frame["duration_hours"].tolist() == hours
    assert not faults


def test_more_hours_than_a_day_has_are_out_of_range(read: Read) -> None:
    frame, faults = read("visits", visits("duration_hours", 30, 60, 2))
    assert frame["duration_hours"].fillna(-1).tolist() == [-1, -1, 2]
    assert set(faults) == {"out_of_range"}


@pytest.mark.parametrize("header", ["DurationInMinutes", "Duration (min)", "Dauer in Minuten"])
def test_a_header_that_says_minutes_is_believed(read: Read, header: str) -> None:
    text = visits(header, 3, 4, 21)
    frame, faults = read("visits", text, columns={"duration_hours": header})
    assert frame["duration_hours"].tolist() == [0.05, 4 / 60, 0.35]
    assert faults["minutes"].severity == "notice"
    assert faults["minutes"].message == (
        "Durations are written in minutes: from 3 to 21 (visits.csv, column duration_hours "
        f'("{header}")). They were divided by 60. Nothing to do.'
    )


def test_the_duration_of_salesforce_is_in_minutes(read: Read) -> None:
    text = (
        "Activity ID,Company / Account,Assigned,Date,Duration\n"
        "V1,A1,R1,2026-05-01,3\nV2,A2,R1,2026-05-02,4\nV3,A3,R1,2026-05-03,21\n"
    )
    frame, faults = read("visits", text)
    assert frame["duration_hours"].tolist() == [0.05, 4 / 60, 0.35]
    assert "minutes" in faults


@pytest.mark.parametrize(
    ("values", "hours", "word"),
    [
        ([30, 60, 45], [0.5, 1.0, 0.75], "minutes"),
        ([15, 15, 45], [0.25, 0.25, 0.75], "minutes"),
        ([5, 10, 20], [1 / 12, 1 / 6, 1 / 3], "minutes"),
        ([12, 18, 7], [0.2, 0.3, 7 / 60], "minutes"),
        ([0.5, 1, 2], [0.5, 1, 2], "hours"),
        ([6, 7.5, 8], [6, 7.5, 8], "hours"),
    ],
)
def test_where_the_values_decide_it_is_said(
    read: Read, values: list[float], hours: list[float], word: str
) -> None:
    frame, faults = read("visits", visits("Duration", *values))
    assert frame["duration_hours"].tolist() == hours
    assert faults["guessed_duration_unit"].severity == "notice"
    assert faults["guessed_duration_unit"].what == (
        f"No header says the unit of durations; their size speaks for {word}"
    )


def test_durations_that_carry_a_unit_are_read_each(read: Read) -> None:
    values = ("1h30", "90 min", "1.5 h", "1,5 Std.", "01:30:00", "1 h 30 min", "1:30", "soon")
    frame, faults = read("visits", visits("duration_hours", *values, 2))
    assert frame["duration_hours"].tolist()[:7] == [1.5] * 7
    assert frame["duration_hours"].tolist()[8] == 2.0
    assert set(faults) == {"clock_durations", "not_a_number"}
    assert faults["not_a_number"].value == '"soon"'
    assert faults["clock_durations"].message == (
        'Durations with a colon were read as hours and minutes: "1:30" (visits.csv, column '
        "duration_hours, 1 row: row 8). Check one of them. If they are minutes and seconds, export "
        "them in minutes."
    )


def test_a_clock_under_a_header_of_minutes_may_be_seconds(read: Read) -> None:
    text = visits("Duration (min)", "1:30", 90)
    frame, faults = read("visits", text, columns={"duration_hours": "Duration (min)"})
    assert frame["duration_hours"].fillna(-1).tolist() == [-1, 1.5]
    assert faults["not_a_number"].value == '"1:30"'


@pytest.mark.parametrize("value", ["1.234 h", "1:75", "h", "min", "1h75", "5", "1 day", None])
def test_other_texts_carry_no_unit(value: str | None) -> None:
    assert parse_durations(pd.Series([value], dtype="str"), None).isna().all()


def test_clocks_have_two_parts() -> None:
    text = pd.Series(["1:30", "01:30:00", "90", None], dtype="str")
    assert is_clock(text).tolist() == [True, False, False, False]


def test_the_length_of_visits_in_accounts_is_hours(read: Read) -> None:
    text = "account_id,account_name,visit_hours\nA1,x,10\nA2,x,5\nA3,x,10\n"
    frame, faults = read("accounts", text)
    assert frame["visit_hours"].tolist() == [10, 5, 10]
    assert not faults

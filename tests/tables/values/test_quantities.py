from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables import Fault

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]


def accounts(column: str, *values: str, delimiter: str = ";") -> str:
    rows = [f"A{i}{delimiter}x{delimiter}{value}" for i, value in enumerate(values, start=1)]
    head = delimiter.join(("account_id", "account_name", column))
    return "\n".join([head, *rows])


def test_french_money_is_read_with_comma_spaces_and_sign(read: Read) -> None:
    values = ("1 234,50 €", "12,5", "", "n/a", "-")
    text = accounts("potential_amount_per_year", *values)
    frame, faults = read("accounts", text, currency="EUR")
    assert frame["potential_amount_per_year"].dropna().tolist() == [1234.5, 12.5]
    assert not faults


def test_text_in_a_number_is_missing_and_said(read: Read) -> None:
    text = accounts("potential_amount_per_year", "12 k€", "n/c", "5")
    frame, faults = read("accounts", text)
    assert frame["potential_amount_per_year"].isna().tolist() == [True, True, False]
    assert faults["not_a_number"].severity == "repaired"
    assert faults["not_a_number"].message == (
        'A value is not a number: "12 k€", "n/c" (accounts.csv, column potential_amount_per_year, '
        "2 rows: A1, A2). It was set missing. Correct it in the file."
    )


@pytest.mark.parametrize(
    ("delimiter", "mark", "number"), [(";", "comma", 1.234), ("\t", "point", 1234.0)]
)
def test_numbers_that_could_be_thousands_or_decimals_are_said(
    read: Read, delimiter: str, mark: str, number: float
) -> None:
    frame, faults = read("accounts", accounts("employees_count", "1,234", delimiter=delimiter))
    assert frame["employees_count"].tolist() == [number]
    assert faults["ambiguous_numbers"].severity == "notice"
    assert faults["ambiguous_numbers"].message == (
        "Numbers could have thousands or decimals; decimals were taken to follow a "
        f'{mark}: "1,234" (accounts.csv, column employees_count, 1 row: A1). '
        "Check one of them. If it is wrong, export without thousands separators."
    )


def test_a_whole_column_of_percent_is_divided_and_said(read: Read) -> None:
    frame, faults = read("accounts", accounts("margin_share", "30", "0", "-5", "12,5"))
    assert frame["margin_share"].tolist() == [0.3, 0, -0.05, 0.125]
    assert faults["percent"].severity == "notice"
    assert faults["percent"].message == (
        "Shares are written in percent: from 5 to 30 (accounts.csv, column margin_share). "
        "They were divided by 100. Nothing to do."
    )


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        (["0,3", "1"], [0.3, 1.0]),
        (["30 %", "0,5 %"], [0.3, 0.005]),
        (["1", "1"], [1.0, 1.0]),
    ],
)
def test_shares_that_are_shares_already_or_say_percent_need_no_notice(
    read: Read, values: list[str], shares: list[float]
) -> None:
    frame, faults = read("accounts", accounts("margin_share", *values))
    assert frame["margin_share"].tolist() == shares
    assert not faults


def test_a_mixture_of_shares_and_percent_is_out_of_range(read: Read) -> None:
    frame, faults = read("accounts", accounts("margin_share", "0,3", "30"))
    assert frame["margin_share"].isna().tolist() == [False, True]
    assert set(faults) == {"out_of_range"}


def test_sizes_above_one_are_not_percent(read: Read) -> None:
    frame, faults = read("territories", "territory_id,size_share\nT1,1.5\nT2,1\n")
    assert frame["size_share"].tolist() == [1.5, 1.0]
    assert not faults


def test_families_of_shares_are_read_like_the_column_they_belong_to(read: Read) -> None:
    frame, faults = read("accounts", accounts("Need Wine Share", "50", "100"))
    assert frame["need_wine_share"].tolist() == [0.5, 1.0]
    assert faults["percent"].column == "need_wine_share"


@pytest.mark.parametrize(
    ("header", "values", "hours"),
    [
        ("duration_hours", ["30", "60", "45"], [0.5, 1.0, 0.75]),
        ("DurationInMinutes", ["3", "6", "12"], [0.05, 0.1, 0.2]),
        ("duration_hours", ["15", "15", "45"], [0.25, 0.25, 0.75]),
        ("duration_hours", ["5", "10", "20"], [1 / 12, 1 / 6, 1 / 3]),
        ("duration_hours", ["12", "18", "7"], [0.2, 0.3, 7 / 60]),
    ],
)
def test_durations_in_minutes_are_divided_and_said(
    read: Read, header: str, values: list[str], hours: list[float]
) -> None:
    rows = [f"A{i},R1,2026-05-0{i},{value}" for i, value in enumerate(values, start=1)]
    text = "\n".join([f"account_id,rep_id,visit_date,{header}", *rows])
    frame, faults = read("visits", text)
    assert frame["duration_hours"].tolist() == hours
    assert faults["minutes"].severity == "notice"
    assert faults["minutes"].what == "Durations are written in minutes"
    assert faults["minutes"].value == f"from {min(map(int, values))} to {max(map(int, values))}"
    assert faults["minutes"].remedy == "They were divided by 60. Nothing to do."


@pytest.mark.parametrize("hours", [[0.5, 8.0], [0.5, 1.0, 2.0], [6.0, 7.5, 8.0], [1.0, 10.0]])
def test_durations_in_hours_stay(read: Read, hours: list[float]) -> None:
    rows = [f"A{i},R1,2026-05-01,{value}" for i, value in enumerate(hours, start=1)]
    text = "\n".join(["account_id,rep_id,visit_date,duration_hours", *rows])
    frame, faults = read("visits", text)
    assert frame["duration_hours"].tolist() == hours
    assert not faults

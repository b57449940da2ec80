from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.tables import Fault, Source, read_input

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
        "Shares are written in percent, as their size shows: from -5 to 30 (accounts.csv, column "
        "margin_share). They were divided by 100, those below 1 too. Nothing to do, if they are "
        "percent."
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
    ("table", "header", "values", "shares"),
    [
        ("deals", "Probability (%)", ["0.5", "10", "90"], [0.005, 0.1, 0.9]),
        ("deals", "Probability (%)", ["1", "1", "0"], [0.01, 0.01, 0.0]),
        ("deals", "win_share", ["0.5", "10", "90"], [0.005, 0.1, 0.9]),
        ("accounts", "Margin Percent", ["0.5", "1", "1"], [0.005, 0.01, 0.01]),
    ],
)
def test_the_header_says_percent_before_the_values(
    read: Read, table: str, header: str, values: list[str], shares: list[float]
) -> None:
    name = "win_share" if table == "deals" else "margin_share"
    key = table[:-1]
    rows = [f"{key}{i},A{i},{value}" for i, value in enumerate(values, start=1)]
    second = "account_id" if table == "deals" else "account_name"
    text = "\n".join([f"{key}_id,{second},{header}", *rows])
    frame, faults = read(table, text, columns={name: header})
    assert frame[name].tolist() == pytest.approx(shares)
    assert set(faults) == {"percent"}


def test_the_probability_of_salesforce_is_percent(read: Read) -> None:
    text = "Id,AccountId,StageName,IsWon,Probability\nD1,A1,x,0,1\nD2,A1,x,0,0\n"
    frame, faults = read("deals", text)
    assert frame["win_share"].tolist() == [0.01, 0.0]
    assert faults["percent"].severity == "notice"


def test_a_probability_without_a_crm_stays(read: Read) -> None:
    frame, faults = read("deals", "deal_id,account_id,Probability\nD1,A1,1\nD2,A1,0.5\n")
    assert frame["win_share"].tolist() == [1.0, 0.5]
    assert "percent" not in faults


def test_a_workbook_stores_formatted_percent_as_shares(tmp_path: Path) -> None:
    """Excel stores 35 % as 0.35, whatever the header says; 0 and 1 alone may be either."""
    file = tmp_path / "accounts.xlsx"
    table = pd.DataFrame({"account_id": ["A1", "A2"], "account_name": "x", "Margin %": [0.35, 1]})
    table.to_excel(file, index=False)
    source = Source(file, {"margin_share": "Margin %"})
    frame, faults = read_input("accounts", source)
    assert frame["margin_share"].tolist() == [0.35, 1.0]
    assert [fault.code for fault in faults] == ["percent"]
    assert faults[0].what.startswith("The header says percent, but the workbook stores shares")
    table.assign(**{"Margin %": [0, 1]}).to_excel(file, index=False)
    assert read_input("accounts", source)[0]["margin_share"].tolist() == [0.0, 0.01]


def test_texts_of_a_workbook_are_read_like_texts_of_a_file(tmp_path: Path) -> None:
    """What stands there as a number has a point; what somebody typed as text may be a thousand."""
    file = tmp_path / "accounts.xlsx"
    values = ["1.234", "5.678", 1.234]
    table = pd.DataFrame(
        {"account_id": list("abc"), "account_name": "x", "employees_count": values}
    )
    table.to_excel(file, index=False)
    frame, faults = read_input("accounts", Source(file))
    assert frame["employees_count"].tolist() == [1.234, 5.678, 1.234]
    assert [(fault.code, fault.ids) for fault in faults] == [("ambiguous_numbers", ("a", "b"))]
    frame, faults = read_input("accounts", Source(file), country="DE")
    assert frame["employees_count"].tolist() == [1234.0, 5678.0, 1.234]
    assert [(fault.code, fault.ids) for fault in faults] == [("ambiguous_numbers", ("a", "b"))]
    table["employees_count"] = pd.Series(["1.234", "5,5", 1.234], dtype="object")
    table.to_excel(file, index=False)
    frame, faults = read_input("accounts", Source(file))
    assert frame["employees_count"].tolist() == [1234.0, 5.5, 1.234]
    assert not faults

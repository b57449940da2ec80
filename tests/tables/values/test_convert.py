from collections.abc import Callable

import pandas as pd
import pytest

from territory_kit.tables import Fault

Read = Callable[..., tuple[pd.DataFrame, dict[str, Fault]]]


def accounts(column: str, *values: str, delimiter: str = ",") -> str:
    rows = [f"A{i}{delimiter}x{delimiter}{value}" for i, value in enumerate(values, start=1)]
    head = delimiter.join(("account_id", "account_name", column))
    return "\n".join([head, *rows])


def test_identifiers_keep_case_and_leading_zeros(read: Read) -> None:
    frame, faults = read("accounts", "account_id,account_name,postal_code\n001aB,x,01000\n")
    assert frame[["account_id", "postal_code"]].iloc[0].tolist() == ["001aB", "01000"]
    assert not faults


def test_spaces_around_identifiers_are_taken_off_and_said(read: Read) -> None:
    frame, faults = read("accounts", accounts("current_rep_id", " R1 ", "R1", ""))
    assert frame["current_rep_id"].fillna("none").tolist() == ["R1", "R1", "none"]
    assert faults["spaces_around_id"].severity == "notice"
    assert faults["spaces_around_id"].message == (
        'Identifiers stand between spaces: " R1 " (accounts.csv, column current_rep_id, '
        "1 row: A1). The spaces were taken off. Take them off in the source, so that others "
        "match too."
    )


def test_na_is_a_country_and_a_region_but_no_number(read: Read) -> None:
    text = "account_id,account_name,country,region,lat_deg\nA1,Windhoek,NA,NA,NA\n"
    frame, faults = read("accounts", text)
    assert frame[["country", "region"]].iloc[0].tolist() == ["NA", "NA"]
    assert frame["lat_deg"].isna().all()
    assert not faults


def test_failed_formulas_are_missing_in_every_kind_of_column(read: Read) -> None:
    frame, faults = read("accounts", accounts("segment", "#N/A", "bar", "#1 in town"))
    assert frame["segment"].fillna("none").tolist() == ["none", "bar", "#1 in town"]
    assert faults["sheet_error"].severity == "repaired"
    assert faults["sheet_error"].message == (
        'A formula of the spreadsheet failed: "#N/A" (accounts.csv, column segment, 1 row: A1). '
        "The value was set missing. Correct the formula and export again."
    )


def test_dates_are_read_in_one_format_and_others_are_said(read: Read) -> None:
    values = ("13/05/2026", "14/05/2026", "2026-05-15", "soon", "01/01/1850", "n/a")
    frame, faults = read("accounts", accounts("renewal_date", *values))
    assert frame["renewal_date"].tolist()[:2] == [
        pd.Timestamp(2026, 5, 13),
        pd.Timestamp(2026, 5, 14),
    ]
    assert frame["renewal_date"].isna().tolist() == [False, False, True, True, True, True]
    assert frame["renewal_date"].dtype == "datetime64[us]"
    assert faults["two_date_formats"].message == (
        "A value is a date in another format than the rest of the column, such as "
        '"13/05/2026": "2026-05-15" (accounts.csv, column renewal_date, 1 row: A3). It was '
        "set missing. Correct it in the file."
    )
    assert faults["not_a_date"].message == (
        'A value is no day: "soon" (accounts.csv, column renewal_date, 1 row: A4). '
        "It was set missing. Correct it in the file."
    )
    assert faults["implausible_date"].message == (
        'A value is a day before 1900 or after 2100: "01/01/1850" (accounts.csv, column '
        "renewal_date, 1 row: A5). It was set missing. Correct it in the file."
    )
    assert {fault.severity for fault in faults.values()} == {"repaired"}


@pytest.mark.parametrize(
    ("country", "first", "day"),
    [("FR", "day", pd.Timestamp(2026, 2, 1)), ("US", "month", pd.Timestamp(2026, 1, 2))],
)
def test_an_open_order_of_day_and_month_is_said(
    read: Read, country: str, first: str, day: pd.Timestamp
) -> None:
    frame, faults = read("accounts", accounts("renewal_date", "01/02/2026"), country=country)
    assert frame["renewal_date"].tolist() == [day]
    assert faults["ambiguous_dates"].severity == "notice"
    assert faults["ambiguous_dates"].message == (
        f'Day and month could be either; the {first} was taken to come first: "01/02/2026" '
        "(accounts.csv, column renewal_date, 1 row: A1). Check one of them. If it is wrong, "
        "export dates as 2026-12-31."
    )


def test_yes_and_no_are_read_and_other_words_said(read: Read) -> None:
    text = "rep_id,rep_name,is_vacancy\nR1,a,Oui\nR2,b,nein\nR3,c,maybe\nR4,d,\n"
    frame, faults = read("reps", text)
    assert frame["is_vacancy"].dtype == "boolean"
    assert frame["is_vacancy"].fillna(value=False).tolist() == [True, False, False, False]
    assert frame["is_vacancy"].isna().tolist() == [False, False, True, True]
    assert faults["not_yes_or_no"].message == (
        'A value is neither yes nor no: "maybe" (reps.csv, column is_vacancy, 1 row: R3). '
        "It was set missing. Correct it in the file."
    )


def test_unknown_choices_are_missing_and_all_choices_are_named(read: Read) -> None:
    frame, faults = read("accounts", accounts("coverage", "FIELD", "tele", "n/a"))
    assert frame["coverage"].fillna("none").tolist() == ["field", "none", "none"]
    assert faults["unknown_choice"].severity == "repaired"
    assert faults["unknown_choice"].message == (
        'A value is none of field, remote, house, partner: "tele" (accounts.csv, column coverage, '
        "1 row: A2). It was set missing. Correct it in the file."
    )


def test_words_of_a_crm_are_translated_and_said(read: Read) -> None:
    frame, faults = read("accounts", accounts("account_type", "Customer - Direct", "Prospect"))
    assert frame["account_type"].tolist() == ["customer", "prospect"]
    assert faults["translated_choice"].severity == "notice"
    assert faults["translated_choice"].message == (
        'Words of a CRM or another language were read as our choices: "Customer - Direct, read as '
        'customer" (accounts.csv, column account_type, 1 row: A1). '
        "Where one is wrong, change it in the file."
    )


def test_none_is_a_lock(read: Read) -> None:
    frame, faults = read("accounts", accounts("lock", "None", "rep"))
    assert frame["lock"].tolist() == ["none", "rep"]
    assert not faults


def test_numbers_of_days_among_dates_are_read_and_one_pair_is_shown(read: Read) -> None:
    values = ("2026-05-13", "45900", "2025", "45901")
    frame, faults = read("accounts", accounts("renewal_date", *values))
    days = frame["renewal_date"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert days == ["2026-05-13", "2025-08-31", "", "2025-09-01"]
    assert faults["excel_dates"].severity == "notice"
    assert faults["excel_dates"].value == '"45900 as 2025-08-31", "45901 as 2025-09-01"'
    assert faults["not_a_date"].value == '"2025"'

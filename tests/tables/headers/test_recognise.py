from pathlib import Path

import openpyxl
import pytest

from territory_kit.errors import TableError
from territory_kit.tables.headers.recognise import find_table, recognise


@pytest.mark.parametrize(
    ("export", "table", "title"),
    [
        ("salesforce_report/accounts.csv", "accounts", "Salesforce report (Account)"),
        ("salesforce_report/opportunities.csv", "deals", "Salesforce report (Opportunity)"),
        ("salesforce_report/events.csv", "visits", "Salesforce report (Event)"),
        ("salesforce_report/users.csv", "reps", "Salesforce report (User)"),
        (
            "salesforce_data_loader/accounts.csv",
            "accounts",
            "Salesforce Data Loader export (Account)",
        ),
        (
            "salesforce_data_loader/opportunities.csv",
            "deals",
            "Salesforce Data Loader export (Opportunity)",
        ),
        ("salesforce_data_loader/events.csv", "visits", "Salesforce Data Loader export (Event)"),
        ("salesforce_data_loader/users.csv", "reps", "Salesforce Data Loader export (User)"),
        ("hubspot/companies.csv", "accounts", "HubSpot export (company)"),
        ("hubspot/deals.csv", "deals", "HubSpot export (deal)"),
        ("hubspot/reps.csv", "reps", "list of reps"),
        ("dynamics/accounts.csv", "accounts", "Dynamics workbook (account)"),
        ("dynamics/reps.csv", "reps", "list of reps"),
    ],
)
def test_every_export_is_recognised_under_any_name(
    crm_exports: Path, tmp_path: Path, export: str, table: str, title: str
) -> None:
    copy = tmp_path / "x.csv"
    copy.write_bytes((crm_exports / export).read_bytes())
    (found,) = recognise(copy)
    assert (found.table, found.title, found.missing) == (table, title, ())


def test_a_report_gives_every_column_that_a_plan_can_use(crm_exports: Path) -> None:
    (found,) = recognise(crm_exports / "salesforce_report" / "opportunities.csv")
    assert found.columns == {
        "deal_id": "Opportunity ID",
        "account_id": "Account Name",
        "rep_id": "Opportunity Owner",
        "stage": "Stage",
        "amount": "Amount",
        "currency": "Amount Currency",
        "win_share": "Probability (%)",
        "open_date": "Created Date",
        "close_date": "Close Date",
        "is_closed": "Closed",
        "is_won": "Won",
        "deal_type": "Type",
    }
    assert found.unknown == ("Opportunity Name",)
    assert found.rows_count == 70
    assert found.currencies == {"EUR": 69, "GBP": 1}


def test_of_a_workbook_only_the_sheets_that_people_see_are_looked_at(
    dynamics_workbook: Path,
) -> None:
    (found,) = recognise(dynamics_workbook)
    assert (found.sheet, found.table) == ("Active Accounts", "accounts")
    assert found.columns["account_id"] == "(Do Not Modify) Account"
    assert found.countries == {"DE": 32, "AT": 10}
    assert found.currencies == {"EUR": 42}


def test_each_sheet_of_a_workbook_is_recognised(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheets = {
        "Kunden": [["Kundennummer", "Firma", "PLZ", "Ort"], ["1", "Alt GmbH", "80331", "München"]],
        "Team": [["Personalnummer", "Name", "E-Mail"], ["7", "Ute Weiß", "u@x.example"]],
        "leer": [],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "Vertrieb.xlsx")
    found = recognise(tmp_path / "Vertrieb.xlsx")
    assert [(one.sheet, one.table) for one in found] == [("Kunden", "accounts"), ("Team", "reps")]


def test_required_columns_without_a_header_are_named(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Firma;Ort\nAlt;Hof\n", encoding="utf-8")
    (found,) = recognise(tmp_path / "list.csv")
    assert (found.table, found.missing) == ("accounts", ("account_id",))


def test_a_file_that_means_nothing_is_said_to_be_unknown(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("foo;bar\n1;2\n", encoding="utf-8")
    (found,) = recognise(tmp_path / "x.csv")
    assert (found.table, found.title, found.unknown) == ("", "not recognised", ("foo", "bar"))


def test_a_file_can_be_told_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("foo;bar\n1;2\n", encoding="utf-8")
    (found,) = recognise(tmp_path / "x.csv", table="accounts")
    assert found.missing == ("account_id", "account_name")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(TableError, match=r"x\.xlsx"):
        recognise(tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    ("found", "name", "table"),
    [
        ("account_id|rep_id|visit_date", "", "visits"),
        ("account_id|rep_id|role|credit_share", "", "account_team"),
        ("lat|lon|city|postcode", "", "places"),
        ("area|income|retail sales|population", "", "regional_statistics"),
        ("Id|Nom|Ville", "", "accounts"),
        # too little to go by: the name of the file decides
        ("Name|Region", "reps 2026", "reps"),
        ("Name|Region", "Accounts", "accounts"),
        ("foo|bar", "", ""),
    ],
)
def test_the_table_is_found_by_headers_then_by_the_name_of_the_file(
    found: str, name: str, table: str
) -> None:
    assert find_table(found.split("|"), name=name) == table

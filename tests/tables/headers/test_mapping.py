from collections.abc import Mapping

import pytest

from territory_kit.tables.headers.mapping import HeaderMap, map_headers
from territory_kit.tables.reading import Reading


def mapped(table: str, found: str, given: Mapping[str, str] | None = None) -> HeaderMap:
    return map_headers(Reading(table, "export.csv"), found.split("|"), given or {})


def messages(result: HeaderMap, code: str) -> list[str]:
    return [fault.message for fault in result.faults if fault.code == code]


def test_own_names_need_no_mapping_whatever_their_case_and_spaces() -> None:
    result = mapped("accounts", "Account ID|ACCOUNT_NAME|lat deg|Need Wine Share|other")
    assert result.headers == {
        "account_id": "Account ID",
        "account_name": "ACCOUNT_NAME",
        "lat_deg": "lat deg",
        "need_wine_share": "Need Wine Share",
    }
    assert result.faults == ()


def test_the_exact_name_comes_before_a_similar_one() -> None:
    assert mapped("accounts", "Account ID|account_id|account_name").headers["account_id"] == (
        "account_id"
    )


def test_what_the_analyst_says_comes_first_and_may_use_a_header_twice() -> None:
    given = {"account_name": "city", "region": "state"}
    result = mapped("accounts", "account_id|city|state|region", given)
    assert result.headers["account_name"] == "city"
    assert result.headers["city"] == "city"
    assert result.headers["region"] == "state"


def test_a_told_header_may_differ_in_case_and_spaces() -> None:
    given = {"account_id": "id compte", "account_name": "NOM"}
    assert mapped("accounts", "ID Compte|nom", given).headers == {
        "account_id": "ID Compte",
        "account_name": "nom",
    }


def test_salesforce_reports_are_recognised_and_said() -> None:
    found = "Account ID|Account Name|Type|Annual Revenue|Billing City|Account Owner|Extra"
    result = mapped("accounts", found)
    assert result.headers == {
        "account_id": "Account ID",
        "account_name": "Account Name",
        "account_type": "Type",
        "city": "Billing City",
        "turnover_amount_per_year": "Annual Revenue",
        "current_rep_id": "Account Owner",
    }
    (message,) = messages(result, "guessed_headers")
    assert message == (
        'Headers were read as those of a CRM export or as everyday words: "Account Owner" as '
        'current_rep_id, "Type" as account_type, "Annual Revenue" as '
        'turnover_amount_per_year, "Billing City" as city (export.csv). Where one is wrong, map '
        "the column in plan.yaml."
    )


@pytest.mark.parametrize(
    ("table", "found", "column", "header"),
    [
        ("accounts", "Id|Name|Type", "account_type", "Type"),
        ("deals", "Id|AccountId|Type", "deal_type", "Type"),
        ("visits", "AccountId|OwnerId|ActivityDate|Type", "channel", "Type"),
        ("accounts", "Id|Name", "account_id", "Id"),
        ("deals", "Id|AccountId", "deal_id", "Id"),
        ("reps", "Id|Name", "rep_id", "Id"),
        ("reps", "Id|Name", "crm_user_id", "Id"),
        ("accounts", "Record ID|Company name|Company owner", "current_rep_id", "Company owner"),
        (
            "accounts",
            "(Do Not Modify) Account|Account Name|Address 1: City",
            "account_id",
            "(Do Not Modify) Account",
        ),
        ("accounts", "id|name|LAT", "lat_deg", "LAT"),
    ],
)
def test_the_table_decides_what_a_crm_header_means(
    table: str, found: str, column: str, header: str
) -> None:
    assert mapped(table, found).headers[column] == header


def test_annual_revenue_is_turnover_and_never_revenue() -> None:
    result = mapped("accounts", "account_id|account_name|Annual Revenue")
    assert result.headers["turnover_amount_per_year"] == "Annual Revenue"
    assert "revenue_amount_per_year" not in result.headers


def test_annual_revenue_told_to_be_revenue_is_questioned() -> None:
    given = {"revenue_amount_per_year": "AnnualRevenue"}
    result = mapped("accounts", "account_id|account_name|AnnualRevenue", given)
    (message,) = messages(result, "turnover_as_revenue")
    assert message == (
        "In a CRM this header is the account's own sales, not what it spends with us: "
        "AnnualRevenue (export.csv, column revenue_amount_per_year). Map it to "
        "turnover_amount_per_year, unless you know better."
    )


def test_a_header_that_could_be_two_columns_is_not_used() -> None:
    result = mapped("accounts", "account_id|account_name|Revenue")
    assert "revenue_amount_per_year" not in result.headers
    (message,) = messages(result, "ambiguous_header")
    assert message == (
        "A header could mean revenue_amount_per_year or turnover_amount_per_year: Revenue "
        "(export.csv). It was not used. Map one of the two to it in plan.yaml."
    )


def test_an_ambiguous_header_that_is_mapped_is_no_fault() -> None:
    given = {"revenue_amount_per_year": "Revenue"}
    assert mapped("accounts", "account_id|account_name|Revenue", given).faults == ()


def test_a_told_header_that_is_missing_is_blocking_with_a_suggestion() -> None:
    result = mapped("accounts", "account_id|Nom du compte", {"account_name": "Nom de compte"})
    (fault,) = result.faults
    assert fault.severity == "blocking"
    assert fault.code == "missing_header"
    assert fault.message == (
        "The file has no column with the header that the plan gives: Nom de compte (export.csv, "
        'column account_name). Did you mean "Nom du compte"? Known names: Nom du compte, '
        "account_id."
    )


def test_a_column_that_the_table_does_not_have_is_blocking_with_a_suggestion() -> None:
    result = mapped("places", "lat_deg|lon_deg|town", {"cty": "town"})
    (fault,) = result.faults
    assert fault.severity == "blocking"
    assert fault.message == (
        "The plan maps a column that places does not have: cty (export.csv, column cty). "
        'Did you mean "city"? Known names: city, country, lat_deg, lon_deg, postal_code.'
    )


def test_all_missing_required_columns_are_named_at_once() -> None:
    result = mapped("accounts", "foo|bar")
    assert [fault.severity for fault in result.faults] == ["blocking", "blocking"]
    assert messages(result, "missing_column") == [
        f"The required column {name} is missing: headers found: bar, foo (export.csv, column "
        f"{name}). Name its header in plan.yaml, under inputs: accounts: columns: {name}."
        for name in ("account_id", "account_name")
    ]


def test_an_account_number_is_a_field_of_its_own_in_salesforce() -> None:
    found = "Account Number|Account Name|Billing City|Account Owner|Type"
    result = mapped("accounts", found)
    assert "account_id" not in result.headers
    assert messages(result, "missing_column")
    assert mapped("accounts", f"{found}|Account ID").headers["account_id"] == "Account ID"
    # a list of no CRM has nothing else to offer
    assert mapped("accounts", "Account Number|Name").headers["account_id"] == "Account Number"

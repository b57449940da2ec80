import pandas as pd
import pytest

from territory_kit.tables.headers.guess import Guess, find_crm_object, guess_headers


def guessed(table: str, found: str, sample: pd.DataFrame | None = None) -> dict[str, Guess]:
    return {g.column: g for g in guess_headers(table, found.split("|"), sample=sample)}


def test_our_own_name_is_sure() -> None:
    assert guessed("accounts", "City")["city"] == Guess("city", "City", "sure", "our own name")


def test_a_header_of_the_crm_that_the_file_comes_from_is_sure() -> None:
    found = guessed("accounts", "Account ID|Account Name|Billing City|Account Owner")
    assert found["city"] == Guess("city", "Billing City", "sure", "header of Salesforce (Account)")


def test_a_header_of_another_crm_is_likely() -> None:
    found = guessed("accounts", "Account ID|Account Name|Billing City|Account Owner|State/Region")
    assert found["region"] == Guess("region", "State/Region", "likely", "HubSpot calls it so")


def test_an_everyday_word_is_likely() -> None:
    assert guessed("accounts", "PLZ")["postal_code"] == Guess(
        "postal_code", "PLZ", "likely", "everyday word"
    )


def test_the_headers_of_the_own_crm_come_before_everyday_words() -> None:
    """A list of addresses beside the CRM's own must not win by standing first."""
    found = "Town|Account ID|Account Name|Billing City|Account Owner"
    assert guessed("accounts", found)["city"].header == "Billing City"


def test_an_account_named_instead_of_identified_is_likely() -> None:
    found = guessed("deals", "Opportunity ID|Account Name|Opportunity Owner|Close Date")
    assert found["account_id"].certainty == "likely"
    assert found["account_id"].reason == "names the account, which is looked up among the accounts"


def test_the_identifier_of_the_account_goes_before_its_name() -> None:
    found = guessed("deals", "Account Name|Opportunity ID|Account ID|Opportunity Owner")
    assert found["account_id"].header == "Account ID"


def test_a_word_with_two_meanings_is_unsure_and_named_for_both() -> None:
    guesses = guess_headers("accounts", ["account_id", "Umsatz"])
    unsure = [(g.column, g.header) for g in guesses if g.certainty == "unsure"]
    assert unsure == [
        ("revenue_amount_per_year", "Umsatz"),
        ("turnover_amount_per_year", "Umsatz"),
    ]


def test_revenue_in_a_dynamics_export_is_turnover() -> None:
    """Dynamics calls the account's own sales `revenue`; elsewhere the word stays ambiguous."""
    found = "accountid|name|address1_city|revenue"
    assert guessed("accounts", found)["turnover_amount_per_year"].header == "revenue"
    assert "revenue_amount_per_year" not in guessed("accounts", found)
    assert guessed("accounts", "id|name|revenue")["revenue_amount_per_year"].certainty == "unsure"


def test_hubspots_total_revenue_warns_that_it_is_of_all_years() -> None:
    found = guessed("accounts", "Record ID|Company name|State/Region|Total Revenue")
    assert found["revenue_amount_per_year"].certainty == "likely"
    assert "all years" in found["revenue_amount_per_year"].reason


def test_annual_revenue_is_never_revenue_in_any_crm() -> None:
    for found in (
        "Record ID|Company name|State/Region|Annual Revenue",
        "Account ID|Account Name|Billing City|Annual Revenue",
        "(Do Not Modify) Account|Account Name|Address 1: City|Annual Revenue",
    ):
        guesses = guessed("accounts", found)
        assert guesses["turnover_amount_per_year"].header == "Annual Revenue"
        assert "revenue_amount_per_year" not in guesses


def test_words_are_not_taken_for_numbers() -> None:
    sample = pd.DataFrame({"id": ["1", "2"], "Mitarbeiter": ["Frau Weiß", "Herr Alt"]}, dtype="str")
    found = guessed("accounts", "id|Mitarbeiter", sample)
    assert found["employees_count"] == Guess(
        "employees_count", "Mitarbeiter", "unsure", "its values are no numbers"
    )


def test_an_empty_column_speaks_against_nothing() -> None:
    sample = pd.DataFrame({"Effectif": ["", " "]}, dtype="str")
    assert guessed("accounts", "Effectif", sample)["employees_count"].certainty == "likely"


def test_what_the_analyst_gave_is_settled() -> None:
    guesses = guess_headers("accounts", ["Ort", "Firma"], given={"region": "Ort"})
    assert [(g.column, g.header) for g in guesses] == [("account_name", "Firma")]


@pytest.mark.parametrize(
    ("table", "found", "crm"),
    [
        ("accounts", "Account ID|Account Name|Billing City", "salesforce"),
        ("accounts", "Record ID|Company name|City", "hubspot"),
        ("accounts", "(Do Not Modify) Account|Account Name|Industry", "dynamics"),
        # everyday words and our own names tell no CRM, however many
        ("accounts", "id|name|city|zip|country|industry|type|phone|website_url", ""),
        ("accounts", "account_id|account_name|revenue", ""),
        # one header is no evidence
        ("accounts", "Billing City|Kunde", ""),
    ],
)
def test_a_crm_is_recognised_by_headers_that_only_it_has(table: str, found: str, crm: str) -> None:
    known = find_crm_object(table, found.split("|"))
    assert (known.crm if known else "") == crm


def test_the_order_of_the_columns_changes_nothing() -> None:
    found = [
        "Account ID",
        "Type",
        "Account Name",
        "Billing City",
        "Town",
        "Account Owner",
        "Annual Revenue",
    ]
    turned = guess_headers("accounts", found[::-1])
    assert {*guess_headers("accounts", found)} == {*turned}

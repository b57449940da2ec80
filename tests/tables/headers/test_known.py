from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.columns import find_column, get_table
from territory_kit.tables.headers.known import (
    AMBIGUOUS_HEADERS,
    CRM_OBJECTS,
    EVERYDAY,
    plain_header,
)

FACTS = Path(__file__).resolve().parents[4] / "shared" / "crm" / "headers.csv"
# Table, CRM, our column and header of all that is known.
KNOWN = [
    (known.table, known.crm, column, header)
    for known in (*CRM_OBJECTS, *EVERYDAY)
    for column, headers in known.headers.items()
    for header in headers
]
TABLE_OF_OBJECT = {
    ("salesforce", "Account"): "accounts",
    ("salesforce", "Opportunity"): "deals",
    ("salesforce", "Event"): "visits",
    ("salesforce", "User"): "reps",
    ("salesforce", "Territory2"): "territories",
    ("hubspot", "company"): "accounts",
    ("hubspot", "deal"): "deals",
    ("dynamics", "account"): "accounts",
    ("dynamics", "territory"): "territories",
}


def test_every_known_header_means_a_column_of_its_table() -> None:
    for table, _, column, _ in KNOWN:
        assert column in get_table(table).columns
        assert find_column(column) is not None


def test_a_header_means_one_column_or_is_the_one_identifier_of_a_thing() -> None:
    meanings = defaultdict(set)
    for table, _, column, header in KNOWN:
        meanings[table, plain_header(header)].add(column)
    several = {key: names for key, names in meanings.items() if len(names) > 1}
    assert several == {
        ("reps", "id"): {"rep_id", "crm_user_id"},
        ("reps", "userid"): {"rep_id", "crm_user_id"},
        ("territories", "id"): {"territory_id", "crm_territory_id"},
        ("territories", "territoryid"): {"territory_id", "crm_territory_id"},
    }


def test_annual_revenue_is_turnover_everywhere() -> None:
    columns = {column for _, _, column, h in KNOWN if plain_header(h) == "annualrevenue"}
    assert columns == {"turnover_amount_per_year"}


def test_ambiguous_headers_are_never_known() -> None:
    """Dynamics calls turnover "revenue": there, and there only, it is not ambiguous."""
    known = {(table, plain_header(header)) for table, _, _, header in KNOWN}
    ambiguous = {(table, h) for table, headers in AMBIGUOUS_HEADERS.items() for h in headers}
    assert known & ambiguous == {("accounts", "revenue")}


def test_headers_are_compared_by_letters_and_digits() -> None:
    assert plain_header("Billing State/Province") == "billingstateprovince"
    assert plain_header("Address 1: City") == plain_header("address1_city")


@pytest.mark.skipif(not FACTS.is_file(), reason="facts on CRM headers are not beside the checkout")
def test_the_facts_on_internal_names_are_all_known() -> None:
    known = {(table, crm, column, plain_header(h)) for table, crm, column, h in KNOWN}
    facts = pd.read_csv(FACTS, keep_default_na=False)
    ours = {
        ("territory_id", "accounts"): "current_territory_id",
        ("duration_min", "visits"): "duration_hours",
    }
    missing = []
    for fact in facts.itertuples():
        table = TABLE_OF_OBJECT.get((str(fact.crm), str(fact.object)), "")
        column = ours.get((str(fact.canonical), table), str(fact.canonical))
        if not table or column not in get_table(table).columns or not fact.api_name:
            continue
        if (table, str(fact.crm), column, plain_header(str(fact.api_name))) not in known:
            missing.append((table, column, fact.api_name))
    assert missing == []

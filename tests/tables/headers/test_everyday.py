"""Lists that people keep themselves are read without any mapping."""

import pytest

from territory_kit.columns import get_table, input_names
from territory_kit.tables.headers.everyday import EVERYDAY, TABLE_WORDS
from territory_kit.tables.headers.guess import guess_headers


def columns_of(table: str, found: str) -> dict[str, str]:
    guesses = guess_headers(table, found.split("|"))
    return {guess.column: guess.header for guess in guesses if guess.certainty != "unsure"}


@pytest.mark.parametrize(
    "found",
    [
        "Customer No.|Customer Name|Street|Town|Zip Code|Country|State|Sales Rep|No. of Employees",
        "Kundennummer|Firma|Straße|Ort|PLZ|Land|Bundesland|Außendienst|Mitarbeiter",
        "Kunden-Nr.|Kundenname|Strasse|Stadt|Postleitzahl|Ländercode|Bundesland|Betreuer|Beschäftigte",
        "Code client|Raison sociale|Adresse|Ville|Code postal|Pays|Région|Commercial|Effectif",
        "N° client|Nom du client|Rue|Commune|CP|Code pays|Département|Vendeur|Salariés",
    ],
)
def test_a_list_of_customers_is_read_in_three_languages(found: str) -> None:
    wanted = (
        "account_id account_name street city postal_code country region current_rep_id "
        "employees_count"
    )
    assert columns_of("accounts", found) == dict(zip(wanted.split(), found.split("|"), strict=True))


@pytest.mark.parametrize(
    ("table", "found", "wanted"),
    [
        ("reps", "Personalnummer|Name|E-Mail|Aktiv", "rep_id rep_name email is_active"),
        ("reps", "Matricule|Nom|Courriel|Actif", "rep_id rep_name email is_active"),
        (
            "visits",
            "Datum|Kunde|Vertreter|Dauer (min)|Kontaktart",
            "visit_date account_id rep_id duration_hours channel",
        ),
        (
            "visits",
            "Compte|Commercial|Date de visite|Canal|Durée (h)|Km",
            "account_id rep_id visit_date channel duration_hours distance_km",
        ),
        (
            "deals",
            "N° affaire|Code client|Montant|Étape|Date de clôture",
            "deal_id account_id amount stage close_date",
        ),
        (
            "accounts",
            "Kunde|NPS|Empfohlen von",
            "account_name referral_score referred_by_account_id",
        ),
        (
            "accounts",
            "Company|Net Promoter Score|Referred by",
            "account_name referral_score referred_by_account_id",
        ),
        ("territories", "Gebiet|Gebietsname|Vertreter", "territory_id territory_name rep_id"),
        ("places", "PLZ|Ort|Breitengrad|Längengrad", "postal_code city lat_deg lon_deg"),
    ],
)
def test_other_lists_are_read_too(table: str, found: str, wanted: str) -> None:
    assert columns_of(table, found) == dict(zip(wanted.split(), found.split("|"), strict=True))


def test_words_are_declared_for_our_own_tables_and_columns() -> None:
    assert {known.table for known in EVERYDAY} <= {*input_names()}
    assert {*TABLE_WORDS} == {*input_names()}
    for known in EVERYDAY:
        assert {*known.headers} <= {*get_table(known.table).columns}

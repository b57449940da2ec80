import pandas as pd
import pytest

from territory_kit.columns import find_column
from territory_kit.tables.values.words import parse_choices, parse_yes_no, plain_words


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["yes", "Y", "TRUE", "1", "x", "Oui", "vrai", "Ja", "wahr", "Active", "Enabled"], True),
        (["Aktiv", "aktiviert", "Actif", "Activé"], True),
        (["Inactive", "Disabled", "Inaktiv", "deaktiviert", "Inactif", "Désactivé"], False),
        (["no", "N", "False", "0", "Non", "faux", "Nein", "falsch"], False),
    ],
)
def test_yes_and_no_are_read_in_three_languages(words: list[str], *, answer: bool) -> None:
    assert parse_yes_no(text(*words)).tolist() == [answer] * len(words)


def test_other_words_are_neither_yes_nor_no() -> None:
    assert parse_yes_no(text("perhaps", None)).isna().all()


@pytest.mark.parametrize(
    ("name", "word", "choice"),
    [
        ("account_type", "CUSTOMER", "customer"),
        ("account_type", "Customer - Direct", "customer"),
        ("account_type", "Channel Partner / Reseller", "partner"),
        ("account_type", "Kunde", "customer"),
        ("action", "To territory", "to_territory"),
        ("scope", "Postal-Code", "postal_code"),
        ("channel", "Rendez-vous", "visit"),
        ("channel", "TÉLÉPHONE", "phone"),
        ("lock", "None", "none"),
    ],
)
def test_choices_are_found_whatever_their_case_and_signs(name: str, word: str, choice: str) -> None:
    column = find_column(name)
    assert column is not None
    assert parse_choices(text(word, "zzz", None), column).fillna("?").tolist() == [choice, "?", "?"]


def test_plain_words_have_underscores_only() -> None:
    assert plain_words(text(" A – b_C ")).tolist() == ["a_b_c"]

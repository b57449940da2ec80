import pandas as pd
import pytest

from territory_kit.tables.values.currencies import (
    choose_code,
    find_marks,
    is_currency,
    read_currencies,
    take_off_marks,
)


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


def test_signs_and_codes_are_found_beside_amounts() -> None:
    found = find_marks(text("€ 5", "5 EUR", "US$5", "1.2E+05", "5", "kr 5", "Fr. 5", None))
    assert found.fillna("none").tolist() == ["€", "EUR", "US$", "none", "none", "kr", "Fr", "none"]


def test_the_code_says_more_than_the_sign() -> None:
    found = find_marks(text("$5 CAD", "CHF 1'234.–", "5 Euro", "\N{MINUS SIGN}€5"))
    assert found.tolist() == ["CAD", "CHF", "EUR", "€"]


@pytest.mark.parametrize("value", ["3 MIO", "EUR 2 MIO", "12€50", "$5 EUR", "EUR"])
def test_other_words_are_no_currency(value: str) -> None:
    assert find_marks(text(value)).isna().all()
    assert take_off_marks(text(value)).tolist() == [value]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("EUR", "EUR"),
        ("usd", "USD"),
        ("US Dollar", "USD"),
        ("Pound  sterling", "GBP"),
        ("USD - US Dollar", "USD"),
        ("$", "$"),
        ("Taler", "?"),
        ("XYZ", "?"),
        ("all", "ALL"),  # the lek of Albania: a word alone is taken for a code
        ("for all", "?"),
    ],
)
def test_a_column_of_currencies_is_read(written: str, code: str) -> None:
    assert read_currencies(text(written)).tolist() == [code]


def test_rows_without_a_currency_have_none() -> None:
    assert read_currencies(text(None, "EUR")).isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("mark", "currencies", "code"),
    [
        ("$", ("CAD", "USD"), "CAD"),  # the plan's own dollar
        ("$", ("EUR", "USD"), "USD"),  # the only dollar with a rate
        ("$", ("EUR", "AUD", "USD"), "$"),  # two dollars with a rate: nobody knows which
        ("£", ("EUR",), "GBP"),
        ("€", ("EUR",), "EUR"),
        ("USD", ("EUR",), "USD"),
    ],
)
def test_a_sign_means_what_the_plan_knows(
    mark: str, currencies: tuple[str, ...], code: str
) -> None:
    assert choose_code(mark, currencies) == code


def test_a_sign_may_mean_several_currencies() -> None:
    assert is_currency("kr", "SEK")
    assert not is_currency("US$", "CAD")

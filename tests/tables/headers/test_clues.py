from collections import Counter

import pandas as pd
import pytest

from territory_kit.tables.headers.clues import (
    clear_country,
    clear_currency,
    count_countries,
    count_currencies,
)


def cells(**columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: text.split("|") for name, text in columns.items()}, dtype="str")


def test_countries_are_counted_by_code_whatever_they_are_called() -> None:
    frame = cells(Land="Deutschland|DE|Germany||Atlantis")
    assert count_countries(frame, {"country": "Land"}) == {"DE": 3, "": 1}


def test_without_a_column_of_countries_nothing_is_counted() -> None:
    assert count_countries(cells(a="DE"), {}) == {}


def test_currencies_are_counted_in_their_own_column() -> None:
    frame = cells(cur="EUR|Euro|GBP|", amount="$ 1|$ 2|3|4")
    counts = count_currencies(frame, {"currency": "cur", "amount": "amount"})
    assert counts["EUR"] == 2
    assert counts["GBP"] == 1
    assert "$" not in counts


def test_else_the_signs_beside_amounts_are_counted_and_amounts_without_one_too() -> None:
    frame = cells(amount="$1,000|$5|7|")
    assert count_currencies(frame, {"amount": "amount"}) == {"$": 2, "": 1}


def test_a_country_is_clear_when_nearly_all_rows_name_it() -> None:
    assert clear_country(Counter({"FR": 9, "BE": 1})) == "FR"
    assert clear_country(Counter({"FR": 8, "BE": 2})) == ""
    assert clear_country(Counter()) == ""


@pytest.mark.parametrize(
    ("counts", "country", "currency"),
    [
        ({"EUR": 9, "GBP": 1}, "", "EUR"),
        ({"EUR": 1, "": 99}, "FR", ""),  # one sign among a hundred amounts says nothing
        ({"$": 5}, "US", "USD"),
        ({"$": 5}, "CA", "CAD"),
        ({"$": 5}, "", ""),  # any of eight
        ({"$": 5}, "FR", ""),
        ({"$": 4, "USD": 6}, "US", "USD"),
    ],
)
def test_a_currency_is_clear_when_nearly_all_amounts_carry_it(
    counts: dict[str, int], country: str, currency: str
) -> None:
    assert clear_currency(Counter(counts), country) == currency

import pandas as pd
import pytest

from territory_kit.columns.column import Kind
from territory_kit.tables.values.numbers import (
    Style,
    choose_style,
    clean_numbers,
    count_evidence,
    is_ambiguous,
    parse_numbers,
)


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1234.5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234.5", 1234.5),
        ("1\N{NARROW NO-BREAK SPACE}234", 1234.0),
        ("1’234’567", 1234567.0),
        ("$1,234", 1234.0),
        ("US$ 5", 5.0),
        ("(5.5)", -5.5),
        ("5-", -5.0),
        ("(1,234.50 €)", -1234.5),
        ("CHF 1'234.–", 1234.0),
        ("US$ 1,200", 1200.0),
        ("EUR 12,000.00", 12000.0),
        ("1'234.50", 1234.5),
        ("kr 5", 5.0),
        ("\N{MINUS SIGN}5", -5.0),
        ("+.5", 0.5),
        ("1.2E+05", 120000.0),
        ("٣٤٥", 345.0),
        ("\N{FULLWIDTH DIGIT FOUR}.\N{FULLWIDTH DIGIT FIVE}", 4.5),
    ],
)
def test_numbers_with_a_point_are_read(value: str, number: float) -> None:
    assert parse_numbers(clean_numbers(text(value), "money"), "point").tolist() == [number]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1\N{NO-BREAK SPACE}234,50 €", 1234.5),
        ("1.234.567", 1234567.0),
        ("EUR 7", 7.0),
        ("-0,25", -0.25),
    ],
)
def test_numbers_with_a_comma_are_read(value: str, number: float) -> None:
    assert parse_numbers(clean_numbers(text(value), "money"), "comma").tolist() == [number]


@pytest.mark.parametrize(
    ("value", "style"),
    [
        ("1,5", "point"),  # would be 15 if separators were just taken out
        ("1.5", "comma"),
        ("1.2.3", "point"),
        ("12,34,567", "point"),
        ("12 k€", "comma"),
        ("1e999", "point"),
        ("inf", "point"),
        ("0x10", "point"),
        ("1_000", "point"),
        ("\N{DEVANAGARI DIGIT FIVE}", "point"),
        ("", "point"),
        (".", "point"),
        ("-", "point"),
    ],
)
def test_what_is_no_number_in_that_style_is_missing(value: str, style: Style) -> None:
    assert parse_numbers(clean_numbers(text(value)), style).isna().all()


def test_missing_values_stay_missing() -> None:
    read = parse_numbers(clean_numbers(text(None, "€ 1"), "money"), "point")
    assert read.isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (["1.5"], "point"),
        (["1,5"], "comma"),
        (["0,125"], "comma"),
        (["1234,567"], "comma"),
        (["1,234,567"], "point"),
        (["1.234.567"], "comma"),
        (["1,234.56"], "point"),
        (["48.8566", "1,5", "2.25"], "point"),
        (["1,234", "12", None], None),  # one thousand and more, or one and a bit
        (["1.5", "1,5"], None),
    ],
)
def test_the_style_is_found_where_a_value_leaves_no_choice(
    values: list[str | None], style: Style | None
) -> None:
    assert choose_style(count_evidence(text(*values))) == style


def test_three_digits_after_a_mark_are_ambiguous() -> None:
    values = text("1,234", "1.234", "-12,345", "0,234", "1234,567", "12", None)
    assert is_ambiguous(values).tolist() == [True, True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        ("EUR 2 MIO", "money", "MIO is no currency, and 2 would be a millionth"),
        ("€3 MIO", "money", "a sign does not excuse what stands at the other end"),
        ("3 Mio", "money", "a word for a million"),
        ("2 k€", "money", "thousands"),
        ("5%", "money", "money is no percentage"),
        ("12€50", "money", "in the middle a sign separates"),
        ("€ 5 €", "money", "one sign is enough"),
        ("EUR 5 USD", "money", "two codes"),
        ("$5 EUR", "money", "sign and code mean different currencies"),
        ("5 ABC", "money", "no currency"),
        ("5 TSD", "count", "thousands"),
        ("€50", "count", "employees cost nothing"),
        ("12%", "count", "a percentage of what?"),
        ("1 DAY", "number", "a unit"),
        ("5 EUR", "share", "shares have no currency"),
    ],
)
def test_what_stands_beside_a_number_counts(value: str, kind: Kind, reason: str) -> None:
    for style in ("point", "comma"):
        assert parse_numbers(clean_numbers(text(value), kind), style).isna().all(), reason


@pytest.mark.parametrize(
    "value", ["5 US Dollar", "$5 CAD", "5 Euro", "EUR5", "-€5", "€-5", "5,- €"]
)
def test_a_currency_stands_at_either_end(value: str) -> None:
    read = parse_numbers(clean_numbers(text(value), "money"), "point")
    assert read.abs().tolist() == [5.0]


def test_shares_may_carry_a_percent_sign() -> None:
    read = parse_numbers(clean_numbers(text("12 %", "3%", "% 3"), "share"), "point")
    assert read.fillna(-1).tolist() == [12.0, 3.0, -1.0]

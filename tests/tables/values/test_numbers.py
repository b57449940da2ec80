import pandas as pd
import pytest

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
        ("12 %", 12.0),
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
    ],
)
def test_numbers_with_a_point_are_read(value: str, number: float) -> None:
    assert parse_numbers(clean_numbers(text(value)), "point").tolist() == [number]


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
    assert parse_numbers(clean_numbers(text(value)), "comma").tolist() == [number]


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
        ("", "point"),
        (".", "point"),
        ("-", "point"),
    ],
)
def test_what_is_no_number_in_that_style_is_missing(value: str, style: Style) -> None:
    assert parse_numbers(clean_numbers(text(value)), style).isna().all()


def test_missing_values_stay_missing() -> None:
    assert parse_numbers(clean_numbers(text(None, "€ 1")), "point").isna().tolist() == [True, False]


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

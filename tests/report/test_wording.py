"""Numbers as text: separated, short, with their unit; missing ones are a dash."""

import math

import pytest

from territory_kit.report.wording import MISSING, amount, clipped, counted, listed, number, percent


def test_thousands_are_separated() -> None:
    assert number(1234567.4) == "1,234,567"


def test_a_rounded_zero_has_no_sign() -> None:
    """-0.2 rounds to -0, which no reader expects."""
    assert number(-0.2) == "0"


@pytest.mark.parametrize("text", [number(math.nan), percent(math.nan)])
def test_a_missing_number_is_a_dash(text: str) -> None:
    assert text == MISSING


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (940.0, "EUR 940"),
        (-12_300.0, "EUR -12.3 k"),
        (1_234_567.0, "EUR 1.23 m"),
        (123_456_789.0, "EUR 123 m"),
        (2.5e9, "EUR 2.50 bn"),
    ],
)
def test_money_keeps_three_digits(value: float, text: str) -> None:
    assert amount(value, "EUR") == text


def test_money_without_a_known_currency_is_a_number() -> None:
    assert amount(5.0, "") == "5"


def test_one_thing_is_not_plural() -> None:
    assert (counted(1, "account"), counted(0, "territory")) == ("1 account", "0 territories")


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), ("ABC", "A, B and C")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], text: str) -> None:
    assert listed(list(words)) == text


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    assert clipped("x" * 40, 10) == "x" * 9 + "…"

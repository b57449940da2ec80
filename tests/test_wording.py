"""Numbers as text: separated, short, with their unit; missing ones are a dash."""

import math

import pytest

from territory_kit.wording import (
    MISSING,
    amount,
    clipped,
    counted,
    counted_of,
    listed,
    number,
    percent,
    with_article,
)


def test_thousands_are_separated() -> None:
    assert number(1234567.4) == "1,234,567"


def test_a_rounded_zero_has_no_sign() -> None:
    """-0.2 rounds to -0, which no reader expects."""
    assert number(-0.2) == "0"


@pytest.mark.parametrize("text", [number(math.nan), percent(math.nan), percent(-math.inf)])
def test_a_number_that_is_missing_or_endless_is_a_dash(text: str) -> None:
    assert text == MISSING


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (940.0, "EUR 940"),
        (-12_300.0, "EUR -12.3 k"),
        (1_234_567.0, "EUR 1.23 m"),
        (123_456_789.0, "EUR 123 m"),
        (2.5e9, "EUR 2.50 bn"),
        (-0.3, "EUR 0"),
    ],
)
def test_money_keeps_three_digits(value: float, text: str) -> None:
    assert amount(value, "EUR") == text


def test_money_without_a_known_currency_is_a_number() -> None:
    assert amount(5.0, "") == "5"


def test_one_thing_is_not_plural() -> None:
    assert (counted(1, "account"), counted(0, "territory")) == ("1 account", "0 territories")


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 account changes"), (2, "2 accounts change"), (0, "0 accounts change")],
)
def test_the_verb_follows_the_number(count: int, text: str) -> None:
    assert counted(count, "account", "changes") == text


def test_shares_are_whole_percent() -> None:
    assert [percent(share) for share in (0.0, -0.001, 0.126, 12.5)] == [
        *("0 %", "0 %", "13 %", "1,250 %")
    ]


@pytest.mark.parametrize(
    ("count", "total", "text"),
    [(3, 12, "3 of 12 reps have"), (1, 12, "1 of 12 reps has"), (0, 1, "0 of 1 rep has")],
)
def test_some_of_all_have_the_verb_of_the_first_number(count: int, total: int, text: str) -> None:
    assert counted_of(count, total, "rep", "has") == text


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), ("ABC", "A, B and C")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], text: str) -> None:
    assert listed(list(words)) == text


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    assert clipped("x" * 40, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("thing", "text"), [("account", "an account"), ("Owner", "an Owner"), ("city", "a city")]
)
def test_the_article_fits_the_word(thing: str, text: str) -> None:
    assert with_article(thing) == text

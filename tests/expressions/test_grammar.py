"""The grammar of filters: what is read, and what is refused before anything is built."""

import pytest
from lark import Token, Tree

from territory_kit.errors import ParameterError
from territory_kit.expressions.grammar import (
    MAX_CHARACTERS,
    MAX_NESTING,
    places,
    read_syntax,
    shorten,
)

VALUES = "a date such as 2026-01-31, a number, a text in quotes, true or false"
COMPARE = "!=, <, <=, =, >, >=, between, contains, in, is, starts"


def leaves(tree: Tree[Token]) -> list[str]:
    return [str(token) for token in tree.scan_values(lambda leaf: isinstance(leaf, Token))]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("a = 1", "comparison", ["a", "=", "1"]),
        ("a!=-0.5e3", "comparison", ["a", "!=", "-0.5e3"]),
        ("a >= .5", "comparison", ["a", ">=", ".5"]),
        ("a < 2026-01-31", "comparison", ["a", "<", "2026-01-31"]),
        ("a = TRUE", "comparison", ["a", "=", "TRUE"]),
        ("a = 'it''s'", "comparison", ["a", "=", "'it''s'"]),
        ('a = "l’été (à 5 %)"', "comparison", ["a", "=", '"l’été (à 5 %)"']),
        ('a in ("x", 5,true)', "among", ["a", '"x"', "5", "true"]),
        ("a between 1 and 5", "between", ["a", "1", "5"]),
        ('a contains "x""y"', "contains", ["a", '"x""y"']),
        ('a starts   with "x"', "starts_with", ["a", '"x"']),
        ("a is missing", "is_missing", ["a"]),
        ("a Is KNOWN", "is_known", ["a"]),
        ("not a is known", "opposite", ["a"]),
        ("((a = 1))", "comparison", ["a", "=", "1"]),
        ("a = 1 or\n\tb\u00a0= 2", "either", ["a", "=", "1", "b", "=", "2"]),
        ("été = 1", "comparison", ["été", "=", "1"]),
        # names that begin with a word of the language
        ("android = 1", "comparison", ["android", "=", "1"]),
        ("in_stock = true", "comparison", ["in_stock", "=", "true"]),
        ("not_1 is known", "is_known", ["not_1"]),
    ],
)
def test_each_form_of_condition_is_read(text: str, rule: str, words: list[str]) -> None:
    tree = read_syntax(text)
    assert tree.data == rule
    assert leaves(tree) == words


def test_not_binds_closest_and_or_loosest() -> None:
    tree = read_syntax("not a = 1 and b = 2 or c between 1 and 2 and d = 4")
    assert tree.data == "either"
    first, second = (branch for branch in tree.children if isinstance(branch, Tree))
    assert (first.data, second.data) == ("both", "both")
    assert leaves(second) == ["c", "1", "2", "d", "=", "4"]
    negated, other = (branch for branch in first.children if isinstance(branch, Tree))
    assert (negated.data, other.data) == ("opposite", "comparison")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "", 'The filter is empty. Write a condition, such as industry = "hotel".', id="empty"
        ),
        pytest.param(
            " \n ",
            'The filter is empty. Write a condition, such as industry = "hotel".',
            id="blank",
        ),
        pytest.param(
            "a\x00=1",
            "The filter holds a character that nobody can see: U+0000 (position 2). "
            "Delete it, or type the filter anew.",
            id="NUL",
        ),
        pytest.param(
            'a = "\x00"',
            "The filter holds a character that nobody can see: U+0000 (position 6). "
            "Delete it, or type the filter anew.",
            id="NUL in a text",
        ),
        pytest.param(
            "a = \ud800",
            "The filter holds a character that nobody can see: U+D800 (position 5). "
            "Delete it, or type the filter anew.",
            id="half a character",
        ),
        pytest.param(
            "a = “x”",
            'A quote is not straight: “x” (position 5). Write texts in straight quotes: "Paris".',
            id="curly quotes",
        ),
        pytest.param(
            "a = «x»",
            'A quote is not straight: «x» (position 5). Write texts in straight quotes: "Paris".',
            id="French quotes",
        ),
        pytest.param(
            'a = "x',
            'A text has no closing quote: "x (position 5). '
            "Close it on the same line; write a quote inside a text twice.",
            id="open quote",
        ),
        pytest.param(
            'a = "x\ny"',
            'A text has no closing quote: "x y" (position 5). '
            "Close it on the same line; write a quote inside a text twice.",
            id="text over two lines",
        ),
        pytest.param(
            "a in (10,000)",
            "A number or date cannot be read: 000) (position 10). "
            "Write numbers such as 10, 0.5 or -3, and dates such as 2026-01-31.",
            id="thousands separated",
        ),
        pytest.param(
            "a = 2026-01-31T10:00",
            "A number or date cannot be read: -01-31T10:00 (position 9). "
            "Write numbers such as 10, 0.5 or -3, and dates such as 2026-01-31.",
            id="time of day",
        ),
        pytest.param(
            "a = 10%",
            "A sign has no meaning in a filter: % (position 7). "
            "Write and, or, not in words; compare with =, !=, <, <=, > or >=.",
            id="percent",
        ),
        pytest.param(
            "a = 1 && b = 2",
            "A sign has no meaning in a filter: && b = 2 (position 7). "
            "Write and, or, not in words; compare with =, !=, <, <=, > or >=.",
            id="sign for and",
        ),
        pytest.param(
            '__import__("os")',
            f"The filter cannot be read on from here: ( (position 11). Expected here: {COMPARE}.",
            id="call",
        ),
        pytest.param(
            "a.b = 1",
            "A number or date cannot be read: .b = 1 (position 2). "
            "Write numbers such as 10, 0.5 or -3, and dates such as 2026-01-31.",
            id="attribute",
        ),
        pytest.param(
            "city = Paris",
            "The filter cannot be read on from here: Paris (position 8). "
            f"Expected here: {VALUES}. "
            "A text stands in quotes, and columns are compared with values only.",
            id="text without quotes",
        ),
        pytest.param(
            'city not in ("Paris")',
            "The filter cannot be read on from here: not (position 6). "
            f"Expected here: {COMPARE}. "
            'Write not in front: not (city in ("Paris", "Lyon")).',
            id="not in",
        ),
        pytest.param(
            "a == 1",
            f"The filter cannot be read on from here: = (position 4). Expected here: {VALUES}.",
            id="two signs",
        ),
        pytest.param(
            "5 < a",
            "The filter cannot be read on from here: 5 (position 1). "
            "Expected here: (, a column name, not.",
            id="value first",
        ),
        pytest.param(
            "a = 1)",
            "The filter cannot be read on from here: ) (position 6). "
            "Expected here: and, or, the end.",
            id="closed too often",
        ),
        pytest.param(
            "(a = 1",
            "The filter ends too early (position 7). Expected here: ), and, or.",
            id="not closed",
        ),
        pytest.param(
            "a in (1",
            "The filter ends too early (position 8). Expected here: ), ,.",
            id="choice not closed",
        ),
        pytest.param(
            "a = 1 and",
            "The filter ends too early (position 10). Expected here: (, a column name, not.",
            id="nothing after and",
        ),
        pytest.param(
            "a",
            f"The filter ends too early (position 2). Expected here: {COMPARE}.",
            id="name alone",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read_syntax(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("thing", [None, 5, b"a = 1", ["a = 1"]])
def test_only_a_text_is_a_filter(thing: object) -> None:
    with pytest.raises(ParameterError, match=r"^A filter is a text: .* Write a condition in quot"):
        read_syntax(thing)  # type: ignore[arg-type]  # reason: settings may hold anything


def padded(length: int) -> str:
    text = 'a = "'
    return text + "x" * (length - len(text) - 1) + '"'


def test_a_filter_may_have_2000_characters_and_no_more() -> None:
    assert read_syntax(padded(MAX_CHARACTERS)).data == "comparison"
    message = r"^The filter is too long: 2,001 characters\. Write at most 2,000 characters\.$"
    with pytest.raises(ParameterError, match=message):
        read_syntax(padded(MAX_CHARACTERS + 1))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        pytest.param("(", ")", id="parentheses"),
        pytest.param("not ", "", id="not"),
        pytest.param("not (", ")", id="not with parentheses"),
    ],
)
def test_a_filter_may_be_50_deep_and_no_deeper(opening: str, closing: str) -> None:
    nested = opening * MAX_NESTING + "a = 1" + closing * MAX_NESTING
    assert read_syntax(nested).data in {"comparison", "opposite"}
    message = (
        r"^The filter is nested too deeply: more than 50 levels of parentheses and not "
        r"\(position \d+\)\. Leave out parentheses that are not needed, or split the filter\.$"
    )
    with pytest.raises(ParameterError, match=message):
        read_syntax(opening + nested + closing)


def test_many_groups_side_by_side_are_not_deep() -> None:
    text = " or ".join(['(a = 1 and not (b in ("x")))'] * 60)
    assert read_syntax(text).data == "either"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 2000, id="only opening"),
        pytest.param("(" * 900 + "a = 1" + ")" * 900, id="deep"),
        pytest.param("not " * 400 + "a = 1", id="many nots"),
        pytest.param(")" * 2000, id="only closing"),
        pytest.param('"' * 1999, id="quotes"),
        pytest.param("'\"" * 1000, id="mixed quotes"),
        pytest.param("a" * 2000, id="one name"),
        pytest.param("9" * 2000, id="one number"),
        pytest.param("a = " + "1e" * 900, id="exponents"),
        pytest.param("a in (" + "1," * 900, id="open choice"),
        pytest.param("a=1 or " * 285, id="open alternatives"),
        pytest.param("a = 1 " + "and " * 400, id="and and and"),
    ],
)
def test_hostile_texts_are_refused(text: str) -> None:
    """Neither depth nor repetition ends in a crash, or in a test that never ends."""
    with pytest.raises(ParameterError):
        read_syntax(text)


def test_places_count_from_1_and_are_sorted() -> None:
    assert places(0) == "position 1"
    assert places(30, 4) == "positions 5, 31"


def test_long_texts_are_shown_by_their_beginning() -> None:
    assert shorten("a \n b") == "a b"
    assert shorten("x" * 40) == "x" * 40
    assert shorten("x" * 41) == "x" * 39 + "…"

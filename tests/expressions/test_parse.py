"""Filters read against columns: checked, equal however they are written, and never run."""

import dataclasses
import pickle

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.expressions import Expression, parse_expression
from territory_kit.expressions.tree import Condition, Joined, Opposite

COLUMNS = {
    "city": "text",
    "employees_count": "number",
    "industry": "text",
    "is_open": "yes_no",
    "region": "text",
    "since_date": "date",
}
ALL_NAMES = "Known names: city, employees_count, industry, is_open, region, since_date."


def read(text: str) -> Expression:
    return parse_expression(text, columns=COLUMNS)


def test_the_example_of_the_documentation_is_read() -> None:
    expression = read(
        'industry in ("hotel", "restaurant") and employees_count >= 10 '
        'and not (city = "Paris" or region is missing)'
    )
    assert expression == Expression(
        Joined(
            "and",
            (
                Condition("industry", "text", "in", ("hotel", "restaurant")),
                Condition("employees_count", "number", ">=", (10.0,)),
                Opposite(
                    Joined(
                        "or",
                        (
                            Condition("city", "text", "=", ("Paris",)),
                            Condition("region", "text", "is missing"),
                        ),
                    )
                ),
            ),
        )
    )


def test_the_example_marks_the_rows_worked_out_by_hand() -> None:
    accounts = pd.DataFrame(
        {
            # fits; too small; Paris; no region; no industry; city unknown
            "industry": ["Hotel", "hotel", "restaurant", "hotel", None, "RESTAURANT "],
            "employees_count": [10, 9, 50, 50, 50, 50],
            "city": ["Lyon", "Lyon", "paris", "Lyon", "Lyon", None],
            "region": ["ARA", "ARA", "IDF", " ", "ARA", "ARA"],
        }
    )
    mask = read(
        'industry in ("hotel", "restaurant") and employees_count >= 10 '
        'and not (city = "Paris" or region is missing)'
    ).mask(accounts)
    assert mask.tolist() == [True, False, False, False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        'city = "Paris" and (is_open = true or employees_count > 3)',
        "city = 'Paris' AND ((is_open=True) OR (employees_count>3.0))",
        'city="Paris"\nand(is_open = TRUE or employees_count > 3e0)',
    ],
)
def test_the_same_filter_is_equal_however_it_is_written(text: str) -> None:
    assert str(read(text)) == 'city = "Paris" and (is_open = true or employees_count > 3)'


def test_what_is_joined_by_the_same_word_is_one_list() -> None:
    flat = read("is_open = true and (is_open = false and (is_open = true and is_open = false))")
    assert isinstance(flat.root, Joined)
    assert len(flat.root.parts) == 4


def test_expressions_are_frozen_hashable_and_travel() -> None:
    expression = read("employees_count between 1 and 5 or not is_open = true")
    assert hash(expression) == hash(read(str(expression)))
    assert pickle.loads(pickle.dumps(expression)) == expression  # noqa: S301 - written a line before
    with pytest.raises(dataclasses.FrozenInstanceError):
        expression.root = expression.root  # type: ignore[misc]  # reason: that it fails is the test


def test_texts_may_hold_quotes_and_words_of_the_language() -> None:
    expression = read(
        'city in (\'say "hi"\', "it\'s", "a ""b""", \'it\'\'s\', \'not (x = 1) or true\')'
    )
    wanted = ('say "hi"', "it's", 'a "b"', "it's", "not (x = 1) or true")
    assert expression.root == Condition("city", "text", "in", wanted)


def test_all_unknown_columns_are_named_at_once_with_close_ones() -> None:
    with pytest.raises(ParameterError) as caught:
        read('industri = "hotel" and (Region is known or turnover > 5) or industri is missing')
    assert str(caught.value) == (
        "The filter asks for columns that do not exist: industri, Region, turnover "
        '(positions 1, 25, 44). Did you mean "industry" for "industri"? '
        f'Did you mean "region" for "Region"? {ALL_NAMES}'
    )
    assert caught.value.what == "The filter asks for columns that do not exist"
    assert caught.value.value == "industri, Region, turnover"
    assert caught.value.where == "positions 1, 25, 44"


def test_without_columns_nothing_can_be_asked_for() -> None:
    message = r"columns that do not exist: city \(position 1\)\. Known names: none\.$"
    with pytest.raises(ParameterError, match=message):
        parse_expression('city = "Paris"', columns={})


@pytest.mark.parametrize(
    ("text", "value", "where", "remedy"),
    [
        pytest.param(
            'employees_count = "10"',
            '"10" for employees_count',
            "position 19",
            "Compare employees_count with a number without quotes, such as 10.",
            id="number in quotes",
        ),
        pytest.param(
            "city = 5",
            "5 for city",
            "position 8",
            'Compare city with a text in quotes, such as "Paris".',
            id="number for a text",
        ),
        pytest.param(
            'since_date >= "2026-01-31"',
            '"2026-01-31" for since_date',
            "position 15",
            "Compare since_date with a date without quotes, such as 2026-01-31.",
            id="date in quotes",
        ),
        pytest.param(
            "is_open = 1",
            "1 for is_open",
            "position 11",
            "Compare is_open with true or false, without quotes.",
            id="number for yes",
        ),
        pytest.param(
            'city > "L"',
            "city >",
            "position 1",
            "city is a text: it takes !=, =, contains, in, is known, is missing, starts with.",
            id="order of texts",
        ),
        pytest.param(
            'employees_count contains "1"',
            "employees_count contains",
            "position 1",
            "employees_count is a number: it takes !=, <, <=, =, >, >=, between, in, is known, "
            "is missing.",
            id="part of a number",
        ),
        pytest.param(
            'since_date starts with "2026"',
            "since_date starts with",
            "position 1",
            "since_date is a date: it takes !=, <, <=, =, >, >=, between, in, is known, "
            "is missing.",
            id="start of a date",
        ),
        pytest.param(
            "is_open in (true)",
            "is_open in",
            "position 1",
            "is_open is yes or no: it takes !=, =, is known, is missing.",
            id="choice of yes",
        ),
        pytest.param(
            "since_date = 2026-02-30",
            "2026-02-30 for since_date",
            "position 14",
            "Write a day of the calendar as year-month-day.",
            id="no such day",
        ),
        pytest.param(
            "employees_count < 1e999",
            "1e999 for employees_count",
            "position 19",
            "Write a smaller number.",
            id="number without end",
        ),
        pytest.param(
            'city = ""',
            '"" for city',
            "position 8",
            "Cells without text are asked for with is missing.",
            id="empty text",
        ),
        pytest.param(
            "employees_count between 5 and 1",
            "5 and 1 for employees_count",
            "position 25",
            "Put the lower end of a range first.",
            id="falling range",
        ),
        pytest.param(
            "since_date between 2026-01-31 and 2026-01-30",
            "2026-01-31 and 2026-01-30 for since_date",
            "position 20",
            "Put the lower end of a range first.",
            id="falling dates",
        ),
        pytest.param(
            'city in ("a", 5, 6) or not (is_open = "yes")',
            '5 for city; 6 for city; "yes" for is_open',
            "positions 15, 18, 39",
            'Compare city with a text in quotes, such as "Paris". '
            "Compare is_open with true or false, without quotes.",
            id="all faults at once",
        ),
    ],
)
def test_conditions_that_do_not_suit_their_columns_are_refused(
    text: str, value: str, where: str, remedy: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        read(text)
    assert str(caught.value) == f"A condition does not suit its column: {value} ({where}). {remedy}"


def test_a_range_of_one_value_is_a_range() -> None:
    assert str(read("employees_count between 5 and 5")) == "employees_count between 5 and 5"


@pytest.mark.parametrize(
    "text",
    [
        "not " * 50 + "is_open = true",
        "not (" * 50 + 'city in ("Paris", "Lyon")' + ")" * 50,
        "(" * 49 + "not is_open = true" + " and is_open = true or is_open = false)" * 49,
    ],
)
def test_the_deepest_filters_read_back(text: str) -> None:
    """Written out with its parentheses, a filter must not be deeper than it was."""
    expression = read(text)
    assert read(str(expression)) == expression


def test_unknown_kinds_are_named_together() -> None:
    message = (
        r"^A column has an unknown kind: str for a, money for b \(columns\)\. "
        r"Known kinds: date, number, text, yes_no\.$"
    )
    with pytest.raises(ParameterError, match=message):
        parse_expression("c = 1", columns={"a": "str", "b": "money", "c": "number"})


def test_a_text_that_grows_too_long_when_written_out_is_refused() -> None:
    """Otherwise a filter could be saved that cannot be read again."""
    compact = "x=1 or " * 280 + "x=1"
    assert len(compact) < 2000
    message = (
        r"^The filter is too long when it is written out in full: 2,525 characters\. "
        r"Stay within 2,000 characters, with a blank around each sign\.$"
    )
    with pytest.raises(ParameterError, match=message):
        parse_expression(compact, columns={"x": "number"})


@pytest.mark.parametrize(
    "text",
    [
        '__import__("os")',
        '__import__("os").system("true")',
        "city = __import__",
        "().__class__.__bases__",
        "@city == 1",
        "`city` = 1",
        "city = 1; import os",
        "lambda: 1",
        "{city}",
        "city = %s",
        "city = f'{1}'",
        "city = “Paris”",
        "‘city’ = 1",  # noqa: RUF001 - curly on purpose
        "city = 'Paris' -- a comment",
        "city\x00 = 'Paris'",
        "city = 'Par\x00is'",
        "\ufeffcity = 'Paris'",
        "city = 'Paris' \u202e and",
        "ｃity = 'Paris'",  # noqa: RUF001 - another letter on purpose
        "employees_count = ٣",
        "employees_count = 0x10",
        "employees_count = 1_000",
        "employees_count = nan",
        "employees_count = 1 if true else 2",
        "(" * 1000 + "is_open = true" + ")" * 900,
        "not " * 490 + "is_open = true",
        "not(" * 400 + "is_open = true" + ")" * 400,
        "",
        " ",
        "\n",
        "\u3000",
    ],
)
def test_hostile_texts_end_in_a_message(text: str) -> None:
    with pytest.raises(ParameterError):
        read(text)


def test_words_in_texts_are_only_words() -> None:
    harmless = read('city = \'__import__("os").system("true")\'')
    assert not harmless.mask(pd.DataFrame({"city": ["Paris", None]})).any()


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=st.text(max_size=60) | st.text("()'\"=<>!,. aein0125-notrdbw", max_size=60))
def test_any_text_is_either_a_filter_or_refused(text: str) -> None:
    try:
        expression = read(text)
    except ParameterError:
        return
    assert read(str(expression)) == expression


def test_only_the_first_of_many_unknown_names_get_a_suggestion() -> None:
    """Close names are dear to find: a filter of nothing else must not cost seconds."""
    many = " or ".join(f"name_{number}=1" for number in range(100))
    columns = {f"names_{number}": "number" for number in range(300)}
    with pytest.raises(ParameterError, match="columns that do not exist: name_0, ") as caught:
        parse_expression(many, columns=columns)
    assert caught.value.value.count("name_") == 100
    assert caught.value.remedy.count("Did you mean") == 10


def test_the_longest_filters_are_worked_through() -> None:
    table = pd.DataFrame({"city": [f"City {number}" for number in range(2_000)]})
    longest = read(" or ".join(['city contains "y 7"'] * 85))
    assert longest.mask(table).sum() == 111  # 7, 70 to 79, 700 to 799

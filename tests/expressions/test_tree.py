"""Conditions and how they are joined: which rows they match, and how they are written."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from territory_kit.errors import TableError
from territory_kit.expressions.tree import Condition, Expression, Joined, Opposite

SIX = Condition("employees_count", "number", "=", (6.0,))
PARIS = Condition("city", "text", "=", ("Paris",))
OPEN = Condition("is_open", "yes_no", "=", (True,))
ACCOUNTS = pd.DataFrame(
    {
        "city": ["Paris", "Lyon", None, " saint-denis "],
        "employees_count": [6.0, 12.0, 6.0, None],
        "is_open": pd.array([True, False, None, True], dtype="boolean"),
        "since_date": np.array(
            ["2026-01-31", "2025-06-30T18:00", "NaT", "2020-02-29"], dtype="datetime64[us]"
        ),
    },
    index=["A1", "A2", "A3", "A3"],
)


def matches(condition: Condition | Opposite | Joined) -> list[int]:
    """Return the positions of the accounts that match."""
    marked = Expression(condition).mask(ACCOUNTS)
    return [place for place, is_marked in enumerate(marked) if is_marked]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (PARIS, [0]),
        (Condition("city", "text", "!=", ("paris",)), [1, 3]),
        (Condition("city", "text", "in", ("LYON", "paris ")), [0, 1]),
        (Condition("city", "text", "contains", ("T-D",)), [3]),
        (Condition("city", "text", "contains", (" saint",)), []),
        (Condition("city", "text", "starts with", ("  Saint-",)), [3]),
        (Condition("city", "text", "starts with", ("aint",)), []),
        (Condition("city", "text", "is missing"), [2]),
        (Condition("city", "text", "is known"), [0, 1, 3]),
        (SIX, [0, 2]),
        (Condition("employees_count", "number", "!=", (6.0,)), [1]),
        (Condition("employees_count", "number", "<", (12.0,)), [0, 2]),
        (Condition("employees_count", "number", "<=", (12.0,)), [0, 1, 2]),
        (Condition("employees_count", "number", ">", (6.0,)), [1]),
        (Condition("employees_count", "number", ">=", (6.0,)), [0, 1, 2]),
        (Condition("employees_count", "number", "in", (12.0, 5.0)), [1]),
        (Condition("employees_count", "number", "between", (6.0, 11.0)), [0, 2]),
        (Condition("employees_count", "number", "is missing"), [3]),
        (Condition("since_date", "date", "=", (date(2025, 6, 30),)), [1]),
        (Condition("since_date", "date", "<=", (date(2025, 6, 30),)), [1, 3]),
        (
            Condition("since_date", "date", "between", (date(2020, 2, 29), date(2025, 6, 30))),
            [1, 3],
        ),
        (Condition("since_date", "date", "in", (date(2020, 2, 29),)), [3]),
        (OPEN, [0, 3]),
        (Condition("is_open", "yes_no", "!=", (True,)), [1]),
        (Condition("is_open", "yes_no", "is known"), [0, 1, 3]),
        (Opposite(PARIS), [1, 2, 3]),
        (Joined("and", (SIX, PARIS)), [0]),
        (Joined("or", (SIX, OPEN)), [0, 2, 3]),
        (Joined("and", (Joined("or", (SIX, OPEN)), Opposite(PARIS), OPEN)), [3]),
    ],
    ids=str,
)
def test_rows_match_as_worked_out_by_hand(
    condition: Condition | Opposite | Joined, expected: list[int]
) -> None:
    assert matches(condition) == expected


def test_not_turns_missing_cells_round_and_a_comparison_does_not() -> None:
    """The two differ on purpose: nothing is known of account 3, so it is not above 6 either."""
    above = Condition("employees_count", "number", ">", (6.0,))
    assert matches(Opposite(above)) == [0, 2, 3]
    assert matches(Condition("employees_count", "number", "<=", (6.0,))) == [0, 2]


def test_a_mask_has_the_index_of_its_table_and_is_never_missing() -> None:
    mask = Expression(OPEN).mask(ACCOUNTS)
    assert mask.index.tolist() == ["A1", "A2", "A3", "A3"]
    assert mask.dtype == bool
    assert mask.name is None


def test_a_table_without_rows_has_a_mask_without_rows() -> None:
    assert Expression(Joined("or", (SIX, PARIS))).mask(ACCOUNTS.iloc[:0]).tolist() == []


def test_the_table_is_not_changed() -> None:
    before = ACCOUNTS.copy(deep=True)
    Expression(Opposite(Condition("city", "text", "is known"))).mask(ACCOUNTS)
    pd.testing.assert_frame_equal(ACCOUNTS, before)


def test_the_columns_asked_for_are_named_once_and_sorted() -> None:
    expression = Expression(Joined("or", (SIX, Opposite(Joined("and", (PARIS, SIX))))))
    assert expression.columns == {"city": "text", "employees_count": "number"}
    assert list(expression.columns) == ["city", "employees_count"]


def test_a_table_without_the_columns_is_refused() -> None:
    with pytest.raises(TableError, match="columns that the table does not have exactly once: city"):
        Expression(PARIS).mask(ACCOUNTS.drop(columns="city"))


def test_equal_expressions_have_one_hash() -> None:
    again = Expression(Joined("and", (SIX, Condition("city", "text", "=", ("Paris",)))))
    assert {Expression(Joined("and", (SIX, PARIS))), again} == {again}
    assert Expression(SIX) != Expression(PARIS)


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (PARIS, 'city = "Paris"'),
        (Condition("city", "text", "=", ('a "b"',)), 'city = "a ""b"""'),
        (Condition("city", "text", "contains", ("it's",)), 'city contains "it\'s"'),
        (Condition("n", "number", "=", (10.0,)), "n = 10"),
        (Condition("n", "number", "=", (-0.0,)), "n = 0"),
        (Condition("n", "number", "=", (0.1,)), "n = 0.1"),
        (Condition("n", "number", "=", (1e15,)), "n = 1000000000000000"),
        (Condition("n", "number", "=", (1e22,)), "n = 1e+22"),
        (Condition("n", "number", "=", (-1e-7,)), "n = -1e-07"),
        (Condition("n", "number", "in", (1.0, 2.5)), "n in (1, 2.5)"),
        (Condition("n", "number", "between", (1.0, 2.0)), "n between 1 and 2"),
        (Condition("d", "date", "<", (date(987, 1, 2),)), "d < 0987-01-02"),
        (OPEN, "is_open = true"),
        (Condition("n", "number", "is missing"), "n is missing"),
        (Opposite(OPEN), "not (is_open = true)"),
        (Opposite(Opposite(OPEN)), "not (not (is_open = true))"),
        (
            Joined("and", (Joined("or", (SIX, OPEN)), PARIS)),
            '(employees_count = 6 or is_open = true) and city = "Paris"',
        ),
        (
            Joined("or", (Joined("and", (SIX, OPEN)), PARIS)),
            'employees_count = 6 and is_open = true or city = "Paris"',
        ),
        (
            Opposite(Joined("or", (SIX, OPEN))),
            "not (employees_count = 6 or is_open = true)",
        ),
    ],
)
def test_an_expression_is_written_with_as_few_parentheses_as_it_needs(
    condition: Condition | Opposite | Joined, text: str
) -> None:
    assert str(Expression(condition)) == text

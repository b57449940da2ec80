"""Random filters: written, read, written again, and worked out without pandas."""

import operator
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.expressions import Expression, parse_expression

COLUMNS = {
    "city": "text",
    "employees_count": "number",
    "is_open": "yes_no",
    "since_date": "date",
}
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ORDERED = ("=", "!=", "<", "<=", ">", ">=")
WORDS = ["Paris", "paris ", "Lyon", "L'Haÿ", 'a "b"', "and", "x or y", "é", "(", "100 %", "Ärzte"]
NUMBERS = [-3.5, 0.0, 1.0, 2.0, 10.0, 1e20, 0.1]
DAYS = [date(2026, 1, 31) + timedelta(days=days) for days in (-20_000, -1, 0, 1, 400)]
CELLS: dict[str, list[Any]] = {
    "city": [*WORDS, " PARIS", "Lyonnais", None, "", "  "],
    "employees_count": [*NUMBERS, None],
    "since_date": [*DAYS, None],
    "is_open": [True, False, None],
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}),
    max_size=8,
)
# A filter as nested tuples, from which the test writes texts and works out answers on its own.
Plain = tuple[Any, ...]


def read(text: str) -> Expression:
    return parse_expression(text, columns=COLUMNS)


def conditions() -> st.SearchStrategy[Plain]:
    number, day = st.sampled_from(NUMBERS), st.sampled_from(DAYS)
    word = st.sampled_from(WORDS)
    return st.one_of(
        st.tuples(st.just("city"), st.sampled_from(["=", "!=", "contains", "starts with"]), word),
        st.tuples(st.just("city"), st.just("in"), st.lists(word, min_size=1, max_size=3)),
        st.tuples(st.just("employees_count"), st.sampled_from(ORDERED), number),
        st.tuples(
            st.just("employees_count"), st.just("in"), st.lists(number, min_size=1, max_size=3)
        ),
        st.tuples(st.just("employees_count"), st.just("between"), st.tuples(number, number)),
        st.tuples(st.just("since_date"), st.sampled_from(ORDERED), day),
        st.tuples(st.just("since_date"), st.just("between"), st.tuples(day, day)),
        st.tuples(st.just("is_open"), st.sampled_from(["=", "!="]), st.booleans()),
        st.tuples(st.sampled_from(list(CELLS)), st.sampled_from(["is missing", "is known"])),
    )


PLAIN = st.recursive(
    conditions(),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=8,
)


def value_text(value: Any, quote: str) -> str:  # noqa: ANN401 - any value of a filter
    if isinstance(value, str):
        return quote + value.replace(quote, quote * 2) + quote
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain_text(plain: Plain, quote: str, *, shout: bool) -> str:
    """Write a plain filter with more parentheses than it needs."""
    first = plain[0]
    if first == "not":
        inner = plain_text(plain[1], quote, shout=shout)
        return f"{'NOT' if shout else 'not'}({inner})"
    if first in {"and", "or"}:
        joint = f" {first.upper() if shout else first} "
        return joint.join(f"({plain_text(part, quote, shout=shout)})" for part in plain[1])
    name, word, *values = plain
    shown = word.upper() if shout else word
    if word == "in":
        return f"{name} {shown}({','.join(value_text(value, quote) for value in values[0])})"
    if word == "between":
        low, high = (value_text(value, quote) for value in sorted(values[0]))
        return f"{name} {shown} {low} {'AND' if shout else 'and'} {high}"
    return " ".join([name, shown, *(value_text(value, quote) for value in values)])


def plain_answer(plain: Plain, row: dict[str, Any]) -> bool:
    """Work out whether a row matches, cell by cell and without pandas."""
    first = plain[0]
    if first == "not":
        return not plain_answer(plain[1], row)
    if first == "and":
        return all(plain_answer(part, row) for part in plain[1])
    if first == "or":
        return any(plain_answer(part, row) for part in plain[1])
    name, word, *values = plain
    cell = row[name]
    if isinstance(cell, str):
        cell = cell.strip().casefold() or None
    if word in {"is missing", "is known"}:
        return bool((cell is None) == (word == "is missing"))
    return cell is not None and plain_comparison(cell, word, values[0])


def plain_comparison(cell: Any, word: str, value: Any) -> bool:  # noqa: ANN401 - any cell
    if word == "in":
        return any(plain_comparison(cell, "=", one) for one in value)
    if word == "between":
        low, high = sorted(value)
        return bool(low <= cell <= high)
    if word == "contains":
        return bool(value.casefold() in cell)
    if word == "starts with":
        return bool(cell.startswith(value.casefold()))
    return bool(COMPARE[word](cell, value.strip().casefold() if isinstance(value, str) else value))


@settings(derandomize=True, deadline=None, max_examples=100)
@given(plain=PLAIN, rows=ROWS, quote=st.sampled_from(["'", '"']), shout=st.booleans())
def test_a_random_filter_reads_back_and_marks_what_plain_python_marks(
    plain: Plain,
    rows: list[dict[str, Any]],
    quote: str,
    shout: bool,  # noqa: FBT001 - hypothesis gives it by name
) -> None:
    expression = read(plain_text(plain, quote, shout=shout))
    assert read(str(expression)) == expression
    assert str(read(str(expression))) == str(expression)
    table = pd.DataFrame(rows, columns=list(CELLS)).astype(
        {"employees_count": "float64", "since_date": "datetime64[us]", "is_open": "boolean"}
    )
    assert expression.mask(table).tolist() == [plain_answer(plain, row) for row in rows]

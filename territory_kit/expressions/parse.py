"""Read a filter against the columns of a table, and say at once all that does not suit them."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Literal

from lark import Token, Tree

from territory_kit.errors import ParameterError
from territory_kit.expressions.cells import KINDS, Kind, Value
from territory_kit.expressions.grammar import MAX_CHARACTERS, places, read_syntax, shorten
from territory_kit.expressions.tree import Condition, Expression, Joined, Node, Opposite

_JOINED: dict[str, Literal["and", "or"]] = {"both": "and", "either": "or"}
_WORDS = {
    "among": "in",
    "between": "between",
    "contains": "contains",
    "starts_with": "starts with",
    "is_known": "is known",
    "is_missing": "is missing",
}
_ANY_KIND = frozenset({"is known", "is missing"})
_ORDERED = frozenset({"=", "!=", "<", "<=", ">", ">=", "between", "in"})
_SUITABLE: dict[Kind, frozenset[str]] = {
    "text": frozenset({"=", "!=", "in", "contains", "starts with"}),
    "number": _ORDERED,
    "date": _ORDERED,
    "yes_no": frozenset({"=", "!="}),
}
_KIND_OF_TOKEN: dict[str, Kind] = {
    "TEXT": "text",
    "NUMBER": "number",
    "DATE": "date",
    "YES_NO": "yes_no",
}
_CALLED: dict[Kind, str] = {
    "text": "a text",
    "number": "a number",
    "date": "a date",
    "yes_no": "yes or no",
}
_EXAMPLES: dict[Kind, str] = {
    "text": 'a text in quotes, such as "Paris"',
    "number": "a number without quotes, such as 10",
    "date": "a date without quotes, such as 2026-01-31",
    "yes_no": "true or false, without quotes",
}
# Looking for close names takes time, and nobody reads more of them.
_SUGGESTIONS_COUNT = 10


def parse_expression(text: str, *, columns: Mapping[str, str]) -> Expression:
    """Read a filter: a condition over columns, written by a person.

    Parameters
    ----------
    text
        At most 2,000 characters, also when written out in full, nested at most 50 deep. Conditions:
        ``column = value`` (also ``!=``; for numbers and dates ``<``, ``<=``, ``>``, ``>=`` too),
        ``column in (value, value)``, ``column between value and value`` (numbers and dates),
        ``column contains "text"``, ``column starts with "text"``, ``column is missing`` and
        ``column is known``; joined by ``not``, ``and``, ``or`` (binding in this order) and
        parentheses. Values: texts in single or double quotes (a quote inside is written twice),
        numbers, dates such as 2026-01-31, true and false. Words in capitals mean the same.
    columns
        Kind of each column that may be asked for, by name: "text", "number", "date" or "yes_no". A
        name that is not one word cannot be asked for.

    Returns
    -------
    Expression
        The filter, checked.

    Raises
    ------
    ParameterError
        When the text cannot be read, names an unknown column (all of them are named at once) or
        compares a column with what does not suit it, or when a kind is unknown.

    Examples
    --------
    >>> kinds = {"city": "text", "employees_count": "number"}
    >>> print(parse_expression("city ='Paris' OR(employees_count>=10)", columns=kinds))
    city = "Paris" or employees_count >= 10
    """
    reading = _Reading(_checked_kinds(columns))
    root = reading.node(read_syntax(text))
    reading.refuse_faults()
    expression = Expression(root)
    if len(str(expression)) > MAX_CHARACTERS:
        raise ParameterError(
            "The filter is too long when it is written out in full",
            value=f"{len(str(expression)):,} characters",
            remedy=f"Stay within {MAX_CHARACTERS:,} characters, with a blank around each sign.",
        )
    return expression


def _checked_kinds(columns: Mapping[str, str]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {str(kind): kind for kind in KINDS}
    unknown = {name: kind for name, kind in columns.items() if kind not in kinds}
    if unknown:
        raise ParameterError(
            "A column has an unknown kind",
            value=", ".join(f"{kind} for {name}" for name, kind in sorted(unknown.items())),
            where="columns",
            remedy=f"Known kinds: {', '.join(KINDS)}.",
        )
    return {name: kinds[kind] for name, kind in columns.items()}


class _Reading:
    """One pass over a syntax tree that collects every fault on its way."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        # where each unknown name stands first; what does not suit its column, where, and a remedy
        self.unknown: dict[str, int] = {}
        self.faults: list[tuple[str, int, str]] = []

    def node(self, tree: Tree[Token]) -> Node:
        """Return what a branch of the syntax tree means."""
        branches = [self.node(branch) for branch in tree.children if isinstance(branch, Tree)]
        if tree.data == "opposite":
            return Opposite(branches[0])
        if tree.data not in _JOINED:
            return self._condition(tree)
        word = _JOINED[tree.data]
        parts: list[Node] = []
        for branch in branches:
            match branch:
                case Joined(word=same, parts=inner) if same == word:
                    parts.extend(inner)
                case _:
                    parts.append(branch)
        return Joined(word, tuple(parts))

    def _condition(self, tree: Tree[Token]) -> Condition:
        name, *tokens = (token for token in tree.children if isinstance(token, Token))
        word = _WORDS.get(tree.data) or str(tokens.pop(0))
        kind = self.kinds.get(name)
        if kind is None:
            self.unknown.setdefault(str(name), name.start_pos or 0)
            return Condition(str(name), "text", word)
        suitable = _SUITABLE[kind] | _ANY_KIND
        if word not in suitable:
            words = ", ".join(sorted(suitable))
            self._refuse(f"{name} {word}", name, f"{name} is {_CALLED[kind]}: it takes {words}.")
            return Condition(str(name), kind, word)
        values = [self._value(token, name, kind) for token in tokens]
        known = tuple(value for value in values if value is not None)
        if word == "between" and _is_falling(known):
            ends = f"{tokens[0]} and {tokens[1]}"
            self._refuse(f"{ends} for {name}", tokens[0], "Put the lower end of a range first.")
        return Condition(str(name), kind, word, known)

    def _value(self, token: Token, name: Token, kind: Kind) -> Value | None:
        """Return what a token stands for; None once it is refused."""
        shown = f"{token} for {name}"
        if _KIND_OF_TOKEN[token.type] != kind:
            self._refuse(shown, token, f"Compare {name} with {_EXAMPLES[kind]}.")
            return None
        try:
            return _VALUE_OF_TOKEN[token.type](str(token))
        except ValueError as error:
            self._refuse(shown, token, str(error))
            return None

    def _refuse(self, shown: str, token: Token, remedy: str) -> None:
        self.faults.append((shorten(shown), token.start_pos or 0, remedy))

    def refuse_faults(self) -> None:
        """Refuse the filter if anything in it does not suit the columns."""
        if self.unknown:
            raise ParameterError(
                "The filter asks for columns that do not exist",
                value=", ".join(shorten(name) for name in self.unknown),
                where=places(*self.unknown.values()),
                remedy=f"{_suggestions(self.unknown, self.kinds)}Known names: "
                f"{', '.join(sorted(self.kinds)) or 'none'}.",
            )
        if self.faults:
            raise ParameterError(
                "A condition does not suit its column",
                value="; ".join(shown for shown, _, _ in self.faults),
                where=places(*(position for _, position, _ in self.faults)),
                remedy=" ".join(dict.fromkeys(remedy for _, _, remedy in self.faults)),
            )


def _text(token: str) -> str:
    quote = token[0]
    text = token[1:-1].replace(quote * 2, quote)
    if not text.strip():
        raise ValueError("Cells without text are asked for with is missing.")
    return text


def _number(token: str) -> float:
    number = float(token)
    if not math.isfinite(number):
        raise ValueError("Write a smaller number.")
    return number


def _day(token: str) -> date:
    try:
        return date.fromisoformat(token)
    except ValueError as error:
        raise ValueError("Write a day of the calendar as year-month-day.") from error


_VALUE_OF_TOKEN: dict[str, Callable[[str], Value]] = {
    "TEXT": _text,
    "NUMBER": _number,
    "DATE": _day,
    "YES_NO": lambda token: token.lower() == "true",
}


def _is_falling(ends: tuple[Value, ...]) -> bool:
    """Tell whether the second end of a range is below the first; other things do not fall."""
    match ends:
        case (float(low), float(high)):
            return high < low
        case (date() as first, date() as last):
            return last < first
    return False


def _suggestions(unknown: Iterable[str], known: Iterable[str]) -> str:
    """Ask whether the closest known names are meant, whatever their case."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    closest = {
        name: get_close_matches(name.casefold(), by_folded, n=1)
        for name in list(unknown)[:_SUGGESTIONS_COUNT]
    }
    return "".join(
        f'Did you mean "{by_folded[found[0]]}" for "{shorten(name)}"? '
        for name, found in closest.items()
        if found
    )

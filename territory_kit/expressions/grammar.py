"""The grammar of filters, and reading a text by it without knowing any column.

Positions count characters from 1. Nesting counts parentheses and ``not``; the parentheses behind a
``not`` or an ``in`` belong to it.
"""

import unicodedata
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from territory_kit.errors import ParameterError

MAX_CHARACTERS = 2_000
MAX_NESTING = 50
_SHOWN_CHARACTERS = 40

# Words have priority over names and end where a name would go on: "android" is no "and".
GRAMMAR = r"""
?start: either
?either: both (_OR both)*
?both: negated (_AND negated)*
?negated: _NOT negated -> opposite
    | "(" either ")"
    | condition
?condition: NAME OPERATOR _value -> comparison
    | NAME _IN "(" _value ("," _value)* ")" -> among
    | NAME _BETWEEN _value _AND _value -> between
    | NAME _CONTAINS TEXT -> contains
    | NAME _STARTS _WITH TEXT -> starts_with
    | NAME _IS _MISSING -> is_missing
    | NAME _IS _KNOWN -> is_known
_value: TEXT | NUMBER | DATE | YES_NO

_AND.2: /and\b/i
_OR.2: /or\b/i
_NOT.2: /not\b/i
_IN.2: /in\b/i
_BETWEEN.2: /between\b/i
_CONTAINS.2: /contains\b/i
_STARTS.2: /starts\b/i
_WITH.2: /with\b/i
_IS.2: /is\b/i
_MISSING.2: /missing\b/i
_KNOWN.2: /known\b/i
YES_NO.2: /(true|false)\b/i
DATE.2: /[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])/
NUMBER: /[+-]?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)(e[+-]?[0-9]+)?(?![\w.])/i
TEXT: /"([^"\r\n]|"")*"|'([^'\r\n]|'')*'/
OPERATOR: /!=|<=|>=|=|<|>/
NAME: /[^\W\d]\w*/
BLANK: /\s+/
%ignore BLANK
"""

_WORDS = {
    "$END": "the end",
    "COMMA": ",",
    "DATE": "a date such as 2026-01-31",
    "LPAR": "(",
    "NAME": "a column name",
    "NUMBER": "a number",
    "OPERATOR": "!=, <, <=, =, >, >=",
    "RPAR": ")",
    "TEXT": "a text in quotes",
    "YES_NO": "true or false",
}
_BLANKS = frozenset("\t\n\r")
_CURLY_QUOTES = frozenset("“”„‟‘’‚‛«»‹›`´")  # noqa: RUF001 - these are what people paste


def read_syntax(text: str) -> Tree[Token]:
    """Read a text into a syntax tree whose leaves are names, operators and values.

    Parameters
    ----------
    text
        Filter as written, 1 to 2,000 characters, nested at most 50 deep.

    Returns
    -------
    lark.Tree
        Tree with the names of the grammar; its tokens know their positions.

    Raises
    ------
    ParameterError
        When the text is empty, too long, nested too deeply or not written by the grammar.
    """
    _check_text(text)
    try:
        _check_nesting(text)
        return _parser().parse(text)
    except UnexpectedCharacters as error:
        position: int = error.pos_in_stream  # type: ignore[assignment]  # reason: None at first only
        raise _strange_character(text, position) from error
    except UnexpectedToken as error:
        raise _strange_token(text, error) from error


def places(*positions: int) -> str:
    """Say where things start, counted from 1.

    Parameters
    ----------
    *positions
        Characters before each of them, at least one.

    Returns
    -------
    str
        The places as text, sorted.

    Examples
    --------
    >>> places(0), places(7, 2)
    ('position 1', 'positions 3, 8')
    """
    counted = ", ".join(str(position + 1) for position in sorted(positions))
    return f"position {counted}" if len(positions) == 1 else f"positions {counted}"


@cache
def _parser() -> Lark:
    # the basic lexer keeps its words for itself wherever they stand, so that messages stay plain
    return Lark(GRAMMAR, parser="lalr", lexer="basic")


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        remedy = 'Write a condition in quotes, such as industry = "hotel".'
        raise ParameterError("A filter is a text", value=f"{text!r:.40}", remedy=remedy)
    if len(text) > MAX_CHARACTERS:
        raise ParameterError(
            "The filter is too long",
            value=f"{len(text):,} characters",
            remedy=f"Write at most {MAX_CHARACTERS:,} characters.",
        )
    for position, sign in enumerate(text):
        if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _BLANKS:
            raise ParameterError(
                "The filter holds a character that nobody can see",
                value=f"U+{ord(sign):04X}",
                where=places(position),
                remedy="Delete it, or type the filter anew.",
            )
    if not text.strip():
        remedy = 'Write a condition, such as industry = "hotel".'
        raise ParameterError("The filter is empty", remedy=remedy)


def _check_nesting(text: str) -> None:
    """Refuse deep nesting before anything is built that would have to be walked down."""
    depths, before = [0], ""
    nots = 0
    for token in _parser().lex(text):
        if token.type == "_NOT":
            nots += 1
        elif token.type == "LPAR":
            depths.append(depths[-1] + nots + int(before not in {"_NOT", "_IN"}))
            nots = 0
        else:
            nots = 0
            if token.type == "RPAR" and len(depths) > 1:
                depths.pop()
        if depths[-1] + nots > MAX_NESTING:
            raise ParameterError(
                "The filter is nested too deeply",
                value=f"more than {MAX_NESTING} levels of parentheses and not",
                where=places(token.start_pos or 0),
                remedy="Leave out parentheses that are not needed, or split the filter.",
            )
        before = token.type


def _strange_character(text: str, position: int) -> ParameterError:
    sign = text[position]
    if sign in _CURLY_QUOTES:
        what, remedy = "A quote is not straight", 'Write texts in straight quotes: "Paris".'
    elif sign in {'"', "'"}:
        what = "A text has no closing quote"
        remedy = "Close it on the same line; write a quote inside a text twice."
    elif sign.isdigit() or sign in "+-.":
        what = "A number or date cannot be read"
        remedy = "Write numbers such as 10, 0.5 or -3, and dates such as 2026-01-31."
    else:
        what = "A sign has no meaning in a filter"
        remedy = "Write and, or, not in words; compare with =, !=, <, <=, > or >=."
    return ParameterError(
        what, value=shorten(text[position:]), where=places(position), remedy=remedy
    )


def _strange_token(text: str, error: UnexpectedToken) -> ParameterError:
    token, accepted = error.token, set(error.accepts)
    is_end = token.type == "$END"
    # a sign that may end a condition ends it before the parser sees that it is out of place
    if accepted & {"$END", "RPAR"} and "COMMA" not in accepted:
        accepted |= {"_AND", "_OR"}
    expected = sorted(_WORDS.get(name, name.strip("_").lower()) for name in accepted)
    hint = ""
    if token.type == "NAME" and "TEXT" in accepted:
        hint = " A text stands in quotes, and columns are compared with values only."
    elif token.type == "_NOT" and "OPERATOR" in accepted:
        hint = ' Write not in front: not (city in ("Paris", "Lyon")).'
    return ParameterError(
        "The filter ends too early" if is_end else "The filter cannot be read on from here",
        value="" if is_end else shorten(str(token)),
        where=places(len(text) if is_end else token.start_pos or 0),
        remedy=f"Expected here: {', '.join(expected)}.{hint}",
    )


def shorten(text: str) -> str:
    """Return the beginning of a text on one line.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        At most 40 characters.
    """
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"

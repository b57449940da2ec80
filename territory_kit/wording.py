"""Numbers as a reader meets them: thousands separated, units beside them, nothing invented.

Every function returns text; a number that is missing or has no end is an en dash.
"""

import math
from collections.abc import Sequence

MISSING = "–"
NO_MONEY = "No potential or revenue is known: each account counts as one."
_STEPS = ((1e9, " bn"), (1e6, " m"), (1e3, " k"))
_VOWELS = tuple("aeio")
_MANY = {"has": "have", "is": "are", "its": "their", "does": "do"}


def number(value: float, *, decimals: int = 0) -> str:
    """Return a number with its thousands separated.

    Parameters
    ----------
    value
        Any number; NaN is missing.
    decimals
        Digits after the point.

    Returns
    -------
    str
        The number as text.

    Examples
    --------
    >>> number(12345.6)
    '12,346'
    """
    if not math.isfinite(value):
        return MISSING
    # the sum keeps -0.0 from being printed with its sign
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"


def amount(value: float, currency: str) -> str:
    """Return money in short form: three digits, then thousands, millions or billions.

    Parameters
    ----------
    value
        Amount in the currency of the plan; NaN is missing.
    currency
        Currency of the plan, may be empty.

    Returns
    -------
    str
        The amount as text.

    Examples
    --------
    >>> amount(1234567, "EUR")
    'EUR 1.23 m'
    >>> amount(940, "EUR")
    'EUR 940'
    """
    text = _short(value) if math.isfinite(value) else MISSING
    return f"{currency} {text}".strip()


def percent(share: float, *, decimals: int = 0) -> str:
    """Return a share in percent.

    Parameters
    ----------
    share
        Share from 0 to 1, or a deviation; NaN is missing.
    decimals
        Digits after the point.

    Returns
    -------
    str
        The share as text, with its sign.

    Examples
    --------
    >>> percent(0.126)
    '13 %'
    """
    return f"{number(100 * share, decimals=decimals)} %" if math.isfinite(share) else MISSING


def percent_at_most(share: float) -> str:
    """Return a share in percent, rounded up to a tenth, so that it holds as a limit.

    Parameters
    ----------
    share
        Share, at least 0.

    Returns
    -------
    str
        The share as text, with its sign.

    Examples
    --------
    >>> percent_at_most(0.1201), percent_at_most(0.00001)
    ('12.1 %', '0.1 %')
    """
    return f"{math.ceil(share * 1000) / 10:.1f} %"


def counted(count: float, thing: str, verb: str = "") -> str:
    """Return a number of things, word and verb in their plural where needed.

    Parameters
    ----------
    count
        How many.
    thing
        The word for one of them.
    verb
        What one of them does, as "moves" or "is"; none when empty.

    Returns
    -------
    str
        Number, word and verb.

    Examples
    --------
    >>> counted(1, "territory"), counted(1200, "territory")
    ('1 territory', '1,200 territories')
    >>> counted(1, "account", "is"), counted(2, "account", "is"), counted(2, "account", "moves")
    ('1 account is', '2 accounts are', '2 accounts move')
    """
    return f"{number(count)} {_word(thing, count)} {agree(verb, count)}".rstrip()


def counted_of(count: float, total: float, thing: str, verb: str = "") -> str:
    """Return how many of all things are meant; the verb follows the first number.

    Parameters
    ----------
    count
        How many are meant.
    total
        How many there are.
    thing
        The word for one of them.
    verb
        What one of them does; none when empty.

    Returns
    -------
    str
        Both numbers, word and verb.

    Examples
    --------
    >>> counted_of(1, 12, "account", "is"), counted_of(0, 1, "account", "is")
    ('1 of 12 accounts is', '0 of 1 account is')
    """
    fewer = 1 if total == 1 else count
    return f"{number(count)} of {number(total)} {_word(thing, total)} {agree(verb, fewer)}".rstrip()


def agree(verb: str, count: float) -> str:
    """Return a verb as the number of its subject asks.

    Parameters
    ----------
    verb
        What one thing does, as "moves" or "is".
    count
        How many do.

    Returns
    -------
    str
        The verb.

    Examples
    --------
    >>> agree("holds", 1), agree("holds", 2), agree("has", 2)
    ('holds', 'hold', 'have')
    """
    return verb if count == 1 else _MANY.get(verb, verb.removesuffix("s"))


def with_article(thing: str) -> str:
    """Return a word behind "a" or "an", as its first letter asks.

    Parameters
    ----------
    thing
        The word for one thing.

    Returns
    -------
    str
        Article and word.

    Examples
    --------
    >>> with_article("account"), with_article("territory")
    ('an account', 'a territory')
    """
    return f"{'an' if thing[:1].lower() in _VOWELS else 'a'} {thing}"


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Parameters
    ----------
    words
        Any number of words.

    Returns
    -------
    str
        The words with commas, and "and" before the last.

    Examples
    --------
    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    return " and ".join([*[", ".join(words[:-1])] * (len(words) > 1), *words[-1:]])


def clipped(text: str, length: int = 32) -> str:
    """Shorten a name that would take the room of the picture.

    Parameters
    ----------
    text
        Any text.
    length
        Most characters to keep.

    Returns
    -------
    str
        The text, with an ellipsis where it was cut.

    Examples
    --------
    >>> clipped("Saint-Quentin-en-Yvelines", 14)
    'Saint-Quentin…'
    """
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _word(thing: str, count: float) -> str:
    if count == 1:
        return thing
    return f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"


def _short(value: float) -> str:
    step, suffix = next((s for s in _STEPS if abs(value) >= s[0]), (1.0, ""))
    scaled = value / step
    digits = len(f"{abs(scaled):.0f}")
    return f"{number(scaled, decimals=max(0, 3 - digits) if suffix else 0)}{suffix}"

"""Numbers as a reader meets them: thousands separated, units beside them, nothing invented.

Every function returns text; a missing number is an en dash.
"""

import math
from collections.abc import Sequence

MISSING = "–"
_STEPS = ((1e9, " bn"), (1e6, " m"), (1e3, " k"))


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
    if math.isnan(value):
        return MISSING
    rounded = round(value, decimals)
    # -0.0 would be printed with its sign
    return f"{rounded + 0.0:,.{decimals}f}"


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
    text = MISSING if math.isnan(value) else _short(value)
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
    return MISSING if math.isnan(share) else f"{number(100 * share, decimals=decimals)} %"


def counted(count: float, thing: str) -> str:
    """Return a number of things, the word in its plural where needed.

    Parameters
    ----------
    count
        How many.
    thing
        The word for one of them.

    Returns
    -------
    str
        Number and word.

    Examples
    --------
    >>> counted(1, "territory"), counted(1200, "territory")
    ('1 territory', '1,200 territories')
    """
    plural = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number(count)} {thing if count == 1 else plural}"


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


def _short(value: float) -> str:
    step, suffix = next((s for s in _STEPS if abs(value) >= s[0]), (1.0, ""))
    scaled = value / step
    digits = len(f"{abs(scaled):.0f}")
    return f"{scaled:,.{max(0, 3 - digits) if suffix else 0}f}{suffix}"

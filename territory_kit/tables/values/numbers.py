"""Turn texts into numbers: thousands separators, decimal comma, percent, currency signs.

In *point* style ``1,234.5`` is a number, in *comma* style ``1.234,5`` is. A column is read in one
style; a value that is wrong in that style is no number, because ``1.5`` read as 15 goes unseen.
"""

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from territory_kit.tables.values.currencies import MARK

Style = Literal["point", "comma"]

# A decimal mark shows itself by anything but three digits after it, or by what stands before it.
_EVIDENCE: dict[Style, str] = {
    "point": r"\.(?:\d{1,2}|\d{4,})$|^[+-]?0\.\d|\d,\d{3}\.|^[+-]?\d{4,}\.|,\d{3},\d{3}|\.$|\.\d*e",
    "comma": r",(?:\d{1,2}|\d{4,})$|^[+-]?0,\d|\d\.\d{3},|^[+-]?\d{4,},|\.\d{3}\.\d{3}|,$|,\d*e",
}
# No business has such a figure, and sums of a few of them overflow.
_NO_NUMBER_FROM = 1e100
_AMBIGUOUS = r"[+-]?[1-9]\d{0,2}[.,]\d{3}"
_SPACES = "[\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]"
_EXPONENT = r"(?:[eE][+-]?\d+)?"
_FORMS: dict[Style, str] = {
    "point": rf"[+-]?(?:(?:\d+|\d{{1,3}}(?:[ ',]\d{{3}})+)(?:\.\d*)?|\.\d+){_EXPONENT}",
    "comma": rf"[+-]?(?:(?:\d+|\d{{1,3}}(?:[ '.]\d{{3}})+)(?:,\d*)?|,\d+){_EXPONENT}",
}


def clean_numbers(text: pd.Series) -> pd.Series:
    """Take off what stands around a number: currency, percent sign, brackets for less than zero.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        Texts of digits, signs and separators where the value is a number.
    """
    # Digits with one mark need no cleaning, and are the bulk of a file.
    plain = text.str.fullmatch(r"[+-]?\d*[.,]?\d+").ne(other=False)
    if plain.all():
        return text
    return text.where(plain, _clean(text.loc[~plain]).reindex(text.index))


def _clean(text: pd.Series) -> pd.Series:
    plain = (
        text.str.replace(_SPACES, " ", regex=True)
        .str.replace("[\N{MINUS SIGN}\N{EN DASH}]", "-", regex=True)
        .str.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'", regex=False)
        .str.replace(rf"{MARK}|%$", "", regex=True)
        .str.strip()
        # Swiss and German prices write .- for no cents.
        .str.replace(r"[.,]-+$", "", regex=True)
    )
    # Bookkeeping writes (5) or 5- for less than zero.
    below = plain.str.fullmatch(r"\(.*\)|\d.*-").eq(other=True)
    return plain.mask(below, "-" + plain.loc[below].str.strip("()- ").reindex(plain.index))


def count_evidence(text: pd.Series) -> dict[Style, int]:
    """Count the values that can only be read in one style.

    Parameters
    ----------
    text
        Cleaned texts of one column.

    Returns
    -------
    dict
        Number of values by style.
    """
    marked = text.loc[text.str.contains("[.,]", regex=True).eq(other=True)]
    return {
        style: int(marked.str.contains(pattern, regex=True).sum())
        for style, pattern in _EVIDENCE.items()
    }


def choose_style(evidence: Mapping[Style, int]) -> Style | None:
    """Choose the style of most values.

    Parameters
    ----------
    evidence
        Number of values by style.

    Returns
    -------
    {'point', 'comma'} or None
        None where there are none, or as many of each.
    """
    if evidence["point"] == evidence["comma"]:
        return None
    return "point" if evidence["point"] > evidence["comma"] else "comma"


def is_ambiguous(text: pd.Series) -> pd.Series:
    """Mark cleaned texts like ``1,234``: a thousand and more, or one and a bit.

    Parameters
    ----------
    text
        Cleaned texts.

    Returns
    -------
    pandas.Series
        Yes or no.
    """
    return text.str.fullmatch(_AMBIGUOUS).eq(other=True)


def parse_numbers(text: pd.Series, style: Style) -> pd.Series:
    """Turn cleaned texts into numbers.

    Parameters
    ----------
    text
        Cleaned texts.
    style
        How they are written.

    Returns
    -------
    pandas.Series
        Floats; missing where the text is no number in that style.
    """
    numeric = text.where(text.str.fullmatch(_FORMS[style]).eq(other=True))
    separators, decimal = ("[ ',]", ".") if style == "point" else ("[ '.]", ",")
    plain = numeric.str.replace(separators, "", regex=True).str.replace(decimal, ".", regex=False)
    numbers = pd.Series(plain.astype("Float64"), dtype="float64")
    return numbers.where(numbers.abs() < _NO_NUMBER_FROM)

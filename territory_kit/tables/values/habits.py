"""How a file writes numbers, dates and money, found out from all its columns together."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from territory_kit.columns import find_column
from territory_kit.tables.files.raw import Raw
from territory_kit.tables.values import dates, numbers
from territory_kit.tables.values.currencies import read_currencies

_NO_RATES: Mapping[str, float] = MappingProxyType({})
_NUMBERS = ("count", "money", "number", "share")


@dataclass(frozen=True)
class Habits:
    """How a file writes numbers, dates and money.

    Parameters
    ----------
    number_styles
        Point or comma by our name of a column, for columns that show it.
    number_style
        Point or comma, for the others.
    is_style_known
        Whether some column of the file shows it.
    is_day_first
        Whether the day stands before the month.
    is_order_known
        Whether some column of the file shows it.
    currency
        Currency of the plan; empty when not known.
    rates
        What one unit of another currency is worth in the plan's.
    row_currencies
        Currency of each row that says one, by row number: code, sign or ``?``.
    stored_numbers
        Which cells the file stores as numbers, by our name of a column; in a text file none.
    """

    number_styles: Mapping[str, numbers.Style]
    number_style: numbers.Style
    is_style_known: bool
    is_day_first: bool
    is_order_known: bool
    currency: str
    rates: Mapping[str, float]
    row_currencies: pd.Series
    stored_numbers: Mapping[str, pd.Series]


def find_habits(
    raw: Raw,
    headers: Mapping[str, str],
    *,
    currency: str,
    country: str,
    rates: Mapping[str, float] = _NO_RATES,
) -> Habits:
    """Find out how a file writes numbers and dates, from all its columns together.

    Parameters
    ----------
    raw
        The file as text.
    headers
        Header in the file by our name.
    currency
        Currency of the plan, or empty.
    country
        ISO code of the plan's country, or empty.
    rates
        What one unit of another currency is worth in the plan's.

    Returns
    -------
    Habits
        What to assume where a single column does not tell.
    """
    kinds = {name: column.kind for name in headers if (column := find_column(name)) is not None}
    numeric = [name for name, kind in kinds.items() if kind in _NUMBERS]
    stored = {n: raw.stored_numbers[h] for n, h in headers.items() if h in raw.stored_numbers}
    texts = {
        name: numbers.clean_numbers(_written(raw, headers[name]).str.strip(), kinds[name])
        for name in numeric
    }
    evidence = {name: numbers.count_evidence(text) for name, text in texts.items()}
    own = {name: style for name, e in evidence.items() if (style := numbers.choose_style(e))}
    whole: dict[numbers.Style, int] = {
        "point": sum(e["point"] for e in evidence.values()),
        "comma": sum(e["comma"] for e in evidence.values()),
    }
    style = numbers.choose_style(whole)
    writes_comma = raw.is_semicolon or country in numbers.COMMA_COUNTRIES
    dated = [headers[name] for name, kind in kinds.items() if kind == "date"]
    order = dates.find_day_first(dates.clean_dates(raw.frame[h].str.strip()) for h in dated)
    return Habits(
        number_styles=own,
        number_style=style or raw.number_style or ("comma" if writes_comma else "point"),
        is_style_known=style is not None,
        is_day_first=country not in dates.MONTH_FIRST_COUNTRIES if order is None else order,
        is_order_known=order is not None,
        currency=currency,
        rates=rates,
        row_currencies=_row_currencies(raw, headers),
        stored_numbers=stored,
    )


def _written(raw: Raw, header: str) -> pd.Series:
    """Return the cells that somebody wrote as text: only these have a style."""
    cells = raw.frame[header]
    return cells.loc[~raw.stored_numbers[header]] if header in raw.stored_numbers else cells


def _row_currencies(raw: Raw, headers: Mapping[str, str]) -> pd.Series:
    if "currency" not in headers:
        return pd.Series(dtype="str")
    text = raw.frame[headers["currency"]].str.strip()
    return read_currencies(text.where(text != ""))

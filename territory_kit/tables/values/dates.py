"""Turn texts into dates: one format for each column, one order of day and month for the file."""

from collections.abc import Iterable

import pandas as pd

# strptime format by the shape of the text; the order of day and month is settled before.
_YEAR_FIRST = {
    "%Y-%m-%d": r"\d{4}-\d{1,2}-\d{1,2}",
    "%Y/%m/%d": r"\d{4}/\d{1,2}/\d{1,2}",
    "%Y.%m.%d": r"\d{4}\.\d{1,2}\.\d{1,2}",
    "%Y%m%d": r"(?:19|20)\d{6}",
}
_DAY_FIRST = {
    "%d.%m.%Y": r"\d{1,2}\.\d{1,2}\.\d{4}",
    "%d/%m/%Y": r"\d{1,2}/\d{1,2}/\d{4}",
    "%d-%m-%Y": r"\d{1,2}-\d{1,2}-\d{4}",
    "%d.%m.%y": r"\d{1,2}\.\d{1,2}\.\d{2}",
    "%d/%m/%y": r"\d{1,2}/\d{1,2}/\d{2}",
    "%d-%m-%y": r"\d{1,2}-\d{1,2}-\d{2}",
}
_TIME = r"(?:T| +)\d{1,2}:\d{2}.*$"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_LATER_DAY = r"(?:1[3-9]|[23]\d)"
_YEAR = r"(?:\d{4}|\d{2})"
# Excel counts a 29 February 1900 that never was, so that from March 1900 on days begin here.
_EXCEL_DAY_0 = pd.Timestamp(1899, 12, 30)
# Countries that write the month first in numbers.
MONTH_FIRST_COUNTRIES = ("US", "PH", "PR", "GU")


def clean_dates(text: pd.Series) -> pd.Series:
    """Take off the time of day.

    Parameters
    ----------
    text
        Texts, missing ones included.

    Returns
    -------
    pandas.Series
        Texts of the day alone where the value is a date.
    """
    has_time = text.str.contains(":", regex=False).eq(other=True).any()
    return text.str.replace(_TIME, "", regex=True) if has_time else text


def find_day_first(columns: Iterable[pd.Series]) -> bool | None:
    """Find out whether the day stands before the month, from values that leave no choice.

    Parameters
    ----------
    columns
        Cleaned texts of one or several columns.

    Returns
    -------
    bool or None
        None where no value tells, or as many tell one thing as the other.
    """
    balance = 0
    for text in columns:
        # few files have such dates, and looking for two shapes takes longer than for one
        column = text.loc[text.str.match(r"\d{1,2}[/-]").eq(other=True)]
        balance += _count(column, rf"{_LATER_DAY}[/-]{_MONTH}[/-]{_YEAR}")
        balance -= _count(column, rf"{_MONTH}[/-]{_LATER_DAY}[/-]{_YEAR}")
    return balance > 0 if balance else None


def _count(text: pd.Series, shape: str) -> int:
    return int(text.str.fullmatch(shape).eq(other=True).sum())


def is_order_open(text: pd.Series) -> pd.Series:
    """Mark cleaned texts like ``03/04/2024``, whose day and month could be either.

    Parameters
    ----------
    text
        Cleaned texts.

    Returns
    -------
    pandas.Series
        Yes or no.
    """
    shaped = text.loc[text.str.fullmatch(rf"{_MONTH}[/-]{_MONTH}[/-]{_YEAR}").eq(other=True)]
    parts = shaped.str.extract(r"^0?(?P<first>\d+)[/-]0?(?P<second>\d+)[/-]")
    different = parts.index[parts["first"] != parts["second"]]
    return pd.Series(text.index.isin(different), index=text.index)


def find_format(text: pd.Series, *, is_day_first: bool) -> str:
    """Return the format of most values.

    Parameters
    ----------
    text
        Cleaned texts.
    is_day_first
        Whether the day stands before the month where neither year nor dots tell.

    Returns
    -------
    str
        As `datetime.strptime` takes it; ISO where no value has a known shape.
    """
    filled_count = text.count()
    counts: dict[str, int] = {}
    for name, shape in (_YEAR_FIRST | _DAY_FIRST).items():
        counts[name] = _count(text, shape)
        # no value has two shapes, so that no other can have more
        if 2 * counts[name] > filled_count:
            break
    best = max(counts, key=lambda name: counts[name])
    if is_day_first or best in _YEAR_FIRST or "." in best:
        return best
    return _month_first(best)


def parse_dates(text: pd.Series, date_format: str) -> pd.Series:
    """Turn cleaned texts into dates.

    Parameters
    ----------
    text
        Cleaned texts.
    date_format
        As `datetime.strptime` takes it.

    Returns
    -------
    pandas.Series
        Days; missing where the text is no day in that format.
    """
    return pd.to_datetime(text, format=date_format, errors="coerce").astype("datetime64[us]")


def is_some_date(text: pd.Series) -> pd.Series:
    """Mark cleaned texts that are a day in any known format, whatever the order.

    Parameters
    ----------
    text
        Cleaned texts.

    Returns
    -------
    pandas.Series
        Yes or no.
    """
    if text.empty:
        return pd.Series(index=text.index, dtype="bool")
    formats = [*_YEAR_FIRST, *_DAY_FIRST, *(_month_first(name) for name in _DAY_FIRST)]
    parsed = [parse_dates(text, name).notna() for name in formats]
    return pd.concat(parsed, axis=1).any(axis=1)


def parse_excel_days(text: pd.Series) -> pd.Series:
    """Turn numbers of days, as spreadsheets store dates, into dates.

    Parameters
    ----------
    text
        Cleaned texts that are no date.

    Returns
    -------
    pandas.Series
        Days, counted as Excel for Windows does, where the text is a whole number from 20000 (in
        1954) to 80000 (in 2119); missing elsewhere, and everywhere if some other text is a number
        and no year.
    """
    numbers = text.loc[text.str.fullmatch(r"\d+(?:[.,]0+)?").eq(other=True)]
    numbers = numbers.str.replace(r"[.,]0+$", "", regex=True)
    numbers = numbers.loc[numbers.str.len() != len("2026")]
    # nothing else has five digits that begin so
    if numbers.empty or not numbers.str.fullmatch(r"[2-7]\d{4}|80000").all():
        return pd.Series(index=text.index, dtype="datetime64[us]")
    days = _EXCEL_DAY_0 + pd.to_timedelta(numbers.astype("int64"), unit="D")
    return days.astype("datetime64[us]").reindex(text.index)


def _month_first(date_format: str) -> str:
    return date_format.replace("%d", "%D").replace("%m", "%d").replace("%D", "%m")

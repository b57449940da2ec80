"""The day on which the data end."""

from collections.abc import Mapping

import pandas as pd

# A day more than a year after nearly all others is a slip of the pen.
_NEARLY_ALL_SHARE = 0.99
_YEAR = pd.Timedelta(days=366)


def event_days(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return the days on which something surely happened: visits, and deals won or lost.

    Parameters
    ----------
    tables
        Checked tables by name, those that the plan has.

    Returns
    -------
    pandas.Series
        Days without order, missing ones left out.
    """
    days = [pd.Series(dtype="datetime64[us]")]
    if "visits" in tables:
        days.append(tables["visits"]["visit_date"])
    if "deals" in tables:
        deals = tables["deals"]
        days.append(deals.loc[deals["is_won"].notna(), "close_date"])
    happened: pd.Series = pd.concat(days).dropna()
    return happened


def latest_plausible_day(days: pd.Series) -> pd.Timestamp | None:
    """Return the day after which something that happened is dated by a slip of the pen.

    Parameters
    ----------
    days
        Days, missing ones included.

    Returns
    -------
    pandas.Timestamp or None
        A year after nearly all of them; None without any.
    """
    known = days.dropna().sort_values()
    if known.empty:
        return None
    usual: pd.Timestamp = known.iloc[int(_NEARLY_ALL_SHARE * (len(known) - 1))]
    return usual + _YEAR


def last_known_day(days: pd.Series) -> pd.Timestamp | None:
    """Return the last of the days on which something happened, slips of the pen left out.

    Parameters
    ----------
    days
        Days, missing ones included.

    Returns
    -------
    pandas.Timestamp or None
        The last day that is not more than a year after nearly all others; None without any.
    """
    limit = latest_plausible_day(days)
    if limit is None:
        return None
    last: pd.Timestamp = days.loc[days <= limit].max()
    return last

"""The day on which the data end."""

import pandas as pd

# A day more than a year after nearly all others is a slip of the pen.
_NEARLY_ALL_SHARE = 0.99
_YEAR = pd.Timedelta(days=366)


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
    known = days.dropna()
    if known.empty:
        return None
    usual = known.sort_values().iloc[int(_NEARLY_ALL_SHARE * (len(known) - 1))]
    last: pd.Timestamp = known.loc[known <= usual + _YEAR].max()
    return last

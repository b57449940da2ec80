"""The two days a plan looks from: the day of its data and the first day of the new territories."""

import pandas as pd

from territory_kit.options import Options


def data_day(options: Options) -> pd.Timestamp | None:
    """Return the day the plan looks from.

    Parameters
    ----------
    options
        Options of the region.

    Returns
    -------
    pandas.Timestamp or None
        None where no day is set and none of the data has one.
    """
    return None if options.as_of_date is None else pd.Timestamp(options.as_of_date)


def start_day(options: Options) -> pd.Timestamp | None:
    """Return the first day of the new territories.

    Parameters
    ----------
    options
        Options of the region.

    Returns
    -------
    pandas.Timestamp or None
        The day that is set, else the day the plan looks from.
    """
    if options.plan_start_date is None:
        return data_day(options)
    return pd.Timestamp(options.plan_start_date)

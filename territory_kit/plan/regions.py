"""Which regions a plan has, and which account belongs to which."""

import pandas as pd

# The brackets keep it apart from a region that has a name.
NO_REGION = "(no region)"
# The one region of a plan whose accounts have none. Not the plan's name: that may change, and
# results and choices go by the name of the region.
ALL_ACCOUNTS = "All accounts"


def region_of(accounts: pd.DataFrame) -> pd.Series:
    """Return the region of each account.

    Parameters
    ----------
    accounts
        Checked accounts; needs ``region``.

    Returns
    -------
    pandas.Series
        Names of regions on the index of the accounts, none missing.
    """
    regions = accounts["region"]
    return regions.fillna(NO_REGION if regions.notna().any() else ALL_ACCOUNTS)


def region_names(accounts: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of all regions of a plan.

    Parameters
    ----------
    accounts
        Checked accounts; needs ``region``.

    Returns
    -------
    tuple of str
        Sorted names.
    """
    return tuple(sorted(region_of(accounts).unique()))

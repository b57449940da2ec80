"""Which regions a plan has, and which account belongs to which."""

import pandas as pd

# The brackets keep it apart from a region that has a name.
NO_REGION = "(no region)"


def region_of(accounts: pd.DataFrame, *, plan_name: str) -> pd.Series:
    """Return the region of each account.

    Parameters
    ----------
    accounts
        Checked accounts; needs ``region``.
    plan_name
        Name of the one region where no account has any.

    Returns
    -------
    pandas.Series
        Names of regions on the index of the accounts, none missing.
    """
    regions = accounts["region"]
    return regions.fillna(NO_REGION if regions.notna().any() else plan_name)


def region_names(accounts: pd.DataFrame, *, plan_name: str) -> tuple[str, ...]:
    """Return the names of all regions of a plan.

    Parameters
    ----------
    accounts
        Checked accounts; needs ``region``.
    plan_name
        Name of the one region where no account has any.

    Returns
    -------
    tuple of str
        Sorted names.
    """
    return tuple(sorted(region_of(accounts, plan_name=plan_name).unique()))

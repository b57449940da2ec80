"""Whether anything is known of money; where nothing is, each account counts as one."""

from collections.abc import Mapping

import pandas as pd


def has_money(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Tell whether potential is money, and not a number of accounts.

    Parameters
    ----------
    tables
        May hold ``market_accounts``, whose ``potential_source`` says so.

    Returns
    -------
    bool
        True also where there is no account, or no such table.
    """
    accounts = tables.get("market_accounts")
    if accounts is None or "potential_source" not in accounts:
        return True
    return not bool((accounts["potential_source"] == "equal").any())

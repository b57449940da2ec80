"""Which deals are still open, and what they are worth."""

import pandas as pd

from territory_kit import columns


def list_open_deals(deals: pd.DataFrame | None) -> pd.DataFrame:
    """List the deals that are neither won nor lost.

    Parameters
    ----------
    deals
        The input, or None.

    Returns
    -------
    pandas.DataFrame
        Rows of ``deals``, index kept. An amount below 0, a credit that is still open, counts as 0:
        nobody can win it.
    """
    table = columns.empty_frame("deals") if deals is None else deals
    still_open = table.loc[table["is_won"].isna()]
    return still_open.assign(amount=still_open["amount"].clip(lower=0.0))

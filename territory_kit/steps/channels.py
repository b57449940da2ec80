"""Which accounts are served without driving to them."""

from collections.abc import Mapping

import pandas as pd


def remote_ids(tables: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return the accounts that are served by phone or video.

    Parameters
    ----------
    tables
        ``market_accounts`` (coverage) and ``account_quality`` (channel).

    Returns
    -------
    frozenset of str
        Identifiers of the accounts.
    """
    market, quality = tables["market_accounts"], tables["account_quality"]
    covered = market.loc[market["coverage"] == "remote", "account_id"]
    called = quality.loc[quality["call_channel"] == "phone", "account_id"]
    return frozenset(covered) | frozenset(called)

"""One row per account with all that the division needs: market, quality, today's owners."""

from collections.abc import Mapping

import pandas as pd

from territory_kit.steps.channels import remote_ids
from territory_kit.steps.ownership import Ownership

_OF_ACCOUNTS = [
    "account_id",
    "team",
    "city",
    "postal_code",
    "country",
    "group_id",
    "lock",
    "margin_share",
    "owner_since_date",
    "last_activity_date",
]
_OF_MARKET = [
    "account_id",
    "is_in_scope",
    "left_out_reason",
    "segment",
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "lat_deg",
    "lon_deg",
    "coverage",
]
_OF_QUALITY = ["account_id", "visits_per_year", "visit_hours"]
_COUNTED_AS_0 = [
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "visits_per_year",
    "visit_hours",
]


def join_units(tables: Mapping[str, pd.DataFrame], ownership: Ownership) -> pd.DataFrame:
    """Join accounts, market and quality to one row per account.

    Parameters
    ----------
    tables
        ``accounts``, ``market_accounts`` and ``account_quality``.
    ownership
        Today's owners.

    Returns
    -------
    pandas.DataFrame
        All accounts sorted by identifier, index from 0; sums that are missing count 0.
        ``is_remote`` and ``is_located`` are added.
    """
    units = (
        tables["accounts"][_OF_ACCOUNTS]
        .merge(tables["market_accounts"][_OF_MARKET], how="left", on="account_id")
        .merge(tables["account_quality"][_OF_QUALITY], how="left", on="account_id")
        .merge(ownership.accounts, how="left", on="account_id")
        .sort_values("account_id", ignore_index=True)
    )
    return units.assign(
        **{name: units[name].fillna(0.0) for name in _COUNTED_AS_0},
        is_remote=units["account_id"].isin(list(remote_ids(tables))),
        is_located=units["lat_deg"].notna() & units["lon_deg"].notna(),
    )

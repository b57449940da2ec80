"""How often, how long and how each account is called on."""

import pandas as pd

from territory_kit.options import Visits


def plan_calls(accounts: pd.DataFrame, *, visits: Visits) -> pd.DataFrame:
    """Set visits per year, their length and their channel.

    Parameters
    ----------
    accounts
        account_class, account_type, coverage, and visits_per_year and visit_hours as given.
    visits
        Visits and hours per class.

    Returns
    -------
    pandas.DataFrame
        Rows of ``accounts`` with ``visits_per_year``, ``visit_hours`` and ``call_channel``: as
        given, else by class. Who is no customer gets the share for prospects, house and partner
        accounts get none, remote accounts short calls by phone.
    """
    # a plan may set one class only
    per_class = {**Visits().per_class, **visits.per_class}
    hours_per_class = {**Visits().hours_per_class, **visits.hours_per_class}
    buys = accounts["account_type"] == "customer"
    is_remote = accounts["coverage"] == "remote"
    is_apart = accounts["coverage"].isin(["house", "partner"])
    frequency = accounts["account_class"].map(per_class).astype(float)
    frequency = frequency.where(buys, frequency * visits.prospect_share).mask(is_apart, 0.0)
    hours = accounts["account_class"].map(hours_per_class).astype(float)
    return accounts.assign(
        visits_per_year=accounts["visits_per_year"].fillna(frequency),
        visit_hours=accounts["visit_hours"].fillna(hours.mask(is_remote, visits.remote_hours)),
        call_channel=is_remote.map({True: "phone", False: "visit"}),
    )

"""What one plan serves: its accounts, and its territories with their holders."""

from dataclasses import dataclass

import pandas as pd

from territory_kit.steps.driving import hours_of_accounts

_ROUNDING_HOURS = 1e-6


@dataclass(frozen=True, eq=False)
class Served:
    """Accounts and territories of one plan.

    Parameters
    ----------
    accounts
        Accounts that have a territory: ``account_id``, ``territory_id``, ``visits_per_year``,
        ``call_hours_per_year``, ``potential_amount_per_year``, ``is_remote``.
    territories
        ``territory_id``, ``tour_hours_per_year``, ``capacity_hours``, ``ideal_visits_per_year``,
        ``people_cost_amount_per_year``, ``travel_cost_amount_per_year``; no rows where there is no
        such plan.
    """

    accounts: pd.DataFrame
    territories: pd.DataFrame


def fully_visited(served: Served) -> pd.Series:
    """Find the accounts that the hours of the holders allow to visit as often as wanted.

    Parameters
    ----------
    served
        One plan.

    Returns
    -------
    pandas.Series
        Yes or no, index of the accounts. In each territory the accounts with most potential come
        first, until the hours are spent; driving is shared by visits in person.
    """
    if served.accounts.empty:
        return pd.Series(data=False, index=served.accounts.index, dtype="bool")
    rows = served.accounts.reset_index(drop=True)
    held = served.territories.set_index("territory_id")
    hours = hours_of_accounts(rows, held["tour_hours_per_year"])
    ordered = rows.assign(hours=hours).sort_values(
        ["potential_amount_per_year", "account_id"], ascending=[False, True]
    )
    spent = ordered.groupby("territory_id")["hours"].cumsum()
    allowed = ordered["territory_id"].map(held["capacity_hours"])
    return (spent <= allowed + _ROUNDING_HOURS).sort_index().set_axis(served.accounts.index)

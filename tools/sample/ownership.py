"""Who owns which account: house accounts, families, groups, reps of today, locks and dates."""

import numpy as np
import pandas as pd

from tools.sample.business import CAFE, HOTEL, RESTAURANT, RETAIL, YEAR_END
from tools.sample.chance import happens
from tools.sample.geography import distances_km, find_city
from tools.sample.reps import LEAVERS, VACANCY
from tools.sample.territories import PATCHES, rep_of_patch

HOUSE_COUNT = 9
FAMILY = "Mélusine"
FAMILY_COUNT_PER_REGION = 2
REP_LOCKS_COUNT = 14
TERRITORY_LOCKS_COUNT = 6
# Group: segment, city around which its accounts lie, name, number of accounts.
_GROUPS = {
    "G-OSCAR": (RESTAURANT.name, "Lyon", "Les Tables d'Oscar", 5),
    "G-GEANTS": (CAFE.name, "Douai", "L'Estaminet des Géants", 6),
}


def with_families(accounts: pd.DataFrame) -> pd.DataFrame:
    """Add house accounts, a hotel family over all regions and two groups kept together.

    Parameters
    ----------
    accounts
        Accounts as drawn, sorted by identifier.

    Returns
    -------
    DataFrame
        The accounts with ``parent_account_id`` and ``group_id``, some renamed.
    """
    named = accounts.assign(
        parent_account_id=pd.Series(index=accounts.index, dtype="str"),
        group_id=pd.Series(index=accounts.index, dtype="str"),
    )
    parent = _largest(named, named["segment"].eq(HOTEL.name) & named["city"].eq("Paris"), 1)[0]
    named.loc[parent, "account_name"] = f"Groupe Hôtelier {FAMILY} (siège)"
    named.loc[parent, "coverage"] = "house"
    named.loc[parent, "account_type"] = "customer"
    for region in sorted(named["region"].unique()):
        hotels = named["segment"].eq(HOTEL.name) & named["region"].eq(region)
        free = hotels & named["coverage"].eq("field") & named["account_type"].eq("customer")
        for member in _largest(named, free, FAMILY_COUNT_PER_REGION + 3)[3:]:
            named.loc[member, "parent_account_id"] = named["account_id"][parent]
            named.loc[member, "account_name"] = f"Hôtel {FAMILY} {named['city'][member]}"
    for group_id, (segment, city, name, count) in _GROUPS.items():
        members = _around(named, segment, city, count)
        named.loc[members, "group_id"] = group_id
        named.loc[members, "account_name"] = named.loc[members, "street"].radd(f"{name}, ")
    retail = named["segment"].eq(RETAIL.name) & named["account_type"].eq("customer")
    loose = named["group_id"].isna() & named["coverage"].eq("field")
    named.loc[_largest(named, retail & loose, HOUSE_COUNT), "coverage"] = "house"
    return named


def with_owners(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Add today's rep, since when, and what must stay with its rep or territory.

    Parameters
    ----------
    accounts
        Accounts with ``current_territory_id``.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        The accounts with ``current_rep_id``, ``owner_since_date``, ``lock``, ``renewal_date``,
        ``visits_per_year`` and ``referral_score``.
    """
    count = len(accounts)
    rep_of = {patch.territory_id: rep_of_patch(patch) for patch in PATCHES}
    rep = accounts["current_territory_id"].map(rep_of).astype("str")
    rep = rep.mask(rep == VACANCY)
    years = np.minimum(generator.gamma(2.0, 2.2, count), 15)
    customer = accounts["account_type"] == "customer"
    owned_customer = customer & rep.notna()
    agreed = generator.choice([6.0, 12.0, 18.0, 26.0, 40.0], count)
    return accounts.assign(
        current_rep_id=rep,
        owner_since_date=_days_back(years * 365.25).where(rep.notna()),
        lock=_locks(accounts, rep, generator),
        renewal_date=_days_back(-generator.uniform(20, 500, count)).where(
            customer & happens(0.45, count, generator)
        ),
        visits_per_year=pd.Series(agreed, accounts.index).where(
            owned_customer & happens(0.05, count, generator)
        ),
        referral_score=_referral_scores(accounts, generator),
    )


def _locks(accounts: pd.DataFrame, rep: pd.Series, generator: np.random.Generator) -> pd.Series:
    lock = pd.Series("none", index=accounts.index)
    free = accounts["coverage"].eq("field") & accounts["group_id"].isna() & rep.notna()
    free &= accounts["account_type"].eq("customer") & ~rep.isin(LEAVERS)
    best = accounts[free].nlargest(120, "revenue_amount_per_year").sort_values("account_id").index
    named = generator.permutation(best)[: REP_LOCKS_COUNT + TERRITORY_LOCKS_COUNT]
    lock.loc[named[:REP_LOCKS_COUNT]] = "rep"
    lock.loc[named[REP_LOCKS_COUNT:]] = "territory"
    return lock


def _referral_scores(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.Series:
    answers = np.clip(generator.normal(7.4, 2.0, len(accounts)).round(), 0, 10)
    answered = happens(0.4, len(accounts), generator)
    return pd.Series(answers, accounts.index).where(
        accounts["account_type"].eq("customer") & answered
    )


def _largest(accounts: pd.DataFrame, wanted: pd.Series, count: int) -> list[int]:
    return accounts[wanted].nlargest(count, "true_potential").index.to_list()


def _around(accounts: pd.DataFrame, segment: str, city: str, count: int) -> list[int]:
    centre = find_city(city)
    wanted = accounts["segment"].eq(segment) & accounts["coverage"].eq("field")
    wanted &= accounts["account_type"].eq("customer") & accounts["parent_account_id"].isna()
    inside = accounts[wanted]
    positions = inside[["lat_deg", "lon_deg"]].to_numpy(dtype=float)
    away_km = distances_km(positions, centre.lat_deg, centre.lon_deg)
    return inside.index[away_km.argsort(kind="stable")[:count]].to_list()


def _days_back(days: np.ndarray) -> pd.Series:
    return pd.Series(pd.Timestamp(YEAR_END) - pd.to_timedelta(days.round(), unit="D"))

"""The people: 26 field jobs, one inside rep, one specialist and five managers."""

from datetime import date

import numpy as np
import pandas as pd

from tools.sample.business import SKILLS, YEAR_END
from tools.sample.geography import REGIONS, find_city, shift_km
from tools.sample.naming import draw_people
from tools.sample.territories import PATCHES, SIZE_SHARES, Patch, rep_of_patch

VACANCY = "R17"
# Rep: last working day, within the year that is planned.
LEAVERS = {"R11": date(2027, 3, 31), "R25": date(2027, 2, 26)}
NEWEST = "R12"
INSIDE = "R27"
OVERLAY = "R28"
MAIL_DOMAIN = "brindalor.example"
_ASCII = str.maketrans("àâäçéèêëîïôöùûüÉ ", "aaaceeeeiioouuuE.")
_OFFICES = {
    "Auvergne-Rhône-Alpes": "Lyon",
    "Bretagne": "Rennes",
    "Hauts-de-France": "Lille",
    "Occitanie": "Toulouse",
    "Île-de-France": "Paris",
}
# Best wine sellers live where wine grows.
_WINE_REGIONS = ("Auvergne-Rhône-Alpes", "Occitanie")


def manager_of(region: str) -> str:
    """Return the identifier of the manager of a region."""
    return f"M{sorted(REGIONS).index(region) + 1:02d}"


def reps_table(accounts: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Return `reps.csv`, sorted by identifier.

    Parameters
    ----------
    accounts
        Accounts with today's rep and revenue, from which the quotas are made.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        One row per rep, vacancy, specialist and manager.
    """
    names = draw_people(len(PATCHES) + 2 + len(REGIONS), generator)
    manager_names = dict(zip(sorted(REGIONS), names[-len(REGIONS) :], strict=True))
    rows = [
        _field_rep(patch, name, manager_names[patch.region], accounts, generator)
        for patch, name in zip(PATCHES, names, strict=False)
    ]
    rows.append(
        _person(INSIDE, names[-7], role="inside", region=None, home="Lyon", generator=generator)
    )
    rows.append(
        _person(OVERLAY, names[-6], role="overlay", region=None, home="Paris", generator=generator)
    )
    rows[-1]["skill_wine_share"] = 0.95
    rows += [
        _person(
            manager_of(region),
            name,
            role="manager",
            region=region,
            home=_OFFICES[region],
            generator=generator,
        )
        for region, name in manager_names.items()
    ]
    return pd.DataFrame(rows).sort_values("rep_id", ignore_index=True)


def _field_rep(
    patch: Patch,
    name: str,
    manager_name: str,
    accounts: pd.DataFrame,
    generator: np.random.Generator,
) -> dict[str, object]:
    rep_id = rep_of_patch(patch)
    inside = accounts["current_territory_id"] == patch.territory_id
    revenue = float(accounts.loc[inside, "revenue_amount_per_year"].sum())
    row = _person(
        rep_id, name, role="owner", region=patch.region, home=patch.home, generator=generator
    )
    fte = SIZE_SHARES.get(patch.territory_id, 1.0)
    row |= {
        "manager_name": manager_name,
        "capacity_hours_per_year": float(generator.integers(145, 161) * 10),
        "fte_share": fte,
        "quota_amount_per_year": round(revenue * 1.05 * float(generator.lognormal(0, 0.12)), -3),
        "cost_amount_per_year": round(fte * float(generator.uniform(58_000, 82_000)), -2),
        "end_date": LEAVERS.get(rep_id),
        "is_vacancy": rep_id == VACANCY,
    }
    if rep_id == NEWEST:
        row["start_date"] = date(2026, 3, 2)
    return row if rep_id != VACANCY else row | _nobody(patch)


def _nobody(patch: Patch) -> dict[str, object]:
    empty = ("email", "crm_user_id", "home_lat_deg", "home_lon_deg", "start_date")
    skills = [f"skill_{skill}_share" for skill in SKILLS]
    return {"rep_name": f"Vacancy {patch.name}"} | dict.fromkeys([*empty, *skills])


def _person(
    rep_id: str,
    name: str,
    *,
    role: str,
    region: str | None,
    home: str,
    generator: np.random.Generator,
) -> dict[str, object]:
    city = find_city(home)
    lat_deg, lon_deg = shift_km(city.lat_deg, city.lon_deg, generator.normal(0, 1.5, 2))
    bonus = 0.15 if region in _WINE_REGIONS else 0.0
    usual = np.array([0.5 + bonus, 0.45, 0.45])
    skills = np.clip(usual + generator.normal(0, 0.22, len(SKILLS)), 0.05, 0.98).round(2)
    tenure_days = int(generator.gamma(2.0, 1_400)) + 400
    return {
        "rep_id": rep_id,
        "rep_name": name,
        "email": f"{name.translate(_ASCII).lower()}@{MAIL_DOMAIN}",
        "crm_user_id": f"005BRI{int(generator.integers(10**6)):06d}",
        "manager_name": None,
        "role": role,
        "region": region,
        "home_lat_deg": round(lat_deg, 4),
        "home_lon_deg": round(lon_deg, 4),
        "capacity_hours_per_year": None,
        "fte_share": 1.0,
        "quota_amount_per_year": None,
        **{f"skill_{skill}_share": float(skills[k]) for k, skill in enumerate(SKILLS)},
        "cost_amount_per_year": round(float(generator.uniform(52_000, 90_000)), -2),
        "start_date": (pd.Timestamp(YEAR_END) - pd.Timedelta(days=tenure_days)).date(),
        "end_date": None,
        "is_vacancy": False,
    }

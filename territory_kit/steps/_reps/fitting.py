"""How well each rep fits each territory: skills, a near home, known customers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.methods.fit import nearness, skill_fit
from territory_kit.methods.geo import haversine_km
from territory_kit.options import RepsOptions

Floats = NDArray[np.float64]
_NEED, _SKILL, _SHARE = "need_", "skill_", "_share"


def fit_reps(
    plan: pd.DataFrame, people: pd.DataFrame, accounts: pd.DataFrame, *, settings: RepsOptions
) -> pd.DataFrame:
    """Compute the fit of every rep to every territory.

    Parameters
    ----------
    plan
        Territories: ``territory_id``, ``centre_lat_deg``, ``centre_lon_deg``.
    people
        Candidates: ``rep_id``, ``home_lat_deg``, ``home_lon_deg``, ``skill_<name>_share``.
    accounts
        Placed accounts: ``territory_id``, ``today_rep_id``, ``revenue_amount_per_year``,
        ``workload_hours_per_year``, ``need_<skill>_share``.
    settings
        Options of step 4: weights of the parts.

    Returns
    -------
    pandas.DataFrame
        One row per pair: ``territory_id``, ``rep_id``, ``fit_share``, ``skill_fit_share``
        (missing where no skill is known), ``home_km`` (missing where a place is unknown),
        ``relation_share``.

    Notes
    -----
    The fit is the weighted mean of the parts that are known; a missing part has no weight.
    """
    skills = _skill_fit(plan, people, accounts)
    homes_km = _home_km(plan, people)
    known = _relation(plan, people, accounts)
    near = np.where(np.isnan(homes_km), np.nan, nearness(homes_km, settings.far_home_km))
    weights = (settings.skill_weight, settings.home_weight, settings.relation_weight)
    return pd.DataFrame(
        {
            "territory_id": np.repeat(plan["territory_id"].to_numpy(), len(people)),
            "rep_id": np.tile(people["rep_id"].to_numpy(), len(plan)),
            "fit_share": _weighted_mean((skills, near, known), weights).ravel(),
            "skill_fit_share": skills.ravel(),
            "home_km": homes_km.ravel(),
            "relation_share": known.ravel(),
        }
    ).astype({"territory_id": "str", "rep_id": "str"})


def skill_names(people: pd.DataFrame, accounts: pd.DataFrame) -> list[str]:
    """List the skills that accounts need and reps are rated for.

    Parameters
    ----------
    people
        Reps with ``skill_<name>_share``.
    accounts
        Accounts with ``need_<skill>_share``.

    Returns
    -------
    list of str
        Names of skills, sorted.
    """
    needed = _members(accounts, _NEED)
    return sorted(
        name
        for name in _members(people, _SKILL) & needed
        if people[_column(_SKILL, name)].notna().any()
    )


def _skill_fit(plan: pd.DataFrame, people: pd.DataFrame, accounts: pd.DataFrame) -> Floats:
    """Compare the mean needs of a territory's accounts, weighted by work, with the skills."""
    names = skill_names(people, accounts)
    if not names:
        return np.full((len(plan), len(people)), np.nan)
    columns = [_column(_NEED, name) for name in names]
    hours = accounts["workload_hours_per_year"] + np.finfo(float).tiny
    weighted = accounts[columns].fillna(0.0).mul(hours, axis=0)
    sums = weighted.groupby(accounts["territory_id"]).sum()
    needs = sums.div(hours.groupby(accounts["territory_id"]).sum(), axis=0)
    of_plan = needs.reindex(plan["territory_id"]).fillna(0.0).to_numpy()
    skills = people[[_column(_SKILL, name) for name in names]].fillna(0.0).to_numpy(dtype=float)
    return np.clip(skill_fit(of_plan, skills), 0.0, 1.0)


def _home_km(plan: pd.DataFrame, people: pd.DataFrame) -> Floats:
    return haversine_km(
        plan["centre_lat_deg"].to_numpy(dtype=float)[:, np.newaxis],
        plan["centre_lon_deg"].to_numpy(dtype=float)[:, np.newaxis],
        people["home_lat_deg"].to_numpy(dtype=float)[np.newaxis, :],
        people["home_lon_deg"].to_numpy(dtype=float)[np.newaxis, :],
    )


def _relation(plan: pd.DataFrame, people: pd.DataFrame, accounts: pd.DataFrame) -> Floats:
    """Compute the share of a territory's revenue that is with each rep already."""
    revenue = accounts.assign(sold=accounts["revenue_amount_per_year"].clip(lower=0.0))
    sums = revenue.pivot_table(
        index="territory_id", columns="today_rep_id", values="sold", aggfunc="sum"
    )
    totals = revenue.groupby("territory_id")["sold"].sum().reindex(plan["territory_id"])
    own = sums.reindex(index=plan["territory_id"], columns=people["rep_id"]).fillna(0.0)
    shares = own.div(totals.where(totals > 0), axis=0).fillna(0.0)
    return np.asarray(np.clip(shares.to_numpy(dtype=float), 0.0, 1.0))


def _weighted_mean(parts: Sequence[Floats], weights: Sequence[float]) -> Floats:
    total = np.zeros_like(parts[0])
    weight = np.zeros_like(parts[0])
    for part, share in zip(parts, weights, strict=True):
        known = np.isfinite(part)
        total[known] += share * part[known]
        weight[known] += share
    return np.asarray(np.divide(total, weight, out=np.zeros_like(total), where=weight > 0))


def _members(frame: pd.DataFrame, prefix: str) -> set[str]:
    names = [name for name in frame.columns if name.startswith(prefix) and name.endswith(_SHARE)]
    return {name.removeprefix(prefix).removesuffix(_SHARE) for name in names}


def _column(prefix: str, name: str) -> str:
    return f"{prefix}{name}{_SHARE}"

"""What may be done with a territory without a rep: an interim rep, or its neighbours take it.

Each vacant territory is looked at as if it were the only one. Nothing is decided here.
"""

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.geo import haversine_km
from territory_kit.options import Options
from territory_kit.steps._reps.matching import closed_pairs
from territory_kit.steps.driving import drive, find_homes
from territory_kit.steps.working_hours import usual_hours
from territory_kit.wording import counted, listed, percent

_HOURS = ["call_hours_per_year", "tour_hours_per_year"]
_NAMES = ["territory_id", "territory_name"]
_COLUMNS = [
    *_NAMES,
    "vacancy_option",
    "rep_id",
    "taken_by",
    "fit_share",
    "extra_hours_per_year",
    "extra_km_per_year",
    "capacity_share",
    "option_reason",
]


def list_vacancy_options(
    rep_plan: pd.DataFrame,
    accounts: pd.DataFrame,
    people: pd.DataFrame,
    fit: pd.DataFrame,
    *,
    options: Options,
) -> pd.DataFrame:
    """Work out both options for each territory without a rep.

    Parameters
    ----------
    rep_plan
        Who takes what, with the ``team``, the driving and the centre of each territory.
    accounts
        Placed accounts: ``account_id``, ``territory_id``, ``call_hours_per_year``, and what
        `driving.drive` reads; sorted by account.
    people
        Reps who stay: ``rep_id``, ``rep_name``, ``capacity_hours_per_year``, ``fte_share``, home.
    fit
        Pairs of territory and rep: ``fit_share``, ``failed_gates``, ``is_other_team``.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        ``vacancy_options``: backfill, then absorb, by territory. No row where no territory is
        vacant, or where no rep has one and so nobody could take another. Nobody stands in for
        another team, and no territory of another team takes accounts.

    Notes
    -----
    The load of an absorbed territory is the highest of those who take a part of it.
    """
    known = rep_plan.fillna({"team": ""})
    staffed = _staffed(known, accounts, people, options)
    vacant = known.loc[known["is_vacant"]].sort_values("territory_id")
    rows: list[dict[str, object]] = []
    for row in vacant.to_dict("records") if len(staffed) else ():
        own = accounts.loc[accounts["territory_id"] == row["territory_id"]]
        named = {name: row[name] for name in _NAMES}
        interim = _backfill(own, _candidates(staffed, fit, row["territory_id"]), people, options)
        rows += [named | interim] if interim else []
        spread = _absorb(row, accounts, staffed, people, options)
        rows += [named | spread] if spread else []
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"rep_id": "str", "fit_share": "float64"})


def hours_of_reps(people: pd.DataFrame, options: Options) -> pd.Series:
    """Compute the hours that each rep has for calls and travel, per year.

    Parameters
    ----------
    people
        Reps who stay: ``rep_id``, ``capacity_hours_per_year``, ``fte_share``.
    options
        Options of the region: usual hours where a rep's are not known.

    Returns
    -------
    pandas.Series
        Hours by ``rep_id``.
    """
    usual = usual_hours(options)
    full = people["capacity_hours_per_year"].fillna(usual)
    return (full * people["fte_share"]).set_axis(pd.Index(people["rep_id"], name="rep_id"))


def _staffed(
    rep_plan: pd.DataFrame, accounts: pd.DataFrame, people: pd.DataFrame, options: Options
) -> pd.DataFrame:
    """Give each territory with a rep the hours of work and of the rep."""
    time = hours_of_reps(people, options).rename("capacity_hours").reset_index()
    calls = accounts.groupby("territory_id")["call_hours_per_year"].sum()
    rows = rep_plan.loc[~rep_plan["is_vacant"]].merge(time, on="rep_id")
    rows["call_hours_per_year"] = rows["territory_id"].map(calls).astype("float64").fillna(0.0)
    return rows.assign(work_hours=rows[_HOURS].sum(axis=1)).sort_values(
        "territory_id", ignore_index=True
    )


def _candidates(staffed: pd.DataFrame, fit: pd.DataFrame, territory_id: str) -> pd.DataFrame:
    """Find who may stand in: free hours and fit; all whom nothing forbids where none has hours."""
    closed = closed_pairs(fit)
    pairs = zip(fit["territory_id"], fit["rep_id"], strict=True)
    is_open = [pair[0] == territory_id and pair not in closed for pair in pairs]
    own = fit.loc[is_open]
    held = (
        staffed.groupby("rep_id")
        .agg(
            rep_name=("rep_name", "first"),
            work_hours=("work_hours", "sum"),
            capacity_hours=("capacity_hours", "first"),
        )
        .reset_index()
    )
    rows = held.merge(own[["rep_id", "fit_share"]], on="rep_id")
    free = rows["capacity_hours"] > rows["work_hours"]
    return rows.loc[free] if free.any() else rows


def _backfill(
    own: pd.DataFrame, candidates: pd.DataFrame, people: pd.DataFrame, options: Options
) -> dict[str, object]:
    """Let the best fit among those with free hours stand in; empty where nobody may."""
    if candidates.empty:
        return {}
    best = candidates.sort_values(["fit_share", "rep_id"], ascending=[False, True]).iloc[0]
    name = str(own["territory_id"].iloc[0]) if len(own) else ""
    held = pd.DataFrame({"territory_id": [name], "rep_id": [best["rep_id"]]})
    driven = drive(held["territory_id"], own, options, homes=find_homes(held, people)).iloc[0]
    extra = float(own["call_hours_per_year"].sum() + driven["tour_hours_per_year"])
    load = _load(best["work_hours"] + extra, best["capacity_hours"])
    return {
        "vacancy_option": "backfill",
        "rep_id": best["rep_id"],
        "taken_by": best["rep_name"],
        "fit_share": best["fit_share"],
        "extra_hours_per_year": extra,
        "extra_km_per_year": float(driven["travel_km_per_year"]),
        "capacity_share": load,
        "option_reason": "The territory stays whole for a successor, and accounts meet one rep; "
        + _load_words(load, str(best["rep_name"])),
    }


def _absorb(
    row: Mapping[Hashable, object],
    accounts: pd.DataFrame,
    staffed: pd.DataFrame,
    people: pd.DataFrame,
    options: Options,
) -> dict[str, object]:
    """Give each account to the nearest territory of the team, and drive those anew."""
    neighbours = staffed.loc[staffed["team"] == row["team"]]
    if neighbours.empty:
        return {}
    is_own = accounts["territory_id"] == row["territory_id"]
    near = _nearest(accounts.loc[is_own], row, neighbours)
    moved = accounts.assign(territory_id=accounts["territory_id"].mask(is_own, near))
    takers = staffed.loc[staffed["territory_id"].isin(near)].reset_index(drop=True)
    homes = find_homes(takers, people)
    driven = drive(takers["territory_id"], moved, options, homes=homes)
    calls = moved.groupby("territory_id")["call_hours_per_year"].sum()
    after = takers["territory_id"].map(calls).astype("float64") + driven["tour_hours_per_year"]
    work = _work_of_reps(after, takers, staffed)
    load, fullest = _highest_load(work, takers)
    return {
        "vacancy_option": "absorb",
        "rep_id": None,
        "taken_by": _shares_words(near, takers),
        "fit_share": np.nan,
        "extra_hours_per_year": float((after - takers["work_hours"]).sum()),
        "extra_km_per_year": float(
            (driven["travel_km_per_year"] - takers["travel_km_per_year"]).sum()
        ),
        "capacity_share": load,
        "option_reason": "Nobody is hired, but the territory is gone and its accounts change rep "
        f"for good; {_load_words(load, fullest)}",
    }


def _highest_load(work: pd.Series, takers: pd.DataFrame) -> tuple[float, str]:
    """Find the highest load of those who take a part, and the name of their territory."""
    loads = [_load(hours, time) for hours, time in zip(work, takers["capacity_hours"], strict=True)]
    highest = int(np.nanargmax(loads)) if np.isfinite(loads).any() else -1
    name = str(takers["territory_name"].iloc[highest]) if len(takers) else ""
    return (loads[highest] if highest >= 0 else np.nan), name


def _work_of_reps(after: pd.Series, takers: pd.DataFrame, staffed: pd.DataFrame) -> pd.Series:
    """Add up the hours of who takes a part, with those of further territories of the same rep."""
    rep = takers["rep_id"]
    total = rep.map(staffed.groupby("rep_id")["work_hours"].sum()).astype("float64")
    elsewhere = total - takers.groupby("rep_id")["work_hours"].transform("sum")
    return after.groupby(rep).transform("sum") + elsewhere


def _nearest(own: pd.DataFrame, row: Mapping[Hashable, object], staffed: pd.DataFrame) -> pd.Series:
    """Find the nearest territory with a rep for each account; one without a place goes along."""
    centre = np.array([row["centre_lat_deg"], row["centre_lon_deg"]], dtype=float)
    places = own[["lat_deg", "lon_deg"]].to_numpy(dtype=float, copy=True)
    places[~np.isfinite(places).all(axis=1)] = centre
    far = haversine_km(
        places[:, :1],
        places[:, 1:],
        staffed["centre_lat_deg"].to_numpy(dtype=float)[np.newaxis, :],
        staffed["centre_lon_deg"].to_numpy(dtype=float)[np.newaxis, :],
    )
    found = np.argmin(np.where(np.isfinite(far), far, np.inf), axis=1)
    return pd.Series(staffed["territory_id"].to_numpy()[found], index=own.index, dtype="str")


def _shares_words(near: pd.Series, takers: pd.DataFrame) -> str:
    names = takers.set_index("territory_id")["territory_name"].to_dict()
    counts = near.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return listed([f"{names[key]} ({counted(count, 'account')})" for key, count in counts.items()])


def _load(work_hours: float, capacity: float) -> float:
    return work_hours / capacity if capacity > 0 else np.nan


def _load_words(load: float, name: str) -> str:
    if not np.isfinite(load):
        return "hours are not known."
    if load > 1:
        return f"{name} would be at {percent(load)} of the hours."
    return "it fits into the hours."

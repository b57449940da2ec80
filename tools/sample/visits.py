"""A year of visits and calls, as habit made them: near, friendly accounts first.

A field day starts at home, goes to one account that comes to mind and then to others close by.
Potential plays no part in the choice; that is what the plan shall change.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from tools.sample.business import YEAR_END, YEAR_START
from tools.sample.chance import happens
from tools.sample.geography import Floats, distances_km
from tools.sample.reps import INSIDE, VACANCY, manager_of
from tools.sample.territories import PATCHES, rep_of_patch

ROAD_FACTOR = 1.3
CALLS_SHARE = 0.17
REMOTE_CALLS_PER_ACCOUNT = 1.6
NOTE_SHARE = 0.07
_OUTCOMES = {"order": 0.42, "follow-up": 0.27, "tasting": 0.12, "absent": 0.13, "complaint": 0.06}
_NOTES = (
    "Réserve pleine, rappeler après Pâques",
    "Le patron est absent le lundi",
    "Demande un rabais de 3 % sur les fûts",
    "Nouvelle carte au printemps, prévoir dégustation",
    "Pompe à bière à réparer, prévenir l'atelier",
)
_AUGUST = 8
_WEEKEND = (6, 7)


def visits_table(
    accounts: pd.DataFrame, reps: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    """Return the visit log, sorted by date, rep and account.

    Parameters
    ----------
    accounts
        Accounts with today's territory, coverage, place and revenue.
    reps
        Reps with homes and share of a full-time job.
    generator
        Source of randomness.

    Returns
    -------
    DataFrame
        Canonical columns of `visits`.
    """
    homes = reps.set_index("rep_id")
    parts = []
    for patch in PATCHES:
        rep_id = rep_of_patch(patch)
        mine = accounts[accounts["current_territory_id"] == patch.territory_id]
        visited = mine[mine["coverage"] == "field"].reset_index(drop=True)
        days_count = round(int(generator.integers(118, 160)) * float(homes["fte_share"][rep_id]))
        if rep_id == VACANCY:
            rep_id, days_count = manager_of(patch.region), 22
        home = homes.loc[rep_id, ["home_lat_deg", "home_lon_deg"]].to_numpy(dtype=float)
        parts.append(_field_year(visited, rep_id, home, days_count, generator))
    remote = accounts[accounts["coverage"].eq("remote") & accounts["current_territory_id"].notna()]
    parts.append(_inside_year(remote.reset_index(drop=True), generator))
    log = pd.concat(parts, ignore_index=True)
    notes = pd.Series(generator.choice(_NOTES, len(log)), log.index)
    log["note"] = notes.where(happens(NOTE_SHARE, len(log), generator))
    return log.sort_values(["visit_date", "rep_id", "account_id"], ignore_index=True)


def with_last_activity(
    accounts: pd.DataFrame, visits: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    """Add `last_activity_date`: the last visit, or for some an older contact before the log."""
    last = visits.groupby("account_id")["visit_date"].max()
    older_days = generator.integers(370, 1500, len(accounts))
    older = pd.Series([YEAR_END - timedelta(days=int(days)) for days in older_days], accounts.index)
    older = older.where(happens(0.7, len(accounts), generator))
    known = accounts["account_id"].map(last)
    return accounts.assign(last_activity_date=known.where(known.notna(), older))


def _field_year(
    accounts: pd.DataFrame,
    rep_id: str,
    home: Floats,
    days_count: int,
    generator: np.random.Generator,
) -> pd.DataFrame:
    positions = accounts[["lat_deg", "lon_deg"]].to_numpy(dtype=float)
    ease = _ease(accounts, distances_km(positions, home[0], home[1]), generator)
    working_days = _working_days()
    numbers = np.sort(generator.permutation(len(working_days))[:days_count])
    rows: list[dict[str, object]] = []
    for number in numbers:
        stops = _stops(positions, ease, generator)
        rows += [
            {
                "account_id": accounts["account_id"].iloc[stop],
                "rep_id": rep_id,
                "visit_date": working_days[int(number)],
                "channel": "visit",
                "duration_hours": accounts["visit_hours"].iloc[stop],
                "distance_km": leg_km,
            }
            for stop, leg_km in zip(stops, _legs_km(positions[stops], home), strict=True)
        ]
    return _as_logged(pd.DataFrame(rows), generator)


def _ease(accounts: pd.DataFrame, away_km: Floats, generator: np.random.Generator) -> Floats:
    types = accounts["account_type"].map({"customer": 1.0, "prospect": 0.22}).fillna(0.05)
    wallet = accounts["revenue_amount_per_year"].fillna(0) / accounts["true_potential"]
    liking = generator.lognormal(0, 0.7, len(accounts))
    near = np.exp(-away_km / 30) + 0.05
    ease = types.to_numpy(dtype=float) * (0.3 + wallet.to_numpy(dtype=float)) * liking * near
    return np.asarray(ease / ease.sum(), dtype=np.float64)


def _stops(positions: Floats, ease: Floats, generator: np.random.Generator) -> list[int]:
    count = min(int(generator.choice([2, 3, 4, 5], p=[0.25, 0.4, 0.25, 0.1])), len(ease))
    stops = [int(generator.choice(len(ease), p=ease))]
    away_km = distances_km(positions, *positions[stops[0]])
    appeal = ease * (np.exp(-away_km / 5) + 1e-4)
    appeal[stops[0]] = 0
    others = generator.choice(len(ease), count - 1, replace=False, p=appeal / appeal.sum())
    return stops + [int(other) for other in others]


def _legs_km(positions: Floats, home: Floats) -> Floats:
    """Return the road to each stop from the one before; the way home is added to the last."""
    starts = np.vstack([home, positions[:-1]])
    pairs = zip(starts, positions, strict=True)
    legs = np.array([distances_km(start[None, :], end[0], end[1])[0] for start, end in pairs])
    legs[-1] += distances_km(positions[-1:], home[0], home[1])[0]
    return np.asarray(legs * ROAD_FACTOR, dtype=np.float64)


def _as_logged(log: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Turn some visits into calls, vary the lengths and add outcomes."""
    count = len(log)
    draws = generator.random(count)
    channel = np.where(draws < CALLS_SHARE, "phone", "visit")
    channel = np.where(draws < CALLS_SHARE / 4, "video", channel)
    shorter = np.select([channel == "phone", channel == "video"], [0.15, 0.35], 1.0)
    hours = log["duration_hours"] * shorter * generator.uniform(0.6, 1.35, count)
    driven = log["distance_km"] * generator.uniform(0.95, 1.2, count)
    outcomes = generator.choice(list(_OUTCOMES), count, p=np.array(list(_OUTCOMES.values())))
    return log.assign(
        channel=channel,
        duration_hours=np.maximum((hours * 12).round() / 12, 1 / 12).round(2),
        distance_km=driven.round(1).where(channel == "visit"),
        outcome=outcomes,
    )


def _inside_year(remote: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Return the calls of the inside rep to the accounts served remotely."""
    counts = generator.poisson(REMOTE_CALLS_PER_ACCOUNT, len(remote))
    called = remote.loc[remote.index.repeat(counts)].reset_index(drop=True)
    working_days = _working_days()
    numbers = generator.integers(len(working_days), size=len(called))
    log = pd.DataFrame(
        {
            "account_id": called["account_id"],
            "rep_id": INSIDE,
            "visit_date": [working_days[int(number)] for number in numbers],
            "channel": "phone",
            "duration_hours": 1.5,
            "distance_km": np.nan,
        }
    )
    logged = _as_logged(log, generator)
    is_visit = logged["channel"] == "visit"
    return logged.assign(
        channel=logged["channel"].mask(is_visit, "phone"),
        duration_hours=logged["duration_hours"].mask(is_visit, 0.25),
        distance_km=np.nan,
    )


def _working_days() -> list[date]:
    """Return the weekdays of the year without the middle of August."""
    days = [YEAR_START + timedelta(days=k) for k in range((YEAR_END - YEAR_START).days + 1)]
    closed = range(8, 22)
    weekdays = (day for day in days if day.isoweekday() not in _WEEKEND)
    return [day for day in weekdays if not (day.month == _AUGUST and day.day in closed)]

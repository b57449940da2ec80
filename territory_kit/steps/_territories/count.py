"""How many territories a region gets, and what sets the number."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit.methods.sharing import share_whole
from territory_kit.methods.workload import reps_needed
from territory_kit.options import Options
from territory_kit.steps.working_hours import usual_hours
from territory_kit.wording import agree


@dataclass(frozen=True)
class Wanted:
    """Number of territories of one team.

    Parameters
    ----------
    count
        At least 1.
    source
        What sets it, in words.
    """

    count: int
    source: str


def want_territories(
    teams: pd.DataFrame,
    *,
    owners: pd.DataFrame,
    headcount: pd.DataFrame | None,
    region: str,
    options: Options,
) -> dict[str, Wanted]:
    """Set the number of territories of each team of the region.

    Parameters
    ----------
    teams
        One row per team: ``team``, ``workload_hours_per_year``, ``pieces_count`` (accounts or
        groups, the most territories that can be filled) and ``today_count`` (territories today).
    owners
        Who owns territories, from `roster.list_owners`, with ``team`` and ``has_territory``.
    headcount
        Territories of each region, or None.
    region
        Name of the region.
    options
        Options of the region.

    Returns
    -------
    dict
        Number by team: as set for the region, else the region's share of the headcount, else one
        per owner, else as today, else workload over capacity.

    Notes
    -----
    A number set for the region is shared over its teams by workload (largest remainder).
    """
    given, source = _given(headcount, region, options)
    rows = teams.sort_values("team").to_dict("records")
    if given is not None:
        hours = np.array([row["workload_hours_per_year"] for row in rows])
        counts = share_whole(hours, given, minimum=1)
        wanted = [Wanted(int(count), source) for count in counts]
    else:
        wanted = [_team_count(row, owners, len(rows), options) for row in rows]
    return {
        str(row["team"]): _at_most(want, int(row["pieces_count"]))
        for row, want in zip(rows, wanted, strict=True)
    }


def rep_capacity_hours(owners: pd.DataFrame, options: Options) -> float:
    """Return the hours that a full-time rep has a year for the calls and travel of a territory.

    Parameters
    ----------
    owners
        From `roster.list_owners`.
    options
        Options of the region.

    Returns
    -------
    float
        Mean of the owners' hours where they are given, else working time without the share that is
        kept for prospecting.
    """
    given = owners["capacity_hours_per_year"].mean()
    if pd.notna(given):
        return float(given)
    return usual_hours(options)


def _given(headcount: pd.DataFrame | None, region: str, options: Options) -> tuple[int | None, str]:
    if options.territories.territories_count is not None:
        return options.territories.territories_count, "set for the region"
    if headcount is not None:
        share = headcount.loc[headcount["region"] == region, "territories_count"].dropna()
        if len(share):
            return int(share.iloc[0]), "the region's share of the plan's headcount"
    return None, ""


def _team_count(
    team: dict[object, object], owners: pd.DataFrame, teams_count: int, options: Options
) -> Wanted:
    members = owners if teams_count == 1 else owners.loc[owners["team"] == team["team"]]
    staying = int((~members["is_leaving"] & ~members["is_vacancy"]).sum())
    leaving = int((members["is_leaving"] & members["has_territory"]).sum())
    vacancies = int(members["is_vacancy"].sum())
    # A vacancy is the job of somebody who leaves, as far as somebody does.
    posts = staying + max(leaving, vacancies)
    if posts:
        return Wanted(posts, "one territory per owner or vacancy")
    if team["today_count"]:
        return Wanted(int(str(team["today_count"])), "as many territories as today")
    hours = float(str(team["workload_hours_per_year"]))
    capacity = rep_capacity_hours(owners, options)
    needed = reps_needed(hours, capacity)[1] if capacity > 0 else 1
    source = f"{hours:,.0f} h of work at {capacity:,.0f} h per rep"
    return Wanted(max(needed, 1), source)


def _at_most(wanted: Wanted, pieces_count: int) -> Wanted:
    if wanted.count <= pieces_count:
        return wanted
    pieces = "account or group" if pieces_count == 1 else "accounts or groups"
    there = f"there {agree('is', pieces_count)} only {pieces_count} {pieces} to place"
    text = f"{wanted.source}, but {there}"
    return Wanted(max(pieces_count, 1), text)

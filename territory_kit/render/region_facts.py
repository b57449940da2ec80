"""What the pages over all regions show of each one: its result tables are read once for all pages.

Only figures are kept, so that a plan of hundreds of regions fits into memory.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from territory_kit.errors import StaleResultError
from territory_kit.plan import Plan, Saved
from territory_kit.render.roll_up import Sums, sum_region

NOTHING = "–"
_STEPS = ("territories", "review")
# What `sum_region` reads; the other tables of these steps are not even parsed.
_SUMMED = {
    "territory_plan": "territories",
    "rep_review": "review",
    "comparison": "review",
    "disruption": "review",
    "quotas": "review",
}


@dataclass(frozen=True)
class Headline:
    """Headline figures of one region; nan where one is not known.

    Parameters
    ----------
    verdict
        The verdict, or that there is none.
    territories_count, accounts_count
        Proposed territories, and the accounts in them.
    deviation_today_share, deviation_share
        Largest deviation of workload, today and proposed.
    changed_count, forced_count
        Accounts that change hands, and those that must.
    vacant_count
        Territories without a rep.
    travel_km_per_year, cost_amount_per_year
        Driving and cost of the proposal.
    """

    verdict: str
    territories_count: float
    accounts_count: float
    deviation_today_share: float
    deviation_share: float
    changed_count: float
    forced_count: float
    vacant_count: float
    travel_km_per_year: float
    cost_amount_per_year: float


@dataclass(frozen=True)
class RegionFacts:
    """One region as its saved results tell it.

    Parameters
    ----------
    region
        Name of the region.
    fault
        Why its results are not current, in a sentence; empty where they are.
    headline
        Headline figures, of older results too; None where there are none.
    sums
        What it adds to the whole company; None unless its results are current.
    """

    region: str
    fault: str
    headline: Headline | None
    sums: Sums | None


def read_facts(plan: Plan) -> tuple[RegionFacts, ...]:
    """Read the results of all regions, each table once.

    Parameters
    ----------
    plan
        The plan.

    Returns
    -------
    tuple of RegionFacts
        One for each region, in the order of the plan.
    """
    return tuple(_facts(plan, region) for region in plan.regions())


def _facts(plan: Plan, region: str) -> RegionFacts:
    try:
        saved = {step: plan.read(step, region) for step in _STEPS}
    except StaleResultError as error:
        older = {step: plan.previous(step, region) for step in _STEPS}
        known = {step: found for step, found in older.items() if found is not None}
        return RegionFacts(region, str(error), _headline_of_older(known), None)
    tables = {name: saved[step].tables[name] for name, step in _SUMMED.items()}
    return RegionFacts(region, "", _headline(saved), sum_region(region, tables))


def _headline_of_older(saved: Mapping[str, Saved]) -> Headline | None:
    """Return headline figures of results that an earlier release may have made."""
    try:
        return _headline(saved)
    except KeyError:
        return None


def _headline(saved: Mapping[str, Saved]) -> Headline | None:
    if any(step not in saved for step in _STEPS):
        return None
    division, review = (saved[step] for step in _STEPS)
    disruption = review.tables["disruption"].set_index("kind")["accounts_count"].astype(float)
    plan_of, reps = division.tables["territory_plan"], review.tables["rep_review"]
    return Headline(
        verdict=str(review.figures.get("verdict", NOTHING)),
        territories_count=len(plan_of),
        accounts_count=float(plan_of["accounts_count"].sum()),
        deviation_today_share=float(division.figures.get("deviation_today_share", math.nan)),
        deviation_share=float(division.figures["deviation_share"]),
        changed_count=float(disruption.get("all", 0.0)),
        forced_count=float(disruption.get("forced", 0.0)),
        vacant_count=int(reps["rep_id"].isna().sum()),
        travel_km_per_year=float(reps["travel_km_per_year"].sum()),
        cost_amount_per_year=float(review.figures.get("total_cost_amount_per_year", math.nan)),
    )

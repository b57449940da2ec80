"""Measure one plan: its figures over all regions, from the tables of steps 3 and 5."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_POTENTIAL_FIGURE = "Largest deviation of potential"


@dataclass(frozen=True)
class Figures:
    """What a plan takes and changes, summed over its regions; nan where it is not known.

    Parameters
    ----------
    territories_count, reps_count
        Territories, and reps who have one.
    workload_deviation_share, potential_deviation_share
        Deviation of the territory that is farthest from its target, in any region.
    has_money
        Whether potential is money, and not a number of accounts.
    travel_km_per_year
        Road km.
    coverage_share
        Wanted visits that the hours of the holders allow.
    cost_amount_per_year
        People, km and calls.
    travel_cost_amount_per_year
        The part of it that is km.
    changed_count, changed_revenue_amount_per_year
        Accounts that change hands, and their revenue.
    move_price_amount
        Margin at risk when they do.
    plan_margin_price_amount
        The part of it that rests on the margin of the plan, for accounts without their own.
    loss_share, margin_share
        Largest share of revenue at risk, of dormant customers too, and margin of the plan in any
        region: both grow to 1 at most. 0 where they are not known.
    """

    territories_count: int
    reps_count: int
    workload_deviation_share: float
    potential_deviation_share: float
    has_money: bool
    travel_km_per_year: float
    coverage_share: float
    cost_amount_per_year: float
    travel_cost_amount_per_year: float
    changed_count: int
    changed_revenue_amount_per_year: float
    move_price_amount: float
    plan_margin_price_amount: float
    loss_share: float = 0.0
    margin_share: float = 0.0


def measure(
    regions: Sequence[Mapping[str, pd.DataFrame]], own_margin_ids: Iterable[str]
) -> Figures:
    """Measure a plan.

    Parameters
    ----------
    regions
        For each region ``rep_review``, ``disruption``, ``moves``, ``comparison`` and ``balance``.
    own_margin_ids
        Accounts that have a margin of their own.

    Returns
    -------
    Figures
        Sums over the regions; of deviations the largest.
    """
    review = _stack(regions, "rep_review")
    moves = _stack(regions, "moves")
    disruption = _stack(regions, "disruption")
    changed = disruption.loc[disruption["kind"] == "all"]
    compared = _stack(regions, "comparison")
    has_own = moves["account_id"].isin(list(own_margin_ids))
    return Figures(
        territories_count=len(review),
        reps_count=int(review["rep_id"].nunique()),
        workload_deviation_share=_deviation(regions, "workload_hours_per_year"),
        potential_deviation_share=_deviation(regions, "potential_amount_per_year"),
        has_money=bool((compared["figure"] == _POTENTIAL_FIGURE).any()),
        travel_km_per_year=float(review["travel_km_per_year"].sum()),
        coverage_share=_coverage(review),
        cost_amount_per_year=float(review["total_cost_amount_per_year"].sum()),
        travel_cost_amount_per_year=float(review["travel_cost_amount_per_year"].sum()),
        changed_count=int(changed["accounts_count"].sum()),
        changed_revenue_amount_per_year=float(changed["revenue_amount_per_year"].sum()),
        move_price_amount=float(changed["move_price_amount"].sum()),
        plan_margin_price_amount=float(moves.loc[~has_own, "move_price_amount"].sum()),
    )


def _stack(regions: Sequence[Mapping[str, pd.DataFrame]], name: str) -> pd.DataFrame:
    return pd.concat([tables[name] for tables in regions], ignore_index=True)


def _deviation(regions: Sequence[Mapping[str, pd.DataFrame]], measure_name: str) -> float:
    rows = _stack(regions, "balance")
    wanted = (rows["measure"] == measure_name) & (rows["state"] == "proposal")
    return float(rows.loc[wanted, "deviation_share"].max())


def _coverage(review: pd.DataFrame) -> float:
    """Share the wanted visits as step 5 does: who has half the hours makes half the visits."""
    visits, load = review["ideal_visits_per_year"], review["capacity_share"]
    wanted = float(visits.sum())
    return float((visits / load.where(load > 1, 1.0)).sum()) / wanted if wanted > 0 else np.nan

"""How many reps: what each number of territories around the proposal's would give and cost.

Accounts are reached as long as a territory's hours last, the most potential for each hour first.
Hours are those of calls and of driving from the centre, as the review counts them from the home. A
further rep is worth the potential that is reached with the rep and was not before, as far as it is
attainable.
"""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.sizing import BreakEvenSizing, break_even_sizing
from territory_kit.methods.workload import served_flags
from territory_kit.options import Options
from territory_kit.steps._territories.alternatives import (
    ONE_LESS,
    ONE_MORE,
    change_count,
    search_less,
    sum_up,
)
from territory_kit.steps._territories.division import Division, divide
from territory_kit.steps._territories.problem import POTENTIAL
from territory_kit.steps.driving import hours_of_accounts
from territory_kit.steps.roster import staying

# Enough to compare numbers of territories with each other.
_ITERATIONS = 5


def list_sizes(
    division: Division, tried: Mapping[str, Division], owners: pd.DataFrame, *, has_money: bool
) -> pd.DataFrame:
    """Sum up what each number of territories around the proposal's gives and costs.

    Parameters
    ----------
    division
        The proposal.
    tried
        From `alternatives.try_variants`: one territory less and one more are taken from there.
    owners
        From `roster.list_owners`.
    has_money
        Whether potential is money.

    Returns
    -------
    pandas.DataFrame
        ``sizing``: from one territory less to two more, as far as there are accounts to fill them.
    """
    more = tried.get(ONE_MORE)
    divisions = [tried.get(ONE_LESS), division, more, None if more is None else _open_more(more)]
    cost = rep_cost(owners, division.setup.options)
    rows = [_size(one, cost) for one in divisions if one is not None]
    table = pd.DataFrame(rows)
    roi = [found.roi_share if found else math.nan for found in _last_reps(table, division, cost)]
    return table.assign(
        is_chosen=table["territories_count"] == len(division.slots),
        roi_share=roi if has_money else math.nan,
    )


def rep_cost(owners: pd.DataFrame, options: Options) -> float:
    """Return what a full-time rep costs a year.

    Parameters
    ----------
    owners
        From `roster.list_owners`.
    options
        Options of the region.

    Returns
    -------
    float
        Mean cost of the people who stay, by their working time, where it is given; else as the
        plan says. Money per year.
    """
    known = staying(owners).dropna(subset=["cost_amount_per_year"])
    if known.empty:
        return options.costs.rep_amount_per_year
    return float(known["cost_amount_per_year"].sum() / known["fte_share"].sum())


def mean_margin(units: pd.DataFrame, options: Options) -> float:
    """Return the gross margin of the accounts, weighted by potential.

    Parameters
    ----------
    units
        Placed accounts: ``margin_share``, ``potential_amount_per_year``.
    options
        Options of the region.

    Returns
    -------
    float
        Share of sales; the plan's where an account has none.
    """
    margins = units["margin_share"].fillna(options.costs.margin_share).to_numpy(dtype=float)
    weights = units[POTENTIAL].to_numpy(dtype=float)
    return float(np.average(margins, weights=weights if weights.sum() > 0 else None))


def _open_more(division: Division) -> Division | None:
    """Open one territory more than a division has."""
    counts = {team: len(part.territory_ids) for team, part in division.parts.items()}
    changed = change_count(division.setup, 1, counts)
    settings = search_less(division.settings, _ITERATIONS)
    if changed is None:
        return None
    return divide(division.setup, settings, changed, is_bounded=False)


def _size(division: Division, cost: float) -> dict[str, object]:
    setup, units = division.setup, division.units
    plan = division.measured
    sizes = plan["size_share"].sum()
    spent = hours_of_accounts(units, plan.set_index("territory_id")["tour_hours_per_year"])
    reached = _reached(division, spent)
    potential, all_potential = units.loc[reached, POTENTIAL].sum(), units[POTENTIAL].sum()
    hours = float(spent.sum() / sizes)
    km = float(plan["travel_km_per_year"].sum())
    return {
        "territories_count": len(plan),
        "territory_hours_per_year": hours,
        "capacity_share": hours / setup.capacity_hours if setup.capacity_hours > 0 else math.nan,
        "accounts_reached_share": float(reached.mean()),
        "potential_reached_share": float(potential / all_potential) if all_potential else math.nan,
        "reps_cost_amount_per_year": cost * sizes + km * setup.options.costs.km_amount,
        **_picked(sum_up(division, option=""), "deviation_share travel_km_per_year moved_count"),
    }


def _reached(division: Division, spent: pd.Series) -> pd.Series:
    """Tell which accounts get all their visits within the hours of their territory."""
    sizes = division.slots.set_index("territory_id")["size_share"] * division.setup.capacity_hours
    hours, values = spent.to_numpy(dtype=float), division.units[POTENTIAL].to_numpy(dtype=float)
    flags = np.zeros(len(hours), dtype=bool)
    for name, own in division.units.groupby("territory_id").indices.items():
        flags[own] = served_flags(hours[own], values[own], float(sizes[str(name)]))
    return pd.Series(flags, index=division.units.index)


def _last_reps(
    table: pd.DataFrame, division: Division, cost: float
) -> list[BreakEvenSizing | None]:
    """Judge the last rep of each number; None for the first, beside whom nothing was tried."""
    options, units = division.setup.options, division.units
    margin = mean_margin(units, options)
    if cost <= 0 or margin <= 0:
        return [None] * len(table)
    reached = table["potential_reached_share"].fillna(0.0) * units[POTENTIAL].sum()
    gains = reached.diff()
    if table["territories_count"].iloc[0] == 1:
        gains.iloc[0] = reached.iloc[0]
    sales = gains.clip(lower=0.0) * options.market.attainable_share
    return [
        None
        if math.isnan(amount)
        else break_even_sizing(
            float(amount),
            rep_cost_amount_per_year=cost,
            margin_share=margin,
            second_year_share=options.costs.second_year_share,
            third_year_share=options.costs.third_year_share,
        )
        for amount in sales
    ]


def _picked(row: dict[str, object], names: str) -> dict[str, object]:
    return {name: row[name] for name in names.split()}

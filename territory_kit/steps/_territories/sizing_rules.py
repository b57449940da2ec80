"""Rules of thumb for the number of reps, each with the number it gives and what that rests on."""

import math

import pandas as pd

from territory_kit.methods.sizing import (
    HIGHEST_RIGHT_ROI_SHARE,
    LOWEST_RIGHT_ROI_SHARE,
    breakdown_sizing,
)
from territory_kit.methods.workload import reps_needed
from territory_kit.steps._territories.division import Division, Setup
from territory_kit.steps._territories.sizing import mean_margin, rep_cost
from territory_kit.wording import amount, percent

Rule = dict[str, object]


def list_rules(
    division: Division, owners: pd.DataFrame, sizes: pd.DataFrame, *, has_money: bool
) -> pd.DataFrame:
    """Ask each rule of thumb for its number of full-time reps.

    Parameters
    ----------
    division
        The proposal; at least one account is placed.
    owners
        From `roster.list_owners`.
    sizes
        ``sizing``, from `sizing.list_sizes`.
    has_money
        Whether potential is money.

    Returns
    -------
    pandas.DataFrame
        ``sizing_rules``; a rule without its inputs has no number and says what is missing.
    """
    setup = division.setup
    rules = [*_build_up(division), _breakdown(setup, owners)]
    rules.append(
        _break_even(setup, owners, sizes)
        if has_money
        else _rule("break-even", "Not known: no potential is given in money.")
    )
    return pd.DataFrame(rules)


def _build_up(division: Division) -> list[Rule]:
    """Divide the hours needed by the hours of a rep: calls and travel apart, then both."""
    capacity = division.setup.capacity_hours
    if capacity <= 0:
        return [_rule("workload build-up", "Not known: a rep has no hours for calls and travel.")]
    plan = division.measured
    calls, travel = (plan[f"{name}_hours_per_year"].sum() for name in ("call", "tour"))
    total = reps_needed(float(calls + travel), capacity)
    at = f"{capacity:,.0f} h a year for each full-time rep"
    return [
        _rule("workload build-up: calls", f"{calls:,.0f} h of calls, {at}.", calls / capacity),
        _rule(
            "workload build-up: travel",
            f"{travel:,.0f} h of driving from the centres of the proposal, {at}.",
            travel / capacity,
        ),
        _rule("workload build-up", "Calls and travel together, rounded up.", *total),
    ]


def _breakdown(setup: Setup, owners: pd.DataFrame) -> Rule:
    """Divide the sum of all quotas by what a rep sells today."""
    people = owners.loc[~owners["is_vacancy"]]
    quotas, jobs = float(owners["quota_amount_per_year"].sum()), float(people["fte_share"].sum())
    revenue = float(setup.placed["revenue_amount_per_year"].clip(lower=0.0).sum())
    if min(quotas, jobs, revenue) <= 0:
        return _rule("breakdown", "Not known: it needs quotas, reps and revenue of today.")
    currency = setup.options.currency
    found = breakdown_sizing(quotas, revenue / jobs)
    text = (
        f"Quotas of {amount(quotas, currency)} over {amount(revenue / jobs, currency)} that a rep "
        "sells today. It takes sales to make reps necessary, while it is reps who make sales."
    )
    return _rule("breakdown", text, found.exact_reps_count, found.reps_count)


def _break_even(setup: Setup, owners: pd.DataFrame, sizes: pd.DataFrame) -> Rule:
    """Take the largest number tried whose last rep still pays."""
    options = setup.options
    if sizes["roi_share"].isna().all():
        return _rule("break-even", "Not known: it needs a cost of a rep, a margin and two numbers.")
    pays = sizes["roi_share"].round(9) >= LOWEST_RIGHT_ROI_SHARE
    counts = sizes["territories_count"]
    count, more = (counts[pays].max(), "") if pays.any() else (counts.min(), " or fewer")
    more = " or more" if pays.iloc[-1] else more
    cost = amount(rep_cost(owners, options), options.currency)
    text = (
        f"The last rep should return {percent(LOWEST_RIGHT_ROI_SHARE)} to "
        f"{percent(HIGHEST_RIGHT_ROI_SHARE)} in three years on {cost} a year, with a margin of "
        f"{percent(mean_margin(setup.placed, options))} on "
        f"{percent(options.market.attainable_share)} of the potential reached in addition; "
        f"{percent(options.costs.second_year_share)} and "
        f"{percent(options.costs.third_year_share)} of these sales come again. "
        f"Of the numbers tried, that is {count:g}{more}."
    )
    return _rule("break-even", text, math.nan, count)


def _rule(name: str, text: str, exact: float = math.nan, count: float = math.nan) -> Rule:
    return {
        "sizing_rule": name,
        "exact_count": exact,
        "territories_count": count,
        "rule_assumption": text,
    }

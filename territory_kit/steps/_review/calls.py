"""Whom the hours reach as often as wanted, what a call costs, and what revenue pays for calls."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from territory_kit.methods.call_costs import (
    CallCost,
    break_even_by_expense,
    break_even_by_margin,
    cost_per_call,
)
from territory_kit.options import Options
from territory_kit.steps._review.comparison import Figure
from territory_kit.steps._review.part import Part
from territory_kit.steps._review.served import Served, fully_visited
from territory_kit.wording import amount, percent

_BREAK_EVENS = [
    "account_class",
    "accounts_count",
    "calls_per_account_per_year",
    "expense_break_even_amount_per_year",
    "margin_break_even_amount_per_year",
]


def review_calls(
    today: Served,
    proposal: Served,
    gaps: pd.DataFrame,
    classes: pd.DataFrame,
    options: Options,
    *,
    has_money: bool,
) -> Part:
    """Review how far calls reach and what they cost.

    Parameters
    ----------
    today, proposal
        What both plans serve.
    gaps
        From `visits.split_visits`.
    classes
        ``account_class`` by ``account_id``, one row per account.
    options
        Options of the region.
    has_money
        Whether potential is money.

    Returns
    -------
    Part
        ``visit_gaps``, ``call_costs``, ``break_evens``; two figures beside the verdict.
    """
    accounts = proposal.accounts
    name = "Accounts with hours for all wanted visits"
    plans = (today, proposal)
    reached = [plan.accounts.loc[fully_visited(plan), "account_id"] for plan in plans]
    both = _reach(plans, reached, pd.Series(1.0, index=accounts.index))
    compared = [Figure(name, "%", *both, aim="more", kind="share")]
    if has_money:
        both = _reach(plans, reached, accounts["potential_amount_per_year"].fillna(0.0))
        compared.append(Figure("Potential of these accounts", "%", *both, aim="more", kind="share"))
    off = gaps["over_visits_per_year"].gt(0) | gaps["under_visits_per_year"].gt(0)
    costs = [_call_cost(plan, options) for plan in plans]
    return Part(
        tables={
            "visit_gaps": gaps.loc[off].reset_index(drop=True),
            "call_costs": tabulate_costs(*costs),
            "break_evens": break_evens(accounts, classes, costs[1], options),
        },
        figures={
            "fully_visited_share": compared[0].proposal,
            "call_cost_amount": np.nan if costs[1] is None else costs[1].total_amount,
        },
        compared=compared,
        findings=[_coverage_words(gaps)],
        assumptions=[_rule_words(options)],
    )


def tabulate_costs(today: CallCost | None, proposal: CallCost | None) -> pd.DataFrame:
    """Put the cost of one call into a table, part by part.

    Parameters
    ----------
    today, proposal
        Cost of a call of both plans; None without calls.

    Returns
    -------
    pandas.DataFrame
        ``call_costs``; the last row is the sum of the others.
    """
    parts = {
        "People": "compensation_amount",
        "Travel": "travel_amount",
        "Material": "overhead_amount",
        "One call": "total_amount",
    }
    rows = [
        {
            "part": word,
            "today_amount": np.nan if today is None else getattr(today, name),
            "proposal_amount": np.nan if proposal is None else getattr(proposal, name),
        }
        for word, name in parts.items()
    ]
    return pd.DataFrame(rows)


def break_evens(
    accounts: pd.DataFrame, classes: pd.DataFrame, cost: CallCost | None, options: Options
) -> pd.DataFrame:
    """Compute by class the revenue from which the wanted calls pay, by two rules.

    Parameters
    ----------
    accounts
        Accounts of the proposal: ``account_id``, ``visits_per_year``.
    classes
        ``account_id``, ``account_class``.
    cost
        Cost of one call; None without calls.
    options
        Options of the region: margin, and what selling may cost.

    Returns
    -------
    pandas.DataFrame
        ``break_evens``; no break-even by margin where the plan's margin is 0.
    """
    known = accounts.merge(classes, on="account_id").dropna(subset="account_class")
    rows = []
    for name, own in known.groupby("account_class"):
        calls = float(own["visits_per_year"].fillna(0.0).mean())
        row = {
            "account_class": name,
            "accounts_count": len(own),
            "calls_per_account_per_year": calls,
        }
        margin = options.costs.margin_share
        if cost is not None:
            row["expense_break_even_amount_per_year"] = break_even_by_expense(
                cost.total_amount, calls, expense_share=options.costs.selling_cost_share
            ).sales_amount
        if cost is not None and margin > 0:
            row["margin_break_even_amount_per_year"] = break_even_by_margin(
                cost.total_amount, calls, cogs_share=1 - margin
            ).sales_amount
        rows.append(row)
    return pd.DataFrame(rows, columns=_BREAK_EVENS)


def _reach(
    plans: tuple[Served, Served], reached: Sequence[pd.Series], worth: pd.Series
) -> tuple[float, float]:
    """Return the share of the worth of all accounts that each plan reaches; nan without a plan."""
    by_account = worth.set_axis(plans[-1].accounts["account_id"])
    total = float(by_account.sum())
    found = []
    for plan, ids in zip(plans, reached, strict=True):
        has_plan = len(plan.territories) > 0 and total > 0
        found.append(float(by_account.reindex(ids).sum()) / total if has_plan else np.nan)
    return found[0], found[1]


def _call_cost(plan: Served, options: Options) -> CallCost | None:
    sums = plan.territories
    calls = float(sums["ideal_visits_per_year"].sum())
    if calls <= 0:
        return None
    return cost_per_call(
        calls,
        compensation_amount_per_year=float(sums["people_cost_amount_per_year"].sum()),
        travel_amount_per_year=float(sums["travel_cost_amount_per_year"].sum()),
        overhead_amount_per_year=calls * options.costs.call_amount,
    )


def _coverage_words(gaps: pd.DataFrame) -> str:
    wanted = gaps.loc[gaps["ideal_visits_per_year"] > 0]
    if wanted.empty or wanted["under_visits_per_year"].isna().all():
        return ""
    met = float((wanted["under_visits_per_year"] == 0).mean())
    made = float(gaps["actual_visits_per_year"].sum())
    over = float(gaps["over_visits_per_year"].sum()) / made if made else 0.0
    return (
        f"In the last year of data {percent(met)} of the accounts were visited as often as wanted."
        + f" {percent(over)} of the visits were more than an account should have." * (over > 0)
    )


def _rule_words(options: Options) -> str:
    share = percent(options.costs.selling_cost_share)
    material = amount(options.costs.call_amount, options.currency)
    return (
        "Where hours lack, the accounts with most potential are visited first. A call costs "
        f"people, km and material ({material}), over all wanted "
        f"calls. Calls pay by selling cost when they take at most {share} of revenue, by margin "
        f"when the plan's margin of {percent(options.costs.margin_share)} covers them: two rules, "
        "not to be mixed."
    )

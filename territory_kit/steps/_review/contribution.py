"""What each territory brings in a year after its costs, today and as proposed."""

import pandas as pd

from territory_kit import columns
from territory_kit.methods.call_costs import Contribution
from territory_kit.options import Options
from territory_kit.steps._review.part import Part
from territory_kit.steps._review.served import Served
from territory_kit.wording import amount, percent

_COSTS = ["people_cost_amount_per_year", "travel_cost_amount_per_year"]
_HOURS = ["call_hours_per_year", "tour_hours_per_year"]


def review_contribution(
    today: Served, proposal: Served, margin_shares: pd.Series, options: Options
) -> Part:
    """Set the margin of each territory against what serving it costs.

    Parameters
    ----------
    today, proposal
        What both plans serve; ``accounts`` need ``revenue_amount_per_year`` and ``territories``
        need ``call_hours_per_year``.
    margin_shares
        Gross margin as a share of revenue, index ``account_id``; missing where none is given.
    options
        Options of the region.

    Returns
    -------
    Part
        ``contribution``, without rows where no revenue is known.
    """
    if not proposal.accounts["revenue_amount_per_year"].notna().any():
        missing = "Without revenue this review cannot show what each territory brings."
        return Part(
            tables={"contribution": columns.empty_frame("contribution")}, findings=[missing]
        )
    plans = {"today": today, "proposal": proposal}
    rows = pd.concat(
        [
            weigh_territories(plan, margin_shares, options).assign(state=state)
            for state, plan in plans.items()
            if len(plan.territories)
        ]
    ).sort_values("territory_id", kind="stable", ignore_index=True)
    return Part(
        tables={"contribution": rows},
        assumptions=[_rule_words(options), _total_words(rows, options)],
    )


def weigh_territories(plan: Served, margin_shares: pd.Series, options: Options) -> pd.DataFrame:
    """Compute what each territory of one plan brings after its costs.

    Parameters
    ----------
    plan, margin_shares, options
        As for `review_contribution`.

    Returns
    -------
    pandas.DataFrame
        Columns of ``contribution`` but ``state``; per hour and per account missing where there is
        none.
    """
    accounts = plan.accounts
    shares = accounts["account_id"].map(margin_shares).astype("float64")
    revenue = accounts["revenue_amount_per_year"].astype("float64").fillna(0.0)
    margin = revenue * shares.fillna(options.costs.margin_share)
    key = plan.territories["territory_id"]
    by_account = accounts.assign(margin=margin).groupby("territory_id")["margin"]
    margins = key.map(by_account.sum()).astype("float64").fillna(0.0)
    counts = key.map(by_account.size()).astype("float64").fillna(0.0)
    calls = plan.territories["ideal_visits_per_year"].fillna(0.0) * options.costs.call_amount
    costs = plan.territories[_COSTS].fillna(0.0)
    hours = plan.territories[_HOURS].fillna(0.0).sum(axis=1)
    found = [
        Contribution(
            margin_amount=own,
            people_amount=people,
            travel_amount=travel,
            remote_amount=material,
            workload_hours=worked,
            accounts_count=int(count),
        )
        for own, people, travel, material, worked, count in zip(
            margins, *(costs[name] for name in _COSTS), calls, hours, counts, strict=True
        )
    ]
    return costs.assign(
        territory_id=key,
        accounts_count=counts,
        margin_amount_per_year=margins,
        call_cost_amount_per_year=calls,
        contribution_amount_per_year=[each.contribution_amount for each in found],
        hour_contribution_amount=[each.amount_per_hour for each in found],
        account_contribution_amount=[each.amount_per_account for each in found],
    )


def proposed_margin(contribution: pd.DataFrame) -> float:
    """Add up the margin of the proposed territories, money per year.

    Parameters
    ----------
    contribution
        Table of `review_contribution`.

    Returns
    -------
    float
        0 where no revenue is known.
    """
    proposed = contribution.loc[contribution["state"] == "proposal"]
    return float(proposed["margin_amount_per_year"].sum())


def _total_words(rows: pd.DataFrame, options: Options) -> str:
    sums = rows.groupby("state")["contribution_amount_per_year"].sum()
    before, after = (
        amount(float(sums[state]), options.currency) if state in sums else ""
        for state in ("today", "proposal")
    )
    beside = f"; today's territories {before}" if before else ""
    return (
        f"The proposed territories bring {after} a year after people, km and calls{beside}."
        if after
        else ""
    )


def _rule_words(options: Options) -> str:
    share = percent(options.costs.margin_share)
    return (
        "What a territory brings is the margin on its accounts' revenue of today, "
        f"{share} where an account has none, less people, km and material of calls; a plan "
        "changes no revenue here."
    )

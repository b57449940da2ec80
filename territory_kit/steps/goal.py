"""The goal of the plan's quotas, and what each region carries of it.

The goal is what the options set, else what the accounts sold last year and the growth that is
asked for. Bottom-up it is what the accounts let expect, whatever was set.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit import columns
from territory_kit.methods.quota_sharing import base_shares, round_half_up, share_goal
from territory_kit.methods.quota_waterfall import waterfall_quotas
from territory_kit.methods.quotas import QuotaBase
from territory_kit.options import QuotasOptions

Floats = NDArray[np.float64]
_REVENUE, _POTENTIAL = "revenue_amount_per_year", "potential_amount_per_year"
_PLAN = "\0plan"


def base_of(name: str, options: QuotasOptions) -> QuotaBase:
    """Return the weights of a base of quotas.

    Parameters
    ----------
    name
        Name of the base: even, prior_year, potential or blend.
    options
        Hold the share of the year before in the blend; potential has the rest.

    Returns
    -------
    QuotaBase
        Weights that add up to 1.
    """
    if name == "blend":
        weight = options.prior_year_share
        return QuotaBase(prior_year=weight, potential=1 - weight)
    return QuotaBase(**{name: 1.0})


def expect_sales(accounts: pd.DataFrame, options: QuotasOptions) -> pd.Series:
    """Say what each account lets expect in the year of the plan.

    Parameters
    ----------
    accounts
        ``revenue_amount_per_year`` and ``potential_amount_per_year``.
    options
        Hold the share of unused potential that is won in a year.

    Returns
    -------
    pandas.Series
        Money per year: revenue and a share of what is left of the potential; missing where
        neither is known.
    """
    revenue, potential = accounts[_REVENUE], accounts[_POTENTIAL]
    left = (potential - revenue.fillna(0.0)).clip(lower=0.0).fillna(0.0)
    expected = revenue.fillna(0.0).clip(lower=0.0) + left * options.won_share
    return expected.where(revenue.notna() | potential.notna())


def goal_of(accounts: pd.DataFrame, options: QuotasOptions) -> int:
    """Return the goal that accounts carry together.

    Parameters
    ----------
    accounts
        Revenue and potential of each.
    options
        Goal, method and growth.

    Returns
    -------
    int
        Whole units of currency.
    """
    if options.method == "bottom_up":
        return round_half_up(_total(expect_sales(accounts, options)))
    if options.goal_amount is not None:
        return options.goal_amount
    return round_half_up(_total(accounts[_REVENUE].clip(lower=0.0)) * (1 + options.growth_share))


def share_over_regions(
    accounts: pd.DataFrame, hours: Mapping[str, float], options: QuotasOptions
) -> pd.DataFrame:
    """Share the goal of the plan over its regions, in whole units of currency.

    Parameters
    ----------
    accounts
        Revenue, potential and ``region`` of each account that territories can hold.
    hours
        Workload of each region, h per year: equal parts mean equal parts for equal work.
    options
        Options of quotas.

    Returns
    -------
    pandas.DataFrame
        ``region_goals``; the regions add up to the goal, and to what the plan adds for safety.
    """
    regions = sorted(hours)
    within = accounts.loc[accounts["region"].isin(regions)].sort_values("account_id")
    goal = goal_of(within, options)
    base = _region_base(within, regions, hours, options)
    if options.method == "waterfall":
        handed = waterfall_quotas(
            [_PLAN, *regions],
            [None, *[_PLAN] * len(regions)],
            np.append(np.nan, base),
            goal,
            over_assignment=options.over_assignment_shares[:1],
        ).amounts[1:]
    else:
        handed = share_goal(regions, base, goal)
    return pd.DataFrame(
        {
            "region": regions,
            "region_goal_amount_per_year": handed.astype(np.float64),
            "plan_goal_amount_per_year": float(goal),
        }
    )


def goal_of_region(
    tables: Mapping[str, pd.DataFrame],
    accounts: pd.DataFrame,
    *,
    region: str,
    options: QuotasOptions,
) -> int:
    """Return what a region carries.

    Parameters
    ----------
    tables
        May hold ``region_goals``; without it the region is the whole plan.
    accounts
        Revenue and potential of each account in the region's territories.
    region
        Name of the region.
    options
        Options of quotas.

    Returns
    -------
    int
        Whole units of currency.
    """
    goals = tables.get("region_goals", columns.empty_frame("region_goals"))
    own = goals.loc[goals["region"] == region, "region_goal_amount_per_year"]
    return int(own.iloc[0]) if len(own) else goal_of(accounts, options)


def _region_base(
    accounts: pd.DataFrame, regions: list[str], hours: Mapping[str, float], options: QuotasOptions
) -> Floats:
    """Weigh the regions as territories are weighed, equal parts by workload."""

    def by_region(values: pd.Series) -> Floats:
        sums = values.clip(lower=0.0).groupby(accounts["region"]).sum()
        return np.asarray(sums.reindex(regions).fillna(0.0), dtype=np.float64)

    if options.method == "bottom_up":
        return by_region(expect_sales(accounts, options))
    of_each = {
        "even": np.array([hours[region] for region in regions], dtype=np.float64),
        "prior_year": by_region(accounts[_REVENUE]),
        "potential": by_region(accounts[_POTENTIAL]),
    }
    weights, ones = base_of(options.basis, options), np.ones(len(regions))
    parts = [getattr(weights, name) * base_shares(of_each[name], ones)[0] for name in of_each]
    return np.asarray(np.sum(parts, axis=0))


def _total(values: pd.Series) -> float:
    return float(values.sort_values().sum())

"""What quota each territory carries, by four bases, and how hard each quota is.

A territory's *size* is its rep's working time in the months of the plan's first year in which the
rep is there. Potential and revenue of a part-time territory are those of a part-time territory
already; only the months, and working time that differs from its size, take from them. Who holds
several territories has an even part of the working time in each, and each is so much smaller: equal
parts count the rep once, and potential and revenue stay those of the accounts.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit import columns
from territory_kit.methods.quota_sharing import MONTHS_PER_YEAR, prorated_sizes, share_goal
from territory_kit.methods.quota_waterfall import waterfall_quotas
from territory_kit.methods.quotas import bottom_up_quotas, quota_band, top_down_quotas
from territory_kit.options import Options
from territory_kit.steps._review.part import Part
from territory_kit.steps.dates import start_day
from territory_kit.steps.goal import base_of, expect_sales, goal_of_region
from territory_kit.wording import counted, percent

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BASES = ("even", "prior_year", "potential", "blend")
NO_QUOTAS = "Without potential or revenue in money there are no quotas."
_BAND_WORDS = {"below": "hard", "within": "fair", "above": "easy", "undefined": "n/a"}
_BASE_WORDS = {
    "even": "equal parts",
    "prior_year": "last year's revenue",
    "potential": "potential",
}
_DAYS_PER_MONTH = 365.25 / MONTHS_PER_YEAR


def review_quotas(
    tables: Mapping[str, pd.DataFrame],
    review: pd.DataFrame,
    placed: pd.DataFrame,
    *,
    region: str,
    options: Options,
    has_money: bool,
) -> Part:
    """Give each territory a quota.

    Parameters
    ----------
    tables
        May hold ``reps`` and ``region_goals``.
    review
        ``rep_review``, with ``size_share``.
    placed
        Accounts with their ``territory_id``, revenue and potential.
    region
        Name of the region.
    options
        Options of the region.
    has_money
        Whether potential is money.

    Returns
    -------
    Part
        ``quotas``, which add up to what the region hands down to the unit of currency.
    """
    if not has_money or review.empty:
        words = [] if has_money else [NO_QUOTAS]
        return Part(tables={"quotas": columns.empty_frame("quotas")}, findings=words)
    review = review.sort_values("territory_id", ignore_index=True)
    goal = goal_of_region(tables, placed, region=region, options=options.quotas)
    handed = _hand_down(goal, options)
    sized = size_territories(review, tables.get("reps", columns.empty_frame("reps")), options)
    rows, fell_back = share_quotas(review, placed, sized, handed, options)
    return Part(
        tables={"quotas": rows},
        figures={
            "region_goal_amount_per_year": float(goal),
            "quotas_amount_per_year": float(rows["proposed_quota_amount_per_year"].sum()),
        },
        assumptions=_words(goal, handed, rows, fell_back, options),
        findings=_unused_goal(options),
    )


def size_territories(review: pd.DataFrame, reps: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Say how much of a year each territory has somebody who carries its quota.

    Parameters
    ----------
    review
        ``rep_id`` and ``size_share``.
    reps
        ``rep_id``, ``fte_share``, ``start_date``, ``end_date``; may have no rows.
    options
        Options of the region: first day of the plan.

    Returns
    -------
    pandas.DataFrame
        ``fte_share`` (the part of the rep's that is for this territory), ``months_count`` and
        ``held_count`` (territories of the rep), index of ``review``. An open job without a start
        counts as filled all year.
    """
    held = review["rep_id"].map(review["rep_id"].value_counts()).astype("float64").fillna(1.0)
    people = reps.drop_duplicates("rep_id").set_index("rep_id")
    known = people.reindex(review["rep_id"]).set_axis(review.index)
    fte = known["fte_share"].where(known["fte_share"] > 0).fillna(review["size_share"])
    months = pd.Series(float(MONTHS_PER_YEAR), index=review.index)
    first = start_day(options)
    if first is not None:
        after = first + pd.DateOffset(years=1)
        since = known["start_date"].where(known["start_date"] > first, first)
        until = known["end_date"] + pd.Timedelta(days=1)
        until = until.where(until < after, after)
        months = ((until - since).dt.days / _DAYS_PER_MONTH).round(1).clip(0, MONTHS_PER_YEAR)
    part = fte.astype("float64") / held
    return pd.DataFrame({"fte_share": part, "months_count": months, "held_count": held})


def share_quotas(
    review: pd.DataFrame,
    placed: pd.DataFrame,
    sized: pd.DataFrame,
    handed: int,
    options: Options,
) -> tuple[pd.DataFrame, int]:
    """Share what a region hands down over its territories, by each base.

    Parameters
    ----------
    review, placed
        As for `review_quotas`.
    sized
        From `size_territories`.
    handed
        Amount to share, whole units of currency.
    options
        Options of the region.

    Returns
    -------
    tuple of pandas.DataFrame and int
        ``quotas``, and the number of territories whose missing year before potential stands in for.
    """
    ids = review["territory_id"].tolist()
    sums = placed.groupby("territory_id")[["revenue_amount_per_year", "potential_amount_per_year"]]
    base = sums.sum(min_count=1).reindex(ids)
    size = review["size_share"].where(review["size_share"] > 0).fillna(1.0)
    full = (size / sized["held_count"]).to_numpy(np.float64)
    months, fte = (sized[name].to_numpy(np.float64) for name in ("months_count", "fte_share"))
    sizes = prorated_sizes(fte, months)
    sizes = sizes if sizes.any() else np.ones(len(ids))
    prior = base["revenue_amount_per_year"].clip(lower=0).to_numpy(np.float64)
    potential = base["potential_amount_per_year"].clip(lower=0).fillna(0.0).to_numpy(np.float64)
    quotas = {
        name: top_down_quotas(
            ids,
            handed,
            by=base_of(name, options.quotas),
            prior_year=prior / full,
            potential=potential / full,
            sizes=sizes,
        )
        for name in BASES
    }
    chosen = quotas[options.quotas.basis].amounts
    if options.quotas.method == "bottom_up":
        chosen = _add_up(ids, placed, handed, options)
    reached = potential / full * sizes
    fair, readings = quota_band(reached, chosen, band=options.quotas.band_ratios)
    of_bases = {f"{name}_quota_amount_per_year": quotas[name].amounts for name in BASES}
    rows = review[["territory_id", "territory_name", "rep_id", "rep_name"]].assign(
        given_quota_amount_per_year=review["quota_amount_per_year"],
        months_count=months,
        **{name: amounts.astype(np.float64) for name, amounts in of_bases.items()},
        proposed_quota_amount_per_year=chosen.astype(np.float64),
        potential_quota_ratio=reached / np.where(chosen > 0, chosen, np.nan),
        fair_quota_ratio=fair,
        quota_reading=[_BAND_WORDS[str(word)] for word in readings],
    )
    return rows, int(quotas[options.quotas.basis].fell_back.sum())


def _add_up(ids: list[str], placed: pd.DataFrame, handed: int, options: Options) -> Ints:
    """Add up what the accounts let expect, to the unit of what the region carries."""
    places = {name: place for place, name in enumerate(ids)}
    of_account: Ints = placed["territory_id"].map(places).to_numpy(np.int64).astype(np.int64)
    expected = expect_sales(placed, options.quotas).to_numpy(np.float64)
    sums, _, _ = bottom_up_quotas(ids, of_account, expected)
    return share_goal(ids, sums.astype(np.float64), handed)


def _hand_down(goal: int, options: Options) -> int:
    """Add what the region adds for safety, where the goal runs down level by level."""
    if options.quotas.method != "waterfall":
        return goal
    extra = options.quotas.over_assignment_shares[1:]
    parts = waterfall_quotas(
        ["region", "territories"], [None, "region"], np.ones(2), goal, over_assignment=extra
    )
    return int(parts.amounts[1])


def _words(
    goal: int, handed: int, rows: pd.DataFrame, fell_back: int, options: Options
) -> list[str]:
    quotas, money = options.quotas, options.currency
    by = _BASE_WORDS.get(
        quotas.basis,
        f"{percent(quotas.prior_year_share)} by last year's revenue, the rest by potential",
    )
    if quotas.method == "bottom_up":
        by = "what the accounts of each territory let expect"
    safety = f", {money} {handed - goal:,} more than that for safety" if handed != goal else ""
    total = int(rows["proposed_quota_amount_per_year"].sum())
    low, high = quotas.band_ratios
    sums = (
        f"Quotas add up to {money} {total:,}; the region carries {money} {goal:,}{safety}. They "
        f"are shared by {by}. A quota is fair with {low:g} to {high:g} times the potential per "
        "quota of the typical territory."
    )
    return [
        sums,
        _part_year_words(rows, options),
        f"Potential stands in for a missing year before in {counted(fell_back, 'territory')}."
        if fell_back
        else "",
    ]


def _part_year_words(rows: pd.DataFrame, options: Options) -> str:
    """Say what it means for quotas that reps are there for part of the year."""
    count = int((rows["months_count"] < MONTHS_PER_YEAR).sum())
    if not count:
        return ""
    if options.quotas.method == "bottom_up":
        where = counted(count, "territory")
        return f"Quotas are of the whole year also where the rep is there for part of it: {where}."
    if count == len(rows):
        return "No rep is there all year: the territories carry the whole goal all the same."
    return f"Quotas of {counted(count, 'territory')} are for part of the year."


def _unused_goal(options: Options) -> list[str]:
    """Say that a goal was set which nothing is shared from."""
    quotas = options.quotas
    if quotas.method != "bottom_up" or quotas.goal_amount is None:
        return []
    goal = f"{options.currency} {quotas.goal_amount:,}"
    sentence = (
        f"The goal of {goal} that is set is not used: bottom-up quotas are what the accounts let "
        "expect. Set the method top_down or waterfall to share the goal."
    )
    return [sentence]

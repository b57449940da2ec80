"""Step 2: what each account is worth to us.

The score (0 to 100) weighs criteria between stored bounds; the class (A, B, C) comes from the
value of the account alone, and says how often it is called on. Both come with their reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from territory_kit.columns.result_columns import CLASSES
from territory_kit.methods.scoring import Scores, weighted_scores
from territory_kit.methods.workload import account_hours
from territory_kit.options import AccountsOptions, Options
from territory_kit.steps._accounts.calls import plan_calls
from territory_kit.steps._accounts.classing import (
    LEAST_DATA_SHARE,
    Wording,
    class_accounts,
    cuts_table,
    find_cuts,
    label_of,
    write_reasons,
)
from territory_kit.steps._accounts.criteria import (
    OF_CUSTOMERS,
    blank_guesses,
    find_bounds,
    read_values,
    share_of_data,
)
from territory_kit.steps._accounts.grid import grid_assumptions, place_accounts
from territory_kit.steps._accounts.profit import earn_profit, profit_assumptions
from territory_kit.steps._accounts.propensity import (
    propensity_assumptions,
    propensity_findings,
    rate_prospects,
)
from territory_kit.steps._accounts.reasons import split_scores
from territory_kit.steps._accounts.recency import (
    recency_assumptions,
    recency_findings,
    score_recency,
)
from territory_kit.steps._accounts.referral import (
    referral_assumptions,
    referral_findings,
    value_referrals,
)
from territory_kit.steps._accounts.weighing import Weighing, weigh_criteria
from territory_kit.steps.result import StepResult
from territory_kit.wording import listed

SCORE = "score"
_SUMS_OF_CLASS = (
    "accounts_count",
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "visits_per_year",
    "call_hours_per_year",
)


def evaluate_accounts(
    tables: Mapping[str, pd.DataFrame], *, region: str, options: Options
) -> StepResult:
    """Score and class the accounts in scope, and say what each one earns and where calls should go.

    Parameters
    ----------
    tables
        As for `class_market`; optional ``visits`` and ``deals``, which tell who has gone
        quiet and what became of earlier deals.
    region
        Name of the region, empty for the whole plan.
    options
        Options of the region.

    Returns
    -------
    StepResult
        Tables of `class_market`, ``account_profit``, ``account_grid``, ``account_recency``,
        ``account_referral``, ``prospect_propensity`` and ``propensity_reliability``.

    Raises
    ------
    ParameterError
        As `class_market`.
    """
    classed = class_market(tables, region=region, options=options)
    accounts, quality = _in_scope(tables), classed.tables["account_quality"]
    known = accounts[["account_id", *accounts.columns.difference(quality.columns)]]
    called = quality.merge(known, on="account_id")
    profit = earn_profit(called, tables["accounts"], options=options)
    placed, grid = place_accounts(accounts)
    recency = score_recency(accounts, tables.get("visits"), tables.get("deals"), options=options)
    answers, brought = value_referrals(accounts, tables["accounts"], options=options)
    found = rate_prospects(accounts, tables["accounts"], tables.get("deals"), options=options)
    return replace(
        classed,
        tables={
            **classed.tables,
            "account_profit": profit,
            "account_grid": placed,
            "account_recency": recency,
            "account_referral": answers,
            "prospect_propensity": found.chances,
            "propensity_reliability": found.reliability,
        },
        assumptions=(
            *classed.assumptions,
            *profit_assumptions(profit, options=options),
            *grid_assumptions(placed, grid, currency=options.currency),
            *recency_assumptions(recency),
            *referral_assumptions(answers, brought, currency=options.currency),
            *propensity_assumptions(found),
        ),
        findings=(
            *classed.findings,
            *recency_findings(recency, currency=options.currency),
            *referral_findings(answers),
            *propensity_findings(found),
        ),
    )


def class_market(
    tables: Mapping[str, pd.DataFrame], *, region: str, options: Options
) -> StepResult:
    """Score and class the accounts in scope, and plan how they are called on.

    Parameters
    ----------
    tables
        ``accounts`` and ``market_accounts`` of the region; optional ``score_bounds`` and
        ``class_cuts`` of the whole plan (else made from these accounts).
    region
        Name of the region, empty for the whole plan.
    options
        Options of the region.

    Returns
    -------
    StepResult
        Tables ``account_quality`` (every account in scope once), ``class_summary``,
        ``score_reasons``, and the ``score_bounds`` and ``class_cuts`` used.

    Raises
    ------
    ParameterError
        When a criterion is no column, no criterion has a weight, or bounds do not rise.

    Notes
    -----
    Classes hold the accounts whose value, counted from the largest on, makes up the first 80 % (A)
    and 95 % (B); accounts of equal value share the class of the first of them.
    """
    accounts = _in_scope(tables)
    weighing = weigh_criteria(options.accounts)
    weights = weighing.weights
    criteria = blank_guesses(read_values(accounts, tables["accounts"], names=[*weights]), accounts)
    bounds = find_bounds(criteria, stored=tables.get("score_bounds"), given=options.accounts.bounds)
    scores = _score(criteria, accounts["account_type"], weights=weights, bounds=bounds)
    valued = _valued(accounts, scores, tables["accounts"], options.accounts)
    cuts = find_cuts(valued, stored=tables.get("class_cuts"), options=options.accounts)
    wording = _wording(options, is_whole=not region or "class_cuts" in tables)
    quality = (
        valued.pipe(class_accounts, cuts=cuts)
        .pipe(write_reasons, scores, criteria=[*weights], wording=wording)
        .pipe(plan_calls, visits=options.visits)
    )
    summary = _sum_classes(quality)
    return StepResult(
        step="accounts",
        region=region,
        tables={
            "account_quality": quality,
            "class_summary": summary,
            "score_reasons": split_scores(
                accounts["account_id"], criteria, weights=weights, bounds=bounds
            ),
            "score_bounds": bounds,
            "class_cuts": cuts_table(cuts),
        },
        figures=_figures(quality, summary),
        assumptions=tuple(_assumptions(weighing, wording=wording, options=options)),
        findings=(*weighing.findings(), *_findings(quality, wording=wording)),
    )


def _in_scope(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the accounts in scope with the visits that are given for them."""
    market = tables["market_accounts"]
    visits = tables["accounts"][["account_id", "visits_per_year", "visit_hours"]]
    return (
        market[market["is_in_scope"]]
        .merge(visits, how="left", on="account_id")
        .sort_values("account_id", ignore_index=True)
    )


def _wording(options: Options, *, is_whole: bool) -> Wording:
    return Wording(
        class_value=options.accounts.class_value,
        shares=options.accounts.class_shares,
        whole="plan" if is_whole else "region",
        currency=options.currency,
    )


def _score(
    criteria: pd.DataFrame,
    account_type: "pd.Series[str]",
    *,
    weights: Mapping[str, float],
    bounds: pd.DataFrame,
) -> Scores:
    scores = weighted_scores(
        criteria.to_numpy(),
        np.array(list(weights.values()), dtype=float),
        bounds[["low_value", "high_value"]].to_numpy(dtype=float),
    )
    return replace(scores, data_share=share_of_data(criteria, account_type, weights=weights))


def _valued(
    accounts: pd.DataFrame, scores: Scores, given: pd.DataFrame, options: AccountsOptions
) -> pd.DataFrame:
    return accounts.assign(
        score=scores.score,
        data_share=scores.data_share,
        class_value=_class_values(accounts, scores, given, options),
    )


def _class_values(
    accounts: pd.DataFrame, scores: Scores, given: pd.DataFrame, options: AccountsOptions
) -> "pd.Series[float]":
    """Return what makes the classes; an unknown value counts as 0."""
    if options.class_value == SCORE:
        return pd.Series(scores.score, index=accounts.index).fillna(0.0)
    values = read_values(accounts, given, names=[options.class_value])
    return values[options.class_value].fillna(0.0)


def _sum_classes(quality: pd.DataFrame) -> pd.DataFrame:
    hours = account_hours(quality["visits_per_year"].to_numpy(), quality["visit_hours"].to_numpy())
    total = quality["potential_amount_per_year"].sum()
    return (
        quality.assign(call_hours_per_year=hours, accounts_count=1)
        .groupby("account_class")[list(_SUMS_OF_CLASS)]
        .sum()
        .reindex(pd.Index(CLASSES, name="account_class"), fill_value=0)
        .reset_index()
        .assign(
            potential_share=lambda sums: (
                sums["potential_amount_per_year"] / total if total else np.nan
            )
        )
    )


def _figures(quality: pd.DataFrame, summary: pd.DataFrame) -> dict[str, float | str]:
    return {
        "accounts_count": len(quality),
        "class_a_count": int((quality["account_class"] == "A").sum()),
        "held_back_count": int((quality["account_class"] != quality["value_class"]).sum()),
        "visits_per_year": float(summary["visits_per_year"].sum()),
        "call_hours_per_year": float(summary["call_hours_per_year"].sum()),
    }


def _assumptions(weighing: Weighing, *, wording: Wording, options: Options) -> Iterator[str]:
    weights, visits = weighing.weights, options.visits
    total = sum(weights.values())
    parts = [f"{label_of(name)} {100 * weight / total:.0f} %" for name, weight in weights.items()]
    yield f"The score weighs {', '.join(parts)}; what is unknown of an account is left out."
    yield from weighing.assumptions()
    yield (
        f"Classes come from {label_of(wording.class_value)}: A makes up the first "
        f"{100 * wording.shares[0]:.0f} % of the {wording.whole}'s sum, B the rest up to "
        f"{100 * wording.shares[1]:.0f} %; accounts of equal value share a class, and with data "
        f"for less than {100 * LEAST_DATA_SHARE:.0f} % of the score nobody is above B."
    )
    if left_out := [label_of(name) for name in weights if name in OF_CUSTOMERS]:
        yield (
            f"Of an account that is no customer, {listed(left_out)} cannot be known: they do not "
            "count as missing data of its score."
            if len(left_out) > 1
            else f"Of an account that is no customer, {left_out[0]} cannot be known: it does not "
            "count as missing data of its score."
        )
    yield (
        "Where an account says nothing of visits, its class does; who is no customer gets "
        f"{100 * visits.prospect_share:.0f} % of a customer's visits, house and partner accounts "
        "none."
    )


def _findings(quality: pd.DataFrame, *, wording: Wording) -> Iterator[str]:
    label, values = label_of(wording.class_value), quality["class_value"]
    if quality.empty:
        yield "No account is in scope, so there is none to score."
        return
    if quality["score"].isna().all():
        yield "Nothing is known that accounts could be scored by, and none is above class B."
    if not (values > 0).any():
        yield f"No account has any {label}: every account is class C."
    elif len(quality) > 1 and values.min() == values.max():
        yield (
            f"All accounts have the same {label}, so that classes do not tell them apart and all "
            "are called on alike."
        )
    else:
        yield from _findings_of_gaps(quality, label=label)


def _findings_of_gaps(quality: pd.DataFrame, *, label: str) -> Iterator[str]:
    unknown = quality["score"].isna()
    if unknown.any() and not unknown.all():
        yield f"Accounts without any data for the score: {unknown.sum():,} of {len(quality):,}."
    is_held_back = quality["account_class"] != quality["value_class"]
    if is_held_back.any():
        yield (
            f"Accounts in class B for want of data, although their {label} is that of class A: "
            f"{is_held_back.sum():,}."
        )

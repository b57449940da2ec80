"""What reps sell today against what their territories let one expect.

The expectation comes from the other reps of the region, and only from what a rep cannot change:
potential, number of accounts, workload. Below ten reps it is the potential alone.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.methods.adjusted_performance import (
    FEWEST_TERRITORIES_COUNT,
    NOT_FOR_PAY_ALONE,
    adjust_performance,
)
from territory_kit.options import RepsOptions
from territory_kit.steps.money import has_money
from territory_kit.steps.ownership import Ownership
from territory_kit.wording import percent

_SUMS = ["potential_amount_per_year", "revenue_amount_per_year", "workload_hours_per_year"]


def measure_performance(
    people: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    ownership: Ownership,
    *,
    settings: RepsOptions,
) -> pd.DataFrame:
    """Compare the revenue of each rep with the expectation from the others.

    Parameters
    ----------
    people
        Reps without vacancies: ``rep_id``, ``rep_name``.
    tables
        ``market_accounts`` and ``assignment`` of the region.
    ownership
        Today's owners.
    settings
        Options of step 4: chance of the interval.

    Returns
    -------
    pandas.DataFrame
        ``rep_performance``, a row for each rep with accounts in scope; no row where potential is
        not known in money. The expectation is missing where there is no other rep.
    """
    rows = people[["rep_id", "rep_name"]].merge(_today(tables, ownership), on="rep_id")
    if not has_money(tables):
        rows = rows.iloc[:0]
    rows = rows.sort_values("rep_id", ignore_index=True)
    found = adjust_performance(
        rows["revenue_amount_per_year"].to_numpy(dtype=float),
        rows["potential_amount_per_year"].to_numpy(dtype=float),
        rows[["accounts_count", "workload_hours_per_year"]].to_numpy(dtype=float),
        interval_share=settings.interval_share,
    )
    return rows.assign(
        expected_amount_per_year=found.expected,
        low_expected_amount_per_year=found.low,
        high_expected_amount_per_year=found.high,
        performance_share=found.index / 100,
        studentised_residual=found.studentised,
        is_outside=_is_outside(rows["revenue_amount_per_year"], found.low, found.high),
    )


def say_performance(rows: pd.DataFrame, settings: RepsOptions) -> tuple[str, ...]:
    """Say how the expectation was made, and what it must not be used for.

    Parameters
    ----------
    rows
        ``rep_performance``.
    settings
        Options of step 4.

    Returns
    -------
    tuple of str
        Sentences; none where nothing was compared.
    """
    if rows.empty:
        return ()
    basis = "their potential and the share of it that the other reps of the region sell"
    if len(rows) >= FEWEST_TERRITORIES_COUNT:
        basis = "potential, number of accounts and workload, as the other reps' figures tell"
    sure = percent(settings.interval_share)
    sentence = (
        f"What reps are expected to sell comes from {basis}; an ordinary rep's revenue lies in the "
        f"interval with a chance of {sure}. {NOT_FOR_PAY_ALONE}"
    )
    return (sentence,)


def _today(tables: Mapping[str, pd.DataFrame], ownership: Ownership) -> pd.DataFrame:
    """Sum up what each rep has today of the accounts in scope."""
    market = tables["market_accounts"].loc[lambda rows: rows["is_in_scope"].fillna(value=False)]
    hours = tables["assignment"][["account_id", "workload_hours_per_year"]]
    accounts = (
        market[["account_id", *_SUMS[:2]]]
        .merge(hours, how="left", on="account_id")
        .merge(ownership.accounts, on="account_id")
        .sort_values("account_id")
    )
    held = accounts.groupby("today_rep_id")
    sums = held[_SUMS].sum().clip(lower=0.0).assign(accounts_count=held.size().astype("float64"))
    return sums.rename_axis("rep_id").reset_index()


def _is_outside(revenue: pd.Series, low: np.ndarray, high: np.ndarray) -> pd.Series:
    outside = ((revenue < low) | (revenue > high)).astype("boolean")
    return outside.mask(np.isnan(low))

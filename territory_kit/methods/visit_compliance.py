"""Ideal against actual visits account by account, and totals that do not hide wrong visits.

A visit is met when it was wanted and took place, under when it was wanted only, over when it took
place only. Ideal visits are those met and under, actual ones those met and over.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.visits import coverage_share, misplaced_share

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class AccountVisits:
    """Ideal against actual visits of each account.

    Parameters
    ----------
    compliance_shares
        Share of the ideal visits that took place, at most 1, shape (n_accounts,); nan where no
        visit is wanted.
    over_counts, under_counts
        Visits beyond the ideal, and visits that lack, shape (n_accounts,).
    """

    compliance_shares: Floats
    over_counts: Floats
    under_counts: Floats


@dataclass(frozen=True)
class VisitTotals:
    """Visits of a group of accounts, split by whether they were wanted.

    Parameters
    ----------
    ideal_count, actual_count
        Visits wanted and made.
    met_count, over_count, under_count
        Visits wanted and made, made only, wanted only.
    coverage_share
        Met over ideal, 0 to 1; nan when no visit is wanted.
    misplaced_share
        Half of over and under together, over ideal; nan when no visit is wanted.
    raw_share
        Actual over ideal, which stays at 1 when the wrong accounts are visited; nan when no visit
        is wanted.
    """

    ideal_count: float
    actual_count: float
    met_count: float
    over_count: float
    under_count: float
    coverage_share: float
    misplaced_share: float
    raw_share: float


def account_visits(ideal: Floats, actual: Floats) -> AccountVisits:
    """Compute compliance, over-calls and under-calls of each account.

    Parameters
    ----------
    ideal, actual
        Visits per year to each account, shape (n_accounts,), 0 or more.

    Returns
    -------
    AccountVisits
        Three numbers for each account.

    Raises
    ------
    ParameterError
        When the columns differ in length, or visits are negative or unknown.

    Examples
    --------
    >>> account_visits(np.array([12.0, 4.0]), np.array([6.0, 5.0])).compliance_shares.tolist()
    [0.5, 1.0]
    """
    _require_visits(ideal, actual)
    is_wanted = ideal > 0
    met = np.minimum(ideal, actual)
    return AccountVisits(
        compliance_shares=np.divide(met, ideal, out=np.full(len(ideal), np.nan), where=is_wanted),
        over_counts=actual - met,
        under_counts=ideal - met,
    )


def visit_totals(ideal: Floats, actual: Floats) -> VisitTotals:
    """Sum visits so that over-calls at some accounts do not pay for under-calls at others.

    Parameters
    ----------
    ideal, actual
        Visits per year to each account, shape (n_accounts,), 0 or more.

    Returns
    -------
    VisitTotals
        Counts that add up, and three shares.

    Raises
    ------
    ParameterError
        When the columns differ in length, or visits are negative or unknown.
    """
    each = account_visits(ideal, actual)
    wanted, made = float(ideal.sum()), float(actual.sum())
    return VisitTotals(
        ideal_count=wanted,
        actual_count=made,
        met_count=float(np.minimum(ideal, actual).sum()),
        over_count=float(each.over_counts.sum()),
        under_count=float(each.under_counts.sum()),
        coverage_share=coverage_share(ideal, actual),
        misplaced_share=misplaced_share(ideal, actual),
        raw_share=made / wanted if wanted > 0 else float("nan"),
    )


def visit_totals_by(ideal: Floats, actual: Floats, groups: Texts) -> dict[str, VisitTotals]:
    """Sum visits by group, such as territories or classes of accounts.

    Parameters
    ----------
    ideal, actual
        Visits per year to each account, shape (n_accounts,), 0 or more.
    groups
        Group of each account, shape (n_accounts,).

    Returns
    -------
    dict of VisitTotals
        Totals by group, in the order of their names.

    Raises
    ------
    ParameterError
        When the columns differ in length, or visits are negative or unknown.
    """
    _require_visits(ideal, actual)
    if len(groups) != len(ideal):
        raise ParameterError(
            "Each account needs a group",
            value=f"{len(groups)} groups for {len(ideal)} accounts",
            where="visit compliance: groups",
            remedy="Give one group for each account.",
        )
    names = groups.astype(str)
    return {
        str(name): visit_totals(ideal[names == name], actual[names == name])
        for name in np.unique(names)
    }


def _require_visits(ideal: Floats, actual: Floats) -> None:
    if len(ideal) != len(actual):
        raise ParameterError(
            "Each account needs ideal and actual visits",
            value=f"{len(ideal)} and {len(actual)}",
            where="visit compliance: number of accounts",
            remedy="Give both for every account, 0 where there were none.",
        )
    for name, visits in (("ideal", ideal), ("actual", actual)):
        is_wrong = ~((visits >= 0) & np.isfinite(visits))
        if is_wrong.any():
            raise ParameterError(
                f"The {name} visits must be known and 0 or more",
                value=f"{visits[is_wrong][0]:g}",
                where=f"visit compliance: {int(is_wrong.sum())} of {len(visits)} accounts",
                remedy="Give 0 where no visit is wanted or took place.",
            )

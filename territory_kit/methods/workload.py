"""Workload build-up: how many hours accounts need and how many reps that takes."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def account_hours(visits_per_year: Floats, visit_hours: Floats) -> Floats:
    """Compute hours per year for visits with a given length, or for the travel to them.

    Parameters
    ----------
    visits_per_year
        Visits or calls, shape (n_accounts,), 0 or more.
    visit_hours
        Hours of one visit, or of the way to one visit, shape (n_accounts,), 0 or more.

    Returns
    -------
    numpy.ndarray
        Hours per year, shape (n_accounts,).

    References
    ----------
    Talley, W. J. (1961), "How to Design Sales Territories", Journal of Marketing 25(3).
    """
    return visits_per_year * visit_hours


def capacity_hours(
    *, per_day: float, days_per_year: float, field_share: float, prospecting_share: float
) -> float:
    """Compute the hours per year that a full-time rep has for known accounts.

    Parameters
    ----------
    per_day
        Hours of a working day, above 0.
    days_per_year
        Working days after leave and holidays, above 0.
    field_share
        Share for calls and travel, 0 to 1.
    prospecting_share
        Share of that kept for prospecting, 0 to 1.

    Returns
    -------
    float
        Hours per year.
    """
    return per_day * days_per_year * field_share * (1 - prospecting_share)


def reps_needed(workload_hours: float, capacity_hours_per_rep: float) -> tuple[float, int]:
    """Compute how many full-time reps a workload takes.

    Parameters
    ----------
    workload_hours
        Hours per year, 0 or more.
    capacity_hours_per_rep
        Hours per year of one rep, above 0.

    Returns
    -------
    tuple of float and int
        The exact number and the next whole one.

    Examples
    --------
    >>> reps_needed(9100, 960)
    (9.479166666666666, 10)
    """
    exact = workload_hours / capacity_hours_per_rep
    # 10.000000001 by rounding errors is ten reps, not eleven
    return exact, math.ceil(round(exact, 9))


def served_flags(hours: Floats, values: Floats, capacity_hours: float) -> NDArray[np.bool_]:
    """Choose the accounts that are served in full while hours last, the most worth first.

    Parameters
    ----------
    hours
        Hours per year that each account needs, shape (n_accounts,), 0 or more.
    values
        What each account is worth, shape (n_accounts,), 0 or more.
    capacity_hours
        Hours per year that there are, 0 or more.

    Returns
    -------
    numpy.ndarray
        True for accounts that are served, shape (n_accounts,). Accounts are taken by value for one
        hour, of equals the shorter and then the earlier one, up to the first that does not fit;
        who needs no hours is always served.

    Examples
    --------
    >>> served_flags(np.array([4.0, 4.0, 2.0]), np.array([8.0, 4.0, 6.0]), 7.0).tolist()
    [True, False, True]
    """
    per_hour = np.divide(values, hours, out=np.full(len(hours), np.inf), where=hours > 0)
    order = np.lexsort((hours, -per_hour))
    used = np.cumsum(hours[order])
    flags = np.zeros(len(hours), dtype=bool)
    # what fills the last hour fits, whatever the rounding
    flags[order] = used <= capacity_hours * (1 + 1e-9)
    return np.asarray(flags | (hours == 0))

"""How often accounts of each class are visited, how many calls a year holds, and who bears them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]

WEEKS_PER_YEAR = 52
WEEKDAYS_PER_YEAR = 5 * WEEKS_PER_YEAR


@dataclass(frozen=True, eq=False)
class VisitFrequencies:
    """Visits to one account of each class.

    Parameters
    ----------
    exact_per_year
        Visits by the square-root rule, shape (n_classes,).
    weeks_between
        Whole weeks from one visit to the next, shape (n_classes,); nan for a class without
        potential.
    visits_per_year
        52 / weeks between visits, shape (n_classes,); 0 for a class without potential.
    planned_visits_per_year
        Visits to all accounts, after rounding; compare it with the visits that there are.
    """

    exact_per_year: Floats
    weeks_between: Floats
    visits_per_year: Floats
    planned_visits_per_year: float


@dataclass(frozen=True)
class SalesForce:
    """What a sales force costs and how many calls it makes.

    Parameters
    ----------
    selling_cost_amount_per_year
        Commissions, salaries, benefits and expenses, money per year, 0 or more.
    reps_count, weeks_per_year
        Reps and working weeks, above 0.
    calls_per_week, accounts_per_rep_count
        Calls of one rep in a week, and accounts that one rep looks after, above 0.

    Raises
    ------
    ParameterError
        If a number is out of range.
    """

    selling_cost_amount_per_year: float
    reps_count: float
    weeks_per_year: float
    calls_per_week: float
    accounts_per_rep_count: float

    def __post_init__(self) -> None:
        """Refuse a sales force that makes no calls."""
        _check(selling_cost_amount_per_year=self.selling_cost_amount_per_year)
        _check_above_zero(
            reps_count=self.reps_count,
            weeks_per_year=self.weeks_per_year,
            calls_per_week=self.calls_per_week,
            accounts_per_rep_count=self.accounts_per_rep_count,
        )


@dataclass(frozen=True)
class AccountCoverage:
    """Whether visits to the best accounts pay for the sales force.

    Parameters
    ----------
    calls_per_year
        Calls of all reps.
    cost_per_call_amount
        Selling cost over calls.
    needed_margin_amount_per_year
        Gross margin at which an account's calls cost no more than its commission.
    needed_revenue_amount_per_year
        Revenue that brings that margin.
    reps_count
        Reps that the accounts fill.
    supported_cost_amount_per_year
        Selling cost that the accounts bear where each just brings the margin needed.
    saving_amount_per_year
        Part of the cost above that which can be recovered; negative where the accounts bear more
        than is spent.
    """

    calls_per_year: float
    cost_per_call_amount: float
    needed_margin_amount_per_year: float
    needed_revenue_amount_per_year: float
    reps_count: float
    supported_cost_amount_per_year: float
    saving_amount_per_year: float


def square_root_frequencies(
    potential: Floats,
    accounts_count: Floats,
    *,
    visits_per_year: float,
    longest_weeks_count: int = WEEKS_PER_YEAR,
) -> VisitFrequencies:
    """Share visits among classes by the square root of their potential, in visits per year.

    Parameters
    ----------
    potential
        Potential of a typical account of each class, money per year, shape (n_classes,), 0 or
        more.
    accounts_count
        Accounts of each class, shape (n_classes,), 0 or more.
    visits_per_year
        Visits that there are for all accounts, 0 or more.
    longest_weeks_count
        Longest time between two visits, whole weeks, 1 or more. A class with potential is never
        visited less often, so that the planned visits may exceed those that there are.

    Returns
    -------
    VisitFrequencies
        Visits per account, rounded to the nearest of 52, 26, 17.3, 13, … a year; the rarer one
        where two are as near. Never more than one a week.

    Raises
    ------
    ParameterError
        If the arrays differ in length, or a number is negative, unknown or below its least.

    Notes
    -----
    The rule makes potential over visits least, added up over all accounts: it is best where an
    account misses in proportion to its potential and to the weeks since the last visit. Rounding
    changes the total, so check the planned visits.

    Examples
    --------
    >>> found = square_root_frequencies(
    ...     np.array([160_000.0, 40_000, 10_000]), np.array([10.0, 20, 40]), visits_per_year=1200
    ... )
    >>> found.exact_per_year.tolist(), found.weeks_between.tolist()
    ([40.0, 20.0, 10.0], [1.0, 3.0, 5.0])
    """
    _check_lengths(potential=potential, accounts_count=accounts_count)
    _check(potential=potential, accounts_count=accounts_count, visits_per_year=visits_per_year)
    _check_above_zero(longest_weeks_count=longest_weeks_count)
    roots = np.sqrt(potential)
    needed = float(roots @ accounts_count)
    exact = visits_per_year * roots / needed if needed > 0 else np.zeros(len(potential))
    weeks = np.where(potential > 0, _nearest_weeks(exact, longest_weeks_count), np.nan)
    rounded = np.where(potential > 0, WEEKS_PER_YEAR / weeks, 0.0)
    return VisitFrequencies(
        exact_per_year=exact,
        weeks_between=weeks,
        visits_per_year=rounded,
        planned_visits_per_year=float(rounded @ accounts_count),
    )


def calls_per_cycle(
    accounts_count: Floats, weeks_between: Floats, *, cycle_weeks_count: float
) -> Floats:
    """Compute the calls of one cycle that each class of accounts needs.

    Parameters
    ----------
    accounts_count
        Accounts of each class, shape (n_classes,), 0 or more.
    weeks_between
        Weeks from one call to the next, shape (n_classes,), above 0.
    cycle_weeks_count
        Weeks of a cycle, after which the route begins anew, above 0.

    Returns
    -------
    numpy.ndarray
        Calls per cycle, shape (n_classes,); not rounded, since part of a class waits for the next
        cycle.

    Raises
    ------
    ParameterError
        If the arrays differ in length, or a number is out of range.
    """
    _check_lengths(accounts_count=accounts_count, weeks_between=weeks_between)
    _check(accounts_count=accounts_count)
    _check_above_zero(weeks_between=weeks_between, cycle_weeks_count=cycle_weeks_count)
    return np.asarray(accounts_count * cycle_weeks_count / weeks_between)


def field_days_per_year(
    *,
    holidays_count: float,
    leave_days_count: float,
    meeting_days_count: float,
    sick_days_count: float,
    weekdays_count: float = WEEKDAYS_PER_YEAR,
) -> float:
    """Compute the days per year that a full-time rep can spend with accounts.

    Parameters
    ----------
    holidays_count, leave_days_count, meeting_days_count, sick_days_count
        Weekdays that are public holidays, and days of leave, of meetings and training, and of
        illness to be expected, 0 or more.
    weekdays_count
        Weekdays of the year: 260 as 52 weeks of five days; a calendar year has up to 262.

    Returns
    -------
    float
        Days per year.

    Raises
    ------
    ParameterError
        If a number of days is negative or unknown, or no day is left.
    """
    away = {
        "holidays_count": holidays_count,
        "leave_days_count": leave_days_count,
        "meeting_days_count": meeting_days_count,
        "sick_days_count": sick_days_count,
    }
    _check(weekdays_count=weekdays_count, **away)
    left = float(weekdays_count - sum(away.values()))
    if left <= 0:
        raise ParameterError(
            "No day is left for the field",
            value=f"{weekdays_count:g} weekdays, {sum(away.values()):g} days away",
            where=", ".join(away),
            remedy="Check the days away; each is counted once.",
        )
    return left


def calls_per_day(
    *, day_hours: float, admin_hours: float, call_hours: float, travel_hours_per_call: float
) -> float:
    """Compute how many calls fit in a field day.

    Parameters
    ----------
    day_hours, admin_hours
        Hours of a working day, above 0, and of office work in it, 0 or more.
    call_hours, travel_hours_per_call
        Hours of one call, above 0, and of the travel to it, 0 or more.

    Returns
    -------
    float
        Calls per day, not rounded; 0 where office work fills the day.

    Raises
    ------
    ParameterError
        If a number of hours is out of range.
    """
    _check_above_zero(day_hours=day_hours, call_hours=call_hours)
    _check(admin_hours=admin_hours, travel_hours_per_call=travel_hours_per_call)
    return max(day_hours - admin_hours, 0.0) / (call_hours + travel_hours_per_call)


def calls_per_year(field_days_count: float, calls_per_day: float) -> float:
    """Compute the calls per year of one rep.

    Parameters
    ----------
    field_days_count, calls_per_day
        Days per year with accounts, and calls on each, 0 or more.

    Returns
    -------
    float
        Calls per year.

    Raises
    ------
    ParameterError
        If a number is negative or unknown.
    """
    _check(field_days_count=field_days_count, calls_per_day=calls_per_day)
    return float(field_days_count * calls_per_day)


def account_coverage(
    force: SalesForce,
    *,
    calls_per_account_count: float,
    commission_share: float,
    margin_share: float,
    accounts_count: float,
    recoverable_share: float,
) -> AccountCoverage:
    """Test whether the best accounts bear the cost of calling on them, in money per year.

    Parameters
    ----------
    force
        The sales force as it is.
    calls_per_account_count
        Calls per year on one of the best accounts, 0 or more.
    commission_share, margin_share
        Share of gross margin that may go into selling, and gross margin as a share of revenue,
        above 0, at most 1.
    accounts_count
        Number of the best accounts, 0 or more.
    recoverable_share
        Share of the cost above what the accounts bear that can be saved, 0 to 1.

    Returns
    -------
    AccountCoverage
        Cost of a call, what an account must bring, and what might be saved.

    Raises
    ------
    ParameterError
        If a number is out of range.

    Notes
    -----
    The supported cost is the whole margin that the accounts need to bring, as the published form
    has it, not the commission on that margin. It is a test for a discussion, not a budget.

    References
    ----------
    Merrifield, "Sales Force Coverage", merrifield.com/articles/4_11_1.asp.
    """
    _check(calls_per_account_count=calls_per_account_count, accounts_count=accounts_count)
    _check_above_zero(most=1, commission_share=commission_share, margin_share=margin_share)
    _check(most=1, recoverable_share=recoverable_share)
    calls = force.reps_count * force.weeks_per_year * force.calls_per_week
    cost_per_call = force.selling_cost_amount_per_year / calls
    needed_margin = cost_per_call * calls_per_account_count / commission_share
    supported = accounts_count * needed_margin
    return AccountCoverage(
        calls_per_year=calls,
        cost_per_call_amount=cost_per_call,
        needed_margin_amount_per_year=needed_margin,
        needed_revenue_amount_per_year=needed_margin / margin_share,
        reps_count=accounts_count / force.accounts_per_rep_count,
        supported_cost_amount_per_year=supported,
        saving_amount_per_year=recoverable_share * (force.selling_cost_amount_per_year - supported),
    )


def _nearest_weeks(exact: Floats, longest: int) -> Floats:
    """Return the whole weeks whose 52 / weeks is nearest, the longer of two as near."""
    weeks = np.arange(longest, 0, -1.0)
    apart = np.abs(WEEKS_PER_YEAR / weeks - exact[:, np.newaxis])
    # rounded, so that what is as near on paper is as near here
    return np.asarray(weeks[np.argmin(apart.round(9), axis=1)])


def _check_lengths(**arrays: Floats) -> None:
    lengths = [len(values) for values in arrays.values()]
    if len(set(lengths)) > 1:
        raise ParameterError(
            "The numbers are not of the same classes",
            value=" and ".join(str(length) for length in lengths),
            where=", ".join(arrays),
            remedy="Give one number of each kind for every class.",
        )


def _check(*, most: float = math.inf, **numbers: float | Floats) -> None:
    for name, given in numbers.items():
        values = np.atleast_1d(np.asarray(given, dtype=np.float64))
        wrong = values[~(np.isfinite(values) & (values >= 0) & (values <= most))]
        if len(wrong):
            raise ParameterError(
                "A number is out of range",
                value=f"{wrong[0]:g}",
                where=name,
                remedy=f"Give 0 or more{f', at most {most:g}' if math.isfinite(most) else ''}.",
            )


def _check_above_zero(*, most: float = math.inf, **numbers: float | Floats) -> None:
    _check(most=most, **numbers)
    for name, given in numbers.items():
        if not np.all(given):
            raise ParameterError(
                "A number is 0", value="0", where=name, remedy="Give a number above 0."
            )

"""What a call costs, what sales pay for it, what a territory leaves over, what a change costs once.

Every sum comes with its parts, which add up to it.
"""

import math
from dataclasses import dataclass, fields
from typing import Literal

from territory_kit.errors import ParameterError

# Somebody who learns in a straight line loses half of what the ramp lasts.
_MEAN_OF_A_STRAIGHT_RAMP = 0.5


@dataclass(frozen=True)
class CallCost:
    """Cost of one call, money.

    Parameters
    ----------
    compensation_amount, benefits_amount, travel_amount, overhead_amount
        Its parts.
    """

    compensation_amount: float
    benefits_amount: float
    travel_amount: float
    overhead_amount: float

    @property
    def total_amount(self) -> float:
        """Cost of one call, money."""
        pay = self.compensation_amount + self.benefits_amount
        return pay + self.travel_amount + self.overhead_amount


@dataclass(frozen=True)
class BreakEven:
    """Sales from which calls on an account pay.

    Parameters
    ----------
    method
        "selling expense" when calls may take a share of sales, "margin" when they may take all of
        the gross margin. The two differ by far: never compare one with the other.
    sales_amount
        Sales, money.
    """

    method: Literal["selling expense", "margin"]
    sales_amount: float


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What a territory leaves over once it has been served, money per year, with its parts.

    Parameters
    ----------
    margin_amount
        Gross margin on its sales; may be negative.
    people_amount
        Pay of its people, 0 or more. Staff of several territories enter with the share of their
        time, for example by `balance.targets_of`.
    travel_amount, nights_amount
        Driving, and nights away, 0 or more.
    remote_amount
        Phone, video and mail, 0 or more.
    workload_hours
        Hours worked for it per year, 0 or more.
    accounts_count
        Accounts served, 0 or more.

    Raises
    ------
    ParameterError
        When a number is unknown, or another than the margin is negative.
    """

    margin_amount: float
    people_amount: float
    travel_amount: float = 0.0
    nights_amount: float = 0.0
    remote_amount: float = 0.0
    workload_hours: float = 0.0
    accounts_count: int = 0

    def __post_init__(self) -> None:
        """Refuse costs that are none."""
        if not math.isfinite(self.margin_amount):
            raise _refusal("The margin must be known", self.margin_amount, "Give money per year.")
        for field in fields(self)[1:]:
            name = field.name.removesuffix("_amount").replace("_", " ")
            _require_not_negative(name, getattr(self, field.name))

    @property
    def cost_to_serve_amount(self) -> float:
        """Sum of the costs to serve, money per year."""
        return self.people_amount + self.travel_amount + self.nights_amount + self.remote_amount

    @property
    def contribution_amount(self) -> float:
        """Margin less cost to serve, money per year."""
        return self.margin_amount - self.cost_to_serve_amount

    @property
    def amount_per_hour(self) -> float:
        """Contribution of one hour, money; nan without hours."""
        return self._each(self.workload_hours)

    @property
    def amount_per_account(self) -> float:
        """Contribution of one account, money; nan without accounts."""
        return self._each(self.accounts_count)

    def _each(self, count: float) -> float:
        return self.contribution_amount / count if count else math.nan


@dataclass(frozen=True)
class ChangeCost:
    """What a change of people costs once, money, with its parts.

    Parameters
    ----------
    hiring_amount
        Search, contracts, training.
    ramp_amount
        Margin that new reps do not bring yet.
    vacancy_amount
        Margin that nobody brings while places are empty.
    """

    hiring_amount: float
    ramp_amount: float
    vacancy_amount: float

    @property
    def total_amount(self) -> float:
        """Cost of the change, money."""
        return self.hiring_amount + self.ramp_amount + self.vacancy_amount


def cost_per_call(
    calls_per_year: float,
    *,
    compensation_amount_per_year: float,
    benefits_amount_per_year: float = 0.0,
    travel_amount_per_year: float = 0.0,
    overhead_amount_per_year: float = 0.0,
) -> CallCost:
    """Compute the cost of one call, money.

    Parameters
    ----------
    calls_per_year
        Calls made, above 0.
    compensation_amount_per_year, benefits_amount_per_year
        Pay, and what comes on top of it, money per year, 0 or more.
    travel_amount_per_year, overhead_amount_per_year
        Travel, and the share of offices and managers, money per year, 0 or more.

    Returns
    -------
    CallCost
        Cost of one call by kind.

    Raises
    ------
    ParameterError
        When no calls were made or a cost is negative or unknown.

    References
    ----------
    Cron, W. L., DeCarlo, T. E. (2009), "Dalrymple's Sales Management", Wiley.

    Examples
    --------
    >>> cost_per_call(
    ...     500, compensation_amount_per_year=80_000, travel_amount_per_year=20_000
    ... ).total_amount
    200.0
    """
    _require_above_0("number of calls", calls_per_year)
    costs = {
        "compensation": compensation_amount_per_year,
        "benefits": benefits_amount_per_year,
        "travel": travel_amount_per_year,
        "overhead": overhead_amount_per_year,
    }
    for name, cost in costs.items():
        _require_not_negative(name, cost)
    return CallCost(**{f"{name}_amount": cost / calls_per_year for name, cost in costs.items()})


def break_even_by_expense(
    call_amount: float, calls_to_close: float, *, expense_share: float
) -> BreakEven:
    """Compute the sales that pay for calls when selling may take a share of sales.

    Parameters
    ----------
    call_amount
        Cost of one call, money, 0 or more.
    calls_to_close
        Calls that a sale takes, 0 or more.
    expense_share
        Selling cost that is allowed, as a share of sales, above 0 and at most 1.

    Returns
    -------
    BreakEven
        Sales, money, under the method "selling expense".

    Raises
    ------
    ParameterError
        When a number is out of its range.

    References
    ----------
    Cron, W. L., DeCarlo, T. E. (2009), "Dalrymple's Sales Management", Wiley.

    Examples
    --------
    >>> break_even_by_expense(200, 5, expense_share=0.1).sales_amount
    10000.0
    """
    sales = _sales_that_pay(call_amount, calls_to_close, "allowed selling cost", expense_share)
    return BreakEven("selling expense", sales)


def break_even_by_margin(call_amount: float, calls_count: float, *, cogs_share: float) -> BreakEven:
    """Compute the sales whose gross margin pays for calls.

    Parameters
    ----------
    call_amount
        Cost of one call, money, 0 or more.
    calls_count
        Calls on the account in the period, 0 or more.
    cogs_share
        Cost of goods sold as a share of sales, 0 or more and below 1.

    Returns
    -------
    BreakEven
        Sales, money, under the method "margin".

    Raises
    ------
    ParameterError
        When a number is out of its range.

    References
    ----------
    Chief Executive Online (ceoonline), break-even sales volume of a call.

    Examples
    --------
    >>> break_even_by_margin(200, 5, cogs_share=0.6).sales_amount
    2500.0
    """
    return BreakEven(
        "margin", _sales_that_pay(call_amount, calls_count, "gross margin", 1 - cogs_share)
    )


def change_cost(
    changes_count: int,
    *,
    margin_amount_per_month: float,
    hiring_amount_per_change: float,
    ramp_months: float,
    vacancy_months: float,
    start_share: float = 0.0,
) -> ChangeCost:
    """Compute what it costs once to fill places with new reps, money.

    Parameters
    ----------
    changes_count
        Places that get a new rep, 0 or more.
    margin_amount_per_month
        Margin that a trained rep brings in a month, money, 0 or more.
    hiring_amount_per_change
        Search, contract and training of one rep, money, 0 or more.
    ramp_months
        Months until a new rep brings the full margin, 0 or more.
    vacancy_months
        Months that a place is empty before, 0 or more.
    start_share
        Share of the full margin that a new rep brings on the first day, 0 to 1; from there it
        rises in a straight line.

    Returns
    -------
    ChangeCost
        Hiring, margin lost while ramping, margin lost while vacant.

    Raises
    ------
    ParameterError
        When a number is out of its range.

    Notes
    -----
    Pay that a vacancy saves is not taken off, and customers who leave with the old rep are priced
    by `disruption.move_prices`.

    Examples
    --------
    >>> change_cost(
    ...     2,
    ...     margin_amount_per_month=30_000,
    ...     hiring_amount_per_change=15_000,
    ...     ramp_months=6,
    ...     vacancy_months=1,
    ... ).total_amount
    270000.0
    """
    for name, value in (
        ("number of changes", changes_count),
        ("margin of a month", margin_amount_per_month),
        ("hiring cost", hiring_amount_per_change),
        ("ramp months", ramp_months),
        ("vacancy months", vacancy_months),
    ):
        _require_not_negative(name, value)
    if not 0 <= start_share <= 1:
        raise _refusal("The start share must be from 0 to 1", start_share, "Give 0.2 for 20 %.")
    lost_ramp_months = ramp_months * (1 - start_share) * _MEAN_OF_A_STRAIGHT_RAMP
    return ChangeCost(
        hiring_amount=changes_count * hiring_amount_per_change,
        ramp_amount=changes_count * margin_amount_per_month * lost_ramp_months,
        vacancy_amount=changes_count * margin_amount_per_month * vacancy_months,
    )


def _sales_that_pay(call_amount: float, calls: float, name: str, share: float) -> float:
    _require_not_negative("cost of a call", call_amount)
    _require_not_negative("number of calls", calls)
    if not 0 < share <= 1:
        raise _refusal(
            f"The {name} must be above 0 and at most 1 as a share of sales",
            share,
            "Where nothing is left of sales, no sales pay for a call.",
        )
    return call_amount * calls / share


def _require_above_0(name: str, value: float) -> None:
    if not 0 < value < math.inf:
        raise _refusal(f"The {name} must be above 0", value, "Give a number above 0.")


def _require_not_negative(name: str, value: float) -> None:
    if not 0 <= value < math.inf:
        raise _refusal(f"The {name} must be known and 0 or more", value, "Give a number from 0 on.")


def _refusal(what: str, value: float, remedy: str) -> ParameterError:
    return ParameterError(what, value=f"{value:g}", where="call costs", remedy=remedy)

"""How many reps: by breakdown, by increments, at the top of a square-root law, by break-even.

Workload build-up, the fifth way, stands in `workload`. Each result names the method it comes from,
because two methods seldom give the same number.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.workload import reps_needed

# Three-year returns between these say that the number of reps is right.
LOWEST_RIGHT_ROI_SHARE = 0.5
HIGHEST_RIGHT_ROI_SHARE = 1.5
# A profit or return this near a limit is at the limit: the rest is rounding.
_DIGITS = 9

Floats = NDArray[np.float64]
Verdict = Literal["too small", "right", "too large"]


@dataclass(frozen=True)
class BreakdownSizing:
    """Number of reps that planned sales ask for.

    Parameters
    ----------
    method
        Name of the method, for headings.
    exact_reps_count
        Reps as the formula gives them, in fractions.
    reps_count
        The next whole number.
    """

    method: Literal["breakdown"]
    exact_reps_count: float
    reps_count: int


@dataclass(frozen=True, eq=False)
class IncrementalSizing:
    """Profit of each further rep, and where to stop.

    Parameters
    ----------
    method
        Name of the method, for headings.
    profit_amounts_per_year
        Profit that each further rep adds, money per year, shape (n_further_reps,).
    reps_count
        Reps in all once those are hired who come before the first that adds no profit.
    best_reps_count
        Reps in all at which the summed profit is highest. It is above ``reps_count`` where a rep
        who adds nothing is followed by others who add more than that one loses.
    is_open
        Whether every rep that was looked at adds profit, so that still more may pay.
    """

    method: Literal["incremental"]
    profit_amounts_per_year: Floats
    reps_count: int
    best_reps_count: int
    is_open: bool


@dataclass(frozen=True)
class SquareRootSizing:
    """Number of reps with the highest profit where sales rise with its square root.

    Parameters
    ----------
    method
        Name of the method, for headings.
    exact_reps_count
        Reps at the top of the curve, in fractions.
    reps_count
        The whole number beside it with the higher profit.
    profit_amount_per_year
        Profit with the exact number, money per year.
    """

    method: Literal["square root"]
    exact_reps_count: float
    reps_count: int
    profit_amount_per_year: float


@dataclass(frozen=True)
class BreakEvenSizing:
    """What the last rep hired brings back in three years.

    Parameters
    ----------
    method
        Name of the method, for headings.
    break_even_amount
        Sales of the first year that pay for the rep, money.
    break_even_ratio
        Expected sales of the first year over those.
    roi_share
        Return of three years on the cost of one, as a share of that cost.
    verdict
        "too large" when the return is below 50 %, "too small" above 150 %, else "right".
    """

    method: Literal["break-even"]
    break_even_amount: float
    break_even_ratio: float
    roi_share: float
    verdict: Verdict


def breakdown_sizing(
    sales_amount_per_year: float,
    sales_per_rep_amount_per_year: float,
    *,
    turnover_share: float = 0.0,
) -> BreakdownSizing:
    """Compute the number of reps as planned sales over the sales of one rep.

    Parameters
    ----------
    sales_amount_per_year
        Planned sales, money per year, 0 or more.
    sales_per_rep_amount_per_year
        What a rep sells, money per year, above 0.
    turnover_share
        Share of the reps who leave in a year and are replaced, 0 or more; raises the number.

    Returns
    -------
    BreakdownSizing
        The exact number and the next whole one.

    Raises
    ------
    ParameterError
        When a number is out of its range.

    Notes
    -----
    Weakness: sales are taken to make reps necessary, while it is reps who make sales.

    References
    ----------
    Cron, W. L., DeCarlo, T. E. (2009), "Dalrymple's Sales Management", Wiley.

    Examples
    --------
    >>> breakdown_sizing(10_000_000, 250_000).reps_count
    40
    """
    _require_at_least_0("planned sales", sales_amount_per_year)
    _require_above_0("sales of one rep", sales_per_rep_amount_per_year)
    _require_at_least_0("turnover share", turnover_share)
    load = sales_amount_per_year * (1 + turnover_share)
    return BreakdownSizing("breakdown", *reps_needed(load, sales_per_rep_amount_per_year))


def incremental_sizing(
    extra_sales_amounts_per_year: Floats,
    *,
    present_reps_count: int,
    cogs_share: float,
    fixed_amount_per_rep: float,
    commission_share: float = 0.0,
) -> IncrementalSizing:
    """Compute the profit of each further rep per year and stop at the first who adds none.

    Parameters
    ----------
    extra_sales_amounts_per_year
        Sales that each further rep adds, in the order of hiring, money per year, shape
        (n_further_reps,).
    present_reps_count
        Reps today, 0 or more.
    cogs_share
        Cost of goods sold as a share of sales, 0 to 1.
    fixed_amount_per_rep
        Fixed pay and costs of a rep, money per year, 0 or more.
    commission_share
        Commission as a share of sales, 0 to 1.

    Returns
    -------
    IncrementalSizing
        Profits, and the number of reps to have.

    Raises
    ------
    ParameterError
        When a number is out of its range or sales are unknown.

    References
    ----------
    Lovely Professional University, course DMGT205, "Sales Management", p. 56.
    """
    for name, share in (("cost of goods", cogs_share), ("commission", commission_share)):
        _require_share(f"share of {name}", share)
    _require_at_least_0("number of present reps", present_reps_count)
    _require_at_least_0("fixed cost of a rep", fixed_amount_per_rep)
    if not np.isfinite(extra_sales_amounts_per_year).all():
        raise ParameterError(
            "The sales that a further rep adds are unknown",
            value=str(np.asarray(extra_sales_amounts_per_year).tolist()),
            where="sizing: extra sales",
            remedy="Estimate them for each further rep, or end the list before the gap.",
        )
    profits = (
        extra_sales_amounts_per_year * (1 - cogs_share - commission_share) - fixed_amount_per_rep
    )
    adds_none = np.round(profits, _DIGITS) <= 0
    hired = int(adds_none.argmax()) if adds_none.any() else len(profits)
    totals = np.concatenate([[0.0], np.cumsum(profits)])
    return IncrementalSizing(
        method="incremental",
        profit_amounts_per_year=profits,
        reps_count=present_reps_count + hired,
        best_reps_count=present_reps_count + int(np.round(totals, _DIGITS).argmax()),
        is_open=not adds_none.any(),
    )


def square_root_sizing(
    sales_of_one_rep_amount_per_year: float,
    cost_per_rep_amount_per_year: float,
    *,
    margin_share: float = 1.0,
) -> SquareRootSizing:
    """Compute the number of reps with the highest profit under a square-root law of sales.

    Parameters
    ----------
    sales_of_one_rep_amount_per_year
        Sales with a single rep, money per year, above 0; x reps sell √x times as much.
    cost_per_rep_amount_per_year
        Cost of a rep, money per year, above 0.
    margin_share
        Margin as a share of sales, 0 to 1; 1 where sales are given as margin already.

    Returns
    -------
    SquareRootSizing
        The optimum (m·a/2c)² for margin m, sales factor a and cost c, and its profit.

    Raises
    ------
    ParameterError
        When a number is out of its range.

    Examples
    --------
    >>> square_root_sizing(1e6, 1e5).reps_count
    25
    """
    _require_above_0("sales of a single rep", sales_of_one_rep_amount_per_year)
    _require_above_0("cost of a rep", cost_per_rep_amount_per_year)
    _require_share("margin share", margin_share)
    margin = margin_share * sales_of_one_rep_amount_per_year

    def profit(reps: float) -> float:
        return margin * math.sqrt(reps) - cost_per_rep_amount_per_year * reps

    exact = (margin / (2 * cost_per_rep_amount_per_year)) ** 2
    return SquareRootSizing(
        method="square root",
        exact_reps_count=exact,
        reps_count=max(math.floor(exact), math.ceil(exact), key=profit),
        profit_amount_per_year=profit(exact),
    )


def break_even_sizing(
    first_year_sales_amount: float,
    *,
    rep_cost_amount_per_year: float,
    margin_share: float,
    second_year_share: float,
    third_year_share: float,
) -> BreakEvenSizing:
    """Judge the number of reps by the three-year return of the last one hired.

    Parameters
    ----------
    first_year_sales_amount
        Sales that one more rep would add in the first year, money, 0 or more.
    rep_cost_amount_per_year
        Full cost of a rep, money per year, above 0.
    margin_share
        Gross margin as a share of sales, above 0 and at most 1.
    second_year_share, third_year_share
        Sales of the first year that come again without effort in the second and the third year,
        as shares of these, 0 or more.

    Returns
    -------
    BreakEvenSizing
        Break-even, its ratio, the return and the verdict.

    Raises
    ------
    ParameterError
        When a number is out of its range.

    References
    ----------
    Zoltners, A., Sinha, P., Lorimer, S. (2006), "Match Your Sales Force Structure to Your Business
    Life Cycle", Harvard Business Review 84(7/8).
    """
    for name, value in (
        ("sales of the first year", first_year_sales_amount),
        ("share carried over to the second year", second_year_share),
        ("share carried over to the third year", third_year_share),
    ):
        _require_at_least_0(name, value)
    _require_above_0("cost of a rep", rep_cost_amount_per_year)
    _require_above_0("margin share", margin_share)
    _require_share("margin share", margin_share)
    break_even = rep_cost_amount_per_year / margin_share
    ratio = first_year_sales_amount / break_even
    roi = ratio * (1 + second_year_share + third_year_share) - 1
    return BreakEvenSizing("break-even", break_even, ratio, roi, _verdict(roi))


def _verdict(roi_share: float) -> Verdict:
    rounded = round(roi_share, _DIGITS)
    if rounded < LOWEST_RIGHT_ROI_SHARE:
        return "too large"
    return "too small" if rounded > HIGHEST_RIGHT_ROI_SHARE else "right"


def _require_at_least_0(name: str, value: float) -> None:
    _require(name, value, is_fine=0 <= value < math.inf, wanted="0 or more")


def _require_above_0(name: str, value: float) -> None:
    _require(name, value, is_fine=0 < value < math.inf, wanted="above 0")


def _require_share(name: str, value: float) -> None:
    _require(name, value, is_fine=0 <= value <= 1, wanted="from 0 to 1")


def _require(name: str, value: float, *, is_fine: bool, wanted: str) -> None:
    if not is_fine:
        raise ParameterError(
            f"The {name} must be {wanted}",
            value=f"{value:g}",
            where="sizing",
            remedy=f"Give a number {wanted}.",
        )

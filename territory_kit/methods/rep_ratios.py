"""What reps sell, spend and leave, as ratios that make unequal territories comparable.

Each ratio looks at one side only, and the best rep by one is often an ordinary one by another: read
the set, never one column of it.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from territory_kit.errors import ParameterError, list_ids

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RepFigures:
    """One year of each rep, as the books have it.

    Parameters
    ----------
    potential_count
        Accounts that could buy, shape (n_reps,), 0 or more.
    sold_count
        Accounts that bought, shape (n_reps,), 0 or more.
    calls_count
        Calls made, shape (n_reps,), 0 or more.
    sales
        Sales in money, shape (n_reps,).
    gross_margin
        Sales less cost of the goods in money, shape (n_reps,).
    expenses
        Travel and other expenses in money, shape (n_reps,).
    remuneration
        Salary and commission in money, shape (n_reps,).

    Raises
    ------
    ParameterError
        Columns differ in length, or a number of accounts or calls is below 0.

    Notes
    -----
    What is unknown is nan, and so is every ratio made from it.
    """

    potential_count: Floats
    sold_count: Floats
    calls_count: Floats
    sales: Floats
    gross_margin: Floats
    expenses: Floats
    remuneration: Floats

    def __post_init__(self) -> None:
        lengths = {field.name: len(getattr(self, field.name)) for field in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ParameterError(
                "The figures of the reps differ in length",
                value=", ".join(f"{name} {length}" for name, length in lengths.items()),
                remedy="Give one value per rep in every column, nan where it is unknown.",
            )
        for name in ("potential_count", "sold_count", "calls_count"):
            below = np.flatnonzero(getattr(self, name) < 0)
            if len(below):
                raise ParameterError(
                    "A number of accounts or calls is below 0",
                    value=f"{getattr(self, name)[below[0]]:g}",
                    where=f"{name}, rows {list_ids([str(row) for row in below])}",
                    remedy="Count what was there, without credits or corrections.",
                )


@dataclass(frozen=True, eq=False)
class RepRatios:
    """Ratios of reps, each of shape (n_reps,); nan where the divisor is not above 0.

    Parameters
    ----------
    expense_share
        Expenses over sales.
    expense_per_call
        Expenses over calls, in money.
    cost_per_call
        Expenses and remuneration over calls, in money.
    penetration_share
        Accounts sold over potential accounts; above 1 where the potential is counted too low.
    sales_per_account
        Sales over accounts sold, in money.
    calls_per_account
        Calls over accounts sold.
    contribution
        Gross margin less expenses and remuneration, in money.
    """

    expense_share: Floats
    expense_per_call: Floats
    cost_per_call: Floats
    penetration_share: Floats
    sales_per_account: Floats
    calls_per_account: Floats
    contribution: Floats


def rep_ratios(figures: RepFigures) -> RepRatios:
    """Compute the ratio set of each rep: cost shares, money per call and account, contribution.

    Parameters
    ----------
    figures
        One year of each rep.

    Returns
    -------
    RepRatios
        Seven columns in the order of the reps.

    References
    ----------
    "Crestlight Paper Company", teaching case on the evaluation of nine salespeople.

    Examples
    --------
    >>> one = [np.array([float(x)]) for x in (570, 239, 1230, 258000, 75000, 5940, 29010)]
    >>> ratios = rep_ratios(RepFigures(*one))
    >>> ratios.contribution.tolist(), ratios.penetration_share.round(3).tolist()
    ([40050.0], [0.419])
    """
    cost = figures.expenses + figures.remuneration
    return RepRatios(
        expense_share=_over(figures.expenses, figures.sales),
        expense_per_call=_over(figures.expenses, figures.calls_count),
        cost_per_call=_over(cost, figures.calls_count),
        penetration_share=_over(figures.sold_count, figures.potential_count),
        sales_per_account=_over(figures.sales, figures.sold_count),
        calls_per_account=_over(figures.calls_count, figures.sold_count),
        contribution=figures.gross_margin - cost,
    )


def ranks(values: Floats, *, is_less_better: bool = False) -> Floats:
    """Rank reps by one figure, 1 for the best.

    Parameters
    ----------
    values
        Figure of each rep, shape (n_reps,); nan where unknown.
    is_less_better
        Whether the smallest value comes first, as for costs.

    Returns
    -------
    numpy.ndarray
        Ranks from 1, shape (n_reps,); equal values share the better rank, nan has none (nan).
    """
    known = np.isfinite(values)
    found = np.full(len(values), np.nan)
    found[known] = rankdata(values[known] if is_less_better else -values[known], method="min")
    return found


def _over(amounts: Floats, divisors: Floats) -> Floats:
    """Divide where the divisor is above 0: credits for sales would turn the meaning round."""
    empty = np.full(len(amounts), np.nan)
    return np.asarray(np.divide(amounts, divisors, out=empty, where=divisors > 0))

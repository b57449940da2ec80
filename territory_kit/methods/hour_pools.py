"""Hours for prospects against hours for existing accounts: what an hour gains in each pool.

Where an hour gains more in one pool than it costs in the other one, the split is wrong.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.call_allocation import Allocation, CallOptions, allocate_calls

# Gains of an hour this close are equal but for rounding.
ROUNDING = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PoolSplit:
    """Calls at existing accounts and at prospects, each within its part of the hours.

    Parameters
    ----------
    existing, prospects
        Allocation in each pool.
    more_to
        Pool in which an hour of the other one would gain more than it costs there; "none" when the
        split is right.
    """

    existing: Allocation
    prospects: Allocation
    more_to: Literal["existing", "prospects", "none"]


def split_hours(
    existing: CallOptions,
    prospects: CallOptions,
    *,
    budget_hours: float,
    prospect_share: float,
    step_hours: float = 0.25,
) -> PoolSplit:
    """Allocate calls within a part of the hours for prospects and the rest, and compare the pools.

    Parameters
    ----------
    existing, prospects
        Options of the accounts in each pool.
    budget_hours
        Hours at hand for both, 0 or more.
    prospect_share
        Part of them kept for prospects, 0 to 1.
    step_hours
        Steps in which hours are counted, above 0.

    Returns
    -------
    PoolSplit
        Both allocations, with the gain of an hour in each and where an hour more belongs.

    Raises
    ------
    ParameterError
        The share is not between 0 and 1, or a pool has too few hours for its fewest calls.
    """
    if not 0 <= prospect_share <= 1:
        raise ParameterError(
            "The part of hours for prospects must lie between 0 and 1",
            value=f"{prospect_share:g}",
            where="prospect_share",
            remedy="Give for example 0.2.",
        )
    kept = prospect_share * budget_hours
    old = allocate_calls(existing, budget_hours=budget_hours - kept, step_hours=step_hours)
    new = allocate_calls(prospects, budget_hours=kept, step_hours=step_hours)
    to_new = new.next_hour_gain - old.last_hour_gain
    to_old = old.next_hour_gain - new.last_hour_gain
    if max(to_new, to_old) <= ROUNDING:
        return PoolSplit(old, new, "none")
    return PoolSplit(old, new, "prospects" if to_new > to_old else "existing")


def prospect_gains(win_shares: Floats, margins_per_year: Floats, *, horizon_years: float) -> Floats:
    """Compute what calls at prospects are worth: chance of winning times margin, money.

    Parameters
    ----------
    win_shares
        Chance of winning each prospect with 0, 1, 2 ... calls, 0 to 1, shape
        (n_accounts, n_levels).
    margins_per_year
        Margin of each prospect once won, money per year, shape (n_accounts,).
    horizon_years
        Years for which a customer won counts, above 0.

    Returns
    -------
    numpy.ndarray
        Gains, money, shape (n_accounts, n_levels).

    Raises
    ------
    ParameterError
        A chance is not between 0 and 1, or the horizon is not above 0.
    """
    if not ((win_shares >= 0) & (win_shares <= 1)).all() or not 0 < horizon_years < np.inf:
        raise ParameterError(
            "Chances of winning or the horizon cannot be used",
            value=f"chances up to {win_shares.max(initial=0):g}, horizon {horizon_years:g} years",
            where="win_shares, horizon_years",
            remedy="Give chances from 0 to 1 and a horizon above 0.",
        )
    return win_shares * margins_per_year[:, None] * horizon_years

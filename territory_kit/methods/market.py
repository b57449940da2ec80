"""Size of a market from the accounts up, concentration, and what is not yet sold."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MarketSize:
    """Total, served and obtainable market.

    Parameters
    ----------
    tam, sam, som
        Money per year; som <= sam <= tam.
    binding
        What limits the obtainable market: its "share" within reach, or "capacity" to serve it.
    """

    tam: float
    sam: float
    som: float
    binding: Literal["share", "capacity"]


def market_size(
    potential: Floats,
    is_served: NDArray[np.bool_],
    *,
    attainable_share: float,
    capacity_accounts_count: float | None = None,
) -> MarketSize:
    """Compute TAM, SAM and SOM bottom-up and say which limit of the SOM binds.

    Parameters
    ----------
    potential
        Potential of each account in scope, money per year, shape (n_accounts,), 0 or more.
    is_served
        Whether we can serve the account at all, shape (n_accounts,).
    attainable_share
        Share of the served market within reach, 0 to 1.
    capacity_accounts_count
        Accounts that the reps can serve; None when there are no reps to count.

    Returns
    -------
    MarketSize
        The three sizes. Capacity is filled with the largest served accounts first.
    """
    served = np.sort(potential[is_served])[::-1]
    tam, sam = float(potential.sum()), float(served.sum())
    by_share = attainable_share * sam
    if capacity_accounts_count is None:
        return MarketSize(tam, sam, by_share, "share")
    by_capacity = float(served[: int(capacity_accounts_count)].sum())
    if by_capacity < by_share:
        return MarketSize(tam, sam, by_capacity, "capacity")
    return MarketSize(tam, sam, by_share, "share")


def herfindahl(values: Floats) -> float:
    """Compute the Herfindahl index of values: 1 when one has everything.

    Parameters
    ----------
    values
        Shape (n,), 0 or more; they are made to shares first.

    Returns
    -------
    float
        Sum of squared shares, 0 to 1; 0 when the total is 0, nan when a value is negative or
        unknown.

    References
    ----------
    U.S. Department of Justice and Federal Trade Commission (2023), Merger Guidelines, 2.1.

    Examples
    --------
    >>> round(herfindahl(np.array([30.0, 30, 20, 20])), 4)
    0.26
    """
    if not (values >= 0).all():
        return float("nan")
    total = values.sum()
    return float(((values / total) ** 2).sum()) if total > 0 else 0.0


def wallet(revenue: Floats, potential: Floats) -> tuple[Floats, Floats, int]:
    """Compute share of wallet and whitespace of accounts.

    Parameters
    ----------
    revenue
        Revenue with us, money per year, shape (n_accounts,); nan or negative (credits) counts as 0.
    potential
        Potential, money per year, shape (n_accounts,), 0 or more.

    Returns
    -------
    tuple of numpy.ndarray, numpy.ndarray and int
        Share of wallet (nan where the potential is 0), whitespace in money per year (never
        negative), and the number of accounts whose revenue is above their potential: there the
        potential is wrong.
    """
    sold = np.maximum(np.nan_to_num(revenue), 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(potential > 0, sold / potential, np.nan)
    return share, np.maximum(potential - sold, 0.0), int((sold > potential).sum())

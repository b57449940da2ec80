"""What changes hands, and what a change of rep puts at risk."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Disruption:
    """Size of one kind of move.

    Parameters
    ----------
    accounts_count
        Accounts that move.
    accounts_share, revenue_share
        Their share of the accounts that have an owner, and of the revenue of these, 0 to 1.
    revenue
        Their revenue, money per year.
    """

    accounts_count: int
    accounts_share: float
    revenue_share: float
    revenue: float


def move_prices(
    revenue: Floats, margin_share: Floats, is_dormant: Bools, *, loss: float, dormant_loss: float
) -> Floats:
    """Price the move of each account: the margin of one year that is at risk.

    Parameters
    ----------
    revenue
        Revenue with us, money per year, shape (n_accounts,); nan or negative counts as 0.
    margin_share
        Gross margin as a share of revenue, shape (n_accounts,); negative counts as 0.
    is_dormant
        Whether the customer has had no contact for long, shape (n_accounts,).
    loss
        Share of revenue at risk when a customer in contact changes rep, 0 to 1.
    dormant_loss
        The same for dormant customers, 0 to 1.

    Returns
    -------
    numpy.ndarray
        Money, shape (n_accounts,).

    References
    ----------
    Shi, H., Sridhar, S., Grewal, R., Lilien, G. (2017), "Sales Representative Departures and
    Customer Reassignment Strategies in Business-to-Business Markets", Journal of Marketing 81(2),
    doi:10.1509/jm.15.0358: 13.2 to 17.6 % of a customer's yearly sales are lost.
    """
    at_risk = np.where(is_dormant, dormant_loss, loss)
    return np.maximum(np.nan_to_num(revenue), 0) * np.maximum(margin_share, 0) * at_risk


def measure_disruption(is_moved: Bools, has_owner: Bools, revenue: Floats) -> Disruption:
    """Measure how much moves, among the accounts that have an owner today.

    Parameters
    ----------
    is_moved
        Whether the account moves, shape (n_accounts,).
    has_owner
        Whether it has an owner today, shape (n_accounts,); others cannot move.
    revenue
        Revenue with us, money per year, shape (n_accounts,); nan or negative counts as 0.

    Returns
    -------
    Disruption
        Shares are 0 when nothing has an owner.
    """
    sold = np.maximum(np.nan_to_num(revenue), 0)
    moved = is_moved & has_owner
    owned_count, owned_revenue = int(has_owner.sum()), float(sold[has_owner].sum())
    moved_revenue = float(sold[moved].sum())
    return Disruption(
        accounts_count=int(moved.sum()),
        accounts_share=float(moved.sum()) / owned_count if owned_count else 0.0,
        revenue_share=moved_revenue / owned_revenue if owned_revenue else 0.0,
        revenue=moved_revenue,
    )

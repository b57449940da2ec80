"""What a new plan breaks, and which moves bring less than they cost.

Territories and reps are numbers from 0; -1 stands for none. Labels of the old and the new plan
must be matched first (see `matching`), otherwise new names count as moves. Accounts that have no
owner in one of the two plans are new or closed and do not count. When a rep's territory is divided,
only what goes to another rep counts as moved.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from territory_kit.errors import ParameterError
from territory_kit.methods.disruption import move_prices

# Share of a customer's yearly sales that a change of rep loses, from the lowest estimate to the
# highest.
LOW_LOSS_SHARE = 0.132
HIGH_LOSS_SHARE = 0.176

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RepDisruption:
    """How much each rep loses to others.

    Parameters
    ----------
    lost_shares
        Share of the rep's value that goes to others, 0 to 1, shape (n_reps,); nan for a rep
        without value today.
    largest_share
        The greatest of them; 0 when no rep has value.
    rep
        Number of that rep, the first where several lose as much; -1 when nobody loses.
    """

    lost_shares: Floats
    largest_share: float
    rep: int


@dataclass(frozen=True)
class LossRange:
    """Lowest and highest loss that moves can be expected to cause in the first year.

    Parameters
    ----------
    low_sales_amount, high_sales_amount
        Sales lost, money.
    low_margin_amount, high_margin_amount
        Margin lost, money.
    """

    low_sales_amount: float
    high_sales_amount: float
    low_margin_amount: float
    high_margin_amount: float


def relationship_disruption_share(
    old: Ints, new: Ints, *, revenue: Floats, relationship: Floats
) -> float:
    """Compute the share of revenue that moves, weighted by the strength of the relationship.

    Parameters
    ----------
    old, new
        Rep of each account in the old and the new plan, shape (n_accounts,); -1 for none.
    revenue
        Revenue with us, money per year, shape (n_accounts,); nan or negative counts as 0.
    relationship
        Strength of the relationship, such as years of tenure times contacts a year, shape
        (n_accounts,), 0 or more.

    Returns
    -------
    float
        Share from 0 to 1; 0 when nothing has weight.

    Raises
    ------
    ParameterError
        When the columns differ in length, or a strength is negative or unknown.
    """
    _require_same_length(old, new, revenue, relationship)
    if not ((relationship >= 0) & np.isfinite(relationship)).all():
        raise _refusal(
            "The strength of a relationship must be known and 0 or more",
            f"{int((~(relationship >= 0)).sum())} of {len(relationship)} accounts",
            "Give 0 where nothing is known of it.",
        )
    is_kept, is_moved = _owned_and_moved(old, new)
    weight = np.maximum(np.nan_to_num(revenue), 0) * relationship
    total = float(weight[is_kept].sum())
    return float(weight[is_moved].sum()) / total if total > 0 else 0.0


def rep_disruption(old: Ints, new: Ints, *, values: Floats) -> RepDisruption:
    """Compute the share of its value that each rep loses to others, and the greatest.

    Parameters
    ----------
    old, new
        Rep of each account in the old and the new plan, shape (n_accounts,); -1 for none.
    values
        Value of each account, such as revenue or 1, shape (n_accounts,); nan or negative counts
        as 0.

    Returns
    -------
    RepDisruption
        Shares by the rep of the old plan.

    Raises
    ------
    ParameterError
        When the columns differ in length.
    """
    _require_same_length(old, new, values)
    is_owned, is_moved = _owned_and_moved(old, new)
    worth = np.maximum(np.nan_to_num(values), 0)
    count = int(old.max(initial=-1)) + 1
    held = np.bincount(old[is_owned], worth[is_owned], minlength=count)
    lost = np.bincount(old[is_moved], worth[is_moved], minlength=count)
    shares = np.divide(lost, held, out=np.full(count, np.nan), where=held > 0)
    largest = float(np.nan_to_num(shares).max(initial=0.0))
    rep = int(np.nan_to_num(shares).argmax()) if largest > 0 else -1
    return RepDisruption(shares, largest, rep)


def plan_agreement(old: Ints, new: Ints) -> float:
    """Compute how alike two plans are whatever their labels: the adjusted Rand index.

    Parameters
    ----------
    old, new
        Rep or territory of each account, shape (n_accounts,); -1 for none.

    Returns
    -------
    float
        1 when the same accounts are together, about 0 when they are no more so than by chance; nan
        when no account is in both plans.

    Raises
    ------
    ParameterError
        When the columns differ in length.

    Notes
    -----
    A check on `matching`: a low share of moves with a low agreement cannot be, and many moves with
    an agreement of 1 are new names.

    References
    ----------
    Hubert, L., Arabie, P. (1985), "Comparing Partitions", Journal of Classification 2,
    doi:10.1007/BF01908075.

    Examples
    --------
    >>> plan_agreement(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    _require_same_length(old, new)
    is_owned, _ = _owned_and_moved(old, new)
    if not is_owned.any():
        return math.nan
    return float(adjusted_rand_score(old[is_owned], new[is_owned]))


def loss_range(revenue: Floats, margin_share: Floats, is_dormant: Bools) -> LossRange:
    """Compute the range of sales and margin that moves put at risk in a year, money.

    Parameters
    ----------
    revenue
        Revenue with the accounts that move, money per year, shape (n_moves,); nan or negative
        counts as 0.
    margin_share
        Gross margin as a share of revenue, shape (n_moves,); negative counts as 0.
    is_dormant
        Whether the customer has had no contact for long, shape (n_moves,); such a move risks
        nothing.

    Returns
    -------
    LossRange
        13.2 to 17.6 % of sales, and the margin on them.

    Raises
    ------
    ParameterError
        When the columns differ in length.

    References
    ----------
    Shi, H., Sridhar, S., Grewal, R., Lilien, G. (2017), "Sales Representative Departures and
    Customer Reassignment Strategies in Business-to-Business Markets", Journal of Marketing 81(2),
    doi:10.1509/jm.15.0358. Schmitz, C., Friess, M., Alavi, S., Habel, J. (2020), "Understanding the
    Impact of Relationship Disruptions", Journal of Marketing 84(1): where a relationship had gone
    stale, a new rep can raise sales.
    """
    _require_same_length(revenue, margin_share, is_dormant)

    def lost(share: Floats, loss: float) -> float:
        return float(move_prices(revenue, share, is_dormant, loss=loss, dormant_loss=0.0).sum())

    whole = np.ones(len(revenue))
    return LossRange(
        low_sales_amount=lost(whole, LOW_LOSS_SHARE),
        high_sales_amount=lost(whole, HIGH_LOSS_SHARE),
        low_margin_amount=lost(margin_share, LOW_LOSS_SHARE),
        high_margin_amount=lost(margin_share, HIGH_LOSS_SHARE),
    )


def unpaid_moves(
    gain_amounts_per_year: Floats,
    price_amounts: Floats,
    *,
    horizon_years: float,
    switch_amount: float = 0.0,
) -> Bools:
    """Find the moves whose gain over a horizon does not exceed their price.

    Parameters
    ----------
    gain_amounts_per_year
        What each move brings, money per year, shape (n_moves,); may be negative.
    price_amounts
        What each move puts at risk once, money, shape (n_moves,), as `disruption.move_prices`
        gives it; negative where a change of rep does good.
    horizon_years
        Years that the gain is counted for, above 0.
    switch_amount
        What handing over any account costs, money, 0 or more.

    Returns
    -------
    numpy.ndarray
        True for moves that do not pay, shape (n_moves,); a move that comes out even does not.

    Raises
    ------
    ParameterError
        When the columns differ in length, or a number is unknown or out of its range.

    Examples
    --------
    >>> gains, prices = np.array([8_000.0, 4_000.0]), np.array([12_000.0, 12_000.0])
    >>> unpaid_moves(gains, prices, horizon_years=2).tolist()
    [False, True]
    """
    _require_same_length(gain_amounts_per_year, price_amounts)
    if not (np.isfinite(gain_amounts_per_year).all() and np.isfinite(price_amounts).all()):
        raise _refusal("Gain and price of each move must be known", "nan", "Complete the moves.")
    if not 0 < horizon_years < math.inf:
        raise _refusal("The horizon must be above 0", f"{horizon_years:g}", "Give it in years.")
    if not 0 <= switch_amount < math.inf:
        raise _refusal(
            "The cost of a switch must be 0 or more", f"{switch_amount:g}", "Give money."
        )
    return np.asarray(gain_amounts_per_year * horizon_years <= price_amounts + switch_amount)


def _owned_and_moved(old: Ints, new: Ints) -> tuple[Bools, Bools]:
    is_owned = (old >= 0) & (new >= 0)
    return is_owned, is_owned & (old != new)


def _require_same_length(*columns: NDArray[np.generic]) -> None:
    counts = [len(column) for column in columns]
    if len(set(counts)) > 1:
        raise _refusal(
            "Every column must have one entry for each account",
            ", ".join(map(str, counts)),
            "Give columns of the same accounts in the same order.",
        )


def _refusal(what: str, value: str, remedy: str) -> ParameterError:
    return ParameterError(what, value=value, where="moves", remedy=remedy)

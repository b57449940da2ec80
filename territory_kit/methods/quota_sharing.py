"""Share goals over parts that stand side by side, in whole units of currency.

What cannot be divided goes to the largest remainders, of equal ones to the first identifier,
whatever the order of the rows.
"""

import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids
from territory_kit.methods.sharing import share_whole

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Up to here the parts of a goal miss their exact sum by less than one unit of currency.
LARGEST_AMOUNT = 10**14
# Neither sums nor products of such numbers are too large for the computer.
_LARGEST_BASE = 1e100
MONTHS_PER_YEAR = 12


def share_goal(ids: Sequence[str], base: Floats, goal_amount: int) -> Ints:
    """Share a goal by a base, in whole units of currency.

    Parameters
    ----------
    ids
        Identifier of each part, each once.
    base
        What the goal is shared by, shape (n_parts,), 0 or more; 0 everywhere gives equal parts.
    goal_amount
        Goal, whole units of currency, 0 to 10^14.

    Returns
    -------
    numpy.ndarray
        Whole amounts, shape (n_parts,), whose sum is the goal.

    Raises
    ------
    ParameterError
        When there is no part, an identifier repeats, an amount of the base is negative or unknown,
        or the goal is no such number.

    Examples
    --------
    >>> share_goal(["south", "north"], np.array([1.0, 1.0]), 101)
    array([50, 51])
    """
    check_ids(ids)
    if not 0 <= goal_amount <= LARGEST_AMOUNT or goal_amount % 1:
        raise ParameterError(
            "The goal is no whole amount of money that can be shared",
            value=f"{goal_amount:,}",
            where="goal_amount",
            remedy=f"Give whole units of currency from 0 to {LARGEST_AMOUNT:,}.",
        )
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__))
    shares, _ = base_shares(checked_amounts("base", base, ids), np.ones(len(ids)))
    amounts = np.empty(len(ids), dtype=np.int64)
    amounts[order] = share_whole(shares[order], int(goal_amount))
    return amounts


def base_shares(base: Floats, sizes: Floats) -> tuple[Floats, bool]:
    """Compute the part of each territory in a base that is weighed by size.

    Parameters
    ----------
    base
        Amounts, shape (n_territories,), 0 or more.
    sizes
        Size of each territory, shape (n_territories,), 0 or more.

    Returns
    -------
    tuple of numpy.ndarray and bool
        Shares that add up to 1, and whether they are those of the sizes alone because the base is 0
        wherever there is size; all shares are 0 when all sizes are.
    """
    weighed = base * sizes
    is_even = not weighed.any()
    parts = sizes if is_even else weighed
    # fsum: the same sum whatever the order of the rows
    return parts / (math.fsum(parts) or 1.0), is_even


def prorated_sizes(size_shares: Floats, months_count: Floats) -> Floats:
    """Compute the size of each territory this year from working time and months in the post.

    Parameters
    ----------
    size_shares
        Size against a full territory, shape (n_territories,), 0 or more; half time is 0.5.
    months_count
        Months of the year in which somebody carries the quota, shape (n_territories,), 0 to 12.

    Returns
    -------
    numpy.ndarray
        Size, shape (n_territories,); half time from July on is 0.25.

    Raises
    ------
    ParameterError
        When a size or a number of months is unknown or out of range.
    """
    rows = [f"territory {row}" for row in range(1, len(size_shares) + 1)]
    checked_amounts("size_shares", size_shares, rows)
    checked_amounts("months_count", months_count, rows)
    too_many = [
        row for row, months in zip(rows, months_count, strict=True) if months > MONTHS_PER_YEAR
    ]
    if too_many:
        raise ParameterError(
            "A year has 12 months",
            value=list_ids(too_many),
            where="months_count",
            remedy="Give months from 0 to 12.",
        )
    return size_shares * months_count / MONTHS_PER_YEAR


def round_half_up(amount: float | Fraction) -> int:
    """Round money to the nearest whole unit of currency, halves up.

    Parameters
    ----------
    amount
        Money, 0 or more.

    Returns
    -------
    int
        Whole units.
    """
    whole = math.floor(amount)
    return whole + int(2 * (amount - whole) >= 1)


def checked_amounts(
    name: str, values: Floats | None, ids: Sequence[str], *, may_lack: bool = False
) -> Floats:
    """Return amounts once each is 0 or more and, unless it may be missing, known.

    Parameters
    ----------
    name
        What the amounts are, for the message.
    values
        Amounts, shape (n,); None when not given at all.
    ids
        Identifier of each, shape (n,).
    may_lack
        Whether nan is allowed.

    Returns
    -------
    numpy.ndarray
        The amounts as they are.

    Raises
    ------
    ParameterError
        When they are missing, negative or above 1e100, or there is not one for each identifier.
    """
    if values is None or values.shape != (len(ids),):
        count = "none" if values is None else f"shape {values.shape}"
        remedy = f"Give one amount for each of the {len(ids)} identifiers."
        raise ParameterError("Amounts are missing", value=count, where=name, remedy=remedy)
    is_right = (values >= 0) & (values <= _LARGEST_BASE) | (may_lack & np.isnan(values))
    if not is_right.all():
        named = list_ids([name for name, right in zip(ids, is_right, strict=True) if not right])
        remedy = "Give 0 or more." if may_lack else "Give 0 or more; what is unknown is not 0."
        raise ParameterError("An amount is unusable", value=named, where=name, remedy=remedy)
    return values


def check_ids(ids: Sequence[str]) -> None:
    """Refuse identifiers that repeat, and none at all."""
    repeated = [identifier for identifier, count in Counter(ids).items() if count > 1]
    if repeated or not len(ids):
        raise ParameterError(
            "Identifiers repeat" if repeated else "There is nobody to share a goal over",
            value=list_ids(repeated),
            where="ids",
            remedy="Name each one once." if repeated else "Give at least one identifier.",
        )

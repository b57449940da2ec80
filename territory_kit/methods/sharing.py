"""Share whole things by weight so that the parts add up exactly."""

import numpy as np
from numpy.typing import NDArray


def share_whole(weights: NDArray[np.float64], total: int, *, minimum: int = 0) -> NDArray[np.int64]:
    """Share a whole number by weight with the method of largest remainders.

    Parameters
    ----------
    weights
        Weight of each part, shape (n_parts,), 0 or more; all zero means equal parts.
    total
        Number to share, at least ``minimum`` for each part.
    minimum
        Smallest part.

    Returns
    -------
    numpy.ndarray
        Whole parts, shape (n_parts,), whose sum is ``total``, or ``minimum`` each when there are
        too few to share. Equal remainders are served in the order given.

    Notes
    -----
    Hamilton's method. The minimum is given first to the parts whose exact share falls short of it;
    the rest is shared by weight.

    Examples
    --------
    >>> share_whole(np.array([6.0, 3.0, 1.0]), 5)
    array([3, 2, 0])
    >>> share_whole(np.array([6.0, 3.0, 0.1]), 5, minimum=1)
    array([3, 1, 1])
    """
    count = len(weights)
    if total <= minimum * count:
        return np.full(count, minimum, dtype=np.int64)
    parts = np.full(count, minimum, dtype=np.int64)
    is_open = np.ones(count, dtype=bool)
    while True:
        exact = _exact(weights, is_open) * (total - minimum * int((~is_open).sum()))
        short = is_open & (exact < minimum)
        if not short.any():
            break
        is_open &= ~short
    whole = np.floor(exact + 1e-9)
    parts[is_open] = whole[is_open].astype(np.int64)
    left = total - int(parts.sum())
    # rounded, so that remainders that are equal on paper are equal here
    remainders = np.where(is_open, np.round(exact - whole, 9), -1.0)
    order = np.argsort(-remainders, kind="stable")
    parts[order[:left]] += 1
    return parts


def _exact(weights: NDArray[np.float64], is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the shares of the open parts; equal ones when they weigh nothing."""
    open_weights = np.where(is_open, weights, 0.0)
    total = open_weights.sum()
    return np.asarray(open_weights / total if total > 0 else is_open / is_open.sum())

"""Match two sets of labels one to one: new territories to old ones, reps to territories."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def overlap_matrix(
    new: Ints, old: Ints, values: Floats, *, new_count: int, old_count: int
) -> Floats:
    """Sum the value that each new label shares with each old one.

    Parameters
    ----------
    new, old
        Labels from 0, shape (n,); -1 for none.
    values
        Value of each row, shape (n,), 0 or more.
    new_count, old_count
        Number of labels.

    Returns
    -------
    numpy.ndarray
        Shared value, shape (new_count, old_count).
    """
    both = (new >= 0) & (old >= 0)
    shared = np.zeros((new_count, old_count))
    np.add.at(shared, (new[both], old[both]), values[both])
    return shared


def best_pairs(gains: Floats) -> list[tuple[int, int]]:
    """Pair rows and columns one to one so that the sum of gains is greatest.

    Parameters
    ----------
    gains
        Gain of each pair, shape (n_rows, n_columns); nan or infinite forbids a pair.

    Returns
    -------
    list of tuple of int
        Row and column of each pair, by row; the smaller side is matched whole unless forbidden:
        as many pairs as are allowed come first, then their gain.

    References
    ----------
    Crouse, D. F. (2016), "On implementing 2D rectangular assignment algorithms", IEEE Transactions
    on Aerospace and Electronic Systems 52(4), doi:10.1109/TAES.2016.140952.
    """
    allowed = np.isfinite(gains)
    if not allowed.any():
        return []
    span = float(gains[allowed].max() - gains[allowed].min()) + 1.0
    # a forbidden pair costs more than all others together can gain
    floor = gains[allowed].min() - span * (min(gains.shape) + 1)
    rows, cols = linear_sum_assignment(np.where(allowed, gains, floor), maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, cols, strict=True) if allowed[r, c]]


def match_labels(
    new: Ints, old: Ints, values: Floats, *, new_count: int, old_count: int
) -> dict[int, int]:
    """Match new territories to old ones by the value they share.

    Parameters
    ----------
    new, old
        Labels from 0, shape (n,); -1 for none.
    values
        Value of each row, shape (n,), 0 or more.
    new_count, old_count
        Number of labels.

    Returns
    -------
    dict of int
        Old label by new label; a new territory that shares nothing with its match has none.
    """
    shared = overlap_matrix(new, old, values, new_count=new_count, old_count=old_count)
    return {n: o for n, o in best_pairs(shared) if shared[n, o] > 0}

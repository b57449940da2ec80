"""Ideal against actual visits: coverage, and visits made at the wrong accounts."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def coverage_share(ideal: Floats, actual: Floats) -> float:
    """Compute the share of ideal visits that took place.

    Parameters
    ----------
    ideal, actual
        Visits per year to each account, shape (n_accounts,), 0 or more.

    Returns
    -------
    float
        0 to 1; nan when no visit is wanted. Visits beyond the ideal do not make up for others.
    """
    wanted = float(ideal.sum())
    return float(np.minimum(ideal, actual).sum()) / wanted if wanted > 0 else float("nan")


def misplaced_share(ideal: Floats, actual: Floats) -> float:
    """Compute the share of visits that would have to go elsewhere to match the ideal.

    Parameters
    ----------
    ideal, actual
        Visits per year to each account, shape (n_accounts,), 0 or more.

    Returns
    -------
    float
        Half the absolute difference over the ideal, 0 or more, at most 1 where as many visits
        took place as are wanted; nan when no visit is wanted.
    """
    wanted = float(ideal.sum())
    return float(np.abs(ideal - actual).sum()) / (2 * wanted) if wanted > 0 else float("nan")

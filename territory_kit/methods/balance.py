"""How even territories are: deviation from target, spread and Gini."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Balance:
    """Balance of one measure over the territories of a plan.

    Parameters
    ----------
    target
        Mean load of a full territory, unit of the measure.
    lowest_share, highest_share
        Deviation of the emptiest and the fullest territory from their targets.
    deviation_share
        Largest absolute deviation.
    spread_share
        Coefficient of variation: population standard deviation of load over target, over its mean.
    gini_share
        Gini coefficient of load over target; 0 is equal.
    """

    target: float
    lowest_share: float
    highest_share: float
    deviation_share: float
    spread_share: float
    gini_share: float


def targets_of(loads: Floats, size_shares: Floats) -> Floats:
    """Compute the target load of each territory: the total shared by size.

    Parameters
    ----------
    loads
        Load of each territory, shape (n_territories,), 0 or more.
    size_shares
        Size of each territory against a full one, shape (n_territories,), above 0.

    Returns
    -------
    numpy.ndarray
        Target of each territory, shape (n_territories,), unit of the loads.
    """
    return np.asarray(loads.sum() * size_shares / size_shares.sum())


def deviations(loads: Floats, size_shares: Floats) -> Floats:
    """Compute each territory's deviation from its target as a share.

    Parameters
    ----------
    loads
        Load of each territory, shape (n_territories,), 0 or more.
    size_shares
        Size of each territory against a full one, shape (n_territories,), above 0.

    Returns
    -------
    numpy.ndarray
        (load - target) / target, shape (n_territories,); all 0 when the total is 0.

    References
    ----------
    Kalcsics, J. (2015), "Districting Problems", in Location Science, Springer, section 23.4.2,
    doi:10.1007/978-3-319-13111-5_23.
    """
    targets = targets_of(loads, size_shares)
    return np.zeros(len(loads)) if loads.sum() == 0 else loads / targets - 1


def gini(values: Floats) -> float:
    """Compute the Gini coefficient of values that are not negative.

    Parameters
    ----------
    values
        Shape (n,), 0 or more.

    Returns
    -------
    float
        0 when all are equal or all are 0, towards 1 when one has everything; nan when a value is
        negative or unknown, for which the coefficient is not defined.

    Examples
    --------
    >>> round(gini(np.array([1.0, 2.0, 3.0, 4.0])), 6)
    0.25
    """
    if not (values >= 0).all():
        return float("nan")
    ordered, count = np.sort(values), len(values)
    if ordered.sum() == 0:
        return 0.0
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float((ranks * ordered).sum() / (count * ordered.sum()))


def measure_balance(loads: Floats, size_shares: Floats) -> Balance:
    """Measure how even one measure is over territories.

    Parameters
    ----------
    loads
        Load of each territory, shape (n_territories,), at least one territory.
    size_shares
        Size of each territory against a full one, shape (n_territories,), above 0.

    Returns
    -------
    Balance
        All figures of balance; a total of 0 counts as even.
    """
    apart = deviations(loads, size_shares)
    filled = 1 + apart
    spread = float(filled.std() / filled.mean()) if filled.mean() > 0 else 0.0
    return Balance(
        target=float(loads.sum() / size_shares.sum()),
        lowest_share=float(apart.min()),
        highest_share=float(apart.max()),
        deviation_share=float(np.abs(apart).max()),
        spread_share=spread,
        gini_share=gini(filled),
    )

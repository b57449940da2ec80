"""Classes of accounts by cumulative value, and of territories by quality."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

SMALL_NUMBER_OF_TERRITORIES = 6
SMALL_NUMBER_BAND_SHARE = 0.15


def classes_by_value(values: Floats, ids: Texts, cuts: tuple[float, float]) -> Texts:
    """Class accounts A, B or C by the cumulative value of those before them.

    Parameters
    ----------
    values
        Value of each account, shape (n,); negative or nan counts as 0.
    ids
        Identifier of each account, shape (n,); equal values are ordered by it.
    cuts
        Cumulative shares below which an account is A, and below which it is B.

    Returns
    -------
    numpy.ndarray
        "A", "B" or "C", shape (n,); all "C" when the total is 0.

    Notes
    -----
    Counting what stands *before* an account makes the largest one an A however large it is.

    Examples
    --------
    >>> list(
    ...     classes_by_value(np.array([90.0, 6, 4]), np.array(["x", "y", "z"], object), (0.8, 0.95))
    ... )
    ['A', 'B', 'C']
    """
    filled = np.maximum(np.nan_to_num(values), 0)
    total = filled.sum()
    if total == 0:
        return np.full(len(values), "C", dtype=object)
    order = np.lexsort((ids.astype(str), -filled))
    before = np.concatenate([[0.0], np.cumsum(filled[order])[:-1]]) / total
    classes = np.empty(len(values), dtype=object)
    # sums of shares miss a cut by rounding errors
    classes[order] = np.where(
        before < cuts[0] - 1e-12, "A", np.where(before < cuts[1] - 1e-12, "B", "C")
    )
    return classes


def value_cuts(values: Floats, classes: Texts) -> dict[str, float]:
    """Find the lowest value of each class, so that other data can be classed the same way.

    Parameters
    ----------
    values
        Value of each account, shape (n,); negative or nan counts as 0.
    classes
        "A", "B" or "C" of each account, shape (n,).

    Returns
    -------
    dict of float
        Lowest value by class; infinite for a class that nobody is in, 0 for C.

    Notes
    -----
    Accounts of equal value that `classes_by_value` parts at a cut are all in the better class when
    they are classed by these values.
    """
    filled = np.maximum(np.nan_to_num(values), 0)
    lowest = {name: float(filled[classes == name].min(initial=np.inf)) for name in ("A", "B")}
    return {**lowest, "C": 0.0}


def classes_by_cuts(values: Floats, cuts: dict[str, float]) -> Texts:
    """Class accounts by stored lowest values.

    Parameters
    ----------
    values
        Value of each account, shape (n,); negative or nan counts as 0.
    cuts
        Lowest value by class, as `value_cuts` gives them.

    Returns
    -------
    numpy.ndarray
        "A", "B" or "C", shape (n,); a value of 0 is always "C".
    """
    filled = np.maximum(np.nan_to_num(values), 0)
    is_a = (filled >= cuts["A"]) & (filled > 0)
    is_b = (filled >= cuts["B"]) & (filled > 0)
    return np.where(is_a, "A", np.where(is_b, "B", "C")).astype(object)


def territory_qualities(value_per_hour: Floats) -> Texts:
    """Rate territories high, medium or low by value per hour of work.

    Parameters
    ----------
    value_per_hour
        Potential per workload hour of each territory, shape (n_territories,); nan where there is
        no work.

    Returns
    -------
    numpy.ndarray
        "high", "medium", "low" or "n/a", shape (n_territories,). Terciles from six territories on;
        below that more than 15 % above or below the mean. A single territory is "n/a".
    """
    known = np.isfinite(value_per_hour)
    count = int(known.sum())
    if count <= 1:
        return np.full(len(value_per_hour), "n/a", dtype=object)
    if count < SMALL_NUMBER_OF_TERRITORIES:
        mean = value_per_hour[known].mean()
        low, high = mean * (1 - SMALL_NUMBER_BAND_SHARE), mean * (1 + SMALL_NUMBER_BAND_SHARE)
    else:
        low, high = np.quantile(value_per_hour[known], [1 / 3, 2 / 3])
    rated = np.where(value_per_hour > high, "high", np.where(value_per_hour < low, "low", "medium"))
    return np.where(known, rated, "n/a").astype(object)

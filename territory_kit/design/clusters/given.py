"""Read what a user gives beside the points: shares, tolerances, starts; say what does not fit."""

import numpy as np
from numpy.typing import ArrayLike

from territory_kit.design.arrays import FloatArray
from territory_kit.design.clusters.exchange import sum_moments
from territory_kit.design.clusters.improve import fill_empty
from territory_kit.errors import ParameterError

# Bounds forgive rounding in sums of weights.
BOUND_SLACK = 1e-9


def check_size(n_points: int, n_clusters: int) -> None:
    """Refuse more clusters than points.

    Parameters
    ----------
    n_points
        Number of points.
    n_clusters
        Number of clusters.

    Raises
    ------
    ParameterError
        If there are fewer points than clusters.
    """
    if n_points < n_clusters:
        raise ParameterError(
            "There are fewer points than clusters",
            value=f"n_samples={n_points}, n_clusters={n_clusters}",
            remedy="Ask for at most as many clusters as points.",
        )


def target_shares(target_share: ArrayLike | None, n_clusters: int) -> FloatArray:
    """Read the share of the load that each cluster should hold.

    Parameters
    ----------
    target_share
        Shares in any unit; None: even ones.
    n_clusters
        Number of clusters.

    Returns
    -------
    FloatArray
        Shares that add up to 1.

    Raises
    ------
    ParameterError
        If they are not one number above 0 for each cluster.
    """
    if target_share is None:
        return np.full(n_clusters, 1.0 / n_clusters)
    shares = np.asarray(target_share, dtype=np.float64)
    if shares.shape != (n_clusters,) or not (np.isfinite(shares) & (shares > 0)).all():
        raise ParameterError(
            "The target shares are not one number above 0 for each cluster",
            value=str(target_share),
            where="target_share",
            remedy=f"Give {n_clusters} numbers above 0.",
        )
    normed: FloatArray = shares / shares.sum()
    return normed


def read_limits(targets: FloatArray, tolerance: float | ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Read the least and largest load of each cluster.

    Parameters
    ----------
    targets
        Load that each cluster should hold.
    tolerance
        Allowed share above or below; one number, or one per cluster.

    Returns
    -------
    tuple of FloatArray
        Least and largest load; the least one may lie a rounding below 0.

    Raises
    ------
    ParameterError
        If a tolerance is below 0, or there is not one for each cluster.
    """
    shares = np.asarray(tolerance, dtype=np.float64)
    if shares.shape not in {(), targets.shape} or not (np.isfinite(shares) & (shares >= 0)).all():
        raise ParameterError(
            "The tolerance is neither one number nor one for each cluster",
            value=str(tolerance),
            where="tolerance",
            remedy=f"Give one number of at least 0, or {len(targets)} of them.",
        )
    slack = BOUND_SLACK * targets.mean()
    return np.maximum(targets * (1 - shares), 0.0) - slack, targets * (1 + shares) + slack


def check_range(X: FloatArray, weights: FloatArray) -> None:
    """Refuse numbers whose sums are beyond what a computer holds.

    Parameters
    ----------
    X
        The points.
    weights
        Their weights.

    Raises
    ------
    ParameterError
        If the weights or the weighted squares of the points have no finite sum.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        total = weights.sum() * max(1.0, float(np.square(X).sum(axis=1).max(initial=0.0)))
    if not np.isfinite(total):
        raise ParameterError(
            "The numbers are too large to be added up",
            value=f"largest weight {weights.max():g}, largest coordinate {np.abs(X).max():g}",
            where="X, sample_weight",
            remedy="Use a larger unit, so that weights and coordinates become smaller.",
        )


def given_centres(
    init: ArrayLike, X: FloatArray, weights: FloatArray, n_clusters: int
) -> FloatArray:
    """Read centres, or locate those of given labels.

    Parameters
    ----------
    init
        Centres of shape (n_clusters, n_features), or one label for each point.
    X
        The points.
    weights
        Their weights.
    n_clusters
        Number of clusters.

    Returns
    -------
    FloatArray
        Centres, shape (n_clusters, n_features).

    Raises
    ------
    ParameterError
        If it is neither.
    """
    given = np.asarray(init)
    if given.shape == (n_clusters, X.shape[1]) and np.isfinite(given).all():
        return given.astype(np.float64)
    is_labels = given.shape == (len(X),) and np.issubdtype(given.dtype, np.integer)
    if not is_labels or given.min() < 0 or given.max() >= n_clusters:
        raise ParameterError(
            "The start is neither centres nor labels",
            value=f"an array of shape {given.shape}",
            where="init",
            remedy=(
                f"Give centres of shape {(n_clusters, X.shape[1])} or one label from 0 to "
                f"{n_clusters - 1} for each of {len(X)} points."
            ),
        )
    moments = sum_moments(X, weights, given.astype(np.int64), n_clusters)
    if (moments[:, 0] == 0).any():
        filled = fill_empty(X, weights, given.astype(np.int64), n_clusters)
        moments = sum_moments(X, weights, filled, n_clusters)
    centres: FloatArray = moments[:, 1:] / np.maximum(moments[:, :1], 1e-300)
    return centres

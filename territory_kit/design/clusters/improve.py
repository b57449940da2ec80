"""Bring labels to limits and to a local optimum by moves of single points."""

import numpy as np
from scipy.spatial import cKDTree

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.exchange import (
    Cells,
    send_along_chain,
    shift_points,
    sum_moments,
    swap_points,
    total_missed,
)

NEIGHBOURS_COUNT = 12
# One unit of violation costs so many times the whole inertia per mean load.
PENALTY = 1e4
GRAIN_SHARE = 1e-11
# Passes over all points; a large number of points is only brought to its limits.
ROUNDS, POINT_ROUNDS, SWAPPED_COUNT, MOST_CHAINS = 30, 50_000, 4_000, 2000


def improve(
    points: FloatArray,
    weights: FloatArray,
    labels: IntArray,
    limits: tuple[FloatArray, FloatArray],
) -> IntArray:
    """Shift, swap and send along chains until limits hold and nothing helps.

    Parameters
    ----------
    points
        Points around 0, shape (n_points, n_features).
    weights
        Weight of each point, above 0.
    labels
        Cluster of each point at the start.
    limits
        Least and largest load of each cluster.

    Returns
    -------
    IntArray
        Cluster of each point, none empty while points last.
    """
    cells = _cells(points, weights, fill_empty(points, weights, labels, len(limits[0])), limits)
    mean = weights.sum() / len(limits[0])
    n_rounds = min(ROUNDS, max(POINT_ROUNDS // len(points), 1))
    for _ in range(n_rounds):
        n_moved = shift_points(cells) if len(limits[0]) > 1 else 0
        if n_moved <= len(points) // 10_000 and len(points) <= SWAPPED_COUNT:
            n_moved += swap_points(cells)
        if total_missed(cells) > GRAIN_SHARE * mean and n_moved == 0:
            n_moved = int(_send(cells, len(points)))
        if n_moved == 0:
            break
    _send(cells, len(points))
    return cells.labels


def _send(cells: Cells, n_points: int) -> bool:
    """Send load along chains while that helps; say whether it did."""
    is_sent = False
    for _ in range(max(1, min(MOST_CHAINS, 20_000_000 // n_points))):
        if total_missed(cells) == 0.0 or not send_along_chain(cells):
            break
        is_sent = True
    return is_sent


def fill_empty(
    points: FloatArray, weights: FloatArray, labels: IntArray, n_clusters: int
) -> IntArray:
    """Give every empty cluster the point that its own one serves worst.

    Parameters
    ----------
    points
        The points.
    weights
        Their weights.
    labels
        Cluster of each point.
    n_clusters
        Number of clusters.

    Returns
    -------
    IntArray
        Labels; a cluster stays empty only where points are too few.
    """
    filled = labels.copy()
    for cluster in np.flatnonzero(np.bincount(filled, minlength=n_clusters) == 0):
        counts = np.bincount(filled, minlength=n_clusters)
        moments = sum_moments(points, weights, filled, n_clusters)
        centres = moments[:, 1:] / np.maximum(moments[:, :1], 1e-300)
        costs = weights * np.square(points - centres[filled]).sum(axis=1)
        costs[counts[filled] == 1] = -1.0
        worst = int(costs.argmax())
        if costs[worst] < 0:
            break
        filled[worst] = cluster
    return filled


def _cells(
    points: FloatArray, weights: FloatArray, labels: IntArray, limits: tuple[FloatArray, FloatArray]
) -> Cells:
    n_clusters = len(limits[0])
    moments = sum_moments(points, weights, labels, n_clusters)
    centres = moments[:, 1:] / np.maximum(moments[:, :1], 1e-300)
    total = float(weights @ np.square(points - centres[labels]).sum(axis=1))
    n_near = min(NEIGHBOURS_COUNT, n_clusters - 1)
    near = np.zeros((n_clusters, 0), dtype=np.int64)
    if n_near:
        _, found = cKDTree(centres).query(centres, k=n_near + 1)
        near = _others(np.asarray(found, dtype=np.int64))
    return Cells(
        points=points,
        weights=weights,
        labels=labels,
        moments=moments,
        counts=np.bincount(labels, minlength=n_clusters).astype(np.int64),
        lower=limits[0],
        upper=limits[1],
        near=near,
        penalty=PENALTY * max(total, 1e-300) * n_clusters / float(weights.sum()),
        grain=GRAIN_SHARE * total + 1e-300,
    )


def _others(found: IntArray) -> IntArray:
    """Drop each cluster from its own list of neighbours, wherever it stands in it."""
    own = found == np.arange(len(found))[:, np.newaxis]
    own[~own.any(axis=1), -1] = True
    return np.ascontiguousarray(found[~own].reshape(len(found), -1))

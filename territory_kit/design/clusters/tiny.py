"""Try every division of a handful of points: the certain optimum."""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled

MOST_DIVISIONS, MOST_POINTS = 300_000, 18
# Violations that differ by less, in mean loads, are equal.
GRAIN = 1e-7


def is_tiny(n_points: int, n_clusters: int) -> bool:
    """Say whether every division can be tried in a moment."""
    return bool(n_points * np.log(n_clusters) <= np.log(MOST_DIVISIONS) and n_points <= MOST_POINTS)


@compiled
def best_division(
    points: FloatArray, weights: FloatArray, lower: FloatArray, upper: FloatArray
) -> IntArray:
    """Find the labels that miss limits by least, then cost least, with no cluster empty."""
    n_points, n_clusters = len(points), len(lower)
    labels, best = np.zeros(n_points, dtype=np.int64), np.zeros(n_points, dtype=np.int64)
    moments = np.zeros((n_clusters, points.shape[1] + 2))
    mean = weights.sum() / n_clusters
    least_missed, least_cost = np.inf, np.inf
    is_alike = (lower == lower[0]).all() and (upper == upper[0]).all()
    while True:
        missed, cost, n_empty = _judge(points, weights, labels, lower, upper, moments)
        missed += 1e6 * n_empty * mean
        if missed < least_missed - GRAIN * mean or (
            missed < least_missed + GRAIN * mean and cost < least_cost * (1.0 - 1e-12)
        ):
            least_missed, least_cost = missed, cost
            best[:] = labels
        # Count on to the next labels; alike clusters are numbered as they come.
        place = n_points - 1
        while place >= 0:
            top = n_clusters - 1
            if is_alike:
                top = min(top, labels[:place].max() + 1) if place > 0 else 0
            if labels[place] < top:
                labels[place] += 1
                labels[place + 1 :] = 0
                break
            place -= 1
        if place < 0:
            return best


@compiled
def _judge(  # noqa: PLR0917  # reason: numba compiles plain arguments
    points: FloatArray,
    weights: FloatArray,
    labels: IntArray,
    lower: FloatArray,
    upper: FloatArray,
    moments: FloatArray,
) -> tuple[float, float, int]:
    """Add up missed limits, cost and empty clusters."""
    n_features = points.shape[1]
    moments[:] = 0.0
    for point in range(len(points)):
        moment, weight = moments[labels[point]], weights[point]
        moment[0] += weight
        for feature in range(n_features):
            moment[1 + feature] += weight * points[point, feature]
            moment[1 + n_features] += weight * points[point, feature] ** 2
    missed, cost, n_empty = 0.0, 0.0, 0
    for cluster in range(len(lower)):
        load = moments[cluster, 0]
        missed += max(0.0, lower[cluster] - load, load - upper[cluster])
        if load == 0.0:
            n_empty += 1
            continue
        cost += moments[cluster, 1 + n_features]
        for feature in range(n_features):
            cost -= moments[cluster, 1 + feature] ** 2 / load
    return missed, cost, n_empty

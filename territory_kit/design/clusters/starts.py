"""Cut a cloud of points into balanced parts, again and again in two, as a start for the clusters.

The parts hold the loads that are wanted from the outset, so that prices stay small and centres
have a short way to go; clusters that ignore balance, as k-means++ finds them, lie far from it.
"""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray

# Rounds of the power method from a random direction: few, so that cuts differ from start to start.
AXIS_ROUNDS = 3


def bisect(
    points: FloatArray, weights: FloatArray, shares: FloatArray, generator: np.random.Generator
) -> FloatArray:
    """Cut points in two across a long axis until there are as many parts as shares.

    Parameters
    ----------
    points
        Points, shape (n_points, n_features).
    weights
        Weight of each point, not all 0.
    shares
        Wanted share of the weight of each part; any sum.
    generator
        Source of the directions.

    Returns
    -------
    FloatArray
        Weighted mean of each part, shape (n_parts, n_features).
    """
    centres = np.empty((len(shares), points.shape[1]))
    parts = [(np.arange(len(points)), np.arange(len(shares)))]
    while parts:
        members, clusters = parts.pop()
        if len(clusters) == 1 or len(members) <= 1:
            centres[clusters] = np.average(points[members], axis=0, weights=weights[members])
            continue
        near, far = np.array_split(generator.permutation(clusters), 2)
        cut, rest = _cut(
            points, weights, members, shares[near].sum() / shares[clusters].sum(), generator
        )
        parts += [(cut, near), (rest, far)]
    return centres


def _cut(
    points: FloatArray,
    weights: FloatArray,
    members: IntArray,
    share: float,
    generator: np.random.Generator,
) -> tuple[IntArray, IntArray]:
    """Cut off a share of the weight along a long axis; both parts hold a point."""
    heights = _heights(points[members], weights[members], generator)
    order = members[np.argsort(heights, kind="stable")]
    sums = np.cumsum(weights[order])
    n_cut = int(np.searchsorted(sums, share * sums[-1]))
    n_cut = min(max(n_cut, 1), len(order) - 1)
    return order[:n_cut], order[n_cut:]


def _heights(points: FloatArray, weights: FloatArray, generator: np.random.Generator) -> FloatArray:
    """Project points to a direction in which they spread widely (power method)."""
    centred = points - np.average(points, axis=0, weights=weights)
    axis: FloatArray = np.asarray(generator.normal(size=points.shape[1]))
    for _ in range(AXIS_ROUNDS):
        axis = (weights * (centred @ axis)) @ centred
        axis = np.divide(axis, max(float(np.sqrt(np.square(axis).sum())), 1e-300))
    heights: FloatArray = centred @ axis
    return heights

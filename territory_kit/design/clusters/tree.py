"""Sort points into boxes, halved again and again, so that a whole box finds its cluster at once.

The tree stores its points in its own order, such that the points of a box stand next to each other.

References
----------
Kanungo, Mount, Netanyahu, Piatko, Silverman, Wu (2002), "An efficient k-means clustering
algorithm: analysis and implementation", IEEE Transactions on Pattern Analysis and Machine
Intelligence 24.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled

LEAF_COUNT = 16


class Tree(NamedTuple):
    """Hold weighted points and the boxes around them.

    Parameters
    ----------
    points
        Points in the order of the tree, shape (n_points, n_features).
    weights
        Weight of each point, shape (n_points,).
    order
        Place of each point in the list that the tree was built from, shape (n_points,).
    starts
        First point of each box, shape (n_boxes,).
    stops
        End of the points of each box.
    children
        First of the two boxes that each box is halved into, or -1; the other one follows it.
    lows
        Lower corner of each box, shape (n_boxes, n_features).
    highs
        Upper corner of each box.
    moments
        Weight, weighted sum of each feature and weighted sum of squares of the points of each
        box, shape (n_boxes, n_features + 2).
    """

    points: FloatArray
    weights: FloatArray
    order: IntArray
    starts: IntArray
    stops: IntArray
    children: IntArray
    lows: FloatArray
    highs: FloatArray
    moments: FloatArray


@compiled
def build_tree(points: FloatArray, weights: FloatArray, leaf_count: int) -> Tree:
    """Halve the points at the median of their widest feature until few are left in a box."""
    n_points, n_features = points.shape
    most = 2
    while most * leaf_count < 4 * n_points:
        most *= 2
    order = np.arange(n_points)
    points, weights = points.copy(), weights.copy()
    starts, stops = np.zeros(most, dtype=np.int64), np.zeros(most, dtype=np.int64)
    children = np.full(most, -1)
    lows, highs = np.zeros((most, n_features)), np.zeros((most, n_features))
    stops[0] = n_points
    n_boxes, box = 1, 0
    while box < n_boxes:
        start, stop = starts[box], stops[box]
        _bound(points[start:stop], lows[box], highs[box])
        if stop - start > leaf_count:
            middle = (start + stop) // 2
            feature = int(np.argmax(highs[box] - lows[box]))
            _halve(points, weights, order, (start, middle, stop), feature)
            starts[n_boxes], stops[n_boxes] = start, middle
            starts[n_boxes + 1], stops[n_boxes + 1] = middle, stop
            children[box] = n_boxes
            n_boxes += 2
        box += 1
    moments = _moments(points, weights, starts, stops, children, n_boxes)
    return Tree(
        points,
        weights,
        order,
        starts[:n_boxes],
        stops[:n_boxes],
        children[:n_boxes],
        lows[:n_boxes],
        highs[:n_boxes],
        moments,
    )


@compiled
def _bound(points: FloatArray, low: FloatArray, high: FloatArray) -> None:
    low[:] = points[0]
    high[:] = points[0]
    for point in range(1, len(points)):
        for feature in range(len(low)):
            value = points[point, feature]
            low[feature] = min(low[feature], value)
            high[feature] = max(high[feature], value)


@compiled
def _halve(
    points: FloatArray,
    weights: FloatArray,
    order: IntArray,
    span: tuple[int, int, int],
    feature: int,
) -> None:
    """Bring the points below the median of a feature before the others (Hoare's selection)."""
    left, middle, right = span[0], span[1], span[2] - 1
    while left < right:
        pivot = points[(left + right) // 2, feature]
        low, high = left, right
        while low <= high:
            while points[low, feature] < pivot:
                low += 1
            while points[high, feature] > pivot:
                high -= 1
            if low <= high:
                _swap(points, weights, order, low, high)
                low += 1
                high -= 1
        if middle <= high:
            right = high
        elif middle >= low:
            left = low
        else:
            break


@compiled
def _swap(points: FloatArray, weights: FloatArray, order: IntArray, one: int, other: int) -> None:
    order[one], order[other] = order[other], order[one]
    weights[one], weights[other] = weights[other], weights[one]
    for feature in range(points.shape[1]):
        value = points[one, feature]
        points[one, feature] = points[other, feature]
        points[other, feature] = value


@compiled
def _moments(  # noqa: PLR0917  # reason: numba compiles plain arguments
    points: FloatArray,
    weights: FloatArray,
    starts: IntArray,
    stops: IntArray,
    children: IntArray,
    n_boxes: int,
) -> FloatArray:
    n_features = points.shape[1]
    moments = np.zeros((n_boxes, n_features + 2))
    for box in range(n_boxes - 1, -1, -1):
        if children[box] >= 0:
            moments[box] = moments[children[box]] + moments[children[box] + 1]
            continue
        for point in range(starts[box], stops[box]):
            weight = weights[point]
            moments[box, 0] += weight
            for feature in range(n_features):
                value = points[point, feature]
                moments[box, 1 + feature] += weight * value
                moments[box, 1 + n_features] += weight * value * value
    return moments

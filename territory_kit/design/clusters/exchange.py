"""Move single points between neighbouring clusters, centres moving along (Hartigan's method).

Prices leave what comes in lumps: a point is too heavy for the room that is left. Here points are
shifted, swapped and sent along chains of clusters until limits hold and no move helps.

References
----------
Hartigan, Wong (1979), "Algorithm AS 136: a k-means clustering algorithm", Applied Statistics 28.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.compiled import compiled

# Points of a cluster that a swap looks at, those nearest to the other cluster.
BORDER_COUNT = 24
# Changes of violation below this share of a mean load are rounding.
GRAIN = 1e-11


class Cells(NamedTuple):
    """Hold clusters while points move; the arrays are changed in place.

    Parameters
    ----------
    points
        The points, shape (n_points, n_features).
    weights
        Weight of each point, above 0.
    labels
        Cluster of each point.
    moments
        Weight and weighted sum of each feature of each cluster.
    counts
        Number of points of each cluster.
    lower
        Least load of each cluster.
    upper
        Largest load.
    near
        Neighbours of each cluster, shape (n_clusters, n_neighbours).
    penalty
        Cost of one unit of violation.
    grain
        Smallest change of cost that counts.
    """

    points: FloatArray
    weights: FloatArray
    labels: IntArray
    moments: FloatArray
    counts: IntArray
    lower: FloatArray
    upper: FloatArray
    near: IntArray
    penalty: float
    grain: float


@compiled
def sum_moments(points: FloatArray, weights: FloatArray, labels: IntArray, n: int) -> FloatArray:
    """Add up weight and weighted features of each of n clusters."""
    moments = np.zeros((n, points.shape[1] + 1))
    for point in range(len(points)):
        moments[labels[point], 0] += weights[point]
        for feature in range(points.shape[1]):
            moments[labels[point], 1 + feature] += weights[point] * points[point, feature]
    return moments


@compiled
def shift_points(cells: Cells) -> int:
    """Move each point to the neighbour where that helps most; count the moves."""
    n_moved = 0
    for point in range(len(cells.labels)):
        source = cells.labels[point]
        if cells.counts[source] == 1:
            continue
        best, best_change = -1, -cells.grain
        for target in cells.near[source]:
            change = change_of(cells, source, target, point, -1)
            if change < best_change:
                best, best_change = target, change
        if best >= 0:
            _move(cells, point, best)
            n_moved += 1
    return n_moved


@compiled
def change_of(cells: Cells, source: int, target: int, leaving: int, entering: int) -> float:
    """Say how cost and violation change when a point leaves and another one, or -1, comes back."""
    moved = cells.weights[leaving]
    if entering >= 0:
        moved -= cells.weights[entering]
    load, other = cells.moments[source, 0], cells.moments[target, 0]
    change = _missed(cells, source, load - moved) - _missed(cells, source, load)
    change += _missed(cells, target, other + moved) - _missed(cells, target, other)
    if abs(change) * len(cells.moments) < GRAIN * (load + other):
        change = 0.0
    squares = 0.0
    for feature in range(cells.points.shape[1]):
        way = cells.weights[leaving] * cells.points[leaving, feature]
        if entering >= 0:
            way -= cells.weights[entering] * cells.points[entering, feature]
        here, there = cells.moments[source, 1 + feature], cells.moments[target, 1 + feature]
        squares += here * here / load - (here - way) ** 2 / (load - moved)
        squares -= (there + way) ** 2 / (other + moved)
        if other > 0:
            squares += there * there / other
    return squares + cells.penalty * change


@compiled
def _missed(cells: Cells, cluster: int, load: float) -> float:
    return float(max(0.0, cells.lower[cluster] - load, load - cells.upper[cluster]))


@compiled
def _move(cells: Cells, point: int, target: int) -> None:
    source, weight = cells.labels[point], cells.weights[point]
    cells.labels[point] = target
    cells.counts[source] -= 1
    cells.counts[target] += 1
    cells.moments[source, 0] -= weight
    cells.moments[target, 0] += weight
    for feature in range(cells.points.shape[1]):
        part = weight * cells.points[point, feature]
        cells.moments[source, 1 + feature] -= part
        cells.moments[target, 1 + feature] += part


@compiled
def _regret(cells: Cells, point: int, target: int) -> float:
    """Say how much farther a point is from a centre than from its own, squared."""
    source = cells.labels[point]
    regret = 0.0
    for feature in range(cells.points.shape[1]):
        value = cells.points[point, feature]
        to_target = value - cells.moments[target, 1 + feature] / cells.moments[target, 0]
        to_source = value - cells.moments[source, 1 + feature] / cells.moments[source, 0]
        regret += to_target * to_target - to_source * to_source
    return regret


@compiled
def swap_points(cells: Cells) -> int:
    """Swap points between neighbours where that helps; count the moves."""
    n_clusters = len(cells.moments)
    order = np.argsort(cells.labels, kind="mergesort")
    sizes = np.bincount(cells.labels, minlength=n_clusters)
    stops = np.cumsum(sizes)
    n_moved = 0
    for one in range(n_clusters):
        for two in cells.near[one]:
            if two < one or sizes[one] == 0 or sizes[two] == 0:
                continue
            leaving = _border(cells, order[stops[one] - sizes[one] : stops[one]], one, two)
            entering = _border(cells, order[stops[two] - sizes[two] : stops[two]], two, one)
            n_moved += _swap_pair(cells, (one, two), leaving, entering)
    return n_moved


@compiled
def _swap_pair(cells: Cells, pair: tuple[int, int], leaving: IntArray, entering: IntArray) -> int:
    """Swap points of two clusters where that helps; count the moves."""
    one, two = pair
    n_moved = 0
    for point in leaving:
        for other in entering:
            if cells.labels[point] != one or cells.labels[other] != two:
                continue
            if change_of(cells, one, two, point, other) < -cells.grain:
                _move(cells, point, two)
                _move(cells, other, one)
                n_moved += 2
    return n_moved


@compiled
def _border(cells: Cells, members: IntArray, source: int, target: int) -> IntArray:
    """List the points of a cluster that lie nearest to another one."""
    regrets = np.empty(len(members))
    for place in range(len(members)):
        regrets[place] = np.inf
        if cells.labels[members[place]] == source:
            regrets[place] = _regret(cells, members[place], target)
    return members[np.argsort(regrets, kind="mergesort")[:BORDER_COUNT]]


@compiled
def send_along_chain(cells: Cells) -> bool:
    """Send load from where it is too much to where it fits, over clusters in between."""
    costs, carriers = _links(cells)
    loads = cells.moments[:, 0]
    is_over = loads > cells.upper
    is_source = is_over if is_over.any() else loads > cells.lower
    is_sink = loads < cells.upper if is_over.any() else loads < cells.lower
    if not is_sink.any() or not is_source.any():
        return False
    ways, before = _cheapest_ways(cells, costs, carriers, is_source)
    return _follow(cells, np.where(is_sink & ~is_source, ways, np.inf), before)


@compiled
def _cheapest_ways(
    cells: Cells, costs: FloatArray, carriers: IntArray, is_source: BoolArray
) -> tuple[FloatArray, IntArray]:
    """Find the cheapest way to each cluster from any source: its cost, last stop and point."""
    n_clusters = len(costs)
    ways = np.where(is_source, 0.0, np.inf)
    before = np.full((n_clusters, 2), -1)
    for _ in range(n_clusters):
        is_changed = False
        for source in range(n_clusters):
            for place in range(cells.near.shape[1]):
                target = cells.near[source, place]
                way = ways[source] + costs[source, place]
                if is_source[target] or not way < ways[target]:
                    continue
                ways[target] = way
                before[target, 0], before[target, 1] = source, carriers[source, place]
                is_changed = True
        if not is_changed:
            break
    return ways, before


@compiled
def _links(cells: Cells) -> tuple[FloatArray, IntArray]:
    """Find the point that goes from each cluster to each neighbour at the least cost per load."""
    costs = np.full(cells.near.shape, np.inf)
    carriers = np.full(cells.near.shape, -1)
    for point in range(len(cells.labels)):
        source = cells.labels[point]
        if cells.counts[source] == 1:
            continue
        for place in range(cells.near.shape[1]):
            target = cells.near[source, place]
            regret = np.inf if cells.moments[target, 0] <= 0 else _regret(cells, point, target)
            # A negative cost would let chains run in circles.
            regret = max(regret, 0.0)
            if regret < costs[source, place]:
                costs[source, place], carriers[source, place] = regret, point
    return costs, carriers


@compiled
def _follow(cells: Cells, ways: FloatArray, before: IntArray) -> bool:
    """Move the points along the cheapest chain; take back what does not lessen the violation."""
    sink = int(np.argmin(ways))
    if not np.isfinite(ways[sink]):
        return False
    violation = total_missed(cells)
    chain = np.empty((len(ways), 2), dtype=np.int64)
    n_sent, place = 0, sink
    while before[place, 0] >= 0 and n_sent < len(ways):
        chain[n_sent, 0], chain[n_sent, 1] = before[place, 1], before[place, 0]
        n_sent += 1
        _move(cells, before[place, 1], place)
        place = before[place, 0]
    if total_missed(cells) < violation * (1.0 - 1e-12):
        return True
    for step in range(n_sent - 1, -1, -1):
        _move(cells, chain[step, 0], chain[step, 1])
    return False


@compiled
def total_missed(cells: Cells) -> float:
    """Add up by how much loads miss their limits."""
    total = 0.0
    for cluster in range(len(cells.moments)):
        total += _missed(cells, cluster, cells.moments[cluster, 0])
    return total

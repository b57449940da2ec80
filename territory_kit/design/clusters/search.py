"""Find balanced clusters: several starts on coarse boxes, the best one refined to the points."""

from dataclasses import dataclass

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.exchange import sum_moments
from territory_kit.design.clusters.improve import improve
from territory_kit.design.clusters.prices import Bounds, balance
from territory_kit.design.clusters.settle import RAMP_SHARE, Settled, settle
from territory_kit.design.clusters.starts import bisect
from territory_kit.design.clusters.tiny import best_division, is_tiny
from territory_kit.design.clusters.tree import LEAF_COUNT, Tree, build_tree

# Points per cluster on each level, from coarse to fine, and when centres rest there.
LEVELS = (32, 96)
COARSE_COUNT = 12
# Centre moves on the finer levels: times points, and at most.
POINT_ROUNDS, MOST_ROUNDS = 7_000_000, 40
START_REST, REST, LAST_REST = 5e-4, 1e-4, 1e-5
# Up to this many points every start is improved by moves before the best one is chosen.
IMPROVED_STARTS_COUNT = 3000
LAST_ROUNDS, LAST_ACCURACY, LAST_WIDTH = 20, 5e-4, 0.01
# Prices aim inside the limits by so much of their width; lumps need the rest.
INSIDE_SHARE = 0.01
# Violations that differ by less are equal.
SAME_VIOLATION = 1e-9


@dataclass(frozen=True, eq=False)
class Found:
    """Hold balanced clusters of points.

    Parameters
    ----------
    labels
        Cluster of each point.
    centres
        Weighted mean of each cluster.
    prices
        Price of each centre.
    violation
        Sum of missed limits, in mean loads.
    inertia
        Sum of weight times squared distance to the centre.
    n_rounds
        Number of centre moves of the chosen start.
    """

    labels: IntArray
    centres: FloatArray
    prices: FloatArray
    violation: float
    inertia: float
    n_rounds: int

    def is_better_than(self, other: "Found") -> bool:
        """Whether limits are missed by less, or by as much at a smaller inertia."""
        if abs(self.violation - other.violation) > SAME_VIOLATION:
            return self.violation < other.violation
        return self.inertia < other.inertia


def search(
    points: FloatArray,
    weights: FloatArray,
    limits: tuple[FloatArray, FloatArray],
    *,
    starts: list[FloatArray | None],
    max_rounds: int,
    generator: np.random.Generator,
) -> Found:
    """Divide points into balanced clusters.

    Parameters
    ----------
    points
        Points around 0 and of size about 1, at least as many as clusters.
    weights
        Weight of each point, above 0.
    limits
        Least and largest load of each cluster.
    starts
        Centres to start from; None for a start of its own.
    max_rounds
        Largest number of centre moves on a level.
    generator
        Source of the starts.

    Returns
    -------
    Found
        The best clusters met.
    """
    tree = build_tree(points, weights, LEAF_COUNT)
    if starts[0] is None and is_tiny(len(points), len(limits[0])):
        labels = best_division(points, weights, *limits)
        return _judge(tree, labels, limits, np.zeros(len(limits[0])), 0)
    trees = _levels(tree, len(limits[0]))
    settled = [_start(trees[0], limits, start, max_rounds, generator) for start in starts]
    if len(points) <= IMPROVED_STARTS_COUNT:
        finished = [_finish(tree, points, weights, one, limits) for one in settled]
        best = finished[0]
        for found in finished[1:]:
            best = found if found.is_better_than(best) else best
        return best
    one = min(settled, key=lambda found: (round(found.missed, 1), found.inertia))
    for finer in [*trees[1:-1], tree]:
        most = min(max_rounds, MOST_ROUNDS, max(POINT_ROUNDS // len(finer.points), 1))
        rest = LAST_REST if finer is tree else REST
        one = settle(finer, (one.centres, one.prices), limits, max_rounds=most, rest=rest)
    return _finish(tree, points, weights, one, limits)


def _levels(tree: Tree, n_clusters: int) -> list[Tree]:
    """Build trees of ever smaller boxes; the last one is that of the points."""
    n_points = len(tree.points)
    trees = []
    for count in LEVELS:
        if COARSE_COUNT * count * n_clusters <= n_points:
            sizes = tree.stops - tree.starts
            parents = np.full(len(sizes), n_points)
            inner = np.flatnonzero(tree.children >= 0)
            for side in range(2):
                parents[tree.children[inner] + side] = sizes[inner]
            size = max(n_points // (count * n_clusters), LEAF_COUNT)
            chosen = (sizes <= size) & (parents > size)
            moments = tree.moments[chosen]
            means = moments[:, 1:-1] / moments[:, :1]
            trees.append(build_tree(means, moments[:, 0].copy(), LEAF_COUNT))
    return [*trees, tree]


def _start(
    tree: Tree,
    limits: tuple[FloatArray, FloatArray],
    start: FloatArray | None,
    max_rounds: int,
    generator: np.random.Generator,
) -> Settled:
    if start is None:
        start = bisect(tree.points, tree.weights, limits[0] + limits[1], generator)
    first = (start, np.zeros(len(start)))
    return settle(tree, first, limits, max_rounds=max_rounds, rest=START_REST)


def _finish(
    tree: Tree,
    points: FloatArray,
    weights: FloatArray,
    settled: Settled,
    limits: tuple[FloatArray, FloatArray],
) -> Found:
    """Balance a last time and exactly, then move single points."""
    inside = INSIDE_SHARE * (limits[1] - limits[0])
    ramp = RAMP_SHARE * max(settled.inertia / tree.moments[0, 0], 1e-300)
    bounds = Bounds(limits[0] + inside, limits[1] - inside, ramp)
    _, shares = balance(
        tree, settled.centres, settled.prices, bounds, LAST_WIDTH, LAST_ROUNDS, LAST_ACCURACY
    )
    labels = np.empty(len(points), dtype=np.int64)
    labels[tree.order] = shares.labels
    labels, _ = improve(points, weights, labels, limits)
    return _judge(tree, labels, limits, settled.prices, settled.n_rounds)


def _judge(
    tree: Tree,
    labels: IntArray,
    limits: tuple[FloatArray, FloatArray],
    prices: FloatArray,
    n_rounds: int,
) -> Found:
    """Locate the centres of labels, price them and add up what they cost."""
    n_clusters, sorted_labels = len(limits[0]), labels[tree.order]
    moments = sum_moments(tree.points, tree.weights, sorted_labels, n_clusters)
    loads = moments[:, 0]
    centres = moments[:, 1:] / np.maximum(loads[:, np.newaxis], 1e-300)
    ways = np.square(tree.points - centres[sorted_labels]).sum(axis=1)
    inertia = float((tree.weights * ways).sum())
    bounds = Bounds(*limits, RAMP_SHARE * max(inertia / loads.sum(), 1e-300))
    prices, _ = balance(tree, centres, prices, bounds, LAST_WIDTH, LAST_ROUNDS, LAST_ACCURACY)
    missed = np.maximum(0.0, np.maximum(limits[0] - loads, loads - limits[1]))
    violation = float(missed.sum()) * n_clusters / float(loads.sum())
    return Found(labels, centres, prices, violation, inertia, n_rounds)

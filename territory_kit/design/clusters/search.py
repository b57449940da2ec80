"""Find balanced clusters: several starts on coarse boxes, the best one refined to the points."""

from dataclasses import dataclass, replace

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.assign import Offer, Shares
from territory_kit.design.clusters.exchange import sum_moments
from territory_kit.design.clusters.improve import improve
from territory_kit.design.clusters.levels import Level, draw_coarsely
from territory_kit.design.clusters.prices import Bounds, balance
from territory_kit.design.clusters.settle import (
    RAMP_SHARE,
    Settled,
    missed_share,
    settle,
    settle_exactly,
)
from territory_kit.design.clusters.starts import bisect
from territory_kit.design.clusters.tiny import best_division, is_tiny
from territory_kit.design.clusters.transport import MOST_ENTRIES, transport
from territory_kit.design.clusters.tree import LEAF_COUNT, Tree, build_tree
from territory_kit.design.workers import Workers

Limits = tuple[FloatArray, FloatArray]

# Centre moves of the starts, between them and the points, and on the points: at most, and times
# points; and when they rest.
START_ROUNDS, FINER_ROUNDS, LAST_MOVES, POINT_MOVES = 24, 30, 10, 4_000_000
# Of more than two starts, the better half goes on after so many moves.
PAIR, TRIAL_ROUNDS = 2, 10
REST = 1e-5
# Share of a move that is carried on; at last none, so that centres come to lie at their means.
CARRY, LAST_CARRY = 0.9, 0.0
# Share of the load that prices may leave outside the limits before chains of moves take over, and
# points times clusters that they may go through: on the first level, on finer ones, at the end.
LOST, FIRST_ENTRIES, ENTRIES, BORDER_ENTRIES = 0.02, 240_000_000, 60_000_000, 16_000_000
# Inertia, times what prices alone gave, above which exact clusters of the coarse level are tried.
HARM = 1.05
# Up to this many points every start is improved by moves before the best one is chosen.
IMPROVED_STARTS_COUNT = 3000
LAST_ROUNDS, LAST_ACCURACY = 5, 2e-3
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


@dataclass(frozen=True, eq=False)
class Task:
    """Hold what all parts of the search need.

    Parameters
    ----------
    tree
        The points.
    limits
        Least and largest load of each cluster.
    max_rounds
        Largest number of centre moves on a level.
    workers
        Threads.
    """

    tree: Tree
    limits: Limits
    max_rounds: int
    workers: Workers


def search(
    points: FloatArray,
    weights: FloatArray,
    limits: Limits,
    *,
    starts: list[FloatArray | None],
    max_rounds: int,
    generator: np.random.Generator,
    workers: Workers,
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
    workers
        Threads.

    Returns
    -------
    Found
        The best clusters met.
    """
    tree = build_tree(points, weights, LEAF_COUNT)
    task = Task(tree, limits, max_rounds, workers)
    if starts[0] is None and is_tiny(len(points), len(limits[0])):
        labels = best_division(points, weights, *limits)
        return _judge(task, labels, np.zeros(len(limits[0])), n_rounds=0)
    is_small = len(points) <= IMPROVED_STARTS_COUNT
    levels = [] if is_small else draw_coarsely(tree, len(limits[0]))
    first = levels[0].tree if levels else tree
    aims = limits[0] + limits[1]
    centres = [
        bisect(first.points, first.weights, aims, generator) if start is None else start
        for start in starts
    ]
    settled = _settle_starts(replace(task, tree=first), centres, is_halved=not is_small)
    if is_small:
        best, *others = [_finish(task, points, weights, one) for one in settled]
        for found in others:
            best = found if found.is_better_than(best) else best
        return best
    one = min(settled, key=lambda one: (one.missed > LOST, one.inertia))
    for level in levels[1:]:
        one = _settle_finer(replace(task, tree=level.tree), one, is_last=False)
    if not levels:
        return _finish(task, points, weights, one)
    if one.is_exact and not _is_listed(task, len(points)):
        return _finish(task, points, weights, _spread(levels[-1], one))
    last = _settle_finer(task, one, is_last=True)
    found = _finish(task, points, weights, last)
    coarse = replace(task, tree=levels[-1].tree)
    if found.inertia > HARM * last.inertia and _is_listed(coarse, len(coarse.tree.points)):
        exact = _settle_exactly(coarse, one.offer, ENTRIES)
        other = _finish(task, points, weights, _spread(levels[-1], exact))
        found = other if other.is_better_than(found) else found
    return found


def _spread(level: Level, one: Settled) -> Settled:
    return replace(one, labels=level.spread(one.labels))


def _is_listed(task: Task, n_points: int) -> bool:
    """Say whether chains of moves can be found for so many points."""
    return n_points * len(task.limits[0]) <= MOST_ENTRIES


def _settle_starts(task: Task, starts: list[FloatArray], *, is_halved: bool) -> list[Settled]:
    """Settle the starts side by side; of more than two, only the better half to the end.

    Where points are few, every start counts: which one ends best shows late.
    """
    most = min(task.max_rounds, START_ROUNDS)
    offers = [Offer(centres, np.zeros(len(centres))) for centres in starts]
    if is_halved and len(offers) > PAIR:
        tried = _settle_each(task, offers, min(most, TRIAL_ROUNDS))
        tried.sort(key=lambda one: (one.missed > LOST, one.inertia))
        offers = [one.offer for one in tried[: max(PAIR, len(tried) // 2)]]
        most = max(most - TRIAL_ROUNDS, 1)
    settled = _settle_each(task, offers, most)
    if not _is_listed(task, len(task.tree.points)):
        return settled
    return task.workers.map(
        lambda one: one if one.missed <= LOST else _settle_exactly(task, one.offer, FIRST_ENTRIES),
        settled,
    )


def _settle_each(task: Task, offers: list[Offer], most: int) -> list[Settled]:
    # Threads that wait for others of the same pool would wait for ever.
    inner = task.workers if len(offers) == 1 else Workers()

    def begin(offer: Offer) -> Settled:
        return settle(
            task.tree,
            offer,
            task.limits,
            max_rounds=most,
            rest=REST,
            carry=CARRY,
            workers=inner,
        )

    return task.workers.map(begin, offers)


def _settle_finer(task: Task, one: Settled, *, is_last: bool) -> Settled:
    """Settle what was found on a coarser level."""
    n_points = len(task.tree.points)
    most = min(LAST_MOVES, max(POINT_MOVES // n_points, 1)) if is_last else FINER_ROUNDS
    most = min(task.max_rounds, most)
    if not one.is_exact:
        finer = settle(
            task.tree,
            one.offer,
            task.limits,
            max_rounds=most,
            rest=REST,
            carry=LAST_CARRY if is_last else CARRY,
            workers=task.workers,
        )
        if finer.missed <= LOST or not _is_listed(task, n_points):
            return finer
    return _settle_exactly(task, one.offer, ENTRIES)


def _settle_exactly(task: Task, offer: Offer, n_entries: int) -> Settled:
    most = max(2, n_entries // (len(task.tree.points) * len(offer.prices)))
    most = min(task.max_rounds, most)
    return settle_exactly(task.tree, offer, task.limits, max_rounds=most, rest=REST)


def _finish(task: Task, points: FloatArray, weights: FloatArray, settled: Settled) -> Found:
    """Balance a last time and exactly, then move single points."""
    tree, limits, offer, ordered = task.tree, task.limits, settled.offer, settled.labels
    if not settled.is_exact:
        inside = INSIDE_SHARE * (limits[1] - limits[0])
        aims = limits[0] + inside, limits[1] - inside
        prices, shares = _balance_last(task, offer, aims, settled.inertia)
        ordered = shares.labels
        if missed_share(shares.moments[:, 0], limits) > 0.0:
            ordered = _mend(task, Offer(offer.centres, prices), shares)
    labels = np.empty(len(points), dtype=np.int64)
    labels[tree.order] = ordered
    labels = improve(points, weights, labels, limits)
    return _judge(task, labels, offer.prices, n_rounds=settled.n_rounds)


def _mend(task: Task, offer: Offer, shares: Shares) -> IntArray:
    """Bring loads to their limits by chains of the points nearest to borders."""
    tree, n_clusters = task.tree, len(offer.prices)
    chosen = np.arange(len(tree.points))
    if len(chosen) * n_clusters > BORDER_ENTRIES:
        ways = np.square(offer.centres[shares.labels] - offer.centres[shares.seconds]).sum(axis=1)
        # Of a box booked at once only the box has a gap, not its points.
        is_own = (shares.seconds >= 0) & (shares.pulls == tree.weights)
        gaps = np.where(is_own, shares.gaps / np.maximum(ways, 1e-300), np.inf)
        chosen = np.sort(
            np.argpartition(gaps, BORDER_ENTRIES // n_clusters)[: BORDER_ENTRIES // n_clusters]
        )
    fixed = shares.moments[:, 0] - np.bincount(
        shares.labels[chosen], weights=tree.weights[chosen], minlength=n_clusters
    )
    limits = task.limits[0] - fixed, task.limits[1] - fixed
    points, weights = tree.points[chosen], tree.weights[chosen]
    labels = shares.labels.copy()
    _, labels[chosen] = transport(points, weights, offer.centres, offer.prices, *limits)
    return labels


def _balance_last(
    task: Task, offer: Offer, limits: Limits, inertia: float
) -> tuple[FloatArray, Shares]:
    ramp = RAMP_SHARE * max(inertia / task.tree.moments[0, 0], 1e-300)
    return balance(
        task.tree,
        offer,
        Bounds(*limits, ramp),
        n_rounds=LAST_ROUNDS,
        accuracy=LAST_ACCURACY,
        workers=task.workers,
    )


def _judge(task: Task, labels: IntArray, prices: FloatArray, *, n_rounds: int) -> Found:
    """Locate the centres of labels, price them and add up what they cost."""
    tree, limits = task.tree, task.limits
    n_clusters, ordered = len(limits[0]), labels[tree.order]
    moments = sum_moments(tree.points, tree.weights, ordered, n_clusters)
    loads = moments[:, 0]
    centres = moments[:, 1:] / np.maximum(loads[:, np.newaxis], 1e-300)
    ways = np.square(tree.points - centres[ordered]).sum(axis=1)
    inertia = float((tree.weights * ways).sum())
    prices, _ = _balance_last(task, Offer(centres, prices), limits, inertia)
    violation = missed_share(loads, limits) * n_clusters
    return Found(labels, centres, prices, violation, inertia, n_rounds)

"""Search the prices at which every cluster's load lies within its bounds.

The sum of what all points are asked, minus what the prices earn at the bounds, is concave in the
prices, and where it is largest the loads fit (the dual of the transport problem). Newton's method
climbs it: how fast load crosses a border when prices change is read off the points near it.

References
----------
Aurenhammer, Hoffmann, Aronov (1998), "Minkowski-type theorems and least-squares clustering",
Algorithmica 20.
Kitagawa, Mérigot, Thibert (2019), "Convergence of a Newton algorithm for semi-discrete optimal
transport", Journal of the European Mathematical Society 21.
"""

import math
from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.assign import Offer, Shares, assign
from territory_kit.design.clusters.tree import Tree
from territory_kit.design.compiled import compiled
from territory_kit.design.workers import Workers

LEAST_SLOPE_SHARE = 1e-3
LEAST_GAIN = 1e-6
# Weight near a border that tells its flow, in mean loads: as much as is still misplaced, but so
# many points.
PULL_PER_ERROR, PULLED_POINTS, LEAST_PULL_SHARE, MOST_PULL_SHARE = 0.5, 2.0, 0.006, 0.2
# Steps that went too short are lengthened, such that went too far are shortened.
MOST_BOOST, MOST_SHORTENED, LEAST_SHORTENING, MOST_SHORTENING = 8.0, 7, 0.05, 0.7
# Gaps are counted by powers of two, from 2 to the power of minus ZERO_WIDTH.
N_WIDTHS, ZERO_WIDTH = 80, 50
SOLVER_ROUNDS, SOLVER_ACCURACY = 100, 1e-3


class Bounds(NamedTuple):
    """Hold the bounds of the loads and how softly they are wanted.

    Parameters
    ----------
    lower
        Least load of each cluster, shape (n_clusters,).
    upper
        Largest load of each cluster.
    ramp
        Price from which a load is wanted at its bound; below it, in proportion.
    """

    lower: FloatArray
    upper: FloatArray
    ramp: float


class Stand(NamedTuple):
    """Hold prices with what they give.

    Parameters
    ----------
    prices
        Price of each centre.
    shares
        Who gets which point.
    height
        What the search makes as large as it can.
    missed
        By how much each load exceeds what is wanted at its price.
    slopes
        How that grows with the price.
    """

    prices: FloatArray
    shares: Shares
    height: float
    missed: FloatArray
    slopes: FloatArray


def balance(
    tree: Tree,
    offer: Offer,
    bounds: Bounds,
    *,
    n_rounds: int,
    accuracy: float,
    workers: Workers,
) -> tuple[FloatArray, Shares]:
    """Climb from the offered prices until loads are as wanted, to a share of the whole load.

    Parameters
    ----------
    tree
        The points.
    offer
        Centres and first prices.
    bounds
        What loads are wanted.
    n_rounds
        Largest number of steps.
    accuracy
        Share of the load that may be misplaced.
    workers
        Threads.

    Returns
    -------
    prices, shares
        The last prices and who gets which point at them.
    """
    total, n_clusters = tree.moments[0, 0], len(offer.prices)
    mean = total / n_clusters
    least_pull = max(LEAST_PULL_SHARE, PULLED_POINTS * n_clusters / len(tree.points))
    stand, boost = _stand(tree, offer, bounds, workers), 1.0
    for _ in range(n_rounds):
        error = float(np.abs(stand.missed).sum() / total)
        if error <= accuracy:
            break
        pull = mean * min(max(PULL_PER_ERROR * error, least_pull), MOST_PULL_SHARE)
        least = LEAST_SLOPE_SHARE * mean / bounds.ramp
        step = boost * _step(stand.shares, stand.slopes, stand.missed, pull, least)
        found = _climb(tree, offer.centres, bounds, stand, step, workers)
        if found is None:
            break
        is_far = found.missed @ step > 0.5 * (stand.missed @ step)
        boost = min(2.0 * boost, MOST_BOOST) if is_far else 1.0
        gain, stand = found.height - stand.height, found
        if gain < LEAST_GAIN * abs(stand.shares.asked):
            break
    return stand.prices, stand.shares


def _climb(  # noqa: PLR0917  # reason: one step of the search above
    tree: Tree,
    centres: FloatArray,
    bounds: Bounds,
    stand: Stand,
    step: FloatArray,
    workers: Workers,
) -> Stand | None:
    """Take a step, a shorter one where it leads down; None if none leads up."""
    climb = float(stand.missed @ step)
    for _ in range(MOST_SHORTENED):
        found = _stand(tree, Offer(centres, stand.prices + step), bounds, workers)
        if found.height > stand.height:
            return found
        # Where the slope along the step would be 0 if it fell evenly.
        fall = climb - float(found.missed @ step)
        share = min(max(climb / max(fall, 1e-300), LEAST_SHORTENING), MOST_SHORTENING)
        step, climb = share * step, share * climb
    return None


def _stand(tree: Tree, offer: Offer, bounds: Bounds, workers: Workers) -> Stand:
    shares = assign(tree, offer, workers)
    missed, slopes = _missed(shares.moments[:, 0], offer.prices, bounds)
    height = shares.asked - _income(offer.prices, bounds)
    return Stand(offer.prices, shares, height, missed, slopes)


@compiled
def _missed(loads: FloatArray, prices: FloatArray, bounds: Bounds) -> tuple[FloatArray, FloatArray]:
    """Say by how much each load exceeds what is wanted at its price, and how that grows with it."""
    missed, slopes = loads.copy(), np.zeros(len(loads))
    for cluster in range(len(loads)):
        half = 0.5 * (bounds.upper[cluster] - bounds.lower[cluster])
        share = prices[cluster] / bounds.ramp
        if abs(share) < 1.0:
            slopes[cluster] = half / bounds.ramp
        missed[cluster] -= bounds.lower[cluster] + half * (1.0 + min(max(share, -1.0), 1.0))
    return missed, slopes


@compiled
def _income(prices: FloatArray, bounds: Bounds) -> float:
    """Add up what the prices earn from the wanted loads (their integral from price 0)."""
    income = 0.0
    for cluster in range(len(prices)):
        half = 0.5 * (bounds.upper[cluster] - bounds.lower[cluster])
        size = abs(prices[cluster])
        over = max(size - 0.5 * bounds.ramp, 0.0)
        if size < bounds.ramp:
            over = 0.5 * size * size / bounds.ramp
        income += (bounds.lower[cluster] + half) * prices[cluster] + half * over
    return income


@compiled
def _step(
    shares: Shares, slopes: FloatArray, missed: FloatArray, pull: float, least: float
) -> FloatArray:
    """Solve for the change of prices that sends away what is too much (conjugate gradients)."""
    starts, others, flows = _flows(shares, len(slopes), pull)
    diagonal = slopes + least
    for one in range(len(slopes)):
        for place in range(starts[one], starts[one + 1]):
            diagonal[one] += flows[place]
            diagonal[others[place]] += flows[place]
    change = np.zeros(len(slopes))
    rest = missed.copy()
    direction = rest / diagonal
    size = (rest * direction).sum()
    goal = SOLVER_ACCURACY * SOLVER_ACCURACY * size
    for _ in range(SOLVER_ROUNDS):
        if size <= goal:
            break
        image = diagonal * direction
        for one in range(len(slopes)):
            for place in range(starts[one], starts[one + 1]):
                image[one] -= flows[place] * direction[others[place]]
                image[others[place]] -= flows[place] * direction[one]
        length = size / (direction * image).sum()
        change += length * direction
        rest -= length * image
        scaled = rest / diagonal
        new_size = (rest * scaled).sum()
        direction = scaled + new_size / size * direction
        size = new_size
    return change


@compiled
def _flows(shares: Shares, n_clusters: int, pull: float) -> tuple[IntArray, IntArray, FloatArray]:
    """Say for each pair of neighbours how much load crosses their border per price.

    It is read off the points nearest to the border that weigh `pull` together, however wide the
    gap to them is.
    """
    order, stops = _group(shares, n_clusters)
    slots = np.full(n_clusters, -1)
    starts = np.zeros(n_clusters + 1, dtype=np.int64)
    others, flows = np.empty(len(order), dtype=np.int64), np.empty(len(order))
    masses = np.zeros((n_clusters, N_WIDTHS))
    n_pairs = 0
    for one in range(n_clusters):
        first = n_pairs
        for place in range(stops[one], stops[one + 1]):
            point = order[place]
            label, second = shares.labels[point], shares.seconds[point]
            other = second if label == one else label
            if slots[other] < 0:
                slots[other] = n_pairs - first
                masses[n_pairs - first] = 0.0
                others[n_pairs] = other
                n_pairs += 1
            width = math.frexp(shares.gaps[point] + 1e-300)[1] + ZERO_WIDTH
            masses[slots[other], min(max(width, 0), N_WIDTHS - 1)] += shares.pulls[point]
        for pair in range(first, n_pairs):
            flows[pair] = _flow(masses[pair - first], pull)
            slots[others[pair]] = -1
        starts[one + 1] = n_pairs
    return starts, others[:n_pairs], flows[:n_pairs]


@compiled
def _group(shares: Shares, n_clusters: int) -> tuple[IntArray, IntArray]:
    """Sort points that have a second choice by the smaller number of their two choices."""
    stops = np.zeros(n_clusters + 2, dtype=np.int64)
    for point in range(len(shares.labels)):
        if shares.seconds[point] >= 0:
            stops[min(shares.labels[point], shares.seconds[point]) + 2] += 1
    for cluster in range(n_clusters):
        stops[cluster + 2] += stops[cluster + 1]
    order = np.empty(stops[n_clusters + 1], dtype=np.int64)
    for point in range(len(shares.labels)):
        if shares.seconds[point] >= 0:
            cluster = min(shares.labels[point], shares.seconds[point])
            order[stops[cluster + 1]] = point
            stops[cluster + 1] += 1
    return order, stops[: n_clusters + 1]


@compiled
def _flow(masses: FloatArray, pull: float) -> float:
    """Divide the mass near a border by the width that holds it."""
    mass, width = 0.0, 0
    for place in range(len(masses)):
        if masses[place] > 0.0:
            mass += masses[place]
            width = place
            if mass >= pull:
                break
    return mass / math.ldexp(2.0, width - ZERO_WIDTH)

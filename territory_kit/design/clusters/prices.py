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

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray
from territory_kit.design.clusters.assign import Shares, assign
from territory_kit.design.clusters.tree import Tree
from territory_kit.design.compiled import compiled

FIRST_DAMPING, LEAST_DAMPING, MOST_DAMPING = 1e-3, 1e-9, 1e2
LEAST_SLOPE_SHARE = 1e-3
LEAST_GAIN = 1e-6
WIDTH_PER_ERROR, WIDEST = 0.7, 0.3
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


@compiled
def balance(  # noqa: PLR0917  # reason: numba compiles plain arguments
    tree: Tree,
    centres: FloatArray,
    start_prices: FloatArray,
    bounds: Bounds,
    width_least: float,
    n_rounds: int,
    accuracy: float,
) -> tuple[FloatArray, Shares]:
    """Climb from the given prices until loads are as wanted, to a share of the mean load."""
    prices = start_prices
    width = max(width_least, 0.1)
    shares = assign(tree, centres, prices, width)
    height = shares.asked - _income(prices, bounds)
    damping = FIRST_DAMPING
    total = shares.moments[:, 0].sum()
    mean = total / len(prices)
    for _ in range(n_rounds):
        missed, slopes = _missed(shares.moments[:, 0], prices, bounds)
        error = np.abs(missed).sum() / total
        if error <= accuracy:
            break
        step = _step(shares, slopes, missed, damping, LEAST_SLOPE_SHARE * mean / bounds.ramp)
        trial = prices + step
        width = min(max(WIDTH_PER_ERROR * error, width_least), WIDEST)
        found = assign(tree, centres, trial, width)
        reached = found.asked - _income(trial, bounds)
        if reached > height:
            is_resting = reached - height < LEAST_GAIN * found.asked
            prices, shares, height = trial, found, reached
            if is_resting:
                break
            damping = max(0.2 * damping, LEAST_DAMPING)
        else:
            damping *= 16.0
            if damping > MOST_DAMPING:
                break
    return prices, shares


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
    shares: Shares, slopes: FloatArray, missed: FloatArray, damping: float, least: float
) -> FloatArray:
    """Solve for the change of prices that sends away what is too much (conjugate gradients)."""
    near = np.flatnonzero(shares.flows)
    ones, others, flows = shares.labels[near], shares.seconds[near], shares.flows[near]
    diagonal = slopes.copy()
    for place in range(len(near)):
        diagonal[ones[place]] += flows[place]
        diagonal[others[place]] += flows[place]
    diagonal = (1.0 + damping) * (diagonal + least)
    change = np.zeros(len(slopes))
    rest = missed.copy()
    direction = rest / diagonal
    size = (rest * direction).sum()
    goal = SOLVER_ACCURACY * SOLVER_ACCURACY * size
    for _ in range(SOLVER_ROUNDS):
        if size <= goal:
            break
        image = diagonal * direction
        for place in range(len(near)):
            image[ones[place]] -= flows[place] * direction[others[place]]
            image[others[place]] -= flows[place] * direction[ones[place]]
        length = size / (direction * image).sum()
        change += length * direction
        rest -= length * image
        scaled = rest / diagonal
        new_size = (rest * scaled).sum()
        direction = scaled + new_size / size * direction
        size = new_size
    return change

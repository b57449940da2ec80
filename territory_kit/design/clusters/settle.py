"""Move prices and centres in turn until they rest (Lloyd's method with balanced loads)."""

from dataclasses import dataclass

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.assign import assign
from territory_kit.design.clusters.prices import Bounds, balance
from territory_kit.design.clusters.tree import Tree

# A price below this share of the mean squared distance counts as hardly needed.
RAMP_SHARE = 0.05
# Borders are as wide as it takes to see some points at each, in squared distances of centres.
WIDTH_PER_POINT, LEAST_WIDTH, MOST_WIDTH = 6.0, 0.01, 0.1
# Prices need to be no better than centres are: shares of the load that may still be misplaced.
ROUGH, FINE = 0.03, 0.005
# Balance rounds, centre rounds, and from which move on centres take longer steps.
PRICE_ROUNDS, LONG_STEP, LONG_STEP_MOVE = 30, 1.6, 3e-3


@dataclass(frozen=True, eq=False)
class Settled:
    """Hold centres and prices with what they give.

    Parameters
    ----------
    centres
        Centre of each cluster, shape (n_clusters, n_features).
    prices
        Price that each centre asks.
    labels
        Cluster of each point, in the order of the tree.
    inertia
        Sum of weight times squared distance to the centre.
    missed
        Largest miss of a bound, as a share of the mean load.
    n_rounds
        Number of centre moves.
    """

    centres: FloatArray
    prices: FloatArray
    labels: IntArray
    inertia: float
    missed: float
    n_rounds: int


def settle(
    tree: Tree,
    start: tuple[FloatArray, FloatArray],
    limits: tuple[FloatArray, FloatArray],
    *,
    max_rounds: int,
    rest: float,
) -> Settled:
    """Balance, move each centre to the mean of its points, and repeat until moves are small.

    Parameters
    ----------
    tree
        The points.
    start
        First centres and prices.
    limits
        Least and largest load of each cluster.
    max_rounds
        Largest number of centre moves.
    rest
        Mean squared move, as a share of the mean squared distance, at which centres rest.

    Returns
    -------
    Settled
        The last balance; its prices belong to its centres.
    """
    centres, prices = start
    weight, n_clusters = tree.moments[0, 0], len(centres)
    inertia, move = assign(tree, centres, np.zeros(n_clusters), 0.0).asked, 1.0
    width = min(max(WIDTH_PER_POINT * n_clusters / len(tree.points), LEAST_WIDTH), MOST_WIDTH)
    n_rounds = 0
    while True:
        bounds = Bounds(*limits, max(RAMP_SHARE * inertia / weight, 1e-300))
        accuracy = min(max(move, FINE), ROUGH)
        prices, shares = balance(tree, centres, prices, bounds, width, PRICE_ROUNDS, accuracy)
        loads = shares.moments[:, 0]
        inertia = max(float(shares.asked - prices @ loads), 0.0)
        means = np.where(
            loads[:, np.newaxis] > 0,
            shares.moments[:, 1:] / np.maximum(loads[:, np.newaxis], 1e-300),
            centres,
        )
        ways = np.square(means - centres).sum(axis=1)
        move = float(ways @ loads) / max(inertia, 1e-300)
        if n_rounds == max_rounds or move <= rest:
            break
        step = LONG_STEP if move < LONG_STEP_MOVE else 1.0
        centres = centres + step * (means - centres)
        # What a cell asks at its mean stays the same, so that borders stay where they are.
        prices = prices + ways * (1.0 - (1.0 - step) ** 2)
        n_rounds += 1
    over = np.maximum(limits[0] - loads, loads - limits[1]).max(initial=0.0)
    missed = float(over) * n_clusters / weight
    return Settled(centres, prices, shares.labels, inertia, missed, n_rounds)

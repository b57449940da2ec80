"""Move prices and centres in turn until they rest (Lloyd's method with balanced loads).

Centres carry on in the direction of their last moves, which brings them to rest sooner and to
better places.
"""

from dataclasses import dataclass

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.assign import Offer, assign
from territory_kit.design.clusters.exchange import sum_moments
from territory_kit.design.clusters.prices import Bounds, balance
from territory_kit.design.clusters.transport import transport
from territory_kit.design.clusters.tree import Tree
from territory_kit.design.workers import Workers

# A price below this share of the mean squared distance counts as hardly needed.
RAMP_SHARE = 0.05
# Prices need to be no better than centres are: shares of the load that may still be misplaced,
# and misplaced mean points that cannot be helped.
ROUGH, FINE, LUMPS = 0.03, 0.005, 0.4
PRICE_ROUNDS = 30
# Mean squared move, as a share of the mean squared distance, below which moves are small.
CARRIED_MOVE = 0.02
# Prices that chains of moves left are lowered before the next ones, so that loads become free.
DECAY = 0.9


@dataclass(frozen=True, eq=False)
class Settled:
    """Hold centres and prices with what they give.

    Parameters
    ----------
    offer
        Centres and prices.
    labels
        Cluster of each point, in the order of the tree.
    inertia
        Sum of weight times squared distance to the centre.
    missed
        Load outside the limits, as a share of the whole.
    n_rounds
        Number of centre moves.
    is_exact
        Whether loads hold the limits by chains of moves, as prices alone could not.
    """

    offer: Offer
    labels: IntArray
    inertia: float
    missed: float
    n_rounds: int
    is_exact: bool


def settle(
    tree: Tree,
    offer: Offer,
    limits: tuple[FloatArray, FloatArray],
    *,
    max_rounds: int,
    rest: float,
    carry: float,
    workers: Workers,
) -> Settled:
    """Balance, move each centre to the mean of its points, and repeat until moves are small.

    Parameters
    ----------
    tree
        The points.
    offer
        First centres and prices.
    limits
        Least and largest load of each cluster.
    max_rounds
        Largest number of centre moves.
    rest
        Mean squared move, as a share of the mean squared distance, at which centres rest.
    carry
        Share of its last move that a centre carries on, once moves are small.
    workers
        Threads.

    Returns
    -------
    Settled
        The last balance; its prices belong to its centres.
    """
    weight, n_clusters = tree.moments[0, 0], len(offer.prices)
    fine = max(FINE, LUMPS * n_clusters / len(tree.points))
    inertia = assign(tree, Offer(offer.centres, np.zeros(n_clusters)), workers).asked
    speed, move, n_rounds = np.zeros_like(offer.centres), 1.0, 0
    while True:
        bounds = Bounds(*limits, max(RAMP_SHARE * inertia / weight, 1e-300))
        accuracy = min(max(move, fine), max(ROUGH, fine))
        prices, shares = balance(
            tree, offer, bounds, n_rounds=PRICE_ROUNDS, accuracy=accuracy, workers=workers
        )
        offer, loads = Offer(offer.centres, prices), shares.moments[:, 0]
        inertia = max(float(shares.asked - prices @ loads), 0.0)
        means, move = _means(offer, shares.moments, inertia)
        if n_rounds == max_rounds or move <= rest:
            break
        speed = (carry if move < CARRIED_MOVE else 0.0) * speed + means - offer.centres
        offer = _moved(offer, means, offer.centres + speed)
        n_rounds += 1
    missed = missed_share(loads, limits)
    return Settled(offer, shares.labels, inertia, missed, n_rounds, is_exact=False)


def settle_exactly(
    tree: Tree,
    offer: Offer,
    limits: tuple[FloatArray, FloatArray],
    *,
    max_rounds: int,
    rest: float,
) -> Settled:
    """Send load along chains, move centres to their means, and repeat until moves are small.

    Parameters
    ----------
    tree
        The points.
    offer
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
        The last centres and prices, and labels that hold the limits but for single points.
    """
    n_rounds = 0
    while True:
        start = DECAY * offer.prices
        prices, labels = transport(tree.points, tree.weights, offer.centres, start, *limits)
        offer = Offer(offer.centres, prices)
        moments = sum_moments(tree.points, tree.weights, labels, len(prices))
        squares = np.square(tree.points - offer.centres[labels]).sum(axis=1)
        inertia = float((tree.weights * squares).sum())
        means, move = _means(offer, moments, inertia)
        if n_rounds == max_rounds or move <= rest:
            break
        offer = _moved(offer, means, means)
        n_rounds += 1
    missed = missed_share(moments[:, 0], limits)
    return Settled(offer, labels, inertia, missed, n_rounds, is_exact=True)


def missed_share(loads: FloatArray, limits: tuple[FloatArray, FloatArray]) -> float:
    """Say which share of the whole load lies outside the limits.

    Parameters
    ----------
    loads
        Load of each cluster.
    limits
        Least and largest load of each cluster.

    Returns
    -------
    float
        What exceeds limits or lacks, divided by the sum of the loads.
    """
    return float(np.maximum(np.maximum(limits[0] - loads, loads - limits[1]), 0.0).sum()) / float(
        loads.sum()
    )


def _means(offer: Offer, moments: FloatArray, inertia: float) -> tuple[FloatArray, float]:
    """Locate the mean of each cluster, and say how far centres are from them."""
    loads = moments[:, :1]
    means = np.where(loads > 0, moments[:, 1:] / np.maximum(loads, 1e-300), offer.centres)
    ways = np.square(means - offer.centres).sum(axis=1)
    return means, float((ways * loads[:, 0]).sum()) / max(inertia, 1e-300)


def _moved(offer: Offer, means: FloatArray, centres: FloatArray) -> Offer:
    """Move centres; what a cell asks at its mean stays the same, so that borders hardly move."""
    before = np.square(means - offer.centres).sum(axis=1)
    after = np.square(means - centres).sum(axis=1)
    return Offer(centres, offer.prices + before - after)

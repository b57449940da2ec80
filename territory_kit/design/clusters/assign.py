"""Give every point to the centre where squared distance plus price is least, box by box.

A centre is dropped for a whole box as soon as another one asks less everywhere in it; a box with
one centre left is booked at once. The result is that of trying every centre for every point.

Near a *border* the second choice asks hardly more than the first. The weight found there says how
fast load crosses the border when prices change, which the search for prices needs.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.tree import Tree
from territory_kit.design.compiled import compiled

# Boxes that may wait at a time: a tree of 2^60 boxes is deep enough.
DEEPEST = 64


class Shares(NamedTuple):
    """Hold who gets which point, in the order of the tree.

    Parameters
    ----------
    labels
        First choice of each point, shape (n_points,).
    seconds
        Second choice of each point near a border.
    flows
        Load per price that crosses the border if the first choice asks more; 0 far from borders.
    moments
        Weight and weighted sum of each feature of each cluster, shape
        (n_clusters, n_features + 1).
    asked
        Sum of weight times squared distance and price.
    """

    labels: IntArray
    seconds: IntArray
    flows: FloatArray
    moments: FloatArray
    asked: float


class Offer(NamedTuple):
    """Hold what the centres ask, and how wide their borders count.

    Parameters
    ----------
    centres
        The centres, shape (n_clusters, n_features).
    prices
        Price of each centre.
    width
        Width of borders, as a share of the squared distance of two centres.
    """

    centres: FloatArray
    prices: FloatArray
    width: float


@compiled
def assign(tree: Tree, centres: FloatArray, prices: FloatArray, width: float) -> Shares:
    """Find the first choice of all points, and the second one near borders."""
    n_points, n_clusters = len(tree.points), len(centres)
    offer = Offer(centres, prices, width)
    shares = Shares(
        np.zeros(n_points, dtype=np.int64),
        np.zeros(n_points, dtype=np.int64),
        np.zeros(n_points),
        np.zeros((n_clusters, tree.points.shape[1] + 1)),
        0.0,
    )
    asked = 0.0
    # Boxes still to be looked at: box, and where its centres lie on a common pile.
    boxes = np.zeros((DEEPEST, 3), dtype=np.int64)
    pile = np.empty((DEEPEST + 2) * n_clusters, dtype=np.int64)
    pile[:n_clusters] = np.arange(n_clusters)
    boxes[0, 2] = n_clusters
    values = np.empty(n_clusters)
    depth = 1
    while depth > 0:
        depth -= 1
        box, top = boxes[depth, 0], boxes[depth, 2]
        stop = top + _keep(tree, box, offer, pile, boxes[depth], values)
        if stop == top + 1:
            asked += _book_box(tree, box, offer, shares, pile[top])
        elif tree.children[box] < 0:
            for point in range(tree.starts[box], tree.stops[box]):
                asked += _choose(tree, point, offer, shares, pile[top:stop])
        else:
            for child in range(2):
                boxes[depth, 0] = tree.children[box] + child
                boxes[depth, 1], boxes[depth, 2] = top, stop
                depth += 1
    return Shares(shares.labels, shares.seconds, shares.flows, shares.moments, asked)


@compiled
def _keep(  # noqa: PLR0917  # reason: numba compiles plain arguments
    tree: Tree, box: int, offer: Offer, pile: IntArray, span: IntArray, values: FloatArray
) -> int:
    """Copy the centres that may be chosen somewhere in a box to the top of the pile."""
    bottom, top = span[1], span[2]
    centres = offer.centres
    best, least = 0, np.inf
    for place in range(bottom, top):
        centre = pile[place]
        value = offer.prices[centre]
        for feature in range(centres.shape[1]):
            middle = 0.5 * (tree.lows[box, feature] + tree.highs[box, feature])
            way = middle - centres[centre, feature]
            value += way * way
        values[place - bottom] = value
        if value < least:
            best, least = centre, value
    n_kept = 0
    for place in range(bottom, top):
        centre = pile[place]
        reach = least - values[place - bottom]
        for feature in range(centres.shape[1]):
            side = tree.highs[box, feature] - tree.lows[box, feature]
            way = abs(centres[best, feature] - centres[centre, feature])
            reach += way * (side + offer.width * way)
        if reach >= 0.0:
            pile[top + n_kept] = centre
            n_kept += 1
    return n_kept


@compiled
def _book_box(tree: Tree, box: int, offer: Offer, shares: Shares, label: int) -> float:
    """Give a whole box to a cluster; return what it is asked."""
    centre, moment = offer.centres[label], shares.moments[label]
    n_features = len(centre)
    weight = tree.moments[box, 0]
    asked = tree.moments[box, n_features + 1] + weight * offer.prices[label]
    moment[0] += weight
    for feature in range(n_features):
        total = tree.moments[box, 1 + feature]
        moment[1 + feature] += total
        asked += centre[feature] * (weight * centre[feature] - 2.0 * total)
    shares.labels[tree.starts[box] : tree.stops[box]] = label
    return float(asked)


@compiled
def _choose(tree: Tree, point: int, offer: Offer, shares: Shares, candidates: IntArray) -> float:
    """Find the first and second choice of a point, book it and return what it is asked."""
    centres = offer.centres
    first, second, least, next_least = candidates[0], candidates[0], np.inf, np.inf
    for centre in candidates:
        value = offer.prices[centre]
        for feature in range(centres.shape[1]):
            way = tree.points[point, feature] - centres[centre, feature]
            value += way * way
        if value < least:
            second, next_least = first, least
            first, least = centre, value
        elif value < next_least:
            second, next_least = centre, value
    weight, gap = tree.weights[point], 0.0
    shares.labels[point] = first
    shares.moments[first, 0] += weight
    for feature in range(centres.shape[1]):
        shares.moments[first, 1 + feature] += weight * tree.points[point, feature]
        gap += (centres[first, feature] - centres[second, feature]) ** 2
    width = offer.width * gap
    if next_least - least < width:
        shares.seconds[point], shares.flows[point] = second, 0.5 * weight / width
    return float(weight * least)

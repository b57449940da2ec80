"""Give every point to the centre where squared distance plus price is least, box by box.

A centre is dropped for a whole box as soon as another one asks less everywhere in it; a box with
one centre left is booked at once. The result is that of trying every centre for every point.

A point, or a box booked at once, also knows its *second choice* and the *gap*: by how much the
second choice asks more. The search for prices learns from gaps how load moves when prices change.
Large trees are done in chunks by several threads; what a chunk is depends on the tree alone, and
sums are made in the order of the chunks, so that results do not depend on the number of threads.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.tree import Tree
from territory_kit.design.compiled import compiled
from territory_kit.design.workers import Workers

# Boxes that may wait at a time: a tree of 2^60 boxes is deep enough.
DEEPEST = 64
# Boxes that are done one by one, in trees of how many points.
CHUNKS, CHUNKED_COUNT = 16, 50_000


class Offer(NamedTuple):
    """Hold what the centres ask.

    Parameters
    ----------
    centres
        The centres, shape (n_clusters, n_features).
    prices
        Price of each centre.
    """

    centres: FloatArray
    prices: FloatArray


class Shares(NamedTuple):
    """Hold who gets which point, in the order of the tree.

    Parameters
    ----------
    labels
        First choice of each point, shape (n_points,).
    seconds
        Second choice of each point or, at its first point, of a box; -1 for the other points.
    gaps
        By how much the second choice asks more.
    pulls
        Weight that has this gap.
    moments
        Weight and weighted sum of each feature of each cluster, shape
        (n_clusters, n_features + 1).
    asked
        Sum of weight times squared distance and price.
    """

    labels: IntArray
    seconds: IntArray
    gaps: FloatArray
    pulls: FloatArray
    moments: FloatArray
    asked: float


def assign(tree: Tree, offer: Offer, workers: Workers) -> Shares:
    """Find the first and the second choice of all points.

    Parameters
    ----------
    tree
        The points.
    offer
        Centres and prices.
    workers
        Threads.

    Returns
    -------
    Shares
        Who gets which point.
    """
    n_points, n_clusters = len(tree.points), len(offer.prices)
    boxes = _chunk_boxes(tree)
    moments = np.zeros((len(boxes), n_clusters, tree.points.shape[1] + 1))
    labels, seconds = np.empty(n_points, dtype=np.int64), np.empty(n_points, dtype=np.int64)
    gaps, pulls = np.empty(n_points), np.empty(n_points)

    def book(chunk: int) -> float:
        shares = Shares(labels, seconds, gaps, pulls, moments[chunk], 0.0)
        return _assign_box(tree, boxes[chunk], offer, shares)

    asked = workers.map(book, range(len(boxes)))
    return Shares(labels, seconds, gaps, pulls, moments.sum(axis=0), float(sum(asked)))


def _chunk_boxes(tree: Tree) -> list[int]:
    """List boxes that hold every point once: many of equal size in a large tree, or one."""
    boxes = [0]
    while len(tree.points) >= CHUNKED_COUNT and len(boxes) < CHUNKS:
        boxes = [int(tree.children[box]) + side for box in boxes for side in range(2)]
    return boxes


@compiled
def _assign_box(tree: Tree, root: int, offer: Offer, shares: Shares) -> float:
    """Assign the points of a box, filling the arrays of shares; return what they are asked."""
    n_clusters = len(offer.centres)
    shares.seconds[tree.starts[root] : tree.stops[root]] = -1
    asked = 0.0
    # Boxes still to be looked at: box, and where its centres lie on a common pile.
    boxes = np.zeros((DEEPEST, 3), dtype=np.int64)
    pile = np.empty((DEEPEST + 2) * n_clusters, dtype=np.int64)
    pile[:n_clusters] = np.arange(n_clusters)
    boxes[0, 0], boxes[0, 2] = root, n_clusters
    values = np.empty(n_clusters)
    depth = 1
    while depth > 0:
        depth -= 1
        box, top = boxes[depth, 0], boxes[depth, 2]
        stop = top + _keep(tree, box, offer, pile, boxes[depth], values)
        if stop == top + 1:
            span = pile[boxes[depth, 1] : top]
            asked += _book_box(tree, box, offer, shares, pile[top], span, values)
        elif tree.children[box] < 0:
            for point in range(tree.starts[box], tree.stops[box]):
                asked += _choose(tree, point, offer, shares, pile[top:stop])
        else:
            for child in range(2):
                boxes[depth, 0] = tree.children[box] + child
                boxes[depth, 1], boxes[depth, 2] = top, stop
                depth += 1
    return asked


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
            reach += abs(centres[best, feature] - centres[centre, feature]) * side
        if reach >= 0.0:
            pile[top + n_kept] = centre
            n_kept += 1
    return n_kept


@compiled
def _book_box(  # noqa: PLR0917  # reason: numba compiles plain arguments
    tree: Tree,
    box: int,
    offer: Offer,
    shares: Shares,
    label: int,
    rivals: IntArray,
    values: FloatArray,
) -> float:
    """Give a whole box to a cluster; return what it is asked."""
    centre, moment, start = offer.centres[label], shares.moments[label], tree.starts[box]
    n_features = len(centre)
    weight = tree.moments[box, 0]
    asked = tree.moments[box, n_features + 1] + weight * offer.prices[label]
    moment[0] += weight
    for feature in range(n_features):
        total = tree.moments[box, 1 + feature]
        moment[1 + feature] += total
        asked += centre[feature] * (weight * centre[feature] - 2.0 * total)
    shares.labels[start : tree.stops[box]] = label
    own, next_least, second = 0.0, np.inf, -1
    for place in range(len(rivals)):
        if rivals[place] == label:
            own = values[place]
        elif values[place] < next_least:
            second, next_least = rivals[place], values[place]
    shares.seconds[start], shares.gaps[start] = second, next_least - own
    shares.pulls[start] = weight
    return float(asked)


@compiled
def _choose(tree: Tree, point: int, offer: Offer, shares: Shares, candidates: IntArray) -> float:
    """Find the first and second choice of a point, book it and return what it is asked."""
    centres = offer.centres
    first, second, least, next_least = candidates[0], -1, np.inf, np.inf
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
    weight = tree.weights[point]
    shares.labels[point] = first
    shares.seconds[point], shares.gaps[point] = second, next_least - least
    shares.pulls[point] = weight
    shares.moments[first, 0] += weight
    for feature in range(centres.shape[1]):
        shares.moments[first, 1 + feature] += weight * tree.points[point, feature]
    return float(weight * least)

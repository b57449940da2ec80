"""Bring loads to their limits by cheapest chains of moves, however far towns lie apart.

Where points lie in dense towns with nothing in between, no price near the present one moves any
load, and slopes say nothing. Then load is sent from clusters that hold too much to such with room,
piece by piece, each time along the chain of clusters that raises the cost by least; prices follow,
so that every point stays where squared distance plus price is least (the Hungarian method).

References
----------
Tomizawa (1971), "On some techniques useful for solution of transportation network problems",
Networks 1.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled

# Largest table of points by clusters that is gone through, and how many entries may be looked at.
MOST_ENTRIES, LOOKS_PER_ENTRY, FEWEST_LOOKS = 64_000_000, 30, 200_000_000
# Load is sent away from a cluster that holds too much, or fetched for one that holds too little.
AWAY, HERE = 1, -1


class Freight(NamedTuple):
    """Hold clusters while load is sent between them; the arrays are changed in place.

    Parameters
    ----------
    points
        The points.
    weights
        Weight of each point.
    centres
        Centre of each cluster.
    prices
        Price of each centre.
    labels
        Cluster of each point.
    loads
        Load of each cluster.
    leads
        By how much each cluster (row) at least serves its points better than each other one,
        prices left aside.
    carriers
        The point that has this lead, -1 for none.
    heads
        First point of each cluster, -1 for none.
    links
        Next and previous point of the same cluster, shape (n_points, 2).
    lower
        Least load of each cluster.
    upper
        Largest load.
    """

    points: FloatArray
    weights: FloatArray
    centres: FloatArray
    prices: FloatArray
    labels: IntArray
    loads: FloatArray
    leads: FloatArray
    carriers: IntArray
    heads: IntArray
    links: IntArray
    lower: FloatArray
    upper: FloatArray


@compiled
def transport(  # noqa: PLR0917  # reason: numba compiles plain arguments
    points: FloatArray,
    weights: FloatArray,
    centres: FloatArray,
    start_prices: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
) -> tuple[FloatArray, IntArray]:
    """Find prices and labels that hold the limits but for the weight of single points."""
    freight = _load(points, weights, centres, start_prices, (lower, upper))
    n_clusters = len(centres)
    n_looks, most = 0, LOOKS_PER_ENTRY * len(points) * n_clusters + FEWEST_LOOKS
    for sign in (AWAY, HERE):
        is_stuck = np.zeros(n_clusters, dtype=np.bool_)
        while n_looks < most:
            missed = freight.loads - upper if sign == AWAY else lower - freight.loads
            missed = np.where(is_stuck, 0.0, missed)
            end = int(np.argmax(missed))
            if missed[end] <= 0.0:
                break
            found, n_looked = _search_chain(freight, end, sign)
            n_looks += n_looked + n_clusters
            is_stuck[end] = found < 0
    return freight.prices, freight.labels


@compiled
def _load(
    points: FloatArray,
    weights: FloatArray,
    centres: FloatArray,
    prices: FloatArray,
    limits: tuple[FloatArray, FloatArray],
) -> Freight:
    """Give each point to the centre that asks least, and note leads and carriers."""
    n_points, n_clusters = len(points), len(centres)
    freight = Freight(
        points,
        weights,
        centres,
        prices.copy(),
        np.zeros(n_points, dtype=np.int64),
        np.zeros(n_clusters),
        np.full((n_clusters, n_clusters), np.inf),
        np.full((n_clusters, n_clusters), -1),
        np.full(n_clusters, -1),
        np.full((n_points, 2), -1),
        limits[0],
        limits[1],
    )
    ways = np.empty(n_clusters)
    for point in range(n_points):
        best, least = 0, np.inf
        for cluster in range(n_clusters):
            ways[cluster] = _way(freight, point, cluster)
            if ways[cluster] + prices[cluster] < least:
                best, least = cluster, ways[cluster] + prices[cluster]
        _enter(freight, point, best, ways)
    return freight


@compiled
def _way(freight: Freight, point: int, cluster: int) -> float:
    way = 0.0
    for feature in range(freight.points.shape[1]):
        difference = freight.points[point, feature] - freight.centres[cluster, feature]
        way += difference * difference
    return way


@compiled
def _enter(freight: Freight, point: int, cluster: int, ways: FloatArray) -> None:
    """Put a point in a cluster."""
    head = freight.heads[cluster]
    freight.labels[point] = cluster
    freight.loads[cluster] += freight.weights[point]
    freight.links[point, 0], freight.links[point, 1] = head, -1
    if head >= 0:
        freight.links[head, 1] = point
    freight.heads[cluster] = point
    leads, carriers = freight.leads[cluster], freight.carriers[cluster]
    for other in range(len(ways)):
        lead = ways[other] - ways[cluster]
        if lead < leads[other]:
            leads[other], carriers[other] = lead, point


@compiled
def _leave(freight: Freight, point: int) -> int:
    """Take a point from its cluster; say how many entries were looked at."""
    cluster = freight.labels[point]
    after, before = freight.links[point, 0], freight.links[point, 1]
    if after >= 0:
        freight.links[after, 1] = before
    if before >= 0:
        freight.links[before, 0] = after
    else:
        freight.heads[cluster] = after
    freight.loads[cluster] -= freight.weights[point]
    lost = np.flatnonzero(freight.carriers[cluster] == point)
    leads, carriers = freight.leads[cluster], freight.carriers[cluster]
    for other in lost:
        leads[other], carriers[other] = np.inf, -1
    n_looked, member = 0, freight.heads[cluster]
    while member >= 0:
        own = _way(freight, member, cluster)
        for other in lost:
            lead = _way(freight, member, int(other)) - own
            if lead < leads[other]:
                leads[other], carriers[other] = lead, member
        n_looked += len(lost)
        member = freight.links[member, 0]
    return n_looked


@compiled
def _search_chain(freight: Freight, end: int, sign: int) -> tuple[int, int]:
    """Find the cheapest chain that begins with a cluster, and send points along it.

    Returns the cluster at its other end, or -1, and how many entries were looked at.
    """
    n_clusters = len(freight.heads)
    ways, nexts = np.full(n_clusters, np.inf), np.full(n_clusters, -1)
    is_done = np.zeros(n_clusters, dtype=np.bool_)
    ways[end], found, n_looked = 0.0, -1, 0
    while found < 0:
        here, least = -1, np.inf
        for cluster in range(n_clusters):
            if not is_done[cluster] and ways[cluster] < least:
                here, least = cluster, ways[cluster]
        if here < 0:
            return -1, n_looked
        if here != end and _fits(freight, here, nexts[here], sign):
            found = here
        is_done[here] = True
        n_looked += 2 * n_clusters
        _relax(freight, here, sign, ways, nexts)
    for cluster in range(n_clusters):
        if ways[cluster] < ways[found]:
            freight.prices[cluster] += sign * (ways[found] - ways[cluster])
    return found, n_looked + _send(freight, found, end, sign, nexts)


@compiled
def _relax(freight: Freight, here: int, sign: int, ways: FloatArray, nexts: IntArray) -> None:
    """Look whether other clusters are reached more cheaply over this one."""
    for cluster in range(len(ways)):
        one, other = (here, cluster) if sign == AWAY else (cluster, here)
        lead = freight.leads[one, other] + freight.prices[other] - freight.prices[one]
        way = ways[here] + max(lead, 0.0)
        if way < ways[cluster]:
            ways[cluster], nexts[cluster] = way, here


@compiled
def _fits(freight: Freight, cluster: int, before: int, sign: int) -> bool:
    """Say whether a chain may end in a cluster without breaking its limits."""
    if sign == AWAY:
        weight = freight.weights[freight.carriers[before, cluster]]
        return bool(freight.loads[cluster] + weight <= freight.upper[cluster])
    weight = freight.weights[freight.carriers[cluster, before]]
    return bool(freight.loads[cluster] - weight >= freight.lower[cluster])


@compiled
def _send(freight: Freight, found: int, end: int, sign: int, nexts: IntArray) -> int:
    """Move the points of a chain, from its far end on; say how many entries were looked at."""
    ways = np.empty(len(nexts))
    n_looked, here = 0, found
    while here != end:
        near = nexts[here]
        source, target = (near, here) if sign == AWAY else (here, near)
        point = freight.carriers[source, target]
        n_looked += _leave(freight, point) + len(nexts)
        for cluster in range(len(nexts)):
            ways[cluster] = _way(freight, point, cluster)
        _enter(freight, point, target, ways)
        here = near
    return n_looked

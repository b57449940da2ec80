"""Compiled loops over distances: cost of each piece in each territory, and territory centres."""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.instance import FIXED, MEDOID, Points

# Up to this many places every one is tried as the medoid; above it the search walks over
# neighbours, which finds the same place wherever the cost falls evenly towards it.
ALL_PLACES_COUNT = 600
NEIGHBOURS_COUNT = 60


@compiled
def distance_to(points: Points, point: int, x_km: float, y_km: float) -> float:
    """Measure from a point to a position: km, or km² where distances count squared."""
    across = points.positions_km[point, 0] - x_km
    along = points.positions_km[point, 1] - y_km
    squared = across * across + along * along
    return float(squared if points.is_squared else np.sqrt(squared))


@compiled
def distance_costs(points: Points, centres_km: FloatArray, fixed_costs: FloatArray) -> FloatArray:
    """Cost each piece in each territory for given centres, fixed costs included."""
    costs = fixed_costs.copy()
    for point in range(len(points.weights)):
        piece, weight = points.pieces[point], points.weights[point]
        for territory in range(len(centres_km)):
            x_km, y_km = centres_km[territory, 0], centres_km[territory, 1]
            costs[piece, territory] += weight * distance_to(points, point, x_km, y_km)
    return costs


@compiled
def members_of(points: Points, labels: IntArray, territory: int) -> IntArray:
    """List the points of a territory in canonical order."""
    members = np.empty(len(points.pieces), dtype=np.int64)
    count = 0
    for point in range(len(points.pieces)):
        if labels[points.pieces[point]] == territory:
            members[count] = point
            count += 1
    return members[:count]


@compiled
def mean_position(points: Points, members: IntArray) -> tuple[float, float]:
    """Average the members by weight, evenly where all weights are 0."""
    total = x_km = y_km = 0.0
    for point in members:
        total += points.weights[point]
    for point in members:
        share = points.weights[point] / total if total > 0 else 1.0 / len(members)
        x_km += share * points.positions_km[point, 0]
        y_km += share * points.positions_km[point, 1]
    return x_km, y_km


@compiled
def cost_around(points: Points, members: IntArray, x_km: float, y_km: float) -> float:
    """Add up the weighted distances of the members to a position."""
    cost = 0.0
    for point in members:
        cost += points.weights[point] * distance_to(points, point, x_km, y_km)
    return cost


@compiled
def _cheapest(points: Points, members: IntArray, places: IntArray) -> int:
    """Choose the place from which all members are cheapest; the first of equals."""
    best, best_cost = places[0], np.inf
    for place in places:
        x_km, y_km = points.positions_km[place, 0], points.positions_km[place, 1]
        cost = cost_around(points, members, x_km, y_km)
        if cost < best_cost:
            best, best_cost = place, cost
    return int(best)


@compiled
def _nearest(points: Points, places: IntArray, x_km: float, y_km: float, count: int) -> IntArray:
    distances = np.empty(len(places))
    for place in range(len(places)):
        distances[place] = distance_to(points, places[place], x_km, y_km)
    return places[np.argsort(distances, kind="mergesort")[:count]]


@compiled
def _distinct(points: Points, members: IntArray) -> IntArray:
    """Keep one of the neighbouring members that share a position."""
    keep = np.ones(len(members), dtype=np.bool_)
    for place in range(1, len(members)):
        here = points.positions_km[members[place]]
        before = points.positions_km[members[place - 1]]
        keep[place] = here[0] != before[0] or here[1] != before[1]
    return members[keep]


@compiled
def medoid_of(points: Points, members: IntArray) -> int:
    """Choose the member from which all members are cheapest.

    For squared distance that is the member nearest to the mean. For plain distance every member
    is tried in small territories; in large ones the choice walks from neighbour to neighbour.
    """
    x_km, y_km = mean_position(points, members)
    if points.is_squared:
        return int(_nearest(points, members, x_km, y_km, 1)[0])
    places = _distinct(points, members)
    if len(places) <= ALL_PLACES_COUNT:
        return _cheapest(points, members, places)
    best = -1
    while True:
        near = _nearest(points, places, x_km, y_km, NEIGHBOURS_COUNT)
        found = _cheapest(points, members, near)
        if found == best:
            return best
        best = found
        x_km, y_km = points.positions_km[found, 0], points.positions_km[found, 1]


@compiled
def locate_centres(points: Points, labels: IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Find the centre, its point (-1 where it is none) and the distance cost of each territory.

    A territory without located members has no centre (nan) and costs nothing.
    """
    centres_km = points.homes_km.copy()
    centre_points = np.full(len(centres_km), -1)
    costs = np.zeros(len(centres_km))
    for territory in range(len(centres_km)):
        members = members_of(points, labels, territory)
        if len(members) == 0:
            continue
        if points.centre == MEDOID:
            centre_points[territory] = medoid_of(points, members)
            centres_km[territory] = points.positions_km[centre_points[territory]]
        elif points.centre != FIXED:
            x_km, y_km = mean_position(points, members)
            centres_km[territory, 0], centres_km[territory, 1] = x_km, y_km
        x_km, y_km = centres_km[territory, 0], centres_km[territory, 1]
        costs[territory] = cost_around(points, members, x_km, y_km)
    return centres_km, centre_points, costs

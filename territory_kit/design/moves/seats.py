"""Give a territory a medoid that is large enough for it.

The medoid with the least cost may allow less than the territory holds. Then the cheapest of
those that allow enough is taken, or the one that allows most.
"""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.distances import cost_around, members_of
from territory_kit.design.model.instance import Points


@compiled
def seat_territories(
    points: Points,
    rooms: FloatArray,
    labels: IntArray,
    loads: FloatArray,
    centres: tuple[FloatArray, IntArray, FloatArray],
) -> None:
    """Move medoids that are too small, changing positions, points and costs of centres in place."""
    centres_km, centre_points, costs = centres
    for territory in range(len(centre_points)):
        seat = centre_points[territory]
        if seat < 0 or rooms[seat] >= loads[territory]:
            continue
        members = members_of(points, labels, territory)
        seat, cost = cheapest_room(points, rooms, members, loads[territory])
        centre_points[territory], costs[territory] = seat, cost
        centres_km[territory] = points.positions_km[seat]


@compiled
def cheapest_room(
    points: Points, rooms: FloatArray, members: IntArray, load: float
) -> tuple[int, float]:
    """Choose the member that misses the load by least, of these the cheapest; say what it costs."""
    best, least_missing, least_cost = members[0], np.inf, np.inf
    for seat in members:
        missing = max(0.0, load - rooms[seat])
        if missing > least_missing:
            continue
        x_km, y_km = points.positions_km[seat, 0], points.positions_km[seat, 1]
        cost = cost_around(points, members, x_km, y_km)
        if missing < least_missing or cost < least_cost:
            best, least_missing, least_cost = seat, missing, cost
    return int(best), least_cost

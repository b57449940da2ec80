"""Divide a few neighbouring territories anew around given medoids.

The pieces are dealt out by regret, those first that lose most without their cheapest territory;
then medoids move to the member that serves their territory best, and shifts and swaps follow.
All numbers in here are local: piece 3 of the neighbourhood, territory 1 of the neighbourhood.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.distances import distance_to
from territory_kit.design.model.instance import Limits, Points
from territory_kit.design.moves.balance import violation_of
from territory_kit.design.moves.improve import improve_labels

# Rounds of dealing and choosing medoids before the fine search, and of the fine search.
DEAL_ROUNDS, IMPROVE_ROUNDS = 2, 20


class Task(NamedTuple):
    """Hold what the search reads and never changes.

    Parameters
    ----------
    points
        Located units.
    limits
        Loads and limits; the uppers of the seat measure are those of no medoid.
    fixed_costs
        Price of moves of each piece to each territory, infinite where forbidden.
    rooms
        What each point allows in the seat measure as a medoid, shape (n_points,).
    seat_measure
        Measure that the medoid limits, or -1.
    prices
        What one unit of violation costs now, which is changed in place, at least and at most.
    """

    points: Points
    limits: Limits
    fixed_costs: FloatArray
    rooms: FloatArray
    seat_measure: int
    prices: FloatArray


@compiled
def divide_part(
    task: Task, region: IntArray, members: IntArray, seats: IntArray, most: float
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Divide pieces around medoids, which move along; no labels where that costs too much.

    Returns the labels with cost and violation of each territory.
    """
    limits, costs = _part_limits(task, region, members), np.empty((len(members), len(region)))
    is_moved = np.ones(len(region), dtype=np.bool_)
    _follow(task, region, members, seats, is_moved, (limits, costs))
    local = np.zeros(len(members), dtype=np.int64)
    for turn in range(DEAL_ROUNDS + 2):
        if turn < DEAL_ROUNDS:
            local = _deal(costs, limits, task.prices[0])
        else:
            local = improve_labels(costs, limits, local, task.prices[0], IMPROVE_ROUNDS)
        _reseat(task, members, local, seats, is_moved)
        _follow(task, region, members, seats, is_moved, (limits, costs))
        if turn >= DEAL_ROUNDS and not is_moved.any():
            break
        if turn == DEAL_ROUNDS - 1:
            totals, missed = _sum_up(costs, limits, local)
            if totals.sum() + task.prices[0] * missed.sum() > most:
                return local[:0], totals, missed
    totals, missed = _sum_up(costs, limits, local)
    return local, totals, missed


@compiled
def places_of(points: Points, members: IntArray) -> IntArray:
    """List the points of pieces."""
    count = 0
    for piece in members:
        count += points.starts[piece + 1] - points.starts[piece]
    places = np.empty(count, dtype=np.int64)
    count = 0
    for piece in members:
        for point in range(points.starts[piece], points.starts[piece + 1]):
            places[count] = point
            count += 1
    return places


@compiled
def _part_limits(task: Task, region: IntArray, members: IntArray) -> Limits:
    limits = task.limits
    return Limits(limits.loads[members], limits.lower[region], limits.upper[region])


@compiled
def _follow(  # noqa: PLR0917  # reason: numba compiles plain arguments
    task: Task,
    region: IntArray,
    members: IntArray,
    seats: IntArray,
    is_moved: BoolArray,
    part: tuple[Limits, FloatArray],
) -> None:
    """Bring limits and costs of a neighbourhood to where its medoids have moved."""
    points, (limits, costs) = task.points, part
    for place in range(len(region)):
        if not is_moved[place]:
            continue
        seat, territory = seats[place], region[place]
        if task.seat_measure >= 0:
            limits.upper[place, task.seat_measure] = task.rooms[seat]
        x_km, y_km = points.positions_km[seat, 0], points.positions_km[seat, 1]
        for row in range(len(members)):
            piece = members[row]
            cost = task.fixed_costs[piece, territory]
            for point in range(points.starts[piece], points.starts[piece + 1]):
                cost += points.weights[point] * distance_to(points, point, x_km, y_km)
            costs[row, place] = cost


@compiled
def _deal(costs: FloatArray, limits: Limits, penalty: float) -> IntArray:
    """Deal the pieces out, those first that lose most without their cheapest territory."""
    regrets = np.empty(len(costs))
    for row in range(len(costs)):
        least = second = np.inf
        for cost in costs[row]:
            if cost < least:
                least, second = cost, least
            elif cost < second:
                second = cost
        regrets[row] = least - second if second < np.inf else -np.inf
    sums = np.zeros_like(limits.upper)
    labels = np.empty(len(costs), dtype=np.int64)
    for row in np.argsort(regrets, kind="mergesort"):
        best, best_cost = 0, np.inf
        for place in range(costs.shape[1]):
            cost = costs[row, place]
            for measure in range(sums.shape[1]):
                load = sums[place, measure] + limits.loads[row, measure]
                excess = load - limits.upper[place, measure]
                if excess > 0.0:
                    cost += penalty * min(excess, limits.loads[row, measure])
            if cost < best_cost:
                best, best_cost = place, cost
        labels[row] = best
        sums[best] += limits.loads[row]
    return labels


@compiled
def _reseat(
    task: Task, members: IntArray, local: IntArray, seats: IntArray, is_moved: BoolArray
) -> None:
    """Move every medoid to the member that serves its territory best; note which ones moved."""
    places, stops = _sort_places(task.points, members, local, len(seats))
    loads = np.zeros(len(seats))
    if task.seat_measure >= 0:
        for row in range(len(members)):
            loads[local[row]] += task.limits.loads[members[row], task.seat_measure]
    for place in range(len(seats)):
        own = places[stops[place] : stops[place + 1]]
        seat = best_seat(task, own, loads[place], seats[place])
        is_moved[place] = seat != seats[place]
        seats[place] = seat


@compiled
def _sort_places(
    points: Points, members: IntArray, local: IntArray, n_territories: int
) -> tuple[IntArray, IntArray]:
    """List the points of pieces by territory; tell where each territory begins in the list."""
    stops = np.zeros(n_territories + 2, dtype=np.int64)
    for row in range(len(members)):
        piece = members[row]
        stops[local[row] + 2] += points.starts[piece + 1] - points.starts[piece]
    for territory in range(n_territories):
        stops[territory + 2] += stops[territory + 1]
    places = np.empty(stops[n_territories + 1], dtype=np.int64)
    for row in range(len(members)):
        piece = members[row]
        for point in range(points.starts[piece], points.starts[piece + 1]):
            places[stops[local[row] + 1]] = point
            stops[local[row] + 1] += 1
    return places, stops


@compiled
def best_seat(task: Task, places: IntArray, load: float, seat: int) -> int:
    """Choose the place from which the others are cheapest, broken capacity included."""
    points = task.points
    best, least = seat, np.inf
    is_member = False
    for place in places:
        if place == seat:
            is_member = True
    for turn in range(len(places) + 1):
        # The present medoid first: it is hard to beat, and cuts the others short.
        candidate = seat if turn == 0 else places[turn - 1]
        if (turn == 0 and not is_member) or (turn > 0 and candidate == seat):
            continue
        x_km, y_km = points.positions_km[candidate, 0], points.positions_km[candidate, 1]
        cost = 0.0
        if task.seat_measure >= 0:
            cost = task.prices[0] * max(0.0, load - task.rooms[candidate])
        for point in places:
            cost += points.weights[point] * distance_to(points, point, x_km, y_km)
            if cost >= least:
                break
        if cost < least:
            best, least = candidate, cost
    return best


@compiled
def cost_part(
    task: Task, region: IntArray, members: IntArray, local: IntArray, seats: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Cost the territories of a neighbourhood; say as well by how much each misses limits."""
    limits, costs = _part_limits(task, region, members), np.empty((len(members), len(region)))
    is_moved = np.ones(len(region), dtype=np.bool_)
    _follow(task, region, members, seats, is_moved, (limits, costs))
    return _sum_up(costs, limits, local)


@compiled
def _sum_up(costs: FloatArray, limits: Limits, local: IntArray) -> tuple[FloatArray, FloatArray]:
    totals, sums = np.zeros(costs.shape[1]), np.zeros_like(limits.upper)
    for row in range(len(local)):
        totals[local[row]] += costs[row, local[row]]
        for measure in range(sums.shape[1]):
            sums[local[row], measure] += limits.loads[row, measure]
    missed = np.zeros(len(totals))
    for place in range(len(totals)):
        missed[place] = violation_of(limits, place, sums[place])
    return totals, missed

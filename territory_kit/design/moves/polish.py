"""Improve a plan with moving centres: a move is judged by what it does to the centres too.

The loops of `improve` keep the centres where they are. In small territories the centre follows
its members, so a move can pay that looks bad at fixed centres, and the other way round. Here each
move is judged by the territory's cost around its new centre. That is exact and dear, so a budget
of visited points ends it; the budget counts work, never time.

A shift is a swap whose partner is nothing.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.distances import (
    cost_around,
    distance_to,
    locate_centres,
    mean_position,
)
from territory_kit.design.model.instance import MEDOID, Limits, Points
from territory_kit.design.moves.balance import sum_loads, total_violation
from territory_kit.design.moves.improve import change_of_violation, grain_of

NOTHING = -1
# Up to this many pieces every move is judged; above it only those that lose little at fixed
# centres: a piece with the share s of a territory's weight moves its mean so that s times its own
# cost is won back (squared distance); for medoids, which jump, several times as much.
ALL_MOVES_COUNT = 40
SLACK = 3.0


class _Terms(NamedTuple):
    """What the judgement of a move needs and never changes.

    `pulls` holds how much of its cost in each territory a move of a piece may win back;
    `is_broken` tells that a move may also pay by mending a limit.
    """

    points: Points
    limits: Limits
    fixed_costs: FloatArray
    costs: FloatArray
    penalty: float
    grain: float
    pulls: FloatArray
    is_broken: bool
    nothing: FloatArray


class _State(NamedTuple):
    """The plan while it is being improved; the arrays are changed in place.

    `reach` holds the cost of every territory around every point, for medoids only.
    """

    labels: IntArray
    sums: FloatArray
    territory_costs: FloatArray
    reach: FloatArray
    n_visited: IntArray


@compiled
def polish_labels(
    points: Points,
    limits: Limits,
    fixed_costs: FloatArray,
    costs: FloatArray,
    start_labels: IntArray,
    *,
    penalty: float,
    budget: int,
) -> IntArray:
    """Shift and swap with moving centres until nothing helps or the budget is spent.

    The costs are those around the centres of the start.
    """
    labels, sums = start_labels.copy(), sum_loads(limits, start_labels)
    _, _, territory_costs = locate_centres(points, labels)
    reach = _reach(points, labels, len(sums))
    state = _State(labels, sums, territory_costs, reach, np.zeros(1, dtype=np.int64))
    nothing = np.zeros(sums.shape[1])
    grain = grain_of(costs, labels)
    is_broken = total_violation(limits, sums) > 0.0
    pulls = _pulls(points, labels, costs - fixed_costs)
    terms = _Terms(points, limits, fixed_costs, costs, penalty, grain, pulls, is_broken, nothing)
    n_moved = 1
    while n_moved > 0:
        n_moved = 0
        for piece in range(len(labels)):
            for target in range(len(sums)):
                n_moved += _try_move(terms, state, piece, NOTHING, target)
            for partner in range(piece + 1, len(labels)):
                n_moved += _try_move(terms, state, piece, partner, labels[partner])
            if state.n_visited[0] > budget:
                return labels
    return labels


@compiled
def _pulls(points: Points, labels: IntArray, distance_costs: FloatArray) -> FloatArray:
    """Say how much a move of each piece may win back in each territory because centres move."""
    n_pieces, n_territories = distance_costs.shape
    if n_pieces <= ALL_MOVES_COUNT:
        return np.full(distance_costs.shape, np.inf)
    piece_weights, weights = np.zeros(n_pieces), np.zeros(n_territories)
    for point in range(len(points.weights)):
        piece_weights[points.pieces[point]] += points.weights[point]
        weights[labels[points.pieces[point]]] += points.weights[point]
    pulls = distance_costs.copy()
    for piece in range(n_pieces):
        for territory in range(n_territories):
            weight = max(weights[territory], piece_weights[piece], 1e-300)
            pulls[piece, territory] *= SLACK * piece_weights[piece] / weight
    return pulls


@compiled
def _reach(points: Points, labels: IntArray, n_territories: int) -> FloatArray:
    """Cost every territory around every point, shape (n_points, n_territories)."""
    n_points = len(points.weights) if points.centre == MEDOID else 0
    reach = np.zeros((n_points, n_territories))
    for point in range(n_points):
        territory = labels[points.pieces[point]]
        for place in range(n_points):
            x_km, y_km = points.positions_km[place, 0], points.positions_km[place, 1]
            reach[place, territory] += points.weights[point] * distance_to(
                points, point, x_km, y_km
            )
    return reach


@compiled
def _try_move(terms: _Terms, state: _State, piece: int, partner: int, target: int) -> int:
    """Move a piece, and its partner the other way, if that helps; say whether it did."""
    labels, limits, costs = state.labels, terms.limits, terms.costs
    source = labels[piece]
    if target == source:
        return 0
    rough = costs[piece, target] - costs[piece, source]
    fixed = terms.fixed_costs[piece, target] - terms.fixed_costs[piece, source]
    pull = terms.pulls[piece, source] + terms.pulls[piece, target]
    load, back = limits.loads[piece], terms.nothing
    if partner != NOTHING:
        rough += costs[partner, source] - costs[partner, target]
        fixed += terms.fixed_costs[partner, source] - terms.fixed_costs[partner, target]
        pull += terms.pulls[partner, source] + terms.pulls[partner, target]
        back = limits.loads[partner]
    if not (rough <= pull or terms.is_broken):
        return 0
    broken = terms.penalty * change_of_violation(limits, state.sums, (source, target), load, back)
    if not np.isfinite(fixed) or rough + broken > pull:
        return 0
    source_cost = _cost_after(terms, state, source, piece, partner)
    target_cost = _cost_after(terms, state, target, partner, piece)
    before = state.territory_costs[source] + state.territory_costs[target]
    if fixed + broken + source_cost + target_cost - before >= -terms.grain:
        return 0
    state.territory_costs[source], state.territory_costs[target] = source_cost, target_cost
    state.sums[source] += back - load
    state.sums[target] += load - back
    _relabel(terms.points, state, piece, target)
    if partner != NOTHING:
        _relabel(terms.points, state, partner, source)
    return 1


@compiled
def _relabel(points: Points, state: _State, piece: int, target: int) -> None:
    source = state.labels[piece]
    state.labels[piece] = target
    for place in range(len(state.reach)):
        cost = _piece_cost(points, piece, place)
        state.reach[place, source] -= cost
        state.reach[place, target] += cost


@compiled
def _piece_cost(points: Points, piece: int, place: int) -> float:
    """Cost a piece around a point."""
    cost = 0.0
    if piece != NOTHING:
        x_km, y_km = points.positions_km[place, 0], points.positions_km[place, 1]
        for point in range(points.starts[piece], points.starts[piece + 1]):
            cost += points.weights[point] * distance_to(points, point, x_km, y_km)
    return cost


@compiled
def _cost_after(terms: _Terms, state: _State, territory: int, leaving: int, entering: int) -> float:
    """Cost a territory around the centre that it has after an exchange."""
    points, labels = terms.points, state.labels
    state.n_visited[0] += len(points.weights)
    if points.centre == MEDOID:
        least = np.inf
        for place in range(len(points.weights)):
            owner = points.pieces[place]
            if owner == entering or (labels[owner] == territory and owner != leaving):
                cost = state.reach[place, territory] + _piece_cost(points, entering, place)
                least = min(least, cost - _piece_cost(points, leaving, place))
        return least if least < np.inf else 0.0
    members = np.empty(len(points.weights), dtype=np.int64)
    count = 0
    for point in range(len(points.weights)):
        owner = points.pieces[point]
        if owner == entering or (labels[owner] == territory and owner != leaving):
            members[count] = point
            count += 1
    if count == 0:
        return 0.0
    x_km, y_km = mean_position(points, members[:count])
    return cost_around(points, members[:count], x_km, y_km)

"""The problem in the form that the search works on: canonical order, groups merged, limits scaled.

A *piece* is what moves as one: a unit, or all units that are kept together. A *point* is a unit
with a known position. Points of one piece stand next to each other.

Two tricks keep the search free of special cases:

- measures are divided by the mean load of a territory, so that one is a full territory and the
  shortages of all measures can be added;
- one more measure, *presence*, counts pieces and asks for one in every territory. It weighs more
  than all other violations together: a territory stays empty only if pieces are too few.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.model.rules import Rules, build_rules
from territory_kit.design.problem import NOBODY, Problem

# Sums of floats that should equal a limit may miss it by rounding; far below any real difference.
LIMIT_SLACK = 1e-9
# Rounds in which units at the same place are told apart by their neighbours; an odd number with
# well mixed bits (the golden ratio of 64 bits), which makes sums of neighbours tell.
MOST_REFINEMENTS, MIXER = 100, np.uint64(0x9E3779B97F4A7C15)


MEAN, MEDOID, FIXED = 0, 1, 2
CENTRES = {"mean": MEAN, "medoid": MEDOID, "fixed": FIXED}


class Points(NamedTuple):
    """Hold the located units, grouped by piece, and how a territory is measured.

    Parameters
    ----------
    positions_km
        Positions, shape (n_points, 2).
    weights
        Distance weight of each point, shape (n_points,).
    pieces
        Piece of each point, never decreasing.
    starts
        First point of each piece, and the number of points, shape (n_pieces + 1,).
    homes_km
        Centre of each territory where it is fixed, else nan, shape (n_territories, 2).
    centre
        MEAN, MEDOID or FIXED.
    is_squared
        Whether distances count squared.
    """

    positions_km: FloatArray
    weights: FloatArray
    pieces: IntArray
    starts: IntArray
    homes_km: FloatArray
    centre: int
    is_squared: bool


class Limits(NamedTuple):
    """Hold what each piece adds to the measures, and the limits of each territory, all scaled.

    Parameters
    ----------
    loads
        Scaled measures and presence of each piece, shape (n_pieces, n_measures + 1).
    lower
        Lower limits, shape (n_territories, n_measures + 1).
    upper
        Upper limits, same shape.
    """

    loads: FloatArray
    lower: FloatArray
    upper: FloatArray


@dataclass(frozen=True, eq=False)
class Instance:
    """Hold the arrays of one search; the row order of the problem no longer matters.

    Parameters
    ----------
    problem
        The problem as it was put.
    order
        Row of the problem at each canonical place, shape (n_units,).
    piece_of_unit
        Piece of each row of the problem, shape (n_units,).
    point_units
        Row of the problem of each point, shape (n_points,).
    points
        Located units.
    limits
        Loads and limits.
    fixed_costs
        Price of moves of each piece to each territory, infinite where a lock forbids it.
    current
        Territory where most units of each piece are today, or -1.
    is_free
        Whether each piece is not locked.
    rooms
        What each point allows as a medoid in the seat measure, scaled, shape (n_points,).
    seat_measure
        Measure that the medoid's capacity limits: the one before presence; -1 without capacities.
    rules
        Connection and caps on moves, where the problem has them.
    """

    problem: Problem
    order: IntArray
    piece_of_unit: IntArray
    point_units: IntArray
    points: Points
    limits: Limits
    fixed_costs: FloatArray
    current: IntArray
    is_free: BoolArray
    rooms: FloatArray
    seat_measure: int
    rules: Rules | None
    # what the polish made of plans so far, which one search meets again and again; every instance,
    # also a changed copy, begins its own
    polished: dict[bytes, IntArray] = field(default_factory=dict, init=False, repr=False)

    @property
    def n_pieces(self) -> int:
        """Number of pieces that move as one."""
        return len(self.fixed_costs)

    @property
    def n_territories(self) -> int:
        """Number of territories wanted."""
        return int(self.fixed_costs.shape[1])


def build_instance(problem: Problem) -> Instance:
    """Sort the units canonically, merge groups and scale the limits.

    Parameters
    ----------
    problem
        The checked problem.

    Returns
    -------
    Instance
        The same problem, equal for every order of its rows up to identical units.
    """
    order, piece_of_unit = order_units(problem)
    locks = _piece_locks(problem, piece_of_unit)
    units = order[np.isfinite(problem.positions_km[order]).all(axis=1)]
    units = units[np.argsort(piece_of_unit[units], kind="stable")]
    limits, rooms = _limits(problem, order, piece_of_unit)
    return Instance(
        problem=problem,
        order=order,
        piece_of_unit=piece_of_unit,
        point_units=units,
        points=_points(problem, units, piece_of_unit),
        limits=limits,
        fixed_costs=_fixed_costs(problem, order, piece_of_unit, locks),
        current=_piece_current(problem, piece_of_unit, len(locks)),
        is_free=locks == NOBODY,
        rooms=rooms[units],
        seat_measure=NOBODY if problem.capacities is None else problem.n_measures,
        rules=build_rules(problem, piece_of_unit, order),
    )


def _points(problem: Problem, units: IntArray, piece_of_unit: IntArray) -> Points:
    pieces = piece_of_unit[units]
    nowhere = np.full((problem.n_territories, 2), np.nan)
    return Points(
        positions_km=np.ascontiguousarray(problem.positions_km[units]),
        weights=problem.distance_weights[units],
        pieces=pieces,
        starts=np.searchsorted(pieces, np.arange(piece_of_unit.max() + 2)),
        homes_km=nowhere if problem.homes_km is None else problem.homes_km.copy(),
        centre=CENTRES[problem.centre],
        is_squared=problem.distance == "squared",
    )


def _optional(problem: Problem, name: str) -> IntArray:
    values: IntArray | None = getattr(problem, name)
    return np.full(problem.n_units, NOBODY) if values is None else values


def _prices(problem: Problem) -> FloatArray:
    prices = problem.move_prices
    return np.zeros(problem.n_units) if prices is None else prices


def order_units(problem: Problem) -> tuple[IntArray, IntArray]:
    """Sort the units so that the order of rows no longer matters, and number what moves as one.

    Parameters
    ----------
    problem
        The problem.

    Returns
    -------
    order, piece_of_unit
        Units in their order, and piece of each unit, both of shape (n_units,).
    """
    order = canonical_order(problem)
    return order, _pieces(problem, order)


def canonical_order(problem: Problem) -> IntArray:
    """Sort the units by all that the problem says of them.

    Parameters
    ----------
    problem
        The problem.

    Returns
    -------
    IntArray
        Units in their order; only units that are alike keep that of the rows.
    """
    keys: list[IntArray | FloatArray] = [
        _optional(problem, name) for name in ("together", "locked", "current")
    ]
    keys += [_prices(problem), *problem.measures.T, problem.distance_weights]
    if problem.capacities is not None and problem.capacity_loads is not None:
        keys += [problem.capacities, problem.capacity_loads]
    if problem.move_amounts is not None:
        keys += [*problem.move_amounts.T]
    if problem.islands is not None:
        keys += [problem.islands.astype(np.int64)]
    keys += [*np.nan_to_num(problem.positions_km, nan=np.inf).T]
    order = np.lexsort(keys)
    if problem.edges is None:
        return order
    return np.argsort(_ranks_on_map(_ranks(keys, order), problem.edges), kind="stable")


def _ranks(keys: Sequence[NDArray[Any]], order: IntArray) -> IntArray:
    """Give units numbers in their order, and the same one to those that are alike."""
    is_new = np.zeros(len(order), dtype=np.bool_)
    for key in keys:
        is_new[1:] |= key[order[1:]] != key[order[:-1]]
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.cumsum(is_new)
    return ranks


def _ranks_on_map(ranks: IntArray, edges: IntArray) -> IntArray:
    """Tell units apart by their neighbours, theirs, and so on (colour refinement)."""
    both = np.concatenate([edges, edges[:, ::-1]])
    for _ in range(MOST_REFINEMENTS):
        n_ranks = ranks.max() + 1
        if n_ranks == len(ranks):
            break
        # Sums of whole numbers that wrap around are the same in any order.
        mixed = (ranks.astype(np.uint64) + np.uint64(1)) * MIXER
        mixed ^= mixed >> np.uint64(29)
        mixed *= MIXER
        sums = np.zeros(len(ranks), dtype=np.uint64)
        np.add.at(sums, both[:, 0], mixed[both[:, 1]])
        ranks = _ranks([ranks, sums], np.lexsort([sums, ranks]))
        if ranks.max() + 1 == n_ranks:
            break
    return ranks


def _pieces(problem: Problem, order: IntArray) -> IntArray:
    """Give pieces numbers in the order of their first units."""
    together = _optional(problem, "together")[order]
    alone = together.max(initial=NOBODY) + 1 + np.arange(len(order))
    keys = np.where(together == NOBODY, alone, together)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    pieces = np.empty(len(order), dtype=np.int64)
    pieces[order] = rank[inverse]
    return pieces


def _piece_locks(problem: Problem, piece_of_unit: IntArray) -> IntArray:
    locks = np.full(piece_of_unit.max() + 1, NOBODY)
    np.maximum.at(locks, piece_of_unit, _optional(problem, "locked"))
    return locks


def _limits(
    problem: Problem, order: IntArray, piece_of_unit: IntArray
) -> tuple[Limits, FloatArray]:
    """Scale loads and limits, and the capacity of each unit.

    What a medoid allows stands in no table of limits: its measure is unlimited there.
    """
    measures, lower, upper = problem.measures, problem.lower, problem.upper
    n_territories = problem.n_territories
    if problem.capacity_loads is not None:
        measures = np.column_stack([measures, problem.capacity_loads])
        lower = np.column_stack([lower, np.full(n_territories, -np.inf)])
        upper = np.column_stack([upper, np.full(n_territories, np.inf)])
    n_measures = measures.shape[1]
    pieces = piece_of_unit[order]
    loads = np.zeros((pieces.max() + 1, n_measures + 1))
    np.add.at(loads[:, :n_measures], pieces, measures[order])
    scale = loads[:, :n_measures].sum(axis=0) / n_territories
    scale[scale == 0] = 1.0
    loads[:, :n_measures] /= scale
    presence = 1.0 + 4.0 * n_territories * (n_measures + 1)
    loads[:, n_measures] = presence
    lower = np.column_stack([lower / scale, np.full(n_territories, presence)])
    upper = np.column_stack([upper / scale, np.full(n_territories, np.inf)])
    limits = Limits(loads=loads, lower=lower - LIMIT_SLACK, upper=upper + LIMIT_SLACK)
    if problem.capacities is None:
        return limits, np.full(problem.n_units, np.inf)
    return limits, problem.capacities / scale[-1] + LIMIT_SLACK


def _fixed_costs(
    problem: Problem, order: IntArray, piece_of_unit: IntArray, locks: IntArray
) -> FloatArray:
    """Add up what the units of each piece cost when they go to each territory."""
    owned = order[_optional(problem, "current")[order] != NOBODY]
    prices = _prices(problem)[owned]
    pieces = piece_of_unit[owned]
    leaving = np.zeros(len(locks))
    np.add.at(leaving, pieces, prices)
    costs = np.repeat(leaving[:, np.newaxis], problem.n_territories, axis=1)
    staying = np.zeros_like(costs)
    np.add.at(staying, (pieces, _optional(problem, "current")[owned]), prices)
    # A piece whose owner keeps it costs exactly nothing: rounding must not leave a remainder.
    costs = np.where(staying == costs, 0.0, costs - staying)
    forbidden = (locks[:, np.newaxis] != NOBODY) & (
        locks[:, np.newaxis] != np.arange(problem.n_territories)
    )
    costs[forbidden] = np.inf
    return costs


def _piece_current(problem: Problem, piece_of_unit: IntArray, n_pieces: int) -> IntArray:
    current = _optional(problem, "current")
    counts = np.zeros((n_pieces, problem.n_territories), dtype=np.int64)
    owned = current != NOBODY
    np.add.at(counts, (piece_of_unit[owned], current[owned]), 1)
    return np.where(counts.any(axis=1), counts.argmax(axis=1), NOBODY)

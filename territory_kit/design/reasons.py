"""Why units move, read from the finished plan: numbers and yes or no, no words.

A unit *moves* when it has a territory today, its *source*, and the plan gives it another, its
*target*. Each unit is *put back* in thought, with the units it is kept together with: centres and
all other units stay as the plan has them. What that would break, and what it would cost, is why
the unit moves. Nothing is recorded during the search, so that the reasons are those of the plan
that is handed out, however it was found.
"""

from dataclasses import dataclass

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.model.instance import LIMIT_SLACK, order_units
from territory_kit.design.problem import NOBODY, Problem
from territory_kit.design.result import Design


@dataclass(frozen=True, eq=False)
class MoveReasons:
    """Hold what is true of each unit that moves; all arrays have one row per moved unit.

    Parameters
    ----------
    units
        Number of the unit; rising.
    sources
        Its territory today.
    targets
        Its territory in the plan.
    closer_km
        How much closer it lies to the centre of its target than to that of its source, km;
        negative where it lies farther; nan where its place does not count or is not known.
    saved_costs
        What its distance costs less than in its source, in the unit of the objective.
    move_prices
        Price of its move, in the unit of the objective.
    is_locked
        Whether a lock binds it to its target.
    is_grouped
        Whether it is kept together with others, so that it cannot go back alone.
    is_group_led
        Whether its group decides: the group is not all in one territory today, or nothing else
        here speaks for the move of this unit itself.
    relieved
        What it takes off its source in each measure, where the source would be above its target
        load with it, and is above it today or would break its limit; else 0. Shape (n_moved,
        n_measures).
    filled
        The same for what its target would lack without it.
    over_if_back
        By how much its source would exceed its upper limits if unit and group were put back, at
        least 0, same shape.
    short_if_back
        By how much its target would miss its lower limits then, at least 0, same shape.
    over_capacity_if_back
        By how much its source would exceed the capacity of its medoid then, at least 0.
    is_cut_off
        Whether it would touch no unit of its source then; only where connection is asked for.
    leaves_empty
        Whether its target would have no unit then.
    is_explained
        Whether anything above speaks for the move; the others serve the plan as a whole.
    """

    units: IntArray
    sources: IntArray
    targets: IntArray
    closer_km: FloatArray
    saved_costs: FloatArray
    move_prices: FloatArray
    is_locked: BoolArray
    is_grouped: BoolArray
    is_group_led: BoolArray
    relieved: FloatArray
    filled: FloatArray
    over_if_back: FloatArray
    short_if_back: FloatArray
    over_capacity_if_back: FloatArray
    is_cut_off: BoolArray
    leaves_empty: BoolArray
    is_explained: BoolArray


@dataclass(frozen=True, eq=False)
class _Moved:
    """Who moves, from where to where, and with whom."""

    units: IntArray
    sources: IntArray
    targets: IntArray
    pieces: IntArray
    order: IntArray


def explain_moves(
    problem: Problem, design: Design, *, target_loads: FloatArray | None = None
) -> MoveReasons:
    """Say of each unit that leaves its current territory what speaks for the move.

    Parameters
    ----------
    problem
        The problem.
    design
        What `solve` found for it.
    target_loads
        What each territory should hold, shape (n_territories, n_measures); none given means the
        middle between its limits, where both are finite.

    Returns
    -------
    MoveReasons
        One row per moved unit; none where the problem has no current territories.

    Notes
    -----
    Units without a current territory do not move. Limits are compared with the slack of the
    engine's own check. Taking several units back at once may break more than each alone does.
    """
    moved = _find_moved(problem, design)
    relieved, filled, over, short = _loads(problem, design, moved, target_loads)
    closer_km, saved_costs = _ways(problem, design, moved)
    over_capacity = _over_capacity(problem, design, moved)
    is_cut_off, leaves_empty = _is_cut_off(problem, design, moved), _leaves_empty(design, moved)
    is_needed = np.column_stack([relieved, filled, over, short, over_capacity]).any(axis=1)
    speaks = is_needed | is_cut_off | leaves_empty | (closer_km > 0)
    is_locked = _chosen(problem.locked, moved.units, NOBODY) != NOBODY
    is_grouped = np.bincount(moved.pieces)[moved.pieces[moved.units]] > 1
    return MoveReasons(
        units=moved.units,
        sources=moved.sources,
        targets=moved.targets,
        closer_km=closer_km,
        saved_costs=saved_costs,
        move_prices=_chosen(problem.move_prices, moved.units, 0.0),
        is_locked=is_locked,
        is_grouped=is_grouped,
        is_group_led=is_grouped & (_was_split(problem, moved) | ~speaks),
        relieved=relieved,
        filled=filled,
        over_if_back=over,
        short_if_back=short,
        over_capacity_if_back=over_capacity,
        is_cut_off=is_cut_off,
        leaves_empty=leaves_empty,
        is_explained=is_locked | is_grouped | speaks,
    )


def _find_moved(problem: Problem, design: Design) -> _Moved:
    current = np.full(problem.n_units, NOBODY) if problem.current is None else problem.current
    units = np.flatnonzero((current != NOBODY) & (current != design.labels))
    order, piece_of_unit = order_units(problem)
    return _Moved(
        units=units,
        sources=current[units],
        targets=design.labels[units],
        pieces=piece_of_unit,
        order=order,
    )


def _chosen(values: np.ndarray | None, units: IntArray, missing: float) -> np.ndarray:
    return np.full(len(units), missing) if values is None else values[units]


def _ways(problem: Problem, design: Design, moved: _Moved) -> tuple[FloatArray, FloatArray]:
    """Measure from each unit to the final centres of source and target."""
    here = problem.positions_km[moved.units]
    weights = problem.distance_weights[moved.units]
    away = np.linalg.norm(here - design.centres_km[moved.sources], axis=1)
    near = np.linalg.norm(here - design.centres_km[moved.targets], axis=1)
    closer = np.where(weights > 0, away - near, np.nan)
    power = 2 if problem.distance == "squared" else 1
    return closer, np.nan_to_num(weights * (away**power - near**power))


def _loads(
    problem: Problem, design: Design, moved: _Moved, target_loads: FloatArray | None
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Compare loads with the unit put back against targets, limits and today."""
    lower, upper, own = problem.lower, problem.upper, problem.measures[moved.units]
    wanted = _middle(lower, upper) if target_loads is None else target_loads
    slack = 2 * LIMIT_SLACK * design.loads.sum(axis=0) / problem.n_territories
    sources, targets = moved.sources, moved.targets
    going = _sum(problem.measures, moved.pieces, moved.order)[moved.pieces[moved.units]]
    source_loads, target_loads_left = design.loads[sources] + going, design.loads[targets] - going
    over, short = source_loads - upper[sources], lower[targets] - target_loads_left
    over, short = np.where(over > slack, over, 0.0), np.where(short > slack, short, 0.0)
    before = _loads_today(problem, moved.order)
    was_full = (before > wanted + slack)[sources] | (over > 0)
    was_short = (before < wanted - slack)[targets] | (short > 0)
    is_relief = was_full & (source_loads > wanted[sources] + slack)
    is_filling = was_short & (target_loads_left < wanted[targets] - slack)
    return np.where(is_relief, own, 0.0), np.where(is_filling, own, 0.0), over, short


def _middle(lower: FloatArray, upper: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        middle = (lower + upper) / 2
    return np.where(np.isfinite(lower) & np.isfinite(upper), middle, np.nan)


def _loads_today(problem: Problem, order: IntArray) -> FloatArray:
    loads = np.zeros(problem.lower.shape)
    if problem.current is not None:
        owned = order[problem.current[order] != NOBODY]
        np.add.at(loads, problem.current[owned], problem.measures[owned])
    return loads


def _sum(values: FloatArray, pieces: IntArray, order: IntArray) -> FloatArray:
    """Add up the units of each piece, in an order that does not depend on the rows."""
    sums = np.zeros((int(pieces.max()) + 1, *values.shape[1:]))
    np.add.at(sums, pieces[order], values[order])
    return sums


def _was_split(problem: Problem, moved: _Moved) -> BoolArray:
    """Tell whose group is not all in one territory today; who has none is elsewhere."""
    if problem.current is None:
        return np.zeros(len(moved.units), dtype=bool)
    size = int(moved.pieces.max()) + 1
    first, last = np.full(size, problem.n_territories), np.full(size, NOBODY)
    np.minimum.at(first, moved.pieces, problem.current)
    np.maximum.at(last, moved.pieces, problem.current)
    was_split: BoolArray = (first != last)[moved.pieces[moved.units]]
    return was_split


def _over_capacity(problem: Problem, design: Design, moved: _Moved) -> FloatArray:
    if problem.capacities is None or problem.capacity_loads is None:
        return np.zeros(len(moved.units))
    going = _sum(problem.capacity_loads, moved.pieces, moved.order)[moved.pieces[moved.units]]
    loads = np.bincount(design.labels, problem.capacity_loads, minlength=problem.n_territories)
    seats = design.centre_units
    rooms = np.where(seats == NOBODY, np.inf, problem.capacities[seats])
    over = loads[moved.sources] + going - rooms[moved.sources]
    slack = 2 * LIMIT_SLACK * loads.sum() / problem.n_territories
    return np.where(over > slack, over, 0.0)


def _is_cut_off(problem: Problem, design: Design, moved: _Moved) -> BoolArray:
    """Tell who would touch nobody of the source; islands and empty sources need no touch."""
    if problem.edges is None or problem.islands is None:
        return np.zeros(len(moved.units), dtype=bool)
    is_bound = np.zeros(int(moved.pieces.max()) + 1, dtype=bool)
    is_bound[moved.pieces[~problem.islands]] = True
    edges = problem.edges[~problem.islands[problem.edges].any(axis=1)]
    both = np.concatenate([edges, edges[:, ::-1]])
    touches = np.zeros((len(is_bound), problem.n_territories), dtype=bool)
    touches[moved.pieces[both[:, 0]], design.labels[both[:, 1]]] = True
    is_held = np.zeros(problem.n_territories, dtype=bool)
    is_held[design.labels[is_bound[moved.pieces]]] = True
    pieces = moved.pieces[moved.units]
    return is_bound[pieces] & is_held[moved.sources] & ~touches[pieces, moved.sources]


def _leaves_empty(design: Design, moved: _Moved) -> BoolArray:
    sizes = np.bincount(design.labels)[moved.targets]
    is_alone: BoolArray = sizes == np.bincount(moved.pieces)[moved.pieces[moved.units]]
    return is_alone

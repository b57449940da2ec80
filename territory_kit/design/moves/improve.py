"""Improve a plan at fixed centres: shift one piece, or swap two, across a border.

What counts is the cost plus a penalty on broken limits. Loads are kept up to date, so a move is
judged in the time of its measures.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.instance import Limits
from territory_kit.design.moves.balance import sum_loads, violation_of

# Differences below these are rounding, not improvement.
COST_GRAIN, VIOLATION_GRAIN = 1e-10, 1e-11
# Longest list of border pieces that the swaps between two territories look at.
BORDER_COUNT = 300


class Moves(NamedTuple):
    """Hold a plan while pieces move; the arrays are changed in place.

    Parameters
    ----------
    labels
        Territory of each piece.
    sums
        Loads of each territory.
    missed
        Violation of each territory.
    changed
        Round of the last change of each territory.
    penalty
        Cost of one unit of violation.
    grain
        Smallest change of cost that counts.
    """

    labels: IntArray
    sums: FloatArray
    missed: FloatArray
    changed: IntArray
    penalty: float
    grain: float


@compiled
def improve_labels(
    costs: FloatArray, limits: Limits, start_labels: IntArray, penalty: float, n_rounds: int
) -> IntArray:
    """Shift and swap until nothing helps any more, at most a number of rounds."""
    labels = start_labels.copy()
    grain = grain_of(costs, labels)
    # Round of the last change of each territory: pairs are looked at again only after a change.
    changed = np.zeros(limits.lower.shape[0], dtype=np.int64)
    last_swaps = -1
    for turn in range(n_rounds):
        sums = sum_loads(limits, labels)
        missed = np.zeros(len(sums))
        for territory in range(len(sums)):
            missed[territory] = violation_of(limits, territory, sums[territory])
        plan = Moves(labels, sums, missed, changed, penalty, grain)
        if _shift(costs, limits, plan, turn) > 0:
            continue
        n_moved = _swap_all(costs, limits, plan, turn, last_swaps)
        last_swaps = turn
        if n_moved == 0:
            break
    return labels


@compiled
def grain_of(costs: FloatArray, labels: IntArray) -> float:
    """Say below which size a change of cost is rounding."""
    total = 0.0
    for piece in range(len(labels)):
        total += costs[piece, labels[piece]]
    return COST_GRAIN * total + 1e-300


@compiled
def change_of_violation(
    limits: Limits,
    sums: FloatArray,
    pair: tuple[int, int],
    leaving: FloatArray,
    entering: FloatArray,
) -> float:
    """Say how the violation changes when loads leave one for the other and others come back."""
    source, target = pair
    change = 0.0
    for measure in range(sums.shape[1]):
        moved = leaving[measure] - entering[measure]
        change += _missed(limits, source, measure, sums[source, measure] - moved)
        change -= _missed(limits, source, measure, sums[source, measure])
        change += _missed(limits, target, measure, sums[target, measure] + moved)
        change -= _missed(limits, target, measure, sums[target, measure])
    return 0.0 if abs(change) < VIOLATION_GRAIN else change


@compiled
def _missed(limits: Limits, territory: int, measure: int, load: float) -> float:
    low, high = limits.lower[territory, measure], limits.upper[territory, measure]
    return float(max(0.0, low - load, load - high))


@compiled
def _shift(costs: FloatArray, limits: Limits, plan: Moves, turn: int) -> int:
    """Move each piece to its best territory where that helps; count the moves."""
    labels, sums = plan.labels, plan.sums
    nothing = np.zeros(sums.shape[1])
    n_moved = 0
    for piece in range(len(labels)):
        source = labels[piece]
        load = limits.loads[piece]
        best, best_change = source, -plan.grain
        for target in range(len(sums)):
            change = costs[piece, target] - costs[piece, source]
            most_mended = plan.penalty * (plan.missed[source] + plan.missed[target])
            if target == source or not change - most_mended < best_change:
                continue
            change += plan.penalty * change_of_violation(
                limits, sums, (source, target), load, nothing
            )
            if change < best_change:
                best, best_change = target, change
        if best != source:
            labels[piece] = best
            _book(limits, plan, (source, best), load, turn)
            n_moved += 1
    return n_moved


@compiled
def _book(limits: Limits, plan: Moves, pair: tuple[int, int], moved: FloatArray, turn: int) -> None:
    """Bring loads, violations and the note of changes up to date after a move."""
    plan.sums[pair[0]] -= moved
    plan.sums[pair[1]] += moved
    for territory in pair:
        plan.missed[territory] = violation_of(limits, territory, plan.sums[territory])
        plan.changed[territory] = turn


@compiled
def _swap_all(costs: FloatArray, limits: Limits, plan: Moves, turn: int, last_swaps: int) -> int:
    """Swap across every border that changed and where a swap may pay; count the moves."""
    cheapest = _cheapest_changes(costs, plan.labels)
    n_moved = 0
    for one in range(len(cheapest)):
        for two in range(one + 1, len(cheapest)):
            most_mended = plan.penalty * (plan.missed[one] + plan.missed[two])
            if max(plan.changed[one], plan.changed[two]) < last_swaps:
                continue
            if cheapest[one, two] + cheapest[two, one] - most_mended < -plan.grain:
                n_moved += _swap(costs, limits, plan, (one, two), turn)
    return n_moved


@compiled
def _cheapest_changes(costs: FloatArray, labels: IntArray) -> FloatArray:
    """Say what the cheapest move of one piece from each territory to each other costs."""
    cheapest = np.full((costs.shape[1], costs.shape[1]), np.inf)
    for piece in range(len(labels)):
        source = labels[piece]
        for target in range(costs.shape[1]):
            change = costs[piece, target] - costs[piece, source]
            cheapest[source, target] = min(cheapest[source, target], change)
    return cheapest


@compiled
def _border(costs: FloatArray, labels: IntArray, source: int, target: int) -> IntArray:
    """List the pieces of a territory by what moving them to another one costs."""
    members = np.flatnonzero(labels == source)
    changes = np.empty(len(members))
    for place in range(len(members)):
        changes[place] = costs[members[place], target] - costs[members[place], source]
    order = np.argsort(changes, kind="mergesort")
    n_movable = min(BORDER_COUNT, int(np.isfinite(changes).sum()))
    return members[order[:n_movable]]


@compiled
def _swap(costs: FloatArray, limits: Limits, plan: Moves, pair: tuple[int, int], turn: int) -> int:
    """Exchange pieces between two territories where that helps; count the moves."""
    one, two = pair
    labels, sums = plan.labels, plan.sums
    incoming = _border(costs, labels, two, one)
    n_moved = 0
    for leaving in _border(costs, labels, one, two):
        for entering in incoming:
            if labels[entering] != two:
                continue
            change = costs[leaving, two] - costs[leaving, one]
            change += costs[entering, one] - costs[entering, two]
            if change - plan.penalty * (plan.missed[one] + plan.missed[two]) > -plan.grain:
                break
            load, back = limits.loads[leaving], limits.loads[entering]
            change += plan.penalty * change_of_violation(limits, sums, pair, load, back)
            if change < -plan.grain:
                labels[leaving], labels[entering] = two, one
                _book(limits, plan, pair, load - back, turn)
                n_moved += 2
                break
    return n_moved

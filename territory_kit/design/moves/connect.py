"""Connect territories, and improve a plan by moves that keep them connected and obey the caps.

A territory keeps its greatest part; the pieces of the others go piece by piece to neighbouring
territories, the cheapest step first. A piece may leave a territory when its neighbours there
hang together without it, and enter one of which it has a neighbour.
"""

import heapq
from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.instance import Limits
from territory_kit.design.model.rules import Rules, count_parts, find_parts, moved_amounts
from territory_kit.design.moves.balance import sum_loads
from territory_kit.design.moves.improve import change_of_violation, grain_of

NOTHING = -1
# With more pieces than this, partners for swaps would take minutes to find.
SWAPPED_COUNT = 4000
# Swaps look at so many partners of each piece, those that like the exchange best.
PARTNERS_COUNT = 40


class _Terms(NamedTuple):
    """What the judgement of a move needs and never changes."""

    rules: Rules
    costs: FloatArray
    limits: Limits
    penalty: float
    grain: float


class _State(NamedTuple):
    """The plan while it is being improved; the arrays are changed in place."""

    labels: IntArray
    sums: FloatArray
    moved: FloatArray


@compiled
def connect_labels(
    rules: Rules, costs: FloatArray, loads: FloatArray, start_labels: IntArray, is_free: BoolArray
) -> IntArray:
    """Give the pieces outside the greatest part of their territory to neighbouring territories.

    Locked pieces stay; what no territory reaches stays as well.
    """
    labels = start_labels.copy()
    is_loose = _loose(rules, labels, loads, is_free)
    # Numba learns the type of a list from its first entry.
    heap = [(0.0, 0, 0)]
    heap.pop()
    for piece in range(len(labels)):
        if is_loose[piece]:
            _offer(rules, costs, labels, is_loose, (piece, heap))
    while len(heap) > 0:
        _, piece, territory = heapq.heappop(heap)
        if not is_loose[piece]:
            continue
        labels[piece], is_loose[piece] = territory, False
        for place in range(rules.starts[piece], rules.starts[piece + 1]):
            other = rules.neighbours[place]
            if is_loose[other] and costs[other, territory] < np.inf:
                regret = costs[other, territory] - costs[other].min()
                heapq.heappush(heap, (regret, other, territory))
    return labels


@compiled
def _loose(rules: Rules, labels: IntArray, loads: FloatArray, is_free: BoolArray) -> BoolArray:
    """Find the free pieces outside the greatest part of their territory; locked parts are great."""
    parts = find_parts(rules, labels)
    n_parts = parts.max() + 1
    sizes = np.zeros(n_parts)
    for piece in range(len(labels)):
        if parts[piece] >= 0:
            sizes[parts[piece]] += loads[piece].sum() + (0.0 if is_free[piece] else 1e9)
    greatest = np.full(labels.max() + 1, -1)
    for piece in range(len(labels)):
        part, territory = parts[piece], labels[piece]
        if part >= 0 and (greatest[territory] < 0 or sizes[part] > sizes[greatest[territory]]):
            greatest[territory] = part
    is_loose = np.zeros(len(labels), dtype=np.bool_)
    for piece in range(len(labels)):
        part = parts[piece]
        is_loose[piece] = part >= 0 and part != greatest[labels[piece]] and is_free[piece]
    return is_loose


@compiled
def _offer(
    rules: Rules,
    costs: FloatArray,
    labels: IntArray,
    is_loose: BoolArray,
    offer: tuple[int, list[tuple[float, int, int]]],
) -> None:
    """Put every territory that touches a loose piece on the heap."""
    piece, heap = offer
    for place in range(rules.starts[piece], rules.starts[piece + 1]):
        other = rules.neighbours[place]
        if not is_loose[other] and costs[piece, labels[other]] < np.inf:
            regret = costs[piece, labels[other]] - costs[piece].min()
            heapq.heappush(heap, (regret, piece, labels[other]))


@compiled
def improve_within_rules(
    rules: Rules,
    costs: FloatArray,
    limits: Limits,
    start_labels: IntArray,
    *,
    penalty: float,
    n_rounds: int,
) -> IntArray:
    """Shift and swap at fixed centres until nothing helps; no move tears a territory.

    Where a territory is in parts already, a move may join but never add parts. Above
    `SWAPPED_COUNT` pieces nothing is swapped.
    """
    labels = start_labels.copy()
    terms = _Terms(rules, costs, limits, penalty, grain_of(costs, labels))
    state = _State(labels, sum_loads(limits, labels), moved_amounts(rules, labels))
    for _ in range(n_rounds):
        n_moved = 0
        for piece in range(len(labels)):
            n_moved += _shift(terms, state, piece)
        if n_moved > 0 or len(labels) > SWAPPED_COUNT:
            if n_moved == 0:
                break
            continue
        for piece in range(len(labels)):
            n_moved += _swap(terms, state, piece)
        if n_moved == 0:
            break
    return labels


@compiled
def _shift(terms: _Terms, state: _State, piece: int) -> int:
    """Move a piece to its best territory where that helps and the rules allow it."""
    labels, costs = state.labels, terms.costs
    source = labels[piece]
    best, best_change = source, -terms.grain
    for target in range(len(state.sums)):
        if target == source or not np.isfinite(costs[piece, target]):
            continue
        change = costs[piece, target] - costs[piece, source]
        change += terms.penalty * _change_of_broken(terms, state, piece, NOTHING, target)
        if change < best_change and _may_enter(terms.rules, labels, piece, target):
            best, best_change = target, change
    if best == source or not _may_leave(terms.rules, labels, piece):
        return 0
    _book(terms, state, piece, best)
    return 1


@compiled
def _swap(terms: _Terms, state: _State, piece: int) -> int:
    """Exchange a piece with one of another territory where that helps and the rules allow it."""
    labels, costs = state.labels, terms.costs
    source = labels[piece]
    if not _may_leave(terms.rules, labels, piece):
        return 0
    for target in range(len(state.sums)):
        outward = costs[piece, target] - costs[piece, source]
        is_possible = target != source and np.isfinite(outward)
        if not (is_possible and _may_enter(terms.rules, labels, piece, target)):
            continue
        for partner in _partners(costs, labels, source, target):
            change = outward + costs[partner, source] - costs[partner, target]
            change += terms.penalty * _change_of_broken(terms, state, piece, partner, target)
            if change < -terms.grain and _exchange(terms, state, piece, partner):
                return 1
    return 0


@compiled
def _partners(costs: FloatArray, labels: IntArray, source: int, target: int) -> IntArray:
    """List the pieces of a territory that lose least by going to another."""
    members = np.flatnonzero(labels == target)
    changes = costs[members, source] - costs[members, target]
    order = np.argsort(changes, kind="mergesort")
    n_movable = min(PARTNERS_COUNT, int(np.isfinite(changes).sum()))
    return members[order[:n_movable]]


@compiled
def _exchange(terms: _Terms, state: _State, piece: int, partner: int) -> bool:
    """Exchange two pieces if both territories stay as connected as they were."""
    labels, n_territories = state.labels, len(state.sums)
    source, target = labels[piece], labels[partner]
    before = count_parts(terms.rules, labels, n_territories)
    labels[piece], labels[partner] = target, source
    after = count_parts(terms.rules, labels, n_territories)
    labels[piece], labels[partner] = source, target
    for territory in (source, target):
        if after[territory] > max(before[territory], 1):
            return False
    _book(terms, state, piece, target)
    _book(terms, state, partner, source)
    return True


@compiled
def _book(terms: _Terms, state: _State, piece: int, target: int) -> None:
    """Move a piece and bring loads and what moved up to date."""
    source, amounts = state.labels[piece], terms.rules.amounts
    for cap in range(len(state.moved)):
        state.moved[cap] += amounts[cap, piece, target] - amounts[cap, piece, source]
    state.sums[source] -= terms.limits.loads[piece]
    state.sums[target] += terms.limits.loads[piece]
    state.labels[piece] = target


@compiled
def _change_of_broken(terms: _Terms, state: _State, piece: int, partner: int, target: int) -> float:
    """Say how broken limits and caps change when a piece goes and its partner comes back."""
    source, amounts, caps = state.labels[piece], terms.rules.amounts, terms.rules.caps
    load, back = terms.limits.loads[piece], np.zeros(state.sums.shape[1])
    if partner != NOTHING:
        back = terms.limits.loads[partner]
    change = change_of_violation(terms.limits, state.sums, (source, target), load, back)
    for cap in range(len(caps)):
        before = after = state.moved[cap]
        after += amounts[cap, piece, target] - amounts[cap, piece, source]
        if partner != NOTHING:
            after += amounts[cap, partner, source] - amounts[cap, partner, target]
        change += max(0.0, after - caps[cap]) - max(0.0, before - caps[cap])
    return change


@compiled
def _may_enter(rules: Rules, labels: IntArray, piece: int, target: int) -> bool:
    """Whether a piece has a neighbour in a territory, or is the first there to need one."""
    if not rules.is_bound[piece]:
        return True
    for place in range(rules.starts[piece], rules.starts[piece + 1]):
        if labels[rules.neighbours[place]] == target:
            return True
    for other in range(len(labels)):
        if labels[other] == target and rules.is_bound[other]:
            return False
    return True


@compiled
def _may_leave(rules: Rules, labels: IntArray, piece: int) -> bool:
    """Whether a piece's neighbours in its territory hang together without it."""
    if not rules.is_bound[piece]:
        return True
    own = labels[piece]
    wanted = np.empty(rules.starts[piece + 1] - rules.starts[piece], dtype=np.int64)
    n_wanted = 0
    for place in range(rules.starts[piece], rules.starts[piece + 1]):
        if labels[rules.neighbours[place]] == own:
            wanted[n_wanted] = rules.neighbours[place]
            n_wanted += 1
    if n_wanted <= 1:
        return True
    is_seen = np.zeros(len(labels), dtype=np.bool_)
    is_seen[piece] = is_seen[wanted[0]] = True
    stack = [wanted[0]]
    while len(stack) > 0:
        current = stack.pop()
        for place in range(rules.starts[current], rules.starts[current + 1]):
            other = rules.neighbours[place]
            if not is_seen[other] and labels[other] == own:
                is_seen[other] = True
                stack.append(other)
    return bool(is_seen[wanted[:n_wanted]].all())

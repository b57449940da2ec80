"""What a plan must keep beside its limits: connected territories and caps on what moves.

Both concern the whole plan, not one territory's sums, so they stand apart from the limits.
A *part* is a set of a territory's pieces that hang together; a territory should be one part.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import BoolArray, FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.problem import NOBODY, Problem

CAP_SLACK = 1e-9


class Rules(NamedTuple):
    """Hold the graph of pieces and what their moves count.

    Parameters
    ----------
    starts
        First neighbour of each piece, and the number of neighbours, shape (n_pieces + 1,).
    neighbours
        Neighbouring pieces, sorted.
    is_bound
        Whether each piece must be connected; nobody is where no edges are given.
    amounts
        What a piece counts against each cap in each territory, in shares of what all pieces
        count in a mean territory, shape (n_caps, n_pieces, n_territories).
    caps
        Caps in the same shares, shape (n_caps,).
    part_weight
        Violation of one part too many; more than all other violations together.
    """

    starts: IntArray
    neighbours: IntArray
    is_bound: BoolArray
    amounts: FloatArray
    caps: FloatArray
    part_weight: float


def build_rules(problem: Problem, piece_of_unit: IntArray, order: IntArray) -> Rules | None:
    """Turn edges and caps of units into those of pieces.

    Parameters
    ----------
    problem
        The problem.
    piece_of_unit
        Piece of each unit.
    order
        Canonical order of the units.

    Returns
    -------
    Rules or None
        None where the problem has neither edges nor caps.
    """
    if problem.edges is None and problem.move_caps is None:
        return None
    n_pieces = int(piece_of_unit.max()) + 1
    is_bound = np.zeros(n_pieces, dtype=bool)
    pairs = np.empty((0, 2), dtype=np.int64)
    if problem.edges is not None and problem.islands is not None:
        is_bound[piece_of_unit[~problem.islands]] = True
        pairs = piece_of_unit[problem.edges[~problem.islands[problem.edges].any(axis=1)]]
    pairs = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    amounts, caps = _amounts(problem, piece_of_unit, order, n_pieces)
    return Rules(
        starts=np.searchsorted(pairs[:, 0], np.arange(n_pieces + 1)),
        neighbours=np.ascontiguousarray(pairs[:, 1]),
        is_bound=is_bound,
        amounts=amounts,
        caps=caps + CAP_SLACK,
        part_weight=1.0 + 4.0 * problem.n_territories * (problem.n_measures + 2 + len(caps)),
    )


def _amounts(
    problem: Problem, piece_of_unit: IntArray, order: IntArray, n_pieces: int
) -> tuple[FloatArray, FloatArray]:
    if problem.move_amounts is None or problem.move_caps is None or problem.current is None:
        return np.zeros((0, n_pieces, problem.n_territories)), np.zeros(0)
    owned = order[problem.current[order] != NOBODY]
    values = problem.move_amounts[owned]
    scale = values.sum(axis=0) / problem.n_territories
    scale[scale == 0] = 1.0
    amounts = np.zeros((values.shape[1], n_pieces, problem.n_territories))
    pieces, current = piece_of_unit[owned], problem.current[owned]
    for cap in range(values.shape[1]):
        leaving = np.zeros(n_pieces)
        np.add.at(leaving, pieces, values[:, cap])
        np.add.at(amounts[cap], (pieces, current), values[:, cap])
        # A piece that stays counts exactly nothing.
        staying = amounts[cap]
        left = leaving[:, np.newaxis] - staying
        amounts[cap] = np.where(staying == leaving[:, np.newaxis], 0.0, left) / scale[cap]
    return amounts, problem.move_caps / scale


@compiled
def moved_amounts(rules: Rules, labels: IntArray) -> FloatArray:
    """Add up what the moves of a plan count against each cap."""
    moved = np.zeros(len(rules.caps))
    for cap in range(len(moved)):
        for piece in range(len(labels)):
            moved[cap] += rules.amounts[cap, piece, labels[piece]]
    return moved


@compiled
def find_parts(rules: Rules, labels: IntArray) -> IntArray:
    """Give numbers to the parts of all territories; -1 to pieces that need no connection."""
    parts = np.full(len(labels), -1)
    stack = np.empty(len(labels), dtype=np.int64)
    n_parts = 0
    for first in range(len(labels)):
        if parts[first] >= 0 or not rules.is_bound[first]:
            continue
        stack[0], size = first, 1
        parts[first] = n_parts
        while size > 0:
            size -= 1
            piece = stack[size]
            for place in range(rules.starts[piece], rules.starts[piece + 1]):
                other = rules.neighbours[place]
                if parts[other] < 0 and labels[other] == labels[piece] and rules.is_bound[other]:
                    parts[other] = n_parts
                    stack[size] = other
                    size += 1
        n_parts += 1
    return parts


@compiled
def count_parts(rules: Rules, labels: IntArray, n_territories: int) -> IntArray:
    """Count the parts of each territory; 0 where nothing needs connection."""
    counts = np.zeros(n_territories, dtype=np.int64)
    parts = find_parts(rules, labels)
    n_seen = 0
    for piece in range(len(labels)):
        if parts[piece] == n_seen:
            counts[labels[piece]] += 1
            n_seen += 1
    return counts


@compiled
def rule_violation(rules: Rules, labels: IntArray, n_territories: int) -> float:
    """Add up parts too many and what moves above the caps."""
    total = 0.0
    for count in count_parts(rules, labels, n_territories):
        total += rules.part_weight * max(0, count - 1)
    moved = moved_amounts(rules, labels)
    for cap in range(len(moved)):
        total += max(0.0, moved[cap] - rules.caps[cap])
    return total


def no_rules(n_pieces: int, n_territories: int) -> Rules:
    """Return rules that every plan keeps, for loops that always take rules.

    Parameters
    ----------
    n_pieces
        Number of pieces.
    n_territories
        Number of territories.

    Returns
    -------
    Rules
        No neighbours, nothing bound, no caps.
    """
    return Rules(
        starts=np.zeros(n_pieces + 1, dtype=np.int64),
        neighbours=np.zeros(0, dtype=np.int64),
        is_bound=np.zeros(n_pieces, dtype=bool),
        amounts=np.zeros((0, n_pieces, n_territories)),
        caps=np.zeros(0),
        part_weight=0.0,
    )

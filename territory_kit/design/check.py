"""Check a plan before it is handed out: every unit once, locks and groups kept, limits counted."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.model.instance import LIMIT_SLACK, canonical_order
from territory_kit.design.model.rules import CAP_SLACK
from territory_kit.design.problem import NOBODY, Problem
from territory_kit.design.result import Violation


def check_labels(problem: Problem, labels: IntArray) -> None:
    """Make sure that every unit has one territory and that locks and groups are kept.

    Parameters
    ----------
    problem
        The problem.
    labels
        Territory of each unit, shape (n_units,).

    Raises
    ------
    RuntimeError
        If the plan breaks a promise of the engine; that is a fault of the program.
    """
    if labels.shape != (problem.n_units,):
        message = "The plan does not hold every unit once."
        raise RuntimeError(message)
    if labels.min() < 0 or labels.max() >= problem.n_territories:
        message = "The plan names an unknown territory."
        raise RuntimeError(message)
    if problem.locked is not None:
        is_locked = problem.locked != NOBODY
        if (labels[is_locked] != problem.locked[is_locked]).any():
            message = "The plan breaks a lock."
            raise RuntimeError(message)
    if problem.together is not None:
        grouped = problem.together != NOBODY
        pairs = np.column_stack([problem.together[grouped], labels[grouped]])
        if len(np.unique(pairs, axis=0)) > len(np.unique(pairs[:, 0])):
            message = "The plan splits a group."
            raise RuntimeError(message)


def sum_measures(problem: Problem, labels: IntArray, order: IntArray) -> FloatArray:
    """Add up the measures of each territory, in an order that does not depend on the rows.

    Parameters
    ----------
    problem
        The problem.
    labels
        Territory of each unit.
    order
        Canonical order of the units.

    Returns
    -------
    FloatArray
        Loads, shape (n_territories, n_measures).
    """
    loads = np.zeros(problem.lower.shape)
    np.add.at(loads, labels[order], problem.measures[order])
    return loads


def find_violations(problem: Problem, loads: FloatArray) -> tuple[Violation, ...]:
    """List the limits that loads break, by territory and measure.

    Parameters
    ----------
    problem
        The problem.
    loads
        Sums per territory and measure, shape (n_territories, n_measures).

    Returns
    -------
    tuple of Violation
        Broken limits; rounding in the ninth digit is forgiven.
    """
    slack = 2 * LIMIT_SLACK * np.maximum(loads.sum(axis=0) / len(loads), 1e-300)
    below = loads < problem.lower - slack
    above = loads > problem.upper + slack
    return tuple(
        Violation(
            territory=int(territory),
            measure=int(measure),
            side="lower" if below[territory, measure] else "upper",
            limit=float(
                (problem.lower if below[territory, measure] else problem.upper)[territory, measure]
            ),
            load=float(loads[territory, measure]),
        )
        for territory, measure in np.argwhere(below | above)
    )


def find_broken_rules(
    problem: Problem, labels: IntArray, centre_units: IntArray
) -> tuple[Violation, ...]:
    """List what a plan breaks beside the limits of measures.

    Parameters
    ----------
    problem
        The problem.
    labels
        Territory of each unit.
    centre_units
        Unit that is the medoid of each territory, or -1.

    Returns
    -------
    tuple of Violation
        Broken capacities, territories in parts and broken caps.
    """
    return (
        *_broken_capacities(problem, labels, centre_units),
        *_parts(problem, labels),
        *_broken_caps(problem, labels),
    )


def _broken_capacities(
    problem: Problem, labels: IntArray, centre_units: IntArray
) -> list[Violation]:
    if problem.capacities is None or problem.capacity_loads is None:
        return []
    order = canonical_order(problem)
    taken = problem.capacity_loads[order]
    loads = np.bincount(labels[order], taken, minlength=problem.n_territories)
    rooms = np.where(centre_units == NOBODY, np.inf, problem.capacities[centre_units])
    slack = 2 * LIMIT_SLACK * loads.sum() / len(loads)
    return [
        Violation(int(one), NOBODY, "upper", float(rooms[one]), float(loads[one]), "capacity")
        for one in np.flatnonzero(loads > rooms + slack)
    ]


def _parts(problem: Problem, labels: IntArray) -> list[Violation]:
    """Find territories in parts; units that are kept together count as neighbours."""
    if problem.edges is None or problem.islands is None:
        return []
    parts = _number_parts(problem, labels)
    pairs = np.unique(np.column_stack([labels, parts])[~problem.islands], axis=0)
    counts = np.bincount(pairs[:, 0], minlength=problem.n_territories)
    return [
        Violation(int(one), NOBODY, "upper", 1.0, float(counts[one]), "parts")
        for one in np.flatnonzero(counts > 1)
    ]


def count_map_parts(problem: Problem) -> int:
    """Count the parts that the edges leave when nothing is divided; islands do not count.

    Parameters
    ----------
    problem
        The problem, with edges.

    Returns
    -------
    int
        Number of parts.
    """
    parts = _number_parts(problem, np.zeros(problem.n_units, dtype=np.int64))
    return len(np.unique(parts if problem.islands is None else parts[~problem.islands]))


def _number_parts(problem: Problem, labels: IntArray) -> IntArray:
    """Give numbers to what hangs together inside territories; every island stands alone."""
    edges = np.empty((0, 2), dtype=np.int64) if problem.edges is None else problem.edges
    if problem.islands is not None:
        edges = edges[~problem.islands[edges].any(axis=1)]
    edges = np.concatenate([edges, _group_edges(problem)])
    edges = edges[labels[edges[:, 0]] == labels[edges[:, 1]]]
    shape = (problem.n_units, problem.n_units)
    graph = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=shape)
    _, parts = connected_components(graph, directed=False)
    return np.asarray(parts, dtype=np.int64)


def _group_edges(problem: Problem) -> IntArray:
    """Chain the units of each group."""
    if problem.together is None:
        return np.empty((0, 2), dtype=np.int64)
    order = np.argsort(problem.together, kind="stable")
    groups = problem.together[order]
    is_chained = (groups[1:] == groups[:-1]) & (groups[1:] != NOBODY)
    chain: IntArray = np.column_stack([order[:-1], order[1:]])[is_chained]
    return chain


def _broken_caps(problem: Problem, labels: IntArray) -> list[Violation]:
    if problem.move_caps is None or problem.move_amounts is None or problem.current is None:
        return []
    has_left = (problem.current != NOBODY) & (labels != problem.current)
    order = canonical_order(problem)
    moved = problem.move_amounts[order[has_left[order]]].sum(axis=0)
    slack = 2 * CAP_SLACK * problem.move_amounts.sum(axis=0) / problem.n_territories
    return [
        Violation(
            NOBODY, int(cap), "upper", float(problem.move_caps[cap]), float(moved[cap]), "cap"
        )
        for cap in np.flatnonzero(moved > problem.move_caps + slack)
    ]

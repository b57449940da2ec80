"""Check a plan before it is handed out: every unit once, locks and groups kept, limits counted."""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.instance import LIMIT_SLACK
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

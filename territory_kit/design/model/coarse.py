"""Keep memory linear: above a size, units that lie close together are assigned as one.

The search keeps a table of costs, one row for each piece and one column for each territory. With
more units than `MOST_UNITS` the map is cut into cells of about equally many units, and the units
of a cell that have the same territory today and the same lock become one piece. So the table has
as many rows as cells, whatever the number of units. The border is as coarse as the cells, of which
a hundred make a territory, until `refine` moves single units.
"""

from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from territory_kit.design.arrays import IntArray
from territory_kit.design.model.instance import canonical_order
from territory_kit.design.problem import NOBODY, Problem

MOST_UNITS = 100_000
FEWEST_CELLS, MOST_CELLS, CELLS_PER_TERRITORY = 10_000, 40_000, 100


def merge_units(problem: Problem) -> Problem:
    """Keep close units together where there are too many to assign one by one.

    Parameters
    ----------
    problem
        The problem.

    Returns
    -------
    Problem
        The same problem up to `MOST_UNITS`; above, one with larger groups. Every plan for it is a
        plan for the problem.
    """
    if problem.n_units <= MOST_UNITS:
        return problem
    wanted = CELLS_PER_TERRITORY * problem.n_territories
    cells = _cells(problem, min(max(wanted, FEWEST_CELLS), MOST_CELLS))
    keys = [cells]
    given = (problem.current, problem.locked, problem.together, problem.islands)
    keys += [array.astype(np.int64) for array in given if array is not None]
    _, groups = np.unique(np.column_stack(keys), axis=0, return_inverse=True)
    groups = groups.reshape(-1).astype(np.int64)
    if problem.edges is not None:
        groups = _connected(problem, problem.edges, groups)
    if problem.together is not None:
        is_group = problem.together != NOBODY
        groups[is_group] = problem.together[is_group] + groups.max() + 1
    return replace(problem, together=groups)


def _cells(problem: Problem, n_cells: int) -> IntArray:
    """Cut the map into strips with equally many units, and the strips into cells."""
    places = np.nan_to_num(problem.positions_km, nan=np.inf)
    n_units, n_strips = problem.n_units, max(1, int(np.sqrt(n_cells)))
    strips = np.empty(n_units, dtype=np.int64)
    rank = np.empty(n_units, dtype=np.int64)
    rank[canonical_order(problem)] = np.arange(n_units)
    strips[np.lexsort([rank, places[:, 1], places[:, 0]])] = (
        np.arange(n_units) * n_strips // n_units
    )
    cells = np.empty(n_units, dtype=np.int64)
    in_order = np.lexsort([rank, places[:, 0], places[:, 1], strips])
    cells[in_order] = np.arange(n_units) * n_strips**2 // n_units
    return cells


def _connected(problem: Problem, edges: IntArray, groups: IntArray) -> IntArray:
    """Split groups that do not hang together."""
    inside = edges[groups[edges[:, 0]] == groups[edges[:, 1]]]
    shape = (problem.n_units, problem.n_units)
    graph = coo_array((np.ones(len(inside)), (inside[:, 0], inside[:, 1])), shape=shape)
    _, parts = connected_components(graph, directed=False)
    return np.asarray(parts, dtype=np.int64)

"""Connected territories on the census tracts of eight states, whose edges nobody here drew."""

import os
from collections import deque
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from territory_kit.design import Problem, solve
from territory_kit.design.arrays import IntArray

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "benchmarks"
FOLDER = Path(os.environ.get("TERRITORY_KIT_BENCHMARKS", BESIDE)) / "hess"
STATES = sorted(path.name.removesuffix(".edges.csv") for path in FOLDER.glob("*.edges.csv"))

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not STATES, reason=f"there are no states in {FOLDER}"),
]


def state_problem(state: str, **options: object) -> Problem:
    """Put a state's tracts, within a twentieth of equal population, connected.

    What the edges do not join to the greatest part of the state is declared as islands.
    """
    units = pd.read_csv(FOLDER / f"{state}.units.csv", dtype={"unit_id": str})
    edges = pd.read_csv(FOLDER / f"{state}.edges.csv", dtype=str)
    numbers = pd.Series(np.arange(len(units)), index=units["unit_id"])
    population = units["population"].to_numpy(dtype=float)
    n_territories = units["reference_territory"].nunique()
    mean = population.sum() / n_territories
    pairs = np.column_stack([numbers[edges[name]] for name in ("unit_a", "unit_b")])
    shape = (len(units), len(units))
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
    _, parts = connected_components(graph, directed=False)
    given: dict[str, object] = {
        "positions_km": units[["x_km", "y_km"]].to_numpy(),
        "distance_weights": population,
        "measures": population[:, np.newaxis],
        "lower": np.full((n_territories, 1), 0.95 * mean),
        "upper": np.full((n_territories, 1), 1.05 * mean),
        "distance": "squared",
        "edges": pairs,
        "islands": parts != np.bincount(parts).argmax(),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


def is_connected(problem: Problem, labels: IntArray, territory: int) -> bool:
    """Walk from one unit of a territory over its own units and see whether all are reached."""
    assert problem.edges is not None
    assert problem.islands is not None
    here = np.flatnonzero((labels == territory) & ~problem.islands)
    neighbours: dict[int, set[int]] = {int(unit): set() for unit in here}
    for one, two in problem.edges.tolist():
        if one in neighbours and two in neighbours:
            neighbours[one].add(two)
            neighbours[two].add(one)
    queue = deque([next(iter(neighbours))])
    reached = set(queue)
    while queue:
        for near in neighbours[queue.popleft()] - reached:
            reached.add(near)
            queue.append(near)
    return len(reached) == len(neighbours)


@pytest.mark.parametrize("state", STATES)
def test_every_territory_of_a_state_hangs_together(state: str) -> None:
    problem = state_problem(state)
    design = solve(problem, seed=1, max_iterations=1)
    assert design.is_feasible, design.violations
    for territory in range(problem.n_territories):
        assert is_connected(problem, design.labels, territory)


@pytest.mark.parametrize("state", STATES[:2])
def test_owners_and_means_leave_a_state_connected(state: str) -> None:
    """Today's territories are strips that ignore the edges; a move costs a third of its way."""
    free = state_problem(state)
    east = free.positions_km[:, 0].argsort().argsort()
    current = east * free.n_territories // free.n_units
    prices = free.distance_weights * 300.0
    problem = state_problem(state, centre="mean", current=current, move_prices=prices)
    design = solve(problem, seed=1, max_iterations=1)
    assert design.is_feasible, design.violations
    for territory in range(problem.n_territories):
        assert is_connected(problem, design.labels, territory)

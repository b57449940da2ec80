"""Trying every plan of a tiny problem."""

import itertools

import numpy as np
import pytest

from territory_kit.design import Problem, solve
from territory_kit.design.arrays import FloatArray
from territory_kit.design.search.exhaust import count_divisions


@pytest.mark.parametrize(
    ("n_pieces", "n_territories", "count"),
    [
        # abc, ab c, ac b, bc a, a b c
        (3, 3, 5),
        # the same without a b c
        (3, 2, 4),
        (4, 1, 1),
        # Bell's number of ten
        (10, 10, 115_975),
        (1000, 50, np.inf),
    ],
)
def test_divisions_without_numbers_are_counted(
    n_pieces: int, n_territories: int, count: float
) -> None:
    assert count_divisions(n_pieces, n_territories) == count


def test_seven_units_on_a_map_in_five_alike_territories_are_divided_at_least_cost() -> None:
    """There are 78,125 numbered plans, of which each of 855 divisions stands for many."""
    random = np.random.default_rng(3)
    positions, n_territories = random.uniform(0, 10, (7, 2)), 5
    edges = np.array([(unit, unit + 1) for unit in range(6)])
    problem = Problem(
        positions_km=positions,
        distance_weights=np.ones(7),
        measures=np.ones((7, 1)),
        lower=np.ones((n_territories, 1)),
        upper=np.full((n_territories, 1), 3.0),
        distance="squared",
        edges=edges,
    )
    design = solve(problem, seed=0)
    assert design.stop_reason == "converged"
    assert design.objective["total"] == pytest.approx(_least_cost(positions, n_territories))
    assert design.lower_bound == pytest.approx(design.objective["total"])


def _least_cost(positions: FloatArray, n_territories: int) -> float:
    """Cut the chain of units in all ways: connected territories are runs of it."""
    n_units, least = len(positions), np.inf
    for cuts in itertools.combinations(range(1, n_units), n_territories - 1):
        runs = np.split(np.arange(n_units), cuts)
        ways = [positions[run][:, np.newaxis] - positions[run] for run in runs]
        if max(len(run) for run in runs) <= 3:
            least = min(least, sum(np.square(way).sum(axis=2).sum(axis=0).min() for way in ways))
    return float(least)

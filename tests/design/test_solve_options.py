"""Capacities, connection and caps against every possible plan, alone and together."""

import itertools
from importlib import import_module
from typing import Literal

import numpy as np
import pytest

from territory_kit.design import Problem, solve
from territory_kit.design.arrays import IntArray

Distance = Literal["squared", "plain"]
Centre = Literal["mean", "medoid", "fixed"]
N_UNITS, N_TERRITORIES = 7, 3
CASES: list[tuple[Distance, Centre, str]] = [
    ("plain", "medoid", "capacity"),
    ("squared", "medoid", "capacity locked together"),
    ("plain", "medoid", "capacity current"),
    ("plain", "medoid", "edges"),
    ("squared", "mean", "edges"),
    ("plain", "fixed", "edges locked"),
    ("plain", "medoid", "edges island together"),
    ("plain", "medoid", "cap current"),
    ("squared", "mean", "cap current"),
    ("plain", "fixed", "cap current edges"),
    ("plain", "medoid", "cap current edges capacity locked"),
]


def option_problem(seed: int, distance: Distance, centre: Centre, options: str) -> Problem:
    """Draw seven units on a ring with a chord; the options name what holds."""
    random = np.random.default_rng(seed)
    measures = random.uniform(1, 5, (N_UNITS, 1))
    mean = measures.sum() / N_TERRITORIES
    current = random.integers(-1, N_TERRITORIES, N_UNITS)
    ring = [(unit, (unit + 1) % N_UNITS) for unit in range(N_UNITS)]
    has = {name: name in options.split() for name in options.split()}.get
    return Problem(
        positions_km=random.uniform(0, 10, (N_UNITS, 2)),
        distance_weights=random.uniform(0.5, 3, N_UNITS),
        measures=measures,
        lower=np.full((N_TERRITORIES, 1), 0.5 * mean),
        upper=np.full((N_TERRITORIES, 1), 1.5 * mean),
        distance=distance,
        centre=centre,
        homes_km=random.uniform(0, 10, (N_TERRITORIES, 2)) if centre == "fixed" else None,
        current=current if has("current") else None,
        move_prices=random.uniform(0, 4, N_UNITS) if has("current") else None,
        locked=np.array([2, -1, -1, 0, -1, -1, -1]) if has("locked") else None,
        together=np.array([-1, 4, 4, -1, -1, -1, -1]) if has("together") else None,
        capacities=random.uniform(0.8, 1.6, N_UNITS) * mean if has("capacity") else None,
        capacity_loads=measures[:, 0] if has("capacity") else None,
        move_amounts=np.ones((N_UNITS, 1)) if has("cap") else None,
        move_caps=np.array([2.0]) if has("cap") else None,
        edges=np.array([*ring, (0, 3)]) if has("edges") else None,
        islands=np.arange(N_UNITS) == 5 if has("island") else None,
    )


def cost_of_territory(problem: Problem, members: IntArray, territory: int) -> tuple[float, float]:
    """Excess above the medoid's capacity, and cost, by the words of the docstring."""
    positions, weights = problem.positions_km[members], problem.distance_weights[members]
    if problem.homes_km is not None:
        places = problem.homes_km[[territory]]
    elif problem.centre == "mean":
        places = (weights @ positions / weights.sum())[np.newaxis]
    else:
        places = positions
    ways = np.linalg.norm(positions[:, np.newaxis] - places, axis=2)
    costs = weights @ (ways**2 if problem.distance == "squared" else ways)
    excess = np.zeros(len(costs))
    if problem.capacities is not None and problem.capacity_loads is not None:
        load = problem.capacity_loads[members].sum()
        excess = np.maximum(load - problem.capacities[members], 0)
        excess /= problem.capacity_loads.sum() / problem.n_territories
    best = np.lexsort([costs, excess])[0]
    return float(excess[best]), float(costs[best])


def count_parts(problem: Problem, members: IntArray) -> int:
    """Count the parts of a territory, groups hanging together; islands do not count."""
    assert problem.edges is not None
    assert problem.islands is not None
    left = {int(unit) for unit in members if not problem.islands[unit]}
    pairs = [(int(one), int(two)) for one, two in problem.edges]
    if problem.together is not None:
        pairs.append((1, 2))
    parts = 0
    while left:
        parts, reached = parts + 1, [left.pop()]
        while reached:
            here = reached.pop()
            near = {two if one == here else one for one, two in pairs if here in {one, two}}
            reached += near & left
            left -= near
    return parts


def judge(problem: Problem, labels: IntArray) -> tuple[int, float, float]:
    """Parts too many, other violation in mean loads, and objective of any plan."""
    loads = np.bincount(labels, problem.measures[:, 0], minlength=N_TERRITORIES)
    low, high = problem.lower[:, 0], problem.upper[:, 0]
    violation = float(np.maximum(low - loads, loads - high).clip(min=0).sum() / loads.mean())
    total, parts = 0.0, 0
    for territory in range(N_TERRITORIES):
        members = np.flatnonzero(labels == territory)
        excess, cost = cost_of_territory(problem, members, territory)
        violation, total = violation + excess, total + cost
        if problem.edges is not None:
            parts += max(0, count_parts(problem, members) - 1)
    if problem.current is not None and problem.move_prices is not None:
        has_left = (problem.current >= 0) & (labels != problem.current)
        total += float(problem.move_prices[has_left].sum())
        if problem.move_caps is not None:
            owned = (problem.current >= 0).sum()
            excess = max(0.0, has_left.sum() - problem.move_caps[0])
            violation += excess / (owned / N_TERRITORIES)
    return parts, violation, total


def best_plan(problem: Problem) -> tuple[int, float, float]:
    """Try every plan without empty territories that keeps locks and groups."""
    plans = []
    for plan in itertools.product(range(N_TERRITORIES), repeat=N_UNITS):
        labels = np.array(plan)
        is_locked = np.zeros(N_UNITS, bool) if problem.locked is None else problem.locked >= 0
        if problem.locked is not None and (labels != problem.locked)[is_locked].any():
            continue
        is_torn = problem.together is not None and labels[1] != labels[2]
        if len(set(plan)) == N_TERRITORIES and not is_torn:
            plans.append(judge(problem, labels))
    parts = min(plan[0] for plan in plans)
    violation = min(plan[1] for plan in plans if plan[0] == parts)
    good = [plan for plan in plans if plan[0] == parts and plan[1] <= violation + 1e-8]
    return parts, violation, min(plan[2] for plan in good)


@pytest.mark.parametrize(("distance", "centre", "options"), CASES)
def test_tiny_problems_are_solved_to_the_proven_optimum(
    distance: Distance, centre: Centre, options: str
) -> None:
    problem = option_problem(5, distance, centre, options)
    design = solve(problem, seed=1)
    parts, violation, total = judge(problem, design.labels)
    assert (parts, violation, total) == pytest.approx(best_plan(problem), abs=1e-7)
    assert design.objective["total"] == pytest.approx(total)
    assert design.is_feasible == (parts == 0 and violation < 1e-8)
    if design.is_feasible:
        assert design.lower_bound == design.objective["total"]


@pytest.mark.parametrize(("distance", "centre", "options"), CASES)
def test_the_search_alone_reaches_the_best_of_all_plans(
    distance: Distance, centre: Centre, options: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Larger problems are searched: here the search must find what trying all plans finds."""
    monkeypatch.setattr(import_module("territory_kit.design.solve"), "is_tiny", lambda _: False)
    problem = option_problem(7, distance, centre, options)
    design = solve(problem, seed=1)
    parts, violation, total = judge(problem, design.labels)
    assert (parts, violation, total) == pytest.approx(best_plan(problem), abs=1e-7)
    assert len(design.trace) >= 1

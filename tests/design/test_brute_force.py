"""The engine against every plan of small problems, for all options, alone and together.

The reference counts through all plans with `itertools` and costs them by the words of the
docstrings; it uses nothing of the engine. Violation is what the engine says it is: missed limits
in mean territory loads, and before that parts too many and empty territories.
"""

import itertools
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import pytest

from territory_kit.design import Design, Problem, solve
from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.bounds.bound import medoid_bound
from territory_kit.design.model.instance import build_instance
from territory_kit.design.search.descend import judge

# Units and territories; the largest has 6,561 plans.
SIZES = ((6, 2), (7, 3), (8, 2), (6, 4), (8, 3), (9, 2), (5, 5), (10, 2), (4, 1))
OPTIONS = (
    "capacity",
    "locked",
    "together",
    "current",
    "caps",
    "remote",
    "edges",
    "islands",
    "tight",
    "unequal",
)
ALONE = [(name,) for name in OPTIONS]
TOGETHER_SEEDS = range(120)


class Plan(NamedTuple):
    """What tells plans apart, the first counts most."""

    empty: int
    parts: int
    violation: float
    total: float


def draw(seed: int, options: tuple[str, ...]) -> Problem:
    """Draw a problem; the options name what holds beside distance, centre and measures."""
    random = np.random.default_rng(seed)
    n_units, n_territories = SIZES[seed % len(SIZES)]
    centre = ("medoid", "mean", "medoid", "fixed")[seed // 2 % 4]
    if "capacity" in options:
        centre = "medoid"
    measures = random.uniform(1, 5, (n_units, int(random.integers(0, 4))))
    mean = measures.sum(axis=0) / n_territories
    slack = (0.1 if "tight" in options else 0.7) * np.ones((n_territories, len(mean)))
    if "unequal" in options:
        slack *= random.uniform(0.5, 2, slack.shape)
    upper = mean * (1 + slack)
    upper[random.random(upper.shape) < 0.15] = np.inf
    given: dict[str, Any] = {
        "positions_km": random.uniform(0, 10, (n_units, 2)),
        "distance_weights": random.uniform(0.5, 3, n_units),
        "measures": measures,
        "lower": mean * (1 - slack).clip(min=0),
        "upper": upper,
        "distance": ("plain", "squared")[int(random.integers(2))],
        "centre": centre,
        "start": ("best", "clusters")[int(random.integers(2))],
    }
    if centre == "fixed":
        given["homes_km"] = random.uniform(0, 10, (n_territories, 2))
    return Problem(**(given | _drawn_options(random, (n_units, n_territories), options)))


def _drawn_options(
    random: np.random.Generator, sizes: tuple[int, int], options: tuple[str, ...]
) -> dict[str, Any]:
    n_units, n_territories = sizes
    given: dict[str, Any] = {}
    if "capacity" in options:
        loads = random.uniform(1, 5, n_units)
        given["capacity_loads"] = loads
        given["capacities"] = random.uniform(0.7, 1.9, n_units) * loads.sum() / n_territories
    if "locked" in options:
        locks = random.integers(0, n_territories, n_units)
        given["locked"] = np.where(np.arange(n_units) < 2, locks, -1)
    if "together" in options:
        given["together"] = np.where(np.isin(np.arange(n_units), [2, 3, n_units - 1]), 7, -1)
    if "current" in options or "caps" in options:
        given["current"] = random.integers(-1, n_territories, n_units)
        given["move_prices"] = random.uniform(0, 6, n_units)
    if "caps" in options:
        amounts = np.column_stack([np.ones(n_units), random.uniform(1, 5, n_units)])
        given["move_amounts"], given["move_caps"] = amounts, amounts.sum(axis=0) * 0.4
    if "remote" in options:
        is_remote = np.isin(np.arange(n_units), [1, 4])
        given["distance_weights"] = np.where(is_remote, 0.0, random.uniform(0.5, 3, n_units))
        places = random.uniform(0, 10, (n_units, 2))
        places[1] = np.nan
        given["positions_km"] = places
    if "edges" in options or "islands" in options:
        ring = [(unit, (unit + 1) % n_units) for unit in range(n_units)]
        given["edges"] = np.array([*ring, (0, n_units // 2)])
    if "islands" in options:
        given["islands"] = np.isin(np.arange(n_units), [0, n_units - 2])
    return given


def cost_of_territory(problem: Problem, members: IntArray, territory: int) -> tuple[float, float]:
    """Excess above the medoid's capacity, and distance cost, of one territory."""
    located = members[np.isfinite(problem.positions_km[members]).all(axis=1)]
    if not len(located):
        return 0.0, 0.0
    positions, weights = problem.positions_km[located], problem.distance_weights[located]
    if problem.homes_km is not None:
        places = problem.homes_km[[territory]]
    elif problem.centre == "mean":
        shares = weights if weights.sum() > 0 else np.ones(len(weights))
        places = (shares @ positions / shares.sum())[np.newaxis]
    else:
        places = positions
    ways = np.linalg.norm(positions[:, np.newaxis] - places, axis=2)
    costs: FloatArray = weights @ (ways**2 if problem.distance == "squared" else ways)
    excess = np.zeros(len(costs))
    if problem.capacities is not None and problem.capacity_loads is not None:
        load = problem.capacity_loads[members].sum()
        excess = np.maximum(load - problem.capacities[located], 0)
        excess /= problem.capacity_loads.sum() / problem.n_territories
    best = np.lexsort([costs, excess])[0]
    return float(excess[best]), float(costs[best])


def missed_limits(problem: Problem, members: IntArray, territory: int) -> float:
    """Add up what one territory misses of its limits, in mean loads."""
    load = problem.measures[members].sum(axis=0)
    low, high = problem.lower[territory], problem.upper[territory]
    mean = problem.measures.sum(axis=0) / problem.n_territories
    return float((np.maximum(low - load, load - high).clip(min=0) / mean).sum())


def count_parts(problem: Problem, members: IntArray) -> int:
    """Count what hangs together; who is kept together does, islands do not count."""
    if problem.edges is None or problem.islands is None:
        return 1
    is_island, together = problem.islands, problem.together
    pairs = {(int(one), int(two)) for one, two in problem.edges}
    pairs = {(one, two) for one, two in pairs if not is_island[one] and not is_island[two]}
    if together is not None:
        group = np.flatnonzero(together >= 0).tolist()
        pairs |= set(itertools.combinations(group, 2))
    left = {int(unit) for unit in members}
    parts = 0
    while left:
        reached = [left.pop()]
        found = set(reached)
        while reached:
            here = reached.pop()
            near = {two if one == here else one for one, two in pairs if here in {one, two}} & left
            reached += near
            found |= near
            left -= near
        parts += any(not is_island[unit] for unit in found)
    return max(parts, 1)


def moves_of(problem: Problem, labels: IntArray) -> tuple[float, float]:
    """Return what moves exceed of the caps, in mean amounts of territories, and their price."""
    if problem.current is None or problem.move_prices is None:
        return 0.0, 0.0
    is_owned = problem.current >= 0
    has_left = is_owned & (labels != problem.current)
    price = float(problem.move_prices[has_left].sum())
    if problem.move_caps is None or problem.move_amounts is None:
        return 0.0, price
    excess = (problem.move_amounts[has_left].sum(axis=0) - problem.move_caps).clip(min=0)
    scale = problem.move_amounts[is_owned].sum(axis=0) / problem.n_territories
    return float((excess / np.where(scale == 0, 1.0, scale)).sum()), price


class Reference:
    """Judge any plan of a problem; territories are remembered."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[tuple[tuple[int, ...], int], tuple[int, float, float]] = {}

    def judge(self, labels: IntArray) -> Plan:
        """Add up a plan."""
        violation, total = moves_of(self.problem, labels)
        parts = 0
        for territory in range(self.problem.n_territories):
            key = (tuple(np.flatnonzero(labels == territory).tolist()), territory)
            if key not in self.known:
                self.known[key] = self._territory(*key)
            more_parts, missed, cost = self.known[key]
            parts, violation, total = parts + more_parts, violation + missed, total + cost
        empty = self.problem.n_territories - len(set(labels.tolist()))
        return Plan(empty, parts, violation, total)

    def _territory(self, units: tuple[int, ...], territory: int) -> tuple[int, float, float]:
        members = np.array(units, dtype=np.int64)
        excess, cost = cost_of_territory(self.problem, members, territory)
        missed = missed_limits(self.problem, members, territory)
        return count_parts(self.problem, members) - 1, missed + excess, cost

    def best(self) -> Plan:
        """Try every plan that keeps locks and groups."""
        plans = [self.judge(labels) for labels in self.all_labels()]
        empty = min(plan.empty for plan in plans)
        parts = min(plan.parts for plan in plans if plan.empty == empty)
        plans = [plan for plan in plans if (plan.empty, plan.parts) == (empty, parts)]
        least = min(plan.violation for plan in plans)
        return Plan(
            empty, parts, least, min(plan.total for plan in plans if plan.violation <= least + 1e-9)
        )

    def all_labels(self) -> list[IntArray]:
        """List the plans that keep locks and groups."""
        problem, sizes = self.problem, range(self.problem.n_territories)
        labels = np.array(list(itertools.product(sizes, repeat=problem.n_units)), dtype=np.int64)
        if problem.locked is not None:
            is_locked = problem.locked >= 0
            labels = labels[(labels == problem.locked)[:, is_locked].all(axis=1)]
        if problem.together is not None:
            group = labels[:, problem.together >= 0]
            labels = labels[(group == group[:, :1]).all(axis=1)]
        return list(labels)


@cache
def case(seed: int, options: tuple[str, ...]) -> tuple[Problem, Reference, Plan]:
    """Return a problem, its reference and its best plan."""
    problem = draw(seed, options)
    reference = Reference(problem)
    return problem, reference, reference.best()


def mixed(seed: int) -> tuple[str, ...]:
    """Draw which options hold together."""
    random = np.random.default_rng([9, seed])
    share = random.uniform(0.1, 0.6)
    return tuple(name for name in OPTIONS if random.random() < share)


def found_by_search(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> Design:
    """Search as in a larger problem, where not all plans can be tried."""
    monkeypatch.setattr(import_module("territory_kit.design.solve"), "is_tiny", lambda _: False)
    return solve(problem, seed=1)


def is_best(found: Plan, best: Plan) -> bool:
    """Whether a plan is as good as the best, but for rounding."""
    is_equal = (found.empty, found.parts) == (best.empty, best.parts)
    return is_equal and found[2:] == pytest.approx(best[2:], abs=1e-7)


@pytest.mark.parametrize("options", ALONE)
def test_each_option_alone_is_solved_to_the_proven_optimum(options: tuple[str, ...]) -> None:
    for seed in range(len(SIZES)):
        assert_proven(seed, options)


@pytest.mark.parametrize("first", TOGETHER_SEEDS[::20])
def test_options_together_are_solved_to_the_proven_optimum(first: int) -> None:
    for seed in range(first, first + 20):
        assert_proven(seed, mixed(seed))


def assert_proven(seed: int, options: tuple[str, ...]) -> None:
    """Solve by trying all plans, and compare plan, figures, violations and bound."""
    problem, reference, best = case(seed, options)
    design = solve(problem, seed=1)
    found = reference.judge(design.labels)
    assert is_best(found, best), (seed, options, found, best)
    assert design.objective["total"] == pytest.approx(found.total, abs=1e-9)
    is_within_limits = best.parts == 0 and best.violation < 1e-8
    assert design.is_feasible == is_within_limits
    is_proven = is_within_limits and best.empty == 0
    assert design.lower_bound == (design.objective["total"] if is_proven else None)


SEARCHED: list[tuple[int, tuple[str, ...]]] = [
    *((seed, options) for options in ALONE for seed in range(2)),
    *((seed, mixed(seed)) for seed in TOGETHER_SEEDS[::8]),
]
HARD_COUNT = 3


def test_the_search_alone_finds_the_best_plan_of_nearly_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 420 such problems the search missed the best plan of 11, all with edges or caps.

    Here are 35 of them, the hardest among them.
    """
    missed = []
    for seed, options in SEARCHED:
        problem, reference, best = case(seed, options)
        design = found_by_search(problem, monkeypatch)
        found = reference.judge(design.labels)
        assert design.objective["total"] == pytest.approx(found.total, abs=1e-9)
        assert_not_below(design, found, best)
        if not is_best(found, best):
            missed.append((seed, options))
    assert all({"edges", "islands", "caps"} & set(options) for _, options in missed)
    assert len(missed) <= HARD_COUNT, missed


def assert_not_below(design: Design, found: Plan, best: Plan) -> None:
    """Neither the plan nor the bound may be better than the best plan."""
    assert found[:2] >= best[:2]
    if found[:2] == best[:2]:
        assert found.violation >= best.violation - 1e-9
        if found.violation <= best.violation + 1e-9:
            assert found.total >= best.total * (1 - 1e-9)
    if design.lower_bound is not None:
        assert design.lower_bound <= best.total * (1 + 1e-9)


@pytest.mark.parametrize("first", TOGETHER_SEEDS[::40])
def test_no_plan_is_cheaper_than_the_bound_around_medoids(first: int) -> None:
    """Whatever plan guides the bound: here three of all feasible ones, good and bad."""
    n_bounds = 0
    for seed in range(first, first + 40):
        problem, reference, best = case(seed, mixed(seed))
        if problem.centre != "medoid" or best.empty or best.parts or best.violation > 0:
            continue
        instance = build_instance(problem)
        feasible = [one for one in reference.all_labels() if reference.judge(one)[:3] == (0, 0, 0)]
        for labels in feasible[:: len(feasible) // 3 + 1]:
            pieces = np.zeros(instance.n_pieces, dtype=np.int64)
            pieces[instance.piece_of_unit] = labels
            bound = medoid_bound(instance, judge(instance, pieces))
            assert bound is not None
            assert bound <= best.total * (1 + 1e-9), (seed, mixed(seed))
            n_bounds += 1
    assert n_bounds > 20

"""Any problem that can be put gives a whole plan that tells what it breaks: drawn corners."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from territory_kit.design import Design, Problem, explain, solve
from territory_kit.design.arrays import BoolArray, FloatArray, IntArray

WEIGHTS = st.sampled_from([0.0, 0.0, 1.0, 2.5, 1e6])
PLACES = st.sampled_from([0.0, 1.0, 3.0, 1e3])
NUMBERS = {
    "any": WEIGHTS,
    "all zero": st.just(0.0),
    "one giant": st.just(1.0),
}


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw zeros, giants, piles, lines, limits out of reach, and any set of options."""
    n_units = draw(st.integers(1, 14))
    n_territories = draw(st.sampled_from([1, 2, 3, n_units]))
    sizes = (n_units, n_territories)
    weights = _numbers(draw, n_units)
    n_measures = draw(st.integers(0, 2))
    loads = np.array([_numbers(draw, n_units) for _ in range(n_measures)])
    loads = loads.reshape(n_measures, n_units).T
    centre = draw(st.sampled_from(["mean", "medoid", "fixed"]))
    given: dict[str, Any] = {
        "positions_km": _positions(draw, weights),
        "distance_weights": weights,
        "measures": loads,
        "distance": draw(st.sampled_from(["plain", "squared"])),
        "centre": centre,
        **_limits(draw, loads, n_territories),
        **_people(draw, sizes),
        **_rules(draw, sizes, centre),
    }
    if centre == "fixed":
        homes = st.lists(st.tuples(PLACES, PLACES), min_size=n_territories, max_size=n_territories)
        given["homes_km"] = np.array(draw(homes))
    return Problem(**given)


def _numbers(draw: st.DrawFn, n_units: int) -> FloatArray:
    kind = draw(st.sampled_from(sorted(NUMBERS)))
    numbers = np.array(draw(st.lists(NUMBERS[kind], min_size=n_units, max_size=n_units)))
    if kind == "one giant":
        numbers[draw(st.integers(0, n_units - 1))] = 1e6
    return numbers


def _positions(draw: st.DrawFn, weights: FloatArray) -> FloatArray:
    """Put units on a few places, on a line, on one place, or nowhere where that may be."""
    n_units = len(weights)
    pairs = st.lists(st.tuples(PLACES, PLACES), min_size=n_units, max_size=n_units)
    positions = np.array(draw(pairs))
    kind = draw(st.sampled_from(["places", "line", "one place", "nowhere"]))
    if kind == "line":
        positions[:, 1] = 2 * positions[:, 0]
    elif kind == "one place":
        positions[:] = 7.0
    elif kind == "nowhere":
        positions[weights == 0] = np.nan
    return positions


def _limits(draw: st.DrawFn, loads: FloatArray, n_territories: int) -> dict[str, FloatArray]:
    mean = loads.sum(axis=0) / n_territories
    low, high = draw(
        st.sampled_from([(0.8, 1.2), (1.0, 1.0), (0.0, np.inf), (1.5, 2.0), (0.0, 0.0), (0.0, 0.5)])
    )
    upper = np.full(len(mean), np.inf) if np.isinf(high) else high * mean
    return {
        "lower": np.tile(low * mean, (n_territories, 1)),
        "upper": np.tile(upper, (n_territories, 1)),
    }


def _people(draw: st.DrawFn, sizes: tuple[int, int]) -> dict[str, Any]:
    """Draw owners and prices, locks that may break limits, and groups that may be too large."""
    n_units, n_territories = sizes
    owners = st.lists(st.integers(-1, n_territories - 1), min_size=n_units, max_size=n_units)
    drawn: dict[str, Any] = {}
    if draw(st.booleans()):
        drawn["current"] = np.array(draw(owners))
        drawn["move_prices"] = np.full(n_units, draw(st.sampled_from([0.0, 1.0, 1e9])))
        if draw(st.booleans()):
            drawn["move_amounts"] = _numbers(draw, n_units)[:, np.newaxis]
            drawn["move_caps"] = np.array([draw(st.sampled_from([0.0, 2.0, np.inf]))])
    if draw(st.booleans()):
        groups = st.lists(st.integers(-2, 2), min_size=n_units, max_size=n_units)
        drawn["together"] = np.array(draw(groups)).clip(min=-1)
    if draw(st.booleans()):
        locked = np.array(draw(owners))
        together = drawn.get("together", np.full(n_units, -1))
        drawn["locked"] = np.where(together == -1, locked, -1)
    return drawn


def _rules(draw: st.DrawFn, sizes: tuple[int, int], centre: str) -> dict[str, Any]:
    """Draw capacities that may be 0, and edges that may leave the map in many parts."""
    n_units, n_territories = sizes
    drawn: dict[str, Any] = {}
    if centre == "medoid" and draw(st.booleans()):
        loads = _numbers(draw, n_units)
        drawn["capacity_loads"] = loads
        share = draw(st.sampled_from([0.0, 1.0, 2.0]))
        drawn["capacities"] = np.linspace(0, share, n_units) * loads.sum() / n_territories
    if draw(st.booleans()):
        units = st.integers(0, n_units - 1)
        pairs = draw(st.lists(st.tuples(units, units), max_size=3 * n_units))
        drawn["edges"] = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        if draw(st.booleans()):
            drawn["islands"] = np.array(
                draw(st.lists(st.booleans(), min_size=n_units, max_size=n_units))
            )
    return drawn


@settings(max_examples=150, deadline=None)
@given(problem=problems())
def test_any_problem_gives_a_whole_plan_that_tells_what_it_breaks(problem: Problem) -> None:
    design = solve(problem, seed=0, max_iterations=2)
    assert design.labels.shape == (problem.n_units,)
    assert design.labels.min() >= 0
    assert design.labels.max() < problem.n_territories
    loads = np.zeros(problem.lower.shape)
    np.add.at(loads, design.labels, problem.measures)
    assert np.allclose(design.loads, loads, rtol=1e-12, atol=0)
    assert sorted(told(design)) == pytest.approx(sorted(broken(problem, design)), rel=1e-9)
    assert design.is_feasible == (not explain(problem, design))
    assert np.isfinite(design.objective["total"])
    assert design.objective["total"] == pytest.approx(sum(costs(problem, design)), rel=1e-9)
    if design.lower_bound is not None:
        assert 0 <= design.lower_bound <= design.objective["total"]


@settings(max_examples=60, deadline=None)
@given(problem=problems().filter(lambda one: one.locked is None and one.edges is None))
def test_no_territory_is_empty_while_there_are_pieces(problem: Problem) -> None:
    together = np.full(problem.n_units, -1) if problem.together is None else problem.together
    n_pieces = (together == -1).sum() + len(set(together[together >= 0].tolist()))
    used = set(solve(problem, seed=0, max_iterations=1).labels.tolist())
    assert len(used) == min(n_pieces, problem.n_territories)


def told(design: Design) -> list[float]:
    """Return the amounts of all violations that a design tells."""
    return [violation.amount for violation in design.violations]


def broken(problem: Problem, design: Design) -> list[float]:
    """Recount what a design breaks; rounding is forgiven."""
    loads, slack = design.loads, 1e-8 * problem.measures.sum(axis=0)
    missed = np.maximum(problem.lower - loads, loads - problem.upper)
    amounts: list[float] = missed[missed > slack / problem.n_territories].tolist()
    if problem.capacities is not None and problem.capacity_loads is not None:
        held = np.bincount(design.labels, problem.capacity_loads, minlength=len(loads))
        seats = design.centre_units
        excess = (held - problem.capacities[seats])[seats >= 0]
        grain = 1e-8 * problem.capacity_loads.sum() / len(loads)
        amounts += excess[excess > grain].tolist()
    if problem.current is not None and problem.move_caps is not None:
        assert problem.move_amounts is not None
        has_left = (problem.current >= 0) & (design.labels != problem.current)
        excess = problem.move_amounts[has_left].sum(axis=0) - problem.move_caps
        amounts += excess[excess > 1e-8 * problem.move_amounts.sum(axis=0)].tolist()
    return amounts + parts_too_many(problem, design.labels)


def parts_too_many(problem: Problem, labels: IntArray) -> list[float]:
    """Count parts beyond the first by territory; groups hang together, islands do not count."""
    if problem.edges is None or problem.islands is None:
        return []
    no_groups = np.full(problem.n_units, -1)
    together = no_groups if problem.together is None else problem.together
    same: BoolArray = (together[:, np.newaxis] == together) & (together[:, np.newaxis] >= 0)
    pairs = problem.edges[~problem.islands[problem.edges].any(axis=1)]
    pairs = np.concatenate([pairs, np.argwhere(same)])
    pairs = pairs[labels[pairs[:, 0]] == labels[pairs[:, 1]]]
    shape = (problem.n_units, problem.n_units)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
    _, parts = connected_components(graph, directed=False)
    more = []
    for territory in range(problem.n_territories):
        here = (labels == territory) & ~problem.islands
        n_parts = len(set(parts[here].tolist()))
        if n_parts > 1:
            more.append(float(n_parts - 1))
    return more


def costs(problem: Problem, design: Design) -> list[float]:
    """Recount distance to the centres that the design names, and the price of moves."""
    is_located = np.isfinite(problem.positions_km).all(axis=1)
    offsets = problem.positions_km - design.centres_km[design.labels]
    ways = np.linalg.norm(offsets[is_located], axis=1)
    ways = ways**2 if problem.distance == "squared" else ways
    found = [float(problem.distance_weights[is_located] @ ways)]
    if problem.current is not None and problem.move_prices is not None:
        has_left = (problem.current >= 0) & (design.labels != problem.current)
        found.append(float(problem.move_prices[has_left].sum()))
    return found


@pytest.mark.parametrize("centre", ["medoid", "mean"])
@pytest.mark.parametrize("tolerance", [None, 0.1, 0.0])
@pytest.mark.parametrize("price", [0.0, 1e9])
def test_an_owner_of_12000_accounts_shares_even_when_moves_are_dear(
    centre: str, tolerance: float | None, price: float
) -> None:
    """Three territories of one owner's accounts: none may stay empty, limits or not."""
    random = np.random.default_rng(0)
    n_units = 12_000
    given: dict[str, Any] = {"measures": np.ones((n_units, 1)), "centre": centre}
    given["lower"] = np.full((3, 1), 0.0 if tolerance is None else 4000 * (1 - tolerance))
    given["upper"] = np.full((3, 1), np.inf if tolerance is None else 4000 * (1 + tolerance))
    problem = Problem(
        positions_km=random.uniform(0, 200, (n_units, 2)),
        distance_weights=np.ones(n_units),
        current=np.zeros(n_units, dtype=np.int64),
        move_prices=np.full(n_units, price),
        **given,
    )
    design = solve(problem, seed=0, max_iterations=1)
    sizes = np.bincount(design.labels, minlength=3)
    assert sizes.min() > 0
    assert design.is_feasible
    if tolerance is not None and price:
        # What must move moves, and no more: the owner keeps as many as the limits allow.
        assert sizes[0] == round(4000 * (1 + tolerance))
    if tolerance is None and price:
        assert sorted(sizes.tolist()) == [1, 1, n_units - 2]


def test_one_territory_of_many_units_is_not_taken_for_proven() -> None:
    """800 units at two towns and two between: medoids of so many are not all tried."""
    positions_km = np.zeros((802, 2))
    positions_km[400:800, 0], positions_km[800:, 0] = 10.0, (4.0, 6.0)
    design = solve(
        Problem(
            positions_km=positions_km,
            distance_weights=np.ones(802),
            measures=np.zeros((802, 0)),
            lower=np.zeros((1, 0)),
            upper=np.zeros((1, 0)),
        ),
        seed=0,
    )
    best = min(np.abs(positions_km[:, 0] - place).sum() for place in (0.0, 4.0, 6.0, 10.0))
    assert design.lower_bound is None or design.lower_bound <= best


def test_a_measure_of_zeros_limits_nothing_however_many_units_there_are() -> None:
    random = np.random.default_rng(0)
    design = solve(
        Problem(
            positions_km=random.uniform(0, 9, (100_001, 2)),
            distance_weights=np.ones(100_001),
            measures=np.zeros((100_001, 1)),
            lower=np.zeros((2, 1)),
            upper=np.zeros((2, 1)),
        ),
        seed=0,
        max_iterations=1,
    )
    assert design.is_feasible

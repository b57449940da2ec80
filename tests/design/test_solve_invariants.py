"""What holds for any plan: all promises, any row order, any thread count, the same again."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from territory_kit.design import Design, Problem, solve
from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.check import check_labels


def town_problem(n_units: int, n_territories: int, **options: object) -> Problem:
    """Draw units on a coarse grid around towns: many share a position."""
    random = np.random.default_rng(5)
    towns = random.integers(0, 200, (4 * n_territories, 2)) / 2
    positions = towns[random.integers(len(towns), size=n_units)]
    measures = random.integers(1, 9, (n_units, 2)).astype(float)
    mean = measures.sum(axis=0) / n_territories
    given: dict[str, object] = {
        "positions_km": positions + random.integers(0, 4, (n_units, 2)),
        "distance_weights": measures[:, 0],
        "measures": measures,
        "lower": np.tile(mean * 0.9, (n_territories, 1)),
        "upper": np.tile(mean * 1.1, (n_territories, 1)),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


def everything(n_units: int, n_territories: int, **options: object) -> Problem:
    """Draw a problem that uses owners, prices, locks and groups at once, and what is named."""
    random = np.random.default_rng(6)
    current = random.integers(-1, n_territories, n_units)
    locked = np.where(random.random(n_units) < 0.05, current, -1)
    together = np.full(n_units, -1)
    together[locked == -1] = random.integers(-40, 20, int((locked == -1).sum())).clip(min=-1)
    given: dict[str, object] = {
        "current": current,
        "move_prices": random.integers(0, 50, n_units).astype(float),
        "locked": locked,
        "together": together,
    }
    return town_problem(n_units, n_territories, **(given | options))


def with_options(name: str, n_units: int = 200, n_territories: int = 5) -> Problem:
    """Draw a problem with owners, prices, locks and groups; the name says what holds beside."""
    random = np.random.default_rng(8)
    options: dict[str, object] = {}
    if "capacity" in name:
        options["capacity_loads"] = random.integers(1, 9, n_units).astype(float)
        options["capacities"] = random.integers(200, 300, n_units).astype(float)
    if "cap " in name:
        options["move_amounts"] = random.integers(1, 9, (n_units, 2)).astype(float)
        options["move_caps"] = np.array([700.0, 650.0])
    if "edges" in name:
        places = town_problem(n_units, n_territories).positions_km
        ways = np.linalg.norm(places[:, np.newaxis] - places, axis=2)
        near = np.argsort(ways + 1e-3 * random.random(ways.shape), axis=1)[:, :9]
        options["edges"] = np.column_stack([np.repeat(np.arange(n_units), 9), near.reshape(-1)])
        options["islands"] = random.random(n_units) < 0.05
        options["together"] = None
        options["locked"] = None
    if "remote" in name:
        options["distance_weights"] = random.integers(0, 3, n_units).astype(float)
    if "fixed" in name:
        options["homes_km"] = random.integers(0, 100, (n_territories, 2)).astype(float)
    centre = next((one for one in ("mean", "fixed") if one in name), "medoid")
    distance = "squared" if "squared" in name else "plain"
    return everything(n_units, n_territories, centre=centre, distance=distance, **options)


NAMES = (
    "plain medoid",
    "squared medoid capacity",
    "plain mean cap ",
    "squared mean remote",
    "plain fixed cap ",
    "plain medoid edges",
    "squared mean edges cap ",
    "plain medoid capacity cap edges remote",
)
ROWS = (
    "positions_km",
    "distance_weights",
    "measures",
    "current",
    "move_prices",
    "locked",
    "together",
    "capacities",
    "capacity_loads",
    "move_amounts",
    "islands",
)


def test_every_promise_holds_when_all_options_are_used() -> None:
    problem = everything(200, 5)
    design = solve(problem, seed=3, max_iterations=10)
    assert design.is_feasible
    check_labels(problem, design.labels)
    loads = np.zeros(problem.lower.shape)
    np.add.at(loads, design.labels, problem.measures)
    assert np.array_equal(loads, design.loads)
    assert design.objective["total"] == pytest.approx(total_cost(problem, design.labels))


def total_cost(problem: Problem, labels: IntArray) -> float:
    """Cost a plan around its medoids, moves included, without the engine."""
    assert problem.current is not None
    assert problem.move_prices is not None
    has_left = (problem.current >= 0) & (labels != problem.current)
    total = float(problem.move_prices[has_left].sum())
    for territory in range(problem.n_territories):
        here = labels == territory
        places = problem.positions_km[here]
        ways = np.linalg.norm(places[:, np.newaxis] - places, axis=2)
        total += float((problem.distance_weights[here] @ ways).min())
    return total


def reordered(problem: Problem, order: IntArray) -> Problem:
    """Put the same problem with its rows in another order."""
    rows = {name: getattr(problem, name) for name in ROWS}
    changes = {name: rows[name][order] for name in ROWS if rows[name] is not None}
    if problem.edges is not None:
        edges = np.argsort(order)[problem.edges]
        changes["edges"] = np.random.default_rng(2).permutation(edges)[:, ::-1]
    return replace(problem, **changes)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_changes_nothing(name: str) -> None:
    """Only identical units may trade places, so territories keep their figures exactly."""
    problem = with_options(name)
    order = np.random.default_rng(0).permutation(problem.n_units)
    one = solve(problem, seed=2, max_iterations=5)
    two = solve(reordered(problem, order), seed=2, max_iterations=5)
    assert one.objective == two.objective
    assert one.lower_bound == two.lower_bound
    assert np.array_equal(one.loads, two.loads)
    assert np.array_equal(one.centres_km, two.centres_km, equal_nan=True)


def test_distinct_units_keep_their_territory_in_any_order() -> None:
    random = np.random.default_rng(1)
    problem = town_problem(120, 4, positions_km=random.uniform(0, 50, (120, 2)))
    order = random.permutation(120)
    shuffled = town_problem(
        120,
        4,
        positions_km=problem.positions_km[order],
        distance_weights=problem.distance_weights[order],
        measures=problem.measures[order],
    )
    one = solve(problem, seed=2, max_iterations=8)
    two = solve(shuffled, seed=2, max_iterations=8)
    assert np.array_equal(one.labels[order], two.labels)


@pytest.mark.parametrize("name", NAMES)
def test_moving_the_whole_map_moves_only_the_centres(name: str) -> None:
    """All positions are whole numbers or halves, so the move is exact, but not every mean."""
    problem = with_options(name, 120, 4)
    way = np.array([512.0, -256.0])
    homes = None if problem.homes_km is None else problem.homes_km + way
    moved = replace(problem, positions_km=problem.positions_km + way, homes_km=homes)
    one = solve(problem, seed=2, max_iterations=5)
    two = solve(moved, seed=2, max_iterations=5)
    assert one.objective["total"] == pytest.approx(two.objective["total"])
    assert np.allclose(one.centres_km + way, two.centres_km, equal_nan=True)


@pytest.mark.parametrize("name", NAMES[1::2])
def test_other_units_of_length_scale_the_distance(name: str) -> None:
    """Half the km at a price of moves that counts as much: the same plan, exactly."""
    problem = with_options(name, 120, 4)
    assert problem.move_prices is not None
    share = 0.25 if problem.distance == "squared" else 0.5
    homes = None if problem.homes_km is None else problem.homes_km / 2
    smaller = replace(
        problem,
        positions_km=problem.positions_km / 2,
        homes_km=homes,
        move_prices=problem.move_prices * share,
    )
    one = solve(problem, seed=2, max_iterations=5)
    two = solve(smaller, seed=2, max_iterations=5)
    assert np.array_equal(one.labels, two.labels)
    assert one.objective["total"] * share == two.objective["total"]


@pytest.mark.parametrize("name", NAMES[1::2])
def test_other_units_of_the_measures_change_nothing(name: str) -> None:
    """Hours or quarters of an hour: the measures and their limits grow alike."""
    problem = with_options(name, 120, 4)
    finer = replace(
        problem,
        measures=problem.measures * [4.0, 1024.0],
        lower=problem.lower * [4.0, 1024.0],
        upper=problem.upper * [4.0, 1024.0],
    )
    one = solve(problem, seed=2, max_iterations=5)
    two = solve(finer, seed=2, max_iterations=5)
    assert np.array_equal(one.labels, two.labels)
    assert one.objective == two.objective
    assert one.lower_bound == two.lower_bound


@pytest.mark.parametrize("centre", ["medoid", "mean"])
def test_a_turned_map_costs_as_much(centre: str) -> None:
    """A quarter turn changes the order of the search, so the plans may differ, but little."""
    problem = town_problem(120, 4, centre=centre)
    turned = replace(problem, positions_km=problem.positions_km[:, ::-1] * [-1.0, 1.0])
    one, two = solve(problem, seed=2), solve(turned, seed=2)
    assert one.objective["total"] == pytest.approx(two.objective["total"], rel=0.01)


def test_a_turned_map_of_few_units_has_the_same_best_plan() -> None:
    problem = town_problem(9, 3)
    turned = replace(problem, positions_km=problem.positions_km[:, ::-1] * [-1.0, 1.0])
    one, two = solve(problem, seed=2), solve(turned, seed=2)
    assert one.objective["total"] == pytest.approx(two.objective["total"])


def test_the_same_seed_gives_the_same_design() -> None:
    problem = everything(150, 4)
    assert solve(problem, seed=7, max_iterations=6) == solve(problem, seed=7, max_iterations=6)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_design_with_all_options(name: str) -> None:
    problem = with_options(name)
    expected = solve(problem, seed=7, max_iterations=3)
    with threadpool_limits(1):
        assert solve(problem, seed=7, max_iterations=3) == expected


SCRIPT = """
import runpy, sys
from territory_kit.design import solve
module = runpy.run_path(sys.argv[1])
for name in module["NAMES"][::3]:
    design = solve(module["with_options"](name), seed=7, max_iterations=3)
    print(design.labels.tolist(), design.objective["total"].hex(), design.lower_bound)
"""


def test_a_process_with_one_thread_finds_the_same_plans() -> None:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(Path(__file__))],
        env={**os.environ, **dict.fromkeys(names, "1")},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.splitlines()
    for name, line in zip(NAMES[::3], found, strict=True):
        design = solve(with_options(name), seed=7, max_iterations=3)
        total = design.objective["total"]
        assert line == f"{design.labels.tolist()} {total.hex()} {design.lower_bound}"


def with_units(problem: Problem, design: Design) -> FloatArray:
    """List what each unit is and its territory, sorted: units that are alike may be exchanged."""
    places = np.nan_to_num(problem.positions_km, nan=-1.0)
    table = np.column_stack([places, problem.measures, problem.distance_weights, design.labels])
    return table[np.lexsort(table.T)]


@pytest.mark.parametrize("remote_share", [0.0, 0.3])
def test_many_units_give_the_same_plan_in_any_order(remote_share: float) -> None:
    """Above 100,000 units, cells are assigned first; many units share a place, or have none."""
    random = np.random.default_rng(4)
    n_units = 120_000
    problem = town_problem(n_units, 3)
    is_remote = random.random(n_units) < remote_share
    positions_km, weights = problem.positions_km.copy(), problem.distance_weights.copy()
    positions_km[is_remote], weights[is_remote] = np.nan, 0.0
    problem = replace(problem, positions_km=positions_km, distance_weights=weights)
    order = random.permutation(n_units)
    one = solve(problem, seed=2, max_iterations=1)
    two = solve(reordered(problem, order), seed=2, max_iterations=1)
    assert one.is_feasible
    assert np.array_equal(with_units(problem, one), with_units(reordered(problem, order), two))
    assert one.objective == two.objective


def test_no_territory_stays_empty_even_without_limits() -> None:
    problem = town_problem(
        50,
        3,
        measures=np.zeros((50, 0)),
        lower=np.zeros((3, 0)),
        upper=np.zeros((3, 0)),
        current=np.zeros(50, dtype=np.int64),
        move_prices=np.full(50, 1e9),
    )
    assert (np.bincount(solve(problem, seed=1, max_iterations=2).labels, minlength=3) > 0).all()


def test_the_design_is_never_worse_than_todays_territories() -> None:
    random = np.random.default_rng(3)
    problem = town_problem(
        90,
        3,
        lower=np.zeros((3, 2)),
        upper=np.full((3, 2), np.inf),
        current=random.integers(0, 3, 90),
        move_prices=np.full(90, 30.0),
    )
    assert problem.current is not None
    design = solve(problem, seed=1, max_iterations=1)
    assert design.objective["total"] <= total_cost(problem, problem.current)


def test_a_time_limit_that_strikes_is_confessed() -> None:
    design = solve(town_problem(400, 6), seed=0, time_limit_s=1e-6)
    assert design.stop_reason == "time_limit"
    assert not design.is_reproducible


def test_a_time_limit_that_does_not_strike_changes_nothing() -> None:
    problem = town_problem(60, 3)
    unlimited = solve(problem, seed=0, max_iterations=3)
    assert solve(problem, seed=0, max_iterations=3, time_limit_s=1e6) == unlimited
    assert unlimited.is_reproducible


def test_the_trace_only_improves() -> None:
    trace = solve(town_problem(200, 6), seed=0, max_iterations=10).trace
    assert [step.iteration for step in trace] == sorted({step.iteration for step in trace})
    pairs = [(round(step.violation, 9), step.total) for step in trace]
    assert pairs == sorted(pairs, reverse=True)


def test_the_problem_is_not_changed() -> None:
    problem = everything(60, 3)
    before = [np.array(getattr(problem, name)) for name in ("positions_km", "current", "measures")]
    solve(problem, seed=0, max_iterations=2)
    after = [getattr(problem, name) for name in ("positions_km", "current", "measures")]
    assert all(np.array_equal(one, two) for one, two in zip(before, after, strict=True))

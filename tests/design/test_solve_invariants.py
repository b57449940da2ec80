"""What holds for any plan: all promises, any row order, any thread count, the same again."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from territory_kit.design import Problem, solve
from territory_kit.design.arrays import IntArray
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


def everything(n_units: int, n_territories: int) -> Problem:
    """Draw a problem that uses every option at once."""
    random = np.random.default_rng(6)
    current = random.integers(-1, n_territories, n_units)
    locked = np.where(random.random(n_units) < 0.05, current, -1)
    together = np.full(n_units, -1)
    together[locked == -1] = random.integers(-40, 20, int((locked == -1).sum())).clip(min=-1)
    return town_problem(
        n_units,
        n_territories,
        current=current,
        move_prices=random.integers(0, 50, n_units).astype(float),
        locked=locked,
        together=together,
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
    assert problem.current is not None
    assert problem.move_prices is not None
    assert problem.locked is not None
    assert problem.together is not None
    return Problem(
        positions_km=problem.positions_km[order],
        distance_weights=problem.distance_weights[order],
        measures=problem.measures[order],
        lower=problem.lower,
        upper=problem.upper,
        current=problem.current[order],
        move_prices=problem.move_prices[order],
        locked=problem.locked[order],
        together=problem.together[order],
    )


def test_the_order_of_rows_changes_nothing() -> None:
    """Only identical units may trade places, so territories keep their figures exactly."""
    problem = everything(150, 4)
    order = np.random.default_rng(0).permutation(150)
    one = solve(problem, seed=2, max_iterations=8)
    two = solve(reordered(problem, order), seed=2, max_iterations=8)
    assert one.objective == two.objective
    assert np.array_equal(one.loads, two.loads)
    assert np.array_equal(one.centres_km, two.centres_km)


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


def test_moving_the_whole_map_moves_only_the_centres() -> None:
    """All positions are multiples of one half, so the move is exact."""
    problem = town_problem(120, 4)
    way = np.array([512.0, -256.0])
    moved = town_problem(120, 4, positions_km=problem.positions_km + way)
    one = solve(problem, seed=2, max_iterations=8)
    two = solve(moved, seed=2, max_iterations=8)
    assert one.objective["total"] == pytest.approx(two.objective["total"])
    assert np.allclose(one.centres_km + way, two.centres_km)


def test_the_same_seed_gives_the_same_design() -> None:
    problem = everything(150, 4)
    assert solve(problem, seed=7, max_iterations=6) == solve(problem, seed=7, max_iterations=6)


@pytest.mark.parametrize("n_threads", [1, 2])
def test_the_number_of_threads_changes_nothing(n_threads: int) -> None:
    problem = town_problem(150, 4)
    expected = solve(problem, seed=7, max_iterations=6)
    with threadpool_limits(n_threads):
        assert solve(problem, seed=7, max_iterations=6) == expected


def test_one_owner_of_12000_accounts_leaves_no_territory_empty() -> None:
    """Every move has a price, and three territories are wanted."""
    problem = town_problem(
        12_000, 3, current=np.zeros(12_000, dtype=np.int64), move_prices=np.full(12_000, 1e6)
    )
    design = solve(problem, seed=1, max_iterations=2)
    assert design.is_feasible
    assert (np.bincount(design.labels, minlength=3) > 1000).all()


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

"""Remaking neighbourhoods around medoids with capacities."""

import numpy as np
import pytest

from territory_kit.design import Problem, explain, solve
from territory_kit.design.arrays import FloatArray
from territory_kit.design.model.instance import build_instance
from territory_kit.design.search.anneal import Course, can_anneal, cool, task_of
from territory_kit.design.search.descend import judge
from territory_kit.design.search.remake import cut_map, seat_plan
from territory_kit.design.search.start import cluster_labels


def median_problem(
    n_units: int, n_medians: int, room: float, **options: object
) -> tuple[Problem, FloatArray]:
    """Draw units with demands; each median has so many times the mean demand of a territory."""
    random = np.random.default_rng(8)
    demands = random.integers(1, 30, n_units).astype(float)
    given: dict[str, object] = {
        "positions_km": random.integers(0, 400, (n_units, 2)) / 4,
        "distance_weights": np.ones(n_units),
        "measures": np.zeros((n_units, 0)),
        "lower": np.zeros((n_medians, 0)),
        "upper": np.zeros((n_medians, 0)),
        "capacities": random.uniform(1, 1.5, n_units) * room * demands.sum() / n_medians,
        "capacity_loads": demands,
    }
    problem = Problem(**(given | options))  # type: ignore[arg-type]  # reason: any kind
    return problem, demands


def test_every_medoid_serves_within_its_own_capacity() -> None:
    problem, demands = median_problem(120, 8, 1.0)
    design = solve(problem, seed=0)
    loads = np.bincount(design.labels, demands)
    assert problem.capacities is not None
    assert design.is_feasible
    assert (loads <= problem.capacities[design.centre_units] + 1e-9).all()
    assert (design.labels[design.centre_units] == np.arange(8)).all()


def test_a_cooling_improves_a_plan_and_never_worsens_it() -> None:
    instance = build_instance(median_problem(90, 6, 1.1)[0])
    start = judge(instance, cluster_labels(instance, seed=3))
    assert can_anneal(instance, start)
    cooled = cool(
        instance, start, np.random.default_rng(0), n_rounds=400, seconds_left=lambda: np.inf
    )
    assert cooled.is_better_than(start)
    again = cool(instance, cooled, np.random.default_rng(1), n_rounds=1, seconds_left=lambda: 0.0)
    assert again is cooled


@pytest.mark.parametrize("room", [0.9, 1.0, 1.3])
def test_no_plan_beats_the_bound(room: float) -> None:
    problem, _ = median_problem(60, 5, room)
    design = solve(problem, seed=0)
    assert design.lower_bound is not None
    if design.is_feasible:
        assert 0.8 * design.objective["total"] < design.lower_bound <= design.objective["total"]


def test_rows_in_another_order_give_the_same_medoids() -> None:
    problem, demands = median_problem(80, 5, 1.05)
    order = np.random.default_rng(0).permutation(80)
    assert problem.capacities is not None
    shuffled, _ = median_problem(
        80,
        5,
        1.05,
        positions_km=problem.positions_km[order],
        capacities=problem.capacities[order],
        capacity_loads=demands[order],
    )
    one, two = solve(problem, seed=4), solve(shuffled, seed=4)
    assert one.objective == two.objective
    assert np.array_equal(one.centre_units, order[two.centre_units])


def test_turning_and_stretching_the_map_scales_the_cost() -> None:
    """A quarter turn and twice the size: twice the cost."""
    problem, _ = median_problem(70, 5, 1.1)
    turned = 2 * problem.positions_km @ np.array([[0.0, 1], [-1, 0]])
    one = solve(problem, seed=4)
    two = solve(median_problem(70, 5, 1.1, positions_km=turned)[0], seed=4)
    assert two.objective["total"] == pytest.approx(2 * one.objective["total"], rel=0.01)


def test_too_little_capacity_is_explained_by_sums() -> None:
    """Three medoids of 10 allow 30; forty units take 40."""
    problem = Problem(
        positions_km=np.random.default_rng(0).uniform(0, 9, (40, 2)),
        distance_weights=np.ones(40),
        measures=np.zeros((40, 0)),
        lower=np.zeros((3, 0)),
        upper=np.zeros((3, 0)),
        capacities=np.full(40, 10.0),
        capacity_loads=np.ones(40),
    )
    design = solve(problem, seed=0, max_iterations=5)
    assert sum(one.amount for one in design.violations) == pytest.approx(10)
    reasons = explain(problem, design)
    assert reasons[0] == (
        "Capacity: the 3 largest medoids allow 30, all units take 40; 10 find no place."
    )
    assert "would hold if the capacity of" in reasons[-1]


def test_a_cap_on_moved_accounts_and_revenue_holds() -> None:
    """Today's territories are stripes dealt out at random; ten accounts or 60 may move."""
    random = np.random.default_rng(4)
    positions = random.uniform(0, 50, (60, 2))
    revenue = random.uniform(1, 20, 60)
    current = (positions[:, 0] // 17).astype(np.int64)
    problem = Problem(
        positions_km=positions,
        distance_weights=np.ones(60),
        measures=np.zeros((60, 0)),
        lower=np.zeros((3, 0)),
        upper=np.zeros((3, 0)),
        current=current,
        move_amounts=np.column_stack([np.ones(60), revenue]),
        move_caps=np.array([10.0, 60.0]),
    )
    design = solve(problem, seed=0, max_iterations=8)
    has_moved = design.labels != current
    assert design.is_feasible
    assert 0 < has_moved.sum() <= 10
    assert revenue[has_moved].sum() <= 60


def test_a_cooling_walks_through_broken_limits_to_a_plan_that_keeps_them() -> None:
    """Each medoid may hold half a percent more than its share: few plans do."""
    instance = build_instance(median_problem(48, 4, 1.0, capacities=_equal_rooms(48, 4))[0])
    start = judge(instance, cluster_labels(instance, seed=0))
    cooled = cool(
        instance, start, np.random.default_rng(0), n_rounds=2000, seconds_left=lambda: np.inf
    )
    assert start.violation > 0.0
    assert cooled.violation == 0.0


def test_groups_in_many_small_territories_end_in_a_plan() -> None:
    """Two medoids drawn from one group leave a territory empty, with nothing to draw from."""
    for seed in range(4):
        random = np.random.default_rng(seed)
        problem = Problem(
            positions_km=random.uniform(0, 100, (60, 2)),
            distance_weights=np.ones(60),
            measures=np.zeros((60, 0)),
            lower=np.zeros((8, 0)),
            upper=np.zeros((8, 0)),
            together=np.arange(60) % 15,
        )
        design = solve(problem, seed=seed)
        assert design.is_feasible
        assert set(design.labels) == set(range(8))


def test_the_last_cooling_that_time_allows_is_cold_when_the_time_ends() -> None:
    """A clock that loses a second at each look: ten looks fit, a hundred are asked for."""
    instance = build_instance(median_problem(90, 6, 1.1)[0])
    start = judge(instance, cluster_labels(instance, seed=3))
    seconds = iter(np.arange(10.0, -1.0, -1.0))
    course = Course(100, lambda: float(next(seconds)))
    met = []
    while not course.is_over():
        met.append(course.stretch())
        course.advance()
    # the first look goes by the hundred, the others by the clock
    assert met[0] == (0.0, 0.01)
    assert [round(now, 9) for now, _ in met[1:]] == [n / 10 for n in range(1, 10)]
    assert round(met[-1][1], 9) == 1.0
    cooled = cool(instance, start, np.random.default_rng(0), n_rounds=400, seconds_left=lambda: 1.0)
    assert cooled.is_better_than(start)


def test_without_a_limit_a_cooling_goes_by_looks_alone() -> None:
    course = Course(4, lambda: float("inf"))
    met = []
    while not course.is_over():
        met.append(course.stretch())
        course.advance()
    assert met == [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)]


def test_a_map_of_many_medoids_is_remade_in_parts_that_share_nothing() -> None:
    instance = build_instance(median_problem(400, 90, 1.4)[0])
    start = judge(instance, cluster_labels(instance, seed=3))
    task = task_of(instance, start)
    state = seat_plan(task, start.labels, start.centre_points)
    parts = cut_map(task, state, 2, np.random.default_rng(0))
    together = np.concatenate([part.territories for part in parts])
    pieces = np.concatenate([part.pieces for part in parts])
    assert np.array_equal(np.sort(together), np.arange(90))
    assert np.array_equal(np.sort(pieces), np.arange(400))
    assert all((np.isin(start.labels[one.pieces], one.territories)).all() for one in parts)


def test_the_number_of_threads_changes_no_plan_of_many_medoids(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    instance = build_instance(median_problem(400, 90, 1.4)[0])
    start = judge(instance, cluster_labels(instance, seed=3))
    plans = []
    for count in (1, 2, 5):
        monkeypatch.setattr("territory_kit.design.workers._count_processors", lambda n=count: n)
        cooled = cool(
            instance, start, np.random.default_rng(0), n_rounds=4000, seconds_left=lambda: np.inf
        )
        plans.append(cooled.labels)
    assert plans[0].tolist() == plans[1].tolist() == plans[2].tolist()


def _equal_rooms(n_units: int, n_medians: int) -> FloatArray:
    _, demands = median_problem(n_units, n_medians, 1.0)
    return np.full(n_units, 1.005 * demands.sum() / n_medians)

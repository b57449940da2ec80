"""Single units move after a search with cells of units."""

import numpy as np
import pytest

from territory_kit.design import Problem, solve
from territory_kit.design.model.coarse import merge_units
from territory_kit.design.model.instance import build_instance
from territory_kit.design.problem import Centre, Distance
from territory_kit.design.search.descend import judge
from territory_kit.design.search.refine import judge_units, refine_units
from territory_kit.design.search.start import cluster_labels, home_labels

N_UNITS, N_TERRITORIES = 400, 4


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 400 units count as many."""
    monkeypatch.setattr("territory_kit.design.model.coarse.MOST_UNITS", 100)
    monkeypatch.setattr("territory_kit.design.model.coarse.FEWEST_CELLS", 64)
    monkeypatch.setattr("territory_kit.design.model.coarse.CELLS_PER_TERRITORY", 16)


def never() -> bool:
    """Leave the search all the time it wants."""
    return False


def many_units(
    distance: Distance = "squared", centre: Centre = "mean", **options: object
) -> Problem:
    """Draw units whose territories may differ by one percent."""
    random = np.random.default_rng(5)
    loads = random.integers(1, 9, N_UNITS).astype(float)
    mean = loads.sum() / N_TERRITORIES
    given: dict[str, object] = {
        "positions_km": random.uniform(0, 100, (N_UNITS, 2)),
        "distance_weights": loads,
        "measures": loads[:, np.newaxis],
        "lower": np.full((N_TERRITORIES, 1), 0.99 * mean),
        "upper": np.full((N_TERRITORIES, 1), 1.01 * mean),
        "distance": distance,
        "centre": centre,
        "homes_km": np.array([[0.0, 0], [0, 99], [99, 0], [99, 99]]) if centre == "fixed" else None,
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


@pytest.mark.parametrize("distance", ["plain", "squared"])
@pytest.mark.parametrize("centre", ["mean", "medoid", "fixed"])
def test_single_units_improve_a_plan_of_cells(distance: Distance, centre: Centre) -> None:
    """From a start that breaks the limits, the refined plan keeps them."""
    problem = many_units(distance, centre)
    instance = build_instance(merge_units(problem))
    start = home_labels(instance) if centre == "fixed" else cluster_labels(instance, seed=0)
    plan = judge(instance, start)
    refined = refine_units(problem, instance, plan, seed=0, is_out_of_time=never)
    loads = np.bincount(refined.labels, problem.measures[:, 0])
    assert refined.is_better_than(plan)
    assert refined.violation == 0.0
    assert (np.abs(loads / loads.mean() - 1) <= 0.01).all()


def test_the_figures_of_cells_and_of_their_units_agree() -> None:
    problem = many_units("plain", "medoid", current=np.arange(N_UNITS) % N_TERRITORIES)
    instance = build_instance(merge_units(problem))
    plan = judge(instance, cluster_labels(instance, seed=0))
    units = judge_units(problem, instance, plan.labels[instance.piece_of_unit])
    assert units.total == pytest.approx(plan.total)
    assert units.violation == pytest.approx(plan.violation)
    assert np.array_equal(units.centre_points, plan.centre_points)


def test_locks_groups_and_capacities_hold_for_single_units() -> None:
    """The check of every design finds torn groups and broken locks; capacities are listed."""
    locked, together = np.full(N_UNITS, -1), np.full(N_UNITS, -1)
    locked[:4], together[100:140] = [0, 1, 2, 3], np.repeat([0, 1, 2, 3], 10)
    loads = np.ones(N_UNITS)
    problem = many_units(
        "plain",
        "medoid",
        locked=locked,
        together=together,
        capacities=np.full(N_UNITS, 104.0),
        capacity_loads=loads,
    )
    design = solve(problem, seed=0, max_iterations=3)
    assert design.is_feasible
    assert (np.bincount(design.labels, loads) <= 104).all()


def test_a_price_keeps_units_with_their_owner() -> None:
    current = (np.arange(N_UNITS) * N_TERRITORIES) // N_UNITS
    moved = [
        (solve(many_units(current=current, move_prices=np.full(N_UNITS, price)), seed=0)).labels
        != current
        for price in (0.0, 1e9)
    ]
    assert moved[1].sum() < 0.2 * moved[0].sum()


def test_rows_in_another_order_give_the_same_territories() -> None:
    problem = many_units()
    order = np.random.default_rng(1).permutation(N_UNITS)
    shuffled = many_units(
        positions_km=problem.positions_km[order],
        distance_weights=problem.distance_weights[order],
        measures=problem.measures[order],
    )
    one, two = (solve(put, seed=2, max_iterations=3) for put in (problem, shuffled))
    assert np.array_equal(one.labels[order], two.labels)
    assert one.objective == two.objective


def test_without_time_the_plan_of_cells_is_kept() -> None:
    problem = many_units()
    instance = build_instance(merge_units(problem))
    plan = judge(instance, cluster_labels(instance, seed=0))
    kept = refine_units(problem, instance, plan, seed=0, is_out_of_time=lambda: True)
    assert np.array_equal(kept.labels, plan.labels[instance.piece_of_unit])


def test_the_largest_seed_of_the_command_is_no_end() -> None:
    """Clusters of single units take seeds after it, of which scikit-learn knows none."""
    design = solve(many_units(), seed=2**32 - 1, max_iterations=2)
    assert len(set(design.labels)) == N_TERRITORIES

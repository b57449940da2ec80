"""From a start to a local optimum, and the polish that moves centres."""

from dataclasses import replace
from unittest.mock import Mock

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.design.arrays import IntArray
from territory_kit.design.model.instance import Instance, build_instance
from territory_kit.design.moves.polish import polish_labels
from territory_kit.design.problem import Centre, Distance
from territory_kit.design.search.descend import centre_costs, descend, judge, settle
from territory_kit.design.search.restart import remake_neighbours, shake
from territory_kit.design.search.start import (
    cluster_labels,
    current_labels,
    fill_empty,
    match_clusters,
)


def never() -> bool:
    """Leave the search all the time it wants."""
    return False


def clouds(
    n_units: int, n_territories: int, distance: Distance = "plain", centre: Centre = "medoid"
) -> Instance:
    """Draw units of one around as many towns as territories."""
    random = np.random.default_rng(4)
    towns = random.uniform(0, 100, (n_territories, 2))
    positions = towns[np.arange(n_units) % n_territories] + random.normal(0, 6, (n_units, 2))
    share = n_units / n_territories
    problem = Problem(
        positions_km=positions,
        distance_weights=np.ones(n_units),
        measures=np.ones((n_units, 1)),
        lower=np.full((n_territories, 1), 0.9 * share),
        upper=np.full((n_territories, 1), 1.1 * share),
        distance=distance,
        centre=centre,
    )
    return build_instance(problem)


def dealt(instance: Instance) -> IntArray:
    """Deal the pieces out like cards: balanced and far apart."""
    return np.arange(instance.n_pieces) % instance.n_territories


@pytest.mark.parametrize("distance", ["plain", "squared"])
@pytest.mark.parametrize("centre", ["mean", "medoid"])
def test_every_step_is_as_good_as_the_one_before(distance: Distance, centre: Centre) -> None:
    instance = clouds(90, 3, distance, centre)
    start = judge(instance, dealt(instance))
    settled = settle(instance, start, is_out_of_time=never)
    polished = settle(instance, settled, is_last=True, is_out_of_time=never)
    assert settled.is_better_than(start)
    assert polished.total <= settled.total
    assert polished.violation == 0.0


def test_a_plan_that_is_met_again_is_not_polished_again(monkeypatch: pytest.MonkeyPatch) -> None:
    instance, polish = clouds(60, 3), Mock(wraps=polish_labels)
    monkeypatch.setattr("territory_kit.design.search.descend.polish_labels", polish)
    start = judge(instance, dealt(instance))
    first = settle(instance, start, is_last=True, is_out_of_time=never)
    n_polished = polish.call_count
    again = settle(instance, start, is_last=True, is_out_of_time=never)
    assert polish.call_count == n_polished > 0
    assert np.array_equal(again.labels, first.labels)
    # other prices make other plans of the same labels
    assert not replace(instance, fixed_costs=instance.fixed_costs + 1.0).polished


def test_a_descent_finds_the_towns() -> None:
    instance = clouds(60, 3)
    plan = descend(instance, dealt(instance), is_out_of_time=never)
    clustered = judge(instance, cluster_labels(instance, seed=0))
    assert plan.total <= clustered.total
    assert plan.violation == 0.0


def test_missing_limits_by_less_is_better_at_any_cost() -> None:
    instance = clouds(60, 3)
    good = judge(instance, dealt(instance))
    bad = judge(instance, np.zeros(60, dtype=np.int64))
    assert good.is_better_than(bad)
    assert not bad.is_better_than(good)


def test_a_territory_without_a_centre_is_measured_from_a_badly_served_point() -> None:
    """All pieces are in territory 0: the other centre falls on the farthest of them."""
    instance = clouds(20, 2)
    plan = judge(instance, np.zeros(20, dtype=np.int64))
    costs = centre_costs(instance, plan)
    assert np.isfinite(costs).all()
    assert costs[costs[:, 0].argmax(), 1] == 0.0


def test_a_restart_keeps_every_territory_and_changes_something() -> None:
    instance = clouds(90, 3)
    plan = descend(instance, dealt(instance), is_out_of_time=never)
    generator = np.random.default_rng(0)
    for vary in (shake, remake_neighbours):
        varied = [vary(instance, plan, generator) for _ in range(6)]
        assert all(set(labels.tolist()) == {0, 1, 2} for labels in varied)
        assert any((labels != plan.labels).any() for labels in varied)


def test_clusters_take_the_numbers_of_todays_territories() -> None:
    """The clusters are those of today in another numbering: nothing has to move."""
    current = np.repeat([2, 0, 1], 5)
    problem = Problem(
        positions_km=np.repeat([[0.0, 0], [50, 0], [0, 50]], 5, axis=0) + np.arange(15)[:, None],
        distance_weights=np.ones(15),
        measures=np.ones((15, 1)),
        lower=np.zeros((3, 1)),
        upper=np.full((3, 1), 9.0),
        current=current,
        move_prices=np.ones(15),
    )
    instance = build_instance(problem)
    clusters = np.repeat([0, 1, 2], 5)[np.argsort(instance.piece_of_unit)]
    assert np.array_equal(match_clusters(instance, clusters)[instance.piece_of_unit], current)


def test_pieces_without_an_owner_start_with_their_neighbours() -> None:
    problem = Problem(
        positions_km=np.array([[0.0, 0], [10, 0], [9, 0]]),
        distance_weights=np.ones(3),
        measures=np.ones((3, 1)),
        lower=np.zeros((2, 1)),
        upper=np.full((2, 1), 9.0),
        current=np.array([0, 1, -1]),
    )
    instance = build_instance(problem)
    assert current_labels(instance)[instance.piece_of_unit].tolist() == [0, 1, 1]


def test_an_empty_territory_is_filled_from_the_fullest() -> None:
    labels = fill_empty(clouds(30, 3), np.array([0] * 24 + [1] * 6))
    assert np.bincount(labels).tolist() == [12, 6, 12]

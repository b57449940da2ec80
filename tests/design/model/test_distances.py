"""Costs and centres, worked out by hand on a line."""

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.design.model.distances import (
    ALL_PLACES_COUNT,
    distance_costs,
    locate_centres,
    medoid_of,
)
from territory_kit.design.model.instance import Points, build_instance
from territory_kit.design.problem import Centre, Distance


def line(
    places: list[float], weights: list[float], distance: Distance = "plain", centre: Centre = "mean"
) -> Points:
    """Put units on a line, in the order given, in two territories."""
    problem = Problem(
        positions_km=np.column_stack([places, np.zeros(len(places))]),
        distance_weights=np.array(weights),
        measures=np.zeros((len(places), 0)),
        lower=np.zeros((2, 0)),
        upper=np.zeros((2, 0)),
        distance=distance,
        centre=centre,
    )
    return build_instance(problem).points


@pytest.mark.parametrize(
    ("distance", "expected"), [("plain", [[4, 16], [6, 4]]), ("squared", [[8, 128], [36, 16]])]
)
def test_costs_are_weight_times_way(distance: Distance, expected: list[list[float]]) -> None:
    """Units at 2 (weight 2) and 6 (weight 1), centres at 0 and 10."""
    centres_km = np.array([[0.0, 0.0], [10.0, 0.0]])
    costs = distance_costs(line([2, 6], [2, 1], distance), centres_km, np.zeros((2, 2)))
    assert costs.tolist() == expected


def test_the_mean_is_weighted() -> None:
    """Weights 1 and 3 at 0 and 4: mean 3, cost 1·3 + 3·1 = 6."""
    centres_km, centre_points, costs = locate_centres(line([0, 4], [1, 3]), np.array([0, 0]))
    assert centres_km[0].tolist() == [3.0, 0.0]
    assert (centre_points[0], costs[0]) == (-1, 6.0)


def test_weightless_members_count_evenly_for_the_mean() -> None:
    centres_km, _, costs = locate_centres(line([0, 4], [0, 0]), np.array([1, 1]))
    assert centres_km[1].tolist() == [2.0, 0.0]
    assert costs.tolist() == [0.0, 0.0]
    assert np.isnan(centres_km[0]).all()


@pytest.mark.parametrize(("distance", "expected"), [("plain", 1.0), ("squared", 3.0)])
def test_the_medoid_is_a_member_and_depends_on_the_distance(
    distance: Distance, expected: float
) -> None:
    """0, 0.5, 1, 3, 9: km are least from the middle member 1, km² from 3, nearest to 2.7."""
    points = line([0, 0.5, 1, 3, 9], [1] * 5, distance, "medoid")
    centres_km, centre_points, _ = locate_centres(points, np.zeros(5, dtype=np.int64))
    assert centres_km[0, 0] == expected
    assert points.positions_km[centre_points[0], 0] == expected


def test_the_walk_in_large_territories_finds_the_member_that_trying_all_finds() -> None:
    """Three piles of towns, far more members than are tried one by one."""
    random = np.random.default_rng(2)
    n_units = 2 * ALL_PLACES_COUNT
    towns = np.repeat([0.0, 60.0, 100.0], [n_units // 2, n_units // 4, n_units // 4])
    places = towns + random.normal(0, 5, n_units)
    points = line(places.tolist(), random.uniform(1, 2, n_units).tolist(), "plain", "medoid")
    members = np.arange(n_units)
    found = points.positions_km[medoid_of(points, members), 0]
    ways = np.abs(points.positions_km[:, :1] - points.positions_km[:, 0])
    assert found == points.positions_km[(points.weights @ ways).argmin(), 0]

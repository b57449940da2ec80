"""Chains of moves: by hand, at the limits, and cheapest for the prices that are left."""

import numpy as np

from territory_kit.design.clusters.transport import transport


def test_the_point_that_loses_least_moves() -> None:
    """Points 0, 1, 4 and centres 0 and 10: 4 is 100 - 80 - 16 = 20 from the second, 1 is 80."""
    points = np.array([[0.0], [1.0], [4.0]])
    centres = np.array([[0.0], [10.0]])
    lower, upper = np.array([0.0, 0.0]), np.array([2.0, 2.0])
    prices, labels = transport(points, np.ones(3), centres, np.zeros(2), lower, upper)
    assert labels.tolist() == [0, 0, 1]
    assert prices[0] - prices[1] == 20.0


def test_load_is_fetched_along_a_chain() -> None:
    """The third cluster lacks a point: the second gives 6 and the first gives 4 to the second."""
    points = np.array([[0.0], [1.0], [4.0], [5.0], [6.0]])
    centres = np.array([[0.0], [6.0], [20.0]])
    one, two = np.ones(3), np.array([2.0, 2.0, 3.0])
    _, labels = transport(points, np.ones(5), centres, np.zeros(3), one, two)
    assert labels.tolist() == [0, 0, 1, 1, 2]


def test_every_point_stays_where_it_is_asked_least() -> None:
    random = np.random.default_rng(0)
    points = random.normal(size=(400, 2)) + 50.0 * random.integers(3, size=(400, 1))
    centres, weights = points[:12].copy(), random.uniform(0.5, 1.5, 400)
    mean = weights.sum() / 12
    limits = np.full(12, 0.9 * mean), np.full(12, 1.1 * mean)
    prices, labels = transport(points, weights, centres, np.zeros(12), *limits)
    asked = np.square(points[:, np.newaxis] - centres).sum(axis=2) + prices
    assert (asked[np.arange(400), labels] <= asked.min(axis=1) + 1e-6).all()
    loads = np.bincount(labels, weights=weights, minlength=12)
    assert (loads <= limits[1]).all()
    assert (loads >= limits[0] - weights.max()).all()


def test_what_cannot_be_held_ends() -> None:
    points = np.zeros((3, 1))
    _, labels = transport(
        points,
        np.array([9.0, 1.0, 1.0]),
        np.zeros((2, 1)),
        np.zeros(2),
        np.ones(2),
        np.full(2, 5.0),
    )
    assert set(labels) <= {0, 1}

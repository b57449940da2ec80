"""First and second choices: as trying every centre finds them, however many threads help."""

import numpy as np
import pytest

from territory_kit.design.clusters.assign import CHUNKED_COUNT, Offer, assign
from territory_kit.design.clusters.tree import LEAF_COUNT, build_tree
from territory_kit.design.workers import Workers, hired


@pytest.mark.parametrize("n_features", [1, 2, 5])
def test_choices_are_those_of_trying_every_centre(n_features: int) -> None:
    random = np.random.default_rng(n_features)
    points, weights = random.normal(size=(500, n_features)), random.uniform(size=500)
    offer = Offer(random.normal(size=(9, n_features)), random.uniform(0, 0.5, 9))
    tree = build_tree(points, weights, LEAF_COUNT)
    shares = assign(tree, offer, Workers())
    asked = np.square(tree.points[:, np.newaxis] - offer.centres).sum(axis=2) + offer.prices
    assert np.array_equal(shares.labels, asked.argmin(axis=1))
    assert shares.asked == pytest.approx(tree.weights @ asked.min(axis=1))
    loads = np.bincount(shares.labels, weights=tree.weights, minlength=9)
    assert shares.moments[:, 0] == pytest.approx(loads)


def test_threads_change_nothing_in_large_trees() -> None:
    random = np.random.default_rng(0)
    points = random.normal(size=(CHUNKED_COUNT + 10_000, 2))
    tree = build_tree(points, random.uniform(size=len(points)), LEAF_COUNT)
    offer = Offer(points[:40].copy(), np.zeros(40))
    one = assign(tree, offer, Workers())
    with hired(3) as workers:
        other = assign(tree, offer, workers)
    assert np.array_equal(one.labels, other.labels)
    assert np.array_equal(one.moments, other.moments)
    assert one.asked == other.asked

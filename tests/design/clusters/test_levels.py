"""Levels: nothing is lost when a cloud is drawn more coarsely."""

import numpy as np
import pytest

from territory_kit.design.clusters.levels import draw_coarsely
from territory_kit.design.clusters.tree import LEAF_COUNT, build_tree


def test_boxes_hold_every_point_once() -> None:
    points = np.random.default_rng(0).normal(size=(4000, 2))
    tree = build_tree(points, np.ones(4000), LEAF_COUNT)
    for level in draw_coarsely(tree, 2):
        assert level.tree.weights.sum() == pytest.approx(4000)
        own = level.spread(np.arange(len(level.sizes)))
        assert np.array_equal(np.bincount(own), level.sizes)
        means = [np.bincount(own, weights=column) / level.sizes for column in tree.points.T]
        assert np.column_stack(means) == pytest.approx(level.tree.points)


def test_few_points_are_drawn_as_they_are() -> None:
    points = np.random.default_rng(0).normal(size=(300, 2))
    assert draw_coarsely(build_tree(points, np.ones(300), LEAF_COUNT), 5) == []

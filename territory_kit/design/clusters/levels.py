"""Put the boxes of a tree in the place of its points: the same cloud, drawn more coarsely."""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import IntArray
from territory_kit.design.clusters.tree import LEAF_COUNT, Tree, build_tree

# Points per cluster on each level, from coarse to fine, and how many times more there must be.
POINTS_PER_CLUSTER, COARSE_COUNT = (32, 96), 12


class Level(NamedTuple):
    """Hold boxes of points as points of their own.

    Parameters
    ----------
    tree
        The mean of each box, with its weight.
    starts
        First point of each box, in the order of this tree.
    sizes
        Number of points of each box.
    """

    tree: Tree
    starts: IntArray
    sizes: IntArray

    def spread(self, labels: IntArray) -> IntArray:
        """Give each point the label of its box.

        Parameters
        ----------
        labels
            Label of each box, in the order of this tree.

        Returns
        -------
        IntArray
            Label of each point, in the order of the tree of points.
        """
        by_place = np.argsort(self.starts)
        return np.repeat(labels[by_place], self.sizes[by_place])


def draw_coarsely(tree: Tree, n_clusters: int) -> list[Level]:
    """Draw a tree on levels from coarse to fine, none where points are few.

    Parameters
    ----------
    tree
        The points.
    n_clusters
        Number of clusters.

    Returns
    -------
    list of Level
        The levels.
    """
    return [
        _level(tree, max(len(tree.points) // (count * n_clusters), LEAF_COUNT))
        for count in POINTS_PER_CLUSTER
        if _is_drawn(count, len(tree.points), n_clusters)
    ]


def has_levels(n_points: int, n_clusters: int) -> bool:
    """Say whether points are so many that they are drawn coarsely."""
    return _is_drawn(POINTS_PER_CLUSTER[0], n_points, n_clusters)


def _is_drawn(count: int, n_points: int, n_clusters: int) -> bool:
    return COARSE_COUNT * count * n_clusters <= n_points


def _level(tree: Tree, size: int) -> Level:
    """Take the largest boxes of at most a size."""
    sizes = tree.stops - tree.starts
    parents = np.full(len(sizes), len(tree.points) + 1)
    inner = np.flatnonzero(tree.children >= 0)
    for side in range(2):
        parents[tree.children[inner] + side] = sizes[inner]
    chosen = (sizes <= size) & (parents > size)
    moments = tree.moments[chosen]
    drawn = build_tree(moments[:, 1:-1] / moments[:, :1], moments[:, 0].copy(), LEAF_COUNT)
    return Level(drawn, tree.starts[chosen][drawn.order], sizes[chosen][drawn.order])

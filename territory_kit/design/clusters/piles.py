"""Merge rows that coincide into piles, cut piles that are too heavy, and deal their rows out.

A *pile* is all rows at one place. It is clustered as one point with the summed weight, so that a
row of weight three and three rows of weight one give the same clusters. A pile too heavy for any
cluster is cut into equal *pieces*; at last its rows are dealt to the clusters of the pieces.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray

# Pieces of a heavy pile, per mean load that it weighs.
PIECES_PER_LOAD = 8


class Piles(NamedTuple):
    """Hold the pieces to cluster, and where each row lies.

    Parameters
    ----------
    points
        Position of each piece around 0 and of size about 1, shape (n_pieces, n_features).
    weights
        Weight of each piece.
    pile_of_piece
        Pile of each piece, never decreasing.
    pile_of_row
        Pile of each row, -1 where its weight is 0.
    origin
        Position of 0.
    scale
        Length of 1.
    """

    points: FloatArray
    weights: FloatArray
    pile_of_piece: IntArray
    pile_of_row: IntArray
    origin: FloatArray
    scale: float

    @property
    def n_piles(self) -> int:
        """Number of distinct places."""
        return int(self.pile_of_piece[-1]) + 1


def merge_rows(
    rows: FloatArray, weights: FloatArray, largest_load: float, n_clusters: int
) -> Piles:
    """Merge coincident rows in an order that depends on positions only.

    Parameters
    ----------
    rows
        Position of each row, shape (n_rows, n_features).
    weights
        Weight of each row; rows of weight 0 belong to no pile.
    largest_load
        Load above which a pile is cut.
    n_clusters
        Number of clusters; fewer piles than that are cut as well.

    Returns
    -------
    Piles
        Pieces, sorted by their distance from the mean, equal ones by features.
    """
    used = np.flatnonzero(weights > 0)
    order = used[_sorted(rows[used])]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = (rows[order[1:]] != rows[order[:-1]]).any(axis=1)
    firsts = np.flatnonzero(is_first)
    # Weights of a pile are added in ascending order, so that the order of rows does not matter.
    pile = np.cumsum(is_first) - 1
    if len(firsts) < len(order):
        order = order[np.lexsort([weights[order], pile])]
    sums = np.add.reduceat(weights[order], firsts)
    places = rows[order[firsts]]
    pile_of_row = np.full(len(rows), -1)
    pile_of_row[order] = pile
    origin = np.array([sums @ column for column in places.T]) / sums.sum()
    centred = places - origin
    scale = float(np.sqrt((sums @ np.square(centred).sum(axis=1)) / sums.sum())) or 1.0
    counts = _count_pieces(sums, largest_load, n_clusters)
    pieces = np.repeat(np.arange(len(sums)), counts)
    return Piles(
        points=np.ascontiguousarray(centred[pieces] / scale),
        weights=(sums / counts)[pieces],
        pile_of_piece=pieces,
        pile_of_row=pile_of_row,
        origin=origin,
        scale=scale,
    )


def _sorted(rows: FloatArray) -> IntArray:
    """Sort rows by their features; the second one counts only where the first is equal."""
    order = np.argsort(rows[:, 0])
    first = rows[order, 0]
    if (first[1:] == first[:-1]).any():
        return np.lexsort(rows.T[::-1])
    return order


def _count_pieces(sums: FloatArray, largest_load: float, n_clusters: int) -> IntArray:
    mean = sums.sum() / n_clusters
    is_cut = sums > largest_load * (1.0 + 1e-9)
    if len(sums) < n_clusters:
        is_cut[:] = True
    return np.where(is_cut, np.ceil(PIECES_PER_LOAD * sums / mean), 1).astype(np.int64)


def deal_rows(piles: Piles, labels: IntArray, weights: FloatArray, n_clusters: int) -> IntArray:
    """Give each row the cluster of its pile; rows of cut piles in proportion to the pieces.

    Parameters
    ----------
    piles
        The piles.
    labels
        Cluster of each piece.
    weights
        Weight of each row.
    n_clusters
        Number of clusters.

    Returns
    -------
    IntArray
        Cluster of each row, -1 where its weight is 0.
    """
    starts = np.searchsorted(piles.pile_of_piece, np.arange(piles.n_piles + 1))
    is_used = piles.pile_of_row >= 0
    dealt = np.full(len(weights), -1)
    dealt[is_used] = labels[starts[piles.pile_of_row[is_used]]]
    for pile in np.flatnonzero(np.diff(starts) > 1):
        pieces = slice(starts[pile], starts[pile + 1])
        room = np.bincount(labels[pieces], weights=piles.weights[pieces], minlength=n_clusters)
        rows = np.flatnonzero(piles.pile_of_row == pile)
        for row in rows[np.argsort(-weights[rows], kind="stable")]:
            dealt[row] = int(room.argmax())
            room[dealt[row]] -= weights[row]
    return dealt

"""Where the search begins: clusters of positions, or today's territories with the gaps filled."""

import warnings
from functools import lru_cache

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.balanced_kmeans import BalancedKMeans, UnbalancedClustersWarning
from territory_kit.design.model.distances import distance_costs, locate_centres
from territory_kit.design.model.instance import Instance
from territory_kit.design.problem import NOBODY
from territory_kit.design.threads import one_thread

# Weight of a good fit in size beside the price of moves when clusters get their numbers.
SIZE_FIT_SHARE = 1e-3
# A limit of so many mean territories limits nothing.
WIDEST = 2.0
# All proposals for a region begin from a few clusterings: so many are remembered, of so many places
# at most. Of few places they take less time than scikit-learn needs to begin.
REMEMBERED_COUNT, REMEMBERED_PLACES = 16, 10_000


def cluster_labels(instance: Instance, *, seed: int) -> IntArray:
    """Start from weighted k-means++ clusters, numbered like today's territories where they match.

    Parameters
    ----------
    instance
        The instance.
    seed
        Seed of scikit-learn's random starts.

    Returns
    -------
    IntArray
        Territory of each piece. Pieces without a position go where the price of moves is least.

    References
    ----------
    Arthur, Vassilvitskii (2007), "k-means++: the advantages of careful seeding", SODA.
    """
    labels = np.full(instance.n_pieces, NOBODY)
    points = instance.points
    is_heavy = points.weights > 0
    if is_heavy.any():
        clusters = _clusters(
            points.positions_km[is_heavy], points.weights[is_heavy], instance.n_territories, seed
        )
        labels[points.pieces[is_heavy]] = clusters
        labels = match_clusters(instance, labels)
    return place_rest(instance, labels)


def balanced_labels(instance: Instance, *, seed: int) -> IntArray:
    """Start from clusters that keep the limits of the tightest measure, or nearly.

    Parameters
    ----------
    instance
        The instance.
    seed
        Seed of the clusters.

    Returns
    -------
    IntArray
        Territory of each piece. Where nothing is balanced, this is `cluster_labels`.
    """
    measure, lower, upper = tightest_limits(instance)
    places = _piece_positions(instance)
    located = np.isfinite(places[:, 0])
    loads = instance.limits.loads[located, measure]
    if (upper >= WIDEST).all() or (loads > 0).sum() <= instance.n_territories:
        return cluster_labels(instance, seed=seed)
    labels = np.full(instance.n_pieces, NOBODY)
    labels[located] = cluster_within(places[located], loads, lower, upper, seed=seed)
    return place_rest(instance, match_clusters(instance, labels))


def tightest_limits(instance: Instance) -> tuple[int, FloatArray, FloatArray]:
    """Find the measure with the narrowest limits.

    Parameters
    ----------
    instance
        The instance.

    Returns
    -------
    measure, lower, upper
        Its number, and its limits in mean territories; 2 or more limits nothing.
    """
    lower = np.maximum(instance.limits.lower[:, :-1], 0.0)
    upper = np.maximum(np.minimum(instance.limits.upper[:, :-1], WIDEST), lower)
    if instance.seat_measure != NOBODY:
        upper[:, instance.seat_measure] = min(float(np.median(instance.rooms)), WIDEST)
    is_empty = ~instance.limits.loads[:, :-1].any(axis=0)
    lower[:, is_empty], upper[:, is_empty] = 0.0, WIDEST
    if not upper.shape[1]:
        return 0, lower.sum(axis=1), np.full(len(upper), WIDEST)
    measure = int((upper - lower).mean(axis=0).argmin())
    return measure, lower[:, measure], upper[:, measure]


def cluster_within(
    places: FloatArray, loads: FloatArray, lower: FloatArray, upper: FloatArray, *, seed: int
) -> IntArray:
    """Cluster places around means, each cluster with a load between its limits, or nearly.

    Parameters
    ----------
    places
        Positions, shape (n_places, 2).
    loads
        Load of each, shape (n_places,).
    lower, upper
        Limits of each cluster in mean loads, shape (n_clusters,).
    seed
        Seed of the clusters.

    Returns
    -------
    IntArray
        Cluster of each place.
    """
    middle = (lower + upper) / 2
    model = BalancedKMeans(
        len(middle),
        tolerance=(upper - lower) / 2 / middle,
        target_share=middle,
        n_init=1,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # Limits that clusters miss are what the search is for.
        warnings.simplefilter("ignore", UnbalancedClustersWarning)
        labels: IntArray = model.fit(places, sample_weight=loads).labels_
    return labels.astype(np.int64)


def current_labels(instance: Instance) -> IntArray:
    """Start from today's territories; ownerless pieces go where their way is cheapest.

    Parameters
    ----------
    instance
        The instance; its problem names current territories.

    Returns
    -------
    IntArray
        Territory of each piece, locks obeyed, with no territory empty while pieces last.
    """
    labels = instance.current.copy()
    centres_km, _, _ = locate_centres(instance.points, labels)
    has_centre = np.isfinite(centres_km[:, 0])
    if has_centre.any():
        fixed_costs = np.where(has_centre, instance.fixed_costs, np.inf)
        costs = distance_costs(instance.points, np.nan_to_num(centres_km), fixed_costs)
        is_located = np.diff(instance.points.starts) > 0
        rest = (labels == NOBODY) & is_located & np.isfinite(costs).any(axis=1)
        labels[rest] = costs[rest].argmin(axis=1)
    return place_rest(instance, labels)


def home_labels(instance: Instance) -> IntArray:
    """Start with each piece at the home where it costs least.

    Parameters
    ----------
    instance
        The instance, with fixed centres.

    Returns
    -------
    IntArray
        Territory of each piece, locks obeyed, with no territory empty while pieces last.
    """
    points = instance.points
    costs = distance_costs(points, points.homes_km, instance.fixed_costs)
    return fill_empty(instance, costs.argmin(axis=1))


def place_rest(instance: Instance, labels: IntArray) -> IntArray:
    """Obey the locks, place the pieces that have no territory yet and fill empty territories.

    Parameters
    ----------
    instance
        The instance.
    labels
        Territory of each piece, or -1.

    Returns
    -------
    IntArray
        Territory of each piece.
    """
    placed = labels.copy()
    locked = ~instance.is_free
    placed[locked] = instance.fixed_costs[locked].argmin(axis=1)
    rest = np.flatnonzero(placed == NOBODY)
    placed[rest] = _roomiest(instance, placed, rest)
    return fill_empty(instance, placed)


def _roomiest(instance: Instance, labels: IntArray, rest: IntArray) -> IntArray:
    """Deal the rest out, each piece to a cheapest territory, among these the one with most room.

    Distance is left to the search: it improves any start.
    """
    owned = labels != NOBODY
    sizes = _sizes(instance)
    filled = np.bincount(labels[owned], weights=sizes[owned], minlength=instance.n_territories)
    chosen = np.empty(len(rest), dtype=np.int64)
    for place, piece in enumerate(rest):
        costs = instance.fixed_costs[piece]
        cheapest = np.flatnonzero(costs == costs.min())
        chosen[place] = cheapest[filled[cheapest].argmin()]
        filled[chosen[place]] += sizes[piece]
    return chosen


def _sizes(instance: Instance) -> FloatArray:
    """Sum the scaled measures of each piece; pieces without any count evenly."""
    loads: FloatArray = instance.limits.loads[:, :-1].sum(axis=1)
    return loads + 1.0 / instance.n_pieces


def match_clusters(instance: Instance, labels: IntArray) -> IntArray:
    """Renumber clusters so that locks hold, prices of moves are small and sizes fit the limits.

    Parameters
    ----------
    instance
        The instance.
    labels
        Cluster of each piece, from 0, or -1.

    Returns
    -------
    IntArray
        Territory of each piece, -1 where it had no cluster.
    """
    n_territories = instance.n_territories
    in_cluster = labels != NOBODY
    fixed = instance.fixed_costs[in_cluster]
    finite = np.where(np.isfinite(fixed), fixed, 0.0)
    dear = 1.0 + finite.sum()
    costs = np.zeros((n_territories, n_territories))
    np.add.at(costs, labels[in_cluster], np.where(np.isfinite(fixed), fixed, dear))
    scale = max(float(finite.mean()), 1.0) if finite.size else 1.0
    costs += SIZE_FIT_SHARE * scale * _size_misfit(instance, labels)
    _, territory_of_cluster = linear_sum_assignment(costs)
    return np.where(in_cluster, territory_of_cluster[labels], NOBODY)


def _size_misfit(instance: Instance, labels: IntArray) -> FloatArray:
    """Say how far each cluster's loads lie from the middle of each territory's limits."""
    limits = instance.limits
    in_cluster = labels != NOBODY
    sums = np.zeros((instance.n_territories, limits.loads.shape[1]))
    np.add.at(sums, labels[in_cluster], limits.loads[in_cluster])
    middle = (np.maximum(limits.lower, 0.0) + np.minimum(limits.upper, 2.0)) / 2
    misfit: FloatArray = np.abs(sums[:, np.newaxis, :-1] - middle[:, :-1]).sum(axis=2)
    return misfit


def fill_empty(instance: Instance, labels: IntArray) -> IntArray:
    """Give every empty territory a part of the fullest one that can give.

    Parameters
    ----------
    instance
        The instance.
    labels
        Territory of each piece.

    Returns
    -------
    IntArray
        Territory of each piece; a territory stays empty only when no other has two free pieces.
    """
    filled = labels.copy()
    while True:
        counts = np.bincount(filled, minlength=instance.n_territories)
        free = np.bincount(filled[instance.is_free], minlength=instance.n_territories)
        donors = np.flatnonzero((counts > 1) & (free > 0))
        empty = np.flatnonzero(counts == 0)
        if not len(empty) or not len(donors):
            return filled
        fullness = np.bincount(filled, weights=_sizes(instance), minlength=len(counts))
        donor = donors[fullness[donors].argmax()]
        givable = np.flatnonzero((filled == donor) & instance.is_free)
        given = _part_of(instance, givable, n_owned=counts[donor])
        filled[given] = empty[0]


def _part_of(instance: Instance, pieces: IntArray, *, n_owned: int) -> IntArray:
    """Choose about half of the pieces that lie together; never all of a territory."""
    places = _piece_positions(instance)[pieces]
    located = np.isfinite(places[:, 0])
    key = np.zeros(len(pieces))
    if located.any():
        centred = places[located] - places[located].mean(axis=0)
        widest = centred[:, centred.var(axis=0).argmax()]
        key[located] = widest
    order = np.argsort(key, kind="stable")
    n_given = min(max(len(pieces) // 2, 1), n_owned - 1)
    return pieces[order[:n_given]]


def _piece_positions(instance: Instance) -> FloatArray:
    """Average the positions of each piece's points, nan where it has none."""
    points = instance.points
    counts = np.diff(points.starts)
    sums = np.column_stack(
        [
            np.bincount(points.pieces, weights=axis, minlength=instance.n_pieces)
            for axis in points.positions_km.T
        ]
    )
    with np.errstate(invalid="ignore"):
        return sums / counts[:, np.newaxis]


def _clusters(
    positions_km: FloatArray, weights: FloatArray, n_clusters: int, seed: int
) -> IntArray:
    distinct, inverse = np.unique(positions_km, axis=0, return_inverse=True)
    places = inverse.reshape(-1)
    if len(distinct) <= n_clusters:
        return places.astype(np.int64)
    merged = np.bincount(places, weights=weights)
    find = find_clusters if len(distinct) <= REMEMBERED_PLACES else find_clusters.__wrapped__
    return find(distinct.tobytes(), merged.tobytes(), n_clusters, seed)[places]


@lru_cache(maxsize=REMEMBERED_COUNT)
def find_clusters(positions: bytes, weights: bytes, n_clusters: int, seed: int) -> IntArray:
    """Cluster places by scikit-learn's weighted k-means.

    Parameters
    ----------
    positions
        Bytes of the positions, shape (n_places, 2); bytes can be looked up.
    weights
        Bytes of the weights, shape (n_places,).
    n_clusters
        Number of clusters, fewer than places.
    seed
        Seed of scikit-learn.

    Returns
    -------
    IntArray
        Cluster of each place; shared by all who ask, so never to be changed.
    """
    positions_km = np.frombuffer(positions).reshape(-1, 2)
    with one_thread():
        model = KMeans(n_clusters, n_init=1, random_state=seed)
        model.fit(positions_km, sample_weight=np.frombuffer(weights))
    labels = np.asarray(model.labels_, dtype=np.int64)
    labels.setflags(write=False)
    return labels

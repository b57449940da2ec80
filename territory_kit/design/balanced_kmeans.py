"""A scikit-learn estimator: k-means clusters whose loads lie near their targets."""

import warnings
from numbers import Integral, Real
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import kmeans_plusplus
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import (
    _check_sample_weight,
    check_is_fitted,
    validate_data,
)

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.clusters.assign import Offer, assign
from territory_kit.design.clusters.given import (
    check_range,
    check_size,
    given_centres,
    read_limits,
    target_shares,
)
from territory_kit.design.clusters.improve import improve
from territory_kit.design.clusters.levels import has_levels
from territory_kit.design.clusters.piles import Piles, deal_rows, merge_rows
from territory_kit.design.clusters.search import Found, search
from territory_kit.design.clusters.tiny import best_division, is_tiny
from territory_kit.design.clusters.tree import LEAF_COUNT, build_tree
from territory_kit.design.threads import one_thread
from territory_kit.design.workers import hired
from territory_kit.errors import TerritoryKitWarning

# Starts that `n_init="auto"` takes: so many where they are made on coarse levels, fewer where all
# points are looked at. And how many points the starts of scikit-learn are drawn from.
MOST_STARTS, POINTS_PER_START, PLUS_PLUS_COUNT = 4, 10_000, 50_000


class UnbalancedClustersWarning(TerritoryKitWarning):
    """The clusters miss the tolerance; the message says what was reached."""


class BalancedKMeans(ClusterMixin, BaseEstimator):
    """Cluster points around weighted means, with the load of each cluster near its target.

    The load of a cluster is the sum of its sample weights. The same weights count in the
    inertia. Clusters come from a power diagram: each centre asks a price, and a point goes where
    squared distance plus price is least; moves of single points then settle what comes in lumps.

    Parameters
    ----------
    n_clusters
        Number of clusters.
    tolerance
        Allowed share above or below the target load, 0 or more; one number, or one per cluster.
    target_share
        Share of the total load that each cluster should hold, in any unit; None: even shares.
    init
        "bisect": cut the points into balanced parts; "k-means++": scikit-learn's starts; an array
        of shape (n_clusters, n_features): these centres; an array of shape (n_samples,): labels
        to start from, cluster by cluster under the same number.
    n_init
        Number of starts of which the best counts; "auto" takes several where they are cheap, and
        one for given centres or labels.
    max_iter
        Largest number of centre moves, on each level from coarse to fine.
    random_state
        Seed of the starts. The same seed gives the same clusters in any row order.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (n_clusters, n_features)
        Weighted mean of each cluster. They are computed from coincident rows merged into one, and a
        row of weight 2 counts as two rows: such a pile may lie in two clusters. Where `labels_`
        splits a pile otherwise, or cannot split a row that outweighs a target, its means differ.
    labels_ : ndarray of shape (n_samples,)
        Cluster of each row.
    loads_ : ndarray of shape (n_clusters,)
        Sum of the weights of each cluster.
    targets_ : ndarray of shape (n_clusters,)
        Load that each cluster should hold.
    inertia_ : float
        Sum of weight times squared distance to the centre.
    prices_ : ndarray of shape (n_clusters,)
        What each centre asks on top of the squared distance.
    n_iter_ : int
        Number of centre moves of the last level.
    n_features_in_ : int
        Number of features.

    Notes
    -----
    `predict` uses prices: it says where a new point belongs. On the fitted data it differs from
    `labels_` for the few points that were moved or split so that loads come out within the
    tolerance, and it knows no loads: it may give many new points to one cluster.

    Examples
    --------
    >>> import numpy as np
    >>> from territory_kit.design import BalancedKMeans
    >>> X = np.array([[0.0], [1.0], [2.0], [9.0]])
    >>> model = BalancedKMeans(2, tolerance=0.0, random_state=0).fit(X)
    >>> sorted(model.loads_.tolist())
    [2.0, 2.0]
    """

    _parameter_constraints: ClassVar[dict[str, list[object]]] = {
        "n_clusters": [Interval(Integral, 1, None, closed="left")],
        "tolerance": [Interval(Real, 0, None, closed="left"), "array-like"],
        "target_share": [None, "array-like"],
        "init": [StrOptions({"bisect", "k-means++"}), "array-like"],
        "n_init": [StrOptions({"auto"}), Interval(Integral, 1, None, closed="left")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    }

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        tolerance: float | ArrayLike = 0.05,
        target_share: ArrayLike | None = None,
        init: str | ArrayLike = "bisect",
        n_init: int | str = "auto",
        max_iter: int = 100,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.tolerance = tolerance
        self.target_share = target_share
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,
        y: object = None,  # noqa: ARG002  # reason: scikit-learn's convention
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Cluster points.

        Parameters
        ----------
        X
            Points, shape (n_samples, n_features).
        y
            Not used, present by convention.
        sample_weight
            Cost and load of each point, at least 0, not all 0; None: 1 each. A point of weight 0
            changes nothing and is labelled as `predict` does.

        Returns
        -------
        BalancedKMeans
            The fitted estimator.

        Raises
        ------
        ParameterError
            If there are fewer points than clusters, or arrays do not fit.
        """
        self._validate_params()
        rows = _writable(validate_data(self, X, dtype=np.float64, order="C"))
        weights = _writable(
            _check_sample_weight(sample_weight, rows, dtype=np.float64, ensure_non_negative=True)
        )
        check_size(len(rows), self.n_clusters)
        check_range(rows, weights)
        shares = target_shares(self.target_share, self.n_clusters)
        self.targets_ = shares * np.sort(weights).sum()
        limits = read_limits(self.targets_, self.tolerance)
        # Sums of several threads differ in their last digits.
        with one_thread("blas"):
            piles = merge_rows(rows, weights, float(limits[1].max()), self.n_clusters)
            found = self._search(rows, weights, piles, limits)
        self.cluster_centers_ = found.centres * piles.scale + piles.origin
        self.prices_ = found.prices * piles.scale**2
        self.n_iter_ = found.n_rounds
        self.labels_ = self._label(rows, weights, piles, found, limits)
        self.loads_ = _sum_loads(self.labels_, weights, self.n_clusters)
        ways = np.square(rows - self.cluster_centers_[self.labels_]).sum(axis=1)
        self.inertia_ = float(np.sort(weights * ways).sum())
        self._warn(limits, piles.n_piles)
        return self

    def predict(self, X: ArrayLike) -> IntArray:
        """Give each point to the centre where squared distance plus price is least.

        Parameters
        ----------
        X
            Points, shape (n_samples, n_features).

        Returns
        -------
        IntArray
            Cluster of each point. It depends on the point alone: not on its weight and not on
            what else is asked, so that loads of many new points may lie outside the tolerance;
            on the fitted data a few points at borders differ from `labels_`.
        """
        check_is_fitted(self)
        rows = _writable(validate_data(self, X, dtype=np.float64, order="C", reset=False))
        return _cheapest(rows, self.cluster_centers_, self.prices_)

    def _search(
        self,
        X: FloatArray,
        weights: FloatArray,
        piles: Piles,
        limits: tuple[FloatArray, FloatArray],
    ) -> Found:
        seed = check_random_state(self.random_state).randint(np.iinfo(np.int32).max)
        generator = np.random.default_rng(seed)
        starts = self._starts(X, weights, piles, generator)
        with hired() as workers:
            return search(
                piles.points,
                piles.weights,
                _of_pieces(limits),
                starts=starts,
                max_rounds=self.max_iter,
                generator=generator,
                workers=workers,
            )

    def _starts(
        self, X: FloatArray, weights: FloatArray, piles: Piles, generator: np.random.Generator
    ) -> list[FloatArray | None]:
        """List the centres to start from."""
        if not isinstance(self.init, str):
            centres = given_centres(self.init, X, weights, self.n_clusters)
            return [(centres - piles.origin) / piles.scale]
        n_starts = _count_starts(self.n_init, len(piles.points), self.n_clusters)
        if self.init == "bisect" or len(piles.points) <= self.n_clusters:
            return [None] * n_starts
        return [_plus_plus(piles, self.n_clusters, generator) for _ in range(n_starts)]

    def _label(
        self,
        X: FloatArray,
        weights: FloatArray,
        piles: Piles,
        found: Found,
        limits: tuple[FloatArray, FloatArray],
    ) -> IntArray:
        """Label the rows; where whole piles miss the limits, split them."""
        labels = deal_rows(piles, found.labels, weights, self.n_clusters)
        rest = labels < 0
        if rest.any():
            labels[rest] = _cheapest(X[rest], self.cluster_centers_, self.prices_)
        used = np.flatnonzero(~rest)
        is_piled = max(len(used), len(piles.points)) > piles.n_piles
        if is_piled and _missed(_sum_loads(labels, weights, self.n_clusters), limits).any():
            used = used[np.lexsort([weights[used], piles.pile_of_row[used]])]
            places = np.ascontiguousarray((X[used] - piles.origin) / piles.scale)
            if is_tiny(len(used), self.n_clusters):
                labels[used] = best_division(places, weights[used], *limits)
            else:
                labels[used] = improve(places, weights[used], labels[used], limits)
        return labels

    def _warn(self, limits: tuple[FloatArray, FloatArray], n_piles: int) -> None:
        """Warn of missed limits with the sums that were reached."""
        missed = _missed(self.loads_, limits)
        if not missed.any():
            return
        shares = self.loads_ / np.maximum(self.targets_, 1e-300)
        reached = (
            f"loads from {shares.min():.1%} to {shares.max():.1%} of their targets, "
            f"{int((missed > 0).sum())} of {self.n_clusters} clusters outside the tolerance"
        )
        what = "The clusters miss the tolerance"
        if n_piles < self.n_clusters:
            what = f"There are {n_piles} distinct points for {self.n_clusters} clusters"
        warnings.warn(
            f"{what}: {reached}. Allow a larger tolerance, ask for fewer clusters, or split the "
            "heaviest points.",
            UnbalancedClustersWarning,
            stacklevel=3,
        )


def _writable(given: FloatArray) -> FloatArray:
    """Copy an array that is locked: loops would be compiled anew for it, though they only read."""
    return np.require(given, requirements=["C", "W"])


def _of_pieces(limits: tuple[FloatArray, FloatArray]) -> tuple[FloatArray, FloatArray]:
    return np.maximum(limits[0], 0.0), limits[1]


def _sum_loads(labels: IntArray, weights: FloatArray, n_clusters: int) -> FloatArray:
    """Add up weights in ascending order, so that the order of rows does not matter."""
    order = np.lexsort([weights, labels])
    loads: FloatArray = np.zeros(n_clusters)
    np.add.at(loads, labels[order], weights[order])
    return loads


def _missed(loads: FloatArray, limits: tuple[FloatArray, FloatArray]) -> FloatArray:
    """Say by how much each cluster misses its limits."""
    missed: FloatArray = np.maximum(0.0, np.maximum(limits[0] - loads, loads - limits[1]))
    return missed


def _cheapest(X: FloatArray, centres: FloatArray, prices: FloatArray) -> IntArray:
    tree = build_tree(X, np.ones(len(X)), LEAF_COUNT)
    labels = np.empty(len(X), dtype=np.int64)
    with hired() as workers:
        labels[tree.order] = assign(tree, Offer(centres, prices), workers).labels
    return labels


def _count_starts(n_init: int | str, n_points: int, n_clusters: int) -> int:
    if not isinstance(n_init, str):
        return n_init
    if has_levels(n_points, n_clusters):
        return MOST_STARTS
    return max(1, min(MOST_STARTS, POINTS_PER_START // n_points))


def _plus_plus(piles: Piles, n_clusters: int, generator: np.random.Generator) -> FloatArray:
    """Draw starts by scikit-learn from a sample of the pieces."""
    chosen = np.arange(len(piles.points))
    if len(chosen) > PLUS_PLUS_COUNT:
        chosen = np.sort(generator.choice(chosen, PLUS_PLUS_COUNT, replace=False))
    with one_thread():
        centres, _ = kmeans_plusplus(
            piles.points[chosen],
            n_clusters,
            sample_weight=piles.weights[chosen],
            random_state=int(generator.integers(2**31)),
        )
    starts: FloatArray = centres
    return starts

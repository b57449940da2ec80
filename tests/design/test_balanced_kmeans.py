"""The estimator: scikit-learn's own checks, certain optima, corners, and what must not matter."""

import itertools
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.utils.estimator_checks import parametrize_with_checks
from threadpoolctl import threadpool_limits

from territory_kit.design import BalancedKMeans, UnbalancedClustersWarning
from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.errors import ParameterError


@pytest.mark.filterwarnings("ignore")
@parametrize_with_checks([BalancedKMeans()])  # type: ignore[untyped-decorator]  # reason: untyped library
def test_scikit_learn_accepts_the_estimator(
    estimator: BalancedKMeans, check: Callable[[BalancedKMeans], None]
) -> None:
    """The sample-weight equivalence checks are among them; no check is expected to fail."""
    check(estimator)


def draw(n_points: int, seed: int = 0, n_features: int = 2) -> tuple[FloatArray, FloatArray]:
    """Draw points around five towns, with uneven weights."""
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 100, (5, n_features))
    points = towns[random.integers(5, size=n_points)] + random.normal(0, 8, (n_points, n_features))
    return points, random.lognormal(0, 0.5, n_points)


def inertia_of(points: FloatArray, weights: FloatArray, labels: IntArray) -> float:
    """Add up the cost of labels around their own means, without the engine."""
    total = 0.0
    for label in np.unique(labels):
        here = labels == label
        mean = np.average(points[here], axis=0, weights=weights[here])
        total += float(weights[here] @ np.square(points[here] - mean).sum(axis=1))
    return total


def fit_quietly(model: BalancedKMeans, points: FloatArray, weights: FloatArray) -> BalancedKMeans:
    """Fit where a warning of missed tolerance is no surprise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnbalancedClustersWarning)
        return model.fit(points, sample_weight=weights)


@pytest.mark.parametrize(("n_points", "n_clusters"), [(6, 2), (7, 3), (10, 2), (5, 4)])
@pytest.mark.parametrize("seed", range(3))
def test_small_clusters_are_the_best_ones(n_points: int, n_clusters: int, seed: int) -> None:
    """Every division is tried by hand here: least missed limits first, then least inertia."""
    points, weights = draw(n_points, seed)
    model = fit_quietly(BalancedKMeans(n_clusters, tolerance=0.2), points, weights)
    mean = weights.sum() / n_clusters

    def value(labels: IntArray) -> tuple[float, float]:
        loads = np.bincount(labels, weights=weights, minlength=n_clusters)
        missed = np.maximum(np.abs(loads - mean) - 0.2 * mean, 0).sum() / mean
        return round(float(missed), 7), inertia_of(points, weights, labels)

    best = min(
        value(np.array(labels))
        for labels in itertools.product(range(n_clusters), repeat=n_points)
        if len(set(labels)) == n_clusters
    )
    assert value(model.labels_) == pytest.approx(best)
    if best[0] == 0.0:
        assert model.inertia_ == pytest.approx(best[1])


@settings(max_examples=30, deadline=None)
@given(
    n_points=st.integers(1, 40),
    n_clusters=st.integers(1, 8),
    kind=st.sampled_from(["cloud", "line", "piles", "giant", "zeros", "one place"]),
    seed=st.integers(0, 1000),
)
def test_any_points_are_clustered(n_points: int, n_clusters: int, kind: str, seed: int) -> None:
    points, weights = draw(n_points, seed)
    if kind == "line":
        points[:, 1] = 3.0
    elif kind == "piles":
        points = np.round(points / 40)
    elif kind == "giant":
        weights[0] = 50 * weights.sum()
    elif kind == "zeros":
        weights[1::2] = 0.0
    elif kind == "one place":
        points[:] = 7.0
    n_clusters = min(n_clusters, n_points)
    model = fit_quietly(BalancedKMeans(n_clusters, random_state=seed), points, weights)
    assert model.labels_.shape == (n_points,)
    assert set(model.labels_) <= set(range(n_clusters))
    loads = np.bincount(model.labels_, weights=weights, minlength=n_clusters)
    assert model.loads_ == pytest.approx(loads)
    assert np.isfinite(model.cluster_centers_).all()
    assert np.isfinite(model.prices_).all()
    ways = np.square(points - model.cluster_centers_[model.labels_]).sum(axis=1)
    assert model.inertia_ == pytest.approx(float(weights @ ways))


def test_one_cluster_is_the_mean() -> None:
    points, weights = draw(30)
    model = BalancedKMeans(1).fit(points, sample_weight=weights)
    assert model.cluster_centers_[0] == pytest.approx(np.average(points, axis=0, weights=weights))


def test_as_many_clusters_as_points_cost_nothing() -> None:
    points, _ = draw(30)
    model = BalancedKMeans(30).fit(points)
    assert sorted(model.labels_) == list(range(30))
    assert model.inertia_ == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("n_points", "n_clusters"), [(400, 5), (3500, 7), (30_000, 12)])
def test_every_load_is_within_the_tolerance(n_points: int, n_clusters: int) -> None:
    points, weights = draw(n_points)
    model = BalancedKMeans(n_clusters, tolerance=0.03, random_state=1).fit(
        points, sample_weight=weights
    )
    loads = np.bincount(model.labels_, weights=weights) / model.targets_
    assert np.abs(loads - 1).max() <= 0.03 + 1e-6


def test_shares_and_tolerances_differ_by_cluster() -> None:
    """A rep who works half the time gets half the load, as exactly as asked."""
    points, weights = draw(2000)
    model = BalancedKMeans(
        4, target_share=[2, 2, 1, 1], tolerance=[0.1, 0.01, 0.1, 0.01], random_state=0
    ).fit(points, sample_weight=weights)
    assert model.targets_ / weights.sum() == pytest.approx([1 / 3, 1 / 3, 1 / 6, 1 / 6])
    deviation = np.abs(model.loads_ / model.targets_ - 1)
    assert (deviation <= np.array([0.1, 0.01, 0.1, 0.01]) + 1e-6).all()


def test_many_features_are_balanced_too() -> None:
    points, weights = draw(500, n_features=12)
    model = BalancedKMeans(6, random_state=0).fit(points, sample_weight=weights)
    assert np.abs(model.loads_ / model.targets_ - 1).max() <= 0.05 + 1e-6


def test_rows_at_one_place_are_split_between_clusters() -> None:
    """60 rows at one place and 40 at another: four clusters of 25 need to split both."""
    points = np.repeat([[0.0, 0.0], [5.0, 0.0]], [60, 40], axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = BalancedKMeans(4, tolerance=0.0, random_state=0).fit(points)
    assert model.loads_.tolist() == [25.0] * 4


def test_a_giant_is_named_with_what_was_reached() -> None:
    points, weights = draw(50)
    weights[0] = 10 * weights.sum()
    with pytest.warns(UnbalancedClustersWarning, match=r"clusters outside the tolerance"):
        BalancedKMeans(3, random_state=0).fit(points, sample_weight=weights)


def test_too_few_places_are_named() -> None:
    points = np.array([[0.0], [0.0], [1.0], [1.0]])
    weights = np.array([5.0, 1.0, 1.0, 1.0])
    with pytest.warns(UnbalancedClustersWarning, match="There are 2 distinct points for 3"):
        BalancedKMeans(3, random_state=0).fit(points, sample_weight=weights)


@pytest.mark.parametrize("n_points", [60, 3500])
def test_the_order_of_rows_changes_nothing(n_points: int) -> None:
    points, weights = draw(n_points)
    order = np.random.default_rng(1).permutation(n_points)
    one = BalancedKMeans(5, random_state=3).fit(points, sample_weight=weights)
    two = BalancedKMeans(5, random_state=3).fit(points[order], sample_weight=weights[order])
    assert np.array_equal(one.labels_[order], two.labels_)
    assert np.array_equal(one.cluster_centers_, two.cluster_centers_)
    assert np.array_equal(one.prices_, two.prices_)


def test_moving_and_scaling_the_map_change_only_the_centres() -> None:
    points, weights = draw(300)
    one = BalancedKMeans(5, random_state=3).fit(points, sample_weight=weights)
    moved = BalancedKMeans(5, random_state=3).fit(points * 1000 + 64, sample_weight=weights)
    assert np.array_equal(one.labels_, moved.labels_)
    assert moved.inertia_ == pytest.approx(one.inertia_ * 1e6)


@pytest.mark.parametrize("n_points", [300, 2000])
def test_turning_the_map_gives_other_clusters_at_most_that_are_as_good(n_points: int) -> None:
    """Starts cut along directions drawn by chance: a turned map may end in another optimum."""
    points, weights = draw(n_points)
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    one = BalancedKMeans(5, random_state=3).fit(points, sample_weight=weights)
    turned = BalancedKMeans(5, random_state=3).fit(points @ turn, sample_weight=weights)
    assert turned.inertia_ == pytest.approx(one.inertia_, rel=0.005)


def test_threads_change_nothing() -> None:
    points, weights = draw(2000)
    fitted = []
    for n_threads in (1, 2):
        with threadpool_limits(n_threads):
            fitted.append(BalancedKMeans(6, random_state=0).fit(points, sample_weight=weights))
    assert np.array_equal(fitted[0].labels_, fitted[1].labels_)
    assert np.array_equal(fitted[0].cluster_centers_, fitted[1].cluster_centers_)


def test_the_input_stays_as_it_was() -> None:
    points, weights = draw(100)
    points.flags.writeable = weights.flags.writeable = False
    BalancedKMeans(4, random_state=0).fit(points, sample_weight=weights)


@pytest.mark.parametrize("kind", ["bisect", "k-means++", "centres", "labels"])
def test_starts_may_be_given(kind: str) -> None:
    points, weights = draw(600)
    first = BalancedKMeans(5, random_state=0).fit(points, sample_weight=weights)
    starts = {"centres": first.cluster_centers_, "labels": first.labels_}
    model = BalancedKMeans(5, init=starts.get(kind, kind), random_state=0)
    model.fit(points, sample_weight=weights)
    assert np.abs(model.loads_ / model.targets_ - 1).max() <= 0.05 + 1e-6
    if kind in starts:
        assert (model.labels_ == first.labels_).mean() > 0.9


def test_prediction_agrees_with_the_labels_but_for_borders() -> None:
    points, weights = draw(3500)
    model = BalancedKMeans(6, random_state=0).fit(points, sample_weight=weights)
    assert (model.predict(points) == model.labels_).mean() > 0.95
    asked = np.square(points[:, np.newaxis] - model.cluster_centers_).sum(axis=2) + model.prices_
    assert np.array_equal(model.predict(points), asked.argmin(axis=1))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_clusters": 21}, "fewer points than clusters: n_samples=20"),  # reason: 20 points
        ({"tolerance": [0.1, 0.1, 0.1]}, "neither one number nor one for each"),  # two clusters
        ({"tolerance": [0.1, -0.1]}, "neither one number nor one for each"),  # below 0
        ({"target_share": [1.0, 0.0]}, "not one number above 0 for each"),  # nothing to do
        ({"init": [[1.0, 2.0, 3.0]]}, "neither centres nor labels"),  # one centre, three features
    ],
)
def test_wrong_settings_say_what_to_do(options: dict[str, object], message: str) -> None:
    points, _ = draw(20)
    given_options: dict[str, object] = {"n_clusters": 2} | options
    with pytest.raises(ParameterError, match=message):
        BalancedKMeans(**given_options).fit(points)  # type: ignore[arg-type]  # reason: wrong ones


def test_weights_of_zero_are_refused() -> None:
    points, _ = draw(20)
    with pytest.raises(ValueError, match="at least one non-zero"):
        BalancedKMeans(2).fit(points, sample_weight=np.zeros(20))


@pytest.mark.parametrize(("n_points", "n_clusters"), [(3100, 20), (130_000, 40)])
def test_neither_rows_nor_threads_matter_on_coarse_levels(
    monkeypatch: pytest.MonkeyPatch, n_points: int, n_clusters: int
) -> None:
    """The second fit has other rows and another number of threads."""
    points, weights = draw(n_points)
    order = np.random.default_rng(1).permutation(n_points)
    one = BalancedKMeans(n_clusters, random_state=3).fit(points, sample_weight=weights)
    monkeypatch.setattr("territory_kit.design.workers.MOST_THREADS", 1)
    two = BalancedKMeans(n_clusters, random_state=3)
    two.fit(points[order], sample_weight=weights[order])
    assert np.array_equal(one.labels_[order], two.labels_)
    assert np.array_equal(one.cluster_centers_, two.cluster_centers_)


@pytest.mark.parametrize(("n_points", "n_clusters"), [(2500, 12), (30_000, 40)])
def test_towns_far_apart_are_balanced(n_points: int, n_clusters: int) -> None:
    """Between narrow towns of uneven size no small change of prices moves any load."""
    random = np.random.default_rng(0)
    sizes = random.pareto(1.1, 15) + 0.2
    towns = random.uniform(0, 1000, (15, 2))
    points = towns[random.choice(15, n_points, p=sizes / sizes.sum())]
    points = points + random.normal(size=points.shape)
    model = BalancedKMeans(n_clusters, random_state=0).fit(points)
    assert np.abs(model.loads_ / model.targets_ - 1).max() <= 0.05 + 1e-6


@pytest.mark.parametrize("kind", ["offset", "light", "heavy", "float32", "many features"])
def test_scales_do_not_matter(kind: str) -> None:
    points, weights = draw(400, n_features=20 if kind == "many features" else 2)
    if kind == "offset":
        points = points * 1e-3 + 1e8
    elif kind == "float32":
        points = points.astype(np.float32)
    elif kind in {"light", "heavy"}:
        weights = weights * (1e-12 if kind == "light" else 1e12)
    model = BalancedKMeans(6, random_state=0).fit(points, sample_weight=weights)
    assert np.abs(model.loads_ / model.targets_ - 1).max() <= 0.05 + 1e-6


@pytest.mark.parametrize(
    ("scale", "weight"), [(1.0, 1e308), (1e200, 1.0)], ids=["weights", "coordinates"]
)
def test_numbers_without_a_finite_sum_are_refused(scale: float, weight: float) -> None:
    points, _ = draw(50)
    with pytest.raises(ParameterError, match="too large to be added up"):
        BalancedKMeans(3).fit(points * scale, sample_weight=np.full(50, weight))


def test_centres_that_are_no_numbers_are_refused() -> None:
    points, _ = draw(50)
    with pytest.raises(ParameterError, match="neither centres nor labels"):
        BalancedKMeans(3, init=np.full((3, 2), np.nan)).fit(points)

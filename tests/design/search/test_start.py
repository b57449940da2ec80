"""Where the search begins: balanced clusters, and what they fall back to."""

from unittest.mock import Mock

import numpy as np
import pytest
from sklearn.cluster import KMeans

from territory_kit.design.arrays import FloatArray
from territory_kit.design.model.instance import Instance, build_instance
from territory_kit.design.problem import Problem
from territory_kit.design.search.start import (
    WIDEST,
    balanced_labels,
    cluster_labels,
    cluster_within,
    find_clusters,
    tightest_limits,
)

MODULE = "territory_kit.design.search.start"


def line(measures: FloatArray, lower: FloatArray, upper: FloatArray) -> Instance:
    """Put one unit on each kilometre of a line."""
    count = len(measures)
    return build_instance(
        Problem(
            positions_km=np.column_stack([np.arange(float(count)), np.zeros(count)]),
            distance_weights=np.ones(count),
            measures=measures,
            lower=lower,
            upper=upper,
        )
    )


def test_balanced_clusters_keep_the_limits_of_the_tightest_measure() -> None:
    """Twelve units, three territories: four each by the second measure, which allows nothing else.

    The first measure, 12 in the unit at the end, allows everything and is not looked at.
    """
    lopsided = np.where(np.arange(12) == 11, 12.0, 0.0)
    measures = np.column_stack([lopsided, np.ones(12)])
    limits = np.array([[0.0, 4.0]] * 3), np.array([[12.0, 4.0]] * 3)
    labels = balanced_labels(line(measures, *limits), seed=0)
    assert np.bincount(labels).tolist() == [4, 4, 4]
    assert (np.diff(labels) != 0).sum() == 2


def test_limits_are_told_in_mean_territories() -> None:
    """Ten units of 2 in two territories: a mean territory holds 10."""
    instance = line(np.full((10, 1), 2.0), np.full((2, 1), 8.0), np.full((2, 1), 11.0))
    measure, lower, upper = tightest_limits(instance)
    assert measure == 0
    assert lower == pytest.approx([0.8, 0.8])
    assert upper == pytest.approx([1.1, 1.1])


def test_limits_that_no_cluster_can_keep_are_still_limits() -> None:
    """A lower limit of three mean territories, where there are two."""
    instance = line(np.ones((10, 1)), np.full((2, 1), 15.0), np.full((2, 1), 20.0))
    _, lower, upper = tightest_limits(instance)
    assert (lower <= upper).all()
    assert len(np.unique(balanced_labels(instance, seed=0))) == 2


def test_without_limits_clusters_are_those_of_positions() -> None:
    instance = line(np.zeros((10, 0)), np.zeros((2, 0)), np.zeros((2, 0)))
    assert (tightest_limits(instance)[2] >= WIDEST).all()
    balanced, plain = (way(instance, seed=3) for way in (balanced_labels, cluster_labels))
    assert balanced.tolist() == plain.tolist()


def test_clusters_of_uneven_targets_hold_uneven_loads() -> None:
    """Nine places, one part-time cluster of a third: three places for it, six for the other."""
    places = np.column_stack([np.arange(9.0), np.zeros(9)])
    shares = np.array([2.0, 4.0]) / 3
    labels = cluster_within(places, np.ones(9), shares, shares, seed=0)
    assert np.bincount(labels).tolist() == [3, 6]


def test_proposals_that_differ_in_limits_only_begin_from_the_same_clusters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = Mock(wraps=KMeans)
    monkeypatch.setattr(f"{MODULE}.KMeans", model)
    find_clusters.cache_clear()
    wide, tight = (
        line(np.ones((10, 1)), np.full((2, 1), low), np.full((2, 1), 10.0 - low)) for low in (1, 5)
    )
    labels = [cluster_labels(instance, seed=3).tolist() for instance in (wide, tight)]
    assert labels[0] == labels[1]
    assert model.call_count == 1
    cluster_labels(tight, seed=4)
    assert model.call_count == 2


def test_many_places_are_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{MODULE}.REMEMBERED_PLACES", 9)
    find_clusters.cache_clear()
    cluster_labels(line(np.ones((10, 1)), np.zeros((2, 1)), np.full((2, 1), 9.0)), seed=3)
    assert find_clusters.cache_info().currsize == 0

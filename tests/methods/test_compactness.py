"""Compactness of territories, measured on points."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.compactness import (
    flag_overlaps,
    mean_distance_km,
    overlap_share,
    weighted_centre_km,
)

Floats = NDArray[np.float64]
COORDINATES = st.floats(-500, 500)
NOWHERE = [np.nan, np.nan]


def points(*places: Sequence[float]) -> Floats:
    return np.array(places, dtype=np.float64)


def test_the_centre_is_the_weighted_mean() -> None:
    # (1·0 + 2·3) / 3
    assert weighted_centre_km(points([0, 0], [3, 0]), np.array([1.0, 2])).tolist() == [2, 0]


def test_points_without_weight_count_equally() -> None:
    assert weighted_centre_km(points([0, 0], [4, 2]), np.zeros(2)).tolist() == [2, 1]


def test_a_missing_place_does_not_move_the_centre() -> None:
    # only the known point weighs nothing: it still is the centre
    found = weighted_centre_km(points([1, 2], NOWHERE), np.array([0.0, 9]))
    assert found.tolist() == [1, 2]


def test_no_known_place_has_no_centre() -> None:
    assert np.isnan(weighted_centre_km(points(NOWHERE), np.ones(1))).all()


def test_mean_distance_weighs_each_way() -> None:
    # ways of 2 and 1 to (2, 0): (1·2 + 2·1) / 3
    distance = mean_distance_km(points([0, 0], [3, 0]), np.array([1.0, 2]), np.array([2.0, 0]))
    assert distance == pytest.approx(4 / 3)


def test_missing_places_and_weightless_points_are_passed_over() -> None:
    places, weights = points([3, 4], NOWHERE, [90, 90]), np.array([2.0, 5, 0])
    assert mean_distance_km(places, weights, np.zeros(2)) == pytest.approx(5)


@pytest.mark.parametrize(
    ("place", "weight", "centre"),
    [(NOWHERE, 1.0, [0.0, 0.0]), ([1.0, 1.0], 0.0, [0.0, 0.0]), ([1.0, 1.0], 1.0, NOWHERE)],
    ids=["no place", "no weight", "no centre"],
)
def test_there_is_no_mean_distance_without_place_weight_and_centre(
    place: list[float], weight: float, centre: list[float]
) -> None:
    assert np.isnan(mean_distance_km(points(place), np.array([weight]), np.array(centre)))


def test_overlap_counts_points_within_the_hull_of_others() -> None:
    # (1, 2) lies in the square; no corner of the square lies in the triangle: 1 of 7
    square, triangle = [[0, 0], [4, 0], [0, 4], [4, 4]], [[1, 2], [10, 2], [10, 1]]
    places, labels = points(*square, *triangle), np.array([0] * 4 + [1] * 3)
    assert overlap_share(places, labels) == pytest.approx(1 / 7)


def test_territories_side_by_side_do_not_overlap() -> None:
    places = points([0, 0], [1, 0], [0, 1], [5, 5], [6, 5], [5, 6])
    assert overlap_share(places, np.array([0, 0, 0, 1, 1, 1])) == 0


def test_a_point_within_two_other_hulls_counts_once() -> None:
    wide = [[-9, -9], [9, -9], [0, 9]]
    places = points(*wide, *[[-x, y] for x, y in wide], [0, 0])
    # the two triangles are the same: all seven points lie in the hull of another
    assert overlap_share(places, np.array([0, 0, 0, 1, 1, 1, 2])) == 1


@pytest.mark.parametrize(
    "others",
    [[[0, 0]], [[-1, 0], [1, 0]], [[-1, 0], [0, 0], [1, 0]]],
    ids=["one point", "two points", "points on a line"],
)
def test_a_territory_without_area_holds_nothing(others: list[list[float]]) -> None:
    places = points([0, 0], *others)
    assert overlap_share(places, np.array([0] + [1] * len(others))) == 0


def test_points_without_place_or_territory_are_left_out() -> None:
    # of the square and the point inside only the point without owner is gone
    places = points([0, 0], [4, 0], [0, 4], [1, 1], NOWHERE)
    assert overlap_share(places, np.array([0, 0, 0, -1, 1])) == 0


def test_no_points_do_not_overlap() -> None:
    assert overlap_share(points(NOWHERE), np.array([0])) == 0


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    places=st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=12),
    count=st.integers(1, 4),
)
def test_overlap_is_a_share_and_one_territory_has_none(
    places: list[tuple[float, float]], count: int
) -> None:
    positions, labels = np.array(places), np.arange(len(places)) % count
    assert 0 <= overlap_share(positions, labels) <= (count > 1)


def test_only_points_in_another_hull_are_flagged() -> None:
    places = points([0, 0], [4, 0], [0, 4], [1, 1], NOWHERE, [1, 1.5])
    flags = flag_overlaps(places, np.array([0, 0, 0, 1, 1, -1]))
    assert flags.tolist() == [False, False, False, True, False, False]

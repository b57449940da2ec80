"""Distances on the globe, the plane of a region, areas of points."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.geo import (
    EARTH_RADIUS_KM,
    haversine_km,
    hull_area_km2,
    middle_of,
    nearby_groups,
    project_km,
)

Floats = NDArray[np.float64]
LATITUDES = st.floats(-89, 89)
LONGITUDES = st.floats(-180, 180)


def plane_distances(places: Floats) -> Floats:
    """Return the distance from each place to all others, shape (n, n)."""
    return np.asarray(np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)))


def places_within_500_km(lat_deg: float, lon_deg: float) -> tuple[Floats, Floats]:
    """Return places all around a point: a ring at 500 km, a ring at 250 km and the point."""
    bearing = np.concatenate([np.radians(np.arange(360.0)), np.radians(np.arange(360.0)), [0.0]])
    angle = np.repeat([500.0, 250.0, 0.0], [360, 360, 1]) / EARTH_RADIUS_KM
    lat0 = np.radians(lat_deg)
    sin_lat = np.sin(lat0) * np.cos(angle) + np.cos(lat0) * np.sin(angle) * np.cos(bearing)
    turned = np.arctan2(
        np.sin(bearing) * np.sin(angle) * np.cos(lat0), np.cos(angle) - np.sin(lat0) * sin_lat
    )
    return np.degrees(np.arcsin(sin_lat)), lon_deg + np.degrees(turned)


def test_one_degree_north_is_111_km() -> None:
    # 6371.0088 · pi / 180
    assert haversine_km(48, 2, 49, 2) == pytest.approx(111.1951, abs=1e-4)


def test_a_degree_of_longitude_at_sixty_north_is_half_as_long() -> None:
    # cos 60° = 1/2, nearly: the great circle cuts the corner
    assert haversine_km(60, 2, 60, 3) == pytest.approx(111.1951 / 2, abs=1e-2)


@pytest.mark.oracle
def test_the_published_distance_between_two_airports() -> None:
    # Nashville to Los Angeles, 2886.444442838 km on a sphere of 6371 km
    distance = float(haversine_km(36.12, -86.67, 33.94, -118.40))
    assert distance * 6371 / EARTH_RADIUS_KM == pytest.approx(2886.444442838, abs=1e-6)
    assert distance * 6372.8 / EARTH_RADIUS_KM == pytest.approx(2887.260, abs=5e-4)


def test_opposite_ends_of_the_earth_are_half_a_turn_apart() -> None:
    # at 8° rounding errors make the chord longer than the diameter
    assert haversine_km(8, 0, -8, 180) == pytest.approx(np.pi * EARTH_RADIUS_KM)


def test_distances_are_made_for_each_pair_that_shapes_allow() -> None:
    found = haversine_km(np.zeros((2, 1)), np.zeros((2, 1)), np.zeros(3), np.arange(3.0))
    assert found.shape == (2, 3)
    assert found[0].tolist() == pytest.approx([0, 111.1951, 222.3902], abs=1e-4)


def test_a_missing_coordinate_has_no_distance() -> None:
    assert np.isnan(haversine_km([48.0, np.nan], [2, 2], 48, 3)).tolist() == [False, True]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(start=st.tuples(LATITUDES, LONGITUDES), end=st.tuples(LATITUDES, LONGITUDES))
def test_the_way_back_is_as_long(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert haversine_km(*start, *end) == pytest.approx(float(haversine_km(*end, *start)))


def test_east_comes_before_north_and_the_reference_is_the_origin() -> None:
    places = project_km([48, 48, 49], [2, 3, 2], about=(48.0, 2.0))
    assert places[0].tolist() == [0, 0]
    # east: 111.1951 · cos 48° = 74.404, a little north of the parallel
    assert places[1].tolist() == pytest.approx([74.40, 0.48], abs=0.01)
    assert places[2].tolist() == pytest.approx([0, 111.1951], abs=1e-4)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(about=st.tuples(LATITUDES, LONGITUDES), place=st.tuples(LATITUDES, LONGITUDES))
def test_distances_from_the_reference_point_are_exact(
    about: tuple[float, float], place: tuple[float, float]
) -> None:
    east, north = project_km([place[0]], [place[1]], about=about)[0]
    expected = float(haversine_km(*about, *place))
    if expected < 0.99 * np.pi * EARTH_RADIUS_KM:  # the far side of the earth is a whole circle
        assert np.hypot(east, north) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("lat_deg", [0.0, 30.0, 47.0, 60.0, -38.0, 70.0])
def test_distances_within_500_km_are_off_by_less_than_a_fifth_of_a_percent(lat_deg: float) -> None:
    """The worst is at the rim, along it: c / sin c - 1 = 0.1 % at 500 km."""
    lat, lon = places_within_500_km(lat_deg, 2.0)
    true = haversine_km(lat[:, None], lon[:, None], lat[None], lon[None])
    apart = true > 1
    error = plane_distances(project_km(lat, lon, about=(lat_deg, 2.0)))[apart] / true[apart] - 1
    assert np.abs(error).max() < 0.002
    assert np.abs(error).max() == pytest.approx(0.00103, abs=1e-5)


def test_places_metres_apart_stay_apart() -> None:
    # one metre is 8.99e-6 degrees
    places = project_km([48.0, 48.00000899], [2, 2], about=(48.0, 2.0))
    assert places[1, 1] == pytest.approx(0.001, rel=1e-3)


def test_a_missing_coordinate_has_no_place() -> None:
    places = project_km([48, np.nan, 48], [2, 2, np.nan], about=(48.0, 2.0))
    assert np.isnan(places).any(axis=1).tolist() == [False, True, True]


def test_the_middle_is_that_of_the_box() -> None:
    assert middle_of([40, 41, 50], [0, 1, 4]) == (45, 2)


def test_a_missing_coordinate_does_not_move_the_middle() -> None:
    assert middle_of([40, 50, np.nan, 80], [0, 4, 90, np.nan]) == (45, 2)


def test_no_known_place_has_a_middle_all_the_same() -> None:
    assert middle_of([np.nan], [np.nan]) == (0, 0)


@pytest.mark.parametrize(
    ("lon_deg", "middle"), [([178, -179], 179.5), ([179, -177], -179), ([-180, 180], 180)]
)
def test_a_region_across_the_date_line_has_its_middle_there(
    lon_deg: list[float], middle: float
) -> None:
    assert middle_of([-18, -16], lon_deg) == (-17, middle)


def test_neighbours_across_the_date_line_stay_neighbours() -> None:
    lat, lon = [-17.0, -17.0], [179.0, -179.0]
    places = project_km(lat, lon, about=middle_of(lat, lon))
    assert plane_distances(places)[0, 1] == pytest.approx(
        float(haversine_km(-17, 179, -17, -179)), rel=1e-4
    )


def test_the_hull_of_a_square_has_its_area() -> None:
    # the point inside adds nothing, nor does the one without a place
    square = np.array([[0, 0], [10, 0], [0, 10], [10, 10], [4, 5], [np.nan, 3.0]])
    assert hull_area_km2(square) == pytest.approx(100)


@pytest.mark.parametrize(
    "places",
    [
        [],
        [[1, 1]],
        [[1, 1], [2, 5]],
        [[1, 1], [1, 1], [2, 5]],
        [[0, 0], [1, 1], [2, 2], [3, 3]],
        [[np.nan, 0], [0, 0], [1, 0], [0, np.nan]],
    ],
    ids=["none", "one", "two", "two and a twin", "on a line", "two known"],
)
def test_fewer_than_three_places_or_a_line_have_no_area(places: list[list[float]]) -> None:
    assert hull_area_km2(np.array(places, dtype=float).reshape(-1, 2)) == 0


def test_points_are_grouped_by_chains_of_steps() -> None:
    # 0.1 degrees of latitude are 11.1 km: the first three are joined step by step.
    lat, lon = [45.0, 45.1, 45.2, 46.0, 45.0], [5.0, 5.0, 5.0, 5.0, 6.0]
    first, second, third, north, east = nearby_groups(lat, lon, within_km=12)
    assert first == second == third
    assert len({first, north, east}) == 3
    assert len(set(nearby_groups(lat, lon, within_km=100))) == 1
    assert nearby_groups([], [], within_km=12).size == 0


def test_points_across_the_date_line_are_one_group() -> None:
    assert len(set(nearby_groups([-17.0, -17.0], [179.95, -179.95], within_km=20))) == 1

"""Flat maps keep distances from the middle and cross the date line in one piece."""

import numpy as np
import pytest

from territory_kit.report.projection import LocalMap, frame_around, map_about


def test_a_degree_of_latitude_is_111_km_north() -> None:
    """2 pi 6371 km / 360 = 111.19 km."""
    east, north = LocalMap(48.0, 2.0).to_km(np.array([49.0]), np.array([2.0]))
    assert (east[0], north[0]) == pytest.approx((0.0, 111.19), abs=0.01)


def test_a_degree_of_longitude_shrinks_with_latitude() -> None:
    """At 60 degrees a degree of longitude is half of 111.19 km."""
    east, _ = LocalMap(60.0, 0.0).to_km(np.array([60.0]), np.array([1.0]))
    assert east[0] == pytest.approx(55.6, abs=0.1)


def test_a_missing_place_stays_missing() -> None:
    east, north = LocalMap(48.0, 2.0).to_km(np.array([np.nan]), np.array([2.0]))
    assert np.isnan([east[0], north[0]]).all()


def test_a_region_across_the_date_line_stays_together() -> None:
    lat, lon = np.array([-17.0, -17.0]), np.array([179.0, -179.0])
    east, _ = map_about(lat, lon).to_km(lat, lon)
    assert np.ptp(east) == pytest.approx(2 * 111.19 * np.cos(np.radians(17)), rel=0.01)


@pytest.mark.parametrize(("lat", "lon"), [([48.0], [2.0]), ([np.nan], [np.nan]), ([], [])])
def test_one_place_or_none_still_has_a_frame(lat: list[float], lon: list[float]) -> None:
    frame = frame_around(np.array(lat), np.array(lon), flattest=0.6, tallest=1.05)
    assert (frame.width_km, frame.height_km) == pytest.approx((10.0, 10.0))


@pytest.mark.parametrize(("dlat", "dlon"), [(0.01, 4.0), (4.0, 0.01)])
def test_a_frame_is_neither_flatter_nor_taller_than_allowed(dlat: float, dlon: float) -> None:
    frame = frame_around(
        np.array([45.0, 45.0 + dlat]), np.array([3.0, 3.0 + dlon]), flattest=0.6, tallest=1.05
    )
    share = frame.height_km / frame.width_km
    assert 0.6 - 1e-9 <= share <= 1.05 + 1e-9

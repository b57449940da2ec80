"""Cities on a map: the largest inside the frame, spread out."""

import numpy as np

from territory_kit.report.cities import largest_cities
from territory_kit.report.projection import frame_around

# Brittany, roughly: Brest in the west, Rennes in the east.
FRAME = frame_around(np.array([47.5, 48.8]), np.array([-4.6, -1.3]), flattest=0.6, tallest=1.05)


def test_the_largest_city_comes_first() -> None:
    assert largest_cities(FRAME, count=2, nearest_km=20)["city"].tolist() == ["Rennes", "Brest"]


def test_no_city_lies_close_to_another() -> None:
    points = largest_cities(FRAME, count=9, nearest_km=30)[["east_km", "north_km"]].to_numpy()
    away = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    assert away[np.triu_indices(len(points), 1)].min() >= 30


def test_a_city_that_names_a_territory_is_left_out() -> None:
    found = largest_cities(FRAME, count=2, nearest_km=20, without=("Rennes Nord",))
    assert "Rennes" not in set(found["city"])


def test_the_open_sea_has_no_city() -> None:
    sea = frame_around(np.array([0.0]), np.array([-30.0]), flattest=0.6, tallest=1.05)
    assert largest_cities(sea, count=5, nearest_km=1).empty

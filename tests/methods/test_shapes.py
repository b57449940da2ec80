"""Compactness of polygons and of points."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.shapes import (
    measure_polygon,
    minimum_bounding_circle,
    tree_length_ratio,
    weighted_moment_km2,
)

Floats = NDArray[np.float64]

COORDINATES = st.integers(-6, 6)
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=9)
# Tests of pysal/esda: a notched polygon
NOTCHED = [(0, 0), (0.25, 0.25), (0, 0.5), (0.25, 0.75), (0, 1), (1.25, 1), (0.75, 0.5), (1.25, 0)]
# The same tests: four regions of a grid of eight by eight cells, the second in four parts
GRID = """
11122233
11442233
14444233
44444433
44444433
24444233
22442233
22222233
"""


def at(*points: tuple[float, float]) -> Floats:
    return np.array(points, dtype=float).reshape(-1, 2)


def box(west: float, south: float, east: float, north: float) -> Floats:
    return at((west, south), (east, south), (east, north), (west, north))


def cells_of(region: str) -> list[Floats]:
    rows = GRID.split()
    return [
        box(i, j, i + 1, j + 1)
        for i, j in itertools.product(range(8), range(8))
        if rows[i][j] == region
    ]


def moment_ratio_of_cells(cells: list[Floats]) -> float:
    """Return area² / 2πI of cells by the parallel axis theorem: a cell of 1 has I = 1/6."""
    centres = np.array([cell.mean(axis=0) for cell in cells])
    inertia = len(cells) / 6 + ((centres - centres.mean(axis=0)) ** 2).sum()
    return float(len(cells) ** 2 / (2 * math.pi * inertia))


def smallest_radius_by_hand(points: Floats) -> float:
    """Try every circle on two points and through three, and keep the smallest that holds all."""
    radii = [0.0] if len(np.unique(points, axis=0)) == 1 else []
    circles = [((a + b) / 2, math.dist(a, b) / 2) for a, b in itertools.combinations(points, 2)]
    for a, b, c in itertools.combinations(points, 3):
        sides = np.array([b - a, c - a])
        if abs(np.linalg.det(sides)) > 1e-9:
            from_a = np.linalg.solve(sides, (sides**2).sum(axis=1) / 2)
            circles.append((a + from_a, float(np.hypot(*from_a))))
    radii += [
        radius
        for centre, radius in circles
        if (np.hypot(*(points - centre).T) <= radius + 1e-9).all()
    ]
    return min(radii)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("measure", "published"),
    [
        ("area_km2", 0.875),
        ("perimeter_km", 5.328427),
        ("inertia_km4", 0.151786),
        ("polsby_popper", 0.387275),
        ("schwartzberg", 0.622315),
        ("reock", 0.434765),
        ("hull_ratio", 0.7),
        ("moment_ratio", 0.802796),
    ],
)
def test_a_notched_polygon_has_the_published_measures(measure: str, published: float) -> None:
    """Tests of pysal/esda, whose 0.622314 for the fifth is cut off and not rounded."""
    assert round(getattr(measure_polygon([at(*NOTCHED)]), measure), 6) == published


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("measure", "published"),
    [("polsby_popper", 0.785398), ("reock", 0.636620), ("moment_ratio", 0.954930)],
)
def test_a_square_has_the_published_measures(measure: str, published: float) -> None:
    """Pi / 4, 2 / pi and 3 / pi."""
    assert round(getattr(measure_polygon([box(0, 0, 1, 1)]), measure), 6) == published


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("region", "published"),
    [("1", 0.747336), ("2", 0.251270), ("3", 0.449379), ("4", 0.954930)],
)
def test_regions_of_a_grid_have_the_published_moment_ratios(region: str, published: float) -> None:
    """Tests of pysal/esda; the outlines of cells that touch leave the moments as they are."""
    assert round(measure_polygon(cells_of(region)).moment_ratio, 6) == published
    assert round(moment_ratio_of_cells(cells_of(region)), 6) == published


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("outlines", "inertia", "ratio"),
    [
        # an L: a square without a quarter of it
        ([at((-2, 0), (-1.5, 0), (-1.5, 0.5), (-1, 0.5), (-1, 1), (-2, 1))], 0.114583, 0.781306),
        # two parts
        ([box(-1.5, -2, -1, -1), box(0, -2, 1.25, -1)], 1.574591, 0.309548),
        # a hole
        ([box(0, 0, 1.81, 1.81), box(0.8, 0.8, 1.6, 1.6)[::-1]], 1.582102, 0.699052),
    ],
)
def test_parts_and_holes_have_the_published_moments(
    outlines: list[Floats], inertia: float, ratio: float
) -> None:
    """Tests of pysal/esda."""
    measured = measure_polygon(outlines)
    assert round(measured.inertia_km4, 6) == inertia
    assert round(measured.moment_ratio, 6) == ratio


def test_a_rectangle_is_measured_as_by_hand() -> None:
    # 4 by 1: P = 10, 4π·4/100; circle of radius √17/2; I = 4·(16 + 1)/12
    measured = measure_polygon([box(0, 0, 4, 1)])
    assert (measured.area_km2, measured.perimeter_km) == (4, 10)
    assert measured.polsby_popper == pytest.approx(0.16 * math.pi)
    assert measured.reock == pytest.approx(16 / (17 * math.pi))
    assert measured.inertia_km4 == pytest.approx(17 / 3)
    assert measured.hull_ratio == 1


def test_a_hole_takes_area_and_adds_border() -> None:
    # 9 less 1, and 12 + 4 of border
    measured = measure_polygon([box(0, 0, 3, 3), box(1, 1, 2, 2)[::-1]])
    assert (measured.area_km2, measured.perimeter_km) == (8, 16)
    assert measured.hull_ratio == pytest.approx(8 / 9)


def test_a_polygon_of_many_corners_comes_near_a_disc() -> None:
    angles = np.linspace(0, 2 * math.pi, 720, endpoint=False)
    measured = measure_polygon([np.column_stack([np.cos(angles), np.sin(angles)])])
    for name in ("polsby_popper", "schwartzberg", "reock", "hull_ratio", "moment_ratio"):
        assert getattr(measured, name) == pytest.approx(1, abs=1e-4)
        assert getattr(measured, name) <= 1


def test_an_outline_may_be_closed_turned_round_and_have_corners_twice() -> None:
    straight = measure_polygon([at(*NOTCHED)])
    repeated = [NOTCHED[0], *NOTCHED, NOTCHED[0]]
    assert measure_polygon([at(*repeated)]) == straight
    turned = measure_polygon([at(*NOTCHED[::-1])])
    assert turned.moment_ratio == pytest.approx(straight.moment_ratio)
    assert turned.area_km2 == pytest.approx(straight.area_km2)


@settings(deadline=None, max_examples=60)
@given(
    east=st.floats(-5000, 5000),
    north=st.floats(-5000, 5000),
    scale=st.floats(0.1, 500),
    angle=st.floats(0, 6),
)
def test_ratios_know_neither_place_nor_size_nor_direction(
    east: float, north: float, scale: float, angle: float
) -> None:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = measure_polygon([scale * at(*NOTCHED) @ turn + np.array([east, north])])
    still = measure_polygon([at(*NOTCHED)])
    assert moved.area_km2 == pytest.approx(still.area_km2 * scale**2, rel=1e-6)
    for name in ("polsby_popper", "schwartzberg", "reock", "hull_ratio", "moment_ratio"):
        assert getattr(moved, name) == pytest.approx(getattr(still, name), rel=1e-6)


@pytest.mark.parametrize(
    ("outlines", "message"),
    [
        ([], "polygon needs an outline"),
        ([at((0, 0), (1, 1))], "three corners that are not on one line"),
        ([at((0, 0), (1, 1), (2, 2))], "three corners that are not on one line"),
        ([at((0, 0), (1, 1), (0, 0), (1, 1))], "three corners that are not on one line"),
        ([at((0, 0), (1, math.nan), (1, 1))], "rows of two known coordinates"),
        ([np.zeros((4, 3))], "rows of two known coordinates"),
        ([at((0, 0), (2, 2), (2, 0), (0, 2))], "outline must not cross itself.*walks round it"),
        ([box(0, 0, 1, 1), box(0, 0, 1, 1)[::-1]], "polygon has no area"),
    ],
)
def test_what_is_no_outline_is_refused(outlines: list[Floats], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        measure_polygon(outlines)


@pytest.mark.parametrize(
    ("points", "centre", "radius"),
    [
        (at((3, 4)), (3, 4), 0),
        (at((0, 0), (2, 0)), (1, 0), 1),
        (at((1, 1), (0, 0), (3, 3)), (1.5, 1.5), 1.5 * math.sqrt(2)),
        # obtuse: the longest side is the diameter
        (at((0, 0), (10, 0), (5, 1)), (5, 0), 5),
        # equilateral: the circle goes through all three
        (at((0, 0), (2, 0), (1, math.sqrt(3))), (1, 1 / math.sqrt(3)), 2 / math.sqrt(3)),
        (box(0, 0, 2, 2), (1, 1), math.sqrt(2)),
        (at((0, 0), (math.nan, 5), (2, 0)), (1, 0), 1),
        # almost on one line, which is no hull, with the ends neither first nor last
        (at((0, 0), (1e-17, 4), (-1e-17, 2)), (0, 2), 2),
    ],
)
def test_the_smallest_circle_is_the_one_worked_out_by_hand(
    points: Floats, centre: tuple[float, float], radius: float
) -> None:
    found_centre, found_radius = minimum_bounding_circle(points)
    assert found_centre.tolist() == pytest.approx(list(centre))
    assert found_radius == pytest.approx(radius)


@settings(deadline=None, max_examples=80)
@given(points=POINTS)
def test_no_circle_on_two_or_through_three_points_is_smaller(
    points: list[tuple[int, int]],
) -> None:
    positions = at(*points)
    centre, radius = minimum_bounding_circle(positions)
    assert radius == pytest.approx(smallest_radius_by_hand(positions), abs=1e-9)
    assert (np.hypot(*(positions - centre).T) <= radius + 1e-9).all()


def test_a_circle_around_nothing_is_refused() -> None:
    with pytest.raises(ParameterError, match="circle needs a known point"):
        minimum_bounding_circle(at((math.nan, 1)))


def test_the_moment_is_the_weighted_sum_of_squared_distances() -> None:
    # centre at 1: 3 · 1² + 1 · 3²
    assert weighted_moment_km2(at((0, 0), (4, 0)), np.array([3.0, 1])) == pytest.approx(12)


def test_without_weights_each_point_weighs_one_and_unknown_points_nothing() -> None:
    # centre at 2: 2² + 2²
    points = at((0, 0), (4, 0), (math.nan, 0))
    assert weighted_moment_km2(points, np.zeros(3)) == pytest.approx(8)
    assert weighted_moment_km2(points, np.array([1.0, 1, 9])) == pytest.approx(8)


def test_the_moment_of_no_point_is_nothing() -> None:
    assert weighted_moment_km2(at((math.nan, 0)), np.ones(1)) == 0


def test_a_tree_joins_the_corners_of_a_square_by_three_sides() -> None:
    # 3 over √(4 · 1)
    assert tree_length_ratio(box(0, 0, 1, 1)) == pytest.approx(1.5)
    assert tree_length_ratio(box(0, 0, 1, 1), area_km2=4) == pytest.approx(0.75)


def test_points_at_one_place_count_once_and_unknown_ones_never() -> None:
    points = np.vstack([box(0, 0, 1, 1), at((0, 0), (math.nan, 3))])
    assert tree_length_ratio(points) == pytest.approx(1.5)


@pytest.mark.parametrize("points", [at((1, 1)), at((0, 0), (1, 1), (2, 2)), at((math.nan, 0))])
def test_one_place_and_places_on_a_line_have_no_tree_ratio(points: Floats) -> None:
    assert math.isnan(tree_length_ratio(points))


def test_places_on_a_line_have_one_in_a_given_area() -> None:
    # length 2 over √(3 · 3)
    points = at((0, 0), (1, 0), (2, 0))
    assert tree_length_ratio(points, area_km2=3) == pytest.approx(2 / 3)


def test_random_places_have_a_ratio_about_two_thirds_and_clusters_less() -> None:
    rng = np.random.default_rng(5)
    spread = rng.random((400, 2))
    clustered = rng.random((4, 2))[rng.integers(4, size=400)] + 0.02 * rng.random((400, 2))
    assert tree_length_ratio(spread, area_km2=1) == pytest.approx(0.66, abs=0.03)
    assert tree_length_ratio(clustered, area_km2=1) < 0.1


@pytest.mark.parametrize("area", [0.0, -1.0, math.nan])
def test_an_area_that_is_none_is_refused(area: float) -> None:
    with pytest.raises(ParameterError, match="area must be above 0"):
        tree_length_ratio(box(0, 0, 1, 1), area_km2=area)

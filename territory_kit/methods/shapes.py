"""Compactness of drawn territories, and of accounts where none are drawn.

Outlines must lie in a plane in kilometres, never in degrees, and must be real borders: a hull or a
cell that is drawn around points for display says nothing about compactness.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import ConvexHull
from scipy.spatial.distance import pdist, squareform

from territory_kit.errors import ParameterError
from territory_kit.methods.compactness import weighted_centre_km
from territory_kit.methods.geo import hull_area_km2

_CORNERS_OF_A_TRIANGLE = 3

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class PolygonCompactness:
    """Size of a polygon, and how near it comes to a disc.

    Parameters
    ----------
    area_km2, perimeter_km
        Area without holes; length of all borders, those of holes too.
    inertia_km4
        Second moment of area about the centroid.
    polsby_popper
        4πA/P²: area over that of a disc with the same perimeter.
    schwartzberg
        Perimeter of a disc with the same area, over the perimeter: the root of Polsby-Popper.
    reock
        Area over that of the smallest circle around the polygon.
    hull_ratio
        Area over that of the convex hull.
    moment_ratio
        Second moment of a disc with the same area, over the polygon's: normalised moment of
        inertia.

    Notes
    -----
    All ratios go from 0 to 1, and a disc has 1 in each.
    """

    area_km2: float
    perimeter_km: float
    inertia_km4: float
    polsby_popper: float
    schwartzberg: float
    reock: float
    hull_ratio: float
    moment_ratio: float


def measure_polygon(outlines: Sequence[Floats]) -> PolygonCompactness:
    """Compute the compactness of a polygon of one or more parts, with or without holes.

    Parameters
    ----------
    outlines
        Corners of each outline in order, km in a plane, each of shape (n_corners, 2), at least
        three corners; the first may be repeated at the end. Outlines of holes turn the other way
        round than those of parts, as GeoJSON and shapefiles write them.

    Returns
    -------
    PolygonCompactness
        Size and five measures.

    Raises
    ------
    ParameterError
        When an outline has less than three corners, no area or unknown corners, or crosses itself.

    Notes
    -----
    Which measure is chosen changes which plan looks best, and none says how long the tours are:
    show travel first.

    References
    ----------
    Polsby, D., Popper, R. (1991), "The Third Criterion", Yale Law and Policy Review 9(2).
    Schwartzberg, J. (1966), "Reapportionment, Gerrymanders, and the Notion of Compactness",
    Minnesota Law Review 50. Reock, E. (1961), "A Note: Measuring Compactness as a Requirement of
    Legislative Apportionment", Midwest Journal of Political Science 5(1). Li, W., Goodchild, M.,
    Church, R. (2013), "An Efficient Measure of Compactness for Two-Dimensional Shapes",
    International Journal of Geographical Information Science 27(6),
    doi:10.1080/13658816.2012.752093.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    >>> round(measure_polygon([square]).polsby_popper, 6)
    0.785398
    """
    if not outlines:
        raise _refusal("A polygon needs an outline", "none", "Give the corners of at least one.")
    rings = [_checked(np.asarray(outline, dtype=np.float64)) for outline in outlines]
    area, inertia = _area_and_inertia(rings)
    perimeter = float(sum(np.hypot(*(np.roll(ring, -1, axis=0) - ring).T).sum() for ring in rings))
    corners = np.concatenate(rings)
    _, radius = minimum_bounding_circle(corners)
    polsby_popper = 4 * math.pi * area / perimeter**2
    return PolygonCompactness(
        area_km2=area,
        perimeter_km=perimeter,
        inertia_km4=inertia,
        polsby_popper=polsby_popper,
        schwartzberg=math.sqrt(polsby_popper),
        reock=area / (math.pi * radius**2),
        hull_ratio=area / hull_area_km2(corners),
        moment_ratio=area**2 / (2 * math.pi * inertia),
    )


def minimum_bounding_circle(positions_km: Floats) -> tuple[Floats, float]:
    """Find the smallest circle that holds all points; centre and radius in km.

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2), at least one; rows with nan are passed over.

    Returns
    -------
    tuple of numpy.ndarray and float
        Centre of shape (2,) and radius in km; 0 for a single place.

    Raises
    ------
    ParameterError
        When no point is known.

    Notes
    -----
    Exact up to rounding. Starts at a side of the convex hull and goes to the corner that sees the
    side under the smallest angle. The circle through the three is the smallest one when they make
    no obtuse angle; otherwise the search goes on from the side opposite to it.

    References
    ----------
    Chrystal, G. (1885), "On the Problem to Construct the Minimum Circle Enclosing n Given Points in
    the Plane", Proceedings of the Edinburgh Mathematical Society 3.
    """
    places = np.unique(positions_km[np.isfinite(positions_km).all(axis=1)], axis=0)
    if not len(places):
        raise _refusal("A circle needs a known point", "none", "Give at least one position.")
    if hull_area_km2(places) == 0:  # one place, or all on one line
        along = places[:, np.ptp(places, axis=0).argmax()]
        return _circle_on(places[along.argmin()], places[along.argmax()])
    corners = places[ConvexHull(places).vertices]
    start, end = 0, 1
    for _ in corners:  # each step widens the circle, so that no side comes twice
        seen = _angles(corners, corners[start], corners[end])
        seen[[start, end]] = np.inf
        third = int(seen.argmin())
        if seen[third] >= math.pi / 2:
            return _circle_on(corners[start], corners[end])
        at_start = _angles(corners[[start]], corners[end], corners[third])[0]
        at_end = _angles(corners[[end]], corners[start], corners[third])[0]
        if max(at_start, at_end) <= math.pi / 2:
            break
        start, end = (end, third) if at_start > at_end else (start, third)
    return _circle_through(corners[start], corners[end], corners[third])


def weighted_moment_km2(positions_km: Floats, weights: Floats) -> float:
    """Compute the weighted sum of squared distances to the weighted centre, weight times km².

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over.
    weights
        Shape (n,), 0 or more; all zero means equal weights of 1.

    Returns
    -------
    float
        Weight times km²; 0 when no point is known.

    References
    ----------
    Hess, S., Weaver, J., Siegfeldt, H., Whelan, J., Zitlau, P. (1965), "Nonpartisan Political
    Redistricting by Computer", Operations Research 13(6), doi:10.1287/opre.13.6.998.
    """
    known = np.isfinite(positions_km).all(axis=1)
    points, kept = positions_km[known], weights[known]
    if not len(points):
        return 0.0
    kept = kept if kept.sum() > 0 else np.ones(len(points))
    return float(kept @ ((points - weighted_centre_km(points, kept)) ** 2).sum(axis=1))


def tree_length_ratio(positions_km: Floats, *, area_km2: float | None = None) -> float:
    """Compute the length of the minimum spanning tree of places over √(n·A).

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over, and points at the same
        place count as one.
    area_km2
        Area that the places lie in, above 0; by default that of their convex hull.

    Returns
    -------
    float
        About 0.66 for places at random in a given area, less where they cluster. Their own hull is
        smaller than the area they come from, which makes it 0.87 for 20 places and 0.70 for 200:
        compare territories of like numbers only. nan for fewer than two places or an area of 0.

    Raises
    ------
    ParameterError
        When an area is given that is not above 0.

    References
    ----------
    Steele, J. M. (1988), "Growth Rates of Euclidean Minimal Spanning Trees with Power Weighted
    Edges", Annals of Probability 16(4), doi:10.1214/aop/1176991596.
    """
    if area_km2 is not None and not 0 < area_km2 < math.inf:
        raise _refusal("The area must be above 0", f"{area_km2:g}", "Leave it out for the hull's.")
    places = np.unique(positions_km[np.isfinite(positions_km).all(axis=1)], axis=0)
    area = hull_area_km2(places) if area_km2 is None else area_km2
    if len(places) <= 1 or area == 0:
        return math.nan
    tree = minimum_spanning_tree(squareform(pdist(places)))
    return float(tree.sum()) / math.sqrt(len(places) * area)


def _checked(ring: Floats) -> Floats:
    """Return an outline without its repeated corners, once it is known to be one."""
    if ring.ndim != 2 or ring.shape[1] != 2 or not np.isfinite(ring).all():  # noqa: PLR2004 - plane
        raise _refusal(
            "An outline must be rows of two known coordinates",
            str(ring.tolist()),
            "Complete its corners, or leave the outline out.",
        )
    ring = ring[(ring != np.roll(ring, 1, axis=0)).any(axis=1)]
    if len(np.unique(ring, axis=0)) < _CORNERS_OF_A_TRIANGLE or hull_area_km2(ring) == 0:
        raise _refusal(
            "An outline must have three corners that are not on one line",
            str(ring.tolist()),
            "Give the corners of an area.",
        )
    if any(_crosses(ring, side) for side in range(len(ring))):
        raise _refusal(
            "An outline must not cross itself",
            f"{len(ring)} corners",
            "Give its corners in the order in which one walks round it.",
        )
    return ring


def _crosses(ring: Floats, side: int) -> bool:
    """Tell whether one side of an outline crosses another; touching is no crossing."""
    ends = np.roll(ring, -1, axis=0)
    start, end = ring[side], ends[side]
    parts = _turn(start, end, ring) * _turn(start, end, ends) < 0
    is_parted = _turn(ring, ends, start) * _turn(ring, ends, end) < 0
    return bool((parts & is_parted).any())


def _turn(start: Floats, end: Floats, point: Floats) -> Floats:
    """Return which way one turns at ``end`` to reach ``point``: left is positive."""
    along, towards = (end - start).T, (point - start).T
    return np.asarray(along[0] * towards[1] - along[1] * towards[0])


def _area_and_inertia(rings: list[Floats]) -> tuple[float, float]:
    """Integrate along the outlines by Green's theorem; holes turn round and so count negative."""
    # about a point within, since the moments of a far origin would drown the differences
    origin = np.concatenate(rings).mean(axis=0)
    area, first, second = 0.0, np.zeros(2), 0.0
    for ring in rings:
        start = ring - origin
        end = np.roll(start, -1, axis=0)
        doubled = start[:, 0] * end[:, 1] - end[:, 0] * start[:, 1]
        area += doubled.sum() / 2
        first = first + doubled @ (start + end) / 6
        second += doubled @ (start**2 + start * end + end**2).sum(axis=1) / 12
    if math.isclose(area, 0.0, abs_tol=1e-12 * hull_area_km2(np.concatenate(rings))):
        raise _refusal("The polygon has no area", "0", "Turn holes the other way round than parts.")
    return abs(float(area)), abs(float(second - first @ first / area))


def _angles(apexes: Floats, left: Floats, right: Floats) -> Floats:
    """Return the angles under which apexes see the line between two points, radians."""
    to_left, to_right = (left - apexes).T, (right - apexes).T
    cross = np.abs(to_left[0] * to_right[1] - to_left[1] * to_right[0])
    return np.asarray(np.arctan2(cross, (to_left * to_right).sum(axis=0)))


def _circle_on(left: Floats, right: Floats) -> tuple[Floats, float]:
    """Return the circle that two points are the ends of a diameter of."""
    return (left + right) / 2, float(np.hypot(*(right - left))) / 2


def _circle_through(a: Floats, b: Floats, c: Floats) -> tuple[Floats, float]:
    """Return the circle through the corners of a triangle."""
    sides = np.array([b - a, c - a])
    from_a = np.linalg.solve(sides, (sides**2).sum(axis=1) / 2)
    return a + from_a, float(np.hypot(*from_a))


def _refusal(what: str, value: str, remedy: str) -> ParameterError:
    return ParameterError(what, value=value, where="shapes", remedy=remedy)

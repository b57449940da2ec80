"""Expected length of tours without routing, from the number of places and their area.

A tour is closed and starts at home. All lengths here are straight; `circuity` turns them into road
kilometres. They are means: a single tour of five places strays from its own by 19 %, one of ten by
12 %, so that they tell the driving of a year and not of a day.
"""

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.geo import hull_area_km2
from territory_kit.methods.shapes import minimum_bounding_circle
from territory_kit.methods.travel import LOCAL_TOUR_FACTOR

Floats = NDArray[np.float64]
AreaShape = Literal["square", "disc", "rectangle"]

LIMIT_TOUR_CONSTANT = 0.7124
# Mean of exact tours of random places by number of places, home included; "rectangle" is 4:1.
SMALL_TOUR_CONSTANTS: dict[AreaShape, dict[int, float]] = {
    "square": {
        2: 0.738, 3: 0.898, 4: 0.945, 5: 0.952, 6: 0.946,
        7: 0.937, 8: 0.925, 9: 0.916, 10: 0.906, 12: 0.895,
    },
    "disc": {
        2: 0.726, 3: 0.884, 4: 0.924, 5: 0.931, 6: 0.923,
        7: 0.911, 8: 0.901, 9: 0.891, 10: 0.881, 12: 0.866,
    },
    "rectangle": {
        2: 1.019, 3: 1.236, 4: 1.289, 5: 1.288, 6: 1.268,
        7: 1.240, 8: 1.212, 9: 1.186, 10: 1.157, 12: 1.113,
    },
}  # fmt: skip
# Known for a square only; the more places there are, the less the shape of the area matters.
LARGE_TOUR_CONSTANTS: dict[int, float] = {
    20: 0.8584265, 30: 0.8269698, 40: 0.8129900, 50: 0.7994125, 60: 0.7908632,
    70: 0.7817751, 80: 0.7775367, 90: 0.7773827, 100: 0.7764689, 200: 0.7563542,
}  # fmt: skip
_LARGEST_COUNT = max(LARGE_TOUR_CONSTANTS)
# One place is no tour; it stands in the table so that means of 1 to 2 places have a constant.
_LONE_PLACE = {1: 0.0}


def tour_constant(places_count: float, *, shape: AreaShape = "square") -> float:
    """Compute the constant β of a tour: its expected length over √(n·A).

    Parameters
    ----------
    places_count
        Places on the tour, home included, 1 or more; means such as 6.4 are allowed.
    shape
        Shape of the area: a square, a disc, or a rectangle four times as long as wide.

    Returns
    -------
    float
        From the tables up to 200 places, between their entries in a straight line; beyond, the
        excess over 0.7124 falls with the square root of the number of places.

    Raises
    ------
    ParameterError
        When the number is below 1 or the shape is unknown.

    Notes
    -----
    The excess comes from the border, which fewer places touch the more there are. For discs and
    rectangles of more than 12 places the constant goes over to that of the square at 20.

    References
    ----------
    Franceschetti, A., Jabali, O., Laporte, G. (2017), "Continuous Approximation Models in Freight
    Distribution Management", TOP 25. Lei, H., Laporte, G., Liu, Y., Zhang, T. (2015), "Dynamic
    Design of Sales Territories", Computers & Operations Research 56. Johnson, D., McGeoch, L.,
    Rothberg, E. (1996), "Asymptotic Experimental Analysis for the Held-Karp Traveling Salesman
    Bound", 7th ACM-SIAM Symposium on Discrete Algorithms. Up to 12 places: own exact tours.

    Examples
    --------
    >>> tour_constant(5), round(tour_constant(11), 4)
    (0.952, 0.9005)
    """
    if shape not in SMALL_TOUR_CONSTANTS:
        raise _refusal(
            "The shape of the area is unknown", str(shape), "Give square, disc or rectangle."
        )
    if not 1 <= places_count < math.inf:
        raise _refusal(
            "A tour needs at least one place", f"{places_count:g}", "Count home as a place."
        )
    if places_count > _LARGEST_COUNT:
        excess = LARGE_TOUR_CONSTANTS[_LARGEST_COUNT] - LIMIT_TOUR_CONSTANT
        return LIMIT_TOUR_CONSTANT + excess * math.sqrt(_LARGEST_COUNT / places_count)
    table = _LONE_PLACE | SMALL_TOUR_CONSTANTS[shape] | LARGE_TOUR_CONSTANTS
    return float(np.interp(places_count, list(table), list(table.values())))


def tour_km(places_count: float, area_km2: float, *, shape: AreaShape = "square") -> float:
    """Compute the expected length of one tour of random places in an area, straight km.

    Parameters
    ----------
    places_count
        Places on the tour, home included, 1 or more.
    area_km2
        Area that the places lie in, home included, km², 0 or more.
    shape
        Shape of the area: a square, a disc, or a rectangle four times as long as wide.

    Returns
    -------
    float
        Length β·√(n·A) in km; 0 when home is the only place or all are at one place.

    Raises
    ------
    ParameterError
        When a number is out of its range or the shape is unknown.

    References
    ----------
    Beardwood, J., Halton, J., Hammersley, J. (1959), "The Shortest Path Through Many Points",
    Mathematical Proceedings of the Cambridge Philosophical Society 55(4).
    """
    _require_not_negative("area", area_km2)
    return tour_constant(places_count, shape=shape) * math.sqrt(places_count * area_km2)


def territory_tours_km(
    accounts_count: int,
    area_km2: float,
    *,
    from_home_km: float,
    stops_per_day: float,
    days_per_trip: float = 1.0,
) -> float:
    """Estimate the straight km of visiting every account of a territory once, over many days.

    Parameters
    ----------
    accounts_count
        Accounts to visit, home not included, 0 or more.
    area_km2
        Area that the accounts lie in, km², 0 or more; with 0 only the ways from home remain.
    from_home_km
        Mean straight distance from home to the accounts, km, 0 or more.
    stops_per_day
        Accounts visited on one day, above 0.
    days_per_trip
        Days from leaving home to coming back, 1 or more; nights away save ways from home.

    Returns
    -------
    float
        2·r·N/q + 0.57·√(N·A) in km for r km from home, N accounts and q stops per trip, where
        there is at least one trip; the way there and back for a single account.

    Raises
    ------
    ParameterError
        When a number is out of its range.

    Notes
    -----
    Solved tours of 40 and 100 accounts at random were up to 8 % shorter, and up to 2 % longer where
    the last trip is not full. Where accounts cluster, give the area that they cover and not that of
    the hull around them.

    References
    ----------
    Daganzo, C. F. (1984), "The Distance Traveled to Visit N Points with a Maximum of C Stops per
    Vehicle", Transportation Science 18(4), doi:10.1287/trsc.18.4.331.

    Examples
    --------
    >>> round(territory_tours_km(100, 2500, from_home_km=20, stops_per_day=8), 1)
    785.0
    """
    _require_not_negative("number of accounts", accounts_count)
    _require_not_negative("area", area_km2)
    _require_not_negative("distance from home", from_home_km)
    if not 0 < stops_per_day < math.inf:
        raise _refusal(
            "The stops per day must be above 0", f"{stops_per_day:g}", "Give the visits of one day."
        )
    if not 1 <= days_per_trip < math.inf:
        raise _refusal(
            "A trip lasts at least one day",
            f"{days_per_trip:g}",
            "Give 1 where reps sleep at home.",
        )
    if accounts_count <= 1:
        return 2 * from_home_km * accounts_count
    trips = max(accounts_count / (stops_per_day * days_per_trip), 1.0)
    return 2 * from_home_km * trips + LOCAL_TOUR_FACTOR * math.sqrt(accounts_count * area_km2)


def yearly_road_km(straight_km: float, *, cycles_per_year: float, circuity: float) -> float:
    """Turn the straight km of one cycle of visits into road km per year.

    Parameters
    ----------
    straight_km
        Straight km of visiting every account once, 0 or more.
    cycles_per_year
        How often that happens in a year, 0 or more.
    circuity
        Road km per straight km, 1 or more.

    Returns
    -------
    float
        Road km per year.

    Raises
    ------
    ParameterError
        When a number is out of its range.
    """
    _require_not_negative("straight distance", straight_km)
    _require_not_negative("number of cycles", cycles_per_year)
    if not 1 <= circuity < math.inf:
        raise _refusal(
            "Roads are not shorter than the straight way", f"{circuity:g}", "Give 1 or more."
        )
    return straight_km * cycles_per_year * circuity


def places_area_km2(positions_km: Floats) -> float:
    """Compute the area that places lie in: their hull, or the disc about them where it has none.

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over.

    Returns
    -------
    float
        Area in km². Two places, and places on one line, have a hull of no area but a tour of some
        length, so the smallest circle around them stands in; 0 for one place or none.
    """
    hull_km2 = hull_area_km2(positions_km)
    if hull_km2 > 0 or not np.isfinite(positions_km).all(axis=1).any():
        return hull_km2
    return math.pi * minimum_bounding_circle(positions_km)[1] ** 2


def _require_not_negative(name: str, value: float) -> None:
    if not 0 <= value < math.inf:
        raise _refusal(f"The {name} must be 0 or more", f"{value:g}", "Give a number from 0 on.")


def _refusal(what: str, value: str, remedy: str) -> ParameterError:
    return ParameterError(what, value=value, where="tours", remedy=remedy)

"""Road kilometres for each straight kilometre, learnt from trips.

A trip is impossible when its road is shorter than the straight line, and unusable when a distance
is unknown or the straight one is 0. Both are left out and counted.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError

DEFAULT_CIRCUITY = 1.3
LEAST_TRIPS_COUNT = 30
# Detours weigh less on long ways, which use main roads.
LONG_WAY_KM = 45.0

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Circuity:
    """Road km per straight km, and what it rests on.

    Parameters
    ----------
    circuity
        Road km per straight km, 1 or more.
    source
        "trips" when it is fitted; "default" when there are too few trips.
    r_squared
        Share of the variance of road km about their mean that the fit explains; nan when it is not
        fitted or all roads are equally long. Below 0, the mean road would have been the better
        guess.
    trips_count
        Trips that can be used.
    impossible_count
        Trips left out because their road is shorter than the straight line.
    unusable_count
        Trips left out because a distance is unknown or the straight one is not above 0.
    """

    circuity: float
    source: Literal["trips", "default"]
    r_squared: float
    trips_count: int
    impossible_count: int
    unusable_count: int

    @property
    def note(self) -> str:
        """Say in a sentence where the number comes from and what was left out."""
        left_out = (
            f"left out: {self.impossible_count} shorter than the straight line, "
            f"{self.unusable_count} without two known distances"
        )
        if self.source == "trips":
            return f"Circuity {self.circuity:.2f} from {self.trips_count} trips; {left_out}."
        return (
            f"Circuity {self.circuity:.2f} kept, because {self.trips_count} trips are fewer than "
            f"{LEAST_TRIPS_COUNT}; {left_out}."
        )


@dataclass(frozen=True)
class TwoBandCircuity:
    """Circuity of short and of long ways.

    Parameters
    ----------
    cut_km
        Straight distance from which a way is long.
    short, long
        Circuity below the cut, and from the cut on.
    """

    cut_km: float
    short: Circuity
    long: Circuity


def fit_circuity(
    straight_km: Floats, road_km: Floats, *, default: float = DEFAULT_CIRCUITY
) -> Circuity:
    """Fit road km per straight km to trips by least squares through the origin.

    Parameters
    ----------
    straight_km
        Straight distance of each trip in km, shape (n_trips,); nan where unknown.
    road_km
        Distance on the road in km, shape (n_trips,); nan where unknown.
    default
        Circuity that is kept when fewer than 30 trips can be used, 1 or more.

    Returns
    -------
    Circuity
        Σd·r/Σd² over the trips that can be used, with what was left out.

    Raises
    ------
    ParameterError
        When the columns differ in length or the default is below 1.

    Notes
    -----
    Long trips weigh most. Leaving impossible trips out raises the fit a little where straight
    distances are rough, as between postcodes: look at their number.

    References
    ----------
    Ballou, R. H., Rahardja, H., Sakai, N. (2002), "Selected Country Circuity Factors for Road
    Travel Distance Estimation", Transportation Research Part A 36(9),
    doi:10.1016/S0965-8564(01)00044-1.

    Examples
    --------
    >>> straight = np.arange(1.0, 41.0)
    >>> fit_circuity(straight, 1.25 * straight).circuity
    1.25
    """
    _require_columns(straight_km, road_km, default)
    is_known = np.isfinite(straight_km) & np.isfinite(road_km) & (straight_km > 0)
    is_impossible = is_known & (road_km < straight_km)
    is_used = is_known & ~is_impossible
    straight, road = straight_km[is_used], road_km[is_used]
    is_fitted = len(straight) >= LEAST_TRIPS_COUNT
    circuity = float(straight @ road / (straight @ straight)) if is_fitted else default
    return Circuity(
        circuity=circuity,
        source="trips" if is_fitted else "default",
        r_squared=_r_squared(road, circuity * straight) if is_fitted else float("nan"),
        trips_count=len(straight),
        impossible_count=int(is_impossible.sum()),
        unusable_count=int((~is_known).sum()),
    )


def fit_two_band_circuity(
    straight_km: Floats,
    road_km: Floats,
    *,
    default: float = DEFAULT_CIRCUITY,
    cut_km: float = LONG_WAY_KM,
) -> TwoBandCircuity:
    """Fit the circuity of short and of long ways apart.

    Parameters
    ----------
    straight_km
        Straight distance of each trip in km, shape (n_trips,); nan where unknown.
    road_km
        Distance on the road in km, shape (n_trips,); nan where unknown.
    default
        Circuity that is kept when fewer than 30 trips can be used at all, 1 or more.
    cut_km
        Straight distance from which a way is long, above 0.

    Returns
    -------
    TwoBandCircuity
        One circuity for each band. A band with fewer than 30 trips keeps that of all trips. Trips
        without a straight distance are counted with the long ones.

    Raises
    ------
    ParameterError
        When the columns differ in length, the default is below 1 or the cut is not above 0.
    """
    if not cut_km > 0:
        raise ParameterError(
            "The distance that parts short ways from long ones must be above 0",
            value=f"{cut_km:g}",
            where="circuity: cut",
            remedy=f"Give kilometres, such as {LONG_WAY_KM:g}.",
        )
    overall = fit_circuity(straight_km, road_km, default=default).circuity
    is_short = straight_km < cut_km
    short, long = (
        fit_circuity(straight_km[band], road_km[band], default=overall)
        for band in (is_short, ~is_short)
    )
    return TwoBandCircuity(cut_km, short, long)


def estimate_road_km(straight_km: Floats, circuity: TwoBandCircuity) -> Floats:
    """Estimate road km from straight km with a circuity for each band.

    Parameters
    ----------
    straight_km
        Straight distances in km, any shape, 0 or more; nan where unknown.
    circuity
        Circuity of short and long ways.

    Returns
    -------
    numpy.ndarray
        Road km, of the same shape; nan where unknown.

    Notes
    -----
    The estimate jumps at the cut, where a way a little longer may come out as a shorter road.
    """
    is_short = straight_km < circuity.cut_km
    return straight_km * np.where(is_short, circuity.short.circuity, circuity.long.circuity)


def _r_squared(road: Floats, fitted: Floats) -> float:
    spread = float(((road - road.mean()) ** 2).sum())
    return 1 - float(((road - fitted) ** 2).sum()) / spread if spread > 0 else float("nan")


def _require_columns(straight_km: Floats, road_km: Floats, default: float) -> None:
    if len(straight_km) != len(road_km):
        raise ParameterError(
            "Each trip needs a straight distance and one on the road",
            value=f"{len(straight_km)} and {len(road_km)}",
            where="circuity: number of trips",
            remedy="Give both for every trip, nan where one is unknown.",
        )
    if not 1 <= default < float("inf"):
        raise ParameterError(
            "Roads are not shorter than the straight line",
            value=f"{default:g}",
            where="circuity: default",
            remedy=f"Give 1 or more, such as {DEFAULT_CIRCUITY:g}.",
        )

"""What an hour of a rep and a km on the road cost, as the engine and the review count them."""

import numpy as np
from numpy.typing import NDArray

from territory_kit.options import Options


def km_amount(options: Options) -> float:
    """Return what one km on the road costs: the rate and the rep's time.

    Parameters
    ----------
    options
        Options of the region.

    Returns
    -------
    float
        Money per km.
    """
    travel = options.travel
    return options.costs.km_amount + hour_amount(options) / travel.speed_km_per_hour


def hour_amount(options: Options) -> float:
    """Return what one hour of a rep costs.

    Parameters
    ----------
    options
        Options of the region.

    Returns
    -------
    float
        Money per hour of work.
    """
    hours = options.hours
    return options.costs.rep_amount_per_year / (hours.per_day * hours.days_per_year)


def road_km_per_year(visits: NDArray[np.float64], options: Options) -> NDArray[np.float64]:
    """Return the road km of a year for each straight km to the centre.

    Parameters
    ----------
    visits
        Visits in person per year, shape (n_accounts,).
    options
        Options of the region.

    Returns
    -------
    numpy.ndarray
        Road km, shape (n_accounts,). A day in the field is one way there and back, shared by the
        visits of the day.
    """
    return visits * 2 * options.travel.circuity / options.visits.per_day

"""What driving costs by an official mileage scale, and how much driving serves what.

A scale is data that ages: it has the days it holds for, and a later day is refused rather than
priced with old rates. The scales themselves stand in `mileage_scales`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from territory_kit.errors import ParameterError


@dataclass(frozen=True)
class Band:
    """Rate of one class of cars within one band of yearly km.

    Parameters
    ----------
    fiscal_power
        Lowest fiscal power that the rate is for; cars below the lowest of a scale have its rate
        too.
    up_to_km
        Last km of the band; infinite for the last band.
    rate_amount_per_km
        Money for each km of the year, 0 or more.
    fixed_amount
        Money added once.
    """

    fiscal_power: int
    up_to_km: float
    rate_amount_per_km: float
    fixed_amount: float = 0.0


@dataclass(frozen=True)
class Scale:
    """Mileage scale with the days it holds for.

    Parameters
    ----------
    name
        What the scale is called.
    valid_from, valid_to
        First and last day on which it holds.
    currency
        Currency of its amounts.
    source
        Decree or notice that it was published in.
    bands
        Bands by fiscal power, then by km, both rising.
    electric_factor
        What amounts are multiplied by for cars that are wholly electric, above 0.

    Raises
    ------
    ParameterError
        When days, bands or factor contradict what they mean.
    """

    name: str
    valid_from: date
    valid_to: date
    currency: str
    source: str
    bands: tuple[Band, ...]
    electric_factor: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a scale that cannot price every car and distance."""
        if self.valid_from > self.valid_to:
            raise ParameterError(
                "A mileage scale must not end before it begins",
                value=f"{self.valid_from} to {self.valid_to}",
                where=f"mileage scale: {self.name}",
                remedy="Give the first day, then the last.",
            )
        order = [(band.fiscal_power, band.up_to_km) for band in self.bands]
        ends = dict(order)
        if (
            not order
            or any(above <= below for below, above in pairwise(order))
            or any(end != math.inf for end in ends.values())
        ):
            raise ParameterError(
                "The bands of a mileage scale must rise, and the last of each power have no end",
                value=str(order),
                where=f"mileage scale: {self.name}",
                remedy="Sort them by fiscal power and km, and end each power with infinity.",
            )
        if not 0 < self.electric_factor < math.inf:
            raise ParameterError(
                "The factor for electric cars must be above 0",
                value=f"{self.electric_factor:g}",
                where=f"mileage scale: {self.name}",
                remedy="Give 1 where electric cars have no rate of their own.",
            )


@dataclass(frozen=True)
class DrivingRatios:
    """How much driving serves what; nan where there is nothing to divide by.

    Parameters
    ----------
    km_per_call
        Road km for each call.
    km_per_1000
        Road km for each 1,000 of revenue.
    detour_ratio
        Actual over ideal road km: above 1 more is driven than good tours need.
    empty_day_share
        Share of the field days without a single call.
    """

    km_per_call: float
    km_per_1000: float
    detour_ratio: float
    empty_day_share: float


def scale_on(day: date, scales: Sequence[Scale]) -> Scale:
    """Find the mileage scale that holds on a day.

    Parameters
    ----------
    day
        Day of the driving, or any day of its year.
    scales
        Scales to choose from; where two hold, the one that began later counts.

    Returns
    -------
    Scale
        The scale in force.

    Raises
    ------
    ParameterError
        When none holds; the message lists the years that are known.
    """
    holding = [scale for scale in scales if scale.valid_from <= day <= scale.valid_to]
    if not holding:
        raise ParameterError(
            "No mileage scale is known for this day",
            value=day.isoformat(),
            where=f"mileage: known years are {_years(scales)}",
            remedy="Add the scale of that year, or give a day of a known one.",
        )
    return max(holding, key=lambda scale: scale.valid_from)


def mileage_amount(km: float, *, fiscal_power: int, is_electric: bool, scale: Scale) -> float:
    """Compute what a year of driving with one's own car costs by a scale, in its currency.

    Parameters
    ----------
    km
        Road km of the whole year with one car, 0 or more. The bands are not steps: all km have the
        rate of the band that the sum falls in, so months must not be priced one by one.
    fiscal_power
        Fiscal power of the car, 1 or more.
    is_electric
        Whether the car is wholly electric.
    scale
        Scale in force, as `scale_on` finds it.

    Returns
    -------
    float
        Money, not rounded.

    Raises
    ------
    ParameterError
        When the km are negative or unknown, or the power is below 1.
    """
    _require_not_negative("km of the year", km)
    if fiscal_power < 1:
        raise ParameterError(
            "The fiscal power of a car is at least 1",
            value=str(fiscal_power),
            where="mileage: fiscal power",
            remedy="Give the number on the registration document, field P.6 in France.",
        )
    powers = [band.fiscal_power for band in scale.bands]
    power = max(p for p in powers if p <= max(fiscal_power, powers[0]))
    band = next(b for b in scale.bands if b.fiscal_power == power and km <= b.up_to_km)
    factor = scale.electric_factor if is_electric else 1.0
    return (km * band.rate_amount_per_km + band.fixed_amount) * factor


def driving_ratios(
    road_km: float,
    *,
    ideal_road_km: float,
    calls_count: int,
    revenue_amount: float,
    field_days_count: int,
    empty_days_count: int,
) -> DrivingRatios:
    """Compare the driving of a rep with calls, revenue, good tours and field days.

    Parameters
    ----------
    road_km
        Declared road km of a period, 0 or more.
    ideal_road_km
        Road km that good tours would take in it, 0 or more.
    calls_count
        Calls in person, 0 or more.
    revenue_amount
        Revenue of the territory, money; credits may outweigh it.
    field_days_count, empty_days_count
        Days in the field, and those of them without a call, 0 or more.

    Returns
    -------
    DrivingRatios
        The four ratios.

    Raises
    ------
    ParameterError
        When a number is negative, or more days are empty than there were.
    """
    for name, value in (
        ("road km", road_km),
        ("ideal road km", ideal_road_km),
        ("number of calls", calls_count),
        ("number of field days", field_days_count),
        ("number of empty days", empty_days_count),
    ):
        _require_not_negative(name, value)
    if empty_days_count > field_days_count:
        raise ParameterError(
            "More field days are empty than there were",
            value=f"{empty_days_count} of {field_days_count}",
            where="mileage: empty days",
            remedy="Count a day without a call as a field day too.",
        )
    return DrivingRatios(
        km_per_call=_ratio(road_km, calls_count),
        km_per_1000=_ratio(road_km, revenue_amount / 1000),
        detour_ratio=_ratio(road_km, ideal_road_km),
        empty_day_share=_ratio(empty_days_count, field_days_count),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _years(scales: Sequence[Scale]) -> str:
    years = {
        year for scale in scales for year in range(scale.valid_from.year, scale.valid_to.year + 1)
    }
    return ", ".join(map(str, sorted(years))) or "none"


def _require_not_negative(name: str, value: float) -> None:
    if not 0 <= value < math.inf:
        raise ParameterError(
            f"The {name} must be known and 0 or more",
            value=f"{value:g}",
            where=f"mileage: {name}",
            remedy="Give a number from 0 on.",
        )

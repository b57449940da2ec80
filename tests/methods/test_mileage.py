"""Cost of driving by a scale, and driving against what it serves."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.mileage import (
    Band,
    DrivingRatios,
    Scale,
    driving_ratios,
    mileage_amount,
    scale_on,
)

BANDS = (
    Band(3, 1000, 0.5),
    Band(3, math.inf, 0.3, 200),
    Band(5, 1000, 0.8),
    Band(5, math.inf, 0.6, 200),
)


def scale(
    name: str = "made up",
    *,
    valid: tuple[date, date] = (date(2030, 1, 1), date(2030, 12, 31)),
    bands: tuple[Band, ...] = BANDS,
    electric_factor: float = 1.2,
) -> Scale:
    return Scale(
        name=name,
        valid_from=valid[0],
        valid_to=valid[1],
        currency="EUR",
        source="a test",
        bands=bands,
        electric_factor=electric_factor,
    )


def amount(km: float, *, power: int = 3, electric: bool = False) -> float:
    return mileage_amount(km, fiscal_power=power, is_electric=electric, scale=scale())


def ratios(
    *, calls: int = 500, revenue: float = 400_000, ideal: float = 16_000, days: tuple[int, int]
) -> DrivingRatios:
    return driving_ratios(
        20_000,
        ideal_road_km=ideal,
        calls_count=calls,
        revenue_amount=revenue,
        field_days_count=days[0],
        empty_days_count=days[1],
    )


@pytest.mark.parametrize(
    ("km", "expected"),
    # 1000 · .5; 1001 · .3 + 200; 2000 · .3 + 200
    [(0, 0), (600, 300), (1000, 500), (1001, 500.3), (2000, 800)],
)
def test_all_km_have_the_rate_of_the_band_that_their_sum_falls_in(
    km: float, expected: float
) -> None:
    assert amount(km) == pytest.approx(expected)


@pytest.mark.parametrize(("power", "expected"), [(1, 50), (3, 50), (4, 50), (5, 80), (12, 80)])
def test_a_power_between_classes_has_the_rate_of_the_lower_one(power: int, expected: float) -> None:
    # 100 km; below the lowest class its rate holds, above the highest that one's
    assert amount(100, power=power) == pytest.approx(expected)


def test_electric_cars_have_their_own_factor() -> None:
    # (2000 · .6 + 200) · 1.2
    assert amount(2000, power=5, electric=True) == pytest.approx(1680)


def test_the_scale_in_force_is_found_on_its_first_and_last_day() -> None:
    first = scale("first")
    second = scale("second", valid=(date(2031, 1, 1), date(2031, 12, 31)))
    assert scale_on(date(2030, 12, 31), [second, first]).name == "first"
    assert scale_on(date(2031, 1, 1), [second, first]).name == "second"


def test_where_two_scales_hold_the_later_one_counts() -> None:
    longer = scale("longer", valid=(date(2030, 1, 1), date(2031, 12, 31)))
    later = scale("later", valid=(date(2031, 1, 1), date(2031, 12, 31)))
    assert scale_on(date(2031, 6, 1), [longer, later]).name == "later"


def test_a_day_outside_every_scale_names_the_years_that_are_known() -> None:
    known = [scale(), scale(valid=(date(2032, 1, 1), date(2033, 12, 31)))]
    message = r"this day: 2031-05-01 \(mileage: known years are 2030, 2032, 2033\)\. Add the scale"
    with pytest.raises(ParameterError, match=message):
        scale_on(date(2031, 5, 1), known)


def test_without_any_scale_no_year_is_known() -> None:
    with pytest.raises(ParameterError, match="known years are none"):
        scale_on(date(2031, 5, 1), [])


@settings(deadline=None, max_examples=60)
@given(km=st.floats(0, 1e5), power=st.integers(1, 20), electric=st.booleans())
def test_an_electric_car_costs_a_fixed_multiple(km: float, power: int, *, electric: bool) -> None:
    factor = 1.2 if electric else 1.0
    found = amount(km, power=power, electric=electric)
    assert found == pytest.approx(factor * amount(km, power=power))
    assert found >= 0


def test_a_scale_must_not_end_before_it_begins() -> None:
    with pytest.raises(ParameterError, match="end before it begins: 2031-01-01 to 2030-01-01"):
        scale(valid=(date(2031, 1, 1), date(2030, 1, 1)))


@pytest.mark.parametrize(
    "bands",
    [
        pytest.param((), id="none"),
        pytest.param((Band(3, 1000, 0.5),), id="no end"),
        pytest.param((Band(3, 1000, 0.5), Band(5, math.inf, 0.5)), id="one power without end"),
        pytest.param((Band(3, math.inf, 0.5), Band(3, 1000, 0.5)), id="km fall"),
        pytest.param((Band(5, math.inf, 0.5), Band(3, math.inf, 0.5)), id="powers fall"),
        pytest.param((Band(3, math.inf, 0.5), Band(3, math.inf, 0.6)), id="twice"),
    ],
)
def test_bands_that_leave_gaps_or_contradict_are_refused(bands: tuple[Band, ...]) -> None:
    with pytest.raises(ParameterError, match="bands of a mileage scale must rise"):
        scale(bands=bands)


@pytest.mark.parametrize("factor", [0.0, -1.2, math.nan])
def test_a_factor_for_electric_cars_that_is_none_is_refused(factor: float) -> None:
    with pytest.raises(ParameterError, match="factor for electric cars must be above 0"):
        scale(electric_factor=factor)


@pytest.mark.parametrize("km", [-1.0, math.nan, math.inf])
def test_km_that_nobody_drove_are_refused(km: float) -> None:
    with pytest.raises(ParameterError, match="km of the year must be known and 0 or more"):
        amount(km)


def test_a_power_below_one_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"fiscal power of a car is at least 1: 0.*P\.6"):
        amount(100, power=0)


def test_driving_is_set_against_calls_revenue_good_tours_and_days() -> None:
    # 20,000 / 500, 20,000 / 400, 20 / 16, 9 of 180 days
    assert ratios(days=(180, 9)) == DrivingRatios(
        km_per_call=40, km_per_1000=50, detour_ratio=1.25, empty_day_share=0.05
    )


def test_where_there_is_nothing_to_divide_by_a_ratio_is_unknown() -> None:
    found = ratios(calls=0, revenue=-5, ideal=0, days=(0, 0))
    assert all(
        math.isnan(ratio)
        for ratio in (
            found.km_per_call,
            found.km_per_1000,
            found.detour_ratio,
            found.empty_day_share,
        )
    )


def test_more_empty_days_than_days_are_refused() -> None:
    with pytest.raises(ParameterError, match="More field days are empty than there were: 9 of 8"):
        ratios(days=(8, 9))


@pytest.mark.parametrize(
    ("calls", "ideal", "days", "message"),
    [
        (-1, 1.0, (5, 0), "number of calls must be known and 0 or more: -1"),
        (1, math.nan, (5, 0), "ideal road km must be known and 0 or more: nan"),
        (1, 1.0, (-5, 0), "number of field days must be known and 0 or more: -5"),
        (1, 1.0, (5, -1), "number of empty days must be known and 0 or more: -1"),
    ],
)
def test_ratios_of_negative_or_unknown_numbers_are_refused(
    calls: int, ideal: float, days: tuple[int, int], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        ratios(calls=calls, ideal=ideal, days=days)

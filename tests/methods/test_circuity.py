"""Road kilometres for each straight kilometre."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.circuity import (
    estimate_road_km,
    fit_circuity,
    fit_two_band_circuity,
)

Floats = NDArray[np.float64]

FACTORS = st.lists(st.floats(1, 2), min_size=30, max_size=40)


def trips(factor: float, *, count: int = 30, longest_km: float = 30) -> tuple[Floats, Floats]:
    """Make trips of rising length whose road is a fixed multiple of the straight line."""
    straight = np.linspace(1, longest_km, count)
    return straight, factor * straight


def joined(*parts: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def test_the_fit_weighs_trips_by_the_square_of_their_length() -> None:
    # 20 trips of 10 km by 15, 10 of 20 km by 24: (20·150 + 10·480) / (20·100 + 10·400) = 7800/6000
    straight = np.repeat([10.0, 20], [20, 10])
    road = np.repeat([15.0, 24], [20, 10])
    fitted = fit_circuity(straight, road)
    assert fitted.circuity == pytest.approx(1.3)
    assert (fitted.source, fitted.trips_count) == ("trips", 30)
    # roads 13 and 26 expected: off by 2 and -2; mean road 18, spread 20·9 + 10·36 = 540
    assert fitted.r_squared == pytest.approx(1 - 120 / 540)


@pytest.mark.oracle
@pytest.mark.parametrize("factor", [1.18, 1.21, 1.26, 1.3, 1.343, 1.36, 1.4, 1.46, 1.58, 1.65])
def test_published_factors_come_back_from_trips_made_with_them(factor: float) -> None:
    """Factors of Ballou, Rahardja, Sakai 2002 and of studies of single countries and cities.

    Italy 1.18, Poland 1.21, Europe 1.46, Spain 1.58, France 1.65 and others; South Korea 1.26;
    European cities 1.343 (Mennicken et al. 2024). They are road over straight, not data.
    """
    fitted = fit_circuity(*trips(factor))
    assert fitted.circuity == pytest.approx(factor)
    assert fitted.r_squared == pytest.approx(1)


@pytest.mark.parametrize(
    ("count", "source", "expected"), [(29, "default", 1.3), (30, "trips", 1.5)]
)
def test_fewer_than_thirty_trips_keep_the_default(count: int, source: str, expected: float) -> None:
    fitted = fit_circuity(*trips(1.5, count=count))
    assert (fitted.source, fitted.trips_count) == (source, count)
    assert fitted.circuity == pytest.approx(expected)
    assert math.isnan(fitted.r_squared) == (source == "default")


def test_the_default_may_be_another_one() -> None:
    assert fit_circuity(*trips(1.5, count=3), default=1.25).circuity == 1.25


def test_impossible_and_unusable_trips_are_left_out_and_counted() -> None:
    odd = np.array([10.0, 10, np.nan, 5, 0, -2]), np.array([9.9, 10, 4, np.nan, 3, 3])
    fitted = fit_circuity(*joined(trips(1.5), odd))
    # the second is as long as the straight line, which is possible
    assert (fitted.impossible_count, fitted.unusable_count, fitted.trips_count) == (1, 4, 31)
    assert 1.49 < fitted.circuity < 1.5


def test_trips_that_are_left_out_do_not_count_towards_thirty() -> None:
    straight, road = trips(1.5)
    road[0] = 0.5
    assert fit_circuity(straight, road).source == "default"


def test_no_trip_keeps_the_default() -> None:
    fitted = fit_circuity(np.array([]), np.array([]))
    assert (fitted.circuity, fitted.source, fitted.trips_count) == (1.3, "default", 0)


def test_roads_of_one_length_leave_no_variance_to_explain() -> None:
    assert math.isnan(fit_circuity(np.full(30, 10.0), np.full(30, 13.0)).r_squared)


def test_the_note_says_what_was_fitted_and_what_was_left_out() -> None:
    odd = np.array([10.0, np.nan]), np.array([9.0, 4])
    assert fit_circuity(*joined(trips(1.5), odd)).note == (
        "Circuity 1.50 from 30 trips; left out: 1 shorter than the straight line, "
        "1 without two known distances."
    )


def test_the_note_says_why_the_default_was_kept() -> None:
    assert fit_circuity(*trips(1.5, count=12)).note == (
        "Circuity 1.30 kept, because 12 trips are fewer than 30; left out: 0 shorter than the "
        "straight line, 0 without two known distances."
    )


@pytest.mark.oracle
def test_short_and_long_ways_have_the_published_factors() -> None:
    """United Kingdom: about 1.4 below 45 km and 1.2 above."""
    straight = np.concatenate([np.linspace(1, 44.9, 30), np.linspace(45, 200, 30)])
    road = straight * np.repeat([1.4, 1.2], 30)
    bands = fit_two_band_circuity(straight, road)
    assert bands.short.circuity == pytest.approx(1.4)
    assert bands.long.circuity == pytest.approx(1.2)
    assert (bands.short.trips_count, bands.long.trips_count) == (30, 30)


def test_a_band_with_few_trips_keeps_the_circuity_of_all() -> None:
    straight, road = joined(trips(1.4), (np.array([100.0]), np.array([110.0])))
    bands = fit_two_band_circuity(straight, road)
    overall = fit_circuity(straight, road).circuity
    assert bands.short.circuity == pytest.approx(1.4)
    assert (bands.long.circuity, bands.long.source) == (overall, "default")


def test_without_enough_trips_both_bands_keep_the_default() -> None:
    bands = fit_two_band_circuity(*trips(1.6, count=5), default=1.2)
    assert (bands.short.circuity, bands.long.circuity) == (1.2, 1.2)


def test_what_both_bands_leave_out_is_counted_once() -> None:
    odd = np.array([10.0, 100, np.nan]), np.array([9.0, 90, 4])
    bands = fit_two_band_circuity(*joined(trips(1.5), odd))
    assert (bands.short.impossible_count, bands.long.impossible_count) == (1, 1)
    assert (bands.short.unusable_count, bands.long.unusable_count) == (0, 1)


def test_roads_are_estimated_by_band() -> None:
    straight = np.concatenate([np.linspace(1, 44, 30), np.linspace(50, 200, 30)])
    bands = fit_two_band_circuity(straight, straight * np.repeat([1.4, 1.2], 30))
    # 10 · 1.4, 45 · 1.2, 100 · 1.2
    roads = estimate_road_km(np.array([10.0, 45, 100, np.nan]), bands)
    assert roads[:3].tolist() == pytest.approx([14, 54, 120])
    assert math.isnan(roads[3])


@settings(deadline=None, max_examples=60)
@given(factors=FACTORS, scale=st.floats(0.1, 100))
def test_a_fit_lies_within_its_trips_and_knows_no_unit(factors: list[float], scale: float) -> None:
    straight = np.linspace(1, 60, len(factors))
    fitted = fit_circuity(straight, straight * factors)
    assert min(factors) - 1e-9 <= fitted.circuity <= max(factors) + 1e-9
    again = fit_circuity(scale * straight, scale * straight * factors)
    # rounding may make a trip with a factor of 1 impossible
    if again.trips_count == fitted.trips_count:
        assert again.circuity == pytest.approx(fitted.circuity)


@settings(deadline=None, max_examples=40)
@given(factors=FACTORS, data=st.data())
def test_the_order_of_trips_does_not_matter(factors: list[float], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(factors))))
    straight = np.linspace(1, 60, len(factors))
    road = straight * factors
    turned = fit_circuity(straight[order], road[order])
    assert turned.circuity == pytest.approx(fit_circuity(straight, road).circuity)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ParameterError, match="straight distance and one on the road: 2 and 3"):
        fit_circuity(np.ones(2), np.ones(3))


@pytest.mark.parametrize("default", [0.9, math.nan, math.inf])
def test_a_default_below_one_is_refused(default: float) -> None:
    with pytest.raises(ParameterError, match=r"not shorter than the straight line.*such as 1\.3"):
        fit_circuity(*trips(1.5), default=default)


@pytest.mark.parametrize("cut", [0.0, -45.0, math.nan])
def test_a_cut_that_parts_nothing_is_refused(cut: float) -> None:
    with pytest.raises(ParameterError, match="parts short ways from long ones must be above 0"):
        fit_two_band_circuity(*trips(1.5), cut_km=cut)

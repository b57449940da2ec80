"""Buying power, development of category and brand, and what their quadrants say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.regional_indices import (
    BUYING_POWER_WEIGHTS,
    buying_power_index,
    development_index,
    opportunity_index,
    opportunity_readings,
)

Floats = NDArray[np.float64]
NAN = float("nan")
# wizedu.com, question 604538: income, retail sales and population of a nation
NATION = np.array([5.2e12, 3.3e12, 330e6])
SMALL_CITY = [1.5e9, 0.75e9, 50_000.0]
PARTS = st.lists(st.tuples(*[st.floats(0, 1e9)] * 3), min_size=1, max_size=8)
INDICES = st.lists(
    st.tuples(st.floats(0, 400) | st.just(NAN), st.floats(0, 400) | st.just(NAN)), max_size=8
)


def array(*values: float) -> Floats:
    return np.array(values, dtype=float)


def test_buying_power_is_the_weighted_share_of_the_nation() -> None:
    # .5 · 10/100 + .3 · 20/100 + .2 · 30/100 = .05 + .06 + .06
    index = buying_power_index(np.array([[10.0, 20, 30]]), array(100, 100, 100))
    assert index.tolist() == pytest.approx([0.17])


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("region", "published"),
    # wizedu.com, question 604538
    [
        pytest.param(SMALL_CITY, 0.000242716, id="small city"),
        pytest.param([5e9, 2.5e9, 250_000], 0.000859557, id="mid-size city"),
        pytest.param([10e9, 8e9, 600_000], 0.002052448, id="big city"),
    ],
)
def test_the_published_buying_power_of_three_cities(region: list[float], published: float) -> None:
    assert round(float(buying_power_index(np.array([region]), NATION)[0]), 9) == published


@pytest.mark.oracle
def test_the_small_city_to_ten_digits() -> None:
    # as above, computed further: .5·1.5/5200 + .3·.75/3300 + .2·.05/330
    assert buying_power_index(np.array([SMALL_CITY]), NATION)[0] == pytest.approx(
        0.0002427156177, abs=5e-14
    )


def test_business_markets_take_measures_and_weights_of_their_own() -> None:
    # establishments 2 of 10 and purchases 30 of 40: .4 · .2 + .6 · .75
    index = buying_power_index(np.array([[2.0, 30]]), array(10, 40), weights=(0.4, 0.6))
    assert index.tolist() == pytest.approx([0.53])


def test_a_region_with_an_unknown_measure_has_no_index() -> None:
    index = buying_power_index(np.array([[NAN, 1, 1], [1.0, 1, 1]]), array(2, 2, 2))
    assert np.isnan(index[0])
    assert index[1] == pytest.approx(0.5)


def test_the_nation_itself_has_index_one() -> None:
    assert buying_power_index(NATION[None, :], NATION).tolist() == pytest.approx([1])


def test_no_region_has_no_index() -> None:
    assert buying_power_index(np.empty((0, 3)), NATION).tolist() == []


@pytest.mark.parametrize(
    ("total", "shown"),
    [(0.0, "0"), (-1.0, "-1"), (NAN, "nan"), (float("inf"), "inf")],
)
def test_a_national_total_that_is_not_above_0_is_refused(total: float, shown: str) -> None:
    message = (
        rf"^A national total is not above 0: {shown} \(measure 2\)\. "
        r"Give the total of the whole nation for each measure\.$"
    )
    with pytest.raises(ParameterError, match=message):
        buying_power_index(np.array([SMALL_CITY]), array(5e12, total, 3e8))


def test_all_wrong_national_totals_are_named_at_once() -> None:
    with pytest.raises(ParameterError, match=r"0, 0 \(measure 1, 3\)"):
        buying_power_index(np.array([SMALL_CITY]), array(0, 3e12, 0))


@pytest.mark.parametrize(
    ("weights", "shown"),
    [
        pytest.param((0.5, 0.3, 0.3), r"0\.5, 0\.3, 0\.3", id="more than 1"),
        pytest.param((50, 30, 20), "50, 30, 20", id="percent"),
        pytest.param((0.8, 0.4, -0.2), r"0\.8, 0\.4, -0\.2", id="negative"),
        pytest.param((NAN, 0.5, 0.5), r"nan, 0\.5, 0\.5", id="unknown"),
        pytest.param((float("inf"), 0, 0), "inf, 0, 0", id="without end"),
    ],
)
def test_weights_that_are_no_shares_are_refused(weights: tuple[float, ...], shown: str) -> None:
    message = (
        rf"^The weights of the measures are no shares of 1: {shown} \(weights\)\. "
        r"Give weights of 0 or more that add up to 1, such as 0\.5, 0\.3 and 0\.2\.$"
    )
    with pytest.raises(ParameterError, match=message):
        buying_power_index(np.array([SMALL_CITY]), NATION, weights=weights)


def test_weights_that_add_up_to_1_only_on_paper_are_taken() -> None:
    """Ten times 0.1 is not quite 1 in the computer."""
    index = buying_power_index(np.full((1, 10), 3.0), np.full(10, 6.0), weights=[0.1] * 10)
    assert index.tolist() == pytest.approx([0.5])


@pytest.mark.parametrize(
    ("regional", "national", "weights"),
    [
        pytest.param(np.ones((2, 2)), np.ones(3), BUYING_POWER_WEIGHTS, id="column too few"),
        pytest.param(np.ones((2, 3)), np.ones(2), BUYING_POWER_WEIGHTS, id="total too few"),
        pytest.param(np.ones((2, 3)), np.ones(3), (0.5, 0.5), id="weight too few"),
        pytest.param(np.ones(3), np.ones(3), BUYING_POWER_WEIGHTS, id="no table"),
        pytest.param(np.ones((3, 1)), np.ones((3, 1)), BUYING_POWER_WEIGHTS, id="turned"),
    ],
)
def test_measures_totals_and_weights_must_match(
    regional: Floats, national: Floats, weights: tuple[float, ...]
) -> None:
    message = (
        r"^Measures, national totals and weights do not match: regions of shape \(.*\), . totals, "
        r". weights \(regional, national, weights\)\. Give one column, one total and one weight "
        r"for each measure\.$"
    )
    with pytest.raises(ParameterError, match=message):
        buying_power_index(regional, national, weights=weights)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (-1.0, "The measure of a region is below 0"),
        (7.0, "A region has more than the nation"),
        (float("inf"), "A region has more than the nation"),
    ],
)
def test_a_region_beyond_the_nation_or_below_nothing_is_refused(value: float, what: str) -> None:
    message = (
        rf"^{what}: region 2 \(counted from 1\)\. "
        r"Give regions and nation in the same unit and year\.$"
    )
    with pytest.raises(ParameterError, match=message):
        buying_power_index(np.array([[1.0, 1, 1], [1, value, value]]), array(6, 6, 6))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(parts=PARTS, weights=st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_regions_that_make_up_the_nation_add_up_to_one(
    parts: list[tuple[float, float, float]], weights: list[float]
) -> None:
    regional = np.array(parts) + 1.0
    shares = np.array(weights) / sum(weights)
    index = buying_power_index(regional, regional.sum(axis=0), weights=shares.tolist())
    assert index.sum() == pytest.approx(1)
    assert ((index > 0) & (index <= 1 + 1e-9)).all()


def test_development_is_100_where_sales_follow_population() -> None:
    # 10 % of the sales with 10 % of the people, 5 % with 20 %, 30 % with 15 %
    index = development_index(array(0.10, 0.05, 0.30), array(0.10, 0.20, 0.15))
    assert index.tolist() == pytest.approx([100, 25, 200])


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("sales_percent", "published"),
    # promoprof.babson.edu: exterior paint in the Toledo market, which has .387 % of the people
    [pytest.param(1.17, 302, id="brand"), pytest.param(0.72, 186, id="category")],
)
def test_the_published_development_of_paint_in_toledo(
    sales_percent: float, published: float
) -> None:
    index = development_index(array(sales_percent / 100), array(0.387 / 100))
    assert index.round().tolist() == [published]


@pytest.mark.oracle
@pytest.mark.parametrize(("sales_percent", "further"), [(1.17, 302.3255814), (0.72, 186.0465116)])
def test_toledo_to_ten_digits(sales_percent: float, further: float) -> None:
    index = development_index(array(sales_percent / 100), array(0.387 / 100))
    assert index[0] == pytest.approx(further, abs=5e-8)


@pytest.mark.parametrize(
    ("sales", "population"),
    [
        pytest.param(0.1, 0.0, id="nobody lives there"),
        pytest.param(0.0, 0.0, id="nothing at all"),
        pytest.param(NAN, 0.1, id="sales unknown"),
        pytest.param(0.1, NAN, id="population unknown"),
    ],
)
def test_development_is_undefined_without_people_or_sales(sales: float, population: float) -> None:
    assert np.isnan(development_index(array(sales), array(population))).all()


def test_a_region_where_nothing_is_sold_has_index_0() -> None:
    assert development_index(array(0), array(0.2)).tolist() == [0]


@pytest.mark.parametrize(
    ("sales", "population", "kind"),
    [
        pytest.param(-0.1, 0.1, "sales", id="credits"),
        pytest.param(12.0, 0.1, "sales", id="percent"),
        pytest.param(0.1, 38.7, "population", id="percent of people"),
        pytest.param(0.1, -0.1, "population", id="fewer than nobody"),
    ],
)
def test_shares_beyond_0_and_1_are_refused(sales: float, population: float, kind: str) -> None:
    message = (
        rf"^A share of {kind} is not between 0 and 1: region 1 \(counted from 1\)\. "
        r"Give shares of the nation from 0 to 1: 12 % is 0\.12\.$"
    )
    with pytest.raises(ParameterError, match=message):
        development_index(array(sales), array(population))


def test_up_to_five_wrong_regions_are_named_with_their_count() -> None:
    with pytest.raises(ParameterError, match=r"region 1, .*region 5 and 2 more \(7 in all\)"):
        development_index(np.full(7, 3.0), np.full(7, 0.1))


def test_sales_and_population_must_be_of_the_same_regions() -> None:
    message = r"not one figure of each kind for every region: 2 and 1 \(sales_shares, population"
    with pytest.raises(ParameterError, match=message):
        development_index(array(0.1, 0.1), array(0.1))


def test_the_opportunity_index_is_brand_over_category() -> None:
    # 60 of 120 is half as far, 150 of 100 is half as far again
    index = opportunity_index(array(120, 100, 0, NAN), array(60, 150, 50, 50))
    assert index[:2].tolist() == pytest.approx([50, 150])
    assert np.isnan(index[2:]).all()


def test_a_ratio_that_no_computer_holds_is_undefined() -> None:
    assert np.isnan(opportunity_index(array(1e-310), array(100))).all()


@pytest.mark.parametrize(
    ("category", "brand", "reading"),
    [
        pytest.param(186, 302, "strong", id="both high: paint in Toledo"),
        pytest.param(140, 60, "whitespace", id="category high, brand low"),
        pytest.param(60, 140, "watch", id="category low, brand high"),
        pytest.param(60, 60, "weak", id="both low"),
        pytest.param(100, 100, "strong", id="the average counts as high"),
        pytest.param(100, 99.9, "whitespace", id="just below the average"),
        pytest.param(NAN, 140, "undefined", id="no category"),
        pytest.param(140, NAN, "undefined", id="no brand"),
        pytest.param(0, 0, "weak", id="nothing sold"),
    ],
)
def test_regions_are_read_by_quadrant(category: float, brand: float, reading: str) -> None:
    assert opportunity_readings(array(category), array(brand)).tolist() == [reading]


def test_an_average_region_is_high_although_its_index_is_rounded() -> None:
    # .3 of .1 + .2: 99.99999999999999 in the computer
    category = development_index(array(0.3), array(0.1 + 0.2))
    assert category[0] < 100
    assert opportunity_readings(category, array(50)).tolist() == ["whitespace"]


def test_indices_can_be_read_against_another_average() -> None:
    readings = opportunity_readings(array(110, 130), array(110, 130), average=120)
    assert readings.tolist() == ["weak", "strong"]


@pytest.mark.parametrize("average", [0.0, -100.0, NAN, float("inf")])
def test_an_average_that_is_not_above_0_is_refused(average: float) -> None:
    message = r"^The average that indices are read against is not above 0: .* \(average\)\. Give a"
    with pytest.raises(ParameterError, match=message):
        opportunity_readings(array(100), array(100), average=average)


@pytest.mark.parametrize("read", [opportunity_index, opportunity_readings])
def test_negative_indices_are_refused(read: object) -> None:
    assert callable(read)
    message = r"^A development index is below 0: region 2 \(counted from 1\)\. Give indices of 0 or"
    with pytest.raises(ParameterError, match=message):
        read(array(100, 100), array(100, -1))
    with pytest.raises(ParameterError, match=r"3 and 1 \(category_index, brand_index\)"):
        read(array(1, 2, 3), array(1))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(pairs=INDICES)
def test_every_region_has_one_reading_and_whitespace_lags_behind(
    pairs: list[tuple[float, float]],
) -> None:
    category = np.array([pair[0] for pair in pairs], dtype=float)
    brand = np.array([pair[1] for pair in pairs], dtype=float)
    readings = opportunity_readings(category, brand)
    assert set(readings) <= {"strong", "whitespace", "watch", "weak", "undefined"}
    assert ((readings == "undefined") == (np.isnan(category) | np.isnan(brand))).all()
    assert (opportunity_index(category, brand)[readings == "whitespace"] < 100).all()

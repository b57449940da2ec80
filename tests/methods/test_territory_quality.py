"""Index, size and quality, ranks and concentration of territories."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.territory_quality import (
    customer_concentration,
    rank_agreement,
    rate_territories,
    size_and_quality,
    territory_index,
    value_per_hour,
)

LOADS = st.lists(st.tuples(st.floats(1, 1e6), st.floats(1, 1e4)), min_size=2, max_size=12)
# Cravens, Woodruff, Stamper 1972: sales of 25 territories in 1,000 units
CRAVENS_SALES = [
    3669.88, 3473.95, 2295.10, 4675.56, 6125.96, 2134.94, 5031.66, 3367.45, 6519.45, 4876.37,
    2468.27, 2533.31, 2408.11, 2337.38, 4586.95, 2729.24, 3289.40, 2800.78, 3264.20, 3453.62,
    1741.45, 2035.75, 1578.00, 4167.44, 2799.97,
]  # fmt: skip
# The same against what potential, accounts and workload let one expect, leaving each out in turn
CRAVENS_ADJUSTED = [
    118.1, 93.1, 94.8, 84.7, 129.8, 70.6, 72.7, 98.5, 140.3, 143.9,
    77.4, 70.8, 102.7, 103.9, 150.4, 134.0, 123.0, 111.2, 81.5, 80.6,
    76.2, 71.4, 67.6, 115.8, 112.4,
]  # fmt: skip


def fields(values: list[float], hours: list[float]) -> list[str]:
    return list(size_and_quality(np.array(values), np.array(hours)))


def rates(values: list[float], hours: list[float]) -> list[str]:
    return list(rate_territories(np.array(values), np.array(hours)))


def agreement(model: list[float], field: list[float]) -> float:
    return rank_agreement(np.array(model), np.array(field))


def test_the_average_territory_has_100_in_each_measure() -> None:
    # means 100 and 10
    index = territory_index(np.array([[80.0, 9], [100, 10], [120, 11]]), np.array([1.0, 1]))
    assert index.by_measure[:, 0].tolist() == pytest.approx([80, 100, 120])
    assert index.by_measure[:, 1].tolist() == pytest.approx([90, 100, 110])
    assert index.blended.tolist() == pytest.approx([85, 100, 115])
    assert index.ranks.tolist() == [3, 2, 1]


def test_weights_are_made_to_sum_to_one() -> None:
    # (3 · 80 + 90) / 4
    index = territory_index(np.array([[80.0, 9], [120, 11]]), np.array([6.0, 2]))
    assert index.blended[0] == pytest.approx(82.5)


def test_opposite_errors_cancel_in_the_blend_and_not_by_measure() -> None:
    index = territory_index(np.array([[50.0, 15], [150, 5]]), np.array([0.5, 0.5]))
    assert index.blended.tolist() == pytest.approx([100, 100])
    assert index.by_measure[0].tolist() == pytest.approx([50, 150])
    assert index.ranks.tolist() == [1, 1]


def test_a_single_territory_has_100_and_no_rank() -> None:
    index = territory_index(np.array([[7.0, 3]]), np.array([1.0, 1]))
    assert index.by_measure.tolist() == [[100, 100]]
    assert index.blended.tolist() == [100]
    assert np.isnan(index.ranks).all()


def test_a_measure_that_nobody_has_is_even_and_flagged() -> None:
    index = territory_index(np.array([[0.0, 3], [0, 1]]), np.array([1.0, 1]))
    assert index.by_measure[:, 0].tolist() == [100, 100]
    assert index.has_total.tolist() == [False, True]


@settings(deadline=None, max_examples=60)
@given(loads=LOADS, scale=st.floats(0.01, 100))
def test_indices_average_100_and_know_no_unit(
    loads: list[tuple[float, float]], scale: float
) -> None:
    measures = np.array(loads)
    index = territory_index(measures, np.array([0.3, 0.7]))
    assert index.blended.mean() == pytest.approx(100)
    scaled = territory_index(measures * np.array([scale, 1.0]), np.array([0.3, 0.7]))
    assert scaled.blended.tolist() == pytest.approx(index.blended.tolist())


def test_value_is_counted_by_the_hour() -> None:
    found = value_per_hour(np.array([300.0, 50, 10]), np.array([100.0, 25, 0]))
    assert found[:2].tolist() == [3, 2]
    assert math.isnan(found[2])


def test_quality_and_size_are_two_things() -> None:
    # hours 100, mean 100; value per hour 2 against 1100 / 400 = 2.75
    assert fields([600, 200, 200, 100], [150, 150, 50, 50]) == [
        "big and rich",
        "big and poor",
        "small and rich",
        "small and poor",
    ]


def test_what_is_average_counts_as_big_and_rich() -> None:
    assert fields([0.3, 0.3, 0.3], [0.1, 0.1, 0.1]) == ["big and rich"] * 3


def test_a_territory_without_work_has_no_field_and_does_not_move_the_others() -> None:
    assert fields([300, 500, 100], [100, 0, 100]) == ["big and rich", "n/a", "big and poor"]


@pytest.mark.parametrize(("values", "hours"), [([5], [9]), ([5, 4], [9, 0]), ([], [])])
def test_a_single_territory_has_no_field(values: list[float], hours: list[float]) -> None:
    assert fields(values, hours) == ["n/a"] * len(values)


def test_territories_without_any_value_are_equally_rich() -> None:
    assert fields([0, 0], [100, 50]) == ["big and rich", "small and rich"]


def test_six_territories_are_rated_by_terciles_of_value_for_an_hour() -> None:
    # per hour 1 to 6, though the first has the most value
    hours = [1000.0, 1, 1, 1, 1, 1]
    assert rates([1000.0, 2, 3, 4, 5, 6], hours) == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]


def test_five_territories_are_rated_by_their_distance_from_the_mean() -> None:
    # mean 100, band 85 to 115
    assert rates([84, 86, 100, 114, 116], [1] * 5) == ["low", "medium", "medium", "medium", "high"]


def test_one_territory_and_one_without_work_are_not_rated() -> None:
    assert rates([70], [1]) == ["n/a"]
    assert rates([84, 116, 50], [1, 1, 0]) == ["low", "high", "n/a"]


def test_agreement_is_one_for_the_same_order_and_minus_one_for_the_opposite() -> None:
    assert agreement([1, 2, 3, 4], [10, 20, 30, 400]) == pytest.approx(1)
    assert agreement([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)


def test_one_change_of_places_is_as_by_hand() -> None:
    # 1 - 6 · (0 + 1 + 1 + 0) / (4 · 15)
    assert agreement([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)


def test_equal_ranks_share_their_mean() -> None:
    # 1, 2.5, 2.5, 4 against 1, 2, 3, 4: sums of products 4.5, of squares 4.5 and 5
    assert agreement([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / math.sqrt(22.5))


@pytest.mark.oracle
def test_adjusted_and_raw_sales_agree_as_far_as_published() -> None:
    """Data of Cravens, Woodruff, Stamper 1972; index left-one-out: 0.59."""
    assert round(agreement(CRAVENS_SALES, CRAVENS_ADJUSTED), 2) == 0.59


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ([1, 2], [1, 2]),
        ([], []),
        ([1, 2, 3], [1, math.nan, 3]),
        ([1, 2, 3], [5, 5, 5]),
    ],
)
def test_too_few_or_equal_ranks_say_nothing(model: list[float], field: list[float]) -> None:
    assert math.isnan(agreement(model, field))


def test_territories_that_the_field_did_not_rank_are_passed_over() -> None:
    assert agreement([1, 2, 3, 4], [1, math.nan, 2, 3]) == pytest.approx(1)


@settings(deadline=None, max_examples=60)
@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=10))
def test_agreement_is_the_same_from_both_sides_and_turns_with_the_order(
    pairs: list[tuple[int, int]],
) -> None:
    model, field = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    found = agreement(model, field)
    assert agreement(field, model) == pytest.approx(found, nan_ok=True)
    assert agreement([-rank for rank in model], field) == pytest.approx(-found, nan_ok=True)
    assert math.isnan(found) or abs(found) <= 1 + 1e-9


def test_a_territory_with_one_large_customer_is_at_risk() -> None:
    # .36 + .04 + .04
    found = customer_concentration(np.array([60.0, 20, 20]))
    assert found.herfindahl == pytest.approx(0.44)
    assert found.effective_count == pytest.approx(1 / 0.44)
    assert (found.largest_share, found.is_at_risk) == (0.6, True)


@pytest.mark.oracle
def test_the_published_concentration_of_four_shares() -> None:
    """US Department of Justice: 30, 30, 20, 20 have 2,600 points, an effective number of 3.846."""
    found = customer_concentration(np.array([30.0, 30, 20, 20]))
    assert found.herfindahl * 10_000 == pytest.approx(2600)
    assert round(found.effective_count, 3) == 3.846
    assert not found.is_at_risk


def test_the_limit_of_risk_may_be_another_one() -> None:
    values = np.array([30.0, 30, 20, 20])
    assert customer_concentration(values, risk_share=0.3).is_at_risk


@pytest.mark.parametrize("values", [[], [0.0, 0]])
def test_without_value_there_is_no_risk(values: list[float]) -> None:
    found = customer_concentration(np.array(values))
    assert (found.herfindahl, found.largest_share, found.is_at_risk) == (0, 0, False)
    assert math.isnan(found.effective_count)


@pytest.mark.parametrize("odd", [-1.0, math.nan, math.inf])
def test_credits_and_unknown_sales_are_refused(odd: float) -> None:
    with pytest.raises(ParameterError, match="value of each customer must be known and 0 or more"):
        customer_concentration(np.array([5.0, odd]))


@pytest.mark.parametrize("share", [0.0, 60.0, math.nan])
def test_a_limit_that_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ParameterError, match="a risk must be above 0 and at most 1"):
        customer_concentration(np.ones(2), risk_share=share)


@pytest.mark.parametrize(
    ("measures", "weights", "message"),
    [
        ([[1.0, 2]], [1.0], r"each measure a weight: \(1, 2\) and 1"),
        ([1.0, 2], [1.0, 1], "each measure a weight"),
        ([[]], [], "each measure a weight"),
        ([[1.0, math.nan]], [1.0, 1], "Each measure must be known and sum to 0 or more"),
        ([[-3.0], [1]], [1.0], "sum to 0 or more.*growth as a factor"),
        ([[1.0, 1]], [0.0, 0], "one of them above 0"),
        ([[1.0, 1]], [-1.0, 2], "Weights must be 0 or more"),
    ],
)
def test_measures_without_a_meaning_are_refused(
    measures: list[list[float]], weights: list[float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        territory_index(np.array(measures), np.array(weights))


@pytest.mark.parametrize(
    ("values", "hours", "message"),
    [
        ([1.0, 2], [1.0], "one entry for each territory: 2 and 1"),
        ([-1.0], [1.0], "value of each territory must be known and 0 or more"),
        ([1.0], [math.nan], "workload of each territory must be known and 0 or more"),
    ],
)
def test_values_and_hours_that_are_none_are_refused(
    values: list[float], hours: list[float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        value_per_hour(np.array(values), np.array(hours))


def test_ranks_of_different_territories_are_refused() -> None:
    with pytest.raises(ParameterError, match="one entry for each territory: 2 and 3"):
        agreement([1, 2], [1, 2, 3])

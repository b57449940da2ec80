"""Balance: deviation from target, spread and Gini of territories."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.balance import deviations, gini, measure_balance, targets_of

Floats = NDArray[np.float64]
LOADS = st.lists(st.floats(0, 1e6), min_size=1, max_size=12)
SIZES = st.lists(st.floats(0.1, 1), min_size=12, max_size=12)


def full(loads: list[float]) -> tuple[Floats, Floats]:
    """Return loads of territories that are all of full size."""
    return np.array(loads), np.ones(len(loads))


def test_the_target_is_the_total_shared_by_size() -> None:
    # 150 over one and a half territories: 100 for the full one, 50 for the half one
    assert targets_of(np.array([90.0, 60]), np.array([1, 0.5])).tolist() == [100, 50]


def test_deviation_is_the_share_above_or_below_target() -> None:
    # mean 100
    assert deviations(*full([80, 100, 120])).tolist() == pytest.approx([-0.2, 0, 0.2])


def test_a_part_time_territory_is_measured_against_its_own_target() -> None:
    # targets 100 and 50: 90 is 10 % below, 60 is 20 % above
    apart = deviations(np.array([90.0, 60]), np.array([1, 0.5]))
    assert apart.tolist() == pytest.approx([-0.1, 0.2])


def test_all_figures_of_balance_follow_from_the_loads() -> None:
    balance = measure_balance(*full([80, 100, 120]))
    assert balance.target == pytest.approx(100)
    assert balance.lowest_share == pytest.approx(-0.2)
    assert balance.highest_share == pytest.approx(0.2)
    assert balance.deviation_share == pytest.approx(0.2)
    # variance (400 + 0 + 400) / 3 = 266.67, its root 16.33, over 100
    assert balance.spread_share == pytest.approx(0.163299, abs=1e-6)
    # (-2·80 + 0·100 + 2·120) / (3·300)
    assert balance.gini_share == pytest.approx(80 / 900)


def test_the_largest_deviation_may_be_the_one_below_target() -> None:
    # mean 100: 60 % below, 30 % above
    balance = measure_balance(*full([40, 130, 130]))
    assert balance.deviation_share == pytest.approx(0.6)


def test_a_half_time_territory_with_half_the_load_is_even() -> None:
    balance = measure_balance(np.array([50.0, 100]), np.array([0.5, 1]))
    assert balance.target == pytest.approx(100)
    assert balance.deviation_share == pytest.approx(0)
    assert balance.spread_share == pytest.approx(0)
    assert balance.gini_share == pytest.approx(0)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("values", "published"),
    [
        ([1, 2, 3, 4], 0.25),
        ([0, 0, 0, 1], 0.75),
        ([5, 5, 5], 0.0),
        ([10, 20, 30, 40, 100], 0.4),
    ],
)
def test_gini_is_as_published(values: list[float], published: float) -> None:
    assert gini(np.array(values, dtype=float)) == pytest.approx(published)


@pytest.mark.oracle
def test_coefficient_of_variation_and_largest_deviation_are_as_published() -> None:
    # population standard deviation; 100 against a mean of 40
    balance = measure_balance(*full([10, 20, 30, 40, 100]))
    assert round(balance.spread_share, 4) == 0.7906
    assert balance.deviation_share == pytest.approx(1.5)


@pytest.mark.oracle
def test_local_balance_is_the_distance_from_the_mean_over_the_mean() -> None:
    # Kalcsics (2015), 23.4.2: bal(D) = |w(D) - mu| / mu; mu = (13 + 7 + 10) / 3 = 10
    assert np.abs(deviations(*full([13, 7, 10]))).tolist() == pytest.approx([0.3, 0.3, 0])


def test_one_territory_is_even() -> None:
    balance = measure_balance(*full([70]))
    assert (balance.target, balance.deviation_share, balance.spread_share) == (70, 0, 0)
    assert balance.gini_share == 0


def test_a_total_of_nothing_is_even() -> None:
    balance = measure_balance(*full([0, 0, 0]))
    assert (balance.target, balance.deviation_share, balance.spread_share) == (0, 0, 0)
    assert balance.gini_share == 0


def test_an_empty_territory_is_all_below_target() -> None:
    assert measure_balance(*full([0, 100])).lowest_share == -1


@pytest.mark.parametrize("odd", [-5.0, float("nan")])
def test_gini_is_undefined_for_credits_and_unknown_values(odd: float) -> None:
    assert np.isnan(gini(np.array([10.0, odd])))


def test_credits_leave_deviations_defined() -> None:
    # mean 50: -20 is 140 % below
    balance = measure_balance(*full([120, -20]))
    assert balance.lowest_share == pytest.approx(-1.4)
    assert np.isnan(balance.gini_share)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(loads=LOADS, sizes=SIZES)
def test_what_one_territory_has_too_much_others_lack(
    loads: list[float], sizes: list[float]
) -> None:
    values, shares = np.array(loads), np.array(sizes[: len(loads)])
    surplus = deviations(values, shares) * targets_of(values, shares)
    assert surplus.sum() == pytest.approx(0, abs=1e-6 * (1 + values.sum()))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(loads=LOADS, factor=st.floats(0.01, 100))
def test_gini_knows_neither_order_nor_unit_and_stays_below_one(
    loads: list[float], factor: float
) -> None:
    values = np.array(loads)
    assert -1e-9 <= gini(values) < 1
    assert gini(values[::-1] * factor) == pytest.approx(gini(values), abs=1e-6)

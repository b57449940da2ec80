"""Coverage of a target by open deals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.funnel import (
    FunnelCoverage,
    measure_funnel,
    required_coverage,
    win_shares,
)

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=6)


def measure(
    amounts: list[float],
    wins: list[float],
    months: list[float],
    *,
    horizon: float = 6,
    target: float = 100,
) -> FunnelCoverage:
    return measure_funnel(
        np.array(amounts),
        np.array(wins),
        months_to_close=np.array(months),
        horizon_months=horizon,
        target_amount=target,
    )


def published_funnel(prospects: float = 0.0, months: float = 9.0) -> FunnelCoverage:
    """Course MK4010: 16 deals at need, 8 at closing, 90,000 each; prospects need too long."""
    deals = np.array([prospects, 16, 8])
    return measure_funnel(
        90_000 * deals,
        win_shares(np.array([0.5, 0.4, 0.9])),
        months_to_close=np.array([months, 4.0, 1.0]),
        horizon_months=6,
        target_amount=2_000_000,
    )


def test_each_stage_is_worth_its_open_value_times_its_chance() -> None:
    # 200 · .1 + 50 · .8 = 20 + 40 of 100
    funnel = measure([200, 50], [0.1, 0.8], [3, 1])
    assert funnel.expected_amounts.tolist() == pytest.approx([20, 40])
    assert funnel.coverage_shares.tolist() == pytest.approx([0.2, 0.4])
    assert funnel.expected_amount == pytest.approx(60)
    assert funnel.coverage_share == pytest.approx(0.6)
    assert funnel.missing_amount == pytest.approx(40)


def test_raw_coverage_stands_beside_what_it_would_have_to_be() -> None:
    # 250 open for 100; 60 of 250 are expected, so 100 need 416.67
    funnel = measure([200, 50], [0.1, 0.8], [3, 1])
    assert funnel.raw_coverage == pytest.approx(2.5)
    assert funnel.required_coverage == pytest.approx(250 / 60)


def test_a_stage_that_closes_after_the_horizon_counts_nothing() -> None:
    funnel = measure([200, 50], [0.1, 0.8], [6.5, 6])
    assert funnel.is_in_time.tolist() == [False, True]
    assert funnel.expected_amounts.tolist() == [0, 40]
    assert funnel.raw_coverage == pytest.approx(0.5)


def test_a_target_that_is_covered_lacks_nothing() -> None:
    assert measure([500], [0.5], [1]).missing_amount == 0


def test_where_nothing_is_expected_no_coverage_is_enough() -> None:
    assert math.isnan(measure([500], [0.5], [9]).required_coverage)
    assert math.isnan(measure([500], [0.0], [1]).required_coverage)


def test_the_chance_of_a_sale_is_that_of_all_steps_still_to_pass() -> None:
    # .5 · .4 · .9, .4 · .9, .9
    shares = win_shares(np.array([0.5, 0.4, 0.9]))
    assert shares.tolist() == pytest.approx([0.18, 0.36, 0.9])


@pytest.mark.oracle
def test_the_published_chance_from_need_to_close() -> None:
    """Course MK4010: .4 · .9."""
    assert win_shares(np.array([0.4, 0.9]))[0] == pytest.approx(0.36)


@pytest.mark.oracle
def test_the_published_deals_and_their_value() -> None:
    """Course MK4010: 5.76 and 7.2 deals are 12.96 of 90,000, 1,166,400 of 2 m."""
    funnel = published_funnel()
    assert (funnel.expected_amounts[1:] / 90_000).tolist() == pytest.approx([5.76, 7.2])
    assert funnel.expected_amount / 90_000 == pytest.approx(12.96)
    assert funnel.expected_amount == pytest.approx(1_166_400)
    assert funnel.missing_amount == pytest.approx(833_600)


@pytest.mark.oracle
def test_prospects_that_close_too_late_do_not_change_the_published_value() -> None:
    """Course MK4010: stages with more months left than the horizon has count nothing."""
    assert published_funnel(40).expected_amount == pytest.approx(1_166_400)
    assert published_funnel(40, months=6).expected_amount > 1_166_400


@pytest.mark.oracle
def test_the_published_coverage_at_a_win_rate_of_28_percent() -> None:
    """Common sales-operations rule: 1 / 28 % = 3.57."""
    assert round(required_coverage(0.28), 2) == 3.57


def test_where_every_deal_is_won_the_target_itself_is_enough() -> None:
    assert required_coverage(1) == 1


@settings(deadline=None, max_examples=60)
@given(steps=SHARES)
def test_chances_never_fall_from_stage_to_stage(steps: list[float]) -> None:
    shares = win_shares(np.array(steps))
    assert (np.diff(shares) >= 0).all()
    assert shares[-1] == steps[-1]


@settings(deadline=None, max_examples=60)
@given(steps=SHARES, horizon=st.floats(0, 12))
def test_a_longer_horizon_never_covers_less(steps: list[float], horizon: float) -> None:
    count = len(steps)
    months = [float(2 * (count - i)) for i in range(count)]
    near = measure([10.0] * count, steps, months, horizon=horizon)
    far = measure([10.0] * count, steps, months, horizon=horizon + 1)
    assert 0 <= near.expected_amount <= far.expected_amount <= 10 * count


@settings(deadline=None, max_examples=60)
@given(steps=SHARES.filter(lambda shares: min(shares) > 0.01), target=st.floats(1, 1e4))
def test_raw_coverage_suffices_exactly_where_the_target_is_covered(
    steps: list[float], target: float
) -> None:
    funnel = measure([10.0] * len(steps), steps, [0.0] * len(steps), target=target)
    covered = funnel.raw_coverage / funnel.required_coverage
    assert covered == pytest.approx(funnel.coverage_share)


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, math.nan])
def test_a_chance_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ParameterError, match="chance of a sale must be above 0 and at most 1"):
        required_coverage(share)


@pytest.mark.parametrize("steps", [[0.4, 90.0], [-0.1], [math.nan]])
def test_steps_that_are_no_shares_are_refused(steps: list[float]) -> None:
    with pytest.raises(ParameterError, match=r"Each chance to pass a step must be from 0 to 1"):
        win_shares(np.array(steps))


@pytest.mark.parametrize(
    ("amounts", "wins", "months", "horizon", "target", "message"),
    [
        ([1.0, 2.0], [0.5], [1.0], 6, 100, r"must name the same stages: 2, 1, 1"),
        ([], [], [], 6, 100, r"must name the same stages: 0, 0, 0"),
        ([-1.0], [0.5], [1.0], 6, 100, r"open value must be known and 0 or more: \[-1.0\]"),
        ([math.nan], [0.5], [1.0], 6, 100, r"open value must be known"),
        ([1.0], [50.0], [1.0], 6, 100, r"Each chance of a sale must be from 0 to 1"),
        ([1.0], [0.5], [-1.0], 6, 100, r"months to close must be known and 0 or more"),
        ([1.0], [0.5], [1.0], -1, 100, r"horizon must be known and 0 or more"),
        ([1.0], [0.5], [1.0], 6, 0, r"target must be above 0: 0"),
        ([1.0], [0.5], [1.0], 6, math.nan, r"target must be above 0: nan"),
    ],
)
def test_a_funnel_with_gaps_or_wrong_numbers_is_refused(
    amounts: list[float],
    wins: list[float],
    months: list[float],
    horizon: float,
    target: float,
    message: str,
) -> None:
    with pytest.raises(ParameterError, match=message):
        measure(amounts, wins, months, horizon=horizon, target=target)

"""Weighted index of actual over target, with caps, absence and missing quotas."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.performance_index import (
    PerformanceIndex,
    performance_index,
    productive_share,
)

NA = float("nan")
WEIGHTS = np.array([3.0, 1])
METRICS = st.lists(st.floats(0, 1e6), min_size=3, max_size=3)


def index_of(
    actual: list[float], target: list[float], *, present: float = 1, cap: float = 1.5
) -> PerformanceIndex:
    return performance_index(
        np.array([actual]),
        np.array([target]),
        WEIGHTS,
        present_share=np.array([float(present)]),
        cap=cap,
    )


def test_ratios_are_weighted() -> None:
    # 100 · (3 · .9 + 1 · 1.2) / 4
    found = index_of([90, 12], [100, 10])
    assert found.index.tolist() == pytest.approx([97.5])
    assert found.points.tolist() == [pytest.approx([67.5, 30])]
    assert found.weight_share.tolist() == [1]


def test_targets_just_met_make_one_hundred() -> None:
    assert index_of([100, 10], [100, 10]).index.tolist() == pytest.approx([100])


def test_a_metric_beyond_the_cap_does_not_hide_the_other() -> None:
    # 100 · (3 · .5 + 1 · 1.5) / 4: without the cap the second would add 100, not 37.5
    found = index_of([50, 40], [100, 10])
    assert found.index.tolist() == pytest.approx([75])
    assert found.is_capped.tolist() == [[False, True]]


def test_a_metric_at_the_cap_is_not_cut() -> None:
    assert not index_of([150, 10], [100, 10]).is_capped.any()


def test_credits_count_as_nothing_reached() -> None:
    # 100 · (0 + 1 · 1) / 4
    assert index_of([-80, 10], [100, 10]).index.tolist() == pytest.approx([25])


def test_a_rep_who_was_away_half_the_time_has_half_the_target() -> None:
    # 45 of 50 and 6 of 5
    found = index_of([45, 6], [100, 10], present=0.5)
    assert found.index.tolist() == pytest.approx([97.5])


@pytest.mark.parametrize("quota", [0.0, NA])
def test_a_metric_without_quota_is_dropped_and_the_weights_scaled_up(quota: float) -> None:
    found = index_of([90, 12], [100, quota])
    assert found.index.tolist() == pytest.approx([90])
    assert found.points.tolist() == [pytest.approx([90, 0])]
    assert found.weight_share.tolist() == [0.75]


def test_what_nobody_measured_is_not_a_zero() -> None:
    found = index_of([NA, 12], [100, 10])
    assert found.index.tolist() == pytest.approx([120])
    assert found.weight_share.tolist() == [0.25]


@pytest.mark.parametrize(("target", "present"), [([0.0, NA], 1), ([100.0, 10.0], 0)])
def test_a_rep_without_any_target_has_no_index(target: list[float], present: float) -> None:
    found = index_of([90, 12], target, present=present)
    assert np.isnan(found.index).all()
    assert found.points.tolist() == [[0, 0]]
    assert found.weight_share.tolist() == [0]


def test_a_metric_without_weight_changes_nothing() -> None:
    found = performance_index(
        np.array([[90.0, 1]]), np.array([[100.0, 10]]), np.array([2.0, 0]), cap=1.5
    )
    assert found.index.tolist() == pytest.approx([90])


def test_each_rep_is_measured_alone() -> None:
    actuals, targets = np.array([[90.0, 12], [50, 5]]), np.array([[100.0, 10], [100, NA]])
    assert performance_index(actuals, targets, WEIGHTS).index.tolist() == pytest.approx([97.5, 50])


@settings(derandomize=True, deadline=None, max_examples=60)
@given(actual=METRICS, target=METRICS, weights=st.lists(st.floats(0.1, 9), min_size=3, max_size=3))
def test_parts_add_up_and_the_index_stays_below_the_cap(
    actual: list[float], target: list[float], weights: list[float]
) -> None:
    found = performance_index(
        np.array([actual]), np.array([target]), np.array(weights), present_share=np.array([0.7])
    )
    assert 0 <= found.weight_share[0] <= 1 + 1e-12
    if found.weight_share[0] > 0:
        assert found.points.sum() == pytest.approx(found.index[0])
        assert -1e-9 <= found.index[0] <= 150 + 1e-9


@pytest.mark.parametrize(
    ("tenure", "absent", "ramp", "expected"),
    [
        (400, 0, 100, 1.0),  # long in the territory
        (400, 50, 100, 0.75),  # 50 of 200 days away
        (0, 0, 100, 0.75),  # the first 100 days count half: (50 + 100) / 200
        (0, 50, 100, 0.5625),  # as before, a quarter of it away
        (50, 0, 100, 0.9375),  # half of the ramp is over: 50 days at .75 on average, 150 full
        (-100, 0, 100, 0.25),  # comes for the second half: 50 / 200
        (-100, 50, 0, 0.25),  # sells at once, half of the 100 days away
        (0, 0, 400, 0.25),  # the ramp is longer than the period: 0 to .5
        (-300, 0, 100, 0.0),  # not yet there
    ],
)
def test_ramp_and_absence_shorten_the_time_that_counts(
    tenure: float, absent: float, ramp: float, expected: float
) -> None:
    found = productive_share(
        np.array([float(tenure)]), np.array([float(absent)]), period_days=200, ramp_days=ramp
    )
    assert found.tolist() == pytest.approx([expected])


@pytest.mark.parametrize(
    ("absent", "shown"), [(-1.0, "-1 of 50 days"), (60.0, "60 of 50 days"), (NA, "nan of 50 days")]
)
def test_absence_beyond_the_days_there_is_refused(absent: float, shown: str) -> None:
    with pytest.raises(ParameterError, match=rf"{shown} \(absent_days, rows 1\)"):
        productive_share(
            np.array([0.0, -50]), np.array([0.0, absent]), period_days=100, ramp_days=0
        )


@pytest.mark.parametrize(("period", "ramp"), [(0.0, 10.0), (100.0, -1.0), (NA, 10.0)])
def test_a_period_without_length_is_refused(period: float, ramp: float) -> None:
    with pytest.raises(ParameterError, match="no usable length"):
        productive_share(np.zeros(1), np.zeros(1), period_days=period, ramp_days=ramp)


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([1.0, -1], "cannot be used: 1, -1"),  # a metric that counts against
        ([0.0, 0], "cannot be used: 0, 0"),  # none counts
        ([NA, 1], "cannot be used: nan, 1"),  # unknown
        ([1.0], "do not have the same metrics"),  # one is missing
    ],
)
def test_weights_that_weigh_nothing_are_refused(weights: list[float], reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        performance_index(np.ones((1, 2)), np.ones((1, 2)), np.array(weights))


def test_reps_without_a_row_of_targets_are_refused() -> None:
    with pytest.raises(ParameterError, match="do not have the same metrics and reps"):
        performance_index(np.ones((2, 2)), np.ones((1, 2)), np.ones(2))


def test_a_target_below_nothing_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"target is below 0: -5 .*Leave a target empty"):
        index_of([90, 12], [100, -5])


@pytest.mark.parametrize("cap", [0.9, NA])
def test_a_cap_below_the_target_is_refused(cap: float) -> None:
    with pytest.raises(ParameterError, match="cap cuts off reps who just meet their target"):
        index_of([90, 12], [100, 10], cap=cap)


def test_no_tenure_makes_more_than_the_whole_period() -> None:
    """Whatever is lost to the ramp cancels, but for a rounding."""
    tenure = np.arange(0.0, 9000.0)
    share = productive_share(tenure, np.zeros(9000), period_days=365.0, ramp_days=5 * 365 / 12)
    assert share.max() == 1


@pytest.mark.parametrize("present", [-0.1, 1.2, NA])
def test_a_part_of_the_period_beyond_the_whole_is_refused(present: float) -> None:
    with pytest.raises(ParameterError, match="not a share for each rep"):
        index_of([90, 12], [100, 10], present=present)


def test_a_missing_part_of_the_period_is_refused() -> None:
    with pytest.raises(ParameterError, match="not a share for each rep: 1"):
        performance_index(np.ones((2, 2)), np.ones((2, 2)), WEIGHTS, present_share=np.array([1.0]))

"""Workload build-up and the number of reps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.workload import account_hours, capacity_hours, reps_needed, served_flags


def test_hours_are_visits_times_their_length() -> None:
    hours = account_hours(np.array([12.0, 6, 0]), np.array([1, 0.75, 2]))
    assert hours.tolist() == [12, 4.5, 0]


def test_capacity_takes_off_time_at_the_desk_and_for_prospecting() -> None:
    # 8 h · 200 days = 1600, half in the field, a tenth of that for prospects
    capacity = capacity_hours(per_day=8, days_per_year=200, field_share=0.5, prospecting_share=0.1)
    assert capacity == pytest.approx(720)


@pytest.mark.oracle
def test_kotler_sixty_thousand_calls_take_sixty_reps() -> None:
    # Kotler's example: 1000 A accounts with 36 calls, 2000 B with 12; 1000 calls per rep
    calls = account_hours(np.array([1000.0, 2000]), np.array([36.0, 12])).sum()
    assert calls == 60_000
    assert reps_needed(calls, 1000) == (60, 60)


@pytest.mark.oracle
def test_lpu_ten_reps_for_9100_hours() -> None:
    # Lovely Professional University, DMGT205, p. 58: 40 h · 48 weeks, half of it selling
    capacity = capacity_hours(per_day=8, days_per_year=5 * 48, field_share=0.5, prospecting_share=0)
    exact, whole = reps_needed(9100, capacity)
    assert (capacity, round(exact, 2), whole) == (960, 9.48, 10)


@pytest.mark.oracle
def test_bangalore_twenty_seven_reps() -> None:
    # teaching example: (200 · 4 + 450 · 2 + 1000 · 1) · 12 h; 6 h · 5 days · 4 weeks · 10 months
    per_month = account_hours(np.array([200.0, 450, 1000]), np.array([4.0, 2, 1])).sum()
    capacity = capacity_hours(
        per_day=6, days_per_year=5 * 4 * 10, field_share=1, prospecting_share=0
    )
    assert (per_month * 12, capacity) == (32_400, 1200)
    assert reps_needed(per_month * 12, capacity) == (27, 27)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("total", "each", "published"),
    [
        (10_000_000, 250_000, 40),  # breakdown method: sales over sales per rep
        (100_000, 10_000, 10),  # the same
        (100, 20, 5),  # Merrifield, "Sales Force Coverage": 100 A accounts at 20 per rep
    ],
)
def test_the_breakdown_rule_divides_likewise(total: float, each: float, published: int) -> None:
    assert reps_needed(total, each) == (published, published)


def test_rounding_errors_do_not_hire_another_rep() -> None:
    # 3 · 0.1 is 0.30000000000000004
    assert reps_needed(3 * 0.1, 0.1)[1] == 3


def test_no_work_takes_nobody() -> None:
    assert reps_needed(0, 960) == (0, 0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(hours=st.floats(0, 1e6), capacity=st.floats(1, 3000))
def test_whole_reps_are_just_enough(hours: float, capacity: float) -> None:
    exact, whole = reps_needed(hours, capacity)
    assert whole - 1 < exact <= whole + 1e-9


def test_accounts_are_served_by_value_for_an_hour_until_one_does_not_fit() -> None:
    # by value for an hour: 3, 2, 1 and the one without work; 2 + 4 h fit into 7 h, 4 more do not
    hours, values = np.array([4.0, 4, 2, 0]), np.array([8.0, 4, 6, 0])
    assert served_flags(hours, values, 7.0).tolist() == [True, False, True, True]
    assert served_flags(hours, values, 10.0).all()
    assert served_flags(hours, values, 0.0).tolist() == [False, False, False, True]


def test_a_small_account_does_not_jump_the_queue() -> None:
    assert served_flags(np.array([5.0, 1]), np.array([50.0, 1]), 3.0).tolist() == [False, False]

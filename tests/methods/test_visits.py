"""Ideal against actual visits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.visits import coverage_share, misplaced_share

VISITS = st.lists(st.integers(0, 52), min_size=4, max_size=4)
IDEAL = np.array([12.0, 6, 2])


def test_visits_beyond_the_ideal_do_not_cover_others() -> None:
    # (6 + 6 + 2) of 20
    assert coverage_share(IDEAL, np.array([6.0, 8, 2])) == pytest.approx(0.7)


def test_misplaced_visits_are_half_of_all_differences() -> None:
    # (6 + 2 + 0) / (2 · 20)
    assert misplaced_share(IDEAL, np.array([6.0, 8, 2])) == pytest.approx(0.2)


def test_equal_totals_can_hide_that_the_wrong_accounts_are_visited() -> None:
    # 12 wanted and 12 made, but (2 + 2) of them where they belong, and (8 + 8) / 24 elsewhere
    ideal, actual = np.array([10.0, 2]), np.array([2.0, 10])
    assert coverage_share(ideal, actual) == pytest.approx(1 / 3)
    assert misplaced_share(ideal, actual) == pytest.approx(2 / 3)


@pytest.mark.oracle
def test_coverage_and_misallocation_follow_their_formulas() -> None:
    # sum of min(actual, ideal) over ideal, and half L1 over ideal; the call cycle of
    # a teaching example (10, 10, 15, 3, 2 calls, 40 in all) with the first class visited by half
    ideal, actual = np.array([10.0, 10, 15, 3, 2]), np.array([5.0, 10, 15, 3, 2])
    assert ideal.sum() == 40
    assert coverage_share(ideal, actual) == pytest.approx(35 / 40)
    assert misplaced_share(ideal, actual) == pytest.approx(5 / 80)


def test_the_ideal_itself_is_all_covered() -> None:
    assert (coverage_share(IDEAL, IDEAL), misplaced_share(IDEAL, IDEAL)) == (1, 0)


def test_no_visits_cover_nothing() -> None:
    assert coverage_share(IDEAL, np.zeros(3)) == 0
    assert misplaced_share(IDEAL, np.zeros(3)) == pytest.approx(0.5)


def test_where_no_visit_is_wanted_nothing_can_be_said() -> None:
    assert np.isnan(coverage_share(np.zeros(2), np.ones(2)))
    assert np.isnan(misplaced_share(np.zeros(2), np.ones(2)))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(ideal=VISITS.filter(any), order=st.permutations(range(4)))
def test_with_as_many_visits_as_wanted_what_is_not_covered_is_misplaced(
    ideal: list[int], order: list[int]
) -> None:
    wanted = np.array(ideal, dtype=float)
    actual = wanted[order]
    missed = 1 - coverage_share(wanted, actual)
    assert misplaced_share(wanted, actual) == pytest.approx(missed)
    assert 0 <= missed <= 1

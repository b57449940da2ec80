"""Ideal against actual visits, account by account and in all."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.visit_compliance import (
    account_visits,
    visit_totals,
    visit_totals_by,
)

IDEAL = np.array([12.0, 6, 2, 0])
ACTUAL = np.array([6.0, 8, 2, 3])
CALLS = st.lists(st.tuples(st.integers(0, 52), st.integers(0, 52)), min_size=1, max_size=12)


def test_each_account_has_its_compliance_its_over_calls_and_its_under_calls() -> None:
    # 6 of 12, 6 of 6 with 2 more, 2 of 2, and 3 that nobody wanted
    each = account_visits(IDEAL, ACTUAL)
    assert each.compliance_shares[:3].tolist() == [0.5, 1, 1]
    assert each.over_counts.tolist() == [0, 2, 0, 3]
    assert each.under_counts.tolist() == [6, 0, 0, 0]


def test_where_no_visit_is_wanted_there_is_nothing_to_comply_with() -> None:
    assert math.isnan(account_visits(IDEAL, ACTUAL).compliance_shares[3])


def test_totals_split_visits_by_whether_they_were_wanted() -> None:
    # met 6 + 6 + 2, over 2 + 3, under 6
    totals = visit_totals(IDEAL, ACTUAL)
    assert (totals.ideal_count, totals.actual_count) == (20, 19)
    assert (totals.met_count, totals.over_count, totals.under_count) == (14, 5, 6)
    assert totals.coverage_share == pytest.approx(0.7)
    # (5 + 6) / (2 · 20)
    assert totals.misplaced_share == pytest.approx(0.275)
    assert totals.raw_share == pytest.approx(0.95)


def test_over_calls_hide_in_the_raw_share_and_not_in_the_others() -> None:
    # class A lacks 8, class C has 8 too many
    totals = visit_totals(np.array([10.0, 2]), np.array([2.0, 10]))
    assert totals.raw_share == 1
    assert totals.coverage_share == pytest.approx(1 / 3)
    assert totals.misplaced_share == pytest.approx(2 / 3)


def test_groups_come_in_order_and_add_up() -> None:
    groups = np.array(["C", "A", "A", "C"], dtype=object)
    totals = visit_totals_by(IDEAL, ACTUAL, groups)
    assert list(totals) == ["A", "C"]
    # A: 6 + 2 of 8; C: 6 of 12, 3 over
    assert (totals["A"].met_count, totals["A"].over_count, totals["A"].under_count) == (8, 2, 0)
    assert (totals["C"].met_count, totals["C"].over_count, totals["C"].under_count) == (6, 3, 6)


def test_a_group_in_which_no_visit_is_wanted_has_no_shares() -> None:
    totals = visit_totals_by(np.zeros(1), np.ones(1), np.array(["remote"], dtype=object))
    shares = totals["remote"]
    assert math.isnan(shares.coverage_share)
    assert math.isnan(shares.misplaced_share)
    assert math.isnan(shares.raw_share)
    assert shares.over_count == 1


def test_no_account_has_no_visits() -> None:
    totals = visit_totals(np.array([]), np.array([]))
    assert (totals.ideal_count, totals.actual_count, totals.met_count) == (0, 0, 0)


@settings(deadline=None, max_examples=80)
@given(calls=CALLS)
def test_ideal_is_met_and_under_and_actual_is_met_and_over(calls: list[tuple[int, int]]) -> None:
    ideal, actual = (np.array(column, dtype=float) for column in zip(*calls, strict=True))
    totals = visit_totals(ideal, actual)
    assert totals.met_count + totals.under_count == totals.ideal_count
    assert totals.met_count + totals.over_count == totals.actual_count
    if totals.ideal_count:
        assert totals.misplaced_share == pytest.approx(
            (totals.over_count + totals.under_count) / (2 * totals.ideal_count)
        )


@settings(deadline=None, max_examples=40)
@given(calls=CALLS)
def test_groups_hold_every_visit_once(calls: list[tuple[int, int]]) -> None:
    ideal, actual = (np.array(column, dtype=float) for column in zip(*calls, strict=True))
    groups = np.array(["ABC"[i % 3] for i in range(len(calls))], dtype=object)
    parts, whole = visit_totals_by(ideal, actual, groups), visit_totals(ideal, actual)
    for name in ("ideal_count", "actual_count", "met_count", "over_count", "under_count"):
        assert sum(getattr(part, name) for part in parts.values()) == getattr(whole, name)


@pytest.mark.parametrize(
    ("ideal", "actual", "message"),
    [
        ([1.0, 2], [1.0], "needs ideal and actual visits: 2 and 1"),
        ([-1.0, 2], [1.0, 2], r"ideal visits must be known and 0 or more: -1 \(.*1 of 2 accounts"),
        ([1.0, 2], [math.nan, 2], "actual visits must be known and 0 or more: nan"),
        ([math.inf], [1.0], "ideal visits must be known and 0 or more: inf"),
    ],
)
def test_visits_that_are_none_are_refused(
    ideal: list[float], actual: list[float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        visit_totals(np.array(ideal), np.array(actual))


def test_an_account_without_group_is_refused() -> None:
    with pytest.raises(ParameterError, match="Each account needs a group: 1 groups for 4 accounts"):
        visit_totals_by(IDEAL, ACTUAL, np.array(["A"], dtype=object))

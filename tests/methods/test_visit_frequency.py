"""How often accounts are visited, and what a year of field work holds."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.visit_frequency import (
    AccountCoverage,
    SalesForce,
    account_coverage,
    calls_per_cycle,
    calls_per_day,
    calls_per_year,
    field_days_per_year,
    square_root_frequencies,
)

Floats = NDArray[np.float64]
NA = float("nan")
# Published call cycle: accounts of each class and weeks between calls; a cycle of two weeks
CYCLE = {"A": (10, 2, 10), "B": (20, 4, 10), "C": (45, 6, 15), "D": (12, 8, 3), "E": (10, 10, 2)}
# Merrifield, "Sales Force Coverage", merrifield.com/articles/4_11_1.asp
FORCE = SalesForce(
    selling_cost_amount_per_year=2_500_000,
    reps_count=25,
    weeks_per_year=46,
    calls_per_week=20,
    accounts_per_rep_count=20,
)


def array(*values: float) -> Floats:
    return np.array(values, dtype=float)


def coverage(**changes: float) -> AccountCoverage:
    """Return the published example, or what becomes of it with other numbers."""
    asked: dict[str, float] = {
        "calls_per_account_count": 12,
        "commission_share": 0.25,
        "margin_share": 0.22,
        "accounts_count": 100,
        "recoverable_share": 0.5,
        **changes,
    }
    return account_coverage(FORCE, **asked)


def test_four_times_the_potential_gets_twice_the_visits() -> None:
    # roots 400, 200, 100; times accounts 4,000 + 4,000 + 4,000; 1,200 / 12,000 is a tenth of each
    found = square_root_frequencies(
        array(160_000, 40_000, 10_000), array(10, 20, 40), visits_per_year=1200
    )
    assert found.exact_per_year.tolist() == pytest.approx([40, 20, 10])


def test_visits_are_rounded_to_whole_weeks_between_them() -> None:
    # 40 lies between 52 and 26, nearer to 52; 20 between 26 and 17.3; 10 between 10.4 and 8.7
    found = square_root_frequencies(
        array(160_000, 40_000, 10_000), array(10, 20, 40), visits_per_year=1200
    )
    assert found.weeks_between.tolist() == [1, 3, 5]
    assert found.visits_per_year.tolist() == pytest.approx([52, 52 / 3, 10.4])
    # 520 + 346.7 + 416 of the 1,200 that there are
    assert found.planned_visits_per_year == pytest.approx(520 + 1040 / 3 + 416)


@pytest.mark.parametrize(
    ("visits", "weeks"), [(39, 2), (39.1, 1), (200, 1), (1, 52), (0.2, 52), (0, 52)]
)
def test_a_visit_is_never_more_than_weekly_and_the_rarer_of_two_as_near(
    visits: float, weeks: float
) -> None:
    found = square_root_frequencies(array(9), array(1), visits_per_year=visits)
    assert found.weeks_between.tolist() == [weeks]


def test_a_class_with_potential_is_never_visited_less_often_than_asked_for() -> None:
    found = square_root_frequencies(
        array(100, 1), array(1, 1), visits_per_year=11, longest_weeks_count=26
    )
    assert found.exact_per_year.tolist() == pytest.approx([10, 1])
    assert found.weeks_between.tolist() == [5, 26]


def test_without_potential_there_is_no_visit() -> None:
    found = square_root_frequencies(array(16, 0), array(2, 5), visits_per_year=26)
    assert found.visits_per_year.tolist() == [13, 0]
    assert found.weeks_between.tolist() == pytest.approx([4, NA], nan_ok=True)
    nothing = square_root_frequencies(array(0, 0), array(2, 5), visits_per_year=26)
    assert nothing.planned_visits_per_year == 0


def test_a_class_without_accounts_has_a_frequency_and_takes_no_visits() -> None:
    found = square_root_frequencies(array(16, 4), array(1, 0), visits_per_year=26)
    assert found.exact_per_year.tolist() == pytest.approx([26, 13])
    assert found.planned_visits_per_year == 26


@pytest.mark.oracle
@pytest.mark.parametrize("name", CYCLE)
def test_the_published_calls_of_each_class_in_a_cycle_of_two_weeks(name: str) -> None:
    accounts, weeks, published = CYCLE[name]
    calls = calls_per_cycle(array(accounts), array(weeks), cycle_weeks_count=2)
    assert calls.tolist() == pytest.approx([published])


@pytest.mark.oracle
def test_the_published_calls_of_a_whole_cycle() -> None:
    accounts, weeks, _ = (array(*column) for column in zip(*CYCLE.values(), strict=True))
    assert calls_per_cycle(accounts, weeks, cycle_weeks_count=2).sum() == pytest.approx(40)


@pytest.mark.oracle
def test_the_published_calls_of_a_year_without_leave() -> None:
    # pharmaceutical norm: 8 calls on each of 261 weekdays, an optimistic 2,088
    days = field_days_per_year(
        holidays_count=0,
        leave_days_count=0,
        meeting_days_count=0,
        sick_days_count=0,
        weekdays_count=261,
    )
    assert calls_per_year(days, 8) == 2088


def test_field_days_are_weekdays_less_days_away() -> None:
    # 52 · 5 - 9 - 25 - 12 - 4
    days = field_days_per_year(
        holidays_count=9, leave_days_count=25, meeting_days_count=12, sick_days_count=4
    )
    assert days == 210


def test_calls_of_a_day_share_what_office_work_leaves() -> None:
    # 8 h less 1 h, at 30 min and 20 min of travel each
    calls = calls_per_day(day_hours=8, admin_hours=1, call_hours=0.5, travel_hours_per_call=1 / 3)
    assert calls == pytest.approx(8.4)
    assert calls_per_day(day_hours=8, admin_hours=9, call_hours=1, travel_hours_per_call=0) == 0


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("figure", "printed", "exact"),
    [
        ("cost_per_call_amount", 109, 108.6956522),
        ("needed_margin_amount_per_year", 5_217, 5_217.391304),
        ("needed_revenue_amount_per_year", 23_715, 23_715.41502),
        ("reps_count", 5, 5),
        ("supported_cost_amount_per_year", 521_739, 521_739.1304),
        ("saving_amount_per_year", 989_130, 989_130.4348),
    ],
)
def test_the_published_figures_of_a_account_coverage(
    figure: str, printed: float, exact: float
) -> None:
    found = getattr(coverage(), figure)
    assert round(found) == printed
    assert found == pytest.approx(exact, rel=1e-9)


@pytest.mark.oracle
def test_the_published_cost_of_a_call_with_cents() -> None:
    # 2.5 m over 25 · 46 · 20 calls
    assert coverage().calls_per_year == 23_000
    assert round(coverage().cost_per_call_amount, 2) == 108.70


def test_accounts_that_bear_more_than_is_spent_leave_nothing_to_save() -> None:
    # 500 accounts support 2,608,696 of 2,500,000
    assert coverage(accounts_count=500).saving_amount_per_year == pytest.approx(
        -54_347.826, abs=1e-3
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"potential": array(1, -1)}, r"out of range: -1 \(potential\). Give 0 or more\."),
        ({"potential": array(1, NA)}, r"out of range: nan \(potential\)"),
        ({"accounts_count": array(1)}, r"same classes: 2 and 1 \(potential, accounts_count\)"),
        ({"visits_per_year": -3}, r"out of range: -3 \(visits_per_year\)"),
        ({"longest_weeks_count": 0}, r"A number is 0: 0 \(longest_weeks_count\)"),
    ],
    ids=["negative", "unknown", "lengths", "visits", "weeks"],
)
def test_classes_that_cannot_be_visited_are_refused(changes: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {
        "potential": array(4, 1),
        "accounts_count": array(1, 1),
        "visits_per_year": 10,
        **changes,
    }
    with pytest.raises(ParameterError, match=message):
        square_root_frequencies(**arguments)


@pytest.mark.parametrize(
    ("weeks", "cycle", "message"),
    [
        (array(0), 2, r"A number is 0: 0 \(weeks_between\). Give a number above 0"),
        (array(2), 0, r"A number is 0: 0 \(cycle_weeks_count\)"),
        (array(2, 3), 2, "not of the same classes: 1 and 2"),
        (array(-2), 2, r"out of range: -2 \(weeks_between\)"),
    ],
)
def test_a_cycle_without_weeks_is_refused(weeks: Floats, cycle: float, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        calls_per_cycle(array(5), weeks, cycle_weeks_count=cycle)


@pytest.mark.parametrize(
    ("away", "message"),
    [
        ({"leave_days_count": -1}, r"out of range: -1 \(leave_days_count\)"),
        (
            {"leave_days_count": 260},
            "No day is left for the field: 260 weekdays, 260 days away .*counted once",
        ),
    ],
)
def test_days_that_leave_no_field_work_are_refused(away: dict[str, float], message: str) -> None:
    days: dict[str, float] = dict.fromkeys(
        ["holidays_count", "leave_days_count", "meeting_days_count", "sick_days_count"], 0
    )
    with pytest.raises(ParameterError, match=message):
        field_days_per_year(**{**days, **away})


def test_days_and_hours_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"out of range: -1 \(field_days_count\)"):
        calls_per_year(-1, 8)
    with pytest.raises(ParameterError, match=r"A number is 0: 0 \(call_hours\)"):
        calls_per_day(day_hours=8, admin_hours=0, call_hours=0, travel_hours_per_call=1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"commission_share": 25}, r"25 \(commission_share\). Give 0 or more, at most 1\."),
        ({"commission_share": 0}, r"A number is 0: 0 \(commission_share\)"),
        ({"margin_share": NA}, r"out of range: nan \(margin_share\)"),
        ({"recoverable_share": 1.5}, r"1.5 \(recoverable_share\)"),
        ({"accounts_count": -1}, r"-1 \(accounts_count\)"),
    ],
)
def test_shares_out_of_range_are_refused(changes: dict[str, float], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        coverage(**changes)


def test_a_sales_force_that_makes_no_calls_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"A number is 0: 0 \(calls_per_week\)"):
        SalesForce(100, 2, 46, 0, 20)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    classes=st.lists(st.tuples(st.floats(1, 1e6), st.integers(1, 50)), min_size=2, max_size=6),
    moved=st.floats(0.01, 0.5),
)
def test_the_rule_uses_all_visits_and_makes_potential_over_visits_least(
    classes: list[tuple[float, int]], moved: float
) -> None:
    potential = array(*[amount for amount, _ in classes])
    accounts = array(*[count for _, count in classes])
    found = square_root_frequencies(potential, accounts, visits_per_year=1000)
    exact = found.exact_per_year
    assert exact @ accounts == pytest.approx(1000)
    # part of the visits to the first class go to the last
    other = exact.copy()
    other[0] -= moved * exact[0]
    other[-1] += moved * exact[0] * accounts[0] / accounts[-1]
    assert accounts @ (potential / other) >= accounts @ (potential / exact) - 1e-6
    rising = np.argsort(potential)
    assert (np.diff(found.visits_per_year[rising]) >= 0).all()

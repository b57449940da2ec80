"""Cost of calls, break-evens, contribution of territories, cost of changes."""

import math
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.call_costs import (
    BreakEven,
    ChangeCost,
    Contribution,
    break_even_by_expense,
    break_even_by_margin,
    change_cost,
    cost_per_call,
)

AMOUNTS = st.floats(0, 1e7)


class Rep(NamedTuple):
    """A rep of the "Crestlight Paper" case, with three of the ratios printed for it."""

    margin: float
    calls: int
    expenses: float
    pay: float
    expense_per_call: float
    cost_per_call: float
    contribution: float


CRESTLIGHT = {
    "Halbert": Rep(75000, 1230, 5940, 29010, 4.83, 28.41, 40050),
    "Jennings": Rep(79000, 1168, 8430, 25155, 7.22, 28.75, 45415),
    "Bindon": Rep(59000, 1051, 15030, 19620, 14.30, 32.97, 24350),
    "Vereker": Rep(41000, 1409, 11460, 16440, 8.13, 19.80, 13100),
    "Prince": Rep(55000, 1196, 7800, 21630, 6.52, 24.61, 25570),
    "Anderson": Rep(39000, 1450, 5820, 20340, 4.01, 18.04, 12840),
    "Randall": Rep(50000, 1171, 10200, 21990, 8.71, 27.49, 17810),
    "Thompson": Rep(47000, 1220, 9600, 17535, 7.87, 22.24, 19865),
    "Campbell": Rep(53000, 1135, 9900, 21435, 8.72, 27.61, 21665),
}


def change(
    count: int = 2,
    *,
    hiring: float = 15_000,
    margin: float = 30_000,
    ramp: float = 6,
    vacancy: float = 1,
    start: float = 0.0,
) -> ChangeCost:
    return change_cost(
        count,
        margin_amount_per_month=margin,
        hiring_amount_per_change=hiring,
        ramp_months=ramp,
        vacancy_months=vacancy,
        start_share=start,
    )


def test_each_kind_of_cost_is_spread_over_the_calls() -> None:
    # 80, 20, 30 and 10 thousand over 500 calls
    cost = cost_per_call(
        500,
        compensation_amount_per_year=80_000,
        benefits_amount_per_year=20_000,
        travel_amount_per_year=30_000,
        overhead_amount_per_year=10_000,
    )
    parts = (cost.compensation_amount, cost.benefits_amount, cost.travel_amount)
    assert (*parts, cost.overhead_amount) == (160, 40, 60, 20)
    assert cost.total_amount == 280


@pytest.mark.oracle
def test_the_published_cost_of_a_call() -> None:
    """Textbook example: 370, 90 and 45 thousand over 180 days of four calls."""
    cost = cost_per_call(
        180 * 4,
        compensation_amount_per_year=370_000,
        travel_amount_per_year=90_000,
        overhead_amount_per_year=45_000,
    )
    assert round(cost.total_amount, 2) == 701.39


@pytest.mark.oracle
def test_the_published_cost_of_a_call_of_a_whole_team() -> None:
    """Merrifield: 2.5 m, 25 reps, 46 weeks of 20 calls; printed as 109."""
    cost = cost_per_call(25 * 46 * 20, compensation_amount_per_year=2_500_000)
    assert round(cost.total_amount, 2) == 108.70


@pytest.mark.oracle
@pytest.mark.parametrize("name", CRESTLIGHT)
def test_the_published_cost_of_a_call_of_nine_reps(name: str) -> None:
    """Case "Crestlight Paper": expenses, and pay and expenses together, for each call."""
    rep = CRESTLIGHT[name]
    cost = cost_per_call(
        rep.calls,
        compensation_amount_per_year=rep.pay,
        travel_amount_per_year=rep.expenses,
    )
    assert round(cost.travel_amount, 2) == rep.expense_per_call
    assert round(cost.total_amount, 2) == rep.cost_per_call


@pytest.mark.oracle
@pytest.mark.parametrize("name", CRESTLIGHT)
def test_the_published_contribution_of_nine_territories(name: str) -> None:
    """Case "Crestlight Paper": gross margin less pay and expenses."""
    rep = CRESTLIGHT[name]
    found = Contribution(
        margin_amount=rep.margin, people_amount=rep.pay, travel_amount=rep.expenses
    )
    assert found.contribution_amount == rep.contribution


@pytest.mark.oracle
def test_the_two_break_evens_of_the_same_calls_differ_by_far() -> None:
    """Own example for the forms of Dalrymple, Cron and of ceoonline: 200 a call, five calls."""
    by_expense = break_even_by_expense(200, 5, expense_share=0.1)
    by_margin = break_even_by_margin(200, 5, cogs_share=0.6)
    assert by_expense == BreakEven("selling expense", 10_000)
    assert by_margin == BreakEven("margin", 2_500)


@pytest.mark.oracle
def test_the_published_margin_and_revenue_that_pay_for_an_account() -> None:
    """Merrifield: twelve calls at a commission of 25 % of gross profit, margin 22 %."""
    call = cost_per_call(25 * 46 * 20, compensation_amount_per_year=2_500_000).total_amount
    profit = break_even_by_expense(call, 12, expense_share=0.25).sales_amount
    assert round(profit) == 5_217
    assert round(profit / 0.22) == 23_715


def test_calls_that_cost_nothing_pay_at_once() -> None:
    assert break_even_by_margin(0, 5, cogs_share=0.6).sales_amount == 0


def test_a_contribution_is_margin_less_what_serving_costs() -> None:
    # 300 - (80 + 20 + 5 + 15) = 180; over 1500 hours and 90 accounts
    found = Contribution(
        margin_amount=300_000,
        people_amount=80_000,
        travel_amount=20_000,
        nights_amount=5_000,
        remote_amount=15_000,
        workload_hours=1500,
        accounts_count=90,
    )
    assert found.cost_to_serve_amount == 120_000
    assert found.contribution_amount == 180_000
    assert (found.amount_per_hour, found.amount_per_account) == (120, 2000)


def test_a_territory_that_loses_money_has_a_negative_contribution() -> None:
    found = Contribution(margin_amount=-5_000, people_amount=80_000)
    assert found.contribution_amount == -85_000


def test_without_hours_or_accounts_nothing_can_be_said_of_one() -> None:
    found = Contribution(margin_amount=100, people_amount=80)
    assert math.isnan(found.amount_per_hour)
    assert math.isnan(found.amount_per_account)


def test_a_change_costs_hiring_ramp_and_vacancy() -> None:
    # two reps: 2 · 15; 2 · 30 · 6 / 2; 2 · 30 · 1 thousand
    cost = change()
    parts = (cost.hiring_amount, cost.ramp_amount, cost.vacancy_amount)
    assert parts == (30_000, 180_000, 60_000)
    assert cost.total_amount == 270_000


def test_a_rep_who_starts_half_trained_loses_half_as_much() -> None:
    assert change(start=0.5).ramp_amount == 90_000
    assert change(start=1.0).ramp_amount == 0


def test_no_change_costs_nothing() -> None:
    assert change(0).total_amount == 0


@settings(deadline=None, max_examples=60)
@given(pay=AMOUNTS, benefits=AMOUNTS, travel=AMOUNTS, overhead=AMOUNTS, calls=st.integers(1, 5000))
def test_parts_of_a_call_add_up_to_all_costs(
    pay: float, benefits: float, travel: float, overhead: float, calls: int
) -> None:
    cost = cost_per_call(
        calls,
        compensation_amount_per_year=pay,
        benefits_amount_per_year=benefits,
        travel_amount_per_year=travel,
        overhead_amount_per_year=overhead,
    )
    assert cost.total_amount * calls == pytest.approx(pay + benefits + travel + overhead)


@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(0, 20),
    hiring=AMOUNTS,
    margin=AMOUNTS,
    ramp=st.floats(0, 24),
    start=st.floats(0, 1),
)
def test_parts_of_a_change_add_up_and_a_ramp_never_costs_more_than_a_vacancy(
    count: int, hiring: float, margin: float, ramp: float, start: float
) -> None:
    cost = change(count, hiring=hiring, margin=margin, ramp=ramp, vacancy=ramp, start=start)
    parts = cost.hiring_amount + cost.ramp_amount + cost.vacancy_amount
    assert cost.total_amount == pytest.approx(parts)
    assert cost.ramp_amount <= cost.vacancy_amount


@pytest.mark.parametrize("calls", [0.0, -1.0, math.nan])
def test_costs_without_calls_are_refused(calls: float) -> None:
    with pytest.raises(ParameterError, match="number of calls must be above 0"):
        cost_per_call(calls, compensation_amount_per_year=1)


@pytest.mark.parametrize(
    ("pay", "travel", "message"),
    [
        (-1.0, 0.0, "compensation must be known and 0 or more: -1"),
        (1.0, math.nan, "travel must be known and 0 or more: nan"),
    ],
)
def test_costs_that_are_none_are_refused(pay: float, travel: float, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        cost_per_call(10, compensation_amount_per_year=pay, travel_amount_per_year=travel)


@pytest.mark.parametrize("share", [0.0, -0.1, 10.0, math.nan])
def test_a_break_even_needs_a_share_that_calls_may_take(share: float) -> None:
    with pytest.raises(ParameterError, match="allowed selling cost must be above 0 and at most 1"):
        break_even_by_expense(200, 5, expense_share=share)


@pytest.mark.parametrize("cogs", [1.0, 60.0, -0.1, math.nan])
def test_a_break_even_needs_a_margin(cogs: float) -> None:
    with pytest.raises(ParameterError, match="gross margin must be above 0 and at most 1"):
        break_even_by_margin(200, 5, cogs_share=cogs)


@pytest.mark.parametrize(
    ("call", "count", "message"),
    [
        (-1.0, 5.0, "cost of a call must be known and 0 or more: -1"),
        (200.0, math.nan, "number of calls must be known and 0 or more: nan"),
    ],
)
def test_break_evens_of_unknown_calls_are_refused(call: float, count: float, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        break_even_by_margin(call, count, cogs_share=0.6)


@pytest.mark.parametrize(
    ("margin", "people", "hours", "message"),
    [
        (math.nan, 1.0, 1.0, "margin must be known: nan"),
        (1.0, -1.0, 1.0, "people must be known and 0 or more: -1"),
        (1.0, 1.0, math.inf, "workload hours must be known and 0 or more: inf"),
    ],
)
def test_contributions_of_unknown_numbers_are_refused(
    margin: float, people: float, hours: float, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        Contribution(margin_amount=margin, people_amount=people, workload_hours=hours)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": -1}, "number of changes must be known and 0 or more: -1"),
        ({"hiring": math.nan}, "hiring cost must be known and 0 or more: nan"),
        ({"margin": -1.0}, "margin of a month must be known and 0 or more: -1"),
        ({"ramp": -1.0}, "ramp months must be known and 0 or more: -1"),
        ({"vacancy": math.inf}, "vacancy months must be known and 0 or more: inf"),
        ({"start": 1.5}, "start share must be from 0 to 1: 1.5"),
    ],
)
def test_changes_with_wrong_numbers_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        change(**options)  # type: ignore[arg-type]  # reason: a case may be a wrong number

"""How many reps: breakdown, increments, square-root law, break-even."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.sizing import (
    BreakEvenSizing,
    IncrementalSizing,
    break_even_sizing,
    breakdown_sizing,
    incremental_sizing,
    square_root_sizing,
)

# Course DMGT205 of Lovely Professional University, p. 56: the 11th to the 14th rep
FURTHER_SALES = np.array([250_000.0, 200_000, 150_000, 100_000])


def increments(*sales: float, present: int = 0, fixed: float = 100.0) -> IncrementalSizing:
    """Size by increments with half of sales left after the goods and no commission."""
    return incremental_sizing(
        np.array(sales), present_reps_count=present, cogs_share=0.5, fixed_amount_per_rep=fixed
    )


def break_even(
    sales: float = 500_000.0,
    *,
    cost: float = 150_000.0,
    margin: float = 0.6,
    carried: tuple[float, float] = (0.5, 0.25),
) -> BreakEvenSizing:
    return break_even_sizing(
        sales,
        rep_cost_amount_per_year=cost,
        margin_share=margin,
        second_year_share=carried[0],
        third_year_share=carried[1],
    )


def test_breakdown_divides_planned_sales_by_the_sales_of_a_rep() -> None:
    # 950 / 100
    sizing = breakdown_sizing(950, 100)
    assert (sizing.method, sizing.exact_reps_count, sizing.reps_count) == ("breakdown", 9.5, 10)


def test_turnover_asks_for_more_reps() -> None:
    # 40 · 1.1, though 40 · 1.1 is 44.00000000000001 in floating point
    sizing = breakdown_sizing(10_000_000, 250_000, turnover_share=0.1)
    assert sizing.exact_reps_count == pytest.approx(44)
    assert sizing.reps_count == 44


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("sales", "per_rep", "published"), [(10_000_000, 250_000, 40), (100_000, 10_000, 10)]
)
def test_breakdown_gives_the_published_numbers(
    sales: float, per_rep: float, published: int
) -> None:
    """Textbook examples of the breakdown method."""
    sizing = breakdown_sizing(sales, per_rep)
    assert (sizing.exact_reps_count, sizing.reps_count) == (published, published)


def test_no_planned_sales_need_no_rep() -> None:
    assert breakdown_sizing(0, 100).reps_count == 0


def test_reps_are_hired_until_one_adds_no_profit() -> None:
    # half of the sales less 100: 50, 10, -20, 25
    sizing = increments(300, 220, 160, 250, present=4)
    assert sizing.method == "incremental"
    assert sizing.profit_amounts_per_year.tolist() == [50, 10, -20, 25]
    assert sizing.reps_count == 6
    assert not sizing.is_open


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("number", "published"), [(11, 50_000), (12, 33_000), (13, 16_000), (14, -1_000)]
)
def test_the_published_profit_of_each_further_rep(number: int, published: float) -> None:
    """Course DMGT205, p. 56: goods 60 %, fixed cost 35,000, commission 6 %; stop at 13."""
    sizing = incremental_sizing(
        FURTHER_SALES,
        present_reps_count=10,
        cogs_share=0.6,
        fixed_amount_per_rep=35_000,
        commission_share=0.06,
    )
    assert sizing.profit_amounts_per_year[number - 11] == pytest.approx(published)
    assert (sizing.reps_count, sizing.best_reps_count, sizing.is_open) == (13, 13, False)


def test_a_rep_who_comes_out_even_is_not_hired() -> None:
    # 50, then 0
    assert increments(300, 200).reps_count == 1


def test_a_loss_that_later_reps_make_good_is_told_apart_from_the_stop() -> None:
    # 50, -20, 60: stop at one, though three earn 90
    sizing = increments(300, 160, 320)
    assert (sizing.reps_count, sizing.best_reps_count) == (1, 3)


def test_while_every_rep_adds_profit_the_end_stays_open() -> None:
    sizing = increments(300, 260)
    assert (sizing.reps_count, sizing.is_open) == (2, True)


def test_without_further_reps_the_present_ones_stay() -> None:
    sizing = increments(present=7)
    assert (sizing.reps_count, sizing.best_reps_count) == (7, 7)


@pytest.mark.oracle
def test_the_published_square_root_law() -> None:
    """Course exercise: revenue 1e6·√x and cost 1e5·x have their best profit, 2.5 m, at 25."""
    sizing = square_root_sizing(1e6, 1e5)
    assert (sizing.method, sizing.exact_reps_count, sizing.reps_count) == ("square root", 25, 25)
    assert sizing.profit_amount_per_year == pytest.approx(2_500_000)


def test_a_margin_below_one_asks_for_fewer_reps() -> None:
    # (0.5 · 1e6 / 2e5)² = 6.25; profit at 6: 624,745, at 7: 622,876
    sizing = square_root_sizing(1e6, 1e5, margin_share=0.5)
    assert (sizing.exact_reps_count, sizing.reps_count) == (6.25, 6)


def test_where_even_the_first_rep_loses_none_is_best() -> None:
    assert square_root_sizing(100, 1000).reps_count == 0


@settings(deadline=None, max_examples=60)
@given(sales=st.floats(1, 1e6), cost=st.floats(1, 1e5))
def test_no_whole_number_of_reps_earns_more_than_the_one_chosen(sales: float, cost: float) -> None:
    sizing = square_root_sizing(sales, cost)

    def profit(reps: int) -> float:
        return sales * math.sqrt(reps) - cost * reps

    chosen = sizing.reps_count
    slack = 1e-9 * max(abs(profit(chosen)), cost * chosen, 1.0)
    assert profit(chosen) <= sizing.profit_amount_per_year + slack
    assert all(profit(reps) <= profit(chosen) + slack for reps in (max(chosen - 1, 0), chosen + 1))


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("ratio", "carried", "roi", "verdict"),
    [
        (1.0, (0.2, 0.04), 0.24, "too large"),
        (1.0, (0.5, 0.25), 0.75, "right"),
        (1.0, (0.8, 0.64), 1.44, "right"),
        (1.5, (0.2, 0.04), 0.86, "right"),
        (1.5, (0.5, 0.25), 1.625, "too small"),
        (1.5, (0.8, 0.64), 2.66, "too small"),
        (2.0, (0.2, 0.04), 1.48, "right"),
        (2.0, (0.5, 0.25), 2.5, "too small"),
        (2.0, (0.8, 0.64), 3.88, "too small"),
        (2.5, (0.2, 0.04), 2.1, "too small"),
        (2.5, (0.5, 0.25), 3.375, "too small"),
        (2.5, (0.8, 0.64), 5.1, "too small"),
        (3.0, (0.2, 0.04), 2.72, "too small"),
        (3.0, (0.5, 0.25), 4.25, "too small"),
        (3.0, (0.8, 0.64), 6.32, "too small"),
    ],
)
def test_the_three_year_return_by_ratio_and_carryover(
    ratio: float, carried: tuple[float, float], roi: float, verdict: str
) -> None:
    """Zoltners, Sinha, Lorimer 2006: their formula, with a third year that squares the second."""
    sizing = break_even(ratio * 250_000, carried=carried)
    assert sizing.break_even_ratio == pytest.approx(ratio)
    assert round(sizing.roi_share, 6) == roi
    assert sizing.verdict == verdict


@pytest.mark.oracle
def test_the_published_break_even_of_one_rep() -> None:
    """Zoltners, Sinha, Lorimer 2006: a rep of 150 k at 60 % margin breaks even at 250 k."""
    sizing = break_even()
    assert sizing.method == "break-even"
    assert sizing.break_even_amount == pytest.approx(250_000)
    assert sizing.break_even_ratio == pytest.approx(2)


@pytest.mark.parametrize(
    ("sales", "verdict"),
    [(149.9, "too large"), (150, "right"), (250, "right"), (250.1, "too small"), (0, "too large")],
)
def test_returns_of_50_and_150_percent_are_still_right(sales: float, verdict: str) -> None:
    # nothing carried over, break-even at 100: the return is sales / 100 - 1
    sizing = break_even(sales, cost=100, margin=1.0, carried=(0, 0))
    assert sizing.verdict == verdict


def test_a_margin_that_no_computer_writes_exactly_does_not_tip_the_verdict() -> None:
    # 0.3 · 500 / 100 = 1.5 falls below it in floating point, and the return below 50 %
    sizing = break_even(500, cost=100, margin=0.3, carried=(0, 0))
    assert sizing.roi_share == pytest.approx(0.5)
    assert sizing.verdict == "right"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1.0, 100.0, 0.0), "planned sales must be 0 or more: -1"),
        ((math.nan, 100.0, 0.0), "planned sales must be 0 or more: nan"),
        ((10.0, 0.0, 0.0), "sales of one rep must be above 0: 0"),
        ((10.0, 100.0, -0.1), "turnover share must be 0 or more: -0.1"),
    ],
)
def test_breakdown_refuses_what_it_cannot_divide(
    arguments: tuple[float, float, float], message: str
) -> None:
    sales, per_rep, turnover = arguments
    with pytest.raises(ParameterError, match=message):
        breakdown_sizing(sales, per_rep, turnover_share=turnover)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"present_reps_count": -1}, "number of present reps must be 0 or more: -1"),
        ({"cogs_share": 60}, "share of cost of goods must be from 0 to 1: 60"),
        ({"commission_share": -0.1}, "share of commission must be from 0 to 1: -0.1"),
        ({"fixed_amount_per_rep": math.inf}, "fixed cost of a rep must be 0 or more: inf"),
    ],
)
def test_increments_refuse_numbers_out_of_range(options: dict[str, float], message: str) -> None:
    known = {"present_reps_count": 10, "cogs_share": 0.6, "fixed_amount_per_rep": 35_000.0}
    with pytest.raises(ParameterError, match=message):
        incremental_sizing(FURTHER_SALES, **(known | options))  # type: ignore[arg-type]  # reason: a case may be a wrong number


def test_increments_refuse_unknown_sales() -> None:
    with pytest.raises(ParameterError, match=r"further rep adds are unknown.*end the list before"):
        increments(100, math.nan)


@pytest.mark.parametrize(
    ("sales", "cost", "margin", "message"),
    [
        (0.0, 1.0, 1.0, "sales of a single rep must be above 0: 0"),
        (1.0, 0.0, 1.0, "cost of a rep must be above 0: 0"),
        (1.0, 1.0, 1.2, "margin share must be from 0 to 1: 1.2"),
    ],
)
def test_the_square_root_law_refuses_numbers_out_of_range(
    sales: float, cost: float, margin: float, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        square_root_sizing(sales, cost, margin_share=margin)


@pytest.mark.parametrize(
    ("sales", "cost", "margin", "carried", "message"),
    [
        (-1.0, 1.0, 0.5, (0.0, 0.0), "sales of the first year must be 0 or more: -1"),
        (1.0, 0.0, 0.5, (0.0, 0.0), "cost of a rep must be above 0: 0"),
        (1.0, 1.0, 0.0, (0.0, 0.0), "margin share must be above 0: 0"),
        (1.0, 1.0, 1.5, (0.0, 0.0), "margin share must be from 0 to 1: 1.5"),
        (1.0, 1.0, 0.5, (-0.1, 0.0), "carried over to the second year must be 0 or more: -0.1"),
        (1.0, 1.0, 0.5, (0.0, math.nan), "carried over to the third year must be 0 or more: nan"),
    ],
)
def test_break_even_refuses_numbers_out_of_range(
    sales: float, cost: float, margin: float, carried: tuple[float, float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        break_even(sales, cost=cost, margin=margin, carried=carried)

"""The gain of a plan against the first one, by hand, and how it spreads."""

from dataclasses import replace

import numpy as np
import pytest

from territory_kit.compare.figures import Figures
from territory_kit.compare.gain import Constant, list_constants, spread, yearly_gain

SAME = {"circuity": 1.0, "loss_share": 1.0, "margin_share": 1.0}


@pytest.fixture
def cheaper(figures: Figures) -> Figures:
    """Save 5,000 a year, 2,000 of it km, for moves that cost 3,000 more, 1,000 by own margins."""
    return replace(
        figures,
        cost_amount_per_year=245_000.0,
        travel_cost_amount_per_year=18_000.0,
        move_price_amount=5_000.0,
        plan_margin_price_amount=3_000.0,
    )


def test_the_gain_is_saved_cost_less_the_price_of_moves(figures: Figures, cheaper: Figures) -> None:
    assert yearly_gain(figures, cheaper, horizon_years=1, **SAME) == 2_000
    assert yearly_gain(figures, cheaper, horizon_years=3, **SAME) == 4_000
    assert yearly_gain(figures, figures, horizon_years=1, **SAME) == 0


@pytest.mark.parametrize(
    ("name", "gain"),
    [
        # twice the km save 2,000 more
        ("circuity", 4_000),
        # twice the revenue at risk costs 3,000 more
        ("loss_share", -1_000),
        # twice the plan's margin counts for the 2,000 without a margin of their own
        ("margin_share", 0),
    ],
)
def test_each_constant_moves_its_own_part(
    figures: Figures, cheaper: Figures, name: str, gain: float
) -> None:
    doubled = {**SAME, name: 2.0}
    assert yearly_gain(figures, cheaper, horizon_years=1, **doubled) == gain


def test_a_share_at_risk_grows_to_the_whole_at_most(figures: Figures, cheaper: Figures) -> None:
    """A plan that puts 80 % at risk cannot lose 160 % because the first one may lose twice."""
    first = replace(figures, loss_share=0.4, margin_share=0.3)
    plan = replace(cheaper, loss_share=0.8, margin_share=0.3)
    doubled = {**SAME, "loss_share": 2.0}
    # The price of 2,000 doubles, that of 5,000 grows by a quarter: 5,000 - (6,250 - 4,000).
    assert yearly_gain(first, plan, horizon_years=1, **doubled) == 2_750
    drawn = {name: np.array([1.0, 2.0]) for name in SAME} | {"circuity": np.ones(2)}
    drawn["margin_share"] = np.ones(2)
    assert yearly_gain(first, plan, horizon_years=1, **drawn).tolist() == [2_000, 2_750]


def test_a_margin_grows_to_the_whole_revenue_at_most(figures: Figures, cheaper: Figures) -> None:
    plan = replace(cheaper, loss_share=0.15, margin_share=0.8)
    doubled = {**SAME, "margin_share": 2.0}
    # Of 2,000 the half doubles: 3,000. Of 5,000 the 3,000 grow by a quarter: 5,750.
    assert yearly_gain(figures, plan, horizon_years=1, **doubled) == 2_250


def values(option: str) -> float:
    return {"travel.circuity": 1.3, "costs.loss_share": 0.15, "costs.margin_share": 0.9}[option]


def test_usual_ranges_lie_about_the_value_of_the_first_plan() -> None:
    circuity, loss, margin = list_constants(values, {})
    assert (circuity.low, circuity.high) == pytest.approx((1.2, 1.4))
    assert (loss.low, loss.high) == pytest.approx((0.132, 0.176))
    # never above what a share can be
    assert (margin.low, margin.high) == pytest.approx((0.72, 1.0))


def test_a_given_range_goes_before_the_usual_one() -> None:
    circuity = list_constants(values, {"circuity": (1.4, 1.5)})[0]
    assert (circuity.low, circuity.high, circuity.is_likely) == (1.4, 1.5, False)
    assert circuity.as_factor().likely is None


def test_the_chance_of_a_gain_is_that_of_the_uncertain_constant(
    figures: Figures, cheaper: Figures
) -> None:
    """The gain is 5,000 less 3,000 times the loss against 1: from 0 to 2.5 times, 2 in 3."""
    constants = [
        Constant("circuity", 1.3, 1.3, 1.3),
        Constant("loss_share", 0.2, 0.0, 0.5),
        Constant("margin_share", 0.3, 0.3, 0.3),
    ]
    # a value outside makes all values between as likely
    outside = [constants[0], Constant("loss_share", 0.2, 0.3, 0.4), constants[2]]
    found = spread(figures, cheaper, constants, horizon_years=1)
    # triangular from 0 to 2.5 with its peak at 1: above 5/3 lie (2.5 - 5/3)**2 / (2.5 * 1.5)
    assert found.positive_share == pytest.approx(1 - (2.5 - 5 / 3) ** 2 / (2.5 * 1.5), abs=0.01)
    found = spread(figures, cheaper, outside, horizon_years=1)
    # evenly from 1.5 to 2: a third below 5/3
    assert found.positive_share == pytest.approx(1 / 3, abs=0.02)
    assert -1_000 <= found.low < found.high <= 500


def test_the_same_question_has_the_same_answer(figures: Figures, cheaper: Figures) -> None:
    constants = list_constants(values, {})
    one, two = (spread(figures, cheaper, constants, horizon_years=1) for _ in range(2))
    assert one == two


def test_a_constant_of_zero_is_not_varied(figures: Figures, cheaper: Figures) -> None:
    fixed = [Constant("circuity", 1.3, 1.3, 1.3), Constant("loss_share", 0.0, 0.0, 0.2)]
    assert not fixed[1].is_varied
    found = spread(figures, cheaper, fixed, horizon_years=1)
    assert np.array([found.low, found.high]) == pytest.approx([2_000, 2_000])

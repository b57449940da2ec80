"""What a plan breaks, and which moves pay."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.move_gains import (
    loss_range,
    plan_agreement,
    relationship_disruption_share,
    rep_disruption,
    unpaid_moves,
)

Ints = NDArray[np.int64]

PLANS = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), min_size=1, max_size=15)


def labels(text: str) -> Ints:
    """Read labels from a word of digits; a point stands for none."""
    return np.array([-1 if letter == "." else int(letter) for letter in text], dtype=np.int64)


def weighted(old: str, new: str, revenue: list[float], relationship: list[float]) -> float:
    return relationship_disruption_share(
        labels(old),
        labels(new),
        revenue=np.array(revenue),
        relationship=np.array(relationship),
    )


def test_a_move_counts_by_revenue_and_relationship() -> None:
    # weights 100·1, 100·3, 200·2: the second moves, 300 of 800
    assert weighted("001", "011", [100, 100, 200], [1, 3, 2]) == pytest.approx(0.375)


def test_new_and_closed_accounts_do_not_count() -> None:
    # the third has no old owner, the fourth no new one
    assert weighted("00.1", "011.", [100, 100, 900, 900], [1, 1, 9, 9]) == pytest.approx(0.5)


def test_credits_and_unknown_revenue_weigh_nothing() -> None:
    assert weighted("000", "011", [100, -50, math.nan], [1, 1, 1]) == 0


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_nothing_at_stake_is_no_disruption(strength: float) -> None:
    assert weighted("01", "10", [0, 0], [strength, strength]) == 0
    assert weighted("..", "01", [5, 5], [strength, strength]) == 0


def test_each_rep_loses_what_goes_to_others() -> None:
    # rep 0 loses 30 of 100, rep 1 loses 50 of 50, rep 2 nothing
    found = rep_disruption(labels("0012"), labels("0122"), values=np.array([70.0, 30, 50, 9]))
    assert found.lost_shares.tolist() == pytest.approx([0.3, 1, 0])
    assert (found.largest_share, found.rep) == (1, 1)


def test_a_rep_whose_territory_is_divided_loses_only_what_moves() -> None:
    # rep 0 keeps two of three accounts, the third goes to a new rep
    found = rep_disruption(labels("000"), labels("003"), values=np.ones(3))
    assert found.lost_shares.tolist() == pytest.approx([1 / 3])


def test_what_a_rep_loses_to_a_closed_account_is_no_loss_to_others() -> None:
    found = rep_disruption(labels("00"), labels("0."), values=np.ones(2))
    assert (found.largest_share, found.rep) == (0, -1)


def test_reps_without_value_have_no_share() -> None:
    found = rep_disruption(labels("02"), labels("00"), values=np.array([0.0, 5]))
    assert np.isnan(found.lost_shares).tolist() == [True, True, False]
    assert (found.largest_share, found.rep) == (1, 2)


def test_a_plan_of_no_accounts_disrupts_nobody() -> None:
    found = rep_disruption(labels("."), labels("0"), values=np.ones(1))
    assert (len(found.lost_shares), found.largest_share, found.rep) == (0, 0, -1)


def test_new_names_for_the_same_territories_are_full_agreement() -> None:
    assert plan_agreement(labels("001122"), labels("220011")) == 1


@pytest.mark.oracle
def test_the_adjusted_rand_index_of_a_worked_example() -> None:
    """Documentation of scikit-learn: 0, 0, 1, 1 against 0, 0, 1, 2 is 0.57."""
    assert round(plan_agreement(labels("0011"), labels("0012")), 2) == 0.57


@pytest.mark.oracle
def test_the_adjusted_rand_index_can_fall_below_chance() -> None:
    """Documentation of scikit-learn: 0, 0, 1, 1 against 0, 1, 0, 1 is -0.5."""
    assert plan_agreement(labels("0011"), labels("0101")) == pytest.approx(-0.5)


def test_only_accounts_in_both_plans_are_compared() -> None:
    assert plan_agreement(labels("0011.0"), labels("11002.")) == 1
    assert math.isnan(plan_agreement(labels("0."), labels(".0")))


@settings(deadline=None, max_examples=60)
@given(plans=PLANS)
def test_disruption_and_agreement_stay_in_their_ranges(plans: list[tuple[int, int]]) -> None:
    old, new = (np.array(side, dtype=np.int64) for side in zip(*plans, strict=True))
    ones = np.ones(len(plans))
    share = relationship_disruption_share(old, new, revenue=ones, relationship=ones)
    found = rep_disruption(old, new, values=ones)
    assert 0 <= share <= found.largest_share <= 1
    assert (found.rep >= 0) == (share > 0)
    agreement = plan_agreement(old, new)
    assert math.isnan(agreement) or -1 <= agreement <= 1


@settings(deadline=None, max_examples=40)
@given(plans=PLANS)
def test_a_plan_that_changes_nothing_disrupts_nothing(plans: list[tuple[int, int]]) -> None:
    old = np.array([side for side, _ in plans], dtype=np.int64)
    ones = np.ones(len(plans))
    assert relationship_disruption_share(old, old, revenue=ones, relationship=ones) == 0
    assert rep_disruption(old, old, values=ones).largest_share == 0
    agreement = plan_agreement(old, old)
    assert math.isnan(agreement) or agreement == 1


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("figure", "published"),
    [
        ("low_sales_amount", 26_400),
        ("high_sales_amount", 35_200),
        ("low_margin_amount", 10_560),
        ("high_margin_amount", 14_080),
    ],
)
def test_the_loss_of_moving_200_000_of_sales(figure: str, published: float) -> None:
    """Shi et al. 2017, 13.2 to 17.6 %: 26.4-35.2 k of sales, 10.6-14.1 k at 40 % margin."""
    losses = loss_range(
        np.array([120_000.0, 80_000]), np.array([0.4, 0.4]), np.array([False, False])
    )
    assert getattr(losses, figure) == pytest.approx(published)


def test_moving_dormant_customers_loses_nothing() -> None:
    losses = loss_range(np.array([200_000.0]), np.array([0.4]), np.array([True]))
    assert (losses.high_sales_amount, losses.high_margin_amount) == (0, 0)


def test_a_move_pays_when_its_gain_over_the_horizon_exceeds_its_price() -> None:
    # 2 · 8 > 12, 2 · 6 = 12, 2 · 4 < 12
    unpaid = unpaid_moves(np.array([8.0, 6, 4]), np.array([12.0, 12, 12]), horizon_years=2)
    assert unpaid.tolist() == [False, True, True]


def test_a_switch_adds_to_the_price() -> None:
    gains, prices = np.array([8.0]), np.array([12.0])
    assert unpaid_moves(gains, prices, horizon_years=2, switch_amount=4).tolist() == [True]
    assert unpaid_moves(gains, prices, horizon_years=2, switch_amount=3.9).tolist() == [False]


@pytest.mark.oracle
@pytest.mark.parametrize(("gain", "pays"), [(10_000, False), (12_000, None), (14_100, True)])
def test_a_gain_within_the_published_range_of_losses_is_undecided(
    gain: float, *, pays: bool | None
) -> None:
    """Shi et al. 2017: moving 200 k at 40 % margin costs 10.6-14.1 k of margin."""
    losses = loss_range(np.array([200_000.0]), np.array([0.4]), np.array([False]))
    prices = np.array([losses.low_margin_amount, losses.high_margin_amount])
    unpaid = unpaid_moves(np.full(2, gain), prices, horizon_years=1)
    assert unpaid.tolist() == {True: [False, False], False: [True, True], None: [False, True]}[pays]


def test_a_change_that_does_good_pays_even_without_a_gain() -> None:
    assert unpaid_moves(np.array([0.0]), np.array([-5.0]), horizon_years=1).tolist() == [False]


def test_a_move_that_brings_nothing_and_costs_nothing_does_not_pay() -> None:
    assert unpaid_moves(np.zeros(1), np.zeros(1), horizon_years=3).tolist() == [True]


@settings(deadline=None, max_examples=60)
@given(gain=st.floats(-1e6, 1e6), price=st.floats(0, 1e6), years=st.floats(0.1, 10))
def test_a_longer_horizon_never_stops_a_gain_from_paying(
    gain: float, price: float, years: float
) -> None:
    soon, late = (
        bool(unpaid_moves(np.array([gain]), np.array([price]), horizon_years=y)[0])
        for y in (years, 2 * years)
    )
    assert soon or not late or gain <= 0


def test_columns_of_different_accounts_are_refused() -> None:
    with pytest.raises(ParameterError, match="one entry for each account: 2, 1, 2"):
        rep_disruption(labels("01"), labels("0"), values=np.ones(2))


@pytest.mark.parametrize("strength", [-1.0, math.nan])
def test_a_strength_that_is_none_is_refused(strength: float) -> None:
    with pytest.raises(ParameterError, match="relationship must be known and 0 or more: 1 of 2"):
        weighted("01", "01", [1, 1], [1, strength])


@pytest.mark.parametrize(
    ("gain", "years", "switch", "message"),
    [
        (math.nan, 1.0, 0.0, "Gain and price of each move must be known"),
        (1.0, 0.0, 0.0, "horizon must be above 0: 0"),
        (1.0, math.inf, 0.0, "horizon must be above 0: inf"),
        (1.0, 1.0, -1.0, "cost of a switch must be 0 or more: -1"),
    ],
)
def test_moves_with_wrong_numbers_are_refused(
    gain: float, years: float, switch: float, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        unpaid_moves(np.array([gain]), np.ones(1), horizon_years=years, switch_amount=switch)

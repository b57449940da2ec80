"""Goals shared over parts side by side, to the unit of currency."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.quota_sharing import (
    LARGEST_AMOUNT,
    base_shares,
    check_ids,
    checked_amounts,
    prorated_sizes,
    round_half_up,
    share_goal,
)

Floats = NDArray[np.float64]
NAN = float("nan")
BASES = st.lists(st.floats(0, 1e100), min_size=1, max_size=12)


def array(*values: float) -> Floats:
    return np.array(values, dtype=float)


def names(count: int) -> list[str]:
    return [f"T{place}" for place in range(count)]


def test_a_goal_is_shared_by_its_base() -> None:
    # 1000 by 50, 30 and 20 of 100
    assert share_goal(["a", "b", "c"], array(50, 30, 20), 1000).tolist() == [500, 300, 200]


def test_the_last_unit_goes_to_the_largest_remainder() -> None:
    # 100 by 1, 2 and 4 of 7: 14.29, 28.57 and 57.14
    assert share_goal(["a", "b", "c"], array(1, 2, 4), 100).tolist() == [14, 29, 57]


def test_of_equal_remainders_the_first_identifier_is_served() -> None:
    # 33.33 each, one unit left
    assert share_goal(["c", "a", "b"], array(7, 7, 7), 100).tolist() == [33, 34, 33]


def test_a_base_of_nothing_gives_equal_parts() -> None:
    assert share_goal(["a", "b", "c"], array(0, 0, 0), 10).tolist() == [4, 3, 3]


def test_one_part_takes_the_whole_goal_and_a_goal_of_0_gives_nothing() -> None:
    assert share_goal(["a"], array(0.3), 12_345).tolist() == [12_345]
    assert share_goal(["a", "b"], array(3, 5), 0).tolist() == [0, 0]


def test_a_goal_as_a_number_with_a_point_is_taken_where_it_is_whole() -> None:
    assert share_goal(["a", "b"], array(1, 1), int(1e6)).tolist() == [500_000, 500_000]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(base=BASES, goal=st.integers(0, LARGEST_AMOUNT))
def test_parts_add_up_to_the_goal_for_any_base(base: list[float], goal: int) -> None:
    parts = share_goal(names(len(base)), np.array(base), goal)
    assert sum(parts.tolist()) == goal
    assert (parts >= 0).all()


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    base=st.lists(st.integers(0, 9) | st.floats(0, 1e6), min_size=1, max_size=9),
    goal=st.integers(0, 10**12),
    seed=st.integers(0, 1000),
)
def test_the_order_of_rows_changes_nothing_but_the_order(
    base: list[float], goal: int, seed: int
) -> None:
    ids, values = names(len(base)), array(*base)
    mixed = np.random.default_rng(seed).permutation(len(base))
    parts = share_goal(ids, values, goal)
    again = share_goal([ids[place] for place in mixed], values[mixed], goal)
    assert again.tolist() == parts[mixed].tolist()


@settings(derandomize=True, deadline=None, max_examples=80)
@given(base=st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=12), goal=st.integers(0, 10**9))
def test_nobody_is_a_whole_unit_away_from_the_exact_share(base: list[float], goal: int) -> None:
    exact = np.array(base) / sum(base) * goal
    assert (np.abs(share_goal(names(len(base)), np.array(base), goal) - exact) < 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("goal", "shown"),
    [
        pytest.param(-1, "-1", id="negative"),
        pytest.param(0.5, r"0\.5", id="part of a unit"),
        pytest.param(10**14 + 1, "100,000,000,000,001", id="too large"),
        pytest.param(NAN, "nan", id="unknown"),
        pytest.param(float("inf"), "inf", id="without end"),
    ],
)
def test_a_goal_that_cannot_be_shared_is_refused(goal: int, shown: str) -> None:
    message = (
        rf"^The goal is no whole amount of money that can be shared: {shown} \(goal_amount\)\. "
        r"Give whole units of currency from 0 to 100,000,000,000,000\.$"
    )
    with pytest.raises(ParameterError, match=message):
        share_goal(["a"], array(1), goal)


def test_shares_are_weighed_by_size() -> None:
    # 100 · 1, 100 · .5 and 50 · 1: 100, 50 and 50 of 200
    shares, is_even = base_shares(array(100, 100, 50), array(1, 0.5, 1))
    assert shares.tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert not is_even


def test_a_base_without_weight_falls_back_on_sizes() -> None:
    # the only base stands where there is no size
    shares, is_even = base_shares(array(0, 0, 80), array(1, 0.5, 0))
    assert shares.tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert is_even


def test_without_any_size_there_is_no_share() -> None:
    assert base_shares(array(3, 4), array(0, 0))[0].tolist() == [0, 0]


def test_size_is_working_time_for_the_months_in_the_post() -> None:
    # full time, half time, full time from July on, half time for a quarter
    sizes = prorated_sizes(array(1, 0.5, 1, 0.5), array(12, 12, 6, 3))
    assert sizes.tolist() == [1, 0.5, 0.5, 0.125]


@pytest.mark.parametrize(
    ("size", "months", "message"),
    [
        (1, 13, r"^A year has 12 months: territory 2 \(months_count\)\. Give months from 0 to 12"),
        (1, -1, r"^An amount is unusable: territory 2 \(months_count\)\. Give 0 or more; what"),
        (-0.5, 12, r"^An amount is unusable: territory 2 \(size_shares\)\. Give 0 or more"),
        (NAN, 12, r"^An amount is unusable: territory 2 \(size_shares\)\. .* is not 0\.$"),
    ],
)
def test_sizes_and_months_out_of_range_are_refused(
    size: float, months: float, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        prorated_sizes(array(1, size), array(12, months))


def test_sizes_and_months_must_be_of_the_same_territories() -> None:
    message = r"^Amounts are missing: shape \(1,\) \(months_count\)\. Give one .* the 2 identif"
    with pytest.raises(ParameterError, match=message):
        prorated_sizes(array(1, 1), array(12))


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (0.49999999999999994, 0),  # adding a half would carry it over
        (0.5, 1),
        (2.5, 3),
        (2.4, 2),
        (7, 7),
        (Fraction(21, 2), 11),
    ],
)
def test_halves_are_rounded_up(amount: float | Fraction, rounded: int) -> None:
    assert round_half_up(amount) == rounded


def test_amounts_pass_as_they_are() -> None:
    values = array(0, 2.5)
    assert checked_amounts("base", values, ["a", "b"]) is values
    with_gap = array(NAN, 1)
    assert checked_amounts("base", with_gap, ["a", "b"], may_lack=True) is with_gap


@pytest.mark.parametrize("odd", [-1.0, float("inf"), 1e101, NAN])
def test_unusable_amounts_are_named(odd: float) -> None:
    message = r"^An amount is unusable: b \(base\)\. Give 0 or more; what is unknown is not 0\.$"
    with pytest.raises(ParameterError, match=message):
        checked_amounts("base", array(1, odd), ["a", "b"])


def test_an_amount_that_may_be_missing_may_not_be_negative() -> None:
    with pytest.raises(ParameterError, match=r"unusable: b \(prior_year\)\. Give 0 or more\.$"):
        checked_amounts("prior_year", array(NAN, -1), ["a", "b"], may_lack=True)


def test_amounts_that_are_not_given_at_all_are_asked_for() -> None:
    message = r"^Amounts are missing: none \(potential\)\. Give one amount for each of the 2 id"
    with pytest.raises(ParameterError, match=message):
        checked_amounts("potential", None, ["a", "b"])


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["b", "a", "b"], r"^Identifiers repeat: b \(ids\)\. Name each one once\.$"),
        ([], r"^There is nobody to share a goal over \(ids\)\. Give at least one identifier\.$"),
    ],
)
def test_identifiers_that_repeat_and_none_at_all_are_refused(ids: list[str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        check_ids(ids)
    with pytest.raises(ParameterError, match=message):
        share_goal(ids, np.ones(len(ids)), 10)

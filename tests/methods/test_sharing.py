"""Whole parts by weight."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.sharing import share_whole

WEIGHTS = st.lists(st.floats(0, 1e4), min_size=1, max_size=12)


def share(weights: list[float], total: int, minimum: int = 0) -> list[int]:
    return [int(part) for part in share_whole(np.array(weights), total, minimum=minimum)]


def test_the_largest_remainder_gets_the_next_one() -> None:
    # exact 3.0, 1.5, .5; of two equal remainders the first is served
    assert share([6, 3, 1], 5) == [3, 2, 0]


def test_a_part_below_the_minimum_gets_it_first() -> None:
    # exact 3.3, 1.6, .05; the third gets 1, the other 4 are shared 2.67 to 1.33
    assert share([6, 3, 0.1], 5, minimum=1) == [3, 1, 1]


def test_the_minimum_can_push_another_part_below_it() -> None:
    # exact 4.5, 1.05, .45; the third gets 1; of the other 5 the second's share is .95: also 1
    assert share([30, 7, 3], 6, minimum=1) == [4, 1, 1]


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("votes", "seats", "published"),
    # examples of Hamilton's method in encyclopedias; the last two show the Alabama paradox: with
    # one seat more to share, two parties get one less
    [
        ([47_000, 16_000, 15_800, 12_000, 6100, 3100], 10, [5, 2, 1, 1, 1, 0]),
        ([1500, 1500, 900, 500, 500, 200], 25, [7, 7, 4, 3, 3, 1]),
        ([1500, 1500, 900, 500, 500, 200], 26, [8, 8, 5, 2, 2, 1]),
    ],
)
def test_published_apportionments(votes: list[float], seats: int, published: list[int]) -> None:
    assert share(votes, seats) == published


def test_without_weights_parts_are_equal() -> None:
    assert share([0, 0, 0], 7, minimum=1) == [3, 2, 2]


def test_a_part_without_weight_gets_the_minimum_only() -> None:
    assert share([5, 0, 5], 7, minimum=1) == [3, 1, 3]


def test_too_few_to_share_are_the_minimum_each() -> None:
    assert share([5, 1, 1], 2, minimum=1) == [1, 1, 1]


def test_one_part_gets_all() -> None:
    assert share([0.3], 4, minimum=1) == [4]


def test_remainders_that_are_equal_on_paper_are_served_in_order() -> None:
    # exact 1/3, 1/3, 7/3, but .7 · 3 / .9 is a little more in the computer
    assert share([0.1, 0.1, 0.7], 3) == [1, 0, 2]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(weights=WEIGHTS, total=st.integers(0, 200), minimum=st.integers(0, 3))
def test_parts_add_up_and_keep_the_minimum(weights: list[float], total: int, minimum: int) -> None:
    parts = share(weights, total, minimum)
    assert sum(parts) == max(total, minimum * len(weights))
    assert min(parts) >= minimum


@settings(derandomize=True, deadline=None, max_examples=100)
@given(weights=WEIGHTS.filter(any), total=st.integers(0, 200))
def test_each_part_is_its_exact_share_rounded_up_or_down(weights: list[float], total: int) -> None:
    exact = np.array(weights) / sum(weights) * total
    assert (np.abs(np.array(share(weights, total)) - exact) < 1 + 1e-6).all()


@settings(derandomize=True, deadline=None, max_examples=100)
@given(weights=WEIGHTS, total=st.integers(0, 200), minimum=st.integers(0, 3))
def test_who_weighs_more_never_gets_less(weights: list[float], total: int, minimum: int) -> None:
    ordered = sorted(weights, reverse=True)
    parts = share(ordered, total, minimum)
    assert parts == sorted(parts, reverse=True)

"""Which limit belongs to which measure."""

import math
import re

import pytest

from territory_kit.design_file.limits import Balance, pair_limits
from territory_kit.errors import ParameterError

A, B = ("balance", "a"), ("balance", "b")
SHARE, BOUNDS = ("tolerance", "0.1"), ("bounds", "2:3")


@pytest.mark.parametrize(
    "given",
    [
        [A, SHARE, B, BOUNDS],
        [A, B, SHARE, BOUNDS],
        [SHARE, BOUNDS, A, B],
        [SHARE, A, BOUNDS, B],
    ],
)
def test_the_first_limit_belongs_to_the_first_measure(given: list[tuple[str, str]]) -> None:
    assert pair_limits(given) == (Balance("a", 0.1), Balance("b", None, 2.0, 3.0))


def test_kinds_of_limits_may_be_mixed_the_other_way_round() -> None:
    assert pair_limits([A, BOUNDS, B, SHARE]) == (Balance("a", None, 2.0, 3.0), Balance("b", 0.1))


def test_nothing_is_balanced_where_nothing_is_given() -> None:
    assert pair_limits([]) == ()


def test_without_any_limit_each_measure_may_differ_by_5_percent() -> None:
    assert pair_limits([A, B]) == (Balance("a", 0.05), Balance("b", 0.05))


def test_one_bound_may_be_left_out() -> None:
    assert pair_limits([A, ("bounds", "2:")]) == (Balance("a", None, 2.0, math.inf),)
    assert pair_limits([A, ("bounds", ":3")]) == (Balance("a", None, 0.0, 3.0),)


def test_a_tolerance_is_a_share_of_the_mean() -> None:
    assert Balance("a", 0.25).limits(8.0) == (6.0, 10.0)
    assert Balance("a", 2.0).limits(8.0) == (0.0, 24.0)
    assert Balance("a", None, 2.0, 3.0).limits(8.0) == (2.0, 3.0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([A, SHARE, BOUNDS, SHARE], "one limit for each measure: 1 times --balance, 3 times"),
        ([A, B, SHARE], "one limit for each measure: 2 times --balance, 1 times"),
        ([SHARE], "one limit for each measure: 0 times --balance"),
        ([A, SHARE, A, BOUNDS], "A measure is balanced twice: a"),
        ([A, ("tolerance", "5%")], "The tolerance is no share: 5%"),
        ([A, ("tolerance", "-0.1")], "The tolerance is no share: -0.1"),
        ([A, ("tolerance", "nan")], "The tolerance is no share: nan"),
        ([A, ("tolerance", "inf")], "The tolerance is no share: inf"),
        ([A, ("bounds", "3:2")], "The bounds are no limits: 3:2"),
        ([A, ("bounds", "3")], "The bounds are no limits: 3"),
        ([A, ("bounds", ":")], "The bounds are no limits: :"),
        ([A, ("bounds", "-1:3")], "The bounds are no limits: -1:3"),
        ([A, ("bounds", "1:x")], "The bounds are no limits: 1:x"),
        ([A, ("bounds", "1:2:3")], "The bounds are no limits: 1:2:3"),
        ([A, ("bounds", "inf:inf")], "The bounds are no limits: inf:inf"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(message)):
        pair_limits(given)

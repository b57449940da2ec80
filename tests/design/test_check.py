"""The last look at a plan before it is handed out."""

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.design.check import check_labels, find_violations, sum_measures


def three_units() -> Problem:
    """Put three units of 1, 2 and 3; unit 0 is locked, units 1 and 2 stay together."""
    return Problem(
        positions_km=np.zeros((3, 2)),
        distance_weights=np.ones(3),
        measures=np.array([[1.0], [2.0], [3.0]]),
        lower=np.array([[0.0], [2.0]]),
        upper=np.array([[1.5], [6.0]]),
        locked=np.array([0, -1, -1]),
        together=np.array([-1, 4, 4]),
    )


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([0, 1], "does not hold every unit once"),
        ([0, 1, 2], "names an unknown territory"),
        ([1, 1, 1], "breaks a lock"),
        ([0, 0, 1], "splits a group"),
    ],
)
def test_a_broken_promise_is_a_fault_of_the_program(labels: list[int], expected: str) -> None:
    with pytest.raises(RuntimeError, match=expected):
        check_labels(three_units(), np.array(labels))


def test_a_plan_that_keeps_all_promises_passes() -> None:
    check_labels(three_units(), np.array([0, 1, 1]))


def test_loads_add_up_by_territory() -> None:
    loads = sum_measures(three_units(), np.array([0, 1, 1]), np.array([2, 0, 1]))
    assert loads.tolist() == [[1.0], [5.0]]


def test_violations_tell_side_limit_and_amount() -> None:
    """Territory 0 holds 2 against at most 1.5; territory 1 holds 1 against at least 2."""
    over, under = find_violations(three_units(), np.array([[2.0], [1.0]]))
    assert (over.territory, over.side, over.limit, over.amount) == (0, "upper", 1.5, 0.5)
    assert (under.territory, under.side, under.limit, under.amount) == (1, "lower", 2.0, 1.0)
    assert str(under) == "territory 1, measure 0: 1 against a lower limit of 2, 1 missing"


def test_rounding_breaks_no_limit() -> None:
    assert find_violations(three_units(), np.array([[1.5 + 1e-10], [2.0 - 1e-10]])) == ()

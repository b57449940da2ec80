"""What the engine refuses, and in which words."""

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.errors import ParameterError


def make(**options: object) -> Problem:
    """Put three units, two territories and one measure, with some of it replaced."""
    given: dict[str, object] = {
        "positions_km": np.zeros((3, 2)),
        "distance_weights": np.ones(3),
        "measures": np.ones((3, 1)),
        "lower": np.zeros((2, 1)),
        "upper": np.full((2, 1), 9.0),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: wrong kinds on purpose


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"positions_km": np.zeros((2, 2))}, r"Wrong shape: \(2, 2\) \(positions_km\)"),
        ({"measures": np.ones(3)}, r"Wrong shape: \(3,\) \(measures\)"),
        ({"upper": np.ones((3, 1))}, r"Wrong shape: \(3, 1\) \(upper\)"),
        ({"lower": np.zeros((0, 1))}, "Nothing to divide: 3 units, 0 territories"),
        ({"distance": "road"}, "Unknown choice: 'road'.*Choose from: plain, squared"),
        ({"centre": "fixed"}, "Homes and centre do not fit: 'fixed'"),
        ({"homes_km": np.zeros((2, 2))}, "Homes and centre do not fit: 'medoid'"),
        ({"start": "current"}, "There are no current territories to start from"),
        ({"measures": np.full((3, 1), -1.0)}, r"out of range: 3 rows \(measures; rows 0, 1, 2\)"),
        ({"distance_weights": [1, np.inf, 1]}, r"1 rows \(distance_weights; rows 1\)"),
        ({"positions_km": [[0, 0], [np.nan, 0], [0, 0]]}, "Give a position, or the distance"),
        ({"lower": np.full((2, 1), 10.0)}, r"lower, upper; rows 0, 1"),
        ({"lower": np.full((2, 1), np.nan)}, r"lower, upper; rows 0, 1"),
        ({"current": np.array([0, 1, 2])}, "Give -1 or a number from 0 to 1"),
        ({"locked": np.array([0.0, 1.0, 1.0])}, "Wrong shape or type"),
    ],
)
def test_a_wrong_problem_is_refused_with_its_place(
    options: dict[str, object], expected: str
) -> None:
    with pytest.raises(ParameterError, match=expected):
        make(**options)


def test_a_group_locked_to_two_territories_is_a_contradiction() -> None:
    with pytest.raises(ParameterError, match="A group is locked to two territories: group 7"):
        make(together=np.array([7, 7, -1]), locked=np.array([0, 1, -1]))


def test_a_group_locked_once_is_no_contradiction() -> None:
    assert make(together=np.array([7, 7, -1]), locked=np.array([0, -1, 1])).n_units == 3


def test_a_remote_unit_needs_no_position() -> None:
    problem = make(positions_km=[[0, 0], [np.nan, 0], [0, 0]], distance_weights=[1, 0, 1])
    assert (problem.n_units, problem.n_territories, problem.n_measures) == (3, 2, 1)


def test_the_arrays_are_copies_that_cannot_be_written() -> None:
    measures = np.ones((3, 1))
    problem = make(measures=measures)
    measures[0] = 5.0
    assert problem.measures[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        problem.measures[0, 0] = 2.0

"""Parts of territories and caps on moves, by hand."""

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.design.model.instance import build_instance
from territory_kit.design.model.rules import Rules, count_parts, moved_amounts, rule_violation
from territory_kit.errors import ParameterError


def chain(**options: object) -> Problem:
    """Put five units on a line, each joined to the next, for two territories without limits."""
    given: dict[str, object] = {
        "positions_km": np.column_stack([np.arange(5.0), np.zeros(5)]),
        "distance_weights": np.ones(5),
        "measures": np.ones((5, 1)),
        "lower": np.zeros((2, 1)),
        "upper": np.full((2, 1), 9.0),
        "edges": np.array([[0, 1], [1, 2], [2, 3], [3, 4]]),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


def rules_of(problem: Problem) -> Rules:
    """Return the rules; the canonical order keeps the line."""
    rules = build_instance(problem).rules
    assert rules is not None
    return rules


def test_a_gap_makes_two_parts() -> None:
    """Territory 0 holds units 0, 1 and 4; unit 4 is apart."""
    assert count_parts(rules_of(chain()), np.array([0, 0, 1, 1, 0]), 2).tolist() == [2, 1]


def test_an_island_is_no_part_and_no_bridge() -> None:
    """Without unit 2 the line is cut, also for the territory that holds the island."""
    rules = rules_of(chain(islands=np.arange(5) == 2))
    assert count_parts(rules, np.array([0, 0, 0, 0, 1]), 2).tolist() == [2, 1]
    assert count_parts(rules, np.array([0, 0, 1, 1, 1]), 2).tolist() == [1, 1]


def test_only_owned_units_that_leave_count_against_the_cap() -> None:
    """Units 0 and 1 leave (2 and 3), unit 2 has no owner; all owned hold 14, 7 by territory."""
    rules = rules_of(
        chain(
            edges=None,
            current=np.array([0, 0, -1, 1, 1]),
            move_amounts=np.array([[2.0], [3], [100], [4], [5]]),
            move_caps=np.array([3.5]),
        )
    )
    labels = np.array([1, 1, 0, 1, 1])
    assert moved_amounts(rules, labels)[0] == pytest.approx(5 / 7)
    assert rule_violation(rules, labels, 2) == pytest.approx(1.5 / 7)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"edges": np.array([[0, 9]])}, "from 0 to 4"),
        ({"edges": np.array([0, 1])}, "any x 2 whole numbers"),
        ({"edges": None, "islands": np.zeros(5, bool)}, "Islands need edges"),
        ({"islands": np.zeros(5)}, "5 times true or false"),
        ({"capacities": np.ones(5)}, "capacities and capacity_loads together"),
        (
            {"capacities": np.ones(5), "capacity_loads": np.ones(5), "centre": "mean"},
            "Only a medoid has a capacity",
        ),
        ({"move_amounts": np.ones((5, 1)), "move_caps": np.ones(1)}, "Nothing can move"),
        (
            {
                "current": np.zeros(5, int),
                "move_amounts": np.ones((5, 2)),
                "move_caps": np.ones(1),
            },
            "one column of amounts to each cap",
        ),
    ],
)
def test_contradictory_options_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        chain(**options)

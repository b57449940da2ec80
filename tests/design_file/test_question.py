"""Names of territories where moves are free."""

import numpy as np
import pytest

from territory_kit.design import Problem, solve
from territory_kit.design_file.question import name_territories
from territory_kit.design_file.territories import Territories

NAMES = ("N", "S", "W")


def named(current: list[int], locked: list[int], price: float = 0.0) -> list[str]:
    """Divide three pairs on a line and return the name of each unit's territory."""
    places = np.array([[0.0, 0], [1, 0], [10, 0], [11, 0], [20, 0], [21, 0]])
    problem = Problem(
        positions_km=places,
        distance_weights=np.ones(6),
        measures=np.empty((6, 0)),
        lower=np.empty((3, 0)),
        upper=np.empty((3, 0)),
        current=np.array(current),
        move_prices=np.full(6, price),
        locked=np.array(locked),
    )
    design = solve(problem, seed=1)
    names = name_territories(
        design, Territories(NAMES, np.array(current), np.array(locked)), problem
    )
    assert sorted(names) == sorted(NAMES)
    return [names[label] for label in design.labels]


@pytest.mark.parametrize("price", [0.0, 0.5])
def test_most_units_keep_the_name_of_their_territory(price: float) -> None:
    assert named([2, 2, 0, 0, 1, 1], [-1] * 6, price) == ["W", "W", "N", "N", "S", "S"]


def test_a_territory_that_something_is_locked_to_keeps_its_name() -> None:
    # S is locked to the last unit; W and N are free to be exchanged
    assert named([1, 1, 0, 0, 2, 2], [-1] * 5 + [1])[4:] == ["S", "S"]
    assert named([1, 1, 0, 0, 2, 2], [-1] * 5 + [1])[2:4] == ["N", "N"]

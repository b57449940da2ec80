"""The grid of opportunity and position."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.portfolio_grid import CELLS, portfolio_grid

Floats = NDArray[np.float64]
NA = float("nan")
OPPORTUNITY = np.array([9.0, 8, 2, 1])
POSITION = np.array([0.6, 0.1, 0.5, 0.2])
VALUES = st.lists(st.floats(0, 100) | st.just(NA), min_size=1, max_size=15)


def cell(opportunity: float, *, previous: str | None, margin: float = 2) -> str:
    """Place one account of a strong position against an opportunity of 10."""
    grid = portfolio_grid(
        np.array([opportunity]),
        np.array([1.0]),
        thresholds=(10, 0.5),
        margins=(margin, 0),
        previous=np.array([previous], dtype=object),
    )
    return str(grid.cells[0])


def test_each_corner_of_the_grid_has_its_cell() -> None:
    # medians: (8 + 2) / 2 = 5 and (.5 + .2) / 2 = .35
    grid = portfolio_grid(OPPORTUNITY, POSITION)
    assert list(grid.cells) == ["core", "growth/drag", "maintain", "problem"]
    assert grid.opportunity_threshold == 5
    assert grid.position_threshold == pytest.approx(0.35)
    assert not grid.is_opportunity_equal
    assert not grid.is_position_equal


def test_given_thresholds_replace_the_medians_and_belong_to_the_high_side() -> None:
    grid = portfolio_grid(OPPORTUNITY, POSITION, thresholds=(9, 0.1))
    assert list(grid.cells) == ["core", "maintain", "maintain", "maintain"]
    assert (grid.opportunity_threshold, grid.position_threshold) == (9, 0.1)


def test_a_value_on_the_median_is_high() -> None:
    grid = portfolio_grid(np.array([1.0, 5, 9]), np.array([1.0, 5, 9]))
    assert list(grid.cells) == ["problem", "core", "core"]


def test_prospects_without_any_share_are_low_even_where_they_are_most() -> None:
    """A median of 0 would make everybody strong."""
    grid = portfolio_grid(np.ones(5), np.array([0.0, 0, 0, 0.3, 0.1]))
    assert grid.position_threshold == 0.1
    assert list(grid.cells) == ["growth/drag"] * 3 + ["core"] * 2


def test_where_all_are_equal_all_are_high_and_the_grid_says_so() -> None:
    grid = portfolio_grid(np.full(3, 7.0), np.array([1.0, 2, 3]))
    assert list(grid.cells) == ["growth/drag", "core", "core"]
    assert grid.is_opportunity_equal
    assert not grid.is_position_equal


def test_an_account_of_unknown_measure_is_in_no_cell_and_moves_no_median() -> None:
    grid = portfolio_grid(np.array([9, NA, 1, 3]), np.array([9, 9, 1, NA]))
    assert list(grid.cells) == ["core", "n/a", "problem", "n/a"]
    assert (grid.opportunity_threshold, grid.position_threshold) == (3, 9)


def test_nothing_known_is_no_grid() -> None:
    grid = portfolio_grid(np.array([NA]), np.array([NA]))
    assert list(grid.cells) == ["n/a"]
    assert np.isnan([grid.opportunity_threshold, grid.position_threshold]).all()
    assert list(portfolio_grid(np.zeros(0), np.zeros(0)).cells) == []


@pytest.mark.parametrize(
    ("opportunity", "previous", "expected"),
    [
        # from high: down to 8 it stays
        (8, "core", "core"),
        (7.9, "core", "maintain"),
        (8, "growth/drag", "core"),
        # from low: up to 12 it stays
        (11.9, "maintain", "maintain"),
        (12, "maintain", "core"),
        (11.9, "problem", "maintain"),
        # new accounts know no margin
        (10, None, "core"),
        (9.9, "n/a", "maintain"),
        # what is unknown now is in no cell, whatever it was
        (NA, "core", "n/a"),
    ],
)
def test_an_account_changes_sides_only_beyond_the_margin(
    opportunity: float, previous: str | None, expected: str
) -> None:
    assert cell(opportunity, previous=previous) == expected


def test_without_a_margin_the_previous_cell_does_not_matter() -> None:
    for previous in (*CELLS, "n/a", None):
        assert cell(10, previous=previous, margin=0) == "core"
        assert cell(9.9, previous=previous, margin=0) == "maintain"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"position": np.ones(3)}, "not of the same accounts: 4, 3"),
        ({"previous": np.array(["core"], dtype=object)}, "not of the same accounts: 4, 4, 1"),
        ({"opportunity": np.array([1, 2, np.inf, 3])}, r"without end: inf \(opportunity; row 2"),
        ({"thresholds": (NA, 1)}, r"A threshold is not a number: nan, 1 \(thresholds\)"),
        ({"margins": (0, -1)}, r"A margin is negative or unknown: 0, -1 \(margins\)"),
        (
            {"previous": np.array(["core", "cores", None, "n/a"], dtype=object)},
            'A previous cell is unknown: cores .*Did you mean "core"',
        ),
    ],
    ids=["lengths", "previous lengths", "infinite", "threshold", "margin", "cell"],
)
def test_what_makes_no_grid_is_refused(changes: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"opportunity": OPPORTUNITY, "position": POSITION, **changes}
    with pytest.raises(ParameterError, match=message):
        portfolio_grid(**arguments)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(opportunity=VALUES, data=st.data(), margin=st.floats(0, 50))
def test_a_grid_kept_as_it_is_moves_nobody_and_shuffling_changes_nothing(
    opportunity: list[float], data: st.DataObject, margin: float
) -> None:
    count = len(opportunity)
    rich = np.array(opportunity)
    strong = np.array(data.draw(st.lists(st.floats(0, 1), min_size=count, max_size=count)))
    grid = portfolio_grid(rich, strong)
    again = portfolio_grid(rich, strong, margins=(margin, margin), previous=grid.cells)
    assert list(again.cells) == list(grid.cells)
    order = np.array(data.draw(st.permutations(range(count))))
    assert list(portfolio_grid(rich[order], strong[order]).cells) == list(grid.cells[order])

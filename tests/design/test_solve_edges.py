"""The corners: one territory, too few units, no positions, piles, giants, wrong options."""

from typing import Any, Literal

import numpy as np
import pytest

from territory_kit.design import Problem, solve
from territory_kit.errors import ParameterError

Distance = Literal["squared", "plain"]
Centre = Literal["mean", "medoid", "fixed"]


def edge_problem(n_units: int, n_territories: int, **options: object) -> Problem:
    """Put units on a line, one km apart, without limits."""
    given: dict[str, object] = {
        "positions_km": np.column_stack([np.arange(n_units, dtype=float), np.zeros(n_units)]),
        "distance_weights": np.ones(n_units),
        "measures": np.ones((n_units, 1)),
        "lower": np.zeros((n_territories, 1)),
        "upper": np.full((n_territories, 1), np.inf),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


@pytest.mark.parametrize("distance", ["plain", "squared"])
@pytest.mark.parametrize("centre", ["mean", "medoid"])
def test_one_territory_takes_everything(distance: Distance, centre: Centre) -> None:
    """Five units on a line, centre in the middle: 2+1+0+1+2 = 6 km, 4+1+0+1+4 = 10 km²."""
    design = solve(edge_problem(5, 1, distance=distance, centre=centre), seed=0)
    assert design.labels.tolist() == [0] * 5
    assert design.objective["total"] == pytest.approx(6.0 if distance == "plain" else 10.0)
    assert design.stop_reason == "converged"


def test_as_many_territories_as_units_cost_nothing() -> None:
    design = solve(edge_problem(6, 6), seed=0)
    assert sorted(design.labels.tolist()) == list(range(6))
    assert design.objective["total"] == 0.0


def test_fewer_units_than_territories_leave_some_empty() -> None:
    design = solve(edge_problem(2, 5), seed=0)
    assert len(set(design.labels.tolist())) == 2
    assert np.isnan(design.centres_km).all(axis=1).sum() == 3
    assert (design.centre_units == -1).sum() == 3


def test_units_without_distance_weight_are_balanced_without_positions() -> None:
    design = solve(
        edge_problem(
            6,
            2,
            positions_km=np.full((6, 2), np.nan),
            distance_weights=np.zeros(6),
            lower=np.full((2, 1), 3.0),
            upper=np.full((2, 1), 3.0),
        ),
        seed=0,
    )
    assert design.loads.tolist() == [[3.0], [3.0]]
    assert design.objective["total"] == 0.0
    assert np.isnan(design.centres_km).all()


def test_remote_units_fill_up_territories_wherever_they_are() -> None:
    """Units 0-3 lie far left, 4-5 far right; the two remote ones make both sides four."""
    positions = np.array([[0.0, 0], [1, 0], [2, 0], [3, 0], [90, 0], [91, 0], [np.nan] * 2, [0, 0]])
    design = solve(
        edge_problem(
            8,
            2,
            positions_km=positions,
            distance_weights=np.array([1.0] * 6 + [0.0, 0.0]),
            lower=np.full((2, 1), 4.0),
            upper=np.full((2, 1), 4.0),
        ),
        seed=0,
    )
    assert design.is_feasible
    assert len(set(design.labels[[4, 5, 6, 7]].tolist())) == 1


def test_units_at_one_place_are_split_by_the_limits() -> None:
    design = solve(
        edge_problem(
            40,
            4,
            positions_km=np.ones((40, 2)),
            lower=np.full((4, 1), 10.0),
            upper=np.full((4, 1), 10.0),
        ),
        seed=0,
    )
    assert np.bincount(design.labels).tolist() == [10] * 4


def test_a_giant_unit_leaves_the_least_violation() -> None:
    """One unit holds 100, above the limit of 20: the other nine still share out well."""
    measures = np.full((10, 1), 1.0)
    measures[4] = 100.0
    problem = edge_problem(
        10, 2, measures=measures, lower=np.full((2, 1), 5.0), upper=np.full((2, 1), 20.0)
    )
    design = solve(problem, seed=0)
    (violation,) = design.violations
    assert (violation.side, violation.limit, violation.load) == ("upper", 20.0, 100.0)
    assert design.loads.min() == 9.0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"seed": -1}, "The seed is negative: -1"),
        ({"seed": 0, "max_iterations": 0}, "There is no iteration to search in: 0"),
        ({"seed": 0, "time_limit_s": 0.0}, "The time limit is not positive: 0.0"),
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, Any], expected: str) -> None:
    with pytest.raises(ParameterError, match=expected):
        solve(edge_problem(3, 1), **options)

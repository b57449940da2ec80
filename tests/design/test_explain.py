"""Why a plan breaks limits, in sums."""

import numpy as np

from territory_kit.design import Problem, explain, solve


def explained(measures: list[float], low: float, high: float, **options: object) -> str:
    """Explain two territories whose limits are the same."""
    given: dict[str, object] = {
        "positions_km": np.column_stack([np.arange(float(len(measures)))] * 2),
        "distance_weights": np.ones(len(measures)),
        "measures": np.array(measures)[:, np.newaxis],
        "lower": np.full((2, 1), low),
        "upper": np.full((2, 1), high),
    }
    problem = Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind
    return "\n".join(explain(problem, solve(problem, seed=0)))


def test_a_feasible_plan_needs_no_explanation() -> None:
    assert explained([1, 1, 1, 1], 2, 2) == ""


def test_lower_limits_above_all_units_tell_what_is_missing() -> None:
    """Two territories ask for 5 each; four units hold 4: 6 are missing."""
    text = explained([1, 1, 1, 1], 5, 9)
    assert "Measure 0: the lower limits ask for 10, all units hold 4; 6 are missing." in text


def test_upper_limits_below_all_units_tell_what_finds_no_place() -> None:
    text = explained([2, 2, 2, 2], 0, 3)
    assert "the upper limits allow 6, all units hold 8; 2 find no place." in text


def test_a_unit_above_every_limit_is_named() -> None:
    assert "unit 1 alone holds 9, above every upper limit (8 at most)" in explained([1, 9, 1], 1, 8)


def test_a_group_above_every_limit_is_named() -> None:
    text = explained([3, 3, 3, 1], 1, 8, together=np.array([5, 5, 5, -1]))
    assert "group 5, kept together, holds 9, above every upper limit (8 at most)" in text


def test_locks_above_the_limit_are_named() -> None:
    text = explained([3, 3, 3, 3], 4, 8, locked=np.array([1, 1, 1, -1]))
    assert "what is locked to territory 1 holds 9, above its upper limit 8." in text


def test_the_smallest_change_for_this_plan_closes_the_explanation() -> None:
    """Units of 3 and 1 in territories of exactly 2: one has 1 too much, the other lacks 1."""
    lines = explained([3, 1], 2, 2).splitlines()
    assert any("3 against an upper limit of 2, 1 too much" in line for line in lines)
    assert lines[-1] == (
        "Measure 0: this plan would hold if the limits of its territories were wider by 1 "
        "(50.0% of a mean territory)."
    )


def test_many_broken_limits_are_cut_to_the_worst() -> None:
    measures = np.array([[4.0]] * 15 + [[1.0]] * 15)
    problem = Problem(
        positions_km=np.zeros((30, 2)),
        distance_weights=np.ones(30),
        measures=measures,
        lower=np.full((30, 1), 2.5),
        upper=np.full((30, 1), 2.5),
    )
    lines = explain(problem, solve(problem, seed=0, max_iterations=1))
    assert "20 more limits are broken by less." in lines

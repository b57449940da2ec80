"""What a design says of itself."""

from dataclasses import replace

import numpy as np

from territory_kit.design import Design, Violation


def design(**options: object) -> Design:
    """Hold a plan of two units in two territories, with some of it replaced."""
    plan = Design(
        labels=np.array([0, 1]),
        centres_km=np.array([[0.0, 0], [np.nan, np.nan]]),
        centre_units=np.array([0, -1]),
        loads=np.array([[3.0], [5.0]]),
        objective={"distance": 1.5, "moves": 2.0, "total": 3.5},
        violations=(),
        lower_bound=None,
        trace=(),
        stop_reason="converged",
        seed=4,
        iterations=7,
        seconds=0.1,
    )
    return replace(plan, **options)  # type: ignore[arg-type]  # reason: options of any kind


def test_a_design_sums_itself_up() -> None:
    assert str(design()).splitlines() == [
        "2 units in 2 territories, all limits kept",
        "objective: distance 1.5, moves 2, total 3.5",
        "stopped: converged after 7 iterations, seed 4",
    ]


def test_broken_limits_make_it_infeasible() -> None:
    broken = design(violations=(Violation(0, 0, "lower", 4.0, 3.0),))
    assert not broken.is_feasible
    assert "1 limits broken" in str(broken)


def test_seconds_do_not_tell_designs_apart_and_labels_do() -> None:
    assert design() == design(seconds=9.0)
    assert hash(design()) == hash(design(seconds=9.0))
    assert design() != design(labels=np.array([1, 0]))
    assert design() != "a design"

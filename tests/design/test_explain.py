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


def test_sums_of_money_are_written_in_full() -> None:
    """Two territories ask for 1,500,000.5 each of 2,500,001: 500,000 are missing."""
    text = explained([1_000_000, 1_500_001], 1_500_000.5, 9e9)
    told = "the lower limits ask for 3,000,001, all units hold 2,500,001; 500,000 are missing."
    assert told in text


def test_what_is_locked_elsewhere_is_missing() -> None:
    """Of 8 in all, 6 are locked to territory 0; territory 1 asks for 3 and can have 2."""
    text = explained([3, 3, 1, 1], 3, 9, locked=np.array([0, 0, -1, -1]))
    told = "what is not locked elsewhere holds 2, below the lower limit 3 of territory 1."
    assert f"Measure 0: {told}" in text
    assert "Territory 1, measure 0: 2 against a lower limit of 3, 1 missing." in text
    assert "would hold if the limits of its territories were wider by 1 (25.0%" in text


def test_each_measure_is_explained_by_its_own_sums() -> None:
    """Measure 0 fits; of measure 1 there are 40, and two territories may hold 15 each."""
    problem = Problem(
        positions_km=np.column_stack([np.arange(4.0)] * 2),
        distance_weights=np.ones(4),
        measures=np.column_stack([np.ones(4), np.full(4, 10.0)]),
        lower=np.zeros((2, 2)),
        upper=np.array([[2.0, 15], [2, 15]]),
    )
    text = "\n".join(explain(problem, solve(problem, seed=0)))
    assert "Measure 0" not in text
    assert "Measure 1: the upper limits allow 30, all units hold 40; 10 find no place." in text
    assert text.count("20 against an upper limit of 15, 5 too much") == 2
    assert "wider by 5 (25.0% of a mean territory)" in text


def capacity(capacities: list[float], loads: list[float]) -> str:
    """Explain two territories around medoids with capacities."""
    options = {"capacities": np.array(capacities), "capacity_loads": np.array(loads)}
    return explained([0] * len(loads), 0, 9, **options)


def test_the_largest_medoids_may_be_too_small_for_all() -> None:
    """The two largest capacities are 5 and 4; the units take 12: 3 find no place."""
    text = capacity([5, 4, 1, 1], [3, 3, 3, 3])
    assert "Capacity: the 2 largest medoids allow 9, all units take 12; 3 find no place." in text
    assert "Territory 0: 6 against the capacity" in text
    assert "too much." in text
    assert "Capacity: this plan would hold if the capacity of" in text


def test_a_unit_above_every_capacity_is_named() -> None:
    """Unit 2 takes 7, and no medoid allows more than 6: 1 is too much."""
    text = capacity([6, 6, 6], [1, 1, 7])
    assert "Capacity: unit 2 alone takes 7, above every capacity (6 at most)." in text
    assert "7 against the capacity 6 of its medoid, 1 too much." in text
    assert "if the capacity of 1 medoids were larger by up to 1." in text


def test_a_map_in_more_parts_than_territories_is_counted() -> None:
    """Four units, one edge: three parts for two territories; one finds no place."""
    text = explained([1] * 4, 0, 9, edges=np.array([[0, 1]]))
    told = "the edges leave the map in 3 parts, more than the 2 territories; 1 find no place."
    assert f"Connection: {told}" in text
    assert "2 parts that do not touch each other." in text
    assert "declare units that nothing touches as islands." in text


def test_a_cap_that_forbids_what_the_limits_ask_for_is_told() -> None:
    """All four units are of territory 0 and may hold 2 there: two must move, one may."""
    text = explained(
        [1] * 4,
        2,
        2,
        current=np.zeros(4, dtype=np.int64),
        move_amounts=np.ones((4, 1)),
        move_caps=np.array([1.0]),
    )
    one_moves = "3 against an upper limit of 2, 1 too much" in text
    two_move = "Cap 0: 2 moves, 1 may." in text
    assert one_moves != two_move
    assert "would hold if" in text.splitlines()[-1]

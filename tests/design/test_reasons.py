"""Why units move: small tables solved by hand, then what must hold for any plan."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.design import Design, MoveReasons, Problem, explain_moves, solve

# Six units on a line, one of work each. The first four are of territory 0 today, unit 3 lies far
# out on the side of territory 1.
PLACES = np.column_stack([[0.0, 1, 2, 8, 9, 10], np.zeros(6)])
TODAY = np.array([0, 0, 0, 0, 1, 1])
PLAN = np.array([0, 0, 0, 1, 1, 1])


def problem(**options: object) -> Problem:
    """Make the line; two territories that hold at most 3 and at least 2."""
    given: dict[str, object] = {
        "positions_km": PLACES,
        "distance_weights": np.ones(6),
        "measures": np.ones((6, 1)),
        "lower": np.full((2, 1), 2.0),
        "upper": np.full((2, 1), 4.0),
        "current": TODAY,
        "move_prices": np.arange(6.0),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


def design(asked: Problem, labels: np.ndarray = PLAN) -> Design:
    """Make the plan by hand; the centres are units 1 and 4."""
    return Design(
        labels=labels,
        centres_km=PLACES[[1, 4]],
        centre_units=np.array([1, 4]),
        loads=np.array([asked.measures[labels == one].sum(axis=0) for one in (0, 1)]),
        objective={"distance": 0.0, "moves": 0.0, "total": 0.0},
        violations=(),
        lower_bound=None,
        trace=(),
        stop_reason="converged",
        seed=0,
        iterations=1,
        seconds=0.0,
    )


def explained(labels: np.ndarray = PLAN, **options: object) -> MoveReasons:
    asked = problem(**options)
    return explain_moves(asked, design(asked, labels))


# Solved by hand -----------------------------------------------------------------------------------


def test_only_units_that_leave_their_territory_are_explained() -> None:
    found = explained(current=np.array([0, 0, -1, 0, -1, 1]))
    assert found.units.tolist() == [3]
    assert (found.sources.tolist(), found.targets.tolist()) == ([0], [1])
    assert found.move_prices.tolist() == [3.0]


def test_without_current_territories_nothing_moves() -> None:
    assert len(explained(current=None, move_prices=None).units) == 0


def test_the_way_is_measured_to_the_final_centres() -> None:
    # From 8 to the centre at 1: 7 km; to the one at 9: 1 km.
    found = explained()
    assert found.closer_km.tolist() == [6.0]
    assert found.saved_costs.tolist() == [6.0]


def test_squared_ways_save_squared_km_but_are_told_in_km() -> None:
    found = explained(distance="squared", distance_weights=np.full(6, 2.0))
    assert found.closer_km.tolist() == [6.0]
    assert found.saved_costs.tolist() == [2.0 * (49 - 1)]


def test_a_place_that_does_not_count_is_not_closer() -> None:
    places = PLACES.copy()
    places[3] = np.nan
    found = explained(positions_km=places, distance_weights=np.array([1.0, 1, 1, 0, 1, 1]))
    assert np.isnan(found.closer_km).all()
    assert found.saved_costs.tolist() == [0.0]


def test_a_move_relieves_a_territory_that_is_above_its_target() -> None:
    # Targets are 3, the middle of 2 and 4. Territory 0 holds 4 today, and would hold 4 again;
    # territory 1 holds 2 today, and would hold 2 again. No limit would break.
    found = explained()
    assert (found.relieved.tolist(), found.filled.tolist()) == ([[1.0]], [[1.0]])
    assert (found.over_if_back.tolist(), found.short_if_back.tolist()) == ([[0.0]], [[0.0]])


def test_targets_that_are_given_count_instead_of_the_middle() -> None:
    asked = problem()
    found = explain_moves(asked, design(asked), target_loads=np.array([[4.0], [2.0]]))
    assert (found.relieved.tolist(), found.filled.tolist()) == ([[0.0]], [[0.0]])


def test_nothing_is_relieved_that_ends_below_its_target_with_the_unit() -> None:
    # Territory 0 holds 4 today and gives away three: with one of them back it holds 2 of 3.
    found = explained(np.array([0, 1, 1, 1, 1, 1]))
    assert found.relieved.tolist() == [[0.0]] * 3


def test_limits_say_what_would_break() -> None:
    # With unit 3 back, territory 0 holds 4 where 3.5 may be, territory 1 holds 2 of at least 2.5.
    found = explained(lower=np.full((2, 1), 2.5), upper=np.full((2, 1), 3.5))
    assert (found.over_if_back.tolist(), found.short_if_back.tolist()) == ([[0.5]], [[0.5]])


def test_unlimited_measures_have_no_target_to_relieve() -> None:
    found = explained(lower=np.full((2, 1), -np.inf), upper=np.full((2, 1), np.inf))
    assert (found.relieved.tolist(), found.filled.tolist()) == ([[0.0]], [[0.0]])


def test_each_measure_speaks_for_itself() -> None:
    # Of the second measure, territory 0 has 1 of 2 today: it lacks some and is relieved of none.
    money = np.array([0.0, 0, 1, 0, 1, 2])
    found = explained(
        measures=np.column_stack([np.ones(6), money]),
        lower=np.array([[2.0, 1.0]] * 2),
        upper=np.array([[4.0, 3.0]] * 2),
    )
    assert found.relieved.tolist() == [[1.0, 0.0]]


def test_a_lock_is_told() -> None:
    locked = np.array([-1, -1, -1, 1, -1, -1])
    assert explained(locked=locked).is_locked.tolist() == [True]
    assert explained().is_locked.tolist() == [False]


def test_a_group_that_is_split_today_decides() -> None:
    found = explained(together=np.array([-1, -1, -1, 5, 5, -1]))
    assert (found.is_grouped.tolist(), found.is_group_led.tolist()) == ([True], [True])
    # Both go back together: territory 0 would hold 5 where 4 may be, territory 1 one of two.
    assert (found.over_if_back.tolist(), found.short_if_back.tolist()) == ([[1.0]], [[1.0]])


def test_a_group_that_moves_as_a_whole_moves_for_its_own_reasons() -> None:
    found = explained(np.array([0, 0, 1, 1, 1, 1]), together=np.array([-1, -1, 5, 5, -1, -1]))
    assert found.is_grouped.tolist() == [True, True]
    assert found.is_group_led.tolist() == [False, False]


def test_a_unit_with_nothing_of_its_own_follows_its_group() -> None:
    # Unit 2 lies at 2 km, nearer to the centre at 1, has no work, and goes with unit 3.
    found = explained(
        np.array([0, 0, 1, 1, 1, 1]),
        together=np.array([-1, -1, 5, 5, -1, -1]),
        measures=np.array([[1.0], [1], [0], [1], [1], [1]]),
    )
    assert found.closer_km.tolist() == [-6.0, 6.0]
    assert found.is_group_led.tolist() == [True, False]


def test_a_capacity_that_would_be_exceeded_is_told() -> None:
    # The medoid of territory 0 is unit 1, which allows 3; with unit 3 back it would hold 4.
    found = explained(
        capacities=np.array([9.0, 3, 9, 9, 9, 9]), capacity_loads=np.ones(6), centre="medoid"
    )
    assert found.over_capacity_if_back.tolist() == [1.0]


def test_a_unit_that_touches_nobody_of_its_source_is_cut_off() -> None:
    # A road joins 2 and 3, so that 3 could stay; without it, 3 only touches 4.
    line = np.column_stack([np.arange(5), np.arange(1, 6)])
    assert explained(edges=line).is_cut_off.tolist() == [False]
    assert explained(edges=np.delete(line, 2, axis=0)).is_cut_off.tolist() == [True]
    islands = np.arange(6) == 3
    assert explained(edges=line, islands=islands).is_cut_off.tolist() == [False]


def test_a_unit_that_fills_an_empty_territory_is_told() -> None:
    found = explained(
        np.array([0, 0, 0, 1, 0, 0]),
        current=np.zeros(6, dtype=np.int64),
        lower=np.zeros((2, 1)),
        upper=np.full((2, 1), 9.0),
    )
    assert found.leaves_empty.tolist() == [True]


def test_a_move_that_nothing_speaks_for_is_not_explained() -> None:
    # Unit 1 goes from its own centre to the far one, and nothing is balanced.
    nothing = {"measures": np.zeros((6, 0)), "lower": np.zeros((2, 0)), "upper": np.zeros((2, 0))}
    found = explained(np.array([0, 1, 0, 0, 1, 1]), **nothing)
    assert (found.units.tolist(), found.is_explained.tolist()) == ([1], [False])


# What must hold for any plan ----------------------------------------------------------------------


def random_problem(seed: int) -> Problem:
    """Make 40 units in 3 territories of today, two measures, a few groups, locks and no places."""
    generator = np.random.default_rng(seed)
    n_units, n_territories = 40, 3
    places = generator.uniform(0, 100, (n_units, 2))
    weights = generator.uniform(0, 2, n_units) * (generator.uniform(size=n_units) > 0.1)
    measures = generator.lognormal(0, 1, (n_units, 2))
    targets = np.repeat(measures.sum(axis=0)[np.newaxis] / n_territories, n_territories, axis=0)
    locked = np.full(n_units, -1)
    locked[:2] = generator.integers(0, n_territories, 2)
    together = np.full(n_units, -1)
    together[4:7], together[7:9] = 0, 1
    return Problem(
        positions_km=places,
        distance_weights=weights,
        measures=measures,
        lower=targets * 0.8,
        upper=targets * 1.2,
        current=generator.integers(-1, n_territories, n_units),
        move_prices=generator.uniform(0, 5, n_units),
        locked=locked,
        together=together,
    )


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 1000))
def test_reasons_are_true(seed: int) -> None:
    asked = random_problem(seed)
    plan = solve(asked, seed=0, max_iterations=2)
    found = explain_moves(asked, plan)
    assert asked.current is not None
    is_moved = (asked.current >= 0) & (asked.current != plan.labels)
    assert found.units.tolist() == np.flatnonzero(is_moved).tolist()
    middle = (asked.lower + asked.upper) / 2
    for row, unit in enumerate(found.units):
        source, target = found.sources[row], found.targets[row]
        away = np.linalg.norm(asked.positions_km[unit] - plan.centres_km[source])
        near = np.linalg.norm(asked.positions_km[unit] - plan.centres_km[target])
        if asked.distance_weights[unit] > 0:
            assert found.closer_km[row] == pytest.approx(away - near)
        group = np.array([unit])
        if asked.together is not None and asked.together[unit] >= 0:
            group = np.flatnonzero(asked.together == asked.together[unit])
        back = plan.labels.copy()
        back[group] = source
        for measure in range(2):
            values = asked.measures[:, measure]
            with_unit, without = values[back == source].sum(), values[back == target].sum()
            if found.relieved[row, measure]:
                assert with_unit > middle[source, measure]
                assert found.relieved[row, measure] == values[unit]
            if found.filled[row, measure]:
                assert without < middle[target, measure]
            over = max(0.0, with_unit - asked.upper[source, measure])
            short = max(0.0, asked.lower[target, measure] - without)
            assert found.over_if_back[row, measure] == pytest.approx(over, abs=1e-6)
            assert found.short_if_back[row, measure] == pytest.approx(short, abs=1e-6)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(0, 100))
def test_reasons_do_not_depend_on_the_order_of_units(seed: int) -> None:
    asked = random_problem(seed)
    plan = solve(asked, seed=0, max_iterations=1)
    order = np.random.default_rng(seed).permutation(asked.n_units)
    names = ("positions_km", "distance_weights", "measures", "move_prices", "current", "locked")
    shuffled = {name: getattr(asked, name)[order] for name in (*names, "together")}
    other = Problem(lower=asked.lower, upper=asked.upper, **shuffled)
    values = {name: value for name, value in vars(plan).items() if name != "labels"}
    again = explain_moves(other, Design(labels=plan.labels[order], **values))
    found = explain_moves(asked, plan)
    back = np.argsort(order[again.units])
    assert (order[again.units][back] == found.units).all()
    for name, value in vars(found).items():
        if name != "units":
            np.testing.assert_array_equal(getattr(again, name)[back], value)

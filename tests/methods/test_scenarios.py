"""Scenarios that others beat, and gains under uncertain constants."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.scenarios import (
    ConstantRange,
    Direction,
    GainSpread,
    dominated_flags,
    select_proposals,
    spread_of_gain,
)

Floats = NDArray[np.float64]

DIRECTIONS: dict[str, Direction] = {"gain": "higher", "moves": "lower"}
ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=12)


def figures(rows: list[tuple[float, float]]) -> dict[str, Floats]:
    gain, moves = zip(*rows, strict=True)
    return {"gain": np.array(gain, dtype=float), "moves": np.array(moves, dtype=float)}


def flags(*rows: tuple[float, float]) -> list[bool]:
    return [bool(flag) for flag in dominated_flags(figures(list(rows)), DIRECTIONS)]


def chosen(rows: list[tuple[float, float]], count: int) -> list[int]:
    return [int(row) for row in select_proposals(figures(rows), DIRECTIONS, count=count)]


def spread(
    ranges: dict[str, ConstantRange],
    gain: Callable[[dict[str, Floats]], Floats] = lambda constants: constants["a"],
    *,
    seed: int = 3,
    draws: int = 20_000,
    share: float = 0.9,
) -> GainSpread:
    return spread_of_gain(gain, ranges, seed=seed, draws_count=draws, interval_share=share)


def test_a_scenario_that_is_worse_on_one_figure_and_better_on_none_is_dominated() -> None:
    # the third gains less than the first for as many moves
    assert flags((5, 9), (3, 2), (4, 9)) == [False, False, True]


def test_a_scenario_that_is_worse_on_all_figures_is_dominated() -> None:
    assert flags((5, 2), (4, 3)) == [False, True]


def test_equal_scenarios_do_not_dominate_each_other() -> None:
    assert flags((5, 2), (5, 2)) == [False, False]


def test_one_scenario_is_dominated_by_nobody() -> None:
    assert flags((0, 99)) == [False]


def test_the_direction_of_a_figure_decides_who_is_better() -> None:
    table = {"gain": np.array([5.0, 4])}
    assert dominated_flags(table, {"gain": "higher"}).tolist() == [False, True]
    assert dominated_flags(table, {"gain": "lower"}).tolist() == [True, False]


@settings(deadline=None, max_examples=80)
@given(rows=ROWS)
def test_every_dominated_scenario_is_beaten_by_one_that_is_not(rows: list[tuple[int, int]]) -> None:
    dominated = flags(*rows)
    best = [row for row, flag in zip(rows, dominated, strict=True) if not flag]
    assert best
    for (gain, moves), flag in zip(rows, dominated, strict=True):
        beaten = any(g >= gain and m <= moves and (g > gain or m < moves) for g, m in best)
        assert beaten == flag


@settings(deadline=None, max_examples=40)
@given(rows=ROWS, scale=st.floats(0.001, 1000))
def test_units_and_order_of_figures_do_not_matter(
    rows: list[tuple[int, int]], scale: float
) -> None:
    table = figures(list(rows))
    turned = {"moves": table["moves"] * scale, "gain": table["gain"]}
    assert dominated_flags(turned, DIRECTIONS).tolist() == flags(*rows)


def test_what_is_dominated_is_never_proposed() -> None:
    assert chosen([(5, 9), (3, 2), (4, 9)], 3) == [0, 1]


def test_the_most_crowded_proposal_goes_first() -> None:
    # on a line at 0, 1, 2, 6, 10: 1 has the nearest neighbours (0 and 2), and once it is gone
    # 2 (between 0 and 6) has nearer ones than 6 (between 2 and 10)
    line: list[tuple[float, float]] = [(0, 0), (1, 1), (2, 2), (6, 6), (10, 10)]
    assert chosen(line, 4) == [0, 2, 3, 4]
    assert chosen(line, 3) == [0, 3, 4]


def test_the_best_of_each_figure_stays() -> None:
    assert chosen([(0, 0), (1, 1), (2, 2), (6, 6), (10, 10)], 2) == [0, 4]


def test_of_equal_proposals_the_first_stays() -> None:
    assert chosen([(0, 0), (5, 5), (5, 5), (10, 10)], 3) == [0, 1, 3]


def test_equal_figures_leave_the_first_proposals() -> None:
    assert chosen([(4, 4), (4, 4), (4, 4)], 2) == [0, 1]


def test_one_proposal_is_one_of_the_best() -> None:
    assert len(chosen([(0, 0), (10, 10), (5, 5)], 1)) == 1


@settings(deadline=None, max_examples=80)
@given(rows=ROWS, count=st.integers(1, 6))
def test_a_choice_has_the_number_asked_for_or_all_that_are_not_dominated(
    rows: list[tuple[int, int]], count: int
) -> None:
    free = [row for row, flag in enumerate(flags(*rows)) if not flag]
    found = chosen(list(rows), count)
    assert found == sorted(set(found) & set(free))
    assert len(found) == min(count, len(free))


@settings(deadline=None, max_examples=80)
@given(
    rows=st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=12),
    count=st.integers(3, 6),
)
def test_the_best_of_each_of_three_figures_stays(
    rows: list[tuple[int, int, int]], count: int
) -> None:
    names = ["a", "b", "c"]
    table = {
        name: np.array(column, dtype=float)
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    found = select_proposals(table, dict.fromkeys(names, "higher"), count=count)
    assert all(table[name][found].max() == table[name].max() for name in names)


def test_a_uniform_constant_spreads_a_gain_evenly() -> None:
    # -1 to 3: mean 1, 5 % and 95 % at -.8 and 2.8, three quarters above 0
    found = spread({"a": ConstantRange(-1, 3)})
    assert found.mean == pytest.approx(1, abs=0.03)
    assert (found.low, found.high) == pytest.approx((-0.8, 2.8), abs=0.03)
    assert found.positive_share == pytest.approx(0.75, abs=0.01)
    assert (found.draws_count, found.seed, found.interval_share) == (20_000, 3, 0.9)


def test_a_likely_value_makes_the_spread_triangular() -> None:
    # 0, 0, 3: mean 1; share below x is 1 - (1 - x/3)², so 5 % at .076 and 95 % at 2.329
    found = spread({"a": ConstantRange(0, 3, likely=0)})
    assert found.mean == pytest.approx(1, abs=0.02)
    assert (found.low, found.high) == pytest.approx((0.076, 2.329), abs=0.03)


def test_a_constant_that_is_known_is_not_drawn() -> None:
    found = spread({"a": ConstantRange(2, 2), "b": ConstantRange(1, 1, likely=1)})
    assert (found.mean, found.low, found.high, found.positive_share) == (2, 2, 2, 1)


def test_a_gain_of_nothing_is_no_gain() -> None:
    assert spread({"a": ConstantRange(0, 0)}).positive_share == 0


def test_without_uncertain_constants_the_gain_is_as_given() -> None:
    found = spread({}, lambda _: np.full(5, 7.0), draws=5)
    assert (found.low, found.high) == (7, 7)


def test_the_same_seed_gives_the_same_spread_whatever_the_order_of_names() -> None:
    def gain(constants: dict[str, Floats]) -> Floats:
        return constants["a"] - 2 * constants["b"]

    ranges = {"a": ConstantRange(0, 4), "b": ConstantRange(0, 2, likely=1)}
    turned = dict(reversed(ranges.items()))
    assert spread(ranges, gain) == spread(turned, gain)
    assert spread(ranges, gain, seed=4) != spread(ranges, gain)


@settings(deadline=None, max_examples=30)
@given(low=st.floats(-5, 5), width=st.floats(0, 5), seed=st.integers(0, 1000))
def test_a_spread_stays_within_its_range(low: float, width: float, seed: int) -> None:
    middle = low + width / 2
    ranges = {"a": ConstantRange(low, low + width, likely=middle)}
    found = spread(ranges, seed=seed, draws=50)
    slack = 1e-9
    assert low - slack <= found.low <= found.high <= low + width + slack
    assert found.low - slack <= found.mean <= found.high + slack or width > 0
    assert 0 <= found.positive_share <= 1


@pytest.mark.parametrize(
    ("low", "high", "likely"),
    [
        (2.0, 1.0, None),
        (0.0, 1.0, 2.0),
        (0.0, 1.0, -1.0),
        (0.0, math.inf, 1.0),
        (0.0, 1.0, math.nan),
    ],
)
def test_a_range_out_of_order_is_refused(low: float, high: float, likely: float | None) -> None:
    with pytest.raises(ParameterError, match="must lie between its least and its greatest"):
        ConstantRange(low, high, likely)


@pytest.mark.parametrize(
    ("table", "directions", "message"),
    [
        ({}, {}, "Each figure needs a direction, and each direction a figure: no figure"),
        ({"gain": [1.0]}, {}, "Each figure needs a direction.*: gain"),
        ({"gain": [1.0]}, {"gain": "higher", "km": "lower"}, "Each figure needs a direction.*: km"),
        ({"gain": [1.0]}, {"gain": "up"}, "This is no direction: up.*Give higher or lower"),
        (
            {"gain": [1.0], "km": [1.0, 2]},
            {"gain": "higher", "km": "lower"},
            "known for each scenario: gain: 1, km: 2",
        ),
        ({"gain": [math.nan]}, {"gain": "higher"}, "unknown figures cannot be compared: gain"),
    ],
)
def test_figures_that_cannot_be_compared_are_refused(
    table: dict[str, list[float]], directions: dict[str, Direction], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        dominated_flags({name: np.array(row) for name, row in table.items()}, directions)


def test_a_choice_of_nothing_is_refused() -> None:
    with pytest.raises(ParameterError, match="At least one proposal must be chosen: 0"):
        chosen([(1, 1)], 0)


@pytest.mark.parametrize(
    ("seed", "draws", "share", "message"),
    [
        (-1, 10, 0.9, "seed must be 0 or more: -1"),
        (1, 0, 0.9, "At least one draw is needed: 0"),
        (1, 10, 1.0, "above 0 and below 1: 1"),
        (1, 10, 0.0, "above 0 and below 1: 0"),
    ],
)
def test_draws_with_wrong_numbers_are_refused(
    seed: int, draws: int, share: float, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        spread({"a": ConstantRange(0, 1)}, seed=seed, draws=draws, share=share)


@pytest.mark.parametrize("gain", [np.ones(3), np.full(10, math.nan), np.array(1.0)])
def test_a_gain_that_is_not_one_number_for_each_draw_is_refused(gain: Floats) -> None:
    with pytest.raises(ParameterError, match="one known number for each draw"):
        spread({"a": ConstantRange(0, 1)}, lambda _: gain, draws=10)

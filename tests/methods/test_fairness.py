"""Fairness of what reps are given, and the matching that helps the worst off most."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.fairness import Fairness, maximin_pairs, measure_fairness

NO = float("nan")


def fairness(
    potential: list[float], shares: list[float] | None = None, grades: str = ""
) -> Fairness:
    count = len(potential)
    return measure_fairness(
        np.array(potential, dtype=float),
        np.array(shares or [1.0] * count, dtype=float),
        np.array(list(grades or "x" * count), dtype=object),
    )


def test_gap_gini_and_extremes_follow_from_potential() -> None:
    # mean 100, from 80 to 120; Gini (−2·80 + 0 + 2·120) / (3 · 300)
    found = fairness([80, 100, 120])
    assert (found.lowest, found.highest) == (80, 120)
    assert found.gap_share == pytest.approx(0.4)
    assert found.gini_share == pytest.approx(80 / 900)
    assert found.envy == 40


def test_half_the_potential_for_half_the_time_is_even() -> None:
    found = fairness([100, 50], [1, 0.5])
    assert (found.gap_share, found.gini_share, found.envy) == (0, 0, 0)
    assert found.envy_grade == ""


def test_envy_is_within_a_grade() -> None:
    # seniors 200 and 170, juniors 100 and 60: the gap of 140 between grades is none
    found = fairness([200, 170, 100, 60], grades="ssjj")
    assert (found.envy, found.envy_grade) == (40, "j")
    assert found.highest - found.lowest == 140


def test_who_has_no_equal_has_no_envy() -> None:
    found = fairness([200, 100], grades="sj")
    assert (found.envy, found.envy_grade) == (0, "")
    assert found.gap_share == pytest.approx(100 / 150)


def test_of_equal_gaps_the_first_grade_is_named() -> None:
    assert fairness([10, 20, 30, 40], grades="bbaa").envy_grade == "a"


def test_a_single_rep_has_no_gap() -> None:
    assert fairness([70]) == Fairness(70, 70, 0, 0, 0, "")


def test_nothing_for_everybody_is_even() -> None:
    found = fairness([0, 0])
    assert (found.gap_share, found.gini_share, found.envy) == (0, 0, 0)


@pytest.mark.parametrize(
    ("potential", "shares", "reason"),
    [
        ([], [], "no reps to compare"),
        ([5.0, -1], [1.0, 1], r"below 0 or unknown: -1 \(potential, rows 1\)"),
        ([5.0, NO], [1.0, 1], r"below 0 or unknown: nan \(potential, rows 1\)"),
        ([5.0, 5], [0.0, 1], r"works is not above 0: 0 \(fte_shares, rows 0\)"),
        ([5.0, 5], [NO, 1], r"works is not above 0: nan \(fte_shares, rows 0\)"),
    ],
)
def test_reps_who_cannot_be_compared_are_refused(
    potential: list[float], shares: list[float], reason: str
) -> None:
    with pytest.raises(ParameterError, match=reason):
        fairness(potential, shares)


@pytest.mark.parametrize("missing", [None, NO])
def test_reps_without_grade_are_refused(missing: object) -> None:
    grades = np.array(["a", missing], dtype=object)
    with pytest.raises(ParameterError, match=r"no grade.*: 1 \(grades, rows 1\)"):
        measure_fairness(np.ones(2), np.ones(2), grades)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    potential=st.lists(st.floats(0, 1e6), min_size=1, max_size=8),
    grades=st.lists(st.sampled_from("ab"), min_size=8, max_size=8),
    order=st.permutations(range(8)),
)
def test_envy_stays_within_the_whole_gap_and_order_does_not_matter(
    potential: list[float], grades: list[str], order: list[int]
) -> None:
    found = fairness(potential, grades="".join(grades[: len(potential)]))
    assert 0 <= found.envy <= found.highest - found.lowest
    kept = [i for i in order if i < len(potential)]
    again = fairness([potential[i] for i in kept], grades="".join(grades[i] for i in kept))
    assert (again.envy, again.envy_grade, again.lowest) == (
        found.envy,
        found.envy_grade,
        found.lowest,
    )
    assert again.gini_share == pytest.approx(found.gini_share, abs=1e-9)


def test_the_worst_off_comes_before_the_sum() -> None:
    # 10 + 2 is the greatest sum; 5 + 4 leaves nobody below 4
    assert maximin_pairs(np.array([[10.0, 5], [4, 2]])) == [(0, 1), (1, 0)]


def test_among_equally_fair_matchings_the_greatest_sum_is_taken() -> None:
    # the third has 1 in any case
    gains = np.array([[9.0, 5, 1], [5, 9, 1], [1, 1, 1]])
    assert maximin_pairs(gains) == [(0, 0), (1, 1), (2, 2)]


def test_no_pair_is_given_up_for_a_better_minimum() -> None:
    assert maximin_pairs(np.array([[9.0, 1], [8, NO]])) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("shape", [(0, 2), (2, 0)])
def test_nobody_to_match_makes_no_pairs(shape: tuple[int, int]) -> None:
    assert maximin_pairs(np.zeros(shape)) == []


def test_when_all_pairs_are_forbidden_none_is_made() -> None:
    assert maximin_pairs(np.full((2, 2), NO)) == []


@st.composite
def matrices(draw: st.DrawFn) -> NDArray[np.float64]:
    rows, cols = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = draw(st.lists(st.integers(-9, 9).map(float), min_size=16, max_size=16))
    return np.array(cells[: rows * cols]).reshape(rows, cols)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(gains=matrices())
def test_the_worst_off_fare_as_well_as_in_any_matching(gains: NDArray[np.float64]) -> None:
    wide = gains if gains.shape[0] <= gains.shape[1] else gains.T
    rows = np.arange(len(wide))
    trials = [wide[rows, list(cols)] for cols in permutations(range(wide.shape[1]), len(wide))]
    best = max((float(trial.min()), float(trial.sum())) for trial in trials)
    found = [gains[pair] for pair in maximin_pairs(gains)]
    assert (min(found), sum(found)) == best
    assert len(found) == len(wide)

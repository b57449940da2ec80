"""Fit of reps and territories."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.fit import nearness, skill_fit

LEVELS = st.lists(st.floats(0, 1), min_size=3, max_size=3)


def fit(needs: list[float], skills: list[float]) -> float:
    return float(skill_fit(np.array([needs]), np.array([skills]))[0, 0])


def test_shortage_counts_and_surplus_does_not_make_up_for_it() -> None:
    # first need met twice over, second by half: (.5 + .25) / 1
    assert fit([0.5, 0.5], [1, 0.25]) == pytest.approx(0.75)


def test_a_need_that_is_larger_weighs_more() -> None:
    # .8 of 1 is met when only the first skill is there
    assert fit([0.8, 0.2], [1, 0]) == pytest.approx(0.8)


def test_who_has_none_of_the_skills_does_not_fit() -> None:
    assert fit([0.5, 0.5], [0, 0]) == 0


def test_everybody_fits_a_territory_that_needs_nothing() -> None:
    assert fit([0, 0], [0, 1]) == 1


def test_without_skills_everybody_fits() -> None:
    assert skill_fit(np.zeros((2, 0)), np.zeros((3, 0))).tolist() == [[1, 1, 1], [1, 1, 1]]


def test_rows_are_territories_and_columns_are_reps() -> None:
    needs, skills = np.array([[1.0, 0], [0, 1]]), np.array([[1.0, 0.2], [0.5, 1], [0, 0]])
    assert skill_fit(needs, skills).tolist() == [[1, 0.5, 0], [0.2, 1, 0]]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(needs=LEVELS, skills=LEVELS)
def test_fit_is_need_weighted_fulfilment(needs: list[float], skills: list[float]) -> None:
    """METHODS 4.6: sum of need times min(1, skill / need), over the sum of needs."""
    wanted = [(n, s) for n, s in zip(needs, skills, strict=True) if n > 1e-6]
    total = sum(n for n, _ in wanted)
    expected = sum(n * min(1, s / n) for n, s in wanted) / total if total else 1.0
    assert fit([n if n > 1e-6 else 0.0 for n in needs], skills) == pytest.approx(expected)


def test_nearness_falls_in_a_straight_line() -> None:
    found = nearness(np.array([0.0, 30, 150, 900]), 150)
    assert found.tolist() == pytest.approx([1, 0.8, 0, 0])


def test_an_unknown_home_is_neither_near_nor_far() -> None:
    assert nearness(np.array([np.nan]), 150).tolist() == [0.5]

"""Fit of reps and territories."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.fit import (
    distance_decay,
    failed_gates,
    level_fit,
    nearness,
    rep_fit,
    skill_fit,
)

NA = float("nan")
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
    """Sum of need times min(1, skill / need), over the sum of needs."""
    wanted = [(n, s) for n, s in zip(needs, skills, strict=True) if n > 1e-6]
    total = sum(n for n, _ in wanted)
    expected = sum(n * min(1, s / n) for n, s in wanted) / total if total else 1.0
    assert fit([n if n > 1e-6 else 0.0 for n in needs], skills) == pytest.approx(expected)


def test_nearness_falls_in_a_straight_line() -> None:
    found = nearness(np.array([0.0, 30, 150, 900]), 150)
    assert found.tolist() == pytest.approx([1, 0.8, 0, 0])


def test_an_unknown_home_is_neither_near_nor_far() -> None:
    assert nearness(np.array([np.nan]), 150).tolist() == [0.5]


def reach(weights: list[float], levels: list[float], skills: list[float]) -> float:
    return float(level_fit(np.array([weights]), np.array([levels]), np.array([skills]))[0, 0])


def test_shortage_counts_in_step_with_what_is_missing() -> None:
    # weights 3 and 1: half of the level, and all of it
    assert reach([3, 1], [0.8, 0.2], [0.4, 0.2]) == pytest.approx((3 * 0.5 + 1) / 4)


def test_surplus_does_not_make_up_for_shortage() -> None:
    assert reach([3, 1], [0.8, 0.2], [0.4, 1]) == reach([3, 1], [0.8, 0.2], [0.4, 0.2])


def test_a_level_of_nothing_is_reached_by_everybody() -> None:
    assert reach([3, 1], [0, 0.5], [0, 0.5]) == 1


@pytest.mark.parametrize("weights", [[0.0, 0], [0.0, 5]])
def test_where_nothing_that_is_missing_matters_everybody_fits(weights: list[float]) -> None:
    assert reach(weights, [0.8, 0.2], [0, 0.2]) == 1


def test_who_reaches_none_of_the_levels_does_not_fit() -> None:
    assert reach([3, 1], [0.8, 0.2], [0, 0]) == 0


def test_levels_are_laid_out_as_needs_are() -> None:
    levels, skills = np.array([[1.0, 0], [0, 1]]), np.array([[1.0, 0.2], [0.5, 1], [0, 0]])
    assert level_fit(levels, levels, skills).tolist() == [[1, 0.5, 0], [pytest.approx(0.2), 1, 0]]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(needs=LEVELS, skills=LEVELS)
def test_with_weights_equal_to_levels_both_fits_are_one(
    needs: list[float], skills: list[float]
) -> None:
    wanted = [need if need > 1e-6 else 0.0 for need in needs]
    assert reach(wanted, wanted, skills) == pytest.approx(fit(wanted, skills))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(weights=LEVELS, levels=LEVELS, skills=LEVELS)
def test_more_skill_never_fits_worse(
    weights: list[float], levels: list[float], skills: list[float]
) -> None:
    better = [min(1, skill + 0.1) for skill in skills]
    assert 0 <= reach(weights, levels, skills) <= reach(weights, levels, better) + 1e-12 <= 1 + 1e-9


@pytest.mark.parametrize(
    ("weights", "levels", "skills", "reason"),
    [
        ([-1.0], [0.5], [0.5], "weight of a skill is not 0 or more: -1"),  # counts against
        ([NA], [0.5], [0.5], "weight of a skill is not 0 or more: nan"),
        ([1.0], [50.0], [0.5], "level or skill is not between 0 and 1: 50"),  # in percent
        ([1.0], [0.5], [-0.5], "level or skill is not between 0 and 1: -0.5"),
        ([1.0], [0.5], [NA], "level or skill is not between 0 and 1: nan"),
    ],
)
def test_levels_beyond_the_scale_are_refused(
    weights: list[float], levels: list[float], skills: list[float], reason: str
) -> None:
    with pytest.raises(ParameterError, match=reason):
        reach(weights, levels, skills)


def test_failed_gates_are_named() -> None:
    # the first territory asks for both, the second for the licence, the third for nothing
    required = np.array([[True, True], [False, True], [False, False]])
    held = np.array([[False, False], [True, False], [True, True]])
    assert failed_gates(required, held, ("French", "licence")).tolist() == [
        ["French, licence", "licence", ""],
        ["licence", "licence", ""],
        ["", "", ""],
    ]


def test_without_gates_everybody_passes() -> None:
    none = np.zeros((2, 0), dtype=bool)
    assert failed_gates(none, none, ()).tolist() == [["", ""], ["", ""]]


def test_a_gate_without_name_is_refused() -> None:
    one = np.ones((1, 1), dtype=bool)
    with pytest.raises(ParameterError, match="differ in number: 1, 1 and 0"):
        failed_gates(one, one, ())


def combined(skill: float, *, failed: str = "", known: float = 0, home: float = 1) -> float:
    found = rep_fit(
        np.array([[skill]]),
        np.array([[failed]], dtype=object),
        relation_shares=np.array([[known]]),
        relation_bonus_share=0.2,
        home_fits=np.array([[home]]),
    )
    return float(found[0, 0])


def test_known_customers_and_the_way_from_home_change_the_fit() -> None:
    # .8 · (1 + .2 · .5) · .5
    assert combined(0.8, known=0.5, home=0.5) == pytest.approx(0.44)
    assert combined(0.8) == pytest.approx(0.8)


def test_no_skill_makes_up_for_a_gate() -> None:
    assert combined(1, failed="licence", known=1) == 0


def test_a_perfect_rep_who_is_known_stands_above_one_who_is_not() -> None:
    assert combined(1, known=1) == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("skill", "known", "home"), [(80.0, 0.0, 1.0), (0.8, -0.1, 1.0), (0.8, 0.0, NA)]
)
def test_parts_beyond_the_whole_are_refused(skill: float, known: float, home: float) -> None:
    with pytest.raises(ParameterError, match="fit or known share is not between 0 and 1"):
        combined(skill, known=known, home=home)


def test_known_customers_may_not_count_against_a_rep() -> None:
    one = np.ones((1, 1))
    with pytest.raises(ParameterError, match="bonus for known customers is not 0 or more: -1"):
        rep_fit(
            one,
            np.array([[""]], dtype=object),
            relation_shares=one,
            relation_bonus_share=-1,
            home_fits=one,
        )


def test_decay_halves_the_fit_again_and_again() -> None:
    assert distance_decay(np.array([0.0, 100, 200]), 100).tolist() == [1, 0.5, 0.25]
    assert distance_decay(np.array([np.nan]), 100).tolist() == [0.5]


@pytest.mark.parametrize("half_km", [0.0, -5.0, NA])
def test_decay_needs_a_distance(half_km: float) -> None:
    with pytest.raises(ParameterError, match="half the fit is left must be above 0"):
        distance_decay(np.zeros(1), half_km)

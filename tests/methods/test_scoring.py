"""Weighted scores between stored bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.scoring import Scores, bounds_of, weighted_scores

NA = float("nan")
WEIGHTS = np.array([3.0, 1])
BOUNDS = np.array([[0.0, 10], [0, 10]])
VALUES = st.lists(st.floats(-20, 20) | st.just(NA), min_size=3, max_size=3)


def score(*values: float, bounds: NDArray[np.float64] = BOUNDS) -> Scores:
    return weighted_scores(np.array([values]), WEIGHTS, bounds)


def test_points_follow_weight_and_place_between_the_bounds() -> None:
    # 100 · (3 · 1 + 1 · .5) / 4
    found = score(10, 5)
    assert found.score.tolist() == pytest.approx([87.5])
    assert found.contributions.tolist() == [pytest.approx([75, 12.5])]
    assert found.data_share.tolist() == [1]


def test_a_missing_criterion_is_dropped_and_the_others_scaled_up() -> None:
    found = score(6, NA)
    assert found.score.tolist() == pytest.approx([60])
    assert found.contributions.tolist() == [pytest.approx([60, 0])]
    assert found.data_share.tolist() == [0.75]


def test_an_account_without_data_has_no_score() -> None:
    found = score(NA, NA)
    assert np.isnan(found.score).all()
    assert found.contributions.tolist() == [[0, 0]]
    assert found.data_share.tolist() == [0]


def test_values_beyond_the_bounds_score_nothing_or_all() -> None:
    assert score(-5, 40).contributions.tolist() == [[0, 25]]


def test_a_criterion_with_equal_bounds_gives_half_its_points() -> None:
    # 100 · (3 · .5 + 1 · 1) / 4
    found = score(7, 10, bounds=np.array([[7.0, 7], [0, 10]]))
    assert found.score.tolist() == pytest.approx([62.5])


def test_falling_bounds_reward_less() -> None:
    # 2 between 10 (scores 0) and 0 (scores 100): .8
    found = score(2, 0, bounds=np.array([[10.0, 0], [0, 10]]))
    assert found.contributions.tolist() == [pytest.approx([60, 0])]


def test_a_criterion_without_weight_counts_as_no_data() -> None:
    found = weighted_scores(np.array([[NA, 5.0], [4, 5]]), np.array([1.0, 0]), BOUNDS)
    assert found.score.tolist() == pytest.approx([NA, 40], nan_ok=True)
    assert found.data_share.tolist() == [0, 1]


def test_stored_bounds_keep_a_score_when_other_accounts_come() -> None:
    """Bounds made anew from each import would change every score."""
    alone = weighted_scores(np.array([[4.0, 4]]), WEIGHTS, BOUNDS)
    beside = weighted_scores(np.array([[4.0, 4], [900, 900]]), WEIGHTS, BOUNDS)
    assert alone.score[0] == beside.score[0] == pytest.approx(40)


def test_no_accounts_have_no_scores() -> None:
    assert weighted_scores(np.zeros((0, 2)), WEIGHTS, BOUNDS).score.tolist() == []


@settings(derandomize=True, deadline=None, max_examples=80)
@given(values=VALUES, weights=st.tuples(*[st.floats(0.1, 5)] * 3), more=st.floats(0, 10))
def test_a_score_is_the_sum_of_its_parts_and_grows_with_each_value(
    values: list[float], weights: tuple[float, float, float], more: float
) -> None:
    bounds = np.array([[0.0, 10], [5, 5], [-10, 30]])
    rows = np.array([values, [v + more for v in values]])
    found = weighted_scores(rows, np.array(weights), bounds)
    if np.isnan(rows).all():
        assert np.isnan(found.score).all()
    else:
        assert found.contributions.sum(axis=1) == pytest.approx(found.score)
        assert -1e-9 <= found.score[0] <= found.score[1] + 1e-9
        assert found.score[1] <= 100 + 1e-9


def test_bounds_are_the_outer_quantiles() -> None:
    # one giant does not press the others to 0
    assert bounds_of(np.arange(101.0)) == pytest.approx((5, 95))


def test_missing_values_do_not_move_the_bounds() -> None:
    assert bounds_of(np.array([NA, *np.arange(101.0), np.inf])) == pytest.approx((5, 95))


def test_where_few_accounts_have_any_the_extremes_are_the_bounds() -> None:
    """A handful of customers among prospects must still stand out."""
    assert bounds_of(np.array([0.0] * 98 + [40, 70])) == (0, 70)


@pytest.mark.parametrize("values", [[3.0], [3.0] * 50])
def test_bounds_of_equal_values_are_equal(values: list[float]) -> None:
    assert bounds_of(np.array(values)) == (3, 3)


def test_unknown_values_have_bounds_of_nothing() -> None:
    assert bounds_of(np.array([NA, NA])) == (0, 0)

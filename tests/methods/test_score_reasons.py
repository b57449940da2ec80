"""Why an account has its score."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.score_reasons import ScoreReasons, score_reasons, whole_points
from territory_kit.methods.scoring import weighted_scores

Floats = NDArray[np.float64]
NA = float("nan")
WEIGHTS = np.array([3.0, 2, 1])
BOUNDS = np.array([[0.0, 10], [0, 10], [0, 10]])


def reasons_of(*values: float, weights: Floats = WEIGHTS) -> ScoreReasons:
    return score_reasons(np.array([values]), weights, BOUNDS)[0]


def listed(account: ScoreReasons) -> list[tuple[int, float, float]]:
    return [(reason.criterion, reason.points, reason.value) for reason in account.reasons]


def test_the_criterion_that_gives_most_comes_first() -> None:
    # of 100 points 50, 33.3 and 16.7: 2/10 of the first, 9/10 of the second, all of the third
    account = reasons_of(2, 9, 10)
    assert [criterion for criterion, _, _ in listed(account)] == [1, 2, 0]
    assert [points for _, points, _ in listed(account)] == pytest.approx([30, 100 / 6, 10])
    assert [value for _, _, value in listed(account)] == [9, 10, 2]
    assert account.score == pytest.approx(56.6667, abs=1e-4)
    assert account.data_share == 1


def test_a_missing_criterion_is_no_reason_and_its_weight_is_with_the_others() -> None:
    # 3 and 1 of 4: 75 · .2 and 25 · 1
    account = reasons_of(2, NA, 10)
    assert [criterion for criterion, _, _ in listed(account)] == [2, 0]
    assert [points for _, points, _ in listed(account)] == pytest.approx([25, 15])
    assert account.data_share == pytest.approx(4 / 6)


def test_a_criterion_that_gives_no_points_explains_a_low_score() -> None:
    assert listed(reasons_of(-5, NA, 10))[-1] == (0, 0, -5)


def test_a_criterion_without_weight_is_no_reason() -> None:
    account = reasons_of(10, 10, 10, weights=np.array([1.0, 0, 1]))
    assert [criterion for criterion, _, _ in listed(account)] == [0, 2]


def test_equal_points_keep_the_order_of_the_criteria() -> None:
    account = reasons_of(10, 10, 10, weights=np.ones(3))
    assert [criterion for criterion, _, _ in listed(account)] == [0, 1, 2]


def test_an_account_without_data_has_neither_score_nor_reasons() -> None:
    account = reasons_of(NA, NA, NA)
    assert math.isnan(account.score)
    assert account.reasons == ()
    assert whole_points(account) == ()


def test_no_accounts_have_no_reasons() -> None:
    assert score_reasons(np.zeros((0, 3)), WEIGHTS, BOUNDS) == ()


def test_rounded_points_add_up_to_the_rounded_score() -> None:
    # 33.3 each: one of them is shown as 34
    assert whole_points(reasons_of(10, 10, 10, weights=np.ones(3))) == (34, 33, 33)


def test_a_score_of_nothing_is_rounded_to_nothing() -> None:
    assert whole_points(reasons_of(0, 0, 0)) == (0, 0, 0)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    rows=st.lists(
        st.lists(st.floats(-20, 20) | st.just(NA), min_size=6, max_size=6), min_size=1, max_size=4
    ),
    weights=st.lists(st.floats(0, 5), min_size=5, max_size=5),
)
def test_the_points_of_an_account_add_up_exactly_to_its_score(
    rows: list[list[float]], weights: list[float]
) -> None:
    given_weights = np.array([1.0, *weights])
    bounds = np.array([[0.0, 10], [0, 10], [5, 5], [10, -7], [-1, 1], [0, 3]])
    values = np.array(rows)
    scores = weighted_scores(values, given_weights, bounds)
    found = score_reasons(values, given_weights, bounds)
    for account, score, points in zip(found, scores.score, scores.contributions, strict=True):
        assert account.score == pytest.approx(score, nan_ok=True)
        if not account.reasons:
            assert np.isnan(score)
            continue
        assert math.fsum(reason.points for reason in account.reasons) == score
        assert sum(whole_points(account)) == round(score)
        for reason in account.reasons:
            assert reason.points == pytest.approx(points[reason.criterion], abs=1e-9)


@pytest.mark.parametrize(
    ("values", "weights", "bounds", "message"),
    [
        (np.ones((1, 2)), WEIGHTS, BOUNDS, r"not of the same criteria: shapes \(1, 2\), \(3,\)"),
        (np.ones((1, 3)), WEIGHTS, BOUNDS[:2], r"and \(2, 2\) \(values, weights, bounds\)"),
        (np.ones((1, 3)), np.array([1, -1, 1]), BOUNDS, "negative, unknown or all 0: 1, -1, 1"),
        (np.ones((1, 3)), np.array([1, NA, 1]), BOUNDS, "all 0: 1, nan, 1"),
        (np.ones((1, 3)), np.zeros(3), BOUNDS, r"all 0: 0, 0, 0 \(weights\)"),
        (np.ones((1, 3)), WEIGHTS, BOUNDS * NA, r"Bounds are unknown: nan, nan \(bounds; crit"),
    ],
    ids=["criteria", "bounds", "negative", "unknown", "no weight", "no bounds"],
)
def test_what_makes_no_score_is_refused(
    values: Floats, weights: Floats, bounds: Floats, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        score_reasons(values, weights, bounds)

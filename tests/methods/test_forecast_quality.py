"""Chances against what happened."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import brier_score_loss, log_loss

from territory_kit.errors import ParameterError
from territory_kit.methods.forecast_quality import forecast_quality, shifted_chances

Floats = NDArray[np.float64]
NA = float("nan")
FOUR = np.array([0.9, 0.8, 0.3, 0.1])
HAPPENED = np.array([True, False, True, False])


def test_the_brier_score_is_the_mean_squared_error() -> None:
    # (.1² + .8² + .7² + .1²) / 4
    assert forecast_quality(FOUR, HAPPENED).brier == pytest.approx(1.15 / 4)


def test_the_log_loss_is_the_mean_surprise() -> None:
    # chances of what happened: .9, .2, .3, .9
    expected = -np.log([0.9, 0.2, 0.3, 0.9]).mean()
    assert forecast_quality(FOUR, HAPPENED).log_loss == pytest.approx(expected)


def test_lift_is_the_share_at_the_top_over_the_share_of_all() -> None:
    # the first of four: 1 against 1/2; the first two: 1/2 against 1/2; all: none
    for top_share, lift in ((0.25, 2), (0.5, 1), (0.75, 4 / 3), (1, 1)):
        found = forecast_quality(FOUR, HAPPENED, top_share=top_share)
        assert found.top_share == top_share
        assert found.lift == pytest.approx(lift)


def test_of_equal_chances_at_the_end_of_the_top_a_part_counts() -> None:
    # three equal ones, one of them positive: a third of a positive among the first of four
    chances = np.array([0.5, 0.5, 0.5, 0.1])
    for happened in ([True, False, False, False], [False, False, True, False]):
        found = forecast_quality(chances, np.array(happened), top_share=0.25)
        assert found.lift == pytest.approx((1 / 3) / (1 / 4))


def test_the_table_of_reliability_sets_chances_beside_observed_shares() -> None:
    # [.1, .2): one of .1, not; [.2, .3): .2 and .28, one of them; the last bin holds 1 itself
    found = forecast_quality(
        np.array([0.1, 0.2, 0.28, 0.95, 1]), np.array([False, True, False, True, True])
    )
    assert found.bin_counts.tolist() == [0, 1, 2, 0, 0, 0, 0, 0, 0, 2]
    expected = [NA, 0.1, 0.24, *[NA] * 6, 0.975]
    assert found.bin_predicted.tolist() == pytest.approx(expected, nan_ok=True)
    assert found.bin_observed.tolist() == pytest.approx([NA, 0, 0.5, *[NA] * 6, 1], nan_ok=True)
    assert (found.accounts_count, found.positive_share) == (5, 0.6)


def test_where_nobody_is_positive_there_is_no_lift() -> None:
    found = forecast_quality(np.array([0.2, 0.1]), np.array([False, False]))
    assert np.isnan(found.lift)
    assert found.brier == pytest.approx(0.025)


def test_a_certainty_that_fails_is_punished_but_not_without_end() -> None:
    found = forecast_quality(np.array([0.0, 1.0]), np.array([True, True]))
    assert 10 < found.log_loss < 50


def test_chances_move_with_the_share_of_positives() -> None:
    # odds of 1 at one in ten are odds of 9 at one in two
    found = shifted_chances(np.array([0, 0.1, 0.5, 1]), from_share=0.1, to_share=0.5)
    assert found.tolist() == pytest.approx([0, 0.5, 0.9, 1])


@pytest.mark.parametrize(
    ("chances", "happened", "message"),
    [
        ([0.5], [True, False], "not of the same accounts: 1 and 2"),
        ([], [], "0 and 0 .* at least one account"),
        ([0.5, 1.2], [True, False], r"not within 0 to 1: 1.2, 1 in all \(chances\)"),
        ([0.5, NA], [True, False], "not within 0 to 1: nan"),
    ],
    ids=["lengths", "empty", "above one", "unknown"],
)
def test_chances_that_are_none_are_refused(
    chances: list[float], happened: list[bool], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        forecast_quality(np.array(chances), np.array(happened, dtype=bool))


@pytest.mark.parametrize("top_share", [0, 1.1, NA])
def test_the_top_is_a_share_of_the_accounts(top_share: float) -> None:
    with pytest.raises(ParameterError, match="lift looks at is out of range"):
        forecast_quality(FOUR, HAPPENED, top_share=top_share)


@pytest.mark.parametrize(
    ("from_share", "to_share", "where"), [(0, 0.5, "from_share"), (0.5, 1, "to_share")]
)
def test_a_share_of_none_or_all_cannot_be_moved(
    from_share: float, to_share: float, where: str
) -> None:
    with pytest.raises(ParameterError, match=rf"not between 0 and 1: .* \({where}\)"):
        shifted_chances(FOUR, from_share=from_share, to_share=to_share)
    with pytest.raises(ParameterError, match="Chances are not within 0 to 1: -1"):
        shifted_chances(np.array([-1.0]), from_share=0.5, to_share=0.5)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(st.floats(0.001, 0.999), st.booleans()), min_size=1, max_size=25),
    share=st.floats(0.05, 1),
)
def test_quality_agrees_with_scikit_learn_and_knows_no_order(
    rows: list[tuple[float, bool]], share: float
) -> None:
    chances, happened = np.array([c for c, _ in rows]), np.array([y for _, y in rows])
    found = forecast_quality(chances, happened, top_share=share)
    assert found.brier == pytest.approx(brier_score_loss(happened, chances, pos_label=True))
    assert found.log_loss == pytest.approx(log_loss(happened, chances, labels=[False, True]))
    again = forecast_quality(chances[::-1], happened[::-1], top_share=share)
    assert again.lift == pytest.approx(found.lift, nan_ok=True)
    assert found.bin_counts.sum() == len(rows)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(chances=st.lists(st.floats(0, 1), min_size=1, max_size=10), share=st.floats(0.01, 0.99))
def test_a_shift_there_and_back_changes_nothing(chances: list[float], share: float) -> None:
    given_chances = np.array(chances)
    there = shifted_chances(given_chances, from_share=0.3, to_share=share)
    back = shifted_chances(there, from_share=share, to_share=0.3)
    assert back == pytest.approx(given_chances, abs=1e-9)

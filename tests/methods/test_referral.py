"""Net Promoter Score, chance of a referral, and its value."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.referral import (
    fitted_rule,
    promoter_score,
    referral_probabilities,
    referral_value,
)

Floats = NDArray[np.float64]
NA = float("nan")
RULE = np.array([0, 0, 0, 0, 0, 0, 0, 0.05, 0.05, 0.2, 0.3])
ANSWERS = st.lists(st.integers(0, 10).map(float) | st.just(NA), max_size=40)


def array(*values: float) -> Floats:
    return np.array(values, dtype=float)


def answers(promoters: int, passives: int, detractors: int) -> Floats:
    return array(*[9.0] * promoters, *[7.0] * passives, *[6.0] * detractors)


def test_the_score_is_promoters_less_detractors() -> None:
    # 6 of 10 promoters, 1 of 10 detractors
    found = promoter_score(answers(6, 3, 1))
    assert found.score_points == pytest.approx(50)
    # √((.6 + .1 - .25) / 10) = √.045
    assert found.standard_error_points == pytest.approx(100 * 0.045**0.5)
    assert found.answers_count == 10


@pytest.mark.parametrize(
    ("answer", "score"), [(0, -100), (6, -100), (7, 0), (8, 0), (9, 100), (10, 100)]
)
def test_promoters_begin_at_nine_and_detractors_end_at_six(answer: float, score: float) -> None:
    assert promoter_score(np.full(10, answer, dtype=float)).score_points == score


@pytest.mark.oracle
def test_the_published_standard_error_of_a_hundred_answers() -> None:
    # 50 promoters, 30 passives, 20 detractors: √((p + d - (p - d)²) / n) = 7.81 points
    found = promoter_score(answers(50, 30, 20))
    assert found.score_points == pytest.approx(30)
    assert round(found.standard_error_points, 2) == 7.81
    assert found.standard_error_points == pytest.approx(61**0.5)


def test_the_interval_counts_three_answers_more() -> None:
    # 50.75 and 20.75 of 103: 29.126 points; √((.49272 + .20146 - .08483) / 103) = 7.692; · 1.96
    found = promoter_score(answers(50, 30, 20))
    assert found.low_points == pytest.approx(29.1262 - 1.959964 * 7.6915, abs=1e-2)
    assert found.high_points == pytest.approx(29.1262 + 1.959964 * 7.6915, abs=1e-2)


def test_fewer_than_ten_answers_give_an_interval_and_no_number() -> None:
    found = promoter_score(answers(5, 2, 2))
    assert found.answers_count == 9
    assert np.isnan([found.score_points, found.standard_error_points]).all()
    assert -100 <= found.low_points < 100 * (5 - 2) / 9 < found.high_points <= 100


def test_an_answer_that_is_missing_does_not_count() -> None:
    found = promoter_score(array(*answers(6, 3, 1), NA, NA))
    assert (found.answers_count, round(found.score_points)) == (10, 50)
    assert promoter_score(array(*answers(6, 3, 0), NA)).answers_count == 9


def test_without_answers_nothing_is_known() -> None:
    found = promoter_score(array(NA, NA))
    assert found.answers_count == 0
    assert np.isnan([found.score_points, found.low_points, found.high_points]).all()


def test_where_all_agree_the_interval_is_still_an_interval() -> None:
    found = promoter_score(answers(3, 0, 0))
    assert found.low_points < 60
    assert found.high_points == 100


def test_more_confidence_needs_a_wider_interval() -> None:
    narrow = promoter_score(answers(5, 2, 2), confidence=0.8)
    wide = promoter_score(answers(5, 2, 2), confidence=0.99)
    assert wide.low_points < narrow.low_points < narrow.high_points < wide.high_points


def test_a_stated_rule_gives_each_answer_its_chance() -> None:
    found = referral_probabilities(array(0, 7, 9, 10, NA), RULE)
    assert found.tolist() == pytest.approx([0, 0.05, 0.2, 0.3, NA], nan_ok=True)


def test_a_fitted_rule_rises_where_high_answers_referred_more() -> None:
    # 10 of 100 with a 5, 60 of 100 with a 10: close to both, drawn together a little
    given_answers = np.repeat([5.0, 10.0], 100)
    referred = np.concatenate([np.arange(100) < 10, np.arange(100) < 60])
    rule = fitted_rule(given_answers, referred)
    assert rule[[5, 10]].tolist() == pytest.approx([0.1, 0.6], abs=0.02)
    assert (np.diff(rule) > 0).all()
    assert referral_probabilities(array(10), rule).tolist() == [rule[10]]


def test_where_low_answers_referred_more_all_have_the_same_chance() -> None:
    rule = fitted_rule(array(1, 1, 10, 10, NA), np.array([True, True, True, False, True]))
    assert rule.tolist() == pytest.approx([0.75] * 11)


def test_few_outcomes_that_part_cleanly_give_no_certainty() -> None:
    rule = fitted_rule(array(2, 3, 9, 10), np.array([False, False, True, True]))
    assert 0 < rule[0] < rule[10] < 1


def test_the_order_of_rows_does_not_change_a_fitted_rule() -> None:
    rng = np.random.default_rng(4)
    given_answers = rng.integers(0, 11, 60).astype(float)
    referred = rng.random(60) < given_answers / 15
    order = rng.permutation(60)
    again = fitted_rule(given_answers[order], referred[order])
    assert np.array_equal(again, fitted_rule(given_answers, referred))


def test_the_value_of_referrals_is_chance_times_leads_times_wins_times_margin() -> None:
    # .2 · 3 · .5 · 10,000; a loss stays a loss; unknown stays unknown
    found = referral_value(
        array(0.2, 1, NA), array(3, 1, 1), array(0.5, 1, 1), array(10_000, -50, 9)
    )
    assert found.tolist() == pytest.approx([3000, -50, NA], nan_ok=True)


@pytest.mark.parametrize("answer", [-1, 11, 7.5, float("inf")])
def test_answers_off_the_scale_are_refused(answer: float) -> None:
    given_answers = array(7, answer)
    message = r"not whole numbers from 0 to 10: .* \(answers; row 1, 1 in all\)"
    with pytest.raises(ParameterError, match=message):
        promoter_score(given_answers)
    with pytest.raises(ParameterError, match=message):
        referral_probabilities(given_answers, RULE)
    with pytest.raises(ParameterError, match=message):
        fitted_rule(given_answers, np.array([True, False]))


@pytest.mark.parametrize("confidence", [0, 1, 95, NA])
def test_a_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ParameterError, match=r"not between 0 and 1: .*Give a share such as 0\.95"):
        promoter_score(answers(9, 9, 9), confidence=confidence)


@pytest.mark.parametrize(
    "rule",
    [RULE[:10], RULE[::-1], RULE * 5, RULE - 0.1, np.full(11, NA)],
    ids=["ten answers", "falling", "above one", "negative", "unknown"],
)
def test_a_rule_that_falls_or_leaves_0_to_1_is_refused(rule: Floats) -> None:
    with pytest.raises(ParameterError, match="does not give 11 chances that never fall"):
        referral_probabilities(array(5), rule)


@pytest.mark.parametrize(
    ("referred", "message"),
    [
        ([True, True], "Outcomes of one kind only .* 2 of 2 have referred"),
        ([False, False], "0 of 2 have referred .*State a rule"),
        ([True], "not of the same accounts: 2 and 1"),
    ],
    ids=["all", "none", "lengths"],
)
def test_outcomes_that_teach_nothing_are_refused(referred: list[bool], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        fitted_rule(array(5, 9), np.array(referred))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((1.2, 1, 1, 1), r"out of range: 1.2, 1 in all \(probability\). Give shares of 0 to 1"),
        ((1, -1, 1, 1), r"out of range: -1, 1 in all \(leads_count\). Give 0 or more"),
        ((1, 1, -0.5, 1), r"out of range: -0.5, 1 in all \(win_share\)"),
    ],
    ids=["chance", "leads", "wins"],
)
def test_parts_of_the_value_out_of_range_are_refused(
    parts: tuple[float, float, float, float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        referral_value(*(array(part) for part in parts))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(values=ANSWERS)
def test_the_interval_holds_the_score_within_the_scale_whatever_the_order(
    values: list[float],
) -> None:
    found = promoter_score(array(*values))
    assert repr(promoter_score(array(*values[::-1]))) == repr(found)
    if found.answers_count:
        assert -100 <= found.low_points < found.high_points <= 100
    if found.answers_count >= 10:
        assert found.low_points <= found.score_points + 1e-9
        assert found.score_points <= found.high_points + 1e-9


@settings(derandomize=True, deadline=None, max_examples=40)
@given(outcomes=st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=2, max_size=30))
def test_a_fitted_rule_never_falls(outcomes: list[tuple[int, bool]]) -> None:
    referred = np.array([outcome for _, outcome in outcomes])
    if referred.all() or not referred.any():
        return
    rule = fitted_rule(array(*[float(answer) for answer, _ in outcomes]), referred)
    assert (np.diff(rule) >= 0).all()
    assert ((rule >= 0) & (rule <= 1)).all()

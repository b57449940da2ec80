"""Chances learnt from earlier accounts."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.forecast_quality import forecast_quality
from territory_kit.methods.propensity import (
    LabelledAccounts,
    ModelName,
    Propensity,
    fit_propensity,
    newer_rows,
    propensities,
    reason_contributions,
)

Floats = NDArray[np.float64]
NAMES = ("employees", "visits", "noise")
DAY = np.datetime64("2023-01-01")


def accounts(count: int, *, seed: int = 0, base: float = -1.5) -> LabelledAccounts:
    """Make accounts whose first column helps, whose second harms, and whose third says nothing."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(count, 3))
    log_odds = base + 1.5 * features[:, 0] - 0.7 * features[:, 1]
    is_positive = rng.random(count) < 1 / (1 + np.exp(-log_odds))
    features[rng.random((count, 3)) < 0.05] = np.nan
    return LabelledAccounts(NAMES, features, is_positive, DAY + rng.integers(0, 700, count))


def shuffled(given: LabelledAccounts) -> LabelledAccounts:
    order = np.random.default_rng(9).permutation(len(given.label_dates))
    return replace(
        given,
        features=given.features[order],
        is_positive=given.is_positive[order],
        label_dates=given.label_dates[order],
    )


@pytest.fixture(scope="module")
def some() -> LabelledAccounts:
    return accounts(800)


@pytest.fixture(scope="module")
def fitted(some: LabelledAccounts) -> Propensity:
    return fit_propensity(some, seed=1)


@pytest.fixture(scope="module")
def many() -> LabelledAccounts:
    return accounts(2100, base=1)


@pytest.fixture(scope="module")
def fitted_to_many(many: LabelledAccounts) -> Propensity:
    return fit_propensity(many, seed=1)


@pytest.fixture(scope="module")
def fitted_to_many_again(many: LabelledAccounts) -> Propensity:
    """Models of the same accounts in another order."""
    return fit_propensity(shuffled(many), seed=1)


def test_the_newest_rows_test_and_rows_of_one_date_stay_together() -> None:
    # six rows; a third of them are the last two, which share their date with a third one
    dates = DAY + np.array([5, 1, 2, 5, 3, 5])
    assert newer_rows(dates, test_share=1 / 3).tolist() == [True, False, False, True, False, True]


def test_where_most_rows_have_the_first_date_all_others_test() -> None:
    dates = DAY + np.array([0, 0, 0, 0, 7])
    assert newer_rows(dates, test_share=0.5).tolist() == [False] * 4 + [True]


def test_the_models_learn_from_older_rows_and_are_tested_on_newer_ones(
    some: LabelledAccounts, fitted: Propensity
) -> None:
    is_newer = some.label_dates >= fitted.test_from
    assert is_newer.sum() == pytest.approx(200, abs=3)
    assert fitted.state == "fitted"
    assert fitted.positives_count == some.is_positive[~is_newer].sum()
    assert fitted.negatives_count == (~some.is_positive[~is_newer]).sum()
    chances = propensities(fitted, some.features[is_newer])
    expected = forecast_quality(chances, some.is_positive[is_newer])
    assert fitted.qualities["logistic"].brier == pytest.approx(expected.brier)
    assert fitted.qualities["logistic"].lift == pytest.approx(expected.lift)


def test_newer_rows_do_not_change_the_model(some: LabelledAccounts, fitted: Propensity) -> None:
    is_newer = some.label_dates >= fitted.test_from
    other = replace(some, is_positive=np.where(is_newer, ~some.is_positive, some.is_positive))
    again = propensities(fit_propensity(other, seed=1), some.features)
    assert np.array_equal(again, propensities(fitted, some.features))


def test_a_model_that_knows_something_beats_the_share_of_positives(fitted: Propensity) -> None:
    quality = fitted.qualities["logistic"]
    assert quality.brier < quality.positive_share * (1 - quality.positive_share)
    assert quality.lift > 1.5


def test_below_a_thousand_positives_there_are_no_trees_and_a_sigmoid_calibrates(
    fitted: Propensity,
) -> None:
    assert list(fitted.models) == list(fitted.qualities) == ["logistic"]
    assert fitted.calibration == "sigmoid"


def test_from_a_thousand_positives_on_trees_join_and_calibration_is_isotonic(
    fitted_to_many: Propensity,
) -> None:
    assert fitted_to_many.positives_count >= 1000
    assert list(fitted_to_many.qualities) == ["logistic", "boosting"]
    assert fitted_to_many.calibration == "isotonic"


@pytest.mark.parametrize("model", ["logistic", "boosting"])
def test_calibrated_chances_agree_with_observed_shares(
    fitted_to_many: Propensity, model: ModelName
) -> None:
    quality = fitted_to_many.qualities[model]
    is_full = quality.bin_counts >= 50
    assert is_full.sum() >= 3
    apart = np.abs(quality.bin_predicted - quality.bin_observed)[is_full]
    assert apart.max() < 0.15


@pytest.mark.parametrize("model", ["logistic", "boosting"])
def test_neither_the_order_of_rows_nor_another_run_changes_a_chance(
    many: LabelledAccounts,
    fitted_to_many: Propensity,
    fitted_to_many_again: Propensity,
    model: ModelName,
) -> None:
    first = propensities(fitted_to_many, many.features, model=model)
    again = propensities(fitted_to_many_again, many.features, model=model)
    assert np.array_equal(again, first)
    assert fitted_to_many_again.qualities[model].brier == fitted_to_many.qualities[model].brier


def test_contributions_and_the_intercept_are_the_log_odds_before_calibration(
    some: LabelledAccounts, fitted: Propensity
) -> None:
    pipeline = fitted.models["logistic"].calibrated_classifiers_[0].estimator
    contributions = reason_contributions(fitted, some.features)
    log_odds = contributions.sum(axis=1) + pipeline[-1].intercept_[0]
    assert log_odds == pytest.approx(pipeline.decision_function(some.features))


def test_a_value_that_helps_adds_to_the_chance_and_an_unknown_one_nothing(
    fitted: Propensity,
) -> None:
    rows = np.array([[2.0, 0, 0], [0, 2, 0], [np.nan, np.nan, np.nan]])
    contributions = reason_contributions(fitted, rows)
    assert contributions[0, 0] > 1
    assert contributions[1, 1] < -0.5
    assert abs(contributions[:2, 2]).max() < 0.1
    assert contributions[2].tolist() == [0, 0, 0]
    chances = propensities(fitted, rows)
    assert chances[0] > chances[2] > chances[1]


def test_a_column_that_nobody_knows_explains_nothing(some: LabelledAccounts) -> None:
    features = some.features.copy()
    features[:, 2] = np.nan
    found = fit_propensity(replace(some, features=features), seed=1)
    assert reason_contributions(found, np.ones((1, 3)))[0, 2] == 0


@pytest.mark.parametrize(
    ("count", "base", "state"),
    [(300, -4.5, "too few positives"), (300, 4.5, "too few negatives"), (40, 0, "too few pos")],
)
def test_too_few_of_either_label_give_no_model(count: int, base: float, state: str) -> None:
    given = accounts(count, base=base)
    found = fit_propensity(given, seed=1)
    assert found.state.startswith(state)
    assert (found.models, found.qualities, found.calibration) == ({}, {}, "none")
    assert found.positives_count == given.is_positive.sum()
    assert np.isnat(found.test_from)


def test_fifty_older_positives_are_enough_and_forty_nine_are_not() -> None:
    # the 100 newest of 400 rows test; positives are set by hand among the older ones
    given = accounts(400)
    dates = DAY + np.arange(400)
    for count, state in ((50, "fitted"), (49, "too few positives")):
        is_positive = np.zeros(400, dtype=bool)
        is_positive[np.arange(count) * 6] = True
        is_positive[350:] = True
        found = fit_propensity(replace(given, is_positive=is_positive, label_dates=dates), seed=1)
        assert (found.state, found.positives_count) == (state, count)
        assert found.test_from == dates[300]


def test_no_rows_are_too_few() -> None:
    nobody = LabelledAccounts(NAMES, np.zeros((0, 3)), np.zeros(0, bool), np.zeros(0, "M8[D]"))
    assert fit_propensity(nobody, seed=0).state == "too few positives"


def test_without_a_model_there_are_no_chances() -> None:
    found = fit_propensity(accounts(40), seed=1)
    message = "There is no such model: logistic of a fit that is too few positives"
    with pytest.raises(ParameterError, match=message):
        propensities(found, np.zeros((1, 3)))
    with pytest.raises(ParameterError, match=message):
        reason_contributions(found, np.zeros((1, 3)))


def test_trees_that_were_not_fitted_cannot_be_asked(fitted: Propensity) -> None:
    with pytest.raises(ParameterError, match=r"no such model: boosting .* 1000 positives or"):
        propensities(fitted, np.zeros((1, 3)), model="boosting")


def test_no_accounts_have_no_chances(fitted: Propensity) -> None:
    assert propensities(fitted, np.zeros((0, 3))).tolist() == []
    assert reason_contributions(fitted, np.zeros((0, 3))).shape == (0, 3)


def dated(*days: tuple[int, int, int]) -> dict[str, Any]:
    """Return two accounts, labelled on days 10 and 20, with values of the days given."""
    return {
        "names": NAMES,
        "features": np.ones((2, 3)),
        "is_positive": np.array([True, False]),
        "label_dates": DAY + np.array([10, 20]),
        "value_dates": DAY + np.array(days),
    }


def test_values_dated_up_to_the_label_may_explain_it() -> None:
    given = dated((10, 0, 9), (20, 15, 1))
    given["value_dates"][0, 1] = np.datetime64("NaT")
    assert LabelledAccounts(**given).names == NAMES


def test_columns_dated_after_the_label_are_refused_by_name() -> None:
    with pytest.raises(
        ParameterError,
        match=r"would give away: employees, noise \(value_dates; 3 values\).*leave these columns",
    ):
        LabelledAccounts(**dated((11, 0, 30), (20, 15, 21)))


def test_an_unknown_value_gives_nothing_away() -> None:
    given = dated((11, 0, 0), (0, 0, 0))
    given["features"][0, 0] = np.nan
    assert LabelledAccounts(**given).names == NAMES


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"features": np.ones((2, 2))}, r"do not belong together: shape \(2, 2\), 3 names, 2 acc"),
        ({"features": np.full((2, 3), np.inf)}, "without end: employees, noise, visits"),
        ({"is_positive": np.array([True])}, "not of the same accounts: 1 labels, 2 dates"),
        ({"is_positive": np.array([1.0, np.nan])}, "Labels are not yes or no: float64"),
        (
            {"label_dates": np.array(["2024-01-01", "NaT"], "M8[D]"), "value_dates": None},
            r"Labels have no date: 1 accounts",
        ),
        ({"value_dates": DAY + np.zeros((2, 2), int)}, r"shapes \(2, 2\) and \(2, 3\)"),
    ],
    ids=["columns", "infinite", "labels", "unknown label", "no date", "value dates"],
)
def test_rows_that_cannot_be_learnt_from_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        LabelledAccounts(**{**dated((0, 0, 0), (0, 0, 0)), **changes})


def test_labels_of_one_date_leave_nothing_to_test_on(some: LabelledAccounts) -> None:
    one_date = replace(some, label_dates=np.full(len(some.label_dates), DAY))
    with pytest.raises(ParameterError, match="All labels have one date: 2023-01-01"):
        fit_propensity(one_date, seed=1)


@pytest.mark.parametrize("test_share", [0, 1, -0.5, float("nan")])
def test_some_rows_test_and_some_train(test_share: float) -> None:
    with pytest.raises(ParameterError, match="share of rows that test is out of range"):
        newer_rows(DAY + np.arange(4), test_share=test_share)


def test_no_rows_cannot_be_split() -> None:
    with pytest.raises(ParameterError, match="There are no labels to set aside"):
        newer_rows(np.zeros(0, "M8[D]"), test_share=0.5)


def test_a_negative_seed_is_refused(some: LabelledAccounts) -> None:
    with pytest.raises(ParameterError, match="The seed is negative: -1"):
        fit_propensity(some, seed=-1)


def test_features_to_score_have_the_columns_fitted(fitted: Propensity) -> None:
    with pytest.raises(ParameterError, match=r"shape \(1, 2\), 3 names, 1 accounts"):
        propensities(fitted, np.zeros((1, 2)))

"""Chance that accounts do what is hoped for, learnt from what earlier ones did.

A label says whether an account did it (positive) and on which date that was known. The older rows
train, the newer ones test: the future must not explain the past.
"""

from dataclasses import dataclass, replace
from typing import Literal, NoReturn

import numpy as np
from numpy.typing import NDArray
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from territory_kit.errors import ParameterError, list_ids
from territory_kit.methods.forecast_quality import ForecastQuality, forecast_quality

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Dates = NDArray[np.datetime64]
ModelName = Literal["logistic", "boosting"]

# Fewer rows of either label than this teach a model nothing that a weighted score does not know.
LEAST_LABELS_COUNT = 50
# From here on trees and free-form calibration have enough to go by.
MANY_POSITIVES_COUNT = 1_000
FOLDS_COUNT = 5


@dataclass(frozen=True, eq=False)
class LabelledAccounts:
    """Accounts with known outcomes, to learn from.

    Parameters
    ----------
    names
        Name of each column of the features.
    features
        What was known of each account, shape (n_accounts, n_features); nan where unknown.
    is_positive
        Whether the account did what is hoped for, shape (n_accounts,).
    label_dates
        Date of each outcome, shape (n_accounts,).
    value_dates
        Date from which each value holds, shape (n_accounts, n_features), NaT for what does not
        change; None where no value changes.

    Raises
    ------
    ParameterError
        If shapes do not belong together, a feature is infinite, a label is not yes or no or has no
        date, or values of a column are dated after the label that they are to explain.
    """

    names: tuple[str, ...]
    features: Floats
    is_positive: Bools
    label_dates: Dates
    value_dates: Dates | None = None

    def __post_init__(self) -> None:
        """Refuse rows that cannot be learnt from."""
        count = len(self.label_dates)
        _check_features(self.features, self.names, count)
        if self.is_positive.shape != (count,) or self.label_dates.shape != (count,):
            value = f"{len(self.is_positive)} labels, {count} dates"
            remedy = "Give one label and one date for each account."
            _refuse("Labels and dates are not of the same accounts", value, "", remedy)
        if self.is_positive.dtype != np.bool_:
            remedy = "Give true or false, and leave out accounts whose outcome is unknown."
            _refuse("Labels are not yes or no", str(self.is_positive.dtype), "is_positive", remedy)
        undated = int(np.isnat(self.label_dates).sum())
        if undated:
            remedy = "Date these labels, or leave the accounts out."
            _refuse("Labels have no date", f"{undated} accounts", "label_dates", remedy)
        if self.value_dates is not None:
            self._refuse_leaks(self.value_dates)

    def _refuse_leaks(self, value_dates: Dates) -> None:
        if value_dates.shape != self.features.shape:
            value = f"shapes {value_dates.shape} and {self.features.shape}"
            remedy = "Give one date for each value, NaT for what does not change."
            _refuse("Values and their dates do not belong together", value, "value_dates", remedy)
        is_late = value_dates > self.label_dates[:, np.newaxis]
        late = (is_late & ~np.isnan(self.features)).sum(axis=0)
        if late.any():
            columns = [name for name, rows in zip(self.names, late, strict=True) if rows]
            remedy = "Take the values as they were before the label, or leave these columns out."
            what = "Columns hold values dated after the label, which they would give away"
            _refuse(what, list_ids(columns), f"value_dates; {late.sum()} values", remedy)


@dataclass(frozen=True, eq=False)
class Propensity:
    """Models of one outcome with their quality on newer rows; none where too little is known.

    Parameters
    ----------
    state
        "fitted", or "too few positives" or "too few negatives" among the older rows, for which
        there is no model: use a weighted score.
    names
        Columns that the models read, in this order.
    positives_count, negatives_count
        Older rows of each label; all rows where they are too few before any are set aside.
    test_from
        First date of the newer rows; NaT where none were set aside.
    calibration
        How raw chances are brought to observed shares.
    models
        The fitted models by name.
    qualities
        Quality of each on the newer rows, by name.
    """

    state: Literal["fitted", "too few positives", "too few negatives"]
    names: tuple[str, ...]
    positives_count: int
    negatives_count: int
    test_from: np.datetime64
    calibration: Literal["none", "sigmoid", "isotonic"]
    models: dict[ModelName, CalibratedClassifierCV]
    qualities: dict[ModelName, ForecastQuality]


def fit_propensity(
    accounts: LabelledAccounts, *, seed: int, test_share: float = 0.25, top_share: float = 0.1
) -> Propensity:
    """Fit models of the chance that accounts are positive, and test them on newer rows.

    Parameters
    ----------
    accounts
        Accounts with known outcomes.
    seed
        Seed of the folds and the trees, 0 or more.
    test_share
        Share of the rows, the newest, that test, above 0 and below 1.
    top_share
        Share of the accounts that the lift looks at, above 0, at most 1.

    Returns
    -------
    Propensity
        A logistic model, from 1,000 older positives on also boosted trees; no model where fewer
        than 50 older rows are positive, or negative.

    Raises
    ------
    ParameterError
        If the seed or a share is out of range, or all labels have one date.

    Notes
    -----
    Rows are brought to an order of their own and one thread is used, so that neither the order of
    the rows nor the number of cores changes the result. The models tested are the models used:
    they are not fitted anew to the newer rows. Unknown values count as the mean in the logistic
    model.

    Calibration is by a sigmoid below 1,000 positives and isotonic from there on, each on chances
    from folds that a row was not in.

    References
    ----------
    Platt, J. C. (1999), "Probabilistic Outputs for Support Vector Machines", in Advances in Large
    Margin Classifiers, MIT Press. Zadrozny, B.; Elkan, C. (2002), "Transforming Classifier Scores
    into Accurate Multiclass Probability Estimates", KDD, doi:10.1145/775047.775151.
    """
    if seed < 0:
        _refuse("The seed is negative", str(seed), "seed", "Give 0 or more.")
    rows = _in_own_order(accounts)
    if (scarce := _scarce(rows.is_positive, rows.names, np.datetime64("NaT"))) is not None:
        return scarce
    is_newer = newer_rows(rows.label_dates, test_share=test_share)
    test_from = rows.label_dates[is_newer].min()
    older = rows.is_positive[~is_newer]
    if (scarce := _scarce(older, rows.names, test_from)) is not None:
        return scarce
    positives = int(older.sum())
    is_many = positives >= MANY_POSITIVES_COUNT
    names: tuple[ModelName, ...] = ("logistic", "boosting") if is_many else ("logistic",)
    with threadpool_limits(limits=1):
        models = {
            name: _calibrated(name, seed, is_many=is_many).fit(rows.features[~is_newer], older)
            for name in names
        }
        newer = rows.features[is_newer], rows.is_positive[is_newer]
        qualities = {
            name: forecast_quality(_chances(model, newer[0]), newer[1], top_share=top_share)
            for name, model in models.items()
        }
    return Propensity(
        state="fitted",
        names=rows.names,
        positives_count=positives,
        negatives_count=len(older) - positives,
        test_from=test_from,
        calibration="isotonic" if is_many else "sigmoid",
        models=models,
        qualities=qualities,
    )


def newer_rows(label_dates: Dates, *, test_share: float) -> Bools:
    """Find the newest rows, which test what the older ones teach.

    Parameters
    ----------
    label_dates
        Date of each outcome, shape (n_accounts,).
    test_share
        Share of the rows that test, above 0 and below 1; more where many share one date, since
        rows of one date stay together.

    Returns
    -------
    numpy.ndarray
        Whether each row is among the newer ones, shape (n_accounts,).

    Raises
    ------
    ParameterError
        If the share is out of range, there are no rows, or all have one date.
    """
    if not 0 < test_share < 1:
        remedy = "Give a share above 0 and below 1, such as 0.25."
        _refuse("The share of rows that test is out of range", f"{test_share:g}", "", remedy)
    if not len(label_dates):
        remedy = "Label some accounts first."
        _refuse("There are no labels to set aside for the test", "", "label_dates", remedy)
    ordered = np.sort(label_dates)
    is_newer = label_dates >= ordered[int(round(len(ordered) * (1 - test_share), 9))]
    if is_newer.all():
        # the first date is so frequent that it reaches into the test: test on all others
        is_newer = label_dates > ordered[0]
    if not is_newer.any():
        remedy = "Give the date on which each outcome was known; a test needs older and newer ones."
        _refuse("All labels have one date", str(ordered[0]), "label_dates", remedy)
    return np.asarray(is_newer)


def propensities(fit: Propensity, features: Floats, *, model: ModelName = "logistic") -> Floats:
    """Compute the calibrated chance that accounts are positive.

    Parameters
    ----------
    fit
        Fitted models.
    features
        Values of each account, shape (n_accounts, n_features), columns as fitted; nan where
        unknown.
    model
        Which of the fitted models to ask.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n_accounts,).

    Raises
    ------
    ParameterError
        If there is no such model, or the features do not fit it.
    """
    _check_features(features, fit.names, len(features))
    if model not in fit.models:
        value = f"{model} of a fit that is {fit.state}, {fit.positives_count} positives"
        remedy = f"Use a weighted score; trees need {MANY_POSITIVES_COUNT} positives or more."
        _refuse("There is no such model", value, "model", remedy)
    with threadpool_limits(limits=1):
        return _chances(fit.models[model], features)


def reason_contributions(fit: Propensity, features: Floats) -> Floats:
    """Compute what each value adds to the log-odds of the logistic model, before calibration.

    Parameters
    ----------
    fit
        Fitted models.
    features
        Values of each account, shape (n_accounts, n_features), columns as fitted; nan where
        unknown.

    Returns
    -------
    numpy.ndarray
        Coefficient of the standardised column times the standardised value, shape (n_accounts,
        n_features): 0 for an average or unknown value, positive where it raises the chance.

    Raises
    ------
    ParameterError
        If there is no model, or the features do not fit it.
    """
    propensities(fit, features)  # refuses what it cannot read
    _, scaler, logistic = fit.models["logistic"].calibrated_classifiers_[0].estimator
    added = logistic.coef_[0] * (features - scaler.mean_) / scaler.scale_
    return np.where(np.isnan(added), 0.0, added)


def _in_own_order(accounts: LabelledAccounts) -> LabelledAccounts:
    """Sort by date, label and values, so that the order of the rows given does not matter."""
    keys = (*accounts.features.T[::-1], accounts.is_positive, accounts.label_dates)
    order = np.lexsort(keys)
    return replace(
        accounts,
        features=accounts.features[order],
        is_positive=accounts.is_positive[order],
        label_dates=accounts.label_dates[order],
        value_dates=None,  # checked already
    )


def _scarce(
    is_positive: Bools, names: tuple[str, ...], test_from: np.datetime64
) -> Propensity | None:
    """Return the result without a model where there are too few rows of a label."""
    positives = int(is_positive.sum())
    negatives = len(is_positive) - positives
    if min(positives, negatives) >= LEAST_LABELS_COUNT:
        return None
    is_short = positives < LEAST_LABELS_COUNT
    return Propensity(
        state="too few positives" if is_short else "too few negatives",
        names=names,
        positives_count=positives,
        negatives_count=negatives,
        test_from=test_from,
        calibration="none",
        models={},
        qualities={},
    )


def _calibrated(name: ModelName, seed: int, *, is_many: bool) -> CalibratedClassifierCV:
    if name == "boosting":
        # stopping early would set rows aside by chance
        model = HistGradientBoostingClassifier(early_stopping=False, random_state=seed)
    else:
        model = make_pipeline(
            SimpleImputer(keep_empty_features=True),
            StandardScaler(),
            LogisticRegression(tol=1e-8, max_iter=1000),
        )
    return CalibratedClassifierCV(
        model,
        method="isotonic" if is_many else "sigmoid",
        cv=StratifiedKFold(FOLDS_COUNT, shuffle=True, random_state=seed),
        ensemble=False,
    )


def _chances(model: CalibratedClassifierCV, features: Floats) -> Floats:
    return np.asarray(model.predict_proba(features)[:, 1] if len(features) else np.zeros(0))


def _check_features(features: Floats, names: tuple[str, ...], count: int) -> None:
    if features.shape != (count, len(names)):
        value = f"shape {features.shape}, {len(names)} names, {count} accounts"
        remedy = "Give one row for each account and one column for each name."
        _refuse("Features, names and accounts do not belong together", value, "features", remedy)
    endless = np.asarray(np.isinf(features).any(axis=0))
    if endless.any():
        named = list_ids([name for name, own in zip(names, endless, strict=True) if own])
        remedy = "Correct them, or set missing (nan) what is unknown."
        _refuse("Values are without end", named, "features", remedy)


def _refuse(what: str, value: str, where: str, remedy: str) -> NoReturn:
    raise ParameterError(what, value=value, where=where, remedy=remedy)

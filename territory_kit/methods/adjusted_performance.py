"""What reps sell against what their territories let one expect.

A territory is judged by the others alone: its own sales have no part in the expectation that they
are compared with. Take only factors that the rep cannot change, such as potential, accounts or
workload. With market share or a rating among them, good work would raise the expectation.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from territory_kit.errors import ParameterError, list_ids

# With fewer territories a regression mostly describes chance.
FEWEST_TERRITORIES_COUNT = 10
# One territory cannot be held against others, and two give no spread.
FEWEST_FOR_BAND_COUNT = 3
# A factor of which less than this part is not told by the others counts as one of them.
DISTINCT_SHARE = 1e-7
# A territory with more leverage than this decides a coefficient alone.
FULL_LEVERAGE_SHARE = 1 - 1e-9
# Residuals below this part of the outcome are rounding errors.
EXACT_SHARE = 1e-10

NOT_FOR_PAY_ALONE = (
    "Not for pay decisions alone: what is left after the adjustment is chance and missing factors "
    "as well as the rep."
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LinearFit:
    """Ordinary least squares, with what each row looks like from the others.

    Parameters
    ----------
    coefficients
        Constant first, then one per factor, shape (n_factors + 1,); 0 for a factor left out.
    left_out
        Factors that are constant or told by those before them, shape (n_left_out,).
    fitted
        Expectation with the row itself, shape (n,).
    predicted
        Expectation without the row itself, shape (n,); nan where the others do not give one.
    leverage_share
        How much each row decides its own fitted value, 0 to 1, shape (n,).
    studentised
        Residual over its standard error without the row itself, shape (n,); nan where the others
        do not give one or fit exactly.
    prediction_error
        Standard error of ``predicted``, shape (n,), unit of the outcome.
    degrees_count
        Degrees of freedom of these errors.
    r2_share, adjusted_r2_share
        Part of the variance that is explained, plain and corrected for the number of factors.
    press_r2_share
        The same for ``predicted``; below 0 when the mean would predict better.
    residual_error
        Standard error of the regression, unit of the outcome.
    """

    coefficients: Floats
    left_out: Ints
    fitted: Floats
    predicted: Floats
    leverage_share: Floats
    studentised: Floats
    prediction_error: Floats
    degrees_count: int
    r2_share: float
    adjusted_r2_share: float
    press_r2_share: float
    residual_error: float


@dataclass(frozen=True, eq=False)
class AdjustedPerformance:
    """Sales of territories against the expectation from the others; all shapes (n_territories,).

    Parameters
    ----------
    method
        "regression", or "ratio" of sales to potential where territories are too few.
    index
        100 times sales over expectation; nan where there is none above 0.
    expected
        Expectation from the other territories, money; nan where unknown.
    low, high
        Interval of the expectation, money; nan where unknown.
    studentised
        Distance from the expectation in standard errors.
    is_used
        Whether the territory had all figures needed.
    left_out
        Numbers of the factors left out, from 0; -1 is the potential.
    note
        What must stand beside the figures.
    """

    method: Literal["regression", "ratio"]
    index: Floats
    expected: Floats
    low: Floats
    high: Floats
    studentised: Floats
    is_used: NDArray[np.bool_]
    left_out: Ints
    note: str = NOT_FOR_PAY_ALONE


def fit_linear(outcome: Floats, factors: Floats) -> LinearFit:
    """Fit an outcome by least squares and predict each row from the others, unit of the outcome.

    Parameters
    ----------
    outcome
        What is explained, shape (n,), known in every row.
    factors
        What it is explained by, shape (n, n_factors), known in every row; a constant is added.

    Returns
    -------
    LinearFit
        Coefficients, predictions and how well they fit.

    Raises
    ------
    ParameterError
        A value is unknown, or there are not at least two rows more than coefficients.

    Notes
    -----
    Rows are not left out one by one: with residual e and leverage h the prediction of a row from
    the others is the outcome less e / (1 - h).

    References
    ----------
    Belsley, D. A., Kuh, E., Welsch, R. E. (1980), Regression Diagnostics, Wiley, chapter 2.
    """
    _check_known(outcome, factors)
    kept = _distinct(factors)
    degrees = len(outcome) - len(kept) - 2
    if degrees < 1:
        raise ParameterError(
            "Too few territories for so many factors",
            value=f"{len(outcome)} territories, {len(kept)} factors",
            remedy="Use fewer factors: at least three territories more than factors are needed.",
        )
    base, upper = np.linalg.qr(np.column_stack([np.ones(len(outcome)), factors[:, kept]]))
    coefficients = np.zeros(factors.shape[1] + 1)
    coefficients[np.append(0, kept + 1)] = np.linalg.solve(upper, base.T @ outcome)
    residuals = outcome - base @ (base.T @ outcome)
    residuals[np.abs(residuals) <= EXACT_SHARE * np.abs(outcome).max()] = 0.0
    left_out = np.setdiff1d(np.arange(factors.shape[1]), kept)
    return _diagnose(outcome, residuals, (base**2).sum(axis=1), coefficients, left_out)


def adjust_performance(
    sales: Floats, potential: Floats, factors: Floats, *, interval_share: float = 0.9
) -> AdjustedPerformance:
    """Compare sales with the expectation from the other territories, as an index of 100.

    Parameters
    ----------
    sales
        Sales of each territory, money per year, shape (n_territories,); nan where unknown.
    potential
        Potential of each territory, money per year, shape (n_territories,), 0 or more; nan where
        unknown.
    factors
        Further factors that the rep cannot change, shape (n_territories, n_factors), any unit; nan
        where unknown.
    interval_share
        Chance that sales of an ordinary rep lie in the interval, between 0 and 1.

    Returns
    -------
    AdjustedPerformance
        Index, expectation with its interval, and the note to show with them.

    Raises
    ------
    ParameterError
        A potential is below 0, the interval is out of range, or there are too many factors for the
        territories.

    Notes
    -----
    From ten territories with all figures on, the expectation is a regression on potential and
    factors. With fewer it is the potential times the mean ratio of sales to potential elsewhere;
    the factors are not looked at then, and fewer than three territories give no interval.

    References
    ----------
    Cravens, D. W., Woodruff, R. B., Stamper, J. C. (1972), "An Analytical Approach for Evaluating
    Sales Territory Performance", Journal of Marketing 36(1).
    """
    _check(potential, interval_share)
    regressors = np.column_stack([potential, factors])
    complete = np.isfinite(sales) & np.isfinite(regressors).all(axis=1)
    if complete.sum() < FEWEST_TERRITORIES_COUNT:
        return _by_ratio(sales, potential, interval_share)
    fit = fit_linear(sales[complete], regressors[complete])
    return _compare(sales, complete, fit, np.ones(len(sales)), interval_share)


def _by_ratio(sales: Floats, potential: Floats, interval_share: float) -> AdjustedPerformance:
    used = np.isfinite(sales) & (potential > 0)
    if used.sum() >= FEWEST_FOR_BAND_COUNT:
        ratios = sales[used] / potential[used]
        fit = fit_linear(ratios, np.zeros((len(ratios), 0)))
        return replace(_compare(sales, used, fit, potential, interval_share), method="ratio")
    expected = np.full(len(sales), np.nan)
    if used.sum() > 1:  # each is held against the other one
        expected[used] = (sales[used] / potential[used])[::-1] * potential[used]
    unknown = np.full(len(sales), np.nan)
    none_left_out = np.zeros(0, dtype=np.int64)
    index = _index(sales, expected)
    return AdjustedPerformance(
        "ratio", index, expected, unknown, unknown, unknown, used, none_left_out
    )


def _compare(
    sales: Floats, used: NDArray[np.bool_], fit: LinearFit, scale: Floats, interval_share: float
) -> AdjustedPerformance:
    """Lay predictions, in units of the scale, beside the sales of all territories."""
    expected, errors, studentised = (np.full(len(sales), np.nan) for _ in range(3))
    expected[used] = fit.predicted * scale[used]
    errors[used] = fit.prediction_error * scale[used]
    studentised[used] = fit.studentised
    reach = -float(stdtrit(fit.degrees_count, (1 - interval_share) / 2)) * errors
    return AdjustedPerformance(
        method="regression",
        index=_index(sales, expected),
        expected=expected,
        low=expected - reach,
        high=expected + reach,
        studentised=studentised,
        is_used=used,
        left_out=fit.left_out - 1,
    )


def _index(sales: Floats, expected: Floats) -> Floats:
    unknown = np.full(len(sales), np.nan)
    return np.asarray(np.divide(100 * sales, expected, out=unknown, where=expected > 0))


def _distinct(factors: Floats) -> Ints:
    """Find the factors that are not constant and do not follow from those before them."""
    base = np.ones((len(factors), 1)) / np.sqrt(max(len(factors), 1))
    kept = []
    for number, factor in enumerate(factors.T):
        apart = factor - base @ (base.T @ factor)
        apart -= base @ (base.T @ apart)  # once more, for the rounding errors of the first time
        length = float(np.linalg.norm(apart))
        spread = float(np.linalg.norm(factor - factor.mean()))
        if length > DISTINCT_SHARE * spread and spread > EXACT_SHARE * np.abs(factor).max():
            kept.append(number)
            base = np.column_stack([base, apart / length])
    return np.array(kept, dtype=np.int64)


def _diagnose(
    outcome: Floats, residuals: Floats, leverage: Floats, coefficients: Floats, left_out: Ints
) -> LinearFit:
    degrees = len(outcome) - (len(coefficients) - len(left_out)) - 1
    free = np.where(leverage < FULL_LEVERAGE_SHARE, 1 - leverage, np.nan)
    squares = float((residuals**2).sum())
    # what the variance would be without the row itself
    others = np.maximum(squares - residuals**2 / free, 0.0) / degrees
    others[others <= (EXACT_SHARE * np.abs(outcome).max()) ** 2] = 0.0
    error = np.sqrt(others / free)
    unknown = np.full(len(outcome), np.nan)
    total = float(((outcome - outcome.mean()) ** 2).sum())
    unexplained = squares / total if total > 0 else float("nan")
    press = float(((residuals / free) ** 2).sum())
    return LinearFit(
        coefficients=coefficients,
        left_out=left_out,
        fitted=outcome - residuals,
        predicted=outcome - residuals / free,
        leverage_share=leverage,
        studentised=np.divide(residuals / free, error, out=unknown, where=error > 0),
        prediction_error=error,
        degrees_count=degrees,
        r2_share=1 - unexplained,
        adjusted_r2_share=1 - unexplained * (len(outcome) - 1) / (degrees + 1),
        press_r2_share=1 - press / total if total > 0 else float("nan"),
        residual_error=float(np.sqrt(squares / (degrees + 1))),
    )


def _check_known(outcome: Floats, factors: Floats) -> None:
    unknown = np.flatnonzero(~(np.isfinite(outcome) & np.isfinite(factors).all(axis=1)))
    if len(unknown):
        raise ParameterError(
            "A figure of a territory is unknown",
            value="missing or infinite",
            where=f"rows {list_ids([str(row) for row in unknown])}",
            remedy="Leave these territories out or fill the gap.",
        )


def _check(potential: Floats, interval_share: float) -> None:
    below = np.flatnonzero(potential < 0)
    if len(below):
        raise ParameterError(
            "A potential is below 0",
            value=f"{potential[below[0]]:g}",
            where=f"potential, rows {list_ids([str(row) for row in below])}",
            remedy="Give 0 or more, or leave it empty where it is unknown.",
        )
    if not 0 < interval_share < 1:
        raise ParameterError(
            "The chance of the interval must lie between 0 and 1",
            value=f"{interval_share:g}",
            where="interval_share",
            remedy="Give for example 0.9.",
        )

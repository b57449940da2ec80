"""Coverage of a sales target by open deals, stage by stage."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class FunnelCoverage:
    """How far open deals cover a target within a horizon.

    Parameters
    ----------
    is_in_time
        Whether a stage closes within the horizon, shape (n_stages,).
    expected_amounts
        Open value times the chance of a sale, money, shape (n_stages,); 0 for late stages.
    coverage_shares
        The same over the target, shape (n_stages,).
    expected_amount, coverage_share
        Sums over the stages.
    missing_amount
        What the target lacks, money; 0 when it is covered.
    raw_coverage
        Open value of the stages in time over the target.
    required_coverage
        Raw coverage that these stages need, by their mean chance of a sale; nan when nothing is
        expected.
    """

    is_in_time: Bools
    expected_amounts: Floats
    coverage_shares: Floats
    expected_amount: float
    coverage_share: float
    missing_amount: float
    raw_coverage: float
    required_coverage: float


def win_shares(step_shares: Floats) -> Floats:
    """Compute the chance of a sale at each stage from the chances to pass each step.

    Parameters
    ----------
    step_shares
        Share of the deals of each stage that reach the next one, and of the last stage that are
        won, first stage first, shape (n_stages,), 0 to 1.

    Returns
    -------
    numpy.ndarray
        Share of the deals of each stage that are won in the end, shape (n_stages,).

    Raises
    ------
    ParameterError
        When a share is not between 0 and 1.

    Examples
    --------
    >>> win_shares(np.array([0.4, 0.9])).round(2).tolist()
    [0.36, 0.9]
    """
    _require_shares("chance to pass a step", step_shares)
    return np.asarray(np.cumprod(step_shares[::-1])[::-1])


def required_coverage(win_share: float) -> float:
    """Compute how many times the target the open value must be, at a given chance of a sale.

    Parameters
    ----------
    win_share
        Share of the open value that is won, above 0 and at most 1.

    Returns
    -------
    float
        1 / ``win_share``.

    Raises
    ------
    ParameterError
        When the share is 0, for which no open value is enough, or not a share.

    Examples
    --------
    >>> round(required_coverage(0.28), 2)
    3.57
    """
    if not 0 < win_share <= 1:
        raise ParameterError(
            "The chance of a sale must be above 0 and at most 1",
            value=f"{win_share:g}",
            where="funnel: win share",
            remedy="Give the share of deals that are won, 0.28 for 28 %.",
        )
    return 1 / win_share


def measure_funnel(
    open_amounts: Floats,
    win_shares: Floats,
    *,
    months_to_close: Floats,
    horizon_months: float,
    target_amount: float,
) -> FunnelCoverage:
    """Compute the expected value of open deals by stage and how far it covers a target.

    Parameters
    ----------
    open_amounts
        Value of the open deals of each stage, money, shape (n_stages,), 0 or more.
    win_shares
        Share of each stage that is won in the end, shape (n_stages,), 0 to 1.
    months_to_close
        Months that a deal of each stage still takes, shape (n_stages,), 0 or more.
    horizon_months
        Months until the target is due, 0 or more; a stage that takes longer counts 0.
    target_amount
        Sales to reach within the horizon, money, above 0.

    Returns
    -------
    FunnelCoverage
        Expected value and coverage, by stage and in all.

    Raises
    ------
    ParameterError
        When the stages do not match, or a number is unknown or out of its range.

    Examples
    --------
    >>> funnel = measure_funnel(
    ...     np.array([100.0, 50.0]),
    ...     np.array([0.2, 0.8]),
    ...     months_to_close=np.array([9.0, 2.0]),
    ...     horizon_months=6,
    ...     target_amount=80,
    ... )
    >>> funnel.expected_amount, funnel.coverage_share
    (40.0, 0.5)
    """
    _require_same_stages(open_amounts, win_shares, months_to_close)
    _require_shares("chance of a sale", win_shares)
    _require_not_negative("open value", open_amounts)
    _require_not_negative("months to close", months_to_close)
    _require_not_negative("horizon", np.array([horizon_months]))
    if not 0 < target_amount < math.inf:
        raise ParameterError(
            "The target must be above 0",
            value=f"{target_amount:g}",
            where="funnel: target",
            remedy="Give the sales to reach within the horizon.",
        )
    is_in_time = months_to_close <= horizon_months
    expected = np.where(is_in_time, open_amounts * win_shares, 0.0)
    total, in_time = float(expected.sum()), float(open_amounts[is_in_time].sum())
    return FunnelCoverage(
        is_in_time=is_in_time,
        expected_amounts=expected,
        coverage_shares=expected / target_amount,
        expected_amount=total,
        coverage_share=total / target_amount,
        missing_amount=max(target_amount - total, 0.0),
        raw_coverage=in_time / target_amount,
        required_coverage=required_coverage(min(total / in_time, 1.0)) if total > 0 else math.nan,
    )


def _require_same_stages(*columns: Floats) -> None:
    counts = [len(column) for column in columns]
    if len(set(counts)) > 1 or not counts[0]:
        raise ParameterError(
            "Open value, chance of a sale and months to close must name the same stages",
            value=", ".join(map(str, counts)),
            where="funnel: number of stages",
            remedy="Give one number of each kind for each stage.",
        )


def _require_shares(name: str, shares: Floats) -> None:
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ParameterError(
            f"Each {name} must be from 0 to 1",
            value=str(shares.tolist()),
            where=f"funnel: {name}",
            remedy="Give shares, 0.4 for 40 %.",
        )


def _require_not_negative(name: str, values: Floats) -> None:
    if not ((values >= 0) & np.isfinite(values)).all():
        raise ParameterError(
            f"The {name} must be known and 0 or more",
            value=str(values.tolist()),
            where=f"funnel: {name}",
            remedy="Complete the stages, and leave credits out.",
        )

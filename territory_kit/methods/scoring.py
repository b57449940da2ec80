"""Weighted scores that stay comparable: stored bounds, missing criteria renormalised."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Robust ends: one giant account must not press all others to a score of 0.
LOW_QUANTILE = 0.05
HIGH_QUANTILE = 0.95


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of accounts.

    Parameters
    ----------
    score
        0 to 100, shape (n_accounts,); nan where no criterion is known.
    contributions
        Points of each criterion, shape (n_accounts, n_criteria); they add up to the score.
    data_share
        Share of the total weight with data, 0 to 1, shape (n_accounts,).
    """

    score: Floats
    contributions: Floats
    data_share: Floats


def bounds_of(values: Floats) -> tuple[float, float]:
    """Find the values that score 0 and 100: the 5 % and 95 % quantiles, else the extremes.

    Parameters
    ----------
    values
        Values of one criterion, shape (n_accounts,); nan where unknown.

    Returns
    -------
    tuple of float
        Low and high, the least and the greatest value where the quantiles are equal (few accounts
        have any); (0, 0) when no value is known.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return 0.0, 0.0
    low, high = np.quantile(known, [LOW_QUANTILE, HIGH_QUANTILE])
    if low == high:
        low, high = known.min(), known.max()
    return float(low), float(high)


def weighted_scores(values: Floats, weights: Floats, bounds: Floats) -> Scores:
    """Score accounts by weighted criteria between stored bounds.

    Parameters
    ----------
    values
        Criteria of each account, shape (n_accounts, n_criteria); nan where unknown.
    weights
        Weight of each criterion, shape (n_criteria,), 0 or more, at least one above 0.
    bounds
        Values that score 0 and 100, shape (n_criteria, 2); falling where less is better.

    Returns
    -------
    Scores
        Scores with their parts. A criterion whose bounds are equal gives half its points to all.

    Notes
    -----
    A missing criterion is dropped and the other weights are scaled up, so that an account with
    little data can still be scored; ``data_share`` says how little.
    """
    low, high = bounds[:, 0], bounds[:, 1]
    is_constant = high == low
    width = np.where(is_constant, 1.0, high - low)
    unit = np.where(is_constant, 0.5, np.clip((values - low) / width, 0, 1))
    known = np.isfinite(values)
    known_weight = (known * weights).sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        points = 100 * np.where(known, unit, 0.0) * weights / known_weight
    has_data = known_weight[:, 0] > 0
    return Scores(
        # a sum of shares may end a rounding error above 100
        score=np.where(has_data, np.minimum(points.sum(axis=1), 100.0), np.nan),
        contributions=np.where(known_weight > 0, points, 0.0),
        data_share=known_weight[:, 0] / weights.sum(),
    )

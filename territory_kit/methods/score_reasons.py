"""Why an account has its score: the points of each criterion, the most important first."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.scoring import weighted_scores
from territory_kit.methods.sharing import share_whole

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reason:
    """What one criterion gives to the score of one account.

    Parameters
    ----------
    criterion
        Place of the criterion among the columns of the values, from 0.
    points
        Points of the score, 0 to 100.
    value
        Value of the account, in the unit of the criterion.
    """

    criterion: int
    points: float
    value: float


@dataclass(frozen=True)
class ScoreReasons:
    """Score of one account with its reasons.

    Parameters
    ----------
    score
        0 to 100; nan where no criterion is known.
    data_share
        Share of the total weight with data, 0 to 1.
    reasons
        Known criteria of some weight by falling points, equal points in the order of the criteria.
        ``math.fsum`` of their points is the score, to the last digit.
    """

    score: float
    data_share: float
    reasons: tuple[Reason, ...]


def score_reasons(values: Floats, weights: Floats, bounds: Floats) -> tuple[ScoreReasons, ...]:
    """Split the weighted score of each account into the points of its criteria.

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
    tuple of ScoreReasons
        One for each account. A criterion without a value is no reason: its weight is with the
        others, as in the score. A known one that gives no points is, since it explains a low score.

    Raises
    ------
    ParameterError
        If the shapes do not belong together, a weight is negative or unknown, all are 0, or a
        bound is not finite.

    Examples
    --------
    >>> weights, bounds = np.array([3.0, 1]), np.array([[0.0, 10], [0, 10]])
    >>> first = score_reasons(np.array([[5.0, 10]]), weights, bounds)[0]
    >>> first.score, first.reasons[0]
    (62.5, Reason(criterion=0, points=37.5, value=5.0))
    """
    _check(values, weights, bounds)
    scores = weighted_scores(values, weights, bounds)
    is_reason = np.isfinite(values) & (weights > 0)
    return tuple(
        ScoreReasons(
            score=float(score),
            data_share=float(data_share),
            reasons=_ordered(points, own, np.flatnonzero(counts), float(score)),
        )
        for score, data_share, points, own, counts in zip(
            scores.score, scores.data_share, scores.contributions, values, is_reason, strict=True
        )
    )


def whole_points(account: ScoreReasons) -> tuple[int, ...]:
    """Round the points of an account so that they add up to its rounded score.

    Parameters
    ----------
    account
        Score with its reasons.

    Returns
    -------
    tuple of int
        Points in the order of the reasons, by the method of largest remainders; none where there
        is no score.

    Examples
    --------
    >>> thirds = tuple(Reason(place, 100 / 3, 1.0) for place in range(3))
    >>> whole_points(ScoreReasons(100.0, 1.0, thirds))
    (34, 33, 33)
    """
    if not account.reasons:
        return ()
    points = np.array([reason.points for reason in account.reasons])
    return tuple(int(part) for part in share_whole(points, round(account.score)))


def _ordered(
    points: Floats, own: Floats, criteria: NDArray[np.intp], score: float
) -> tuple[Reason, ...]:
    by_points = sorted(criteria.tolist(), key=lambda criterion: (-points[criterion], criterion))
    exact = _exact([float(points[criterion]) for criterion in by_points], score)
    return tuple(
        Reason(criterion, part, float(own[criterion]))
        for criterion, part in zip(by_points, exact, strict=True)
    )


def _exact(points: list[float], score: float) -> list[float]:
    """Let the largest parts take the rounding errors, so that the sum is exactly the score."""
    parts = list(points)
    for place in range(len(parts)):
        if math.fsum(parts) == score:
            break
        parts[place] += math.fsum([score, *(-part for part in parts)])
    return parts


def _check(values: Floats, weights: Floats, bounds: Floats) -> None:
    if values.shape[1:] != weights.shape or bounds.shape != (*weights.shape, 2):
        raise ParameterError(
            "Values, weights and bounds are not of the same criteria",
            value=f"shapes {values.shape}, {weights.shape} and {bounds.shape}",
            where="values, weights, bounds",
            remedy="Give one weight and two bounds for each column of values.",
        )
    if not (weights >= 0).all() or not 0 < weights.sum() < math.inf:
        raise ParameterError(
            "Weights are negative, unknown or all 0",
            value=", ".join(f"{weight:g}" for weight in weights),
            where="weights",
            remedy="Give 0 or more, and more than 0 to at least one criterion.",
        )
    rows = np.flatnonzero(~np.isfinite(bounds).all(axis=1))
    if len(rows):
        raise ParameterError(
            "Bounds are unknown",
            value=", ".join(f"{bound:g}" for bound in bounds[rows[0]]),
            where=f"bounds; criterion {rows[0]}",
            remedy="Give the values that score 0 and 100.",
        )

"""How territories compare: index, size against quality, ranks, and dependence on few customers.

Size is how much work a territory is; quality is how much value an hour of it meets. A large
territory may be poor, and a small one rich.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from territory_kit.errors import ParameterError
from territory_kit.methods.balance import deviations
from territory_kit.methods.classes import territory_qualities
from territory_kit.methods.market import herfindahl

RISK_SHARE = 0.6
LEAST_RANKS_COUNT = 3
# Shares that are closer than this are equal: the rest is rounding.
_DIGITS = 9

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class TerritoryIndex:
    """Territories against the average one, which is 100.

    Parameters
    ----------
    by_measure
        Index of each measure, shape (n_territories, n_measures). Read it first: in the blend a
        large measure hides a small one.
    blended
        Weighted mean of these, shape (n_territories,).
    ranks
        Rank by the blend, 1 for the highest, equal ones sharing the better rank, shape
        (n_territories,); nan for a single territory.
    has_total
        Whether a measure adds up to something, shape (n_measures,); where not, all have 100.
    """

    by_measure: Floats
    blended: Floats
    ranks: Floats
    has_total: Bools


@dataclass(frozen=True)
class CustomerConcentration:
    """How much a territory depends on few customers.

    Parameters
    ----------
    herfindahl
        Sum of squared shares, 0 to 1.
    effective_count
        Customers of equal size that would be as concentrated; nan without any value.
    largest_share
        Share of the largest customer, 0 to 1.
    is_at_risk
        Whether that share reaches the limit.
    """

    herfindahl: float
    effective_count: float
    largest_share: float
    is_at_risk: bool


def territory_index(measures: Floats, weights: Floats) -> TerritoryIndex:
    """Compute the index of each territory: 100 is the average one.

    Parameters
    ----------
    measures
        Measures of each territory, such as potential, sales, hours or growth as a factor, shape
        (n_territories, n_measures). Single ones may be negative, the sum of a measure may not.
    weights
        Weight of each measure in the blend, shape (n_measures,), 0 or more, at least one above 0;
        made to sum to 1.

    Returns
    -------
    TerritoryIndex
        Index by measure and blended, with ranks.

    Raises
    ------
    ParameterError
        When a measure is unknown or sums to less than 0, or no weight is above 0.

    References
    ----------
    Alexander Group, territory balancing index.

    Examples
    --------
    >>> measures = np.array([[80.0, 9.0], [120.0, 11.0]])
    >>> territory_index(measures, np.array([0.5, 0.5])).blended.round(6).tolist()
    [85.0, 115.0]
    """
    _require_measures(measures, weights)
    full = np.ones(len(measures))
    by_measure = np.column_stack([100 * (1 + deviations(column, full)) for column in measures.T])
    blended = by_measure @ (weights / weights.sum())
    is_alone = len(measures) == 1
    ranks = np.full(1, np.nan) if is_alone else rankdata(-np.round(blended, _DIGITS), method="min")
    return TerritoryIndex(by_measure, blended, np.asarray(ranks, float), measures.sum(axis=0) != 0)


def value_per_hour(values: Floats, hours: Floats) -> Floats:
    """Compute the value of each territory for one hour of its work.

    Parameters
    ----------
    values
        Potential of each territory, money per year, shape (n_territories,), 0 or more.
    hours
        Workload of each territory, hours per year, shape (n_territories,), 0 or more.

    Returns
    -------
    numpy.ndarray
        Money per hour, shape (n_territories,); nan where there is no work.

    Raises
    ------
    ParameterError
        When the columns differ in length, or a number is negative or unknown.
    """
    _require_values_and_hours(values, hours)
    unknown = np.full(len(hours), np.nan)
    return np.asarray(np.divide(values, hours, out=unknown, where=hours > 0))


def rate_territories(values: Floats, hours: Floats) -> Texts:
    """Rate territories high, medium or low by value for one hour of work, not by value.

    Parameters
    ----------
    values
        Potential of each territory, money per year, shape (n_territories,), 0 or more.
    hours
        Workload of each territory, hours per year, shape (n_territories,), 0 or more.

    Returns
    -------
    numpy.ndarray
        "high", "medium", "low" or "n/a", shape (n_territories,), by the rules of
        `classes.territory_qualities`.

    Raises
    ------
    ParameterError
        When the columns differ in length, or a number is negative or unknown.
    """
    return territory_qualities(value_per_hour(values, hours))


def size_and_quality(values: Floats, hours: Floats) -> Texts:
    """Place territories in the four fields of size against quality.

    Parameters
    ----------
    values
        Potential of each territory, money per year, shape (n_territories,), 0 or more.
    hours
        Workload of each territory, hours per year, shape (n_territories,), 0 or more.

    Returns
    -------
    numpy.ndarray
        "big and rich", "big and poor", "small and rich" or "small and poor", shape
        (n_territories,); "n/a" without work and for a single territory. What is average counts as
        big, or rich.

    Raises
    ------
    ParameterError
        When the columns differ in length, or a number is negative or unknown.

    Notes
    -----
    Size is hours against their mean over territories with work, quality is value for one hour
    against all value over all hours. Size calls for other borders, quality for another number of
    people or other targets.
    """
    quality = value_per_hour(values, hours)
    is_rated = np.isfinite(quality)
    fields = np.full(len(hours), "n/a", dtype=object)
    if is_rated.sum() <= 1:
        return fields
    mean_hours = hours[is_rated].mean()
    mean_quality = values[is_rated].sum() / hours[is_rated].sum()
    is_big = np.round(hours / mean_hours - 1, _DIGITS) >= 0
    # without any value all are as rich as the average
    scale = mean_quality if mean_quality > 0 else 1.0
    is_rich = np.round((quality - mean_quality) / scale, _DIGITS) >= 0
    names = np.array([["small and poor", "small and rich"], ["big and poor", "big and rich"]])
    fields[is_rated] = names[is_big.astype(int), is_rich.astype(int)][is_rated]
    return fields


def rank_agreement(model: Floats, field: Floats) -> float:
    """Compute how far two orders of territories agree: Spearman's rank correlation.

    Parameters
    ----------
    model
        Rank or value that the model gives each territory, shape (n_territories,); nan where none.
    field
        Rank or value that the field gives it, in the same direction, shape (n_territories,); nan
        where none.

    Returns
    -------
    float
        1 for the same order, -1 for the opposite one. Equal ones share the mean of their ranks.
        nan for fewer than three territories with both, or when all are equal in one.

    Raises
    ------
    ParameterError
        When the columns differ in length.

    References
    ----------
    Spearman, C. (1904), "The Proof and Measurement of Association Between Two Things", American
    Journal of Psychology 15(1).

    Examples
    --------
    >>> rank_agreement(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    0.5
    """
    _require_same_length(model, field)
    both = np.isfinite(model) & np.isfinite(field)
    if both.sum() < LEAST_RANKS_COUNT:
        return math.nan
    ours, theirs = (rankdata(ranks[both]) - (both.sum() + 1) / 2 for ranks in (model, field))
    spread = math.sqrt(float(ours @ ours) * float(theirs @ theirs))
    return float(ours @ theirs) / spread if spread > 0 else math.nan


def customer_concentration(
    values: Floats, *, risk_share: float = RISK_SHARE
) -> CustomerConcentration:
    """Measure how much a territory depends on its largest customers.

    Parameters
    ----------
    values
        Sales or potential of each customer of the territory, money per year, shape
        (n_customers,), 0 or more.
    risk_share
        Share of the largest customer from which the territory is at risk, above 0 and at most 1.

    Returns
    -------
    CustomerConcentration
        Concentration, effective number of customers and the flag; no risk without any value.

    Raises
    ------
    ParameterError
        When a value is negative or unknown, or the limit is out of its range.

    Examples
    --------
    >>> customer_concentration(np.array([60.0, 20.0, 20.0])).is_at_risk
    True
    """
    if not 0 < risk_share <= 1:
        raise _refusal(
            "The share that is a risk must be above 0 and at most 1",
            f"{risk_share:g}",
            "Give 0.6 for 60 %.",
        )
    _require_known("value of each customer", values)
    total = float(values.sum())
    concentration = herfindahl(values)
    largest = float(values.max()) / total if total > 0 else 0.0
    return CustomerConcentration(
        herfindahl=concentration,
        effective_count=1 / concentration if concentration > 0 else math.nan,
        largest_share=largest,
        is_at_risk=round(largest, _DIGITS) >= risk_share,
    )


def _require_measures(measures: Floats, weights: Floats) -> None:
    if measures.ndim != 2 or not measures.size or measures.shape[1] != len(weights):  # noqa: PLR2004 - rows and columns
        raise _refusal(
            "Each territory needs each measure, and each measure a weight",
            f"{measures.shape} and {len(weights)}",
            "Give a row for each territory and a weight for each column.",
        )
    if not np.isfinite(measures).all() or (measures.sum(axis=0) < 0).any():
        raise _refusal(
            "Each measure must be known and sum to 0 or more",
            str(measures.sum(axis=0).tolist()),
            "Complete it; give growth as a factor, 0.97 for 3 % less.",
        )
    if not (weights >= 0).all() or not 0 < weights.sum() < math.inf:
        raise _refusal(
            "Weights must be 0 or more and one of them above 0",
            str(weights.tolist()),
            "Give the measure that matters a weight above 0.",
        )


def _require_values_and_hours(values: Floats, hours: Floats) -> None:
    _require_same_length(values, hours)
    _require_known("value of each territory", values)
    _require_known("workload of each territory", hours)


def _require_same_length(first: Floats, second: Floats) -> None:
    if len(first) != len(second):
        raise _refusal(
            "Both columns must have one entry for each territory",
            f"{len(first)} and {len(second)}",
            "Give columns of the same territories in the same order.",
        )


def _require_known(name: str, values: Floats) -> None:
    if not ((values >= 0) & np.isfinite(values)).all():
        raise _refusal(
            f"The {name} must be known and 0 or more",
            str(values.tolist()),
            "Leave credits out, and give 0 where there is nothing.",
        )


def _refusal(what: str, value: str, remedy: str) -> ParameterError:
    return ParameterError(what, value=value, where="territory quality", remedy=remedy)

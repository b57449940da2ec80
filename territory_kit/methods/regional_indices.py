"""Regions against the nation: buying power, category and brand development, and their reading."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]
Reading = Literal["strong", "whitespace", "watch", "weak", "undefined"]

# Of income, retail sales and population, in this order.
BUYING_POWER_WEIGHTS = (0.5, 0.3, 0.2)
AVERAGE_INDEX = 100.0
# Figures that are equal on paper differ by this much in the computer.
_ROUNDING = 1e-9


def buying_power_index(
    regional: Floats, national: Floats, *, weights: Sequence[float] = BUYING_POWER_WEIGHTS
) -> Floats:
    """Compute the buying power index of regions: their weighted share of the nation, 0 to 1.

    Parameters
    ----------
    regional
        Measures of each region, shape (n_regions, n_measures), 0 or more, at most the national
        total; nan where unknown. With the default weights: income, retail sales, population.
    national
        Total of each measure in the same unit and year, shape (n_measures,), above 0.
    weights
        Weight of each measure, 0 or more, together 1. Business markets take other measures, such
        as establishments, employment and purchases, with weights of their own.

    Returns
    -------
    numpy.ndarray
        Index of each region, shape (n_regions,); nan where a measure is unknown. The indices of
        regions that make up the nation add up to 1.

    Raises
    ------
    ParameterError
        When weights are negative, do not add up to 1 or do not match the measures, when a national
        total is not above 0, or when a region has less than nothing or more than the nation.

    References
    ----------
    Sales and Marketing Management, "Survey of Buying Power", yearly.

    Examples
    --------
    >>> nation = np.array([5.2e12, 3.3e12, 330e6])
    >>> [round(float(i), 9) for i in buying_power_index(np.array([[1.5e9, 0.75e9, 5e4]]), nation)]
    [0.000242716]
    """
    _check_weights(weights)
    _check_measures(regional, national, count=len(weights))
    wrong_totals = np.flatnonzero(~((national > 0) & np.isfinite(national)))
    if len(wrong_totals):
        raise ParameterError(
            "A national total is not above 0",
            value=", ".join(f"{national[i]:g}" for i in wrong_totals),
            where=f"measure {', '.join(str(i + 1) for i in wrong_totals)}",
            remedy="Give the total of the whole nation for each measure.",
        )
    remedy = "Give regions and nation in the same unit and year."
    _refuse_rows(regional < 0, "The measure of a region is below 0", remedy)
    too_large = regional > national * (1 + _ROUNDING)
    _refuse_rows(too_large, "A region has more than the nation", remedy)
    return np.asarray((regional / national) @ np.asarray(weights, dtype=np.float64))


def development_index(sales_shares: Floats, population_shares: Floats) -> Floats:
    """Compute the development index of regions: sales against population, 100 is the average.

    Parameters
    ----------
    sales_shares
        Share of the nation's sales in each region, shape (n_regions,), 0 to 1; nan where unknown.
        Sales of the whole category give the category development index (CDI), sales of the own
        brand the brand development index (BDI).
    population_shares
        Share of the nation's population in each region, shape (n_regions,), 0 to 1; in business
        markets the share of establishments or employees.

    Returns
    -------
    numpy.ndarray
        Index of each region, shape (n_regions,); nan where a share is unknown or nobody lives.

    Raises
    ------
    ParameterError
        When the shapes differ or a share is not between 0 and 1.

    Notes
    -----
    In a small region a few sales more or less move the index far; draw it towards 100 before
    anybody acts on it.

    References
    ----------
    Babson College, "Brand Development Index and Category Development Index", promoprof.babson.edu.

    Examples
    --------
    >>> development_index(np.array([0.0072, 0.0117]), np.array([0.00387, 0.00387])).round()
    array([186., 302.])
    """
    _check_pair(sales_shares, population_shares, "sales_shares, population_shares")
    remedy = "Give shares of the nation from 0 to 1: 12 % is 0.12."
    for name, shares in (("sales", sales_shares), ("population", population_shares)):
        is_wrong = (shares < 0) | (shares > 1 + _ROUNDING)
        _refuse_rows(is_wrong, f"A share of {name} is not between 0 and 1", remedy)
    return _percent(sales_shares, population_shares)


def opportunity_index(category_index: Floats, brand_index: Floats) -> Floats:
    """Compute how far the brand is developed where the category is, in percent: 100·BDI/CDI.

    Parameters
    ----------
    category_index
        Category development index of each region, shape (n_regions,), 0 or more or nan.
    brand_index
        Brand development index of each region, shape (n_regions,), 0 or more or nan.

    Returns
    -------
    numpy.ndarray
        Below 100 where the brand lags behind its category, shape (n_regions,); nan where an index
        is undefined or the category sells nothing.

    Raises
    ------
    ParameterError
        When the shapes differ or an index is negative.
    """
    _check_indices(category_index, brand_index)
    return _percent(brand_index, category_index)


def opportunity_readings(
    category_index: Floats, brand_index: Floats, *, average: float = AVERAGE_INDEX
) -> Texts:
    """Read regions by their quadrant of category and brand development.

    Parameters
    ----------
    category_index
        Category development index of each region, shape (n_regions,), 0 or more or nan.
    brand_index
        Brand development index of each region, shape (n_regions,), 0 or more or nan.
    average
        Index from which on a region is high, above 0.

    Returns
    -------
    numpy.ndarray
        `Reading` of each region, shape (n_regions,): "strong" (both high), "whitespace" (category
        high, brand low: the market is there and we are not), "watch" (category low, brand high:
        the brand has little left to win), "weak" (both low) or "undefined".

    Raises
    ------
    ParameterError
        When the shapes differ, an index is negative or the average is not above 0.

    References
    ----------
    Babson College, "Brand Development Index and Category Development Index", promoprof.babson.edu.
    """
    _check_indices(category_index, brand_index)
    if not 0 < average < math.inf:
        raise ParameterError(
            "The average that indices are read against is not above 0",
            value=f"{average:g}",
            where="average",
            remedy="Give a number above 0; 100 is the nation.",
        )
    is_wanted = category_index >= average - _ROUNDING
    is_ours = brand_index >= average - _ROUNDING
    known = np.isfinite(category_index) & np.isfinite(brand_index)
    conditions = [~known, is_wanted & is_ours, is_wanted, is_ours]
    readings: list[Reading] = ["undefined", "strong", "whitespace", "watch"]
    return np.select(conditions, readings, default="weak").astype(object)


def _percent(over: Floats, under: Floats) -> Floats:
    """Divide; over nothing, or next to nothing, the result is undefined."""
    with np.errstate(over="ignore"):
        percent = 100 * (over / np.where(under > 0, under, np.nan))
    return np.where(np.isfinite(percent), percent, np.nan)


def _check_weights(weights: Sequence[float]) -> None:
    is_negative = not all(weight >= 0 for weight in weights)
    if is_negative or not math.isclose(math.fsum(weights), 1, abs_tol=_ROUNDING):
        raise ParameterError(
            "The weights of the measures are no shares of 1",
            value=", ".join(f"{weight:g}" for weight in weights),
            where="weights",
            remedy="Give weights of 0 or more that add up to 1, such as 0.5, 0.3 and 0.2.",
        )


def _check_measures(regional: Floats, national: Floats, *, count: int) -> None:
    is_table = regional.shape == (*regional.shape[:1], count)
    if not is_table or national.shape != (count,):
        raise ParameterError(
            "Measures, national totals and weights do not match",
            value=f"regions of shape {regional.shape}, {national.size} totals, {count} weights",
            where="regional, national, weights",
            remedy="Give one column, one total and one weight for each measure.",
        )


def _check_indices(category_index: Floats, brand_index: Floats) -> None:
    _check_pair(category_index, brand_index, "category_index, brand_index")
    is_negative = (category_index < 0) | (brand_index < 0)
    _refuse_rows(is_negative, "A development index is below 0", "Give indices of 0 or more.")


def _check_pair(first: Floats, second: Floats, where: str) -> None:
    if first.shape != second.shape:
        raise ParameterError(
            "There is not one figure of each kind for every region",
            value=f"{first.size} and {second.size}",
            where=where,
            remedy="Give both for the same regions in the same order.",
        )


def _refuse_rows(is_wrong: NDArray[np.bool_], what: str, remedy: str) -> None:
    """Refuse the regions that are wrong, counted from 1."""
    rows = np.unique(np.nonzero(is_wrong)[0])
    if len(rows):
        named = list_ids([f"region {row + 1}" for row in rows])
        raise ParameterError(what, value=named, where="counted from 1", remedy=remedy)

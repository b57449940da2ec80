"""Recency, frequency and monetary value (RFM) of accounts, each scored 1 to 5.

A list of four cuts parts values into five bands and runs from the worst cut to the best; falling
cuts mean that less is better. A value on a cut has the better of the two scores, except on the
last cut, which the best score must pass. With the cuts below:

- recency in months: 5 is [0, 1), 4 is [1, 3], 3 is (3, 6], 2 is (6, 9], 1 is above 9
- frequency in orders: 5 is above 40, 4 is [30, 40], 3 is [20, 30), 2 is [10, 20), 1 is [0, 10)
- money: 5 is above 50,000, 4 is [20,000, 50,000], 3 is [10,000, 20,000), 2 is [5,000, 10,000), 1
  is below 5,000
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]
Dates = NDArray[np.datetime64]
Cuts = tuple[float, float, float, float]

RECENCY_CUTS_MONTHS: Cuts = (9, 6, 3, 1)
FREQUENCY_CUTS_COUNT: Cuts = (10, 20, 30, 40)
MONETARY_CUTS_AMOUNT: Cuts = (5_000, 10_000, 20_000, 50_000)
_SCORES_COUNT = 5


@dataclass(frozen=True, eq=False)
class RecencyFrequency:
    """Scores of accounts, 5 being best.

    Parameters
    ----------
    recency, frequency, monetary
        1 to 5, shape (n_accounts,); nan where the value is unknown.
    code
        The three as one number, 555 being best, shape (n_accounts,); nan where one is unknown.
    """

    recency: Floats
    frequency: Floats
    monetary: Floats
    code: Floats


def months_since(dates: Dates, now: np.datetime64) -> Floats:
    """Count the months of the calendar from each date to now; days do not count.

    Parameters
    ----------
    dates
        Date of the last order of each account, shape (n_accounts,); NaT where there is none.
    now
        Date that the accounts are seen from.

    Returns
    -------
    numpy.ndarray
        Months, shape (n_accounts,); nan where there is no date, negative after now.

    Examples
    --------
    >>> months_since(np.array(["2008-01-31"], "datetime64[D]"), np.datetime64("2008-07-01"))
    array([6.])
    """
    months = now.astype("datetime64[M]") - dates.astype("datetime64[M]")
    return np.where(np.isnat(dates), np.nan, months.astype(np.int64)).astype(np.float64)


def scores_by_bands(
    recency_months: Floats,
    frequency_count: Floats,
    monetary_amount: Floats,
    *,
    recency_cuts: Cuts = RECENCY_CUTS_MONTHS,
    frequency_cuts: Cuts = FREQUENCY_CUTS_COUNT,
    monetary_cuts: Cuts = MONETARY_CUTS_AMOUNT,
) -> RecencyFrequency:
    """Score accounts 1 to 5 by fixed bands, which other accounts cannot move.

    Parameters
    ----------
    recency_months
        Months since the last order, shape (n_accounts,), 0 or more; nan where there is none.
    frequency_count
        Orders in the period, shape (n_accounts,), 0 or more; nan where unknown.
    monetary_amount
        Money in the period, shape (n_accounts,); negative for credits, nan where unknown.
    recency_cuts
        Months, falling.
    frequency_cuts
        Orders, rising.
    monetary_cuts
        Money, rising.

    Returns
    -------
    RecencyFrequency
        The three scores and their code.

    Raises
    ------
    ParameterError
        If the arrays differ in length, a value is infinite, months or orders are negative, or
        cuts do not all fall or all rise.

    Notes
    -----
    The bands are those of a course example in which "1-3" stands beside "3-6"; the rule for
    values on a cut is the one that agrees with every printed sign (< 1, > 9, < 10, > 40, < 5k,
    > 50k) and with six months scored 3.

    Examples
    --------
    >>> scores_by_bands(np.array([2.0]), np.array([12.0]), np.array([6000.0])).code
    array([422.])
    """
    _check(recency_months, frequency_count, monetary_amount)
    _check_cuts(recency_cuts, "recency_cuts", is_rising=False)
    _check_cuts(frequency_cuts, "frequency_cuts", is_rising=True)
    _check_cuts(monetary_cuts, "monetary_cuts", is_rising=True)
    return _coded(
        _bands(-recency_months, tuple(-cut for cut in recency_cuts)),
        _bands(frequency_count, frequency_cuts),
        _bands(monetary_amount, monetary_cuts),
    )


def scores_by_quintiles(
    recency_months: Floats, frequency_count: Floats, monetary_amount: Floats
) -> RecencyFrequency:
    """Score accounts 1 to 5 by their rank among the others, a fifth of them each.

    Parameters
    ----------
    recency_months
        Months since the last order, shape (n_accounts,), 0 or more; nan where there is none.
    frequency_count
        Orders in the period, shape (n_accounts,), 0 or more; nan where unknown.
    monetary_amount
        Money in the period, shape (n_accounts,); negative for credits, nan where unknown.

    Returns
    -------
    RecencyFrequency
        The three scores and their code. Equal values have the score of the best of them, so that
        all have 5 where all are equal.

    Raises
    ------
    ParameterError
        If the arrays differ in length, a value is infinite, or months or orders are negative.

    References
    ----------
    Hughes, A. M. (1994), "Strategic Database Marketing", Probus.
    """
    _check(recency_months, frequency_count, monetary_amount)
    return _coded(
        _quintiles(-recency_months), _quintiles(frequency_count), _quintiles(monetary_amount)
    )


def _bands(values: Floats, cuts: tuple[float, ...]) -> Floats:
    reached = (values[:, np.newaxis] >= np.array(cuts[:-1])).sum(axis=1) + (values > cuts[-1])
    return np.where(np.isnan(values), np.nan, 1.0 + reached)


def _quintiles(values: Floats) -> Floats:
    known = ~np.isnan(values)
    ranks = rankdata(values[known], method="max").astype(np.int64)
    scores = np.full(len(values), np.nan)
    # the whole-number form of rounding 5 · rank / n up
    scores[known] = -(-_SCORES_COUNT * ranks // max(len(ranks), 1))
    return scores


def _coded(recency: Floats, frequency: Floats, monetary: Floats) -> RecencyFrequency:
    code = 100 * recency + 10 * frequency + monetary
    return RecencyFrequency(recency, frequency, monetary, code)


def _check(recency_months: Floats, frequency_count: Floats, monetary_amount: Floats) -> None:
    given = {
        "recency_months": recency_months,
        "frequency_count": frequency_count,
        "monetary_amount": monetary_amount,
    }
    lengths = [len(values) for values in given.values()]
    if len(set(lengths)) > 1:
        raise ParameterError(
            "The values are not of the same accounts",
            value=", ".join(str(length) for length in lengths),
            where=", ".join(given),
            remedy="Give one value of each kind for every account.",
        )
    for name, values in given.items():
        is_wrong = np.isinf(values) | ((values < 0) & (name != "monetary_amount"))
        if is_wrong.any():
            rows = np.flatnonzero(is_wrong)
            raise ParameterError(
                "Values are negative or without end",
                value=f"{values[rows[0]]:g}",
                where=f"{name}; row {rows[0]}, {len(rows)} in all",
                remedy="Correct them, or set missing (nan) what is unknown.",
            )


def _check_cuts(cuts: Cuts, name: str, *, is_rising: bool) -> None:
    steps = np.diff(cuts) if is_rising else -np.diff(cuts)
    if len(cuts) != _SCORES_COUNT - 1 or not (steps > 0).all():
        raise ParameterError(
            "The cuts do not run from the worst to the best",
            value=", ".join(f"{cut:g}" for cut in cuts),
            where=name,
            remedy=f"Give {_SCORES_COUNT - 1} numbers, each {'above' if is_rising else 'below'} "
            "the one before.",
        )

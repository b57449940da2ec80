"""Which measures are balanced, and within which limits: the options in the order they were given.

The first limit belongs to the first measure, the second to the second, whatever their kinds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from territory_kit.errors import ParameterError

DEFAULT_TOLERANCE_SHARE = 0.05
_BALANCE = "balance"
_TOLERANCE = "tolerance"


@dataclass(frozen=True)
class Balance:
    """A measure and its limits per territory: around the mean, or absolute.

    Parameters
    ----------
    column
        Column of the measure.
    tolerance_share
        Allowed share above and below the mean of all territories; None: the limits are absolute.
    lower, upper
        Absolute limits in the unit of the measure, inclusive.
    """

    column: str
    tolerance_share: float | None = DEFAULT_TOLERANCE_SHARE
    lower: float = 0.0
    upper: float = math.inf

    def limits(self, mean: float) -> tuple[float, float]:
        """Return the limits of a territory.

        Parameters
        ----------
        mean
            Sum of the measure over all units divided by the number of territories.

        Returns
        -------
        tuple of float
            Least and greatest sum, inclusive.
        """
        if self.tolerance_share is None:
            return self.lower, self.upper
        return max(mean * (1 - self.tolerance_share), 0.0), mean * (1 + self.tolerance_share)


def pair_limits(given: Sequence[tuple[str, str]]) -> tuple[Balance, ...]:
    """Give each measure its limit.

    Parameters
    ----------
    given
        Names and values of the options balance, tolerance and bounds, in their order.

    Returns
    -------
    tuple of Balance
        In the order of the measures. Where no limit is given at all, each has the tolerance 0.05.

    Raises
    ------
    ParameterError
        When there are not as many limits as measures, a measure is given twice, or a limit is no
        limit.

    Examples
    --------
    >>> pair_limits([("balance", "hours"), ("bounds", "900:1100")])
    (Balance(column='hours', tolerance_share=None, lower=900.0, upper=1100.0),)
    """
    columns = [value for name, value in given if name == _BALANCE]
    limits = [(name, value) for name, value in given if name != _BALANCE]
    _refuse_repeated(columns)
    if columns and not limits:
        return tuple(Balance(column) for column in columns)
    if len(columns) != len(limits):
        raise ParameterError(
            "There must be one limit for each measure",
            value=f"{len(columns)} times --balance, {len(limits)} times --tolerance or --bounds",
            remedy="Write each measure with its own limit: --balance hours --tolerance 0.05 "
            "--balance revenue --bounds 900:1100.",
        )
    return tuple(
        _with_tolerance(column, value) if name == _TOLERANCE else _with_bounds(column, value)
        for column, (name, value) in zip(columns, limits, strict=True)
    )


def _refuse_repeated(columns: Sequence[str]) -> None:
    repeated = [column for column in dict.fromkeys(columns) if columns.count(column) > 1]
    if repeated:
        raise ParameterError(
            "A measure is balanced twice",
            value=", ".join(repeated),
            where="--balance",
            remedy="Give each measure once, with one limit.",
        )


def _with_tolerance(column: str, value: str) -> Balance:
    share = _number(value)
    if share is None or not 0 <= share < math.inf:
        raise ParameterError(
            "The tolerance is no share",
            value=value,
            where=f"--tolerance of {column}",
            remedy="Write a number of 0 or more with a point: 0.05 allows 5 % above and below the "
            "mean.",
        )
    return Balance(column, share)


def _with_bounds(column: str, value: str) -> Balance:
    low_text, colon, high_text = value.partition(":")
    low, high = _number(low_text or "0"), _number(high_text or "inf")
    is_pair = bool(colon) and value != ":" and low is not None and high is not None
    if low is None or high is None or not is_pair or not 0 <= low <= high or low == math.inf:
        raise ParameterError(
            "The bounds are no limits",
            value=value,
            where=f"--bounds of {column}",
            remedy="Write LOW:HIGH with numbers of 0 or more, the smaller one first, such as "
            "900:1100. One may be left out: 900: or :1100.",
        )
    return Balance(column, None, low, high)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number

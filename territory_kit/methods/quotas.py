"""Quotas of territories: shared from a goal, added up from accounts, and how hard they are.

Amounts are whole units of the plan's currency and add up exactly, whatever the order of the rows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids
from territory_kit.methods.quota_sharing import (
    base_shares,
    checked_amounts,
    round_half_up,
    share_goal,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]
BandReading = Literal["below", "within", "above", "undefined"]

# Ratios of potential per quota to its median that still count as fair.
FAIR_BAND = (0.8, 1.2)
_ROUNDING = 1e-9


@dataclass(frozen=True)
class QuotaBase:
    """What a goal is shared by: the weight of each base, 0 or more, together 1.

    Parameters
    ----------
    even, prior_year, potential
        Weight of equal parts, of the revenue of the year before, and of potential.
    """

    even: float = 0.0
    prior_year: float = 0.0
    potential: float = 0.0

    def __post_init__(self) -> None:
        weights = (self.even, self.prior_year, self.potential)
        if not min(weights) >= 0 or not math.isclose(sum(weights), 1, abs_tol=_ROUNDING):
            raise ParameterError(
                "The weights of the bases are no shares of 1",
                value=f"even {weights[0]:g}, prior year {weights[1]:g}, potential {weights[2]:g}",
                where="base of quotas",
                remedy="Give weights of 0 or more that add up to 1.",
            )


@dataclass(frozen=True, eq=False)
class TopDownQuotas:
    """A goal shared over territories.

    Parameters
    ----------
    amounts
        Quota of each territory, shape (n_territories,), whole units of currency, 0 or more.
    fell_back
        Whether potential stands in for a missing prior year, shape (n_territories,).
    even_bases
        Bases that were 0 in all territories and therefore gave equal parts.
    """

    amounts: Ints
    fell_back: Bools
    even_bases: tuple[str, ...]


def top_down_quotas(
    ids: Sequence[str],
    goal_amount: int,
    *,
    by: QuotaBase,
    prior_year: Floats | None = None,
    potential: Floats | None = None,
    sizes: Floats | None = None,
) -> TopDownQuotas:
    """Share a company goal over territories, in whole units of currency.

    Parameters
    ----------
    ids
        Identifier of each territory, at least one, each once.
    goal_amount
        Goal, whole units of currency, 0 to 10^14.
    by
        Weights of the bases. Each base shares its own part of the goal.
    prior_year
        Revenue of the year before, money, shape (n_territories,), 0 or more; nan where missing.
    potential
        Potential, money per year, shape (n_territories,), 0 or more; needed where it has a weight
        or a prior year is missing.
    sizes
        Size of each territory against one that is full for the whole year, as `prorated_sizes`
        gives them, shape (n_territories,), 0 or more; None when all are full. What a smaller one
        does not take is asked of the others. Where a base already is that of a smaller territory,
        its size is 1.

    Returns
    -------
    TopDownQuotas
        Quotas that add up to the goal, and what had to stand in for missing bases.

    Raises
    ------
    ParameterError
        When the goal, identifiers, amounts or sizes are not as above, or a base is missing.

    Notes
    -----
    A territory without prior year gets its share by potential; the others share the rest by theirs.
    """
    ones = np.ones(len(ids))
    full = checked_amounts("sizes", ones if sizes is None else sizes, ids)
    fell_back = np.zeros(len(ids), dtype=bool)
    parts: dict[str, tuple[Floats, bool]] = {}
    if by.even > 0:
        parts["even"] = base_shares(ones, full)
    if by.prior_year > 0:
        prior = checked_amounts("prior_year", prior_year, ids, may_lack=True)
        fell_back = np.isnan(prior)
        stand_in = checked_amounts("potential", potential, ids) if fell_back.any() else prior
        parts["prior_year"] = _prior_shares(prior, stand_in, full)
    if by.potential > 0:
        parts["potential"] = base_shares(checked_amounts("potential", potential, ids), full)
    shares = np.sum([getattr(by, name) * part for name, (part, _) in parts.items()], axis=0)
    if goal_amount and not full.any():
        raise ParameterError(
            "No territory can carry a quota",
            value="all sizes are 0",
            where="sizes",
            remedy="Give at least one territory a size above 0, or a goal of 0.",
        )
    return TopDownQuotas(
        amounts=share_goal(ids, shares, goal_amount),
        fell_back=fell_back,
        even_bases=tuple(name for name, (_, is_even) in parts.items() if is_even),
    )


def bottom_up_quotas(
    ids: Sequence[str], territory: Ints, expectations: Floats
) -> tuple[Ints, Ints, float]:
    """Add up the expectations of accounts by territory, in whole units of currency.

    Parameters
    ----------
    ids
        Identifier of each territory, at least one, each once.
    territory
        Territory of each account from 0, shape (n_accounts,); -1 for none.
    expectations
        Revenue expected of each account, money, shape (n_accounts,), 0 or more; nan where unknown.

    Returns
    -------
    tuple of numpy.ndarray, numpy.ndarray and float
        Quotas, shape (n_territories,), that add up to all expectations rounded once; the number of
        accounts without expectation in each territory; the money expected outside territories.

    Raises
    ------
    ParameterError
        When there is not one expectation for each account, one is negative or without end, or a
        territory does not exist.
    """
    rows = [f"row {row}" for row in range(1, len(territory) + 1)]
    checked_amounts("expectations", expectations, rows, may_lack=True)
    is_wrong = (territory < -1) | (territory >= len(ids))
    if is_wrong.any():
        raise ParameterError(
            "The territory of an account does not exist",
            value=list_ids([rows[place] for place in np.flatnonzero(is_wrong).tolist()]),
            where="territory",
            remedy=f"Give -1 or a number from 0 to {len(ids) - 1}.",
        )
    expected = np.nan_to_num(expectations)
    # fsum: the same sum whatever the order of the accounts
    sums = np.array([math.fsum(expected[territory == i]) for i in range(len(ids))])
    unknown = np.isnan(expectations) & (territory >= 0)
    counts = np.bincount(territory[unknown], minlength=len(ids))
    amounts = share_goal(ids, sums, round_half_up(math.fsum(sums)))
    return amounts, counts, math.fsum(expected[territory < 0])


def quota_band(
    potential: Floats, quotas: Ints, *, band: tuple[float, float] = FAIR_BAND
) -> tuple[Floats, Texts]:
    """Compare potential per quota with that of the typical territory.

    Parameters
    ----------
    potential
        Potential, money per year, shape (n_territories,), 0 or more; nan where unknown.
    quotas
        Quota, money per year, shape (n_territories,), 0 or more.
    band
        Lowest and highest ratio to the median that still is fair, around 1.

    Returns
    -------
    tuple of numpy.ndarray
        Potential per quota over its median, shape (n_territories,), nan where there is no quota or
        no known potential, everywhere if the median is 0; and a `BandReading` of each: "below" is
        little potential for the quota, hence a hard one, "above" an easy one.

    Raises
    ------
    ParameterError
        When there is not one quota for each potential, one is negative, or the band leaves out 1.
    """
    low, high = band
    if not 0 <= low <= 1 <= high:
        raise ParameterError(
            "The band of fair quotas does not hold the typical territory",
            value=f"{low:g} to {high:g}",
            where="band",
            remedy="Give a lowest ratio from 0 to 1 and a highest one of 1 or more.",
        )
    rows = [f"territory {row}" for row in range(1, len(potential) + 1)]
    amounts = checked_amounts("quotas", quotas.astype(np.float64), rows)
    checked_amounts("potential", potential, rows, may_lack=True)
    coverage = potential / np.where(amounts > 0, amounts, np.nan)
    known = coverage[np.isfinite(coverage)]
    median = float(np.median(known)) if len(known) else 0.0
    with np.errstate(over="ignore"):
        ratio = coverage / (median or np.nan)
    conditions = [np.isnan(ratio), ratio < low - _ROUNDING, ratio > high + _ROUNDING]
    readings: list[BandReading] = ["undefined", "below", "above"]
    return ratio, np.select(conditions, readings, default="within").astype(object)


def _prior_shares(prior: Floats, potential: Floats, sizes: Floats) -> tuple[Floats, bool]:
    """Share by the year before; who has none gets a share by potential first."""
    lacks = np.isnan(prior)
    by_potential, is_even = base_shares(potential, sizes)
    if not lacks.any() or lacks.all():
        return by_potential, is_even
    first = np.where(lacks, by_potential, 0.0)
    rest, rest_is_even = base_shares(np.where(lacks, 0.0, prior), np.where(lacks, 0.0, sizes))
    return first + rest * max(0.0, 1 - math.fsum(first)), is_even or rest_is_even

"""Rates and means of reps with little data, drawn towards what all reps have in common.

A rep with 2 of 3 deals won is hardly the best closer of the team. How far each figure is drawn
depends on how much it is worth: on the number of deals, and on how much reps differ beyond chance.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from territory_kit.errors import ParameterError, list_ids

# Fewer reps say nothing about how much reps differ.
FEWEST_REPS_COUNT = 4
# A prior found from reps weighs at least a deal, so that who has lost nothing is not held perfect.
LEAST_PRIOR_DEALS_COUNT = 1.0
# Degrees of freedom that estimating the common mean and the factor takes.
LOST_DEGREES_COUNT = 3

Floats = NDArray[np.float64]
Source = Literal["reps", "given", "pooled"]


@dataclass(frozen=True)
class RatePrior:
    """What is held of a win rate before any deal is seen.

    Parameters
    ----------
    rate_share
        Expected win rate, between 0 and 1, both excluded.
    deals_count
        Deals of a rep that weigh as much as this, above 0.

    Raises
    ------
    ParameterError
        A value is out of range.
    """

    rate_share: float
    deals_count: float

    def __post_init__(self) -> None:
        if not (0 < self.rate_share < 1 and 0 < self.deals_count < np.inf):
            raise ParameterError(
                "The expected win rate before any deal cannot be used",
                value=f"rate {self.rate_share:g}, worth {self.deals_count:g} deals",
                where="prior",
                remedy="Give a rate between 0 and 1, such as 0.25, and a worth above 0 deals.",
            )


@dataclass(frozen=True, eq=False)
class WinRates:
    """Win rates of reps after shrinkage.

    Parameters
    ----------
    rate_share
        Win rate, 0 to 1, shape (n_reps,).
    low_share, high_share
        Ends of the interval, shape (n_reps,).
    deals_count
        Deals behind each rate, shape (n_reps,); to be shown beside it.
    centre_share
        Rate that all are drawn towards.
    prior_deals_count
        Deals that the centre weighs; infinite when pooled.
    source
        Where the centre comes from: "reps", "given" (too few reps) or "pooled" (reps differ by no
        more than chance, so that all have one rate).
    """

    rate_share: Floats
    low_share: Floats
    high_share: Floats
    deals_count: Floats
    centre_share: float
    prior_deals_count: float
    source: Source


@dataclass(frozen=True, eq=False)
class ShrunkMeans:
    """Means of reps after shrinkage.

    Parameters
    ----------
    values
        Means, shape (n_reps,), unit of the input; nan where that was unknown.
    centre
        Value that all are drawn towards, same unit.
    kept_share
        Part of each rep's distance from the centre that is kept, 0 to 1.
    source
        Where centre and part come from, as for win rates.
    """

    values: Floats
    centre: float
    kept_share: float
    source: Source


@dataclass(frozen=True)
class MeanPrior:
    """What is held of a mean before any data is seen.

    Parameters
    ----------
    mean
        Expected value, unit of the values.
    variance
        Variance of true means between reps, unit squared, 0 or more.

    Raises
    ------
    ParameterError
        The mean is unknown, or the variance is below 0 or unknown.
    """

    mean: float
    variance: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and 0 <= self.variance < np.inf):
            raise ParameterError(
                "The expected mean before any data cannot be used",
                value=f"mean {self.mean:g}, variance {self.variance:g}",
                where="prior",
                remedy="Give a known mean and a variance of 0 or more.",
            )


def shrink_win_rates(
    wins: Floats, deals: Floats, *, prior: RatePrior | None = None, interval_share: float = 0.9
) -> WinRates:
    """Compute win rates of reps by empirical Bayes, with an interval, as shares.

    Parameters
    ----------
    wins
        Deals won, shape (n_reps,), 0 or more.
    deals
        Deals decided, won or lost, shape (n_reps,), at least the wins.
    prior
        Expected win rate; used when fewer than four reps have any deal, not looked at otherwise.
    interval_share
        Chance that a true rate lies in its interval, between 0 and 1.

    Returns
    -------
    WinRates
        Rates with intervals; a rep without deals has the rate of the centre.

    Raises
    ------
    ParameterError
        Deals are unknown, below 0 or fewer than the wins, the interval is out of range, or there
        are too few reps and no prior.

    Notes
    -----
    Each true rate is taken as drawn from one beta distribution, whose mean is that of all deals and
    whose width comes from the variance of the rates that is left after chance, by moments. When
    none is left, the rate of all deals stands for everyone, with the interval of Jeffreys.

    References
    ----------
    Kleinman, J. C. (1973), "Proportions with Extraneous Variance: Single and Independent Samples",
    Journal of the American Statistical Association 68(341).

    Examples
    --------
    >>> found = shrink_win_rates(np.array([2.0, 4, 6, 8]), np.array([10.0, 10, 10, 10]))
    >>> found.rate_share.round(3).tolist(), round(found.prior_deals_count, 3)
    ([0.292, 0.431, 0.569, 0.708], 4.4)
    """
    _check_deals(wins, deals)
    _check_interval(interval_share)
    reps_count = int((deals > 0).sum())
    if reps_count < FEWEST_REPS_COUNT:
        if prior is None:
            raise _too_few(reps_count)
        return _posterior(wins, deals, prior, source="given", interval_share=interval_share)
    weight = _prior_deals(wins[deals > 0], deals[deals > 0])
    if np.isinf(weight):
        return _pooled(wins, deals, interval_share)
    found = RatePrior(float(wins.sum() / deals.sum()), weight)
    return _posterior(wins, deals, found, source="reps", interval_share=interval_share)


def shrink_means(
    values: Floats, *, sampling_variance: float, prior: MeanPrior | None = None
) -> ShrunkMeans:
    """Compute means of reps drawn towards their common mean (James-Stein), unit of the values.

    Parameters
    ----------
    values
        Mean of each rep, shape (n_reps,); nan where unknown.
    sampling_variance
        Variance of each mean by chance alone, unit squared, above 0; for a rate p of n deals
        p·(1 - p) / n.
    prior
        Expected mean and variance; used when fewer than four values are known.

    Returns
    -------
    ShrunkMeans
        Values, centre and the part of the distance that is kept.

    Raises
    ------
    ParameterError
        The variance is not above 0, or fewer than four values are known and there is no prior.

    Notes
    -----
    All means are taken as equally certain. The part kept is 1 - (k - 3)·variance / sum of squared
    distances from the mean of k reps, and not below 0.

    References
    ----------
    Efron, B., Morris, C. (1975), "Data Analysis Using Stein's Estimator and its Generalizations",
    Journal of the American Statistical Association 70(350), doi:10.1080/01621459.1975.10479864.
    """
    if not 0 < sampling_variance < np.inf:
        raise ParameterError(
            "The variance by chance must be above 0",
            value=f"{sampling_variance:g}",
            where="sampling_variance",
            remedy="Give the variance of one rep's mean, such as p·(1 - p) / n for a rate.",
        )
    known = values[np.isfinite(values)]
    if len(known) < FEWEST_REPS_COUNT:
        if prior is None:
            raise _too_few(len(known))
        kept = prior.variance / (prior.variance + sampling_variance)
        return ShrunkMeans(prior.mean + kept * (values - prior.mean), prior.mean, kept, "given")
    centre = float(known.mean())
    squares = float(((known - centre) ** 2).sum())
    by_chance = (len(known) - LOST_DEGREES_COUNT) * sampling_variance
    kept = 1 - by_chance / squares if squares > by_chance else 0.0
    source: Source = "reps" if kept > 0 else "pooled"
    return ShrunkMeans(centre + kept * (values - centre), centre, kept, source)


def _prior_deals(wins: Floats, deals: Floats) -> float:
    """Return the deals that the common rate weighs, by moments; infinite without differences."""
    weights = deals / deals.sum()
    centre = float(wins.sum() / deals.sum())
    by_chance = float((weights * (1 - weights) / deals).sum())
    by_reps = float((weights * (1 - weights) * (1 - 1 / deals)).sum())
    variance = float((weights * (wins / deals - centre) ** 2).sum())
    spread = variance - centre * (1 - centre) * by_chance
    if spread <= 0 or by_reps <= 0:
        return float("inf")
    correlation = spread / (centre * (1 - centre) * by_reps)
    return max((1 - correlation) / correlation, LEAST_PRIOR_DEALS_COUNT)


def _posterior(
    wins: Floats, deals: Floats, prior: RatePrior, *, source: Source, interval_share: float
) -> WinRates:
    won = wins + prior.rate_share * prior.deals_count
    lost = deals - wins + (1 - prior.rate_share) * prior.deals_count
    tail = (1 - interval_share) / 2
    return WinRates(
        rate_share=won / (won + lost),
        low_share=betaincinv(won, lost, tail),
        high_share=betaincinv(won, lost, 1 - tail),
        deals_count=deals,
        centre_share=prior.rate_share,
        prior_deals_count=prior.deals_count,
        source=source,
    )


def _pooled(wins: Floats, deals: Floats, interval_share: float) -> WinRates:
    won, lost = float(wins.sum()), float((deals - wins).sum())
    tail = (1 - interval_share) / 2
    # an interval must hold the rate that it belongs to, also when all deals end alike
    low = betaincinv(won + 0.5, lost + 0.5, tail) if won > 0 else 0.0
    high = betaincinv(won + 0.5, lost + 0.5, 1 - tail) if lost > 0 else 1.0
    rate = won / (won + lost)
    return WinRates(
        rate_share=np.full(len(deals), rate),
        low_share=np.full(len(deals), low),
        high_share=np.full(len(deals), high),
        deals_count=deals,
        centre_share=rate,
        prior_deals_count=float("inf"),
        source="pooled",
    )


def _too_few(reps_count: int) -> ParameterError:
    return ParameterError(
        "Too few reps have data to say how much reps differ",
        value=f"{reps_count} of at least {FEWEST_REPS_COUNT}",
        remedy="Give what you expect of a rep before any data as the prior.",
    )


def _check_deals(wins: Floats, deals: Floats) -> None:
    if wins.shape != deals.shape:
        raise ParameterError(
            "Wins and deals do not belong to the same reps",
            value=f"{len(wins)} and {len(deals)}",
            where="wins, deals",
            remedy="Give both for each rep, 0 where there was none.",
        )
    wrong = np.flatnonzero(~((wins >= 0) & (deals >= wins) & np.isfinite(deals)))
    if len(wrong):
        raise ParameterError(
            "Wins must be 0 or more and at most the deals",
            value=f"{wins[wrong[0]]:g} of {deals[wrong[0]]:g}",
            where=f"wins, deals, rows {list_ids([str(row) for row in wrong])}",
            remedy="Count won deals among the decided ones; open deals count in neither.",
        )


def _check_interval(interval_share: float) -> None:
    if not 0 < interval_share < 1:
        raise ParameterError(
            "The chance of the interval must lie between 0 and 1",
            value=f"{interval_share:g}",
            where="interval_share",
            remedy="Give for example 0.9.",
        )

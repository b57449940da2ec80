"""Chances against what happened: how well they agreed, and how to bring them to another share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BINS_COUNT = 10


@dataclass(frozen=True, eq=False)
class ForecastQuality:
    """How well chances agreed with what happened.

    Parameters
    ----------
    accounts_count
        Accounts tested on.
    positive_share
        Share of them that were positive, 0 to 1.
    brier
        Mean squared error of the chances, 0 is best; compare with share · (1 - share).
    log_loss
        Mean negative logarithm of the chance given to what happened, 0 is best.
    top_share
        Share of the accounts that the lift looks at.
    lift
        Positive share among those with the highest chances over that of all; 1 is no better than
        chance, nan where nobody was positive.
    bin_counts
        Accounts with chances of [0, .1), [.1, .2), … [.9, 1], shape (10,).
    bin_predicted, bin_observed
        Their mean chance and the share that was positive, shape (10,); nan in empty bins.
    """

    accounts_count: int
    positive_share: float
    brier: float
    log_loss: float
    top_share: float
    lift: float
    bin_counts: NDArray[np.int64]
    bin_predicted: Floats
    bin_observed: Floats


def forecast_quality(
    chances: Floats, is_positive: Bools, *, top_share: float = 0.1
) -> ForecastQuality:
    """Measure how well chances agree with what happened.

    Parameters
    ----------
    chances
        Chance given to each account, shape (n_accounts,), 0 to 1, at least one.
    is_positive
        What happened, shape (n_accounts,).
    top_share
        Share of the accounts that the lift looks at, above 0, at most 1. Of equal chances at its
        end a part counts.

    Returns
    -------
    ForecastQuality
        Brier score, log-loss, lift and the table of reliability.

    Raises
    ------
    ParameterError
        If the arrays differ in length or are empty, or a chance or share is not within 0 to 1.

    References
    ----------
    Brier, G. W. (1950), "Verification of Forecasts Expressed in Terms of Probability", Monthly
    Weather Review 78(1).
    """
    if not 0 < top_share <= 1:
        raise ParameterError(
            "The share that the lift looks at is out of range",
            value=f"{top_share:g}",
            where="top_share",
            remedy="Give a share above 0 and at most 1, such as 0.1.",
        )
    if chances.shape != is_positive.shape or not len(chances):
        raise ParameterError(
            "Chances and outcomes are not of the same accounts",
            value=f"{len(chances)} and {len(is_positive)}",
            where="chances, is_positive",
            remedy="Give one of each for every account, and at least one account.",
        )
    _check_chances(chances)
    happened = is_positive.astype(np.float64)
    # a chance of exactly 0 that comes true would be punished without end
    least = np.finfo(np.float64).eps
    given = np.clip(np.where(is_positive, chances, 1 - chances), least, 1)
    places = np.minimum((chances * BINS_COUNT).astype(np.intp), BINS_COUNT - 1)
    counts = np.bincount(places, minlength=BINS_COUNT)
    sizes = np.where(counts > 0, counts, np.nan)
    return ForecastQuality(
        accounts_count=len(chances),
        positive_share=float(happened.mean()),
        brier=float(np.square(chances - happened).mean()),
        log_loss=float(-np.log(given).mean()),
        top_share=top_share,
        lift=_lift(chances, happened, top_share),
        bin_counts=counts,
        bin_predicted=np.bincount(places, chances, BINS_COUNT) / sizes,
        bin_observed=np.bincount(places, happened, BINS_COUNT) / sizes,
    )


def shifted_chances(chances: Floats, *, from_share: float, to_share: float) -> Floats:
    """Bring chances learnt at one share of positives to another, by the intercept of the odds.

    Parameters
    ----------
    chances
        Chances, shape (n_accounts,), 0 to 1.
    from_share
        Share of positives that the chances were learnt at, above 0 and below 1.
    to_share
        Share of positives to be expected now, above 0 and below 1.

    Returns
    -------
    numpy.ndarray
        Chances, shape (n_accounts,), in the same order of accounts.

    Raises
    ------
    ParameterError
        If a chance is not within 0 to 1, or a share not between them.

    References
    ----------
    Saerens, M.; Latinne, P.; Decaestecker, C. (2002), "Adjusting the Outputs of a Classifier to
    New a Priori Probabilities", Neural Computation 14(1), doi:10.1162/089976602753284446.
    """
    _check_chances(chances)
    for name, share in (("from_share", from_share), ("to_share", to_share)):
        if not 0 < share < 1:
            raise ParameterError(
                "The share of positives is not between 0 and 1",
                value=f"{share:g}",
                where=name,
                remedy="Give a share above 0 and below 1.",
            )
    yes, no = to_share / from_share, (1 - to_share) / (1 - from_share)
    return np.asarray(chances * yes / (chances * yes + (1 - chances) * no))


def _lift(chances: Floats, happened: Floats, top_share: float) -> float:
    if not happened.any():
        return float("nan")
    _, groups = np.unique(-chances, return_inverse=True)
    sizes, positives = np.bincount(groups), np.bincount(groups, happened)
    reached = np.interp(
        top_share * len(chances), np.append(0, sizes.cumsum()), np.append(0, positives.cumsum())
    )
    return float(reached / top_share / happened.sum())


def _check_chances(chances: Floats) -> None:
    wrong = chances[~((chances >= 0) & (chances <= 1))]
    if len(wrong):
        raise ParameterError(
            "Chances are not within 0 to 1",
            value=f"{wrong[0]:g}, {len(wrong)} in all",
            where="chances",
            remedy="Give shares, and leave out accounts without a chance.",
        )

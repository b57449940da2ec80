"""How fairly territories are dealt out among reps, and the matching that helps the worst off most.

Chances are compared per full-time equivalent: a half-time rep with half the potential is not worse
off.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids
from territory_kit.methods.balance import gini
from territory_kit.methods.matching import best_pairs

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Fairness:
    """Potential per full-time equivalent over reps, in money per year.

    Parameters
    ----------
    lowest, highest
        Of any rep; the lowest is what a fair plan makes large.
    gap_share
        Highest less lowest over the mean; 0 when all have nothing.
    gini_share
        Gini coefficient; 0 is equal.
    envy
        Largest gap between two reps of one grade; 0 where no two share a grade.
    envy_grade
        Grade in which that gap is, empty where there is none.
    """

    lowest: float
    highest: float
    gap_share: float
    gini_share: float
    envy: float
    envy_grade: str


def measure_fairness(potential: Floats, fte_shares: Floats, grades: Texts) -> Fairness:
    """Measure how evenly potential per full-time equivalent is dealt out, in money per year.

    Parameters
    ----------
    potential
        Potential, or expected commission, of each rep, money per year, shape (n_reps,), 0 or more.
    fte_shares
        Part of full time that each rep works, shape (n_reps,), above 0.
    grades
        Grade of each rep, text, shape (n_reps,); gaps between grades are no cause for envy.

    Returns
    -------
    Fairness
        All figures; a single rep has no gap.

    Raises
    ------
    ParameterError
        There are no reps, a potential is below 0 or unknown, a part of full time is not above 0, or
        a grade is no text.

    Examples
    --------
    >>> found = measure_fairness(
    ...     np.array([100.0, 60, 90]), np.array([1, 0.5, 1]), np.array(["junior"] * 3, dtype=object)
    ... )
    >>> found.envy, found.highest
    (30.0, 120.0)
    """
    _check(potential, fte_shares, grades)
    chances = potential / fte_shares
    gaps = {str(grade): float(np.ptp(chances[grades == grade])) for grade in sorted(set(grades))}
    envy = max(gaps.values())
    mean = float(chances.mean())
    return Fairness(
        lowest=float(chances.min()),
        highest=float(chances.max()),
        gap_share=float(np.ptp(chances)) / mean if mean > 0 else 0.0,
        gini_share=gini(chances),
        envy=envy,
        envy_grade=next(grade for grade in gaps if gaps[grade] == envy) if envy > 0 else "",
    )


def maximin_pairs(gains: Floats) -> list[tuple[int, int]]:
    """Pair territories and reps one to one so that the smallest gain is as great as can be.

    Parameters
    ----------
    gains
        Gain of each pair, such as expected commission, shape (n_territories, n_reps); nan or
        infinite forbids a pair.

    Returns
    -------
    list of tuple of int
        Territory and rep of each pair, by territory. As many pairs as are allowed come first, then
        the smallest gain, then the sum of gains.

    Notes
    -----
    The smallest gain is found by halving the list of gains: pairs below it are forbidden, and the
    number of pairs must not fall.

    References
    ----------
    Burkard, R., Dell'Amico, M., Martello, S. (2009), Assignment Problems, SIAM, section 6.2.
    """
    levels = np.unique(gains[np.isfinite(gains)])
    count = len(best_pairs(gains))
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if len(_pairs_from(gains, levels[middle])) == count:
            low = middle
        else:
            high = middle - 1
    return _pairs_from(gains, levels[low]) if len(levels) else []


def _pairs_from(gains: Floats, least: float) -> list[tuple[int, int]]:
    is_enough = np.isfinite(gains) & (gains >= least)
    return best_pairs(np.where(is_enough, gains, np.nan))


def _check(potential: Floats, fte_shares: Floats, grades: Texts) -> None:
    if not len(potential):
        raise ParameterError("There are no reps to compare", remedy="Give at least one rep.")
    wrong = np.flatnonzero(~((potential >= 0) & np.isfinite(potential)))
    if len(wrong):
        raise ParameterError(
            "The potential of a rep is below 0 or unknown",
            value=f"{potential[wrong[0]]:g}",
            where=f"potential, rows {list_ids([str(row) for row in wrong])}",
            remedy="Give 0 or more for each rep.",
        )
    wrong = np.flatnonzero(~((fte_shares > 0) & np.isfinite(fte_shares)))
    if len(wrong):
        raise ParameterError(
            "The part of full time that a rep works is not above 0",
            value=f"{fte_shares[wrong[0]]:g}",
            where=f"fte_shares, rows {list_ids([str(row) for row in wrong])}",
            remedy="Give 1 for full time and 0.5 for half, and leave out who does not work.",
        )
    ungraded = [row for row, grade in enumerate(grades) if not isinstance(grade, str)]
    if ungraded:
        raise ParameterError(
            "Reps have no grade, so that nobody can be called their equal",
            value=str(len(ungraded)),
            where=f"grades, rows {list_ids([str(row) for row in ungraded])}",
            remedy="Give each rep a grade; one grade for all compares everybody with everybody.",
        )

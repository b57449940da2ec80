"""Accounts in a grid of opportunity against our position, which says how to treat them.

- core (both high): most calls
- growth/drag (opportunity high, position low): invest, or stop
- maintain (opportunity low, position high): service, by phone
- problem (both low): remote only
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, suggest

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]

UNKNOWN = "n/a"
CELLS = ("core", "growth/drag", "maintain", "problem")
_HIGH_OPPORTUNITY = ("core", "growth/drag")
_HIGH_POSITION = ("core", "maintain")


@dataclass(frozen=True, eq=False)
class PortfolioGrid:
    """Cell of each account and the thresholds between the cells.

    Parameters
    ----------
    cells
        "core", "growth/drag", "maintain", "problem", or "n/a" where a measure is unknown, shape
        (n_accounts,).
    opportunity_threshold, position_threshold
        Least value that is high; nan where no value is known. Store them, so that other accounts
        can be placed the same way.
    is_opportunity_equal, is_position_equal
        Whether all known values are equal, so that the measure tells nobody apart.
    """

    cells: Texts
    opportunity_threshold: float
    position_threshold: float
    is_opportunity_equal: bool
    is_position_equal: bool


def portfolio_grid(
    opportunity: Floats,
    position: Floats,
    *,
    thresholds: tuple[float, float] | None = None,
    margins: tuple[float, float] = (0.0, 0.0),
    previous: Texts | None = None,
) -> PortfolioGrid:
    """Place accounts in the grid of opportunity and position.

    Parameters
    ----------
    opportunity
        Potential, growth or need of each account, shape (n_accounts,); nan where unknown.
    position
        Our share, relationship or fit, shape (n_accounts,); nan where unknown.
    thresholds
        Least opportunity and least position that are high; None takes the medians.
    margins
        How far opportunity and position must be beyond their thresholds before an account with a
        previous cell changes sides, in the unit of each, 0 or more; 0 moves it at once.
    previous
        Cell of each account so far, shape (n_accounts,); None or "n/a" for new accounts.

    Returns
    -------
    PortfolioGrid
        Cells with the thresholds used.

    Raises
    ------
    ParameterError
        If the arrays differ in length, a value is infinite, a threshold is not finite, a margin
        is negative, or a previous cell is unknown.

    Notes
    -----
    A value on the threshold is high. Where a median is the least value of all, as when most
    accounts are prospects without any share, the next larger value is the threshold, or all would
    be high. Where all values are equal, all are high, and the grid says that they are equal.

    An account that was high stays high down to threshold - margin, one that was low becomes high
    from threshold + margin on, so that noise moves nobody there and back.

    Examples
    --------
    >>> grid = portfolio_grid(np.array([9.0, 8, 2, 1]), np.array([0.6, 0.1, 0.5, 0.2]))
    >>> list(grid.cells)
    ['core', 'growth/drag', 'maintain', 'problem']
    """
    _check(opportunity, position, previous)
    _check_options(thresholds, margins)
    cuts = thresholds or (_threshold(opportunity), _threshold(position))
    before = np.full(len(opportunity), UNKNOWN, object) if previous is None else previous
    is_rich = _is_high(opportunity, cuts[0], margins[0], before, _HIGH_OPPORTUNITY)
    is_strong = _is_high(position, cuts[1], margins[1], before, _HIGH_POSITION)
    is_unknown = np.isnan(opportunity) | np.isnan(position)
    conditions = [is_unknown, is_rich & is_strong, is_rich, is_strong]
    cells = np.select(conditions, [UNKNOWN, *CELLS[:-1]], default=CELLS[-1])
    return PortfolioGrid(
        cells=cells.astype(object),
        opportunity_threshold=cuts[0],
        position_threshold=cuts[1],
        is_opportunity_equal=_is_equal(opportunity),
        is_position_equal=_is_equal(position),
    )


def _threshold(values: Floats) -> float:
    """Return the median, or the next value above it where nothing is below it."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan")
    median, lowest = float(np.median(known)), float(known.min())
    above = known[known > lowest]
    return float(above.min()) if median == lowest and len(above) else median


def _is_high(
    values: Floats, threshold: float, margin: float, before: Texts, high_cells: tuple[str, ...]
) -> Bools:
    names = before.astype(str)
    was_high, was_low = np.isin(names, high_cells), np.isin(names, CELLS)
    was_low &= ~was_high
    needed = threshold + margin * (was_low.astype(np.float64) - was_high)
    return np.asarray(values >= needed)


def _is_equal(values: Floats) -> bool:
    return len(np.unique(values[~np.isnan(values)])) == 1


def _check(opportunity: Floats, position: Floats, previous: Texts | None) -> None:
    lengths = [len(part) for part in (opportunity, position, previous) if part is not None]
    if len(set(lengths)) > 1:
        raise ParameterError(
            "Opportunity, position and previous cells are not of the same accounts",
            value=", ".join(str(length) for length in lengths),
            where="opportunity, position, previous",
            remedy="Give one of each for every account.",
        )
    for name, values in (("opportunity", opportunity), ("position", position)):
        rows = np.flatnonzero(np.isinf(values))
        if len(rows):
            raise ParameterError(
                "Values are without end",
                value=f"{values[rows[0]]:g}",
                where=f"{name}; row {rows[0]}, {len(rows)} in all",
                remedy="Correct them, or set missing (nan) what is unknown.",
            )
    given = [] if previous is None else [cell for cell in previous if cell is not None]
    for cell in given:
        if cell not in {*CELLS, UNKNOWN}:
            remedy = suggest(str(cell), [*CELLS, UNKNOWN])
            what = "A previous cell is unknown"
            raise ParameterError(what, value=str(cell), where="previous", remedy=remedy)


def _check_options(thresholds: tuple[float, float] | None, margins: tuple[float, float]) -> None:
    if thresholds is not None and not np.isfinite(thresholds).all():
        raise ParameterError(
            "A threshold is not a number",
            value=", ".join(f"{cut:g}" for cut in thresholds),
            where="thresholds",
            remedy="Give the least high opportunity and position, or None for the medians.",
        )
    if not all(margin >= 0 and np.isfinite(margin) for margin in margins):
        raise ParameterError(
            "A margin is negative or unknown",
            value=", ".join(f"{margin:g}" for margin in margins),
            where="margins",
            remedy="Give 0 or more, in the units of opportunity and position.",
        )

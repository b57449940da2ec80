"""What sales do when effort changes: the ADBUDG curve, from judgements or from data.

Effort is counted against the present: 1 is as now, 0 none, 1.5 half as much again. Sales are either
money or against the present as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, brentq, least_squares
from scipy.special import expit

from territory_kit.errors import ParameterError

# Efforts that people are asked about; ten times the present stands for as much as anyone could do.
JUDGED_EFFORTS = (0.0, 0.5, 1.0, 1.5, 10.0)
FEWEST_POINTS_COUNT = 4
# Shapes and middles from which the fit is tried.
START_SHAPES = (0.7, 1.5, 3.0, 6.0)
START_MIDDLES = (0.3, 1.0, 3.0)
# Where the fit may look: low and ln height in units of the spread of sales, ln shape, ln scale.
FIT_LOWEST = (-20.0, -10.0, -3.0, -60.0)
FIT_HIGHEST = (1.0, 5.0, 4.0, 60.0)
# Where a curve of falling returns is steep enough to begin with.
TINY_EFFORT = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Response:
    """Curve low + (high - low)·x^shape / (scale + x^shape) of sales over effort x.

    Parameters
    ----------
    low
        Sales without effort.
    high
        Sales that no effort exceeds, above ``low``.
    shape
        Above 0: up to 1 each further effort brings less, above 1 the curve is S-shaped.
    scale
        Above 0; the effort scale^(1 / shape) brings half of what effort can bring.

    Raises
    ------
    ParameterError
        A value is unknown or out of range.
    """

    low: float
    high: float
    shape: float
    scale: float

    def __post_init__(self) -> None:
        values = (self.low, self.high, self.shape, self.scale)
        is_known = all(np.isfinite(value) for value in values)
        if not (is_known and self.low < self.high and self.shape > 0 and self.scale > 0):
            raise ParameterError(
                "No sales curve has these values",
                value=", ".join(f"{value:g}" for value in values),
                where="low, high, shape, scale",
                remedy="Give high above low, and shape and scale above 0.",
            )


@dataclass(frozen=True)
class ResponseFit:
    """A curve fitted to data.

    Parameters
    ----------
    curve
        The curve of least squares.
    squared_error
        Sum of squared distances of the sales from it, unit of the sales squared.
    """

    curve: Response
    squared_error: float


def sales_at(curve: Response, efforts: Floats) -> Floats:
    """Compute sales at given efforts, unit of the curve.

    Parameters
    ----------
    curve
        The sales curve.
    efforts
        Efforts against the present, 0 or more, any shape.

    Returns
    -------
    numpy.ndarray
        Sales, shape of the efforts.

    References
    ----------
    Little, J. D. C. (1970), "Models and Managers: The Concept of a Decision Calculus", Management
    Science 16(8), doi:10.1287/mnsc.16.8.B466. Lodish, L. M. (1971), "CALLPLAN: An Interactive
    Salesman's Call Planning System", Management Science 18(4), doi:10.1287/mnsc.18.4.P25.
    """
    return curve.low + (curve.high - curve.low) * _reached_share(efforts, curve.shape, curve.scale)


def solve_response(
    *, at_none: float, at_half: float, at_present: float, at_most: float
) -> Response:
    """Find the curve that four judgements of sales determine exactly.

    Parameters
    ----------
    at_none
        Sales without effort.
    at_half
        Sales with half the present effort.
    at_present
        Sales with the present effort.
    at_most
        Sales with all the effort that one can think of.

    Returns
    -------
    Response
        Curve through the four judgements.

    Raises
    ------
    ParameterError
        The judgements do not rise from each to the next.

    Examples
    --------
    >>> curve = solve_response(at_none=0.0, at_half=20.0, at_present=50.0, at_most=100.0)
    >>> round(curve.shape, 6), curve.scale
    (2.0, 1.0)
    """
    judged = (at_none, at_half, at_present, at_most)
    if not at_none < at_half < at_present < at_most < np.inf or at_none == -np.inf:
        raise ParameterError(
            "Sales must rise with effort from each judgement to the next",
            value=", ".join(f"{value:g}" for value in judged),
            where="none, half, present and most effort",
            remedy="Ask again for what does not rise.",
        )
    scale = (at_most - at_present) / (at_present - at_none)
    shape = np.log((at_half - at_none) / (at_most - at_half) * scale) / np.log(0.5)
    return Response(low=at_none, high=at_most, shape=float(shape), scale=scale)


def fit_response(efforts: Floats, sales: Floats) -> ResponseFit:
    """Fit a sales curve by least squares to judgements or to what was seen.

    Parameters
    ----------
    efforts
        Efforts against the present, shape (n,), 0 or more, at least four different ones; for five
        judgements see ``JUDGED_EFFORTS``.
    sales
        Sales at each effort, shape (n,).

    Returns
    -------
    ResponseFit
        The best curve of several searches.

    Raises
    ------
    ParameterError
        A value is unknown, an effort is below 0, there are fewer than four different efforts, or
        sales do not rise from the least to the greatest effort.
    """
    _check_points(efforts, sales)
    bottom, top = float(sales.min()), float(sales.max())
    unit = top - bottom
    scaled = (sales - bottom) / unit

    def misses(place: Floats) -> Floats:
        low, height, shape, scale = place[0], *np.exp(place[1:])
        return np.asarray(low + height * _reached_share(efforts, shape, scale) - scaled)

    def search(start: list[float], *, tolerance: float) -> OptimizeResult:
        limits = (FIT_LOWEST, FIT_HIGHEST)
        near = {"xtol": tolerance, "ftol": tolerance, "gtol": tolerance}
        return least_squares(misses, start, bounds=limits, max_nfev=1000, **near)

    trials = [
        search([0.0, 0.0, np.log(shape), shape * np.log(middle)], tolerance=1e-8)
        for shape in START_SHAPES
        for middle in START_MIDDLES
    ]
    best = search(min(trials, key=lambda trial: float(trial.cost)).x, tolerance=1e-15)
    low, (height, shape, scale) = float(best.x[0]), (float(value) for value in np.exp(best.x[1:]))
    curve = Response(bottom + unit * low, bottom + unit * (low + height), shape, scale)
    return ResponseFit(curve, float(((sales_at(curve, efforts) - sales) ** 2).sum()))


def best_effort(
    curve: Response, *, worth: float, unit_cost: float, most: float = float("inf")
) -> float:
    """Compute the effort at which sales are worth most after its cost, against the present.

    Parameters
    ----------
    curve
        The sales curve.
    worth
        What a unit of sales is worth, such as its margin, 0 or more. For sales against the present:
        present sales times margin.
    unit_cost
        What effort 1 costs, same money, 0 or more.
    most
        Greatest effort that can be made, 0 or more.

    Returns
    -------
    float
        Effort from 0 to ``most``; of two that are worth the same the smaller one.

    Raises
    ------
    ParameterError
        A value is below 0 or unknown, or effort has neither a cost nor a limit.

    Notes
    -----
    On an S-shaped curve little effort may bring less than it costs though more of it pays. Both no
    effort and the best one beyond the steepest place are compared.
    """
    _check_costs(worth, unit_cost, most)
    steepest = _steepest_effort(curve)
    if most <= steepest:
        effort = most
    elif worth * _slope(curve, steepest) <= unit_cost:
        return 0.0
    else:
        effort = _last_paying_effort(curve, worth, unit_cost, most)
    ends = sales_at(curve, np.array([0.0, effort]))
    return effort if worth * float(ends[1] - ends[0]) > unit_cost * effort else 0.0


def _reached_share(efforts: Floats, shape: float, scale: float) -> Floats:
    """Return x^shape / (scale + x^shape), by logarithms so that no power is too large."""
    logs = np.log(efforts, out=np.full(efforts.shape, -np.inf), where=efforts > 0)
    return np.asarray(expit(shape * logs - np.log(scale)))


def _slope(curve: Response, effort: float) -> float:
    reached = float(_reached_share(np.array([effort]), curve.shape, curve.scale)[0])
    return (curve.high - curve.low) * curve.shape * reached * (1 - reached) / effort


def _steepest_effort(curve: Response) -> float:
    if curve.shape <= 1:
        return TINY_EFFORT
    turn = curve.scale * (curve.shape - 1) / (curve.shape + 1)
    return max(float(turn ** (1 / curve.shape)), TINY_EFFORT)


def _last_paying_effort(curve: Response, worth: float, unit_cost: float, most: float) -> float:
    """Return where the next bit of effort no longer pays, beyond the steepest place."""

    def gain(effort: float) -> float:
        return worth * _slope(curve, effort) - unit_cost

    if np.isfinite(most) and gain(most) >= 0:
        return most
    low = _steepest_effort(curve)
    high = 2 * max(low, 1.0)
    while gain(high) > 0:
        high *= 2
    return float(brentq(gain, low, high, xtol=1e-12, rtol=1e-14))


def _check_points(efforts: Floats, sales: Floats) -> None:
    if len(efforts) != len(sales) or not np.isfinite(np.append(efforts, sales)).all():
        raise ParameterError(
            "Efforts and sales do not make known points",
            value=f"{len(efforts)} efforts, {len(sales)} sales",
            remedy="Give one known amount of sales for each effort.",
        )
    different = np.unique(efforts)
    if len(different) < FEWEST_POINTS_COUNT or different[0] < 0:
        raise ParameterError(
            "Too few different efforts of 0 or more to fit a curve",
            value=", ".join(f"{effort:g}" for effort in different),
            where="efforts",
            remedy="Give sales at four efforts or more, such as 0, 0.5, 1, 1.5 and 10.",
        )
    first, last = sales[efforts == different[0]].mean(), sales[efforts == different[-1]].mean()
    if not first < last:
        raise ParameterError(
            "Sales do not rise with effort",
            value=f"{first:g} at the least and {last:g} at the greatest effort",
            remedy="Look for what else changed at the same time; no curve is fitted to this.",
        )


def _check_costs(worth: float, unit_cost: float, most: float) -> None:
    if not (0 <= worth < np.inf and 0 <= unit_cost < np.inf and most >= 0):
        raise ParameterError(
            "Worth, cost and limit of effort must be 0 or more",
            value=f"{worth:g}, {unit_cost:g} and {most:g}",
            where="worth, unit_cost, most",
            remedy="Give known amounts; leave the limit out where there is none.",
        )
    if unit_cost == 0 and most == np.inf:
        raise ParameterError(
            "Effort that costs nothing has no best amount",
            value="cost 0, no limit",
            where="unit_cost, most",
            remedy="Give what effort costs, or the most that can be made.",
        )

"""Who serves what: reps to territories one to one, or many accounts to reps with limited hours.

Among assignments that gain the same, the one that disturbs least is taken. What nobody serves is
vacant, at a cost that says how bad that is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, kron

from territory_kit.errors import ParameterError, list_ids
from territory_kit.methods.matching import best_pairs

VACANT = -1
# Gains apart by less than this part of the largest one count as equal.
TIE_SHARE = 1e-9
# The same where a solver decides, which is no more exact.
SOLVER_TIE_SHARE = 1e-6
# What sums of a few hundred numbers lose to rounding, as a part of the largest one.
ROUNDING_SHARE = 1e-14

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Assignment:
    """Who serves each territory.

    Parameters
    ----------
    reps
        Number of the rep of each territory, shape (n_territories,); -1 where it is vacant.
    gain
        Sum of gains less the cost of vacancies, unit of the gains.
    disruption
        Sum of the disruption of the pairs made, its own unit.
    loads
        What each rep has to do, shape (n_reps,), unit of the capacities.
    coverage_share
        Share of territories with a rep, 0 to 1; nan without territories.
    """

    reps: Ints
    gain: float
    disruption: float
    loads: Floats
    coverage_share: float


def assign_one_to_one(
    gains: Floats, *, vacancy_costs: Floats, disruption: Floats | None = None
) -> Assignment:
    """Give each rep at most one territory so that the sum of gains is greatest.

    Parameters
    ----------
    gains
        Gain of each pair, such as expected margin, shape (n_territories, n_reps); nan or infinite
        forbids the pair.
    vacancy_costs
        What it costs to leave each territory without a rep, unit of the gains, shape
        (n_territories,).
    disruption
        What each pair disturbs, shape (n_territories, n_reps), any unit; decides between
        assignments of equal gain. None means that all disturb alike.

    Returns
    -------
    Assignment
        A rep for each territory, or a vacancy where there are too few reps or none gains more than
        a vacancy would.

    Raises
    ------
    ParameterError
        Shapes do not agree, or a cost or disruption is unknown.

    References
    ----------
    Crouse, D. F. (2016), "On implementing 2D rectangular assignment algorithms", IEEE Transactions
    on Aerospace and Electronic Systems 52(4), doi:10.1109/TAES.2016.140952.

    Examples
    --------
    >>> gains = np.outer([126.0, 105, 84], [7.0, 5])
    >>> assign_one_to_one(gains, vacancy_costs=np.zeros(3)).reps.tolist()
    [0, 1, -1]
    """
    ties = _checked(gains, disruption, vacancy_costs)
    territories, reps = gains.shape
    # beside the reps one vacancy per territory, beside the territories one idle row per rep
    square = np.zeros((territories + reps, reps + territories))
    square[:territories, :reps] = np.where(np.isfinite(gains), gains, np.nan)
    square[:territories, reps:] = -vacancy_costs[:, None]
    square_ties = np.zeros(square.shape)
    square_ties[:territories, :reps] = ties
    best = np.array([column for _, column in best_pairs(square)], dtype=np.int64)
    tolerance = TIE_SHARE * _largest(gains) + ROUNDING_SHARE * _largest(square)
    is_tied = _is_part_of_a_best_matching(square, best, tolerance)
    chosen = best_pairs(np.where(is_tied, -square_ties, np.nan))
    rows = np.array([col if col < reps else VACANT for _, col in chosen], dtype=np.int64)
    return _describe(rows[:territories], gains, np.ones(gains.shape), ties, vacancy_costs)


def assign_within_capacity(
    gains: Floats,
    loads: Floats,
    capacities: Floats,
    *,
    disruption: Floats | None = None,
    vacancy_costs: Floats | None = None,
    most_counts: Ints | None = None,
) -> Assignment:
    """Share whole territories or accounts among reps with limited hours so that gains are greatest.

    Parameters
    ----------
    gains
        Gain of each pair, shape (n_territories, n_reps); nan or infinite forbids the pair.
    loads
        Hours that each pair takes, shape (n_territories, n_reps), 0 or more.
    capacities
        Hours of each rep, shape (n_reps,), 0 or more.
    disruption
        What each pair disturbs, shape (n_territories, n_reps), any unit; decides between
        assignments of equal gain. None means that all disturb alike.
    vacancy_costs
        What it costs to leave each territory without a rep, unit of the gains, shape
        (n_territories,); None means that each must have one.
    most_counts
        Most territories that each rep may have, shape (n_reps,), 0 or more; None means no limit
        but the hours. Meant to go with ``vacancy_costs``.

    Returns
    -------
    Assignment
        A proven optimum, with the hours of each rep.

    Raises
    ------
    ParameterError
        Shapes do not agree, a load or capacity is below 0 or unknown, or the territories do not fit
        into the capacities; the message gives both sums and the least that is missing.

    Notes
    -----
    Gains that differ by less than a millionth of the largest one count as equal.

    References
    ----------
    Martello, S., Toth, P. (1990), Knapsack Problems, Wiley, chapter 7.
    """
    ties = _checked(gains, disruption, vacancy_costs)
    _check_loads(gains, loads, capacities)
    costs = np.zeros(len(gains)) if vacancy_costs is None else vacancy_costs
    wanted = np.column_stack([np.where(np.isfinite(gains), gains, 0.0), -costs])
    # a cost of vacancies that stands for "never" must not make all gains look alike
    unit = _largest(gains) or _largest(costs) or 1.0
    limits = _Limits(gains, loads, capacities, may_be_vacant=vacancy_costs is not None)
    if most_counts is not None:
        limits.keep_counts(most_counts)
    best = limits.least(-wanted / unit)
    if best is None:
        raise _unfit(gains, loads, capacities)
    reached = float(wanted[np.arange(len(best)), best].sum()) / unit
    rest = np.column_stack([ties, np.zeros(len(ties))])
    again = limits.least(rest, above=(wanted / unit, reached - SOLVER_TIE_SHARE))
    chosen = best if again is None else again
    reps = np.where(chosen < gains.shape[1], chosen, VACANT)
    return _describe(reps, gains, loads, ties, costs)


class _Limits:
    """Each territory once, and the hours of each rep kept, for one objective after another."""

    def __init__(
        self, gains: Floats, loads: Floats, capacities: Floats, *, may_be_vacant: bool
    ) -> None:
        territories, reps = gains.shape
        self.shape = (territories, reps + 1)
        vacancy = np.full((territories, 1), may_be_vacant)
        self.bounds = Bounds(0, np.hstack([np.isfinite(gains), vacancy]).ravel().astype(float))
        once = kron(eye_array(territories), np.ones((1, reps + 1)))
        self.limits = [LinearConstraint(once, 1, 1)]
        for rep in np.flatnonzero(np.isfinite(capacities)):
            scale = capacities[rep] or 1.0
            hours = np.zeros(self.shape)
            hours[:, rep] = loads[:, rep] / scale
            self.limits.append(LinearConstraint(hours.ravel(), -np.inf, capacities[rep] / scale))

    def keep_counts(self, most_counts: Ints) -> None:
        """Let each rep have no more territories than that."""
        for rep, most in enumerate(most_counts):
            counted = np.zeros(self.shape)
            counted[:, rep] = 1.0
            self.limits.append(LinearConstraint(counted.ravel(), -np.inf, most))

    def least(self, costs: Floats, *, above: tuple[Floats, float] | None = None) -> Ints | None:
        """Return the column of each territory at least cost, None where nothing fits."""
        if not costs.size:
            return np.zeros(0, dtype=np.int64)
        limits = list(self.limits)
        if above is not None:
            limits.append(LinearConstraint(above[0].ravel(), above[1], np.inf))
        found = milp(
            costs.ravel(),
            integrality=np.ones(costs.size),
            bounds=self.bounds,
            constraints=limits,
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        return np.asarray(found.x.reshape(self.shape).argmax(axis=1), dtype=np.int64)


def _is_part_of_a_best_matching(gains: Floats, best: Ints, tolerance: float) -> NDArray[np.bool_]:
    """Tell for each pair whether it belongs to a matching as good as the best one.

    Prices of the columns are found as shortest ways along which rows could hand columns on. What a
    pair loses against these prices is never negative, and is 0 for each pair of a best matching.
    """
    rows = np.arange(len(gains))
    taken = gains[:, best]  # the column of row k stands in column k
    losses = np.where(np.isnan(taken), np.inf, gains[rows, best][:, None] - taken)
    prices = np.zeros(len(gains))
    for _ in rows:
        lower = np.minimum(prices, (prices[:, None] + losses).min(axis=0))
        if (lower == prices).all():
            break
        prices = lower
    is_tied = np.zeros(gains.shape, dtype=bool)
    is_tied[:, best] = losses + prices[:, None] - prices <= tolerance
    return is_tied


def _largest(amounts: Floats) -> float:
    return float(np.abs(amounts[np.isfinite(amounts)]).max(initial=0.0))


def _describe(
    reps: Ints, gains: Floats, loads: Floats, disruption: Floats, vacancy_costs: Floats
) -> Assignment:
    served = np.flatnonzero(reps != VACANT)
    pairs = (served, reps[served])
    vacant_cost = float(vacancy_costs[reps == VACANT].sum())
    done = np.zeros(gains.shape[1])
    np.add.at(done, reps[served], loads[pairs])
    return Assignment(
        reps=reps,
        gain=float(gains[pairs].sum()) - vacant_cost,
        disruption=float(disruption[pairs].sum()),
        loads=done,
        coverage_share=len(served) / len(reps) if len(reps) else float("nan"),
    )


def _unfit(gains: Floats, loads: Floats, capacities: Floats) -> ParameterError:
    """Say what is missing, in sums."""
    allowed = np.isfinite(gains)
    nobody = np.flatnonzero(~allowed.any(axis=1))
    if len(nobody):
        return ParameterError(
            "Territories may be served by nobody",
            value=str(len(nobody)),
            where=f"rows {list_ids([str(row) for row in nobody])}",
            remedy="Allow at least one rep for each, or give what a vacancy costs.",
        )
    least = float(np.where(allowed, loads, np.inf).min(axis=1).sum())
    missing = _missing_hours(gains, loads, capacities)
    return ParameterError(
        "The territories do not fit into the hours of the reps",
        value=f"at least {least:g} hours needed, {capacities.sum():g} at hand",
        remedy=f"Whole territories need at least {missing:g} hours more with the right reps, or "
        "give what a vacancy costs.",
    )


def _missing_hours(gains: Floats, loads: Floats, capacities: Floats) -> float:
    """Return the least hours that reps would have to have more, in all."""
    territories, reps = gains.shape
    once = kron(eye_array(territories), np.ones((1, reps)))
    hours = (loads[:, :, None] * np.eye(reps)).reshape(-1, reps).T
    count = territories * reps
    found = milp(
        np.append(np.zeros(count), np.ones(reps)),
        integrality=np.append(np.ones(count), np.zeros(reps)),
        bounds=Bounds(0, np.append(np.isfinite(gains).ravel(), np.full(reps, np.inf))),
        constraints=[
            LinearConstraint(hstack([once, csr_array((territories, reps))]), 1, 1),
            LinearConstraint(np.hstack([hours, -np.eye(reps)]), -np.inf, capacities),
        ],
    )
    return float(found.fun)


def _checked(gains: Floats, disruption: Floats | None, vacancy_costs: Floats | None) -> Floats:
    """Return the disruption of each pair after looking at shapes and values."""
    ties = np.zeros(gains.shape) if disruption is None else disruption
    costs = np.zeros(len(gains)) if vacancy_costs is None else vacancy_costs
    if ties.shape != gains.shape or costs.shape != gains.shape[:1]:
        raise ParameterError(
            "Gains, disruption and costs of vacancies do not have the same territories and reps",
            value=f"{gains.shape}, {ties.shape} and {costs.shape}",
            remedy="Give one row per territory and one column per rep, one cost per territory.",
        )
    if not (np.isfinite(costs).all() and np.isfinite(ties[np.isfinite(gains)]).all()):
        raise ParameterError(
            "A cost of a vacancy or a disruption is unknown",
            value="missing or infinite",
            where="vacancy_costs, disruption",
            remedy="Give a number for each territory, and for each pair that is allowed.",
        )
    return np.where(np.isfinite(gains), ties, 0.0)


def _check_loads(gains: Floats, loads: Floats, capacities: Floats) -> None:
    if loads.shape != gains.shape or capacities.shape != gains.shape[1:]:
        raise ParameterError(
            "Gains, hours and capacities do not have the same territories and reps",
            value=f"{gains.shape}, {loads.shape} and {capacities.shape}",
            remedy="Give one row per territory and one column per rep, one capacity per rep.",
        )
    if not ((loads >= 0).all() and np.isfinite(loads).all() and (capacities >= 0).all()):
        raise ParameterError(
            "Hours must be 0 or more",
            value=f"loads from {loads.min(initial=np.inf):g}, capacities from "
            f"{capacities.min(initial=np.inf):g}",
            where="loads, capacities",
            remedy="Correct these hours; forbid a pair by an empty gain, not by hours.",
        )

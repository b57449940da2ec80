"""Actual against target over several metrics, with targets cut to the time a rep was there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids

# Highest ratio of actual to target that counts: beyond it one metric would hide the others.
RATIO_CAP = 1.5

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PerformanceIndex:
    """Performance of reps against their targets.

    Parameters
    ----------
    index
        100 where all targets are just met, shape (n_reps,); nan where no metric has a target.
    points
        Part of each metric, shape (n_reps, n_metrics); the parts add up to the index.
    is_capped
        Whether the cap cut the metric, shape (n_reps, n_metrics).
    weight_share
        Share of the total weight that has a target and an actual, 0 to 1, shape (n_reps,).
    """

    index: Floats
    points: Floats
    is_capped: NDArray[np.bool_]
    weight_share: Floats


def performance_index(
    actuals: Floats,
    targets: Floats,
    weights: Floats,
    *,
    present_share: Floats | None = None,
    cap: float = RATIO_CAP,
) -> PerformanceIndex:
    """Compute the weighted index of actual over target of each rep, 100 for on target.

    Parameters
    ----------
    actuals
        What was reached, shape (n_reps, n_metrics), unit of each metric; nan where unknown.
    targets
        Targets of a whole period, same shape and units; nan or 0 where there is none.
    weights
        Weight of each metric, shape (n_metrics,), 0 or more, at least one above 0.
    present_share
        Part of the period in which each rep could be expected to sell, 0 to 1, shape (n_reps,);
        None means that all were there throughout.
    cap
        Highest ratio of a metric that counts, 1 or more.

    Returns
    -------
    PerformanceIndex
        Index with its parts. A metric without target or actual is dropped and the weights of the
        others are scaled up; ``weight_share`` says how much is left.

    Raises
    ------
    ParameterError
        Shapes do not agree, a weight or target is below 0, no weight is above 0, a present share
        is not between 0 and 1, or the cap is below 1.

    Notes
    -----
    Ratios end at 0 and at the cap: neither credits of one metric nor a windfall in it can outweigh
    all the others.

    Examples
    --------
    >>> found = performance_index(
    ...     np.array([[90.0, 12.0]]), np.array([[100.0, 10.0]]), np.array([3.0, 1.0])
    ... )
    >>> found.index.tolist()
    [97.5]
    """
    _check(actuals, targets, weights, cap)
    shares = np.ones(len(targets)) if present_share is None else present_share
    _check_shares(shares, len(targets))
    expected = targets * shares[:, None]
    is_used = np.isfinite(actuals) & (expected > 0)
    with np.errstate(over="ignore"):  # the cap cuts it
        ratios = np.divide(actuals, expected, out=np.zeros(actuals.shape), where=is_used)
    used_weight = (is_used * weights).sum(axis=1)
    has_index = used_weight > 0
    scale = np.divide(100.0, used_weight, out=np.zeros(len(targets)), where=has_index)
    points = np.clip(ratios, 0, cap) * weights * scale[:, None]
    return PerformanceIndex(
        index=np.where(has_index, points.sum(axis=1), np.nan),
        points=points,
        is_capped=ratios > cap,
        weight_share=used_weight / weights.sum(),
    )


def productive_share(
    tenure_days: Floats, absent_days: Floats, *, period_days: float, ramp_days: float
) -> Floats:
    """Compute the part of a period in which a rep can be expected to sell, ramp and absence out.

    Parameters
    ----------
    tenure_days
        Days in the territory when the period starts, shape (n_reps,); negative for a rep who comes
        that many days later.
    absent_days
        Days of the period away after the rep came, shape (n_reps,), 0 or more.
    period_days
        Length of the period, above 0.
    ramp_days
        Days until a new rep sells in full, 0 or more; 0 means at once.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n_reps,). Full sales are approached in a straight line, and absence falls
        evenly on the days there.

    Raises
    ------
    ParameterError
        The period is not above 0, the ramp is below 0, or a rep is absent for less than 0 days or
        for longer than the rep was there.
    """
    if not (period_days > 0 and ramp_days >= 0):
        raise ParameterError(
            "A period or ramp has no usable length",
            value=f"period {period_days:g} days, ramp {ramp_days:g} days",
            where="period_days, ramp_days",
            remedy="Give a period above 0 and a ramp of 0 or more days.",
        )
    end = tenure_days + period_days
    there = np.clip(end, 0, period_days)
    wrong = np.flatnonzero(~((absent_days >= 0) & (absent_days <= there)))
    if len(wrong):
        raise ParameterError(
            "Days of absence do not fit into the days that the rep was there",
            value=f"{absent_days[wrong[0]]:g} of {there[wrong[0]]:g} days",
            where=f"absent_days, rows {list_ids([str(row) for row in wrong])}",
            remedy="Count absence from 0, and within the period only.",
        )
    full_days = _full_days(end, ramp_days) - _full_days(tenure_days, ramp_days)
    absent_share = np.divide(absent_days, there, out=np.zeros(len(there)), where=there > 0)
    # a difference of long tenures may exceed the period by a rounding
    return np.asarray(np.clip(full_days / period_days * (1 - absent_share), 0.0, 1.0))


def _full_days(tenure_days: Floats, ramp_days: float) -> Floats:
    """Return how many days of full sales a tenure amounts to."""
    tenure = np.maximum(tenure_days, 0.0)
    in_ramp = np.minimum(tenure, ramp_days)
    lost = in_ramp * (1 - in_ramp / (2 * ramp_days)) if ramp_days > 0 else in_ramp
    return np.asarray(tenure - lost)


def _check(actuals: Floats, targets: Floats, weights: Floats, cap: float) -> None:
    if actuals.shape != targets.shape or targets.shape[1:] != weights.shape:
        raise ParameterError(
            "Actuals, targets and weights do not have the same metrics and reps",
            value=f"{actuals.shape}, {targets.shape} and {weights.shape}",
            remedy="Give one row per rep and one column and weight per metric.",
        )
    if not ((weights >= 0).all() and weights.sum() > 0):
        raise ParameterError(
            "The weights of the metrics cannot be used",
            value=", ".join(f"{weight:g}" for weight in weights),
            where="weights",
            remedy="Give 0 or more to each metric and more than 0 to at least one.",
        )
    if (targets < 0).any():
        raise ParameterError(
            "A target is below 0",
            value=f"{np.nanmin(targets):g}",
            where="targets",
            remedy="Leave a target empty where there is none.",
        )
    if not cap >= 1:
        raise ParameterError(
            "The cap cuts off reps who just meet their target",
            value=f"{cap:g}",
            where="cap",
            remedy="Give 1 or more, such as 1.5.",
        )


def _check_shares(shares: Floats, reps_count: int) -> None:
    if shares.shape != (reps_count,) or not ((shares >= 0) & (shares <= 1)).all():
        raise ParameterError(
            "The part of the period that reps were there is not a share for each rep",
            value=", ".join(f"{share:g}" for share in shares),
            where="present_share",
            remedy="Give 0 to 1 for each rep, 1 for the whole period.",
        )

"""Which account gets how many calls within the hours that there are.

Each account has options, such as no call, one call, two calls. An option has a gain (margin less
the cost of travel and tools) and takes hours; exactly one option of each account is chosen.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids

# Parts of a step and gains this small are rounding errors.
ROUNDING = 1e-9

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CallOptions:
    """What can be done at each account.

    Parameters
    ----------
    gains
        Gain of each option, money, shape (n_accounts, n_options); nan or infinite forbids it.
    hours
        Hours of each option, 0 or more, same shape.

    Raises
    ------
    ParameterError
        Shapes differ, hours are below 0 or unknown, or an account has no option.
    """

    gains: Floats
    hours: Floats

    def __post_init__(self) -> None:
        if self.gains.shape != self.hours.shape:
            raise ParameterError(
                "Gains and hours do not belong to the same options",
                value=f"{self.gains.shape} and {self.hours.shape}",
                remedy="Give one row per account and one column per option in both.",
            )
        wrong = np.flatnonzero(~((self.hours >= 0) & np.isfinite(self.hours)).all(axis=1))
        if len(wrong):
            raise ParameterError(
                "Hours of calls must be 0 or more",
                where=_rows(wrong),
                remedy="Correct the hours; forbid an option by an empty gain.",
            )
        wrong = np.flatnonzero(~np.isfinite(self.gains).any(axis=1))
        if len(wrong):
            raise ParameterError(
                "Accounts are left without any option",
                value=str(len(wrong)),
                where=_rows(wrong),
                remedy="Allow at least one number of calls for each, 0 if need be.",
            )


@dataclass(frozen=True, eq=False)
class Allocation:
    """The option chosen for each account.

    Parameters
    ----------
    options
        Column of the option of each account, shape (n_accounts,); for levels of calls the number
        of calls.
    gain
        Sum of gains, money.
    hours
        Hours used.
    next_hour_gain
        What one hour more would add, money per hour; of a step where steps are longer.
    last_hour_gain
        What one hour less would cost, money per hour; infinite when no hour can be spared.
    is_optimal
        Whether no other choice within the hours can gain more.
    """

    options: Ints
    gain: float
    hours: float
    next_hour_gain: float
    last_hour_gain: float
    is_optimal: bool


def call_levels(
    gains: Floats, call_hours: Floats, *, least: Ints | None = None, most: Ints | None = None
) -> CallOptions:
    """Make the options of no call, one call and so on, hours in step with the calls.

    Parameters
    ----------
    gains
        Gain of 0, 1, 2 ... calls, money, shape (n_accounts, n_levels).
    call_hours
        Hours of one call with its travel, shape (n_accounts,), 0 or more.
    least, most
        Fewest and most calls of each account, shape (n_accounts,), 0 or more; None for no limit.
        A floor for accounts that must not be neglected belongs into ``least``.

    Returns
    -------
    CallOptions
        One option per number of calls; those beyond the limits are forbidden.

    Raises
    ------
    ParameterError
        An account has no number of calls left, or hours are below 0.
    """
    calls = np.arange(gains.shape[1])
    is_allowed = np.isfinite(gains)
    if least is not None:
        is_allowed &= calls >= least[:, None]
    if most is not None:
        is_allowed &= calls <= most[:, None]
    return CallOptions(np.where(is_allowed, gains, -np.inf), call_hours[:, None] * calls)


def allocate_calls(
    options: CallOptions, *, budget_hours: float, step_hours: float = 0.25
) -> Allocation:
    """Choose the options of greatest gain within the hours, exactly, in money.

    Parameters
    ----------
    options
        Options of each account.
    budget_hours
        Hours at hand, 0 or more.
    step_hours
        Hours are counted in steps of this size, above 0. Hours of options are rounded up to whole
        steps, so that the budget is kept; the result is exact where they need no rounding.

    Returns
    -------
    Allocation
        A proven optimum, whatever the shape of the gains. Of equal gains the first option is taken.

    Raises
    ------
    ParameterError
        The budget is below 0, the step is not above 0, or the fewest calls need more hours than
        there are; the message gives both sums.

    Notes
    -----
    Dynamic programming over accounts and hours (multiple-choice knapsack); time and memory grow
    with accounts times steps.

    References
    ----------
    Lodish, L. M. (1971), "CALLPLAN: An Interactive Salesman's Call Planning System", Management
    Science 18(4), doi:10.1287/mnsc.18.4.P25. Kellerer, H., Pferschy, U., Pisinger, D. (2004),
    Knapsack Problems, Springer, chapter 11, doi:10.1007/978-3-540-24777-7.

    Examples
    --------
    >>> gains = np.array([[0.0, 5, 8], [0, 1, 9]])
    >>> found = allocate_calls(call_levels(gains, np.ones(2)), budget_hours=3)
    >>> found.options.tolist(), found.gain
    ([1, 2], 14.0)
    """
    _check_hours(budget_hours, step_hours)
    steps: Ints = np.ceil(options.hours / step_hours - ROUNDING).astype(np.int64)
    budget = int(budget_hours / step_hours + ROUNDING)
    hour = max(1, round(1 / step_hours))
    gains, choices = _tabulate(options.gains, steps, budget + hour)
    if not np.isfinite(gains[budget]):
        raise _too_few_hours(options.gains, np.asarray(steps * step_hours), budget_hours)
    chosen, left = np.zeros(len(steps), dtype=np.int64), budget
    for account in range(len(steps) - 1, -1, -1):
        chosen[account] = choices[account, left]
        left -= steps[account, chosen[account]]
    less = gains[budget - hour] if budget >= hour else -np.inf
    rows = np.arange(len(steps))
    return Allocation(
        options=chosen,
        gain=float(gains[budget]),
        hours=float(options.hours[rows, chosen].sum()),
        next_hour_gain=float(gains[budget + hour] - gains[budget]) / (hour * step_hours),
        last_hour_gain=float(gains[budget] - less) / (hour * step_hours),
        is_optimal=True,
    )


def allocate_greedily(
    options: CallOptions, *, budget_hours: float, allow_s_shape: bool = False
) -> Allocation:
    """Give call after call to whoever gains most per hour by it, in money.

    Parameters
    ----------
    options
        Options of each account, hours rising from each allowed one to the next.
    budget_hours
        Hours at hand, 0 or more.
    allow_s_shape
        Whether to go on where the gain of a further call may exceed that of the one before, for
        comparison: an account whose first calls gain little is then never begun.

    Returns
    -------
    Allocation
        Optimal where gains per hour fall and each call takes the same time, or hours suffice for
        all that gains.

    Raises
    ------
    ParameterError
        The budget is below 0 or too small for the fewest calls, hours do not rise, or gains are
        S-shaped and that is not allowed.
    """
    _check_hours(budget_hours, 1.0)
    ladders = [np.flatnonzero(np.isfinite(row)) for row in options.gains]
    pairs = [
        (options.gains[row, rungs], options.hours[row, rungs]) for row, rungs in enumerate(ladders)
    ]
    _check_ladders(pairs, allow_s_shape=allow_s_shape)
    if sum(hours[0] for _, hours in pairs) > budget_hours + ROUNDING:
        raise _too_few_hours(options.gains, options.hours, budget_hours)
    rungs, last, refused = _climb(pairs, budget_hours)
    chosen = [ladder[rung] for ladder, rung in zip(ladders, rungs, strict=True)]
    lengths = np.concatenate([np.zeros(0), *(np.diff(hours) for _, hours in pairs)])
    is_even = bool((np.abs(lengths - lengths[:1]) <= ROUNDING).all())
    return Allocation(
        options=np.array(chosen, dtype=np.int64),
        gain=float(sum(gains[rung] for (gains, _), rung in zip(pairs, rungs, strict=True))),
        hours=float(sum(hours[rung] for (_, hours), rung in zip(pairs, rungs, strict=True))),
        next_hour_gain=refused,
        last_hour_gain=last,
        is_optimal=not any(_is_s_shaped(pair) for pair in pairs) and (is_even or refused == 0),
    )


def _tabulate(gains: Floats, steps: Ints, budget: int) -> tuple[Floats, Ints]:
    """Return the best gain within 0 to budget steps, and the option of each account for it."""
    best = np.zeros(budget + 1)
    choices = np.zeros((len(gains), budget + 1), dtype=np.int64)
    for account, row in enumerate(gains):
        with_account = np.full(budget + 1, -np.inf)
        for option in np.flatnonzero(np.isfinite(row) & (steps[account] <= budget)):
            start = steps[account, option]
            trial = best[: budget + 1 - start] + row[option]
            is_better = trial > with_account[start:]
            with_account[start:][is_better] = trial[is_better]
            choices[account, start:][is_better] = option
        best = with_account
    return best, choices


def _climb(
    pairs: list[tuple[Floats, Floats]], budget_hours: float
) -> tuple[list[int], float, float]:
    """Return how far each account is climbed, the last slope taken and the steepest refused."""
    slopes = [np.diff(gains) / np.diff(hours) for gains, hours in pairs]
    rungs = [0] * len(pairs)
    spent = float(sum(hours[0] for _, hours in pairs))
    waiting = [(-slope[0], row) for row, slope in enumerate(slopes) if len(slope)]
    heapq.heapify(waiting)
    last, refused = float("inf"), 0.0
    while waiting and waiting[0][0] < 0:
        slope, row = heapq.heappop(waiting)
        hours = float(np.diff(pairs[row][1])[rungs[row]])
        if spent + hours > budget_hours + ROUNDING:
            refused = max(refused, float(-slope))
            continue
        rungs[row] += 1
        spent, last = spent + hours, min(last, float(-slope))
        if rungs[row] < len(slopes[row]):
            heapq.heappush(waiting, (-slopes[row][rungs[row]], row))
    return rungs, last, refused


def _is_s_shaped(pair: tuple[Floats, Floats]) -> bool:
    slopes = np.diff(pair[0]) / np.diff(pair[1])
    tolerance = ROUNDING * np.abs(slopes).max(initial=0)
    return bool((np.diff(slopes) > tolerance).any())


def _check_ladders(pairs: list[tuple[Floats, Floats]], *, allow_s_shape: bool) -> None:
    flat = [row for row, (_, hours) in enumerate(pairs) if (np.diff(hours) <= 0).any()]
    if flat:
        raise ParameterError(
            "Hours do not rise from option to option",
            where=_rows(np.array(flat)),
            remedy="Sort the options by hours, or use the exact allocation.",
        )
    curved = [] if allow_s_shape else [row for row, pair in enumerate(pairs) if _is_s_shaped(pair)]
    if curved:
        raise ParameterError(
            "A further call gains more than the one before, so call after call would miss the best",
            where=_rows(np.array(curved)),
            remedy="Use the exact allocation.",
        )


def _check_hours(budget_hours: float, step_hours: float) -> None:
    if not (0 <= budget_hours < np.inf and 0 < step_hours < np.inf):
        raise ParameterError(
            "Hours at hand or their steps cannot be used",
            value=f"{budget_hours:g} hours in steps of {step_hours:g}",
            where="budget_hours, step_hours",
            remedy="Give 0 or more hours, in steps above 0 such as 0.25.",
        )


def _too_few_hours(gains: Floats, hours: Floats, budget_hours: float) -> ParameterError:
    needed = float(np.where(np.isfinite(gains), hours, np.inf).min(axis=1).sum())
    return ParameterError(
        "The fewest calls that must be made do not fit into the hours",
        value=f"{needed:g} hours needed, {budget_hours:g} at hand",
        remedy=f"Give {needed - budget_hours:g} hours more, or lower the fewest calls.",
    )


def _rows(numbers: Ints) -> str:
    return f"rows {list_ids([str(number) for number in numbers])}"

"""Search one start after the other, vary the best plan, and stop when nothing helps any more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from territory_kit.design.arrays import IntArray
from territory_kit.design.model.instance import FIXED, Instance
from territory_kit.design.problem import NOBODY
from territory_kit.design.result import StopReason, TraceStep
from territory_kit.design.search.anneal import (
    FIRST_ROUNDS,
    FIRST_WORK,
    GROWTH,
    can_anneal,
    cool,
    round_work,
)
from territory_kit.design.search.descend import Plan, descend, judge, settle
from territory_kit.design.search.exhaust import best_of_all
from territory_kit.design.search.restart import remake_neighbours, shake
from territory_kit.design.search.start import (
    balanced_labels,
    cluster_labels,
    current_labels,
    home_labels,
)

# Work is counted in pairs of piece and territory, so that effort depends on size, never on time.
PAIRS_PER_PATIENCE, LONGEST_PATIENCE = 140_000, 50
PAIRS_PER_CLUSTERING, MOST_CLUSTERINGS = 400_000, 4
PAIRS_PER_BALANCED, MOST_BALANCED = 10_000, 12
# Limits missed by so little, in mean loads of each territory, are lumps that single moves mend.
NEARLY_KEPT = 0.01
# Work of remaking neighbourhoods after which a search gives up: in all when nobody waits for
# more, else without improvement: at least, and by pair of territories.
BRIEF_WORK, LEAST_STALE_WORK, STALE_WORK = 3e6, 5e7, 1.5e6
# Prices on what is capped, in mean costs of a piece, from which capped problems start.
CAP_PRICES = (0.5, 2.0, 8.0, 32.0)


@dataclass(frozen=True)
class Effort:
    """Say how long to search.

    Parameters
    ----------
    max_iterations
        Most starts and restarts.
    is_patient
        Whether to go on for long after the last improvement.
    seconds_left
        Tells what is left of the time limit, infinite without one.
    """

    max_iterations: int
    is_patient: bool
    seconds_left: Callable[[], float]

    def is_over(self) -> bool:
        """Say whether the time limit has struck."""
        return self.seconds_left() <= 0.0


@dataclass(frozen=True)
class Found:
    """Tell how a search went.

    Parameters
    ----------
    trace
        Improvements in the order found.
    stop_reason
        Why the search stopped.
    iterations
        Starts and restarts that were searched.
    seed
        Seed of the search.
    is_proven
        Whether no plan is better.
    lower_bound
        What every plan within the limits costs at least, where known.
    """

    trace: tuple[TraceStep, ...]
    stop_reason: StopReason
    iterations: int
    seed: int
    is_proven: bool = False
    lower_bound: float | None = None


def prove(instance: Instance, seed: int) -> tuple[Plan, Found]:
    """Try every plan of a tiny instance.

    Parameters
    ----------
    instance
        The instance.
    seed
        Written down; nothing is random.

    Returns
    -------
    tuple
        The best of all plans, and how it was found.
    """
    best = judge(instance, best_of_all(instance))
    trace = (TraceStep(0, best.violation, best.total),)
    return best, Found(trace, "converged", 1, seed, is_proven=True)


class _Log:
    """Keep the best plan of a search and the steps to it."""

    def __init__(self, plan: Plan) -> None:
        self.best = plan
        self.trace = [TraceStep(0, plan.violation, plan.total)]
        self.iteration = 1

    def enter(self, plan: Plan) -> bool:
        """Count one iteration; say whether its plan is the best so far."""
        is_best = plan.is_better_than(self.best)
        if is_best:
            self.best = plan
            self.trace.append(TraceStep(self.iteration, plan.violation, plan.total))
        self.iteration += 1
        return is_best


def explore(instance: Instance, seed: int, effort: Effort) -> tuple[Plan, Found]:
    """Search from several starts, vary the best plan, then remake its neighbourhoods.

    Parameters
    ----------
    instance
        The instance.
    seed
        Seed of all random choices.
    effort
        How long to search.

    Returns
    -------
    tuple
        The best plan, and how it was found.
    """
    generator = np.random.default_rng(seed)
    starts = _starts(instance, generator, effort)
    log = _Log(_enter_start(instance, starts[0](), effort))
    is_converged = _restart(instance, log, starts, generator, effort)
    log.best = settle(instance, log.best, is_last=True, is_out_of_time=effort.is_over)
    if can_anneal(instance, log.best):
        is_converged = _anneal(instance, log, generator, effort)
        log.best = settle(instance, log.best, is_last=True, is_out_of_time=effort.is_over)
    stop_reason: StopReason = "converged" if is_converged else "max_iterations"
    if effort.is_over():
        stop_reason = "time_limit"
    return log.best, Found(tuple(log.trace), stop_reason, log.iteration, seed)


def _is_many(instance: Instance) -> bool:
    """Say whether there are too many pieces and territories to search densely from every start."""
    return instance.n_pieces * instance.n_territories > PAIRS_PER_CLUSTERING


def _enter_start(instance: Instance, labels: IntArray, effort: Effort) -> Plan:
    """Improve a start; where there are many, only as far as its limits ask for."""
    plan = judge(instance, labels)
    if not _is_many(instance) or instance.rules is not None:
        return descend(instance, labels, is_out_of_time=effort.is_over)
    if instance.seat_measure == 0 and can_anneal(instance, plan):
        return plan
    if plan.violation <= NEARLY_KEPT * instance.n_territories:
        return settle(instance, plan, is_out_of_time=effort.is_over)
    return descend(instance, labels, is_out_of_time=effort.is_over)


def _restart(
    instance: Instance,
    log: _Log,
    starts: list[Callable[[], IntArray]],
    generator: np.random.Generator,
    effort: Effort,
) -> bool:
    """Try one start after the other, then variations; say whether several in a row failed."""
    n_failed = 0
    is_varied = not _is_many(instance) or not can_anneal(instance, log.best)
    while log.iteration < effort.max_iterations and not effort.is_over():
        is_start = log.iteration < len(starts)
        if not is_start and (not is_varied or n_failed >= _patience(instance)):
            return True
        if is_start:
            plan = _enter_start(instance, starts[log.iteration](), effort)
        else:
            plan = _vary(instance, log.best, log.iteration, generator, effort.is_over)
        n_failed = 0 if log.enter(plan) else n_failed + 1
    return False


def _anneal(instance: Instance, log: _Log, generator: np.random.Generator, effort: Effort) -> bool:
    """Cool down again and again, longer each time; say whether that stopped helping."""
    work = round_work(instance)
    longest = BRIEF_WORK
    if effort.is_patient:
        longest = max(LEAST_STALE_WORK, STALE_WORK * instance.n_territories**2)
    n_rounds = max(1, min(FIRST_ROUNDS * instance.n_territories, int(FIRST_WORK / work)))
    n_stale = 0
    while log.iteration < effort.max_iterations and not effort.is_over():
        n_left = int(longest / work) - n_stale
        if n_left < 1:
            return True
        n_now = min(n_rounds, n_left)
        plan = cool(instance, log.best, generator, n_rounds=n_now, seconds_left=effort.seconds_left)
        is_best = log.enter(plan)
        n_stale = 0 if is_best and effort.is_patient else n_stale + n_now
        n_rounds = int(GROWTH * n_rounds)
    return False


def _starts(
    instance: Instance, generator: np.random.Generator, effort: Effort
) -> list[Callable[[], IntArray]]:
    """List the first starts: today's territories, nearest homes or clusters."""
    problem = instance.problem
    starts: list[Callable[[], IntArray]] = []
    if problem.start != "clusters" and (instance.current != NOBODY).any():
        starts.append(partial(current_labels, instance))
    if instance.rules is not None and len(instance.rules.caps):
        starts += [
            partial(capped_labels, instance, price=price, effort=effort) for price in CAP_PRICES
        ]
    if problem.start == "current" and starts:
        return starts
    if instance.points.centre == FIXED:
        return [*starts, partial(home_labels, instance)]
    n_pairs = instance.n_pieces * instance.n_territories
    n_clusterings = max(0, min(MOST_CLUSTERINGS, PAIRS_PER_CLUSTERING // n_pairs))
    n_balanced = min(MOST_BALANCED, n_pairs // PAIRS_PER_BALANCED)
    if instance.seat_measure != NOBODY:
        # Remaking neighbourhoods finds medoids with room from any start.
        n_balanced = min(n_balanced, 1)
    seeds = generator.integers(2**31, size=n_clusterings + n_balanced)
    ways = [balanced_labels] * n_balanced + [cluster_labels] * n_clusterings
    chosen = zip(ways, seeds, strict=True)
    return [*starts, *(partial(way, instance, seed=int(seed)) for way, seed in chosen)]


def capped_labels(instance: Instance, *, price: float, effort: Effort) -> IntArray:
    """Start from today's territories, improved where every move costs what it counts.

    Parameters
    ----------
    instance
        The instance, with caps on moves.
    price
        Price of the mean amount of a piece, in mean costs of a piece.
    effort
        Says when time is over.

    Returns
    -------
    IntArray
        Territory of each piece.
    """
    if instance.rules is None:
        return current_labels(instance)
    start = judge(instance, current_labels(instance))
    mean_cost = start.total / instance.n_pieces
    amounts = instance.rules.amounts.sum(axis=0) * instance.n_pieces / instance.n_territories
    priced = replace(
        instance, fixed_costs=instance.fixed_costs + price * mean_cost * amounts, rules=None
    )
    return descend(priced, start.labels, is_out_of_time=effort.is_over).labels


def _vary(
    instance: Instance,
    best: Plan,
    iteration: int,
    generator: np.random.Generator,
    is_out_of_time: Callable[[], bool],
) -> Plan:
    """Search on from the best plan: in turn with single pieces shaken and neighbours remade."""
    if instance.points.centre == FIXED or iteration % 2:
        shaken = judge(instance, shake(instance, best, generator))
        return settle(instance, shaken, is_out_of_time=is_out_of_time)
    remade = remake_neighbours(instance, best, generator)
    return descend(instance, remade, is_out_of_time=is_out_of_time)


def _patience(instance: Instance) -> int:
    """Say how many starts may fail in a row: many where they are quick, none where all agree."""
    if instance.n_territories == 1:
        return 0
    n_pairs = instance.n_pieces * instance.n_territories
    return max(1, min(LONGEST_PATIENCE, PAIRS_PER_PATIENCE // n_pairs))

"""Solve a problem: several starts, then restarts from the best plan, until nothing improves."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from territory_kit.design.arrays import IntArray
from territory_kit.design.balance import balance_by_prices
from territory_kit.design.check import check_labels, find_violations, sum_measures
from territory_kit.design.distances import distance_costs
from territory_kit.design.instance import FIXED, Instance, build_instance
from territory_kit.design.problem import NOBODY, Problem
from territory_kit.design.restart import remake_neighbours, shake
from territory_kit.design.result import Design, StopReason, TraceStep
from territory_kit.design.search import Plan, descend, judge, settle
from territory_kit.design.start import cluster_labels, current_labels, home_labels
from territory_kit.errors import ParameterError

# Work is counted in pairs of piece and territory, so that effort depends on size, never on time.
PAIRS_PER_PATIENCE, LONGEST_PATIENCE = 240_000, 50
PAIRS_PER_CLUSTERING, MOST_CLUSTERINGS = 400_000, 4
BOUND_ROUNDS = 400


def solve(
    problem: Problem, *, seed: int, max_iterations: int = 100, time_limit_s: float | None = None
) -> Design:
    """Divide the units of a problem into territories at the least cost within the limits.

    Parameters
    ----------
    problem
        The problem.
    seed
        Seed of all random choices, at least 0. The same problem and seed give the same design,
        whatever the order of the rows and the number of threads, up to exchange of identical
        units.
    max_iterations
        Most starts and restarts, at least 1. The search ends earlier when they stop helping.
    time_limit_s
        Safety in seconds; where it strikes, the design says that it is not reproducible.

    Returns
    -------
    Design
        The best plan found. Where no plan keeps all limits, the one that misses them least, with
        its violations; `explain` says why.

    Raises
    ------
    ParameterError
        If an option is out of range.

    Notes
    -----
    Missed limits count first, then the objective. A territory stays empty only when there are
    fewer free units than territories. This is a heuristic: it does not prove that its plan is the
    best. `lower_bound` is known for fixed centres only.
    """
    _check_options(seed, max_iterations, time_limit_s)
    started = time.perf_counter()
    instance = build_instance(problem)

    def is_out_of_time() -> bool:
        return time_limit_s is not None and time.perf_counter() - started > time_limit_s

    best, found = _search(instance, seed, max_iterations, is_out_of_time)
    return _design(instance, best, found, started)


def _check_options(seed: int, max_iterations: int, time_limit_s: float | None) -> None:
    if seed < 0:
        what, value = "The seed is negative", str(seed)
        raise ParameterError(what, value=value, where="seed", remedy="Give 0 or more.")
    if max_iterations < 1:
        what, value = "There is no iteration to search in", str(max_iterations)
        raise ParameterError(what, value=value, where="max_iterations", remedy="Give 1 or more.")
    if time_limit_s is not None and not time_limit_s > 0:
        what, value = "The time limit is not positive", str(time_limit_s)
        raise ParameterError(what, value=value, where="time_limit_s", remedy="Give more than 0.")


@dataclass(frozen=True)
class _Found:
    """How a search went."""

    trace: tuple[TraceStep, ...]
    stop_reason: StopReason
    iterations: int
    seed: int


def _search(
    instance: Instance, seed: int, max_iterations: int, is_out_of_time: Callable[[], bool]
) -> tuple[Plan, _Found]:
    """Try one start after the other; stop when several in a row bring nothing."""
    generator = np.random.default_rng(seed)
    starts = _starts(instance, generator)
    best = descend(instance, starts[0](), is_out_of_time=is_out_of_time)
    trace = [TraceStep(0, best.violation, best.total)]
    n_failed, iteration = 0, 1
    stop_reason: StopReason = "max_iterations"
    while iteration < max_iterations and not is_out_of_time():
        if iteration >= len(starts) and n_failed >= _patience(instance):
            stop_reason = "converged"
            break
        if iteration < len(starts):
            plan = descend(instance, starts[iteration](), is_out_of_time=is_out_of_time)
        else:
            plan = _vary(instance, best, iteration, generator, is_out_of_time)
        n_failed += 1
        if plan.is_better_than(best):
            best, n_failed = plan, 0
            trace.append(TraceStep(iteration, plan.violation, plan.total))
        iteration += 1
    best = settle(instance, best, is_last=True, is_out_of_time=is_out_of_time)
    if is_out_of_time():
        stop_reason = "time_limit"
    return best, _Found(tuple(trace), stop_reason, iteration, seed)


def _starts(instance: Instance, generator: np.random.Generator) -> list[Callable[[], IntArray]]:
    """List the first starts: today's territories, nearest homes or clusters."""
    problem = instance.problem
    starts: list[Callable[[], IntArray]] = []
    if problem.start != "clusters" and (instance.current != NOBODY).any():
        starts.append(partial(current_labels, instance))
    if problem.start == "current" and starts:
        return starts
    if instance.points.centre == FIXED:
        return [*starts, partial(home_labels, instance)]
    n_pairs = instance.n_pieces * instance.n_territories
    n_clusterings = max(1, min(MOST_CLUSTERINGS, PAIRS_PER_CLUSTERING // n_pairs))
    seeds = generator.integers(2**31, size=n_clusterings)
    return [*starts, *(partial(cluster_labels, instance, seed=int(seed)) for seed in seeds)]


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


def _lower_bound(instance: Instance) -> float | None:
    """Bound the objective from below where the centres are fixed."""
    if instance.points.centre != FIXED:
        return None
    costs = distance_costs(instance.points, instance.points.homes_km, instance.fixed_costs)
    prices = np.zeros(instance.limits.lower.shape)
    _, _, bound = balance_by_prices(
        costs, instance.limits, prices, BOUND_ROUNDS, is_last_taken=False
    )
    return max(float(bound), 0.0)


def _design(
    instance: Instance,
    best: Plan,
    found: _Found,
    started: float,
) -> Design:
    problem = instance.problem
    labels = best.labels[instance.piece_of_unit]
    check_labels(problem, labels)
    loads = sum_measures(problem, labels, instance.order)
    is_unit = best.centre_points >= 0
    centre_units = np.full(problem.n_territories, NOBODY)
    centre_units[is_unit] = instance.point_units[best.centre_points[is_unit]]
    distance = float(best.territory_costs.sum())
    return Design(
        labels=labels,
        centres_km=best.centres_km,
        centre_units=centre_units,
        loads=loads,
        objective={"distance": distance, "moves": best.moves, "total": best.total},
        violations=find_violations(problem, loads),
        lower_bound=_lower_bound(instance),
        trace=found.trace,
        stop_reason=found.stop_reason,
        seed=found.seed,
        iterations=found.iterations,
        seconds=time.perf_counter() - started,
    )

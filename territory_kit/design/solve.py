"""Solve a problem: several starts, then restarts from the best plan, until nothing improves."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from territory_kit.design.bounds.bound import medoid_bound
from territory_kit.design.check import (
    check_labels,
    find_broken_rules,
    find_violations,
    sum_measures,
)
from territory_kit.design.model.coarse import merge_units
from territory_kit.design.model.distances import distance_costs
from territory_kit.design.model.instance import FIXED, Instance, build_instance
from territory_kit.design.moves.balance import balance_by_prices
from territory_kit.design.problem import NOBODY, Problem
from territory_kit.design.result import Design, TraceStep
from territory_kit.design.search.descend import Plan
from territory_kit.design.search.exhaust import is_tiny
from territory_kit.design.search.explore import Effort, Found, explore, prove
from territory_kit.design.search.refine import refine_units
from territory_kit.errors import ParameterError

DEFAULT_ITERATIONS = 100
# Share of the time limit for the search; the rest is for bound and checks. Later than the second
# share no bound is begun.
SEARCH_SHARE, BOUND_SHARE = 0.95, 0.98
# The same where cells of units are searched, which are refined afterwards.
CELLS_SHARE = 0.7
BOUND_ROUNDS, PAIRS_PER_BOUND = 400, 400_000_000


def solve(
    problem: Problem,
    *,
    seed: int,
    max_iterations: int | None = None,
    time_limit_s: float | None = None,
    is_bounded: bool = True,
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
        None means 100, or as many as help where a time limit is given.
    time_limit_s
        Wall time in seconds. The search takes longer to give up where a limit is given. Where it
        strikes, the design says that it is not reproducible.
    is_bounded
        Whether to compute ``lower_bound``, which takes about as long as a short search; where
        proposals are only compared with each other, nobody asks for it.

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
    best. Tiny problems are solved by trying every plan. Above 100,000 units, close units are first
    assigned as one, and then, without edges and caps, one by one. `lower_bound` is known for plans
    within all limits, around fixed centres, and around medoids up to about 3,000 units (1,000
    where eight territories have owners); around means only for tiny problems.
    """
    _check_options(seed, max_iterations, time_limit_s)
    started = time.perf_counter()

    def left(share: float) -> float:
        limit = np.inf if time_limit_s is None else share * time_limit_s
        return float(limit - (time.perf_counter() - started))

    def is_over(share: float) -> bool:
        return left(share) <= 0.0

    merged = merge_units(problem)
    instance = build_instance(merged)
    if max_iterations is None:
        max_iterations = DEFAULT_ITERATIONS if time_limit_s is None else sys.maxsize
    is_refined = merged is not problem and instance.rules is None
    share = CELLS_SHARE if is_refined else SEARCH_SHARE
    effort = Effort(max_iterations, time_limit_s is not None, partial(left, share))
    best, found = prove(instance, seed) if is_tiny(instance) else explore(instance, seed, effort)
    if found.is_proven or (is_bounded and merged is problem and not is_over(BOUND_SHARE)):
        found = replace(found, lower_bound=_lower_bound(instance, best, found))
    if is_refined:
        best, found = _refine(problem, instance, best, found, partial(is_over, SEARCH_SHARE))
    else:
        best = replace(best, labels=best.labels[instance.piece_of_unit])
    return _design(problem, instance, best, found, started)


def _refine(
    problem: Problem,
    instance: Instance,
    plan: Plan,
    found: Found,
    is_out_of_time: Callable[[], bool],
) -> tuple[Plan, Found]:
    """Assign units one by one after a search with cells of units."""
    refined = refine_units(problem, instance, plan, seed=found.seed, is_out_of_time=is_out_of_time)
    if refined.is_better_than(plan):
        step = TraceStep(found.iterations, refined.violation, refined.total)
        found = replace(found, trace=(*found.trace, step))
    return refined, replace(found, stop_reason="time_limit") if is_out_of_time() else found


def _check_options(seed: int, max_iterations: int | None, time_limit_s: float | None) -> None:
    if seed < 0:
        what, value = "The seed is negative", str(seed)
        raise ParameterError(what, value=value, where="seed", remedy="Give 0 or more.")
    if max_iterations is not None and max_iterations < 1:
        what, value = "There is no iteration to search in", str(max_iterations)
        raise ParameterError(what, value=value, where="max_iterations", remedy="Give 1 or more.")
    if time_limit_s is not None and not time_limit_s > 0:
        what, value = "The time limit is not positive", str(time_limit_s)
        raise ParameterError(what, value=value, where="time_limit_s", remedy="Give more than 0.")


def _lower_bound(instance: Instance, best: Plan, found: Found) -> float | None:
    """Bound the objective of feasible plans from below, where one is known and it can be done."""
    if best.violation > 0.0:
        return None
    if found.is_proven:
        return best.total
    if instance.points.centre != FIXED:
        return medoid_bound(instance, best)
    costs = distance_costs(instance.points, instance.points.homes_km, instance.fixed_costs)
    prices = np.zeros(instance.limits.lower.shape)
    n_rounds = min(BOUND_ROUNDS, max(1, PAIRS_PER_BOUND // costs.size))
    _, _, bound = balance_by_prices(costs, instance.limits, prices, n_rounds, is_last_taken=False)
    return min(max(float(bound), 0.0), best.total)


def _design(
    problem: Problem,
    instance: Instance,
    best: Plan,
    found: Found,
    started: float,
) -> Design:
    labels = best.labels
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
        violations=(
            *find_violations(problem, loads),
            *find_broken_rules(problem, labels, centre_units),
        ),
        lower_bound=found.lower_bound,
        trace=found.trace,
        stop_reason=found.stop_reason,
        seed=found.seed,
        iterations=found.iterations,
        seconds=time.perf_counter() - started,
    )

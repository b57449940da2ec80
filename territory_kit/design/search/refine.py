"""Give single units to the better territory after a search that moved whole cells of units.

Territory by territory, the units of a neighbourhood are assigned one by one around the centres as
they stand: a small problem with fixed centres. Then the centres follow, and it all starts again.
"""

from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.check import sum_measures
from territory_kit.design.model.distances import locate_centres
from territory_kit.design.model.instance import Instance, build_instance
from territory_kit.design.moves.balance import total_violation
from territory_kit.design.moves.seats import seat_territories
from territory_kit.design.problem import NOBODY, Problem
from territory_kit.design.search.descend import Plan, judge, limits_at, settle
from territory_kit.design.search.start import WIDEST, cluster_within, tightest_limits

# Territories of a neighbourhood, and how often the whole map is gone through.
REGION_COUNT, ROUNDS = 6, 2
# Clusterings of single units that compete with the plan of cells.
CLUSTERINGS = 4
# scikit-learn knows so many seeds; ours may be larger.
SEEDS = 2**32


def refine_units(
    problem: Problem,
    instance: Instance,
    plan: Plan,
    *,
    seed: int,
    is_out_of_time: Callable[[], bool],
) -> Plan:
    """Assign units one by one around the centres of a plan of cells.

    Parameters
    ----------
    problem
        The problem, without edges and caps.
    instance
        The same problem with units merged to cells.
    plan
        A plan for the instance.
    seed
        Seed of the clusters of units that compete with it.
    is_out_of_time
        Asked between neighbourhoods.

    Returns
    -------
    Plan
        A plan with the territory of each unit, as good as the one given or better.
    """
    best = judge_units(problem, instance, plan.labels[instance.piece_of_unit])
    for turn in range(CLUSTERINGS if _is_free(problem, instance) else 0):
        if not is_out_of_time():
            clustered = judge_units(
                problem, instance, _clustered(problem, instance, (seed + turn) % SEEDS)
            )
            best = clustered if clustered.is_better_than(best) else best
    for _ in range(ROUNDS):
        labels = best.labels.copy()
        for region in _regions(best):
            if is_out_of_time():
                break
            places = _places(problem, region)
            units = np.flatnonzero(places[labels] != NOBODY)
            part = build_instance(_part(problem, instance, best, units, region))
            start = np.empty(part.n_pieces, dtype=np.int64)
            start[part.piece_of_unit] = places[labels[units]]
            found = settle(part, judge(part, start), is_out_of_time=is_out_of_time)
            labels[units] = region[found.labels[part.piece_of_unit]]
        refined = judge_units(problem, instance, labels)
        if not refined.is_better_than(best):
            break
        best = refined
    return best


def _is_free(problem: Problem, instance: Instance) -> bool:
    """Whether limits of measures bind units, and nothing else does."""
    bonds = (problem.current, problem.locked, problem.together, problem.capacities)
    is_located = bool(np.isfinite(problem.positions_km).all())
    is_limited = bool((tightest_limits(instance)[2] < WIDEST).any())
    is_open = is_limited and is_located and problem.centre != "fixed"
    return is_open and all(bond is None for bond in bonds)


def _clustered(problem: Problem, instance: Instance, seed: int) -> IntArray:
    """Divide the units by clusters within the tightest limits, without looking at cells."""
    measure, lower, upper = tightest_limits(instance)
    order = instance.order
    loads = problem.measures[order, measure]
    labels = np.empty(problem.n_units, dtype=np.int64)
    labels[order] = cluster_within(problem.positions_km[order], loads, lower, upper, seed=seed)
    return labels


def judge_units(problem: Problem, instance: Instance, labels: IntArray) -> Plan:
    """Locate the centres of a plan of single units and add up its figures.

    Parameters
    ----------
    problem
        The problem.
    instance
        The same problem with units merged to cells; its points are the units.
    labels
        Territory of each unit.

    Returns
    -------
    Plan
        The plan, with the territory of each unit.
    """
    n_points = len(instance.points.weights)
    points = instance.points._replace(pieces=np.arange(n_points), starts=np.arange(n_points + 1))
    centres = locate_centres(points, labels[instance.point_units])
    sums = _scaled_sums(problem, instance, labels)
    if instance.seat_measure != NOBODY:
        loads = np.ascontiguousarray(sums[:, instance.seat_measure])
        of_points = labels[instance.point_units]
        seat_territories(points, instance.rooms, of_points, loads, centres)
    moves = 0.0
    if problem.current is not None and problem.move_prices is not None:
        has_left = (problem.current != NOBODY) & (labels != problem.current)
        moves = float(problem.move_prices[instance.order][has_left[instance.order]].sum())
    violation = total_violation(limits_at(instance, centres[1]), sums)
    return Plan(labels, *centres, float(violation), moves)


def _scaled_sums(problem: Problem, instance: Instance, labels: IntArray) -> FloatArray:
    """Add up measures, capacity and presence per territory in the scale of the instance."""
    sums = sum_measures(problem, labels, instance.order)
    if problem.capacity_loads is not None:
        order, count = instance.order, problem.n_territories
        taken = np.bincount(labels[order], problem.capacity_loads[order], minlength=count)
        sums = np.column_stack([sums, taken])
    mean = sums.sum(axis=0) / problem.n_territories
    counts = np.bincount(labels, minlength=problem.n_territories)
    presence = instance.limits.loads[0, -1] * counts
    return np.column_stack([sums / np.where(mean > 0, mean, 1.0), presence])


def _regions(plan: Plan) -> list[IntArray]:
    """List each territory with those nearest to it."""
    located = np.flatnonzero(np.isfinite(plan.centres_km[:, 0]))
    if len(located) <= 1:
        return []
    tree = cKDTree(plan.centres_km[located])
    _, near = tree.query(plan.centres_km[located], k=min(REGION_COUNT, len(located)))
    return [located[np.sort(one)] for one in near]


def _places(problem: Problem, region: IntArray) -> IntArray:
    """Give the territories of a region numbers; -1 to all others and to none."""
    places = np.full(problem.n_territories + 1, NOBODY)
    places[region] = np.arange(len(region))
    return places


def _part(
    problem: Problem, instance: Instance, plan: Plan, units: IntArray, region: IntArray
) -> Problem:
    """Ask how to divide some units among the territories of a region around their centres."""
    places = _places(problem, region)
    measures, lower, upper = problem.measures[units], problem.lower[region], problem.upper[region]
    locks = np.full(problem.n_units, NOBODY) if problem.locked is None else problem.locked.copy()
    if (plan.centre_points[region] != NOBODY).all():
        locks[instance.point_units[plan.centre_points[region]]] = region
    if problem.capacities is not None and problem.capacity_loads is not None:
        rooms = problem.capacities[instance.point_units[plan.centre_points[region]]]
        measures = np.column_stack([measures, problem.capacity_loads[units]])
        lower = np.column_stack([lower, np.full(len(region), -np.inf)])
        upper = np.column_stack([upper, rooms])
    return Problem(
        positions_km=problem.positions_km[units],
        distance_weights=problem.distance_weights[units],
        measures=measures,
        lower=lower,
        upper=upper,
        distance=problem.distance,
        centre="fixed",
        homes_km=plan.centres_km[region],
        current=None if problem.current is None else places[problem.current[units]],
        move_prices=None if problem.move_prices is None else problem.move_prices[units],
        locked=places[locks[units]],
        together=None if problem.together is None else problem.together[units],
    )

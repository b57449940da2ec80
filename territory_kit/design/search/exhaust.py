"""Try every plan of a tiny problem, which proves the best one.

A few units and territories come up in tests, in first trials and in small teams; there the
search would only be a long way to less certainty.
"""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.distances import ALL_PLACES_COUNT, locate_centres
from territory_kit.design.model.instance import Instance, Limits, Points
from territory_kit.design.model.rules import Rules, no_rules, rule_violation
from territory_kit.design.moves.balance import sum_loads, total_violation
from territory_kit.design.moves.seats import seat_territories

# Ten units in three territories: half a second.
MOST_PLANS = 60_000
# Smaller differences are rounding; the first of equal plans is taken.
SAME_VIOLATION, SAME_COST_SHARE = 1e-9, 1e-10


def is_tiny(instance: Instance) -> bool:
    """Say whether all plans can be tried.

    Parameters
    ----------
    instance
        The instance.

    Returns
    -------
    bool
        Whether there are at most `MOST_PLANS`, and every place is tried as a medoid.
    """
    if len(instance.points.weights) > ALL_PLACES_COUNT:
        return False
    n_free = int(instance.is_free.sum())
    return bool(n_free * np.log(instance.n_territories) <= np.log(MOST_PLANS))


def best_of_all(instance: Instance) -> IntArray:
    """Find the plan with the least violation, then the least cost.

    Parameters
    ----------
    instance
        A tiny instance.

    Returns
    -------
    IntArray
        Territory of each piece.
    """
    labels = np.where(instance.is_free, 0, instance.fixed_costs.argmin(axis=1))
    rules = instance.rules or no_rules(instance.n_pieces, instance.n_territories)
    best: IntArray = _try_all(
        instance.points,
        (instance.limits, instance.fixed_costs, instance.rooms, instance.seat_measure),
        rules,
        labels,
        np.flatnonzero(instance.is_free),
    )
    return best


@compiled
def _try_all(
    points: Points,
    terms: tuple[Limits, FloatArray, FloatArray, int],
    rules: Rules,
    labels: IntArray,
    free: IntArray,
) -> IntArray:
    """Count through all labels of the free pieces like through the digits of a number."""
    best = labels.copy()
    least_violation = least_cost = np.inf
    n_territories = len(terms[0].lower)
    is_done = False
    while not is_done:
        violation, cost = _judge(points, terms, rules, labels)
        is_as_good = violation <= least_violation + SAME_VIOLATION
        is_cheaper = cost < least_cost - SAME_COST_SHARE * abs(least_cost)
        if violation < least_violation - SAME_VIOLATION or (
            is_as_good and (is_cheaper or least_cost == np.inf)
        ):
            least_violation, least_cost = violation, cost
            best[:] = labels
        is_done = True
        for piece in free:
            labels[piece] += 1
            if labels[piece] < n_territories:
                is_done = False
                break
            labels[piece] = 0
    return best


@compiled
def _judge(
    points: Points,
    terms: tuple[Limits, FloatArray, FloatArray, int],
    rules: Rules,
    labels: IntArray,
) -> tuple[float, float]:
    limits, fixed_costs, rooms, seat_measure = terms
    sums = sum_loads(limits, labels)
    violation = total_violation(limits, sums) + rule_violation(rules, labels, len(sums))
    centres_km, centre_points, costs = locate_centres(points, labels)
    if seat_measure >= 0:
        loads = sums[:, seat_measure]
        seat_territories(points, rooms, labels, loads, (centres_km, centre_points, costs))
        for territory in range(len(costs)):
            if centre_points[territory] >= 0:
                room = rooms[centre_points[territory]]
                violation += max(0.0, loads[territory] - room)
    cost = costs.sum()
    for piece in range(len(labels)):
        cost += fixed_costs[piece, labels[piece]]
    return violation, cost

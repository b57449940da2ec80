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

# Ten units in three numbered territories: half a second.
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
    if _are_alike(instance):
        return count_divisions(n_free, instance.n_territories) <= MOST_PLANS
    return bool(n_free * np.log(instance.n_territories) <= np.log(MOST_PLANS))


def _are_alike(instance: Instance) -> bool:
    """Say whether territories could trade numbers: then they are numbered as they come."""
    limits, homes = instance.limits, instance.points.homes_km
    tables = (limits.lower, limits.upper, instance.fixed_costs.T)
    has_homes = bool(np.isfinite(homes).any())
    is_capped = instance.rules is not None and len(instance.rules.caps) > 0
    return not (has_homes or is_capped) and all(bool((table == table[0]).all()) for table in tables)


def count_divisions(n_pieces: int, n_territories: int) -> float:
    """Count the ways to divide pieces among territories without numbers, empty ones allowed.

    Parameters
    ----------
    n_pieces
        Number of pieces.
    n_territories
        Largest number of territories.

    Returns
    -------
    float
        The count, infinite where it is too large for a number.
    """
    # ways[k]: divisions of the pieces so far among exactly k territories (Stirling numbers).
    ways = np.zeros(n_territories + 1)
    ways[0] = 1.0
    with np.errstate(over="ignore"):
        for _ in range(n_pieces):
            ways[1:] = ways[1:] * np.arange(1, n_territories + 1) + ways[:-1]
            ways[0] = 0.0
        return float(ways.sum())


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
        is_alike=_are_alike(instance),
    )
    return best


@compiled
def _try_all(
    points: Points,
    terms: tuple[Limits, FloatArray, FloatArray, int],
    rules: Rules,
    labels: IntArray,
    free: IntArray,
    *,
    is_alike: bool,
) -> IntArray:
    """Count through all labels of the free pieces like through the digits of a number.

    Where territories are alike, a piece opens the next number at most.
    """
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
        for place in range(len(free) - 1, -1, -1):
            top = n_territories - 1
            if is_alike:
                top = min(top, labels[free[:place]].max() + 1) if place > 0 else 0
            if labels[free[place]] < top:
                labels[free[place]] += 1
                is_done = False
                break
            labels[free[place]] = 0
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

"""Bound the cost around medoids from below.

Every unit offers a reward for being served. A medoid takes the units whose reward exceeds their
cost, up to what the limits allow (in fractions), and the best medoids are kept. What the rewards
give away in all, less what the medoids gain, is a lower bound for every plan; rewards of units
that are served twice fall, of those not served rise (Lagrangian relaxation, subgradients).
Locks, groups, lower limits, prices of moves and connection can only raise the cost.

References
----------
Held, Wolfe, Crowder (1974), "Validation of subgradient optimization", Mathematical Programming 6.
Christofides, Beasley (1982), "A tree search algorithm for the p-median problem", European
Journal of Operational Research 10.
"""

import numpy as np

from territory_kit.design.arrays import FloatArray
from territory_kit.design.compiled import compiled
from territory_kit.design.distances import distance_to
from territory_kit.design.instance import MEDOID, Instance, Points

# Above this many points the bound would take longer than the plan.
MOST_POINTS = 700
MOST_ROUNDS, PAIRS_PER_BOUND = 150, 8_000_000
# The step is halved after so many rounds without a better bound.
STALE_ROUNDS = 8


def medoid_bound(instance: Instance, total: float) -> float | None:
    """Bound the objective of all feasible plans from below.

    Parameters
    ----------
    instance
        The instance.
    total
        Objective of a plan, which guides the steps.

    Returns
    -------
    float or None
        The bound; None for other centres than medoids and where it would take too long.
    """
    points = instance.points
    n_points = len(points.weights)
    if points.centre != MEDOID or not 0 < n_points <= MOST_POINTS:
        return None
    loads, rooms = _tightest(instance)
    n_rounds = min(MOST_ROUNDS, PAIRS_PER_BOUND // n_points**2)
    bound = _bound(points, loads, rooms, (instance.n_territories, n_rounds), total)
    return min(max(float(bound), 0.0), total) if np.isfinite(bound) else None


def _tightest(instance: Instance) -> tuple[FloatArray, FloatArray]:
    """Choose the one limit that binds most: the medoid's capacity, or the tightest measure."""
    limits, points = instance.limits, instance.points
    measure = instance.seat_measure
    if measure < 0:
        highest = limits.upper[:, :-1].max(axis=0)
        if not len(highest):
            return np.zeros(len(points.weights)), np.full(len(points.weights), np.inf)
        measure = int(highest.argmin())
        rooms = np.full(len(points.weights), highest[measure])
    else:
        rooms = instance.rooms
    # A piece's load counts for its first point; more points of a piece take nothing.
    loads = np.zeros(len(points.weights))
    is_located = points.starts[1:] > points.starts[:-1]
    loads[points.starts[:-1][is_located]] = limits.loads[is_located, measure]
    return loads, rooms


@compiled
def _bound(
    points: Points,
    loads: FloatArray,
    rooms: FloatArray,
    sizes: tuple[int, int],
    total: float,
) -> float:
    n_points, (n_medoids, n_rounds) = len(points.weights), sizes
    ways = np.empty((n_points, n_points))
    for one in range(n_points):
        x_km, y_km = points.positions_km[one, 0], points.positions_km[one, 1]
        for two in range(n_points):
            ways[one, two] = points.weights[two] * distance_to(points, two, x_km, y_km)
    rewards = _first_rewards(ways, n_medoids)
    served, gains = np.zeros((n_points, n_points)), np.zeros(n_points)
    best, stride, n_stale = -np.inf, 1.5, 0
    for _ in range(n_rounds):
        for seat in range(n_points):
            gains[seat] = _fill(rewards, ways[seat], loads, rooms[seat], served[seat])
        chosen = np.argsort(-gains, kind="mergesort")[:n_medoids]
        value = rewards.sum() - gains[chosen].sum()
        n_stale = 0 if value > best else n_stale + 1
        best = max(best, value)
        missing = np.ones(n_points)
        for seat in chosen:
            missing -= served[seat]
        norm = (missing * missing).sum()
        if norm < 1e-12 or stride < 1e-4:  # noqa: PLR2004  # reason: rounding, not settings
            break
        if n_stale >= STALE_ROUNDS:
            stride, n_stale = stride / 2, 0
        rewards += stride * max(total - value, 1e-3 * total) / norm * missing
    return best


@compiled
def _first_rewards(ways: FloatArray, n_medoids: int) -> FloatArray:
    """Start with what a unit pays to a place that is as far as medoids lie apart."""
    rewards = np.empty(len(ways))
    rank = min(len(ways) - 1, len(ways) // n_medoids)
    for point in range(len(ways)):
        rewards[point] = np.sort(ways[:, point])[rank]
    return rewards


@compiled
def _fill(
    rewards: FloatArray, ways: FloatArray, loads: FloatArray, room: float, served: FloatArray
) -> float:
    """Serve the units with gain, best gain by load first, the last one in part; sum up the gain."""
    total = load = 0.0
    for unit in range(len(ways)):
        gain = rewards[unit] - ways[unit]
        served[unit] = 1.0 if gain > 0.0 else 0.0
        if gain > 0.0:
            total += gain
            load += loads[unit]
    if load <= room:
        return total
    gaining = np.flatnonzero(served)
    gains = rewards[gaining] - ways[gaining]
    total, left = 0.0, room
    served[:] = 0.0
    for place in np.argsort(-gains / np.maximum(loads[gaining], 1e-300)):
        unit = gaining[place]
        share = 1.0 if loads[unit] <= left else left / loads[unit]
        served[unit] = share
        total += share * gains[place]
        left -= share * loads[unit]
        if share < 1.0:
            break
    return total

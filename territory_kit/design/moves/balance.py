"""Balance territories by prices on their centres.

Every territory asks a price per unit of each measure. A piece goes where cost plus price is
least, so a territory that is too full raises its price and loses pieces at its border. Prices
that keep all limits give the cheapest assignment to these centres, up to the few pieces that a
linear programme would split (a generalised power diagram).

References
----------
Hess, Samuels (1971), "Experiences with a sales districting model: criteria and implementation",
Management Science 18.
Fleischmann, Paraschis (1988), "Solving a large scale districting problem: a case report",
Computers & Operations Research 15.
Aurenhammer, Hoffmann, Aronov (1998), "Minkowski-type theorems and least-squares clustering",
Algorithmica 20.
"""

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.instance import Limits

# A price moves with what is too much or missing, in mean territory loads and at most one, in
# small steps that keep some of their speed; a price that is not needed is eased slowly.
STEP_SHARE, MOMENTUM, LONGEST_PUSH, EASE = 0.03, 0.8, 1.0, 0.02


@compiled
def violation_of(limits: Limits, territory: int, load: FloatArray) -> float:
    """Add up by how much a load misses the limits of a territory, all measures together."""
    total = 0.0
    for measure in range(len(load)):
        low, high = limits.lower[territory, measure], limits.upper[territory, measure]
        total += max(0.0, low - load[measure], load[measure] - high)
    return total


@compiled
def sum_loads(limits: Limits, labels: IntArray) -> FloatArray:
    """Add up the measures of each territory, in canonical order."""
    sums = np.zeros_like(limits.lower)
    for piece in range(len(labels)):
        for measure in range(sums.shape[1]):
            sums[labels[piece], measure] += limits.loads[piece, measure]
    return sums


@compiled
def total_violation(limits: Limits, sums: FloatArray) -> float:
    """Add up the violations of all territories."""
    total = 0.0
    for territory in range(len(sums)):
        total += violation_of(limits, territory, sums[territory])
    return total


@compiled
def balance_by_prices(
    costs: FloatArray,
    limits: Limits,
    start_prices: FloatArray,
    n_rounds: int,
    *,
    is_last_taken: bool,
) -> tuple[IntArray, FloatArray, float]:
    """Search prices that keep the limits; return labels, prices and a lower bound.

    The labels are those of the last round, or of the round with the least violation, then the
    least cost. The bound holds for these centres: no assignment within the limits costs less.
    """
    prices, best_prices = start_prices.copy(), start_prices.copy()
    steps = STEP_SHARE * _first_steps(costs, limits.loads)
    speeds = np.zeros(prices.shape)
    best_labels = np.zeros(len(costs), dtype=np.int64)
    least_violation, least_cost, bound = np.inf, np.inf, -np.inf
    for _ in range(n_rounds):
        labels, asked, cost = _assign(costs, limits.loads, prices)
        sums = sum_loads(limits, labels)
        violation = total_violation(limits, sums)
        bound = max(bound, asked - _income(limits, prices))
        if violation < least_violation or (violation == least_violation and cost < least_cost):
            least_violation, least_cost = violation, cost
            best_labels, best_prices = labels, prices.copy()
        if violation == 0.0 and not prices.any():
            break
        _turn_prices(limits, sums, prices, speeds, steps)
    return (labels, prices, bound) if is_last_taken else (best_labels, best_prices, bound)


@compiled
def _assign(
    costs: FloatArray, loads: FloatArray, prices: FloatArray
) -> tuple[IntArray, float, float]:
    """Give each piece to the territory that asks least; sum up what is asked and what it costs."""
    labels = np.zeros(len(costs), dtype=np.int64)
    total_asked = total_cost = 0.0
    for piece in range(len(costs)):
        least = np.inf
        for territory in range(len(prices)):
            asked = costs[piece, territory]
            for measure in range(loads.shape[1]):
                asked += prices[territory, measure] * loads[piece, measure]
            if asked < least:
                least = asked
                labels[piece] = territory
        total_asked += least
        total_cost += costs[piece, labels[piece]]
    return labels, total_asked, total_cost


@compiled
def _first_steps(costs: FloatArray, loads: FloatArray) -> FloatArray:
    """Choose the first change of price per measure: what the second choice costs per load."""
    regret = 0.0
    for piece in range(len(costs)):
        ordered = np.sort(costs[piece])
        if len(ordered) > 1 and np.isfinite(ordered[1]):
            regret += ordered[1] - ordered[0]
    steps = np.ones(loads.shape[1])
    for measure in range(loads.shape[1]):
        total = loads[:, measure].sum()
        if total > 0 and regret > 0:
            steps[measure] = regret / total
    return steps


@compiled
def _turn_prices(
    limits: Limits, sums: FloatArray, prices: FloatArray, speeds: FloatArray, steps: FloatArray
) -> None:
    """Raise the prices of full territories, lower those of poor ones, and ease the others."""
    presence = prices.shape[1] - 1
    for territory in range(len(prices)):
        for measure in range(prices.shape[1]):
            price, load = prices[territory, measure], sums[territory, measure]
            scale = limits.loads[0, presence] if measure == presence else 1.0
            push = 0.0
            if load > limits.upper[territory, measure]:
                push = min((load - limits.upper[territory, measure]) / scale, LONGEST_PUSH)
            elif load < limits.lower[territory, measure]:
                push = max((load - limits.lower[territory, measure]) / scale, -LONGEST_PUSH)
            elif price != 0.0:
                push = -EASE * np.sign(price)
            speed = MOMENTUM * speeds[territory, measure] + push
            price += steps[measure] * speed
            if price > 0.0 and limits.upper[territory, measure] == np.inf:
                # Without an upper limit nothing is ever too full.
                speed = price = 0.0
            speeds[territory, measure], prices[territory, measure] = speed, price


@compiled
def _income(limits: Limits, prices: FloatArray) -> float:
    """Add up what the prices earn at most within the limits (the constant of the dual)."""
    income = 0.0
    for territory in range(len(prices)):
        for measure in range(prices.shape[1]):
            price = prices[territory, measure]
            if price > 0:
                income += price * limits.upper[territory, measure]
            elif price < 0:
                income += price * limits.lower[territory, measure]
    return income

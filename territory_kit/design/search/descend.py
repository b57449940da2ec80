"""Bring one start to a local optimum: assign, balance, improve, move the centres, repeat."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.model.distances import distance_costs, locate_centres
from territory_kit.design.model.instance import FIXED, Instance, Limits
from territory_kit.design.model.rules import rule_violation
from territory_kit.design.moves.balance import balance_by_prices, sum_loads, total_violation
from territory_kit.design.moves.connect import connect_labels, improve_within_rules
from territory_kit.design.moves.improve import improve_labels
from territory_kit.design.moves.polish import polish_labels
from territory_kit.design.moves.seats import seat_territories
from territory_kit.design.problem import NOBODY

# Rounds of each loop; they end earlier when nothing changes.
CENTRE_ROUNDS, PRICE_ROUNDS, LATER_PRICE_ROUNDS, IMPROVE_ROUNDS = 30, 150, 50, 60
# Rounds within rules between two looks at the clock.
ROUNDS_PER_LOOK = 5
# Before that, prices and centres move together, and longer where load has a longer way to go.
MOST_GUIDE_TURNS, GUIDE_ROUNDS = 50, 10
# Penalties on broken limits, in prices that the balance asked: first soft, at last any cost.
PENALTY_GROWTH = (2.0, 10.0, 100.0)
ANY_COST = 1e8
# Exact judgement of moves: for every plan up to the first number of pieces, for the last plan up
# to the second, and for so many visited points.
ALWAYS_POLISHED_COUNT, POLISHED_COUNT, POLISH_BUDGET = 60, 3000, 20_000_000
# Two plans whose violations differ by less are equally feasible.
SAME_VIOLATION = 1e-9
SAME_COST_SHARE = 1e-9


@dataclass(frozen=True, eq=False)
class Plan:
    """Hold a plan with the figures by which plans are compared.

    Parameters
    ----------
    labels
        Territory of each piece.
    centres_km
        Centre of each territory.
    centre_points
        Point of each medoid, else -1.
    territory_costs
        Distance cost of each territory.
    violation
        Sum of missed limits, in mean territory loads.
    moves
        Price of all moves.
    """

    labels: IntArray
    centres_km: FloatArray
    centre_points: IntArray
    territory_costs: FloatArray
    violation: float
    moves: float

    @property
    def total(self) -> float:
        """Objective: distance and moves."""
        return float(self.territory_costs.sum()) + self.moves

    def is_better_than(self, other: "Plan") -> bool:
        """Whether limits are missed by less, or by as much at a smaller objective."""
        if abs(self.violation - other.violation) > SAME_VIOLATION:
            return self.violation < other.violation
        return self.total < other.total - SAME_COST_SHARE * abs(other.total)


def judge(instance: Instance, labels: IntArray) -> Plan:
    """Locate the centres of a plan and add up its figures.

    Parameters
    ----------
    instance
        The instance.
    labels
        Territory of each piece.

    Returns
    -------
    Plan
        The plan.
    """
    centres_km, centre_points, costs = locate_centres(instance.points, labels)
    sums = sum_loads(instance.limits, labels)
    if instance.seat_measure != NOBODY:
        seat_territories(
            instance.points,
            instance.rooms,
            labels,
            sums[:, instance.seat_measure],
            (centres_km, centre_points, costs),
        )
    moves = instance.fixed_costs[np.arange(len(labels)), labels]
    violation = total_violation(limits_at(instance, centre_points), sums)
    if instance.rules is not None:
        violation += rule_violation(instance.rules, labels, instance.n_territories)
    return Plan(labels, centres_km, centre_points, costs, float(violation), float(moves.sum()))


def limits_at(instance: Instance, centre_points: IntArray) -> Limits:
    """Limit the territories of a plan: as given, and by the capacities of their medoids.

    Parameters
    ----------
    instance
        The instance.
    centre_points
        Point of each medoid, or -1.

    Returns
    -------
    Limits
        The instance's own limits where no medoid has a capacity.
    """
    if instance.seat_measure == NOBODY:
        return instance.limits
    upper = instance.limits.upper.copy()
    is_seated = centre_points != NOBODY
    upper[is_seated, instance.seat_measure] = instance.rooms[centre_points[is_seated]]
    return instance.limits._replace(upper=upper)


def descend(instance: Instance, labels: IntArray, *, is_out_of_time: Callable[[], bool]) -> Plan:
    """Search from a start until neither prices nor single moves improve the plan.

    Parameters
    ----------
    instance
        The instance.
    labels
        Territory of each piece at the start; its centres are the first centres.
    is_out_of_time
        Asked between rounds.

    Returns
    -------
    Plan
        The best plan met, never worse than the start.
    """
    start = plan = judge(instance, labels)
    prices = np.zeros(instance.limits.lower.shape)
    for _ in range(min(MOST_GUIDE_TURNS, 2 * instance.n_territories // 3)):
        if is_out_of_time():
            break
        costs = centre_costs(instance, plan)
        guided, prices, _ = balance_by_prices(
            costs, limits_at(instance, plan.centre_points), prices, GUIDE_ROUNDS, is_last_taken=True
        )
        plan = judge(instance, guided)
    for turn in range(CENTRE_ROUNDS):
        costs = centre_costs(instance, plan)
        n_rounds = PRICE_ROUNDS if turn == 0 else LATER_PRICE_ROUNDS
        limits = limits_at(instance, plan.centre_points)
        balanced, prices, _ = balance_by_prices(
            costs, limits, prices, n_rounds, is_last_taken=False
        )
        candidate = judge(instance, _improve(costs, limits, balanced, prices))
        if turn > 0 and not candidate.is_better_than(plan):
            break
        plan = candidate
        if is_out_of_time():
            break
    settled = settle(instance, plan, is_out_of_time=is_out_of_time)
    if start.is_better_than(settled):
        return settle(instance, start, is_out_of_time=is_out_of_time)
    return settled


def settle(
    instance: Instance,
    plan: Plan,
    *,
    is_last: bool = False,
    is_out_of_time: Callable[[], bool],
) -> Plan:
    """Improve a plan by single moves until nothing helps.

    Parameters
    ----------
    instance
        The instance.
    plan
        The plan to improve.
    is_last
        Whether this plan is the answer: then moves are judged with moving centres as well, which
        is too dear for every plan on the way unless they are small.
    is_out_of_time
        Asked between rounds.

    Returns
    -------
    Plan
        A plan that is as good or better.
    """
    if instance.rules is not None:
        return keep_rules(instance, plan, is_out_of_time=is_out_of_time)
    is_polished = is_last or instance.n_pieces <= ALWAYS_POLISHED_COUNT
    while not is_out_of_time():
        costs = centre_costs(instance, plan)
        penalty = _any_cost(costs)
        limits = limits_at(instance, plan.centre_points)
        labels = improve_labels(costs, limits, plan.labels, penalty, IMPROVE_ROUNDS)
        candidate = judge(instance, labels)
        if is_polished and not candidate.is_better_than(plan):
            candidate = _polish(instance, plan, costs, penalty)
        if not candidate.is_better_than(plan):
            break
        plan = candidate
    return plan


def keep_rules(instance: Instance, plan: Plan, *, is_out_of_time: Callable[[], bool]) -> Plan:
    """Connect the territories of a plan, then improve it by moves that keep them connected.

    Parameters
    ----------
    instance
        The instance, with rules.
    plan
        The plan to improve.
    is_out_of_time
        Asked between rounds.

    Returns
    -------
    Plan
        The best plan met, never worse than the one given.
    """
    rules = instance.rules
    if rules is None:
        return plan
    best, labels = plan, plan.labels
    costs = centre_costs(instance, plan)
    penalties = [growth * float(np.median(costs[np.isfinite(costs)])) for growth in PENALTY_GROWTH]
    for turn in range(CENTRE_ROUNDS):
        limits = limits_at(instance, judge(instance, labels).centre_points)
        labels = connect_labels(rules, costs, limits.loads, labels, instance.is_free)
        penalty = penalties[turn] if turn < len(penalties) else _any_cost(costs)
        for _ in range(IMPROVE_ROUNDS // ROUNDS_PER_LOOK):
            before = labels
            labels = improve_within_rules(
                rules, costs, limits, labels, penalty=penalty, n_rounds=ROUNDS_PER_LOOK
            )
            if is_out_of_time() or np.array_equal(labels, before):
                break
        candidate = judge(instance, labels)
        costs = centre_costs(instance, candidate)
        is_better = candidate.is_better_than(best)
        if is_better:
            best = candidate
        if (turn >= len(penalties) and not is_better) or is_out_of_time():
            break
    return best


def centre_costs(instance: Instance, plan: Plan) -> FloatArray:
    """Cost each piece in each territory of a plan, shape (n_pieces, n_territories).

    Parameters
    ----------
    instance
        The instance.
    plan
        The plan whose centres count. A territory without a centre is measured from a point that
        is badly served today.

    Returns
    -------
    FloatArray
        Distance and moves; infinite where a lock forbids the territory.
    """
    centres_km = plan.centres_km.copy()
    missing = np.isnan(centres_km[:, 0])
    if missing.any():
        centres_km[missing] = _spare_centres(instance, plan, int(missing.sum()))
    return distance_costs(instance.points, centres_km, instance.fixed_costs)


def _spare_centres(instance: Instance, plan: Plan, n_wanted: int) -> FloatArray:
    points = instance.points
    if not len(points.weights):
        return np.zeros((n_wanted, 2))
    centres_km = plan.centres_km[plan.labels[points.pieces]]
    ways = np.hypot(*(points.positions_km - centres_km).T) * points.weights
    worst = np.argsort(-ways, kind="stable")
    return points.positions_km[np.resize(worst, n_wanted)]


def _improve(costs: FloatArray, limits: Limits, labels: IntArray, prices: FloatArray) -> IntArray:
    """Improve labels with growing penalties until the limits hold or no penalty helps."""
    asked = float(np.abs(prices[:, :-1]).max(initial=0.0))
    soft = asked if asked > 0 else float(costs[np.isfinite(costs)].mean())
    for penalty in (*(growth * soft for growth in PENALTY_GROWTH), _any_cost(costs)):
        labels = improve_labels(costs, limits, labels, penalty, IMPROVE_ROUNDS)
        if total_violation(limits, sum_loads(limits, labels)) == 0.0:
            break
    return labels


def _any_cost(costs: FloatArray) -> float:
    return ANY_COST * (float(costs[np.isfinite(costs)].max()) + 1e-300)


def _polish(instance: Instance, plan: Plan, costs: FloatArray, penalty: float) -> Plan:
    if instance.points.centre == FIXED or instance.n_pieces > POLISHED_COUNT:
        return plan
    # costs and penalty follow from the labels and the centres
    key = b"".join(a.tobytes() for a in (plan.labels, plan.centres_km, plan.centre_points))
    if key not in instance.polished:
        instance.polished[key] = polish_labels(
            instance.points,
            limits_at(instance, plan.centre_points),
            instance.fixed_costs,
            costs,
            plan.labels,
            penalty=penalty,
            budget=POLISH_BUDGET,
        )
    return judge(instance, instance.polished[key])

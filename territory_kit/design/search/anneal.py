"""Search on from a plan around medoids by remaking neighbourhoods, in ever longer coolings."""

from collections.abc import Callable

import numpy as np

from territory_kit.design.model.instance import MEDOID, Instance
from territory_kit.design.problem import NOBODY
from territory_kit.design.search.descend import Plan, judge
from territory_kit.design.search.neighbourhood import Task
from territory_kit.design.search.remake import remake_plan, seat_plan

# Heat at the start and end of a cooling, in mean costs of a piece.
HOT, COLD = 0.8, 0.01
# First price of one mean load too much, in mean costs of a territory; its least and most, in that.
PRICE, LEAST_SHARE, MOST_SHARE = 10.0, 1e-3, 1e6
# Rounds of the first cooling by territory, its greatest work, and how much longer each next one is.
FIRST_ROUNDS, FIRST_WORK, GROWTH = 500, 1e8, 2.0
# Rounds between two looks at the clock, counted in work.
WORK_PER_LOOK = 1_000_000


def can_anneal(instance: Instance, plan: Plan) -> bool:
    """Say whether neighbourhoods of a plan can be remade.

    Parameters
    ----------
    instance
        The instance.
    plan
        A plan.

    Returns
    -------
    bool
        Whether every one of several territories has a medoid, and nothing has to be connected or
        is capped.
    """
    is_seated = bool((plan.centre_points != NOBODY).all())
    has_choice = instance.n_territories > 1 and instance.n_pieces > instance.n_territories
    return instance.points.centre == MEDOID and instance.rules is None and is_seated and has_choice


def round_work(instance: Instance) -> float:
    """Estimate the work of one round, in steps; a processor does some ten million a second.

    Parameters
    ----------
    instance
        The instance.

    Returns
    -------
    float
        Work that depends on the size of the problem alone.
    """
    n_points, n_territories = len(instance.points.weights), instance.n_territories
    size = n_points / n_territories
    return 50.0 + 5.0 * size + size**2 + n_territories / 10.0


def cool(
    instance: Instance,
    plan: Plan,
    generator: np.random.Generator,
    *,
    n_rounds: int,
    is_out_of_time: Callable[[], bool],
) -> Plan:
    """Remake neighbourhoods for a number of rounds while the search cools down.

    Parameters
    ----------
    instance
        The instance.
    plan
        The plan to start from.
    generator
        Random numbers.
    n_rounds
        Rounds of the cooling.
    is_out_of_time
        Asked now and then.

    Returns
    -------
    Plan
        The best plan met, never worse than the start.
    """
    task = _task(instance, plan)
    state = seat_plan(task, plan.labels, plan.centre_points)
    best, least = state.labels.copy(), (float(state.missed.sum()), float(state.costs.sum()))
    mean = plan.total / instance.n_pieces
    n_looks = max(1, int(n_rounds * round_work(instance) / WORK_PER_LOOK))
    heats = mean * HOT * (COLD / HOT) ** (np.arange(n_looks + 1) / n_looks)
    for look in range(n_looks):
        if is_out_of_time():
            break
        met, missed, cost = remake_plan(
            task, state, generator, max(1, n_rounds // n_looks), (heats[look], heats[look + 1])
        )
        if (missed, cost) < least:
            best, least = met, (missed, cost)
    met_plan = judge(instance, best)
    return met_plan if met_plan.is_better_than(plan) else plan


def _task(instance: Instance, plan: Plan) -> Task:
    price = PRICE * plan.total / instance.n_territories + 1e-300
    return Task(
        points=instance.points,
        limits=instance.limits,
        fixed_costs=instance.fixed_costs,
        rooms=instance.rooms,
        seat_measure=instance.seat_measure,
        prices=np.array([price, price * LEAST_SHARE, price * MOST_SHARE]),
    )

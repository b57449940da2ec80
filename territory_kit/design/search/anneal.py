"""Search on from a plan around medoids by remaking neighbourhoods, in ever longer coolings."""

from collections.abc import Callable

import numpy as np

from territory_kit.design.arrays import IntArray
from territory_kit.design.model.instance import MEDOID, Instance
from territory_kit.design.problem import NOBODY
from territory_kit.design.search.descend import Plan, judge
from territory_kit.design.search.neighbourhood import Task
from territory_kit.design.search.remake import Part, Seating, cut_map, remake_part, seat_plan
from territory_kit.design.workers import Workers, hired

# Heat at the start and end of a cooling, in mean costs of a piece.
HOT, COLD = 0.8, 0.01
# First price of one mean load too much, in mean costs of a territory; its least and most, in that.
PRICE, LEAST_SHARE, MOST_SHARE = 10.0, 1e-3, 1e6
# Rounds of the first cooling by territory, its greatest work, and how much longer each next one is.
FIRST_ROUNDS, FIRST_WORK, GROWTH = 500, 1e8, 2.0
# Rounds between two looks at the clock, counted in work.
WORK_PER_LOOK = 1_000_000
# Large maps are cut into parts, anew at each look, that are remade side by side: so many, each of
# so many territories at least. The number of threads does not change what comes out.
MOST_PARTS, FEWEST_IN_PART = 2, 40
# A cooling is the last one, and takes all the time that is left, where less is left than so many
# times what it would take: another one, longer still, could not end.
LAST_SHARE = 2.0


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
    seconds_left: Callable[[], float],
) -> Plan:
    """Remake neighbourhoods for a number of rounds while the search cools down.

    A cooling that time would cut off while it is hot finds little: the last one that fits follows
    the clock, so that it is cold when the time ends.

    Parameters
    ----------
    instance
        The instance.
    plan
        The plan to start from.
    generator
        Random numbers.
    n_rounds
        Rounds of the cooling, where the time allows.
    seconds_left
        Tells what is left of the time limit, infinite without one.

    Returns
    -------
    Plan
        The best plan met, never worse than the start.
    """
    task = task_of(instance, plan)
    state = seat_plan(task, plan.labels, plan.centre_points)
    best, least = state.labels.copy(), (float(state.missed.sum()), float(state.costs.sum()))
    mean = plan.total / instance.n_pieces
    n_looks = max(1, int(n_rounds * round_work(instance) / WORK_PER_LOOK))
    n_parts = max(1, min(MOST_PARTS, instance.n_territories // FEWEST_IN_PART))
    per_part = max(1, n_rounds // (n_looks * n_parts))
    course = Course(n_looks, seconds_left)
    with hired(None if n_parts > 1 else 1) as workers:
        while not course.is_over():
            start, end = mean * HOT * (COLD / HOT) ** np.array(course.stretch())
            parts = cut_map(task, state, n_parts, generator)
            met, missed, cost = _remake_parts(
                task, state, parts, generator, (per_part, (start, end)), workers
            )
            course.advance()
            if (missed, cost) < least:
                best, least = met, (missed, cost)
    met_plan = judge(instance, best)
    return met_plan if met_plan.is_better_than(plan) else plan


def _remake_parts(  # noqa: PLR0917  # reason: one stretch of the cooling above
    task: Task,
    state: Seating,
    parts: list[Part],
    generator: np.random.Generator,
    stretch: tuple[int, tuple[float, float]],
    workers: Workers,
) -> tuple[IntArray, float, float]:
    """Remake the parts of a plan side by side; put together the best that each of them met."""
    seeds = generator.integers(2**63, size=len(parts))
    prices = np.tile(task.prices, (len(parts), 1))

    def remake(place: int) -> tuple[IntArray, float, float]:
        own = task._replace(prices=prices[place])
        return remake_part(own, state, parts[place], np.random.default_rng(seeds[place]), *stretch)

    met = workers.map(remake, range(len(parts)))
    # Parts turn the price of broken limits each for itself.
    task.prices[0] = np.exp(np.log(prices[:, 0]).mean())
    labels = state.labels.copy()
    for part, (best, _, _) in zip(parts, met, strict=True):
        labels[part.pieces] = best
    return labels, sum(one[1] for one in met), sum(one[2] for one in met)


def task_of(instance: Instance, plan: Plan) -> Task:
    """Put an instance in the form that neighbourhoods are remade in.

    Parameters
    ----------
    instance
        The instance.
    plan
        A plan, whose cost sets the first price of broken limits.

    Returns
    -------
    Task
        What the search reads.
    """
    price = PRICE * plan.total / instance.n_territories + 1e-300
    return Task(
        points=instance.points,
        limits=instance.limits,
        fixed_costs=instance.fixed_costs,
        rooms=instance.rooms,
        seat_measure=instance.seat_measure,
        prices=np.array([price, price * LEAST_SHARE, price * MOST_SHARE]),
    )


class Course:
    """Say how far a cooling is, from 0 to 1: by looks, or by the clock where it is the last one.

    Parameters
    ----------
    n_looks
        Looks of a cooling that time allows.
    seconds_left
        Tells what is left of the time limit, infinite without one.
    """

    def __init__(self, n_looks: int, seconds_left: Callable[[], float]) -> None:
        self.n_looks, self.seconds_left = n_looks, seconds_left
        self.seconds = self.left = seconds_left()
        self.n_done, self.done, self.is_last = 0, 0.0, False

    def is_over(self) -> bool:
        """Say whether the cooling, or the time, is at its end."""
        return self.done >= 1.0 or self.left <= 0.0

    def stretch(self) -> tuple[float, float]:
        """Tell how far it is, and how far it will probably be at the next look."""
        step = self.done / self.n_done if self.is_last else 1.0 / self.n_looks
        return self.done, min(self.done + step, 1.0)

    def advance(self) -> None:
        """Note that a stretch is done."""
        self.n_done += 1
        self.left = self.seconds_left()
        self.done = self.n_done / self.n_looks
        passed = self.seconds - self.left
        if self.n_done == 1 and np.isfinite(self.seconds):
            self.is_last = LAST_SHARE * passed * self.n_looks > self.seconds
        if self.is_last:
            self.done = passed / self.seconds

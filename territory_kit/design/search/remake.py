"""Make small neighbourhoods of a plan anew, thousands of times, with medoids as centres.

A *neighbourhood* is a few territories that lie together, or two such places of which one gives
a territory to the other. Its pieces get new medoids drawn from its points, are dealt out by
regret, and are improved by shifts and swaps. A plan that is a little worse is taken now and then,
the less often the longer the search lasts (simulated annealing), and limits may be broken at a
price, which rises until they hold (strategic oscillation). One round costs as much as the
neighbourhood is large, whatever the size of the problem.

References
----------
Schrimpf, Schneider, Stamm-Wilbrandt, Dueck (2000), "Record breaking optimization results using
the ruin and recreate principle", Journal of Computational Physics 159.
Glover, Laguna (1997), "Tabu Search", Kluwer, on strategic oscillation.
Stefanello, de Araújo, Müller (2015), "Matheuristics for the capacitated p-median problem",
International Transactions in Operational Research 22.
"""

from typing import NamedTuple

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.compiled import compiled
from territory_kit.design.model.distances import distance_to
from territory_kit.design.model.instance import Points
from territory_kit.design.search.neighbourhood import Task, cost_part, divide_part, places_of

FEWEST_REMADE, MOST_REMADE = 2, 5
# Share of rounds that carry a territory from one place to another, and of medoids that are kept.
CARRIED_SHARE, KEPT_SHARE = 0.25, 0.5
# A neighbourhood that is dearer by this share before the fine search is given up.
HOPEFUL_SHARE = 0.1
# The price of broken limits rises after a round that leaves some, and falls after one that leaves
# none, by this share spread over as many rounds as territories. So the search walks along limits.
PRICE_STEP = 0.2
SAME_VIOLATION, SAME_COST_SHARE = 1e-9, 1e-9


class Part(NamedTuple):
    """Hold territories that lie together, with all that is theirs: parts do not touch each other.

    Parameters
    ----------
    territories
        Their numbers.
    pieces
        Pieces of these territories, in ascending order.
    places
        Points of these pieces.
    """

    territories: IntArray
    pieces: IntArray
    places: IntArray


class Seating(NamedTuple):
    """Hold a plan that is changed in place.

    Parameters
    ----------
    labels
        Territory of each piece.
    seats
        Point of the medoid of each territory.
    costs
        Cost of each territory, moves included.
    missed
        By how much each territory misses its limits.
    firsts
        First piece of each territory, or -1.
    nexts
        Next piece of the same territory after each piece, or -1.
    """

    labels: IntArray
    seats: IntArray
    costs: FloatArray
    missed: FloatArray
    firsts: IntArray
    nexts: IntArray


def seat_plan(task: Task, labels: IntArray, seats: IntArray) -> Seating:
    """Put a plan in the form that the search changes.

    Parameters
    ----------
    task
        What to search.
    labels
        Territory of each piece.
    seats
        Point of the medoid of each territory.

    Returns
    -------
    Seating
        A copy of the plan, with its costs.
    """
    everything = np.arange(len(labels))
    costs, missed = cost_part(task, np.arange(len(seats)), everything, labels, seats)
    firsts, nexts = np.full(len(seats), -1), np.full(len(labels), -1)
    plan = Seating(labels.copy(), seats.copy(), costs, missed, firsts, nexts)
    _link(plan, everything)
    return plan


def cut_map(task: Task, plan: Seating, n_parts: int, generator: np.random.Generator) -> list[Part]:
    """Cut the map across a random direction into parts with equally many territories.

    Parameters
    ----------
    task
        What to search.
    plan
        The plan.
    n_parts
        Number of parts, at most that of territories.
    generator
        Source of the direction.

    Returns
    -------
    list of Part
        The parts, together all territories.
    """
    angle = 2.0 * np.pi * generator.random()
    seats_km = task.points.positions_km[plan.seats]
    order = np.argsort(seats_km @ np.array([np.cos(angle), np.sin(angle)]), kind="stable")
    parts = []
    for chosen in np.array_split(order, n_parts):
        territories = np.sort(chosen)
        pieces = np.sort(_members(plan, territories))
        parts.append(Part(territories, pieces, places_of(task.points, pieces)))
    return parts


@compiled
def remake_part(  # noqa: PLR0917  # reason: numba compiles plain arguments
    task: Task,
    plan: Seating,
    part: Part,
    generator: np.random.Generator,
    n_rounds: int,
    heats: tuple[float, float],
) -> tuple[IntArray, float, float]:
    """Remake neighbourhoods of a part for some rounds.

    Returns the best labels of its pieces met, with their violation and cost. The plan goes on
    changing where it stands, within the part; heat falls from the first to the second value.
    """
    best = plan.labels[part.pieces]
    least, missed = plan.costs[part.territories].sum(), plan.missed[part.territories].sum()
    least_missed = missed
    cooling = (heats[1] / heats[0]) ** (1.0 / max(n_rounds, 1)) if heats[0] > 0.0 else 1.0
    heat = heats[0]
    step = np.exp(PRICE_STEP / len(part.territories))
    for _ in range(n_rounds):
        region, n_giving = _draw_region(task, plan, part, generator)
        seats = _draw_seats(task.points, plan, region, n_giving, generator)
        allowed = -heat * np.log(1.0 - generator.random())
        is_changed = _remake(task, plan, region, seats, allowed)
        heat *= cooling
        if is_changed:
            missed = plan.missed[part.territories].sum()
        _turn_price(task.prices, step if missed > SAME_VIOLATION else 1.0 / step)
        if is_changed and missed <= least_missed + SAME_VIOLATION:
            cost = plan.costs[part.territories].sum()
            if missed < least_missed - SAME_VIOLATION or cost < least * (1.0 - SAME_COST_SHARE):
                least, least_missed = cost, missed
                best[:] = plan.labels[part.pieces]
    return best, least_missed, least


@compiled
def _turn_price(prices: FloatArray, step: float) -> None:
    """Change the price of broken limits within its range."""
    prices[0] = min(max(prices[0] * step, prices[1]), prices[2])


@compiled
def _draw_region(
    task: Task, plan: Seating, part: Part, generator: np.random.Generator
) -> tuple[IntArray, int]:
    """Draw neighbouring territories; in some rounds of two places, the first of which gives one.

    Returns how many lie in the place that gives as well, 0 where there is one place only.
    """
    n_territories, n_places = len(part.territories), len(part.places)
    size = min(int(generator.integers(FEWEST_REMADE, MOST_REMADE + 1)), n_territories)
    spot = part.places[generator.integers(0, n_places)]
    first = _nearest_territories(task.points, plan.seats, part.territories, spot, size)
    if generator.random() >= CARRIED_SHARE or 2 * size > n_territories:
        return first, 0
    elsewhere = part.places[generator.integers(0, n_places)]
    second = _nearest_territories(task.points, plan.seats, part.territories, elsewhere, size)
    for territory in second:
        if territory in first:
            return first, 0
    return np.concatenate((first, second)), size


@compiled
def _nearest_territories(
    points: Points, seats: IntArray, territories: IntArray, spot: int, count: int
) -> IntArray:
    x_km, y_km = points.positions_km[spot, 0], points.positions_km[spot, 1]
    near, ways = np.zeros(count, dtype=np.int64), np.full(count, np.inf)
    for territory in territories:
        way = distance_to(points, seats[territory], x_km, y_km)
        place = count
        while place > 0 and way < ways[place - 1]:
            place -= 1
            if place + 1 < count:
                near[place + 1], ways[place + 1] = near[place], ways[place]
        if place < count:
            near[place], ways[place] = territory, way
    return near


@compiled
def _remake(
    task: Task,
    plan: Seating,
    region: IntArray,
    seats: IntArray,
    allowed: float,
) -> bool:
    """Make a neighbourhood anew; keep it where it costs at most so much more; say whether."""
    if len(seats) == 0:
        return False
    members = _members(plan, region)
    before = plan.costs[region].sum() + task.prices[0] * plan.missed[region].sum()
    most = (1.0 + HOPEFUL_SHARE) * before + allowed
    local, after, missed = divide_part(task, region, members, seats, most)
    if len(local) == 0:
        return False
    if not after.sum() + task.prices[0] * missed.sum() <= before + allowed:
        return False
    for place in range(len(members)):
        plan.labels[members[place]] = region[local[place]]
    for place in range(len(region)):
        plan.seats[region[place]] = seats[place]
        plan.costs[region[place]] = after[place]
        plan.missed[region[place]] = missed[place]
        plan.firsts[region[place]] = -1
    _link(plan, members)
    return True


@compiled
def _members(plan: Seating, region: IntArray) -> IntArray:
    """List the pieces of some territories."""
    count = 0
    for territory in region:
        piece = plan.firsts[territory]
        while piece >= 0:
            count += 1
            piece = plan.nexts[piece]
    members = np.empty(count, dtype=np.int64)
    for territory in region:
        piece = plan.firsts[territory]
        while piece >= 0:
            count -= 1
            members[count] = piece
            piece = plan.nexts[piece]
    return members


@compiled
def _link(plan: Seating, members: IntArray) -> None:
    """Enter pieces in the lists of their territories."""
    for piece in members:
        plan.nexts[piece] = plan.firsts[plan.labels[piece]]
        plan.firsts[plan.labels[piece]] = piece


@compiled
def _draw_seats(
    points: Points, plan: Seating, region: IntArray, n_giving: int, generator: np.random.Generator
) -> IntArray:
    """Keep some medoids of a region and draw the others; none where that fails.

    Where one place gives a territory to the other, only that one is drawn. It fails where a point
    is drawn twice, or where a territory that holds no point, as one without any piece, is to give
    the place of a medoid.
    """
    seats = plan.seats[region]
    taking = region[n_giving:]
    if n_giving > 0:
        one = int(generator.integers(0, len(taking)))
        taking = taking[one : one + 1]
    places = places_of(points, _members(plan, taking))
    if len(places) == 0:
        return seats[:0]
    if n_giving > 0:
        seats[generator.integers(0, n_giving)] = places[generator.integers(0, len(places))]
    else:
        _redraw(seats, places, generator)
    for place in range(1, len(seats)):
        if seats[place] in seats[:place]:
            return seats[:0]
    return seats


@compiled
def _redraw(seats: IntArray, places: IntArray, generator: np.random.Generator) -> None:
    """Draw about half of the medoids anew, at least one."""
    n_kept = 0
    for place in range(len(seats)):
        if generator.random() >= KEPT_SHARE:
            seats[place] = places[generator.integers(0, len(places))]
        else:
            n_kept += 1
    if n_kept == len(seats):
        seats[generator.integers(0, len(seats))] = places[generator.integers(0, len(places))]

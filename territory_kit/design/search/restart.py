"""Where the search goes on after a local optimum: a part of the best plan is made anew."""

import numpy as np

from territory_kit.design.arrays import IntArray
from territory_kit.design.model.instance import Instance
from territory_kit.design.search.descend import Plan, centre_costs
from territory_kit.design.search.start import match_clusters, place_rest

# Neighbouring territories whose pieces are divided anew.
FEWEST_REMADE, MOST_REMADE = 2, 4
# Pieces that are sent elsewhere, and how many of their cheapest territories they may go to.
FEWEST_SHAKEN, SHAKEN_SHARE, OFFERS_COUNT = 2, 0.05, 3


def remake_neighbours(instance: Instance, plan: Plan, generator: np.random.Generator) -> IntArray:
    """Divide a few neighbouring territories anew around random points of theirs.

    Parameters
    ----------
    instance
        The instance.
    plan
        The plan to vary.
    generator
        Random numbers.

    Returns
    -------
    IntArray
        Territory of each piece; locks hold and no territory is empty while pieces last.
    """
    points = instance.points
    if not len(points.weights):
        return shake(instance, plan, generator)
    labels = plan.labels.copy()
    first = generator.integers(len(points.weights))
    ways = np.hypot(*(plan.centres_km - points.positions_km[first]).T)
    n_remade = int(generator.integers(FEWEST_REMADE, MOST_REMADE + 1))
    near = np.argsort(ways, kind="stable")[:n_remade]
    inside = np.flatnonzero(np.isin(labels[points.pieces], near))
    seeds = generator.choice(inside, size=min(len(near), len(inside)), replace=False)
    offsets = points.positions_km[inside, np.newaxis] - points.positions_km[seeds]
    nearest = np.square(offsets).sum(axis=2).argmin(axis=1)
    labels[points.pieces[inside]] = near[nearest]
    return place_rest(instance, match_clusters(instance, labels))


def shake(instance: Instance, plan: Plan, generator: np.random.Generator) -> IntArray:
    """Send a few random pieces to random territories among those that are cheap for them.

    Parameters
    ----------
    instance
        The instance.
    plan
        The plan to vary.
    generator
        Random numbers.

    Returns
    -------
    IntArray
        Territory of each piece; locks hold.
    """
    labels = plan.labels.copy()
    most_shaken = max(2 * FEWEST_SHAKEN, int(SHAKEN_SHARE * instance.n_pieces))
    n_shaken = int(generator.integers(FEWEST_SHAKEN, most_shaken + 1))
    shaken = generator.integers(instance.n_pieces, size=n_shaken)
    costs = centre_costs(instance, plan)[shaken]
    rank = generator.integers(min(OFFERS_COUNT, instance.n_territories), size=n_shaken)
    offers = np.argsort(costs, axis=1, kind="stable")
    labels[shaken] = offers[np.arange(n_shaken), rank]
    return place_rest(instance, labels)

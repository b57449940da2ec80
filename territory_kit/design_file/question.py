"""Put the question of a request to the engine, with the units sorted by identifier.

The engine breaks ties between units that are alike by their place; sorted, a unit's territory
does not depend on the order of the rows.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territory_kit.design import Design, Problem
from territory_kit.design_file.inputs import Inputs
from territory_kit.design_file.request import Request
from territory_kit.design_file.territories import Territories
from territory_kit.design_file.units import Units
from territory_kit.methods.matching import best_pairs, overlap_matrix

Ints = NDArray[np.int64]


def sort_units(units: Units) -> Ints:
    """Sort the units by identifier.

    Parameters
    ----------
    units
        The units.

    Returns
    -------
    numpy.ndarray
        Place in the file of each unit as the engine counts them, shape (n_units,).
    """
    return np.argsort(units.frame["unit_id"].to_numpy(dtype=object), kind="stable")


def build_problem(inputs: Inputs, order: Ints, *, request: Request) -> Problem:
    """Describe the units to the engine.

    Parameters
    ----------
    inputs
        What the files say.
    order
        From `sort_units`.
    request
        What is asked for.

    Returns
    -------
    Problem
        With the units in that order.
    """
    units, edges = inputs.units, inputs.edges
    frame = units.frame.iloc[order]
    count = request.territories_count
    means = units.measures.iloc[order].sum().to_numpy() / count
    limits = [b.limits(mean) for b, mean in zip(request.balances, means, strict=True)]
    lower, upper = np.array(limits, dtype=np.float64).reshape(-1, 2).T
    has_capacity = request.capacity_column is not None
    has_current = request.current_column is not None
    prices = np.full(len(units), request.move_price or 0.0)
    return Problem(
        positions_km=frame[["x", "y"]].to_numpy(),
        distance_weights=frame["weight"].to_numpy(),
        measures=units.measures.iloc[order].to_numpy(dtype=np.float64).reshape(len(units), -1),
        lower=np.tile(lower, (count, 1)),
        upper=np.tile(upper, (count, 1)),
        distance="plain" if request.distance == "euclidean" else "squared",
        centre=request.centre,
        current=inputs.territories.current[order] if has_current else None,
        move_prices=prices if has_current else None,
        locked=inputs.territories.locked[order] if request.locked_column else None,
        together=_groups(frame["together"]) if request.together_column else None,
        capacities=frame["capacity"].to_numpy() if has_capacity else None,
        capacity_loads=frame["load"].to_numpy() if has_capacity else None,
        edges=None if edges is None else np.argsort(order)[edges],
        islands=None if edges is None else inputs.is_island[order],
    )


def name_territories(design: Design, territories: Territories, problem: Problem) -> tuple[str, ...]:
    """Give the territories of a design their identifiers.

    Parameters
    ----------
    design
        What the engine found.
    territories
        Territories to fill.
    problem
        What it was asked.

    Returns
    -------
    tuple of str
        Identifier of each territory of the design. Where moves are free, those to which nothing
        is locked are exchanged so that most units keep theirs.
    """
    names = territories.names
    if problem.current is None or problem.move_prices is None or problem.move_prices.any():
        return names
    count = len(names)
    is_bound = np.isin(np.arange(count), [] if problem.locked is None else problem.locked)
    shared = overlap_matrix(
        design.labels,
        problem.current,
        np.ones(len(design.labels)),
        new_count=count,
        old_count=count,
    )
    is_forbidden = (is_bound[:, None] | is_bound) & ~np.eye(count, dtype=bool)
    pairs = best_pairs(np.where(is_forbidden, np.nan, shared))
    return tuple(names[old] for _, old in pairs)


def _groups(together: pd.Series) -> Ints:
    codes, _ = pd.factorize(together, sort=True)
    return codes.astype(np.int64)

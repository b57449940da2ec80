"""Compile the engine's loops ahead of time: `python -m territory_kit.design.warm`.

The first solve of a fresh installation otherwise spends some seconds on compiling.
"""

import itertools
import warnings
from typing import Any

import numpy as np

from territory_kit.design.balanced_kmeans import BalancedKMeans, UnbalancedClustersWarning
from territory_kit.design.problem import Centre, Problem
from territory_kit.design.solve import solve

CENTRES: tuple[Centre, ...] = ("mean", "medoid", "fixed")


def warm() -> None:
    """Solve small problems of every kind and cluster points, which compiles every loop."""
    for centre in CENTRES:
        for size in (3.0, 4.0):
            solve(_grid(size, centre), seed=0)
    solve(_grid(4.0, "medoid", with_rules=True), seed=0, max_iterations=8)
    solve(_grid(2.0, "medoid"), seed=0)
    _warm_clusters()


def _warm_clusters() -> None:
    """Cluster a handful of points, and towns of uneven size, whose loads need chains of moves."""
    BalancedKMeans(2, random_state=0).fit([[0.0], [1.0], [2.0], [3.0]])
    random = np.random.default_rng(0)
    towns = np.repeat([[0.0, 0.0], [90.0, 0.0], [0.0, 70.0]], [20, 50, 80], axis=0)
    points = towns + random.normal(size=towns.shape)
    with warnings.catch_warnings():
        # No division of these weights is exact.
        warnings.simplefilter("ignore", UnbalancedClustersWarning)
        model = BalancedKMeans(4, tolerance=0.0, random_state=0)
        model.fit(points, sample_weight=random.lognormal(size=len(points)))
    model.predict(points)


def _grid(size: float, centre: Centre, *, with_rules: bool = False) -> Problem:
    """Put units on a grid, four rows, and ask for three territories."""
    places = np.array(list(itertools.product(np.arange(size), range(4))), dtype=np.float64)
    ones = np.ones(len(places))
    rules: dict[str, Any] = {}
    if with_rules:
        rules["edges"] = np.array([(unit, unit + 4) for unit in range(len(places) - 4)])
        rules["current"] = np.zeros(len(places), dtype=np.int64)
        rules["move_amounts"] = ones[:, np.newaxis]
        rules["move_caps"] = np.array([9.0])
    elif centre == "medoid":
        rules["capacities"], rules["capacity_loads"] = 9 * ones, ones
    return Problem(
        positions_km=places,
        distance_weights=ones,
        measures=ones[:, np.newaxis],
        lower=np.full((3, 1), 2.0),
        upper=np.full((3, 1), 9.0),
        centre=centre,
        homes_km=places[:3] if centre == "fixed" else None,
        **rules,
    )


if __name__ == "__main__":
    warm()

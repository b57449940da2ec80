"""Compile the engine's loops ahead of time: `python -m territory_kit.design.warm`.

The first solve of a fresh installation otherwise spends some seconds on compiling.
"""

import itertools

import numpy as np

from territory_kit.design.problem import Centre, Problem
from territory_kit.design.solve import solve

CENTRES: tuple[Centre, ...] = ("mean", "medoid", "fixed")


def warm() -> None:
    """Solve a tiny problem once for every kind of centre, which compiles every loop."""
    corners = np.array(list(itertools.product([0.0, 1.0, 5.0], [0.0, 1.0])))
    ones = np.ones(len(corners))
    for centre in CENTRES:
        problem = Problem(
            positions_km=corners,
            distance_weights=ones,
            measures=ones[:, np.newaxis],
            lower=np.array([[2.0], [2.0]]),
            upper=np.array([[3.0], [3.0]]),
            centre=centre,
            homes_km=corners[:2] if centre == "fixed" else None,
        )
        solve(problem, seed=0, max_iterations=3)


if __name__ == "__main__":
    warm()

"""Compare the engine with the best known costs of capacitated p-median instances.

Points have a demand and, as medians, a capacity; the sum of plain distances is least. The folder
`../shared/benchmarks/cpmp` beside the checkout, or TERRITORY_KIT_BENCHMARKS, or the first argument
holds `instances.csv` (name, n_points, n_medians, best_known_cost) and one file per instance (x, y,
capacity, demand). Published optima of SJC (Lorena, Senne 2004) are to be met within 30 s, the
others to 0.7 % within 120 s. Further arguments choose instances by the start of their names.
"""

import sys
import time

import numpy as np
import pandas as pd
from _instances import (  # type: ignore[import-not-found]  # reason: stands beside this script
    choose,
    find_instances,
    is_quick,
)
from rich.console import Console
from rich.table import Table

from territory_kit.design import Design, Problem, solve
from territory_kit.design.warm import warm

SMALL_COUNT, SMALL_LIMIT_S, LARGE_LIMIT_S, QUICK_LIMIT_S = 450, 30.0, 120.0, 7.0
SEED = 1


def main() -> None:
    """Print the table and, last, the worst and the mean gap."""
    folder = find_instances("cpmp")
    if folder is None:
        return
    warm()
    table = Table("instance", "points", "p", "cost", "best known", "gap", "seconds")
    gaps = []
    for row in choose(pd.read_csv(folder / "instances.csv"), "name").itertuples():
        points = pd.read_csv(folder / f"{row.name}.csv")
        limit_s = SMALL_LIMIT_S if len(points) <= SMALL_COUNT else LARGE_LIMIT_S
        limit_s = min(limit_s, QUICK_LIMIT_S) if is_quick() else limit_s
        started = time.perf_counter()
        design = divide(points, int(row.n_medians), limit_s)
        seconds = time.perf_counter() - started
        gap = design.objective["total"] / row.best_known_cost - 1 if design.is_feasible else np.inf
        gaps.append(gap)
        figures = (design.objective["total"], row.best_known_cost)
        texts = [f"{figure:,.2f}" for figure in figures]
        sizes = (str(len(points)), str(row.n_medians))
        table.add_row(row.name, *sizes, *texts, f"{gap:.3%}", f"{seconds:.1f}")
        print(f"{row.name}: {gap:.3%}", file=sys.stderr)
    Console().print(table)
    print(f"cpmp: mean gap {np.mean(gaps):.3%}, worst {np.max(gaps):.3%} to the best known cost")


def divide(points: pd.DataFrame, n_medians: int, limit_s: float) -> Design:
    """Open medians and give every point to one within capacity."""
    problem = Problem(
        positions_km=points[["x", "y"]].to_numpy(dtype=float),
        distance_weights=np.ones(len(points)),
        measures=np.zeros((len(points), 0)),
        lower=np.zeros((n_medians, 0)),
        upper=np.zeros((n_medians, 0)),
        capacities=points["capacity"].to_numpy(dtype=float),
        capacity_loads=points["demand"].to_numpy(dtype=float),
    )
    return solve(problem, seed=SEED, time_limit_s=limit_s)


if __name__ == "__main__":
    main()

"""Compare the engine with a commercial MIP solver on real census tracts, balanced to ±0.5 %.

Every territory's population lies within two bounds, and the sum of population times squared
distance to the territory's best unit is least. The folder `../shared/benchmarks/hess` beside the
checkout, or TERRITORY_KIT_BENCHMARKS, or the first argument holds `instances.csv` and one file of
units per state. References: Validi, Buchanan, Lykhovyd (2022), "Imposing contiguity constraints in
political districting models", Operations Research 70. Their distances differ a little, so a gap
can be negative. Further arguments choose states by the start of their names; SEEDS=3 in the
environment runs three seeds each.
"""

import time

import numpy as np
import pandas as pd
from _instances import (  # type: ignore[import-not-found]  # reason: stands beside this script
    choose,
    find_instances,
    is_quick,
    list_seeds,
)
from rich.console import Console
from rich.table import Table

from territory_kit.design import Design, Problem, solve
from territory_kit.design.warm import warm

LIMIT_S, QUICK_LIMIT_S = 60.0, 5.0
# The references are given in km² of people divided by so much.
UNIT = 1e6


def main() -> None:
    """Print the table and, last, the mean and the worst gap."""
    folder = find_instances("hess")
    if folder is None:
        return
    warm()
    table = Table("state", "units", "k", "seed", "cost", "gap", "seconds", "solver s")
    gaps = []
    for row in choose(pd.read_csv(folder / "instances.csv"), "state").itertuples():
        units = pd.read_csv(folder / f"{row.state}.units.csv", dtype={"unit_id": "str"})
        bounds = (float(row.population_min), float(row.population_max))
        for seed in list_seeds():
            started = time.perf_counter()
            design = divide(units, int(row.n_territories), bounds, seed)
            seconds = time.perf_counter() - started
            cost = design.objective["total"] / UNIT
            gap = cost / row.reference_objective - 1 if design.is_feasible else np.inf
            gaps.append(gap)
            sizes = (str(len(units)), str(row.n_territories), str(seed))
            figures = (f"{cost:,.2f}", f"{gap:.3%}", f"{seconds:.1f}")
            table.add_row(row.state, *sizes, *figures, f"{row.reference_solver_s:,}")
    Console().print(table)
    print(f"hess: mean gap {np.mean(gaps):.3%}, worst {np.max(gaps):.3%} to the reference")


def divide(
    units: pd.DataFrame, n_territories: int, bounds: tuple[float, float], seed: int
) -> Design:
    """Divide a state within the bounds of population."""
    population = units["population"].to_numpy(dtype=float)
    problem = Problem(
        positions_km=units[["x_km", "y_km"]].to_numpy(dtype=float),
        distance_weights=population,
        measures=population[:, np.newaxis],
        lower=np.full((n_territories, 1), bounds[0]),
        upper=np.full((n_territories, 1), bounds[1]),
        distance="squared",
    )
    return solve(problem, seed=seed, time_limit_s=QUICK_LIMIT_S if is_quick() else LIMIT_S)


if __name__ == "__main__":
    main()

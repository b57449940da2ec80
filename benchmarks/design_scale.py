"""Balance a million points in 500 clusters and compare with scikit-learn's unbalanced KMeans.

Clustered points, lognormal weights, every load within ±5 %. Both run in this process on the same
data, ours first; the largest memory of the process is read before KMeans starts. The question is
what balance costs: time and inertia beside those of clusters that ignore balance.
"""

import resource
import sys
import time

import numpy as np
from _instances import (  # type: ignore[import-not-found]  # reason: stands beside this script
    is_quick,
)
from rich.console import Console
from rich.table import Table
from sklearn.cluster import KMeans

from territory_kit.design import BalancedKMeans
from territory_kit.design.arrays import FloatArray, IntArray

N_CLUSTERS, TOLERANCE_SHARE, SEED = 500, 0.05, 1
N_POINTS = 100_000 if is_quick() else 1_000_000
# Memory is counted in KiB, on macOS in bytes.
BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Print the table and, last, the ratios."""
    points, weights = draw_points()
    # The first call compiles or reads what was compiled before.
    BalancedKMeans(5, random_state=0).fit(points[:2000], sample_weight=weights[:2000])
    ours = BalancedKMeans(N_CLUSTERS, tolerance=TOLERANCE_SHARE, random_state=SEED)
    theirs = KMeans(N_CLUSTERS, n_init=1, random_state=SEED)
    rows = []
    for name, model in (("BalancedKMeans", ours), ("KMeans", theirs)):
        wall, cpu = time.perf_counter(), time.process_time()
        model.fit(points, sample_weight=weights)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT / 1e9
        rows.append((name, wall, cpu, gigabytes, *judge(points, weights, model.labels_)))
    table = Table("method", "seconds", "CPU seconds", "peak GB", "inertia", "max deviation")
    for name, wall, cpu, gigabytes, inertia, deviation in rows:
        table.add_row(
            name,
            f"{wall:.1f}",
            f"{cpu:.1f}",
            f"{gigabytes:.2f}",
            f"{inertia:.4g}",
            f"{deviation:.2%}",
        )
    Console().print(table)
    print(
        f"ratio: {rows[0][1] / rows[1][1]:.3f} time and {rows[0][4] / rows[1][4]:.3f} inertia of "
        f"ours at ±{TOLERANCE_SHARE:.0%} to unbalanced KMeans, {N_POINTS:,} × {N_CLUSTERS}, "
        f"{rows[0][3]:.2f} GB"
    )


def draw_points() -> tuple[FloatArray, FloatArray]:
    """Draw points around towns of uneven size and width, with lognormal weights."""
    random = np.random.default_rng(SEED)
    n_towns = 4 * N_CLUSTERS
    towns = random.uniform(0, 1000, (n_towns, 2))
    widths = random.uniform(5, 25, n_towns)
    sizes = random.lognormal(0, 0.5, n_towns)
    town = random.choice(n_towns, N_POINTS, p=sizes / sizes.sum())
    points = towns[town] + random.normal(0, 1, (N_POINTS, 2)) * widths[town, np.newaxis]
    return points, random.lognormal(0, 0.8, N_POINTS)


def judge(points: FloatArray, weights: FloatArray, labels: IntArray) -> tuple[float, float]:
    """Recompute inertia around the means and the largest deviation from the labels."""
    loads = np.bincount(labels, weights=weights, minlength=N_CLUSTERS)
    sums = [np.bincount(labels, weights=weights * axis, minlength=N_CLUSTERS) for axis in points.T]
    means = np.column_stack(sums) / loads[:, np.newaxis]
    inertia = float(weights @ np.square(points - means[labels]).sum(axis=1))
    return inertia, float(np.abs(loads / loads.mean() - 1).max())


if __name__ == "__main__":
    main()

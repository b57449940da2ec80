"""Compare the engine with plain scikit-learn clustering on a typical region.

600 accounts in towns, 8 territories, balanced to ±10 %. KMeans does not know about balance, so
the question is what balance costs: how much larger is the sum of squared distances, and how long
does it take. Both run on one thread in this process, on the same data; times are medians of three.

Where k-means-constrained is installed, `BalancedKMeans` is compared with it too: 5,000 points in 25
clusters (median of three seeds) and 20,000 in 50, each load within ±5 %, one start for the peer.
"""

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from _instances import (  # type: ignore[import-not-found]  # reason: stands beside this script
    is_quick,
)
from rich.console import Console
from rich.table import Table
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from territory_kit.design import BalancedKMeans, Problem, solve
from territory_kit.design.arrays import FloatArray, IntArray
from territory_kit.design.warm import warm

N_UNITS, N_TERRITORIES, TOLERANCE_SHARE = 600, 8, 0.1
SEEDS = (1, 2, 3)
TIMED_RUNS_COUNT = 3
PEER, PEER_TOLERANCE_SHARE = "k_means_constrained", 0.05
PEER_SIZES = ((5_000, 25, SEEDS), (20_000, 50, SEEDS[:1]))


@dataclass(frozen=True)
class Row:
    """One way to divide one region: how unequal, how compact, how fast."""

    name: str
    seed: int
    max_deviation_share: float
    inertia: float
    seconds: float


def main() -> None:
    """Print the table and, last, the median ratio of inertia."""
    warm()
    rows = [row for seed in SEEDS for row in compare(seed)]
    table = Table("region", "method", "max deviation", "inertia", "seconds")
    for row in rows:
        deviation = f"{row.max_deviation_share:.1%}"
        seconds = f"{row.seconds:.3f}"
        table.add_row(str(row.seed), row.name, deviation, f"{row.inertia:,.0f}", seconds)
    Console().print(table)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    ratio = statistics.median(ours.inertia / theirs.inertia for ours, theirs in pairs)
    peers = compare_constrained()
    print(
        f"ratio: {ratio:.3f} inertia of ours at ±{TOLERANCE_SHARE:.0%} to unbalanced KMeans; "
        f"{peers}"
    )


def compare(seed: int) -> tuple[Row, Row]:
    """Divide one region by the engine and by KMeans."""
    positions_km, weights = draw_region(seed)
    mean = weights.sum() / N_TERRITORIES
    problem = Problem(
        positions_km=positions_km,
        distance_weights=weights,
        measures=weights[:, np.newaxis],
        lower=np.full((N_TERRITORIES, 1), (1 - TOLERANCE_SHARE) * mean),
        upper=np.full((N_TERRITORIES, 1), (1 + TOLERANCE_SHARE) * mean),
        distance="squared",
        centre="mean",
    )
    model = KMeans(N_TERRITORIES, n_init=10, random_state=seed)

    def ours() -> IntArray:
        return solve(problem, seed=seed).labels

    def theirs() -> IntArray:
        labels: IntArray = model.fit(positions_km, sample_weight=weights).labels_
        return labels

    return (
        measure("territory_kit", seed, ours, positions_km, weights),
        measure("KMeans", seed, theirs, positions_km, weights),
    )


def compare_constrained() -> str:
    """Divide the same points by `BalancedKMeans` and k-means-constrained; say the ratios."""
    if importlib.util.find_spec(PEER) is None:
        return "k-means-constrained skipped: `make bench` installs it (benchmarks/peers.lock)"
    table = Table("points", "clusters", "seed", "times faster", "inertia, ours to theirs")
    texts = []
    for n_points, n_clusters, seeds in PEER_SIZES[: 1 if is_quick() else None]:
        ratios = [ratios_to_peer(n_points, n_clusters, seed) for seed in seeds]
        for seed, (faster, inertia) in zip(seeds, ratios, strict=True):
            table.add_row(
                f"{n_points:,}", str(n_clusters), str(seed), f"{faster:.0f}", f"{inertia:.3f}"
            )
        faster, inertia = (statistics.median(column) for column in zip(*ratios, strict=True))
        texts.append(
            f"{n_points:,} × {n_clusters} {faster:.0f} times faster, inertia {inertia:.3f}"
        )
    Console().print(table)
    return f"to k-means-constrained at ±{PEER_TOLERANCE_SHARE:.0%}: {'; '.join(texts)}"


def ratios_to_peer(n_points: int, n_clusters: int, seed: int) -> tuple[float, float]:
    """Say how many times faster ours is than the peer, and its inertia as a share of theirs."""
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 1000, (3 * n_clusters, 2))
    sizes = random.pareto(1.5, len(towns)) + 0.3
    town = random.choice(len(towns), n_points, p=sizes / sizes.sum())
    points = towns[town] + random.normal(0, 15, (n_points, 2))
    mean = n_points / n_clusters
    theirs = importlib.import_module(PEER).KMeansConstrained(
        n_clusters,
        size_min=int(np.ceil(mean * (1 - PEER_TOLERANCE_SHARE))),
        size_max=int(np.floor(mean * (1 + PEER_TOLERANCE_SHARE))),
        n_init=1,
        random_state=seed,
    )
    ours = BalancedKMeans(n_clusters, tolerance=PEER_TOLERANCE_SHARE, random_state=seed)
    ours.fit(points)  # compiles or reads what was compiled before
    seconds, inertias = [], []
    for model in (ours, theirs):
        started = time.perf_counter()
        model.fit(points)
        seconds.append(time.perf_counter() - started)
        centres = [points[model.labels_ == label].mean(axis=0) for label in range(n_clusters)]
        ways = points - np.array(centres)[model.labels_]
        inertias.append(float(np.square(ways).sum()))
    return seconds[1] / seconds[0], inertias[0] / inertias[1]


def draw_region(seed: int) -> tuple[FloatArray, FloatArray]:
    """Draw accounts around towns of very different size, with lognormal workload."""
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 200, (3 * N_TERRITORIES, 2))
    sizes = random.pareto(1.2, len(towns)) + 0.3
    town = random.choice(len(towns), N_UNITS, p=sizes / sizes.sum())
    positions_km = towns[town] + random.normal(0, 6, (N_UNITS, 2))
    return positions_km, random.lognormal(0, 0.8, N_UNITS)


def measure(
    name: str,
    seed: int,
    divide: Callable[[], IntArray],
    positions_km: FloatArray,
    weights: FloatArray,
) -> Row:
    """Time one way to divide and recompute its figures from the labels."""
    seconds = []
    with threadpool_limits(1):
        for _ in range(TIMED_RUNS_COUNT):
            started = time.perf_counter()
            labels = divide()
            seconds.append(time.perf_counter() - started)
    loads = np.bincount(labels, weights=weights, minlength=N_TERRITORIES)
    deviation = np.abs(loads / loads.mean() - 1).max()
    inertia = 0.0
    for territory in range(N_TERRITORIES):
        here = labels == territory
        mean = np.average(positions_km[here], axis=0, weights=weights[here])
        inertia += float(weights[here] @ np.square(positions_km[here] - mean).sum(axis=1))
    return Row(name, seed, float(deviation), inertia, statistics.median(seconds))


if __name__ == "__main__":
    main()

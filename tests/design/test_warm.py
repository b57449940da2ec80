"""Compiling happens at the first call or ahead of time, never at import."""

import subprocess
import sys

COUNT_SIGNATURES = """
import importlib, pkgutil, warnings
import numpy as np
from numba.core.dispatcher import Dispatcher
import territory_kit.design as design
from territory_kit.design.model import distances
from territory_kit.design.moves import balance, improve, polish
from territory_kit.design.clusters import assign, exchange, prices, tiny, transport, tree
from territory_kit.design.warm import warm

names = [found.name for found in pkgutil.walk_packages(design.__path__, design.__name__ + ".")]
modules = [importlib.import_module(name) for name in names]
loops = {loop for module in modules for loop in vars(module).values()
         if isinstance(loop, Dispatcher)}
needed = {balance.balance_by_prices, distances.distance_costs, distances.locate_centres,
          improve.improve_labels, polish.polish_labels, assign._assign_box, tree.build_tree,
          exchange.shift_points, exchange.swap_points, exchange.send_along_chain,
          prices._step, tiny.best_division, transport.transport}
count = lambda: sum(len(loop.signatures) for loop in loops)
print(count())
warm()
print(sum(len(loop.signatures) == 0 for loop in needed))
after_warming = count()

random = np.random.default_rng(0)
warnings.simplefilter("ignore")
for n_points, n_features, n_clusters in ((6, 1, 2), (300, 5, 4), (4000, 2, 3), (5000, 2, 25)):
    points = random.choice(random.uniform(0, 9, (40, n_features)), n_points)
    for given in (points, points.astype(np.float32) + random.normal(size=points.shape)):
        model = design.BalancedKMeans(n_clusters, tolerance=0.01, random_state=0)
        model.fit(given, sample_weight=random.lognormal(size=n_points)).predict(points[::-1])
        design.BalancedKMeans(n_clusters, init=model.labels_).fit(np.asfortranarray(given))
print(count() - after_warming)
print(sum(sum(loop.stats.cache_misses.values()) for loop in loops))
"""


def test_import_compiles_nothing_and_a_second_process_reads_the_cache() -> None:
    """The first process fills the cache if it is empty; the second must not miss it.

    Clusters of other sizes than those of warming, of single precision, piled up or warmly started
    need nothing else than what warming compiled.
    """
    for _ in range(2):
        answer = subprocess.run(
            [sys.executable, "-c", COUNT_SIGNATURES], capture_output=True, text=True, check=True
        )
    at_import, not_compiled, added_by_clusters, misses = map(int, answer.stdout.split())
    assert at_import == 0
    assert not_compiled == 0
    assert added_by_clusters == 0
    assert misses == 0

"""Compiling happens at the first call or ahead of time, never at import."""

import subprocess
import sys

from territory_kit.design import balance, distances, improve, polish

COMPILED = (
    balance.balance_by_prices,
    distances.distance_costs,
    distances.locate_centres,
    improve.improve_labels,
    polish.polish_labels,
)
COUNT_SIGNATURES = """
import territory_kit.design.warm as warm
from territory_kit.design import balance, distances, improve, polish
loops = (balance.balance_by_prices, distances.distance_costs, distances.locate_centres,
         improve.improve_labels, polish.polish_labels)
print(sum(len(loop.signatures) for loop in loops))
warm.warm()
print(sum(len(loop.signatures) for loop in loops))
warm.warm()
print(sum(sum(loop.stats.cache_misses.values()) for loop in loops))
"""


def test_import_compiles_nothing_and_a_second_process_reads_the_cache() -> None:
    """The first process fills the cache if it is empty; the second must not miss it."""
    for _ in range(2):
        answer = subprocess.run(
            [sys.executable, "-c", COUNT_SIGNATURES], capture_output=True, text=True, check=True
        )
    at_import, after_warming, misses = map(int, answer.stdout.split())
    assert at_import == 0
    assert after_warming == len(COMPILED)
    assert misses == 0

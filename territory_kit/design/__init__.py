"""The engine of step 3: divide units into territories. Arrays in, arrays out.

Start with `Problem` and `solve`; `explain` says why a plan breaks limits.
"""

from territory_kit.design.balanced_kmeans import BalancedKMeans, UnbalancedClustersWarning
from territory_kit.design.explain import explain
from territory_kit.design.problem import Problem
from territory_kit.design.result import Design, TraceStep, Violation
from territory_kit.design.solve import solve

__all__ = [
    "BalancedKMeans",
    "Design",
    "Problem",
    "TraceStep",
    "UnbalancedClustersWarning",
    "Violation",
    "explain",
    "solve",
]

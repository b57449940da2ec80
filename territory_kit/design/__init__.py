"""The engine of step 3: divide units into territories. Arrays in, arrays out.

Start with `Problem` and `solve`; `explain` says why a plan breaks limits,
`explain_moves` why units move.
"""

from territory_kit.design.balanced_kmeans import BalancedKMeans, UnbalancedClustersWarning
from territory_kit.design.explain import explain
from territory_kit.design.problem import Problem
from territory_kit.design.reasons import MoveReasons, explain_moves
from territory_kit.design.result import Design, TraceStep, Violation
from territory_kit.design.solve import solve

__all__ = [
    "BalancedKMeans",
    "Design",
    "MoveReasons",
    "Problem",
    "TraceStep",
    "UnbalancedClustersWarning",
    "Violation",
    "explain",
    "explain_moves",
    "solve",
]

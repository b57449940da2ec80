"""The answer of the engine."""

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from territory_kit.design.arrays import FloatArray, IntArray

StopReason = Literal["converged", "max_iterations", "time_limit"]
ViolationKind = Literal["measure", "capacity", "parts", "cap"]


def as_text(number: float) -> str:
    """Write a sum in full, thousands apart, so that a reader can add it up.

    Parameters
    ----------
    number
        The sum.

    Returns
    -------
    str
        Up to ten digits.
    """
    return f"{number:,.10g}"


@dataclass(frozen=True)
class Violation:
    """Record one limit that a plan breaks.

    Parameters
    ----------
    territory
        Number of the territory; -1 for a cap, which concerns all.
    measure
        Number of the measure or of the cap, else -1.
    side
        "lower" where the load is too small, "upper" where it is too large.
    limit
        The limit, in the unit of the measure.
    load
        The territory's sum, same unit.
    kind
        "measure" for a limit of a measure, "capacity" for that of the medoid, "parts" for a
        territory that does not hang together, "cap" for too much that moves.
    """

    territory: int
    measure: int
    side: Literal["lower", "upper"]
    limit: float
    load: float
    kind: ViolationKind = "measure"

    @property
    def amount(self) -> float:
        """What is missing or too much, in the unit of the measure; above 0."""
        return abs(self.load - self.limit)

    def __str__(self) -> str:
        """Say which territory misses which limit by how much."""
        if self.kind == "parts":
            parts = f"{as_text(self.load)} parts that do not touch each other"
            return f"territory {self.territory}: {parts}"
        if self.kind == "cap":
            return f"cap {self.measure}: {as_text(self.load)} moves, {as_text(self.limit)} may"
        if self.kind == "capacity":
            load, limit = as_text(self.load), as_text(self.limit)
            loads = f"{load} against the capacity {limit} of its medoid"
            return f"territory {self.territory}: {loads}, {as_text(self.amount)} too much"
        side, lack = ("a lower", "missing") if self.side == "lower" else ("an upper", "too much")
        return (
            f"territory {self.territory}, measure {self.measure}: {as_text(self.load)} against "
            f"{side} limit of {as_text(self.limit)}, {as_text(self.amount)} {lack}"
        )


@dataclass(frozen=True)
class TraceStep:
    """Record one improvement of the best plan.

    Parameters
    ----------
    iteration
        Iteration that found it, from 0.
    violation
        Sum of missed limits, in mean territory loads.
    total
        Objective.
    """

    iteration: int
    violation: float
    total: float


@dataclass(frozen=True, eq=False)
class Design:
    """Hold the plan that was found and how it was found.

    Two designs are equal when everything but the seconds is equal.

    Parameters
    ----------
    labels
        Territory of each unit, shape (n_units,).
    centres_km
        Centre of each territory, shape (n_territories, 2); nan where no member has a position.
    centre_units
        Unit that is the centre (medoid only), else -1, shape (n_territories,).
    loads
        Sums per territory and measure, shape (n_territories, n_measures).
    objective
        Parts of what was made least: "distance", "moves" and their sum "total".
    violations
        Limits that the plan breaks.
    lower_bound
        No feasible plan has a smaller total; None where no bound is known.
    trace
        Improvements in the order found.
    stop_reason
        Why the search stopped.
    seed
        Seed of the search.
    iterations
        Starts and restarts that were searched.
    seconds
        Wall time.
    """

    labels: IntArray
    centres_km: FloatArray
    centre_units: IntArray
    loads: FloatArray
    objective: dict[str, float]
    violations: tuple[Violation, ...]
    lower_bound: float | None
    trace: tuple[TraceStep, ...]
    stop_reason: StopReason
    seed: int
    iterations: int
    seconds: float

    @property
    def is_feasible(self) -> bool:
        """Whether all limits are kept."""
        return not self.violations

    @property
    def is_reproducible(self) -> bool:
        """Whether the same problem and seed give this plan again: time did not end the search."""
        return self.stop_reason != "time_limit"

    def __eq__(self, other: object) -> bool:
        """Compare everything but the seconds."""
        if not isinstance(other, Design):
            return NotImplemented
        names = [field.name for field in fields(self) if field.name != "seconds"]
        return all(_same(getattr(self, name), getattr(other, name)) for name in names)

    def __hash__(self) -> int:
        """Hash what two equal designs share."""
        return hash((self.labels.tobytes(), self.seed))

    def __str__(self) -> str:
        """Sum up the plan in three lines."""
        parts = ", ".join(f"{name} {value:,.6g}" for name, value in self.objective.items())
        state = "all limits kept" if self.is_feasible else f"{len(self.violations)} limits broken"
        return "\n".join(
            [
                f"{len(self.labels)} units in {len(self.loads)} territories, {state}",
                f"objective: {parts}",
                f"stopped: {self.stop_reason} after {self.iterations} iterations, seed {self.seed}",
            ]
        )


def _same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other

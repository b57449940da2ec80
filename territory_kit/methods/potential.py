"""Potential of accounts that have none given: benchmarks of their segment, said how."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

# Accounts at which their own benchmark weighs as much as the one it is drawn towards.
SHRINKAGE_ACCOUNTS_COUNT = 10.0


@dataclass(frozen=True)
class Benchmark:
    """What stands in for a missing potential in one segment.

    Parameters
    ----------
    customers_count
        Accounts of the segment with revenue or a given potential.
    per_employee
        Potential per employee, money per year; nan when unknown.
    typical
        Potential of a typical account, money per year; nan when unknown.
    source
        "segment", "all segments" or "none".
    """

    customers_count: int
    per_employee: float
    typical: float
    source: str


def segment_benchmarks(
    segments: Texts, revenue: Floats, potential: Floats, employees: Floats, *, quantile: float
) -> dict[str, Benchmark]:
    """Find the benchmark of each segment, drawn towards that of all segments when small.

    Parameters
    ----------
    segments
        Segment of each account, shape (n_accounts,).
    revenue
        Revenue with us, money per year, shape (n_accounts,); nan or 0 where there is none.
    potential
        Potential as given, money per year, shape (n_accounts,); nan where unknown.
    employees
        Employees, shape (n_accounts,); nan or 0 where unknown.
    quantile
        Quantile of value per employee that stands for full potential, 0 to 1.

    Returns
    -------
    dict of Benchmark
        By segment; a segment without any value has that of all segments.

    Notes
    -----
    The benchmark of all segments, made in the same way, is drawn towards the quantile of the
    segment's revenues, and that towards the median of its given potentials, each time with weight
    n / (n + 10): given potentials are full already, revenue reaches it only in the best accounts.
    A given potential stands in place of the account's revenue.

    The typical account is drawn likewise: the median of those whose potential is given or follows
    from employees, with the quantile of revenue of the others behind it.
    """
    has_potential = np.isfinite(potential) & (potential > 0)
    value = np.where(has_potential, potential, np.where(revenue > 0, revenue, np.nan))
    size = np.where(employees > 0, employees, np.nan)
    rates = _by_segment(segments, value / size, is_full=has_potential, quantile=quantile)
    by_size = np.array([rates[s] for s in segments], dtype=np.float64) * size
    is_full = has_potential | np.isfinite(by_size)
    full = np.where(has_potential | ~is_full, value, np.fmax(by_size, revenue))
    typical = _by_segment(segments, full, is_full=is_full, quantile=quantile)
    benchmarks = {}
    for segment in sorted(rates):
        count = int(np.isfinite(value[segments == segment]).sum())
        source = "segment" if count else "all segments" if np.isfinite(value).any() else "none"
        benchmarks[segment] = Benchmark(count, rates[segment], typical[segment], source)
    return benchmarks


def estimate_potential(
    segments: Texts,
    potential: Floats,
    revenue: Floats,
    employees: Floats,
    benchmarks: dict[str, Benchmark],
) -> tuple[Floats, Texts]:
    """Fill missing potentials rung by rung and say which rung each one stands on.

    Parameters
    ----------
    segments
        Segment of each account, shape (n_accounts,).
    potential
        Potential as given, money per year, shape (n_accounts,); nan where unknown.
    revenue
        Revenue with us, money per year, shape (n_accounts,); nan or 0 where there is none. An
        estimated potential is never below it, a given one may be.
    employees
        Employees, shape (n_accounts,); nan or 0 where unknown.
    benchmarks
        Benchmarks by segment; a segment that has none counts as unknown.

    Returns
    -------
    tuple of numpy.ndarray
        Potential, money per year, and its source: "given", "benchmark" (per employee), "median"
        (typical account of the segment) or "equal" (1 for each account), both shape (n_accounts,).

    Notes
    -----
    Without any benchmark the median of the potentials and revenues that are known stands in, and
    "equal" only when nothing at all is known, so 1 never stands beside money.
    """
    nobody = Benchmark(0, float("nan"), float("nan"), "none")
    rates = np.array([benchmarks.get(s, nobody).per_employee for s in segments], dtype=np.float64)
    typical = np.array([benchmarks.get(s, nobody).typical for s in segments], dtype=np.float64)
    by_size = np.where(employees > 0, rates * employees, np.nan)
    steps = [np.isfinite(potential), np.isfinite(by_size), np.isfinite(typical)]
    filled = np.select(steps, [potential, by_size, typical], default=np.nan)
    source = np.select(steps, ["given", "benchmark", "median"], default="equal").astype(object)
    known = np.where(np.isnan(filled) & (revenue > 0), revenue, filled)
    if not np.isfinite(known).any():
        return np.ones(len(filled)), source
    source = np.where(source == "equal", "median", source).astype(object)
    filled = np.where(np.isfinite(filled), filled, np.nanmedian(known))
    floor = np.where((source != "given") & (revenue > 0), revenue, 0.0)
    return np.maximum(filled, floor), source


def _by_segment(
    segments: Texts, values: Floats, *, is_full: NDArray[np.bool_], quantile: float
) -> dict[str, float]:
    """Find each segment's level of full potential, from values that reach it and others."""
    whole = _draw(values, is_full, quantile, towards=float("nan"))
    return {
        segment: _draw(
            values[segments == segment], is_full[segments == segment], quantile, towards=whole
        )
        for segment in set(segments)
    }


def _draw(values: Floats, is_full: NDArray[np.bool_], quantile: float, *, towards: float) -> float:
    level = towards
    for part, rank in ((values[~is_full], quantile), (values[is_full], 0.5)):
        known = part[np.isfinite(part)]
        if len(known):
            own = float(np.quantile(known, rank))
            trust = len(known) / (len(known) + SHRINKAGE_ACCOUNTS_COUNT)
            level = own if np.isnan(level) else trust * own + (1 - trust) * level
    return level

"""Compare scenarios: which ones are beaten by another, and how sure a gain is.

Scenarios can be compared only when they rest on the same data and the same constants.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Direction = Literal["higher", "lower"]

DRAWS_COUNT = 10_000
INTERVAL_SHARE = 0.9


@dataclass(frozen=True)
class ConstantRange:
    """What an uncertain constant may be.

    Parameters
    ----------
    low, high
        Least and greatest value.
    likely
        Most likely value, for a triangular distribution; None when all values between are as
        likely.

    Raises
    ------
    ParameterError
        When the values are not in order or have no end.
    """

    low: float
    high: float
    likely: float | None = None

    def __post_init__(self) -> None:
        """Refuse a range that is not in order."""
        middle = self.low if self.likely is None else self.likely
        is_known = math.isfinite(self.low) and math.isfinite(self.high)
        if not (is_known and self.low <= middle <= self.high):
            raise ParameterError(
                "The likely value of a constant must lie between its least and its greatest",
                value=f"{self.low:g}, {middle:g}, {self.high:g}",
                where="scenarios: range of a constant",
                remedy="Give the least value first and the greatest last.",
            )


@dataclass(frozen=True)
class GainSpread:
    """Gain of a scenario when constants are uncertain.

    Parameters
    ----------
    mean
        Mean gain, unit of the gain.
    low, high
        Ends of the interval that holds the middle share of the draws.
    interval_share
        That share.
    positive_share
        Share of the draws with a gain above 0.
    draws_count, seed
        How it was drawn.
    """

    mean: float
    low: float
    high: float
    interval_share: float
    positive_share: float
    draws_count: int
    seed: int


def dominated_flags(figures: Mapping[str, Floats], directions: Mapping[str, Direction]) -> Bools:
    """Flag each scenario that another one equals or beats on all figures and beats on one.

    Parameters
    ----------
    figures
        Figures of the scenarios by name, each of shape (n_scenarios,).
    directions
        For each name, whether "higher" or "lower" is better.

    Returns
    -------
    numpy.ndarray
        True for scenarios that are dominated, shape (n_scenarios,). Of scenarios that are equal
        on all figures none dominates the other.

    Raises
    ------
    ParameterError
        When names, lengths or directions do not match, or a figure is unknown.

    Examples
    --------
    >>> figures = {"gain": np.array([5.0, 3.0, 4.0]), "moves": np.array([9.0, 2.0, 9.0])}
    >>> dominated_flags(figures, {"gain": "higher", "moves": "lower"}).tolist()
    [False, False, True]
    """
    worth = _worth(figures, directions)
    is_as_good = (worth[:, None, :] >= worth[None, :, :]).all(axis=2)
    is_better = (worth[:, None, :] > worth[None, :, :]).any(axis=2)
    return np.asarray((is_as_good & is_better).any(axis=0))


def select_proposals(
    figures: Mapping[str, Floats], directions: Mapping[str, Direction], *, count: int
) -> Ints:
    """Choose a number of scenarios that none dominates and that differ most.

    Parameters
    ----------
    figures
        Figures of the scenarios by name, each of shape (n_scenarios,).
    directions
        For each name, whether "higher" or "lower" is better.
    count
        Scenarios to choose, 1 or more; fewer come back where fewer are not dominated.

    Returns
    -------
    numpy.ndarray
        Rows of the chosen scenarios, rising. The best one of each figure stays as long as
        ``count`` leaves room for them.

    Raises
    ------
    ParameterError
        When names, lengths or directions do not match, a figure is unknown or the count is below
        1.

    Notes
    -----
    While too many are left, the one with the smallest crowding distance goes, the later row where
    two are equal, and the distances are computed anew. Only the best end of a figure is safe; in
    the original both ends are.

    References
    ----------
    Deb, K., Pratap, A., Agarwal, S., Meyarivan, T. (2002), "A Fast and Elitist Multiobjective
    Genetic Algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6(2),
    doi:10.1109/4235.996017. Kukkonen, S., Deb, K. (2006), "Improved Pruning of Non-Dominated
    Solutions Based on Crowding Distance", IEEE Congress on Evolutionary Computation.
    """
    if count < 1:
        raise _refusal("At least one proposal must be chosen", str(count), "Give 1 or more.")
    worth = _worth(figures, directions)
    kept = np.flatnonzero(~dominated_flags(figures, directions))
    while len(kept) > count:
        distances = _crowding_distances(worth[kept])
        most_crowded = len(kept) - 1 - int(distances[::-1].argmin())
        kept = np.delete(kept, most_crowded)
    return kept


def spread_of_gain(
    gain: Callable[[dict[str, Floats]], Floats],
    ranges: Mapping[str, ConstantRange],
    *,
    seed: int,
    draws_count: int = DRAWS_COUNT,
    interval_share: float = INTERVAL_SHARE,
) -> GainSpread:
    """Compute how a gain spreads when its constants are drawn from their ranges.

    Parameters
    ----------
    gain
        Takes the constants by name, each of shape (n_draws,), and returns gains of the same shape.
    ranges
        Range of each constant by name.
    seed
        Seed of the draws, 0 or more; the same one gives the same result.
    draws_count
        Draws, 1 or more.
    interval_share
        Share of the draws within the interval, above 0 and below 1.

    Returns
    -------
    GainSpread
        Mean, interval and share of the draws with a gain.

    Raises
    ------
    ParameterError
        When a number is out of its range, or the gain is not one known number for each draw.

    Notes
    -----
    Constants are drawn independently of each other, each from a stream that depends on the seed
    and on its place among the names, sorted.
    """
    _require_draws(seed, draws_count, interval_share)
    streams = np.random.default_rng(seed).spawn(len(ranges))
    constants = {
        name: _draw(ranges[name], stream, draws_count)
        for name, stream in zip(sorted(ranges), streams, strict=True)
    }
    gains = np.asarray(gain(constants), dtype=np.float64)
    if gains.shape != (draws_count,) or not np.isfinite(gains).all():
        raise _refusal(
            "The gain must be one known number for each draw",
            f"shape {gains.shape}",
            "Compute it from the constants with array arithmetic.",
        )
    tail = (1 - interval_share) / 2
    low, high = np.quantile(gains, [tail, 1 - tail])
    return GainSpread(
        mean=float(gains.mean()),
        low=float(low),
        high=float(high),
        interval_share=interval_share,
        positive_share=float((gains > 0).mean()),
        draws_count=draws_count,
        seed=seed,
    )


def _worth(figures: Mapping[str, Floats], directions: Mapping[str, Direction]) -> Floats:
    """Return the figures side by side, turned so that higher is better."""
    _require_figures(figures, directions)
    signs = np.array([1.0 if directions[name] == "higher" else -1.0 for name in figures])
    columns = np.column_stack([np.asarray(figures[name], dtype=float) for name in figures])
    return np.asarray(columns * signs)


def _crowding_distances(worth: Floats) -> Floats:
    """Sum over figures how far apart the neighbours of each row are, the whole range being 1."""
    distances = np.zeros(len(worth))
    for column in worth.T:
        order = np.argsort(-column, kind="stable")
        ordered = column[order]
        width = ordered[0] - ordered[-1]
        if width == 0:
            continue
        beside = -np.diff(ordered) / width
        # the best row is safe; the worst has one neighbour, which counts for two
        distances[order] += np.append(np.inf, beside + np.append(beside[1:], beside[-1]))
    return distances


def _draw(constant: ConstantRange, stream: np.random.Generator, count: int) -> Floats:
    if constant.low == constant.high:
        return np.full(count, constant.low)
    if constant.likely is None:
        return stream.uniform(constant.low, constant.high, count)
    return stream.triangular(constant.low, constant.likely, constant.high, count)


def _require_figures(figures: Mapping[str, Floats], directions: Mapping[str, Direction]) -> None:
    if not figures or set(figures) != set(directions):
        raise _refusal(
            "Each figure needs a direction, and each direction a figure",
            ", ".join(sorted(set(figures) ^ set(directions))) or "no figure",
            "Say for each figure whether higher or lower is better.",
        )
    unknown = sorted(set(directions.values()) - {"higher", "lower"})
    if unknown:
        raise _refusal("This is no direction", ", ".join(unknown), "Give higher or lower.")
    if len({len(values) for values in figures.values()}) > 1:
        raise _refusal(
            "Each figure must be known for each scenario",
            ", ".join(f"{name}: {len(values)}" for name, values in figures.items()),
            "Give as many numbers as there are scenarios.",
        )
    gaps = sorted(name for name, values in figures.items() if not np.isfinite(values).all())
    if gaps:
        raise _refusal(
            "Scenarios with unknown figures cannot be compared",
            ", ".join(gaps),
            "Leave the figure or the scenario out.",
        )


def _require_draws(seed: int, draws_count: int, interval_share: float) -> None:
    if seed < 0:
        raise _refusal("The seed must be 0 or more", str(seed), "Give a whole number from 0 on.")
    if draws_count < 1:
        raise _refusal("At least one draw is needed", str(draws_count), "Give 1,000 or more.")
    if not 0 < interval_share < 1:
        raise _refusal(
            "The share within the interval must be above 0 and below 1",
            f"{interval_share:g}",
            "Give 0.9 for nine draws of ten.",
        )


def _refusal(what: str, value: str, remedy: str) -> ParameterError:
    return ParameterError(what, value=value, where="scenarios", remedy=remedy)

"""Win rates of reps, drawn towards what all have in common: in all, by size of deal, by segment.

Closed deals are those won or lost. Small, medium and large deals are thirds of the closed ones,
unless the plan gives amounts. Where fewer than four reps have closed deals, the centre is what the
plan expects, else the rate of all closed deals there.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.shrinkage import RatePrior, WinRates, shrink_win_rates
from territory_kit.options import RepsOptions
from territory_kit.wording import number, percent

_THIRDS = (1 / 3, 2 / 3)
_SIZE_NAMES = ("small", "medium", "large")
SIZE_KIND, SEGMENT_KIND = "deal size", "segment"
_UNKNOWN = "not known"


def closed_deals(deals: pd.DataFrame | None, accounts: pd.DataFrame) -> pd.DataFrame:
    """Select the deals that are won or lost, each with its rep.

    Parameters
    ----------
    deals
        The input, or None. A deal without a rep is the account's rep's.
    accounts
        All accounts of the region: ``account_id``, ``today_rep_id``.

    Returns
    -------
    pandas.DataFrame
        Rows of ``deals``; ``rep_id`` filled, ``is_won`` 1 or 0.
    """
    table = columns.empty_frame("deals") if deals is None else deals
    closed = table.loc[table["is_won"].notna()]
    owner = closed["account_id"].map(accounts.set_index("account_id")["today_rep_id"])
    return closed.assign(
        rep_id=closed["rep_id"].fillna(owner.astype("str")),
        is_won=closed["is_won"].astype("float64"),
    )


def shrink(
    won: np.ndarray, closed: np.ndarray, *, settings: RepsOptions
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute the shrunk win rate of each rep with its interval, as shares.

    Parameters
    ----------
    won, closed
        Deals won, and won or lost, of each rep, shape (n_reps,).
    settings
        Options of step 4: what is expected before any deal, chance of the interval.

    Returns
    -------
    tuple of numpy.ndarray
        Rate, low and high end, shape (n_reps,); nan for a rep without closed deals.
    """
    if not closed.sum():
        unknown = np.full(len(closed), np.nan)
        return unknown, unknown.copy(), unknown.copy()
    rates = _rates(won, closed, settings)
    found = (rates.rate_share, rates.low_share, rates.high_share)
    rate, low, high = (np.where(closed > 0, part, np.nan) for part in found)
    return rate, low, high


def group_win_rates(
    people: pd.DataFrame, closed: pd.DataFrame, segments: pd.Series, *, settings: RepsOptions
) -> pd.DataFrame:
    """Compute the win rates of each rep by size of deal and by segment.

    Parameters
    ----------
    people
        Reps without vacancies: ``rep_id``, ``rep_name``.
    closed
        From `closed_deals`.
    segments
        Segment, or else industry, by ``account_id``.
    settings
        Options of step 4.

    Returns
    -------
    pandas.DataFrame
        ``rep_win_rates``, a row where a rep has closed deals: sizes from small to large, then
        segments by name, then reps.
    """
    own = closed.loc[closed["rep_id"].isin(people["rep_id"])]
    segment = own["account_id"].map(segments).astype("str").fillna(_UNKNOWN)
    parts = [
        _group_rates(own.assign(deal_group=groups), kind, names, settings)
        for kind, groups, names in (
            (SIZE_KIND, *_sizes(own["amount"], settings.deal_size_amounts)),
            (SEGMENT_KIND, segment, sorted(set(segment))),
        )
    ]
    rows = pd.concat(parts, ignore_index=True)
    names = people.set_index("rep_id")["rep_name"]
    return rows.assign(rep_name=rows["rep_id"].map(names).astype("str"))


def say_assumption(strengths: pd.DataFrame, settings: RepsOptions) -> tuple[str, ...]:
    """Say how win rates were shrunk.

    Parameters
    ----------
    strengths
        ``rep_strengths``.
    settings
        Options of step 4.

    Returns
    -------
    tuple of str
        One sentence; none without closed deals.
    """
    if not strengths["closed_count"].sum():
        return ()
    sure = percent(settings.interval_share)
    sentence = (
        "Win rates are drawn towards that of all reps; where reps differ by no more than chance, "
        f"all have one rate. The true rate lies in the interval with a chance of {sure}."
    )
    return (sentence,)


def _group_rates(
    deals: pd.DataFrame, kind: str, names: Sequence[str], settings: RepsOptions
) -> pd.DataFrame:
    counts = deals.groupby(["deal_group", "rep_id"])["is_won"].agg(["size", "sum"]).reset_index()
    rows = []
    for name in names:
        group = counts.loc[counts["deal_group"] == name].sort_values("rep_id")
        closed, won = (group[c].to_numpy(dtype=float) for c in ("size", "sum"))
        found = zip(
            group["rep_id"], closed, won, *shrink(won, closed, settings=settings), strict=True
        )
        rows += [(kind, name, *values) for values in found]
    names_of_columns = (
        "group_kind deal_group rep_id closed_count won_count shrunk_won_share low_won_share "
        "high_won_share"
    )
    frame = pd.DataFrame(rows, columns=names_of_columns.split())
    return frame.assign(won_share=frame["won_count"] / frame["closed_count"])


def _rates(won: np.ndarray, closed: np.ndarray, settings: RepsOptions) -> WinRates:
    # half a deal won and half a deal lost keep the centre away from 0 and 1
    seen = float((won.sum() + 0.5) / (closed.sum() + 1.0))
    expected = seen if settings.expected_won_share is None else settings.expected_won_share
    prior = RatePrior(expected, settings.expected_deals_count)
    return shrink_win_rates(won, closed, prior=prior, interval_share=settings.interval_share)


def _sizes(amounts: pd.Series, cuts: Sequence[float]) -> tuple[pd.Series, list[str]]:
    """Sort deals into sizes; return the size of each, and all sizes from small to large."""
    known = amounts.dropna()
    if not cuts and len(known):
        cuts = sorted({_rounded(value) for value in known.quantile(list(_THIRDS))})
    names = _size_names(cuts)
    place = np.searchsorted(np.asarray(cuts, dtype=float), amounts, side="right")
    sizes = pd.Series(np.asarray(names, dtype=object)[place], index=amounts.index)
    return sizes.where(amounts.notna(), _UNKNOWN), [*names, _UNKNOWN]


def _size_names(cuts: Sequence[float]) -> list[str]:
    if not cuts:
        return ["all sizes"]
    bounds = [number(cut) for cut in cuts]
    middle = [f"{low} to {high}" for low, high in pairwise(bounds)]
    names = [f"below {bounds[0]}", *middle, f"from {bounds[-1]}"]
    if len(names) != len(_SIZE_NAMES):
        return names
    return [f"{size} ({words})" for size, words in zip(_SIZE_NAMES, names, strict=True)]


def _rounded(value: float) -> float:
    """Round an amount to two digits, so that it can be read and remembered."""
    return float(f"{value:.2g}")

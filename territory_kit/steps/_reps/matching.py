"""Who takes which territory: bound reps, incumbents, then free reps where they fit best."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territory_kit.methods.matching import best_pairs
from territory_kit.steps._reps.wishes import match_by_wishes

# One account counts this much besides its revenue, so that prospects count for something.
_ACCOUNT_WEIGHT = 1.0
# Who finds less than this share of the old accounts in a territory is no incumbent there.
_LEAST_KNOWN_SHARE = 0.1
_FIXED = ("bound", "added")


@dataclass(frozen=True)
class Holding:
    """How a rep came to a territory.

    Parameters
    ----------
    rep_id
        The rep.
    how
        "bound" by a lock or override, "incumbent", "assigned" to a free territory by fit,
        "wished" by wishes and fit, or "added" to the one that the rep has.
    """

    rep_id: str
    how: str


def match_all(
    fit: pd.DataFrame,
    accounts: pd.DataFrame,
    *,
    bound: pd.DataFrame,
    keep_incumbents: bool,
    wishes: Mapping[str, list[str]] | None = None,
) -> dict[str, Holding]:
    """Give territories to reps, at most one each.

    Parameters
    ----------
    fit
        One row per territory and candidate: ``territory_id``, ``rep_id``, ``fit_share``, and
        ``failed_gates`` and ``is_other_team``, which forbid a pair.
    accounts
        Placed accounts: ``territory_id``, ``today_rep_id``, ``revenue_amount_per_year``.
    bound
        Accounts that must stay with a rep: ``territory_id``, ``rep_id``, ``weight``.
    keep_incumbents
        Whether reps keep the territory that best matches theirs before fit is asked.
    wishes
        Territories that free reps wish for, best first; None where wishes are not asked.

    Returns
    -------
    dict
        Holding by territory; territories without one are vacant.
    """
    territories = sorted(fit["territory_id"].unique())
    closed = closed_pairs(fit)
    reps = sorted(fit["rep_id"].unique())
    found: dict[str, Holding] = {}
    stages = [("bound", _table(bound, "rep_id", "weight", territories, reps))]
    if keep_incumbents:
        known = accounts.assign(
            weight=accounts["revenue_amount_per_year"].fillna(0.0) + _ACCOUNT_WEIGHT
        )
        overlap = _table(known, "today_rep_id", "weight", territories, reps)
        held = known.groupby("today_rep_id")["weight"].sum().reindex(reps)
        held = held.astype("float64").fillna(0.0)
        stages.append(("incumbent", overlap.where(overlap >= _LEAST_KNOWN_SHARE * held, 0.0)))
    # Everybody is better than nobody: the fit decides only who goes where.
    last = "assigned" if wishes is None else "wished"
    stages.append((last, _table(fit, "rep_id", "fit_share", territories, reps) + 1.0))
    for how, gains in stages:
        taken = {holding.rep_id for holding in found.values()}
        open_ids = [t for t in territories if t not in found]
        free_ids = [r for r in reps if r not in taken]
        free = gains.reindex(index=open_ids, columns=free_ids).to_numpy(dtype=float, copy=True)
        for t, r in np.ndindex(free.shape):
            free[t, r] = np.nan if (open_ids[t], free_ids[r]) in closed else free[t, r]
        pairs = (
            match_by_wishes(free, open_ids, free_ids, wishes or {})
            if how == "wished"
            else best_pairs(free)
        )
        found |= {open_ids[t]: Holding(free_ids[r], how) for t, r in pairs if free[t, r] > 0}
    return found


def propose_swaps(
    fit: pd.DataFrame, holdings: dict[str, Holding], *, gain_share: float
) -> pd.DataFrame:
    """Find pairs of reps who would both together fit better the other way round.

    Parameters
    ----------
    fit
        One row per territory and candidate: ``territory_id``, ``rep_id``, ``fit_share``.
    holdings
        Who takes which territory; bound reps, and territories added to another one, do not
        swap.
    gain_share
        Smallest mean gain of fit that is worth proposing.

    Returns
    -------
    pandas.DataFrame
        ``territory_id``, ``rep_id``, ``other_territory_id``, ``other_rep_id``, ``gain_share`` (mean
        of the two); largest gain first, each rep at most once.
    """
    closed = closed_pairs(fit)
    pairs_of_fit = zip(fit["territory_id"], fit["rep_id"], strict=True)
    passed = fit.loc[[pair not in closed for pair in pairs_of_fit]]
    table = passed.pivot_table(index="territory_id", columns="rep_id", values="fit_share")
    movable = sorted(t for t, holding in holdings.items() if holding.how not in _FIXED)
    reps = [holdings[t].rep_id for t in movable]
    values = table.reindex(index=movable, columns=reps).to_numpy(dtype=float)
    own = np.diag(values)
    gains = (values + values.T - own[:, np.newaxis] - own[np.newaxis, :]) / 2
    pairs = [
        (gains[one, two], one, two)
        for one in range(len(movable))
        for two in range(one + 1, len(movable))
        # Rounding must not decide about a gain that is exactly large enough.
        if gains[one, two] > 0 and gains[one, two] >= gain_share - 1e-9
    ]
    rows, used = [], set[int]()
    for gain, one, two in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if used.isdisjoint((one, two)):
            used |= {one, two}
            rows.append((movable[one], reps[one], movable[two], reps[two], gain))
    names = ["territory_id", "rep_id", "other_territory_id", "other_rep_id", "gain_share"]
    return pd.DataFrame(rows, columns=names)


def closed_pairs(fit: pd.DataFrame) -> set[tuple[str, str]]:
    """Find the pairs of territory and rep that a gate or the team forbids.

    Parameters
    ----------
    fit
        Pairs: ``territory_id``, ``rep_id``; ``failed_gates`` where gates were asked,
        ``is_other_team`` where teams were.

    Returns
    -------
    set of tuple of str
        Territory and rep.
    """
    is_closed = pd.Series(data=False, index=fit.index)
    if "failed_gates" in fit:
        is_closed |= fit["failed_gates"] != ""
    if "is_other_team" in fit:
        is_closed |= fit["is_other_team"]
    rows = fit.loc[is_closed]
    return set(zip(rows["territory_id"], rows["rep_id"], strict=True))


def _table(
    rows: pd.DataFrame, rep: str, value: str, territories: list[str], reps: list[str]
) -> pd.DataFrame:
    sums = rows.pivot_table(index="territory_id", columns=rep, values=value, aggfunc="sum")
    return sums.reindex(index=territories, columns=reps).fillna(0.0)

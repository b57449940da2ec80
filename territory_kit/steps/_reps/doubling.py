"""A second territory for a rep with free hours, where there are more territories than reps."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.methods.assignment import VACANT, assign_within_capacity
from territory_kit.options import Options, RepsOptions
from territory_kit.steps._reps.matching import Holding, closed_pairs
from territory_kit.steps._reps.vacancies import hours_of_reps
from territory_kit.steps.driving import drive, find_homes
from territory_kit.wording import counted, listed

# Everybody is better than nobody: the fit decides only who takes it.
_SERVED_GAIN = 1.0


def add_territories(
    holdings: Mapping[str, Holding],
    accounts: pd.DataFrame,
    people: pd.DataFrame,
    fit: pd.DataFrame,
    *,
    options: Options,
) -> dict[str, Holding]:
    """Give territories that are left to reps who have one, as far as their hours allow.

    Parameters
    ----------
    holdings
        From `matching.match_all`: each rep at most once.
    accounts
        Placed accounts: ``account_id``, ``territory_id``, ``call_hours_per_year``, and what
        `driving.drive` reads; sorted by account.
    people
        Reps who stay: ``rep_id``, ``capacity_hours_per_year``, ``fte_share``, home.
    fit
        Pairs of territory and rep: ``fit_share``, ``failed_gates``.
    options
        Options of the region: how many territories a rep may hold, and hours.

    Returns
    -------
    dict
        ``holdings`` with the added ones, their ``how`` being "added". Among all ways to do it
        within the hours, the sum of fits is largest where the most territories have a rep.

    Notes
    -----
    Hours are those of calls and of driving from the rep's home, each territory by itself.
    """
    most = options.reps.most_territories
    left = sorted(set(fit["territory_id"]) - set(holdings))
    reps = sorted({holding.rep_id for holding in holdings.values()})
    if most == 1 or not left or not reps:
        return dict(holdings)
    held = pd.DataFrame(
        [(territory, holding.rep_id) for territory, holding in sorted(holdings.items())],
        columns=["territory_id", "rep_id"],
    )
    work = _work_hours(held, accounts, people, options).groupby(held["rep_id"]).sum()
    time = hours_of_reps(people, options).reindex(reps).fillna(0.0)
    free = np.maximum(time.to_numpy() - work.reindex(reps).to_numpy(), 0.0)
    loads = np.column_stack([_loads_of(rep, left, accounts, people, options) for rep in reps])
    found = assign_within_capacity(
        _gains(fit, left, reps),
        loads,
        free,
        vacancy_costs=np.zeros(len(left)),
        most_counts=np.full(len(reps), most - 1),
    )
    pairs = zip(left, found.reps, strict=True)
    added = {name: Holding(reps[rep], "added") for name, rep in pairs if rep != VACANT}
    return {**holdings, **added}


def say_added(rep_plan: pd.DataFrame) -> tuple[str, ...]:
    """Say who takes more than one territory.

    Parameters
    ----------
    rep_plan
        Who takes what: ``territory_name``, ``rep_id``, ``rep_name``.

    Returns
    -------
    tuple of str
        One sentence; none where nobody does.
    """
    taken = rep_plan.dropna(subset=["rep_id"]).sort_values(["rep_name", "territory_name"])
    words = [
        f"{names.iloc[0]} ({listed(list(taken.loc[names.index, 'territory_name']))})"
        for _, names in taken.groupby("rep_id", sort=False)["rep_name"]
        if len(names) > 1
    ]
    if not words:
        return ()
    who = counted(len(words), "rep", "takes")
    return (f"{who} more than one territory: {list_ids(words)}.",)


def say_most(settings: RepsOptions) -> tuple[str, ...]:
    """Say that reps may take more than one territory.

    Parameters
    ----------
    settings
        Options of step 4.

    Returns
    -------
    tuple of str
        One sentence; none where a rep takes one at most.
    """
    if settings.most_territories == 1:
        return ()
    sentence = (
        f"A rep takes up to {settings.most_territories} territories where some would have no rep "
        "and the rep's hours suffice for calls and driving."
    )
    return (sentence,)


def _gains(fit: pd.DataFrame, left: list[str], reps: list[str]) -> np.ndarray:
    closed = closed_pairs(fit)
    table = fit.pivot_table(index="territory_id", columns="rep_id", values="fit_share")
    gains = table.reindex(index=left, columns=reps).to_numpy(dtype=float, copy=True)
    gains += _SERVED_GAIN * len(left)
    for t, r in np.ndindex(gains.shape):
        gains[t, r] = np.nan if (left[t], reps[r]) in closed else gains[t, r]
    return gains


def _loads_of(
    rep: str, left: list[str], accounts: pd.DataFrame, people: pd.DataFrame, options: Options
) -> np.ndarray:
    pairs = pd.DataFrame({"territory_id": left, "rep_id": rep})
    return _work_hours(pairs, accounts, people, options).to_numpy(dtype=float)


def _work_hours(
    pairs: pd.DataFrame, accounts: pd.DataFrame, people: pd.DataFrame, options: Options
) -> pd.Series:
    """Compute the hours that each territory takes its rep, in the order of the pairs."""
    homes = find_homes(pairs, people)
    driven = drive(pairs["territory_id"], accounts, options, homes=homes)
    calls = accounts.groupby("territory_id")["call_hours_per_year"].sum()
    own = pairs["territory_id"].map(calls).astype("float64").fillna(0.0)
    return own + driven["tour_hours_per_year"].to_numpy(dtype=float)

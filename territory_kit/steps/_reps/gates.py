"""Gates: skills that nothing makes up for, such as a language or a licence.

A territory asks for a gate when its accounts' mean need, weighted by work, reaches the share of the
gate; a rep passes with at least that share of the skill. A skill that is not known is not passed.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.methods.fit import failed_gates
from territory_kit.wording import counted


def apply_gates(
    fit: pd.DataFrame,
    people: pd.DataFrame,
    accounts: pd.DataFrame,
    *,
    gates: Mapping[str, float],
) -> pd.DataFrame:
    """Name the gates that each rep does not pass in each territory, and take away the fit there.

    Parameters
    ----------
    fit
        From `fitting.fit_reps`.
    people
        Candidates: ``rep_id``, ``skill_<name>_share``.
    accounts
        Placed accounts: ``territory_id``, ``workload_hours_per_year``, ``need_<skill>_share``.
    gates
        Share from which a skill is a must, by name of the skill.

    Returns
    -------
    pandas.DataFrame
        ``fit`` with ``failed_gates`` (empty where all are passed), and no fit where one is not.
    """
    names = tuple(sorted(gates))
    territories, reps = sorted(set(fit["territory_id"])), sorted(set(fit["rep_id"]))
    least = np.array([gates[name] for name in names], dtype=float)
    needs, skills = _needs(accounts, territories, names), _skills(people, reps, names)
    # rounding must not decide about a need that is exactly large enough
    failed = failed_gates((needs >= least - 1e-9) & (needs > 0), skills >= least - 1e-9, names)
    rows = pd.Index(territories).get_indexer(fit["territory_id"])
    columns = pd.Index(reps).get_indexer(fit["rep_id"])
    words = pd.Series(failed[rows, columns], index=fit.index, dtype="str")
    return fit.assign(fit_share=fit["fit_share"].where(words == "", 0.0), failed_gates=words)


def say_gates(
    fit: pd.DataFrame,
    plan: pd.DataFrame,
    people: pd.DataFrame,
    accounts: pd.DataFrame,
    *,
    gates: Mapping[str, float],
) -> tuple[str, ...]:
    """Say who is not proposed because of a gate, and which gates nobody asks for.

    Parameters
    ----------
    fit
        From `apply_gates`.
    plan
        Territories: ``territory_id``, ``territory_name``.
    people
        Candidates: ``rep_id``, ``rep_name``.
    accounts
        Placed accounts; which needs are known.
    gates
        Share from which a skill is a must, by name of the skill.

    Returns
    -------
    tuple of str
        Sentences; none without gates.
    """
    found = []
    rows = fit.loc[fit["failed_gates"] != ""].sort_values(["territory_id", "rep_id"])
    if len(rows):
        places = plan.set_index("territory_id")["territory_name"]
        names = people.set_index("rep_id")["rep_name"]
        pairs = [
            f"{names[rep]} in {places[territory]} ({failed})"
            for territory, rep, failed in zip(
                rows["territory_id"], rows["rep_id"], rows["failed_gates"], strict=True
            )
        ]
        found.append(
            f"{counted(len(pairs), 'pair')} of rep and territory cannot be proposed, as a gate is "
            f"not passed: {list_ids(pairs)}."
        )
    unknown = [name for name in sorted(gates) if f"need_{name}_share" not in accounts]
    if unknown:
        found.append(f"No account says whether it needs these gates: {list_ids(unknown)}.")
    return tuple(found)


def _needs(accounts: pd.DataFrame, territories: list[str], names: tuple[str, ...]) -> np.ndarray:
    """Compute the mean need of each territory for each gate, weighted by work."""
    columns = [f"need_{name}_share" for name in names]
    hours = accounts["workload_hours_per_year"] + np.finfo(float).tiny
    known = accounts.reindex(columns=columns).astype("float64").fillna(0.0)
    sums = known.mul(hours, axis=0).groupby(accounts["territory_id"]).sum()
    means = sums.div(hours.groupby(accounts["territory_id"]).sum(), axis=0)
    return means.reindex(territories).fillna(0.0).to_numpy(dtype=float)


def _skills(people: pd.DataFrame, reps: list[str], names: tuple[str, ...]) -> np.ndarray:
    columns = [f"skill_{name}_share" for name in names]
    known = people.set_index("rep_id").reindex(index=reps, columns=columns)
    return known.astype("float64").fillna(-1.0).to_numpy(dtype=float)

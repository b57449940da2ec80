"""How evenly the proposal deals out potential among the reps who take a territory."""

import numpy as np
import pandas as pd

from territory_kit.methods.fairness import measure_fairness

_FEWEST_REPS_COUNT = 2


def measure_chances(
    rep_plan: pd.DataFrame, plan: pd.DataFrame, people: pd.DataFrame
) -> dict[str, float | str]:
    """Measure how far potential per full-time rep differs.

    Parameters
    ----------
    rep_plan
        Who takes what: ``territory_id``, ``rep_id``.
    plan
        Territories: ``territory_id``, ``potential_amount_per_year``.
    people
        Reps who stay: ``rep_id``, ``fte_share``, ``role``, ``team``.

    Returns
    -------
    dict
        ``fairness_gap_share`` (largest gap over the mean), ``fairness_gini_share`` and
        ``fairness_envy_amount_per_year`` (largest gap between reps of one role and team); empty
        with fewer than two reps or where no potential is known.
    """
    own = plan[["territory_id", "potential_amount_per_year"]]
    rows = (
        rep_plan[["territory_id", "rep_id"]]
        .merge(own, on="territory_id")
        .merge(people[["rep_id", "fte_share", "role", "team"]], on="rep_id")
        .sort_values("rep_id")
    )
    known = rows["potential_amount_per_year"].fillna(0.0).clip(lower=0.0)
    # who takes several territories has the potential of all
    potential = known.groupby(rows["rep_id"]).sum()
    rows = rows.drop_duplicates("rep_id")
    if len(rows) < _FEWEST_REPS_COUNT or not potential.sum():
        return {}
    grades = rows["role"].fillna("owner") + " " + rows["team"].fillna("")
    found = measure_fairness(
        potential.to_numpy(dtype=float),
        rows["fte_share"].to_numpy(dtype=float),
        np.asarray(grades.tolist(), dtype=object),
    )
    return {
        "fairness_gap_share": found.gap_share,
        "fairness_gini_share": found.gini_share,
        "fairness_envy_amount_per_year": found.envy,
    }

"""Why each account has its score: points of each criterion that add up to it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.score_reasons import score_reasons


def split_scores(
    account_ids: "pd.Series[str]",
    criteria: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    bounds: pd.DataFrame,
) -> pd.DataFrame:
    """Split the score of each account into the points of its criteria.

    Parameters
    ----------
    account_ids
        Identifiers of the rows.
    criteria
        Values of the accounts by criterion, missing where unknown.
    weights
        Weight of each criterion.
    bounds
        Table ``score_bounds``; missing for criteria that nothing is known of.

    Returns
    -------
    pandas.DataFrame
        Table ``score_reasons``, most points of an account first; no rows for an account without
        any data.
    """
    known = bounds.dropna().set_index("criterion")
    names = [name for name in weights if name in known.index]
    if not names:
        return columns.empty_frame("score_reasons")
    found = score_reasons(
        criteria[names].to_numpy(),
        np.array([weights[name] for name in names], dtype=float),
        known.loc[names, ["low_value", "high_value"]].to_numpy(dtype=float),
    )
    rows = [
        (identifier, names[reason.criterion], reason.points)
        for identifier, account in zip(account_ids, found, strict=True)
        for reason in account.reasons
    ]
    return pd.DataFrame(rows, columns=["account_id", "criterion", "points"])

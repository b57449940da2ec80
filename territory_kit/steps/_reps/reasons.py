"""Why this rep takes this territory, in three short reasons."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territory_kit.steps._reps.matching import Holding
from territory_kit.wording import percent

_LEADS = {
    "assigned": "best fit among the free reps",
    "wished": "matched by wishes of reps and fit",
    "added": "fits into the free hours beside the rep's own territory",
}


def explain_holdings(
    rows: pd.DataFrame, holdings: Mapping[str, Holding], kept_shares: pd.Series
) -> list[str]:
    """Explain each territory with a rep.

    Parameters
    ----------
    rows
        Territories with the fit of their rep: ``territory_id``, ``rep_id``, ``home_km``,
        ``skill_fit_share``, ``relation_share``.
    holdings
        How the reps came to them.
    kept_shares
        Share of the rep's own revenue that stays with the rep, by ``rep_id``.

    Returns
    -------
    list of str
        Reasons in the order of the rows; empty where a territory is vacant.
    """
    names = ["territory_id", "rep_id", "home_km", "skill_fit_share", "relation_share"]
    shares = kept_shares.to_dict()
    return [
        _join(holdings[territory_id].how, shares.get(rep_id, np.nan), home_km, skill, known)
        if territory_id in holdings
        else ""
        for territory_id, rep_id, home_km, skill, known in rows[names].itertuples(index=False)
    ]


def _join(how: str, kept: float, home_km: float, skill: float, known: float) -> str:
    lead = _LEADS.get(how, "")
    if not lead:
        lead = _kept_words(kept, is_bound=how == "bound")
    home = "home unknown" if np.isnan(home_km) else f"home {home_km:,.0f} km from the centre"
    last = f"has {percent(known)} of its revenue"
    if not np.isnan(skill):
        last = f"meets {percent(skill)} of its needs"
    return f"{lead}; {home}; {last}"


def _kept_words(share: float, *, is_bound: bool) -> str:
    named = "named accounts" if is_bound else "the accounts of today"
    if np.isnan(share):
        return f"keeps {named}"
    return f"keeps {percent(share)} of own revenue" + (f", and {named}" if is_bound else "")


def explain_vacancy(
    holder: object, owners: pd.DataFrame, *, is_gated: bool = False, is_other_team: bool = False
) -> str:
    """Explain why nobody has a territory.

    Parameters
    ----------
    holder
        Identifier of who has it today; missing where nobody does.
    owners
        From `roster.list_owners`.
    is_gated
        Whether a rep would be free, but does not pass a gate.
    is_other_team
        Whether reps would be free, but all are of another team.

    Returns
    -------
    str
        Who leaves and when, or that nobody is free.
    """
    nobody = "no rep is free"
    if is_gated:
        nobody = "no free rep passes the gates"
    if is_other_team:
        nobody = "no free rep is of its team"
    rows = owners.loc[owners["rep_id"] == holder]
    if len(rows) and bool(rows["is_leaving"].iloc[0]):
        name, last_day = rows["rep_name"].iloc[0], rows["end_date"].iloc[0]
        leaves = "has left" if pd.isna(last_day) else f"leaves on {last_day:%Y-%m-%d}"
        return f"{name} {leaves}; {nobody}"
    if len(rows) and bool(rows["is_vacancy"].iloc[0]):
        return f"the job {holder} is not filled; {nobody}"
    return nobody if len(owners) else "no reps are known"

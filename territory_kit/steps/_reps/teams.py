"""Teams: territories are designed per team, and go to reps of their team.

A rep without a team may take any territory. Who holds a territory today, or is bound to one by a
lock or an override, may have it whatever the team: that was decided by people. Where all
territories are of one team, teams play no part, as in their number.
"""

from collections.abc import Mapping

import pandas as pd


def mark_teams(
    fit: pd.DataFrame,
    plan: pd.DataFrame,
    people: pd.DataFrame,
    *,
    bound: pd.DataFrame,
    holders: Mapping[str, str],
) -> pd.DataFrame:
    """Mark the pairs of territory and rep that belong to different teams.

    Parameters
    ----------
    fit
        Pairs: ``territory_id``, ``rep_id``.
    plan
        Territories: ``territory_id``, ``team``.
    people
        Candidates: ``rep_id``, ``team``.
    bound
        Accounts that must stay with a rep: ``territory_id``, ``rep_id``.
    holders
        Today's holder of each territory.

    Returns
    -------
    pandas.DataFrame
        ``fit`` with ``is_other_team``.
    """
    if not has_teams(plan):
        return fit.assign(is_other_team=False)
    wanted = fit["territory_id"].map(plan.set_index("territory_id")["team"])
    given = fit["rep_id"].map(people.set_index("rep_id")["team"])
    decided = set(holders.items())
    decided |= set(zip(bound["territory_id"], bound["rep_id"], strict=True))
    pairs = zip(fit["territory_id"], fit["rep_id"], strict=True)
    is_free = pd.Series([pair not in decided for pair in pairs], index=fit.index, dtype="bool")
    differs = wanted.notna() & given.notna() & (wanted.astype("str") != given.astype("str"))
    return fit.assign(is_other_team=differs & is_free)


def has_teams(plan: pd.DataFrame) -> bool:
    """Say whether territories are of several teams.

    Parameters
    ----------
    plan
        Territories: ``team``.

    Returns
    -------
    bool
        True from two teams on.
    """
    return len(plan["team"].dropna().unique()) > 1


def say_teams(plan: pd.DataFrame) -> tuple[str, ...]:
    """Say that a territory goes to a rep of its team.

    Parameters
    ----------
    plan
        Territories: ``team``.

    Returns
    -------
    tuple of str
        One sentence; none where all territories are of one team.
    """
    if not has_teams(plan):
        return ()
    sentence = (
        "A territory goes to a rep of its team or to one without a team. A rep of another team has "
        "it only by holding it today or by being bound to it."
    )
    return (sentence,)

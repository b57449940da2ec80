"""Which team each account is designed with: territories of one team hold accounts of that team."""

from collections import Counter

import pandas as pd

NO_TEAM = ""


def assign_teams(units: pd.DataFrame, owners: pd.DataFrame) -> pd.Series:
    """Give each placed account a team.

    Parameters
    ----------
    units
        Accounts after the rules: ``account_id``, ``team``, ``today_rep_id``,
        ``today_territory_id``, ``bound_territory_id``, ``together_id``.
    owners
        From `roster.list_owners`; ``rep_id`` and ``team`` are read.

    Returns
    -------
    pandas.Series
        Its own team, else its rep's, else that of most accounts of its territory, else the team
        with the most accounts. Accounts that are bound to a territory, or kept together, go with
        the team of most of the accounts they join.
    """
    by_rep = units["today_rep_id"].map(owners.set_index("rep_id")["team"]).astype("str")
    known = units["team"].fillna(by_rep)
    largest = _most(known, pd.Series("all", index=units.index)).get("all", NO_TEAM)
    of_territory = _most(known, units["today_territory_id"])
    team = known.fillna(units["today_territory_id"].map(of_territory).astype("str"))
    team = team.fillna(largest)
    for joined in ("bound_territory_id", "together_id"):
        team = _join(team, units, joined)
    return team


def _join(team: pd.Series, units: pd.DataFrame, joined: str) -> pd.Series:
    """Move accounts to the team of what they join: of today's members where there are any."""
    of_members = _most(team, units[joined])
    if joined == "bound_territory_id":
        of_members = of_members | _most(team, units["today_territory_id"])
    return units[joined].map(of_members).astype("str").fillna(team)


def _most(values: pd.Series, keys: pd.Series) -> dict[str, str]:
    """Find the most frequent value of each key; of equals the first by name."""
    pairs = pd.DataFrame({"key": keys, "value": values}).dropna()
    counts = Counter(zip(pairs["key"], pairs["value"], strict=True))
    ranked = sorted(counts, key=lambda pair: (-counts[pair], pair[1]))
    return dict(reversed(ranked))

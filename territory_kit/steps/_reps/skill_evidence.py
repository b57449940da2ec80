"""Skills by what reps have won, before what they say of themselves.

The plan names the segments that a skill stands for; without such names nothing changes. The win
rate there, drawn towards that of all reps, is set against the region's: each point above or below
moves the skill by a point. Gates ask for the skill as declared.
"""

import re

import numpy as np
import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.options import RepsOptions
from territory_kit.steps._reps.win_rates import shrink
from territory_kit.wording import counted

FEWEST_DEALS_COUNT = 10
EVIDENCE, SELF_ASSESSED = "evidence", "self-assessed"


def weigh_evidence(
    people: pd.DataFrame, closed: pd.DataFrame, segments: pd.Series, *, settings: RepsOptions
) -> pd.DataFrame:
    """Move the skills of reps by their win rates.

    Parameters
    ----------
    people
        Reps: ``rep_id``, ``skill_<name>_share``.
    closed
        From `win_rates.closed_deals`.
    segments
        Segment, or else industry, by ``account_id``.
    settings
        Options of step 4: the segments of each skill, and how win rates are shrunk.

    Returns
    -------
    pandas.DataFrame
        Rows of ``people`` with skills between 0 and 1; ``skill_source`` (missing where no skill is
        rated) and ``evidence_skills`` (names, joined by commas).

    Notes
    -----
    A skill moves where the rep has rated it and has at least ten closed deals in its segments.
    """
    rated = people.copy()
    moved: dict[str, list[str]] = {}
    groups = closed["account_id"].map(segments)
    for name, of_skill in sorted(settings.skill_segments.items()):
        column = f"skill_{name}_share"
        if column in rated:
            shift = _shifts(rated["rep_id"], closed.loc[groups.isin(of_skill)], settings)
            known = rated[column].notna() & shift.notna()
            rated[column] = rated[column].mask(known, (rated[column] + shift).clip(0.0, 1.0))
            for rep in rated.loc[known, "rep_id"]:
                moved.setdefault(rep, []).append(name)
    skills = [name for name in people.columns if re.fullmatch(r"skill_.+_share", str(name))]
    has_any = people[skills].notna().any(axis=1)
    source = np.where(people["rep_id"].isin(list(moved)), EVIDENCE, SELF_ASSESSED)
    words = {rep: ", ".join(names) for rep, names in moved.items()}
    return rated.assign(
        skill_source=pd.Series(source, index=people.index, dtype="str").where(has_any),
        evidence_skills=people["rep_id"].map(words).astype("str").fillna(""),
    )


def say_evidence(rated: pd.DataFrame, settings: RepsOptions) -> tuple[str, ...]:
    """Say whose skills follow their deals, and which skills nobody is rated for.

    Parameters
    ----------
    rated
        From `weigh_evidence`; ``rep_name`` is read besides.
    settings
        Options of step 4.

    Returns
    -------
    tuple of str
        Up to two sentences; none where the plan names no segments of skills.
    """
    if not settings.skill_segments or rated.empty:
        return ()
    shown = rated.loc[rated["evidence_skills"] != ""]
    named = [
        f"{rep} ({skills})"
        for rep, skills in zip(shown["rep_name"], shown["evidence_skills"], strict=True)
    ]
    first = f"No rep has {FEWEST_DEALS_COUNT} closed deals in the segments of a rated skill, so "
    first += "skills are as reps assess themselves."
    if named:
        who = counted(len(named), "rep", "has")
        first = f"{who} skills moved by win rates in their segments: {list_ids(named)}."
    unknown = [n for n in sorted(settings.skill_segments) if f"skill_{n}_share" not in rated]
    if not unknown:
        return (first,)
    return first, f"No rep is rated for skills that the plan gives segments: {list_ids(unknown)}."


def _shifts(rep_id: pd.Series, deals: pd.DataFrame, settings: RepsOptions) -> pd.Series:
    """Compute how far each rep wins above the region; missing with too few deals."""
    if deals.empty:
        return pd.Series(np.nan, index=rep_id.index)
    counts = deals.groupby("rep_id")["is_won"].agg(["size", "sum"])
    closed, won = (counts[name].to_numpy(dtype=float) for name in ("size", "sum"))
    rate, _, _ = shrink(won, closed, settings=settings)
    above = pd.Series(rate - won.sum() / closed.sum(), index=counts.index)
    return rep_id.map(above.where(closed >= FEWEST_DEALS_COUNT)).astype("float64")

"""Who owns territories in the plan year: reps who stay, reps who leave, and vacancies.

A rep *leaves* when the last working day lies before the end of the plan's first year, or when the
CRM says that the rep is no longer active. The job stays: a leaving rep's territory is handed over,
not dissolved.
"""

from collections.abc import Collection

import pandas as pd

from territory_kit import columns


def list_owners(
    reps: pd.DataFrame | None, *, region: str, start: pd.Timestamp | None
) -> pd.DataFrame:
    """List the reps and vacancies of a region that own territories.

    Parameters
    ----------
    reps
        The input, or None. A missing role counts as owner, a missing region as the region asked
        for: reps of other regions who own accounts here are left out.
    region
        Name of the region.
    start
        First day of the plan; None counts every rep with a last day as leaving.

    Returns
    -------
    pandas.DataFrame
        The owners' rows sorted by ``rep_id``; ``is_vacancy`` and ``fte_share`` filled,
        ``is_leaving`` added.
    """
    table = columns.empty_frame("reps") if reps is None else reps
    is_owner = table["role"].isna() | (table["role"] == "owner")
    is_here = table["region"].isna() | (table["region"] == region)
    owners = table.loc[is_owner & is_here]
    return owners.assign(
        is_vacancy=owners["is_vacancy"].fillna(value=False).astype(bool),
        fte_share=owners["fte_share"].where(owners["fte_share"] > 0, 1.0),
        is_leaving=_leaves(owners["end_date"], start) | has_left(owners),
    ).sort_values("rep_id", ignore_index=True)


def staying(owners: pd.DataFrame) -> pd.DataFrame:
    """Select the people who are there in the plan year.

    Parameters
    ----------
    owners
        From `list_owners`.

    Returns
    -------
    pandas.DataFrame
        Without vacancies and without those who leave.
    """
    return owners.loc[~owners["is_leaving"] & ~owners["is_vacancy"]]


def has_left(owners: pd.DataFrame) -> pd.Series:
    """Tell who is not there any more.

    Parameters
    ----------
    owners
        Rows of ``reps``.

    Returns
    -------
    pandas.Series
        Yes where ``is_active`` is no.
    """
    return (~owners["is_active"].fillna(value=True)).astype(bool)


def without_former(owners: pd.DataFrame, holders: Collection[str]) -> pd.DataFrame:
    """Leave out those who have left and have nothing to hand over.

    Parameters
    ----------
    owners
        From `list_owners`.
    holders
        Reps who have accounts or a territory today.

    Returns
    -------
    pandas.DataFrame
        Rows of ``owners``.
    """
    is_former = has_left(owners) & ~owners["rep_id"].isin(list(holders))
    return owners.loc[~is_former].reset_index(drop=True)


def _leaves(end_date: pd.Series, start: pd.Timestamp | None) -> pd.Series:
    if start is None:
        return end_date.notna()
    return end_date < start + pd.DateOffset(years=1)

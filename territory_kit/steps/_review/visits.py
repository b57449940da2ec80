"""Ideal against actual contacts of the last year of data."""

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.visit_compliance import account_visits
from territory_kit.methods.visits import coverage_share, misplaced_share


def visits_of_year(visits: pd.DataFrame | None, day: pd.Timestamp | None) -> pd.DataFrame:
    """Select the contacts of the twelve months up to the day the plan looks from.

    Parameters
    ----------
    visits
        The input, or None.
    day
        Last day; None: all contacts.

    Returns
    -------
    pandas.DataFrame
        Rows of the input.
    """
    table = columns.empty_frame("visits") if visits is None else visits
    if day is None:
        return table
    start = day - pd.DateOffset(years=1)
    return table.loc[(table["visit_date"] > start) & (table["visit_date"] <= day)]


def count_visits(visits: pd.DataFrame, remote_ids: frozenset[str]) -> pd.Series:
    """Count what took place at each account.

    Parameters
    ----------
    visits
        Contacts of the year.
    remote_ids
        Accounts that are served by phone or video: every contact counts there. Elsewhere only a
        visit in person does; a contact without a channel counts as one.

    Returns
    -------
    pandas.Series
        Count by ``account_id``.
    """
    in_person = visits["channel"].isna() | (visits["channel"] == "visit")
    counted = visits.loc[in_person | visits["account_id"].isin(list(remote_ids))]
    return counted.groupby("account_id").size().astype("float64")


def compare_visits(accounts: pd.DataFrame, counts: pd.Series | None) -> pd.DataFrame:
    """Compare wanted and actual contacts of each territory.

    Parameters
    ----------
    accounts
        Placed accounts: ``account_id``, ``territory_id``, ``visits_per_year`` (wanted).
    counts
        From `count_visits`; None when no visits are known.

    Returns
    -------
    pandas.DataFrame
        ``actual_visits_per_year``, ``over_visits_per_year``, ``under_visits_per_year``,
        ``reached_share``, ``misplaced_share`` by ``territory_id``; missing when no visits are
        known.
    """
    each = split_visits(accounts, counts)
    rows = {}
    for territory_id, own in each.groupby("territory_id"):
        wanted, done = (
            own[name].to_numpy(dtype=np.float64)
            for name in ("ideal_visits_per_year", "actual_visits_per_year")
        )
        rows[territory_id] = {
            "actual_visits_per_year": done.sum(),
            "over_visits_per_year": own["over_visits_per_year"].sum(skipna=False),
            "under_visits_per_year": own["under_visits_per_year"].sum(skipna=False),
            "reached_share": coverage_share(wanted, done),
            # More visits than wanted can misplace more than there should be.
            "misplaced_share": np.minimum(misplaced_share(wanted, done), 1.0),
        }
    names = [
        "actual_visits_per_year",
        "over_visits_per_year",
        "under_visits_per_year",
        "reached_share",
        "misplaced_share",
    ]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names, dtype="float64")
    # without any territory the index would be of numbers
    return table.set_axis(table.index.astype("str"))


def split_visits(accounts: pd.DataFrame, counts: pd.Series | None) -> pd.DataFrame:
    """Split wanted and actual contacts of each account into those too many and those that lack.

    Parameters
    ----------
    accounts
        As for `compare_visits`.
    counts
        From `count_visits`; None when no visits are known.

    Returns
    -------
    pandas.DataFrame
        ``account_id``, ``territory_id``, ``ideal_visits_per_year``, ``actual_visits_per_year``,
        ``over_visits_per_year`` and ``under_visits_per_year``, sorted by account; the last three
        are missing when no visits are known.
    """
    ideal = accounts["visits_per_year"].astype("float64").fillna(0.0)
    rows = accounts[["account_id", "territory_id"]].assign(
        ideal_visits_per_year=ideal,
        actual_visits_per_year=np.nan,
        over_visits_per_year=np.nan,
        under_visits_per_year=np.nan,
    )
    if counts is not None:
        actual = accounts["account_id"].map(counts).astype("float64").fillna(0.0)
        found = account_visits(
            np.asarray(ideal, dtype=np.float64), np.asarray(actual, dtype=np.float64)
        )
        rows = rows.assign(
            actual_visits_per_year=actual,
            over_visits_per_year=found.over_counts,
            under_visits_per_year=found.under_counts,
        )
    return rows.sort_values("account_id", ignore_index=True)


def declared_km(visits: pd.DataFrame) -> pd.Series:
    """Add up the distance that each rep has declared.

    Parameters
    ----------
    visits
        Contacts of the year.

    Returns
    -------
    pandas.Series
        Km by ``rep_id``; reps without any declared distance are left out.
    """
    return visits.dropna(subset=["distance_km"]).groupby("rep_id")["distance_km"].sum()

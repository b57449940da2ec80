"""What each rep keeps, gives and gains, and how much of a rep's own book is given.

Who has an account decides, not how its territory is called: new names of territories are no change.
"""

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.move_gains import Bools, Floats, Ints, rep_disruption
from territory_kit.options import Options
from territory_kit.steps._review.part import Part
from territory_kit.steps.dates import data_day
from territory_kit.wording import counted, percent

_DAYS_PER_YEAR = 365.25
_TABLE = "rep_disruption"
_RULE = (
    "What a rep gives is weighed by the relationship as well: revenue times years with the "
    "account times visits of the last year; what is not known of either is left out, and an "
    "account without a day of takeover counts with the middle of the others."
)


def review_rep_changes(
    hands: pd.DataFrame,
    owned_since: pd.Series,
    contacts: pd.Series | None,
    people: pd.DataFrame,
    options: Options,
) -> Part:
    """Show how the change falls on each rep.

    Parameters
    ----------
    hands
        From `handover.trace_hands`.
    owned_since
        Day since when today's owner has the account, index ``account_id``.
    contacts
        Visits of the last year by account; None where none are known.
    people
        The input ``reps``; without rows there is nothing to show.
    options
        Options of the region.

    Returns
    -------
    Part
        ``rep_disruption``; the figures hold the greatest share and the sentence that names it.
    """
    if people.empty:
        told = "Without reps this review cannot show what each of them keeps, gives and gains."
        return Part(
            tables={_TABLE: columns.empty_frame(_TABLE)}, figures={"rep_disruption_words": told}
        )
    tenure_years = _years_until(hands["account_id"].map(owned_since), data_day(options))
    strength = relationship(hands["account_id"], tenure_years, contacts)
    table = count_changes(hands, strength)
    names = people.drop_duplicates("rep_id").set_index("rep_id")["rep_name"]
    largest = table["given_revenue_share"].fillna(0.0).max() if len(table) else 0.0
    return Part(
        tables={_TABLE: table},
        figures={
            "largest_given_share": float(largest),
            "rep_disruption_words": largest_words(table, names),
        },
        assumptions=[_RULE],
    )


def relationship(
    account_ids: pd.Series, tenure_years: pd.Series, contacts: pd.Series | None
) -> pd.Series | None:
    """Weigh the relationship of today's rep with each account.

    Parameters
    ----------
    account_ids
        Accounts.
    tenure_years
        Years with today's owner, index of ``account_ids``; missing where unknown.
    contacts
        Visits of a year by account, or None.

    Returns
    -------
    pandas.Series or None
        Years times visits, 0 or more, index of ``account_ids``; None where neither is known.
    """
    years = tenure_years.astype("float64").clip(lower=0.0)
    if contacts is None and years.isna().all():
        return None
    # where nobody's tenure is known, the median is missing as well, and visits alone count
    weight = years.fillna(years.median()).fillna(1.0)
    if contacts is None:
        return weight
    return weight * account_ids.map(contacts).astype("float64").fillna(0.0)


def count_changes(hands: pd.DataFrame, strength: pd.Series | None) -> pd.DataFrame:
    """Count by rep what is kept, given and gained.

    Parameters
    ----------
    hands
        From `handover.trace_hands`.
    strength
        From `relationship`.

    Returns
    -------
    pandas.DataFrame
        ``rep_disruption``, sorted by rep; shares are missing for a rep who has nothing today.
    """
    rows = hands.sort_values("account_id")
    every = sorted({*rows["from_rep_id"].dropna(), *rows["to_rep_id"].dropna()})
    # places without a rep come behind the reps: what goes there is given
    names = {f"rep {rep}": number for number, rep in enumerate(every)}
    for hand in sorted(set(rows["to_hand"].dropna()) - names.keys()):
        names[hand] = len(names)
    old, new = (
        np.asarray(rows[name].map(names).fillna(-1), dtype=np.int64)
        for name in ("from_hand", "to_hand")
    )
    revenue = rows["revenue_amount_per_year"].fillna(0.0).to_numpy(dtype=np.float64)
    values = {"accounts": np.ones(len(rows)), "revenue": revenue}
    if strength is not None:
        values["relation"] = revenue * strength.reindex(rows.index).to_numpy(dtype=np.float64)
    shares = {
        f"given_{name}_share": _padded(rep_disruption(old, new, values=value).lost_shares, every)
        for name, value in values.items()
    }
    given = (old >= 0) & (old != new)
    count = len(every)
    deals = rows["open_deals_amount"].fillna(0.0).to_numpy(dtype=np.float64)
    return pd.DataFrame(
        {
            "rep_id": pd.Series(every, dtype="str"),
            "accounts_count": _tally(old, old >= 0, count),
            "kept_count": _tally(old, (old >= 0) & ~given, count),
            "given_count": _tally(old, given, count),
            "gained_count": _tally(new, (new >= 0) & (old != new), count),
            "open_deals_amount": _tally(old, given, count, deals),
            "given_relation_share": np.nan,
            **shares,
        }
    )


def largest_words(table: pd.DataFrame, names: pd.Series) -> str:
    """Name the rep who gives the greatest share of revenue.

    Parameters
    ----------
    table
        From `count_changes`.
    names
        Name of each rep, index ``rep_id``.

    Returns
    -------
    str
        One sentence; of several, the first by identifier.
    """
    given = table.loc[table["given_count"] > 0]
    if given.empty:
        return "No rep gives an account to another."
    # without revenue the accounts decide
    by_revenue = given["given_revenue_share"].fillna(0.0)
    is_money = by_revenue.max() > 0
    shares = by_revenue if is_money else given["given_accounts_share"]
    place = int(shares.to_numpy().argmax())
    rep_id, count = str(given["rep_id"].iloc[place]), int(given["given_count"].iloc[place])
    name = names.get(rep_id)
    who = rep_id if name is None or pd.isna(name) else name
    what = "revenue" if is_money else "accounts"
    return (
        f"{who} gives the largest share: {percent(float(shares.max()))} of the {what}, "
        f"{counted(count, 'account')}. Shares are of what each rep has today."
    )


def _years_until(since: pd.Series, day: pd.Timestamp | None) -> pd.Series:
    """Return the years from each day on; missing without a day to look from."""
    if day is None or pd.isna(day):
        return pd.Series(np.nan, index=since.index)
    return (day - pd.to_datetime(since)) / pd.Timedelta(days=_DAYS_PER_YEAR)


def _tally(of: Ints, mask: Bools, count: int, weights: Floats | None = None) -> Floats:
    """Count or add up by rep, leaving out places without one."""
    worth = None if weights is None else weights[mask]
    return np.bincount(of[mask], worth, minlength=count)[:count].astype(np.float64)


def _padded(lost: Floats, every: list[str]) -> Floats:
    """Give reps who have nothing today a missing share."""
    padded = np.full(len(every), np.nan)
    known = lost[: len(every)]
    padded[: len(known)] = known
    return padded

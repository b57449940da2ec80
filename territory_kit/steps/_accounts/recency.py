"""How long ago each customer was last seen or bought, how often, and for how much (RFM).

A contact is a visit, a call or a won deal with a day; the year is the 365 days up to the day the
plan looks from. Quiet is a customer without contact for more than six months of the calendar.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.recency_frequency import (
    RECENCY_CUTS_MONTHS,
    Floats,
    RecencyFrequency,
    months_since,
    scores_by_bands,
    scores_by_quintiles,
)
from territory_kit.options import Options
from territory_kit.steps.dates import data_day
from territory_kit.steps.quiet import (
    ACTIVE,
    BEST,
    COOLING,
    NEVER_SEEN,
    QUIET,
    UNKNOWN,
    quiet_of_value,
)
from territory_kit.wording import agree, amount, counted_of, number

QUIET_MONTHS = RECENCY_CUTS_MONTHS[1]
_DAYS_OF_YEAR = pd.Timedelta(days=365)
# recency scores up to the first are quiet, up to the second cooling; from the last one on, high
_QUIET_SCORE, _COOLING_SCORE, _HIGH_SCORE = 2, 3, 4
_MONEY = "monetary_amount_per_year"


def score_recency(
    market: pd.DataFrame,
    visits: pd.DataFrame | None,
    deals: pd.DataFrame | None,
    *,
    options: Options,
) -> pd.DataFrame:
    """Score each customer by its last contact, its contacts and its money of a year.

    Parameters
    ----------
    market
        Accounts in scope: account_id, account_type, coverage, revenue_amount_per_year.
    visits, deals
        The inputs, or None.
    options
        Options of the region: the day the plan looks from.

    Returns
    -------
    pandas.DataFrame
        Table ``account_recency``, by account: customers, and who has revenue, without house and
        partner accounts; no rows where no contact is known.

    Notes
    -----
    Recency is scored by fixed bands of months, since a customer is quiet whatever the others are;
    frequency and money by fifths of these customers. Money is the revenue, else what was won in
    the year. Who has no contact is quiet too, as long as contacts are known of more than six
    months ago; with younger ones nothing can be told.
    """
    day, contacts = data_day(options), _contacts(visits, deals)
    if day is None or contacts[contacts["day"] <= day].empty:
        return columns.empty_frame("account_recency")
    past = contacts[contacts["day"] <= day]
    ours, in_year = _customers(market), past[past["day"] > day - _DAYS_OF_YEAR]
    last = ours.map(past.groupby("account_id")["day"].max())
    counts = ours.map(in_year.groupby("account_id").size()).fillna(0.0)
    often = np.asarray(counts, dtype=np.float64)
    money = np.asarray(_money(market, in_year).reindex(ours), dtype=np.float64)
    months = _months(last, day)
    # quiet is quiet whatever the others are; often and much are so against the others
    ranked = scores_by_quintiles(months, often, money)
    scores = replace(ranked, recency=scores_by_bands(months, often, money).recency)
    is_long_known = bool(_months(past["day"], day).max() > QUIET_MONTHS)
    return pd.DataFrame(
        {
            "account_id": ours,
            "quiet_days_count": (day - last).dt.days.astype("float64"),
            "contacts_count": often,
            _MONEY: money,
            "recency_score": scores.recency,
            "frequency_score": scores.frequency,
            "monetary_score": scores.monetary,
            "recency_group": _groups(scores, unseen=NEVER_SEEN if is_long_known else UNKNOWN),
        }
    )


def recency_assumptions(table: pd.DataFrame) -> Iterator[str]:
    """Say what counts as a contact, or what is missing to know of any.

    Parameters
    ----------
    table
        Table ``account_recency``.

    Yields
    ------
    str
        One sentence.
    """
    if table.empty:
        yield (
            "No customer with a visit, a call or a won deal that has a day is known, so nothing is "
            "said of customers who have gone quiet; the inputs visits and deals would tell."
        )
        return
    yield (
        f"A customer is quiet without visit, call or won deal for more than {QUIET_MONTHS:g} "
        "months; house and partner accounts are not counted. Contacts and money of a year are "
        "scored by fifths of the customers."
    )


def recency_findings(table: pd.DataFrame, *, currency: str) -> Iterator[str]:
    """Say how many customers with money are quiet, and what they spend.

    Parameters
    ----------
    table
        Table ``account_recency``.
    currency
        Currency of the plan.

    Yields
    ------
    str
        One sentence; none where nobody of value is quiet.
    """
    quiet = quiet_of_value(table)
    if quiet.empty:
        return
    count, is_known = len(quiet), bool(table[_MONEY].notna().any())
    buying = int((table[_MONEY] > 0).sum()) if is_known else len(table)
    unseen = int((quiet["recency_group"] == NEVER_SEEN).sum())
    never = f" ({number(unseen)} of them not since contacts are known)" if unseen else ""
    yield (
        f"{counted_of(count, buying, 'customer', 'has')} gone quiet: no visit, call or won deal "
        f"for more than {QUIET_MONTHS:g} months{never}. "
        f"{_spending(quiet, currency=currency, is_known=is_known)}"
    )


def _spending(quiet: pd.DataFrame, *, currency: str, is_known: bool) -> str:
    if not is_known:
        return "What customers spend with us is not known."
    count = len(quiet)
    spent = amount(quiet[_MONEY].sum(), currency)
    return f"{'It' if count == 1 else 'They'} {agree('spends', count)} {spent} a year with us."


def _customers(market: pd.DataFrame) -> "pd.Series[str]":
    buys = (market["account_type"] == "customer") | (market["revenue_amount_per_year"] > 0)
    is_apart = market["coverage"].isin(["house", "partner"])
    return market.loc[buys & ~is_apart, "account_id"].sort_values(ignore_index=True)


def _contacts(visits: pd.DataFrame | None, deals: pd.DataFrame | None) -> pd.DataFrame:
    """Return account, day and amount of each contact that has a day."""
    seen = columns.empty_frame("visits") if visits is None else visits
    known = columns.empty_frame("deals") if deals is None else deals
    won = known[known["is_won"].fillna(value=False).astype(bool)]
    parts = [
        seen[["account_id", "visit_date"]].rename(columns={"visit_date": "day"}),
        won[["account_id", "close_date", "amount"]].rename(columns={"close_date": "day"}),
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset=["day"])


def _money(market: pd.DataFrame, in_year: pd.DataFrame) -> "pd.Series[float]":
    """Return the revenue of each account, else what was won in the year; missing without both."""
    ordered = in_year.sort_values(["account_id", "amount"])
    won = ordered.groupby("account_id")["amount"].sum(min_count=1)
    revenue = market.set_index("account_id")["revenue_amount_per_year"].astype("float64")
    return revenue.fillna(won)


def _months(days: "pd.Series[pd.Timestamp]", day: pd.Timestamp) -> Floats:
    return months_since(days.to_numpy(dtype="datetime64[D]"), np.datetime64(day, "D"))


def _groups(scores: RecencyFrequency, *, unseen: str) -> "pd.Series[str]":
    """Name what the scores say; without a contact there is no score of recency."""
    is_best = (scores.frequency >= _HIGH_SCORE) & (scores.monetary >= _HIGH_SCORE)
    is_recent = scores.recency > _COOLING_SCORE
    conditions = [
        np.isnan(scores.recency),
        scores.recency <= _QUIET_SCORE,
        scores.recency <= _COOLING_SCORE,
        is_recent & is_best,
    ]
    names = [unseen, QUIET, COOLING, BEST]
    return pd.Series(np.select(conditions, names, default=ACTIVE), dtype="str")

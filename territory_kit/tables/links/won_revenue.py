"""Revenue of accounts from the deals they gave us in the last year."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from territory_kit.options import RevenueSource
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.links.days import last_known_day
from territory_kit.tables.links.linking import Reference, fault_of
from territory_kit.tables.links.resolve import are_among
from territory_kit.tables.reading import Reading
from territory_kit.wording import counted, counted_of

REVENUE = "revenue_amount_per_year"
_IN_FILE = f"{REVENUE} (in the file)"
_DAYS_COUNT = 365
_PLAN = Reading("accounts", "")


def derive_revenue(
    tables: Mapping[str, pd.DataFrame], *, as_of: date | None, source: RevenueSource
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Take the revenue of accounts from won deals, where that is asked.

    Parameters
    ----------
    tables
        Checked tables by name; ``is_won`` is settled.
    as_of
        Last day that counts; None: the day of the last closed deal.
    source
        ``column`` leaves revenue as it is in the file.

    Returns
    -------
    tuple of dict and list of Fault
        The accounts, where they changed, with as many rows: the sum of the deals won in 365 days,
        0 where there is none or credits are larger. What was in the file goes along under another
        name.
    """
    accounts = tables.get("accounts")
    if accounts is None or accounts.empty:
        return {}, []
    deals = tables.get("deals")
    won = None if deals is None else deals.loc[deals["is_won"].fillna(value=False).astype(bool)]
    if source == "column":
        return {}, _hint(accounts, won)
    if won is None or won.empty:
        return {}, [_without_deals()]
    last = _last_day(tables["deals"]) if as_of is None else pd.Timestamp(as_of)
    days = won["close_date"]
    in_year = won.loc[(days <= last) & (days > last - pd.Timedelta(days=_DAYS_COUNT))]
    sums = in_year.groupby("account_id")["amount"].sum()
    net = accounts["account_id"].map(sums).astype("float64").fillna(0.0)
    revenue = net.clip(lower=0.0)
    before = accounts[REVENUE]
    kept = {_IN_FILE: before} if before.notna().any() else {}
    faults = [
        _notice(accounts, in_year, revenue, last),
        *_outweighed(accounts, net),
        *_unusable(won, in_year, accounts),
    ]
    return {"accounts": accounts.assign(**{REVENUE: revenue}, **kept)}, faults


def _last_day(deals: pd.DataFrame) -> pd.Timestamp:
    day = last_known_day(deals.loc[deals["is_won"].notna(), "close_date"])
    # Without any day no deal lies in the year, whatever the year.
    return pd.Timestamp(0) if day is None else day


def _hint(accounts: pd.DataFrame, won: pd.DataFrame | None) -> list[Fault]:
    if won is None or won.empty or accounts[REVENUE].notna().any():
        return []
    fault = _PLAN.fault_of_table(
        "notice",
        "revenue_could_be_derived",
        column=REVENUE,
        what="No account has a revenue, but there are deals that were won",
        remedy="To take the deals won in the last year as revenue, write revenue_source: won_deals "
        "in plan.yaml.",
        value=f"in the whole plan {counted(len(won), 'deal')} won",
    )
    return [fault]


def _without_deals() -> Fault:
    return Fault(
        severity="blocking",
        code="revenue_without_deals",
        table="accounts",
        column=REVENUE,
        file="",
        ids=(),
        rows_count=0,
        value="revenue_source: won_deals",
        what="Revenue is asked from won deals, but the plan has none",
        remedy="Add the input deals, with is_won or a stage such as Closed Won, or write "
        "revenue_source: column in plan.yaml.",
    )


def _notice(
    accounts: pd.DataFrame, in_year: pd.DataFrame, revenue: pd.Series, last: pd.Timestamp
) -> Fault:
    with_revenue = int((revenue > 0).sum())
    first = last - pd.Timedelta(days=_DAYS_COUNT - 1)
    return _PLAN.fault_of_table(
        "notice",
        "revenue_from_deals",
        column=REVENUE,
        what=f"Revenue is the sum of deals won from {first:%Y-%m-%d} to {last:%Y-%m-%d}",
        remedy="All other accounts have a revenue of 0. Compare the total with your books.",
        value=f"in the whole plan {counted(len(in_year), 'deal')}, {revenue.sum():,.0f} in all, at "
        f"{counted_of(with_revenue, len(accounts), 'account')}",
    )


def _outweighed(accounts: pd.DataFrame, net: pd.Series) -> list[Fault]:
    """Name accounts whose credits are larger than what they bought in the year."""
    below = net.loc[net < 0]
    if below.empty:
        return []
    fault = fault_of(
        "notice",
        "revenue_from_deals",
        Reference("accounts", REVENUE),
        accounts.loc[below.index],
        what="Credits are larger than the deals won in the year; revenue counts as 0",
        remedy="Nothing to do, if they are credits. Else correct the amounts of these deals.",
        received=below.map("{:,.0f}".format).astype("str"),
    )
    return [fault]


def _unusable(won: pd.DataFrame, in_year: pd.DataFrame, accounts: pd.DataFrame) -> list[Fault]:
    """Name won deals that count for no account."""
    known = are_among(in_year["account_id"], accounts["account_id"])
    reasons = {
        "no day": won.loc[won["close_date"].isna()],
        "no known account": in_year.loc[~known],
        "no amount": in_year.loc[known & in_year["amount"].isna()],
    }
    rows = pd.concat(list(reasons.values())).sort_index()
    if rows.empty:
        return []
    received = pd.concat([pd.Series(why, part.index) for why, part in reasons.items()])
    fault = fault_of(
        "notice",
        "revenue_from_deals",
        Reference("deals", "amount"),
        rows,
        what="Won deals without a day, an amount or a known account are in no account's revenue",
        remedy="Fill in what is missing.",
        received=received.astype("str").sort_index(),
    )
    return [fault]

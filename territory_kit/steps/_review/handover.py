"""What changes hands: each account's rep today and in the plan.

The *hand* of an account is its rep; where no rep is known at all, it is the territory. A new
territory is then the hand of the ended one that it shares most with: a new name moves nothing. An
account that nobody has today, or an open job only, is a gain, not a move. Who serves accounts
without owning a territory, an inside rep for example, goes on serving them.
"""

from collections.abc import Mapping

import pandas as pd

from territory_kit import columns
from territory_kit.methods.disruption import measure_disruption
from territory_kit.methods.matching import match_labels
from territory_kit.options import Options
from territory_kit.steps.cases import first_case
from territory_kit.steps.dates import data_day
from territory_kit.steps.move_price import move_prices
from territory_kit.steps.open_deals import list_open_deals
from territory_kit.steps.ownership import Ownership
from territory_kit.steps.roster import has_left

_OF_ACCOUNTS = ["account_id", "account_name", "city", "margin_share", "last_activity_date"]
_KINDS = ("all", "chosen", "forced")
# One account counts this much besides its revenue, so that prospects count for something.
_ACCOUNT_WEIGHT = 1.0


def trace_hands(
    tables: Mapping[str, pd.DataFrame],
    ownership: Ownership,
    owners: pd.DataFrame,
    options: Options,
) -> pd.DataFrame:
    """Say for each placed account who has it today and who will have it.

    Parameters
    ----------
    tables
        ``accounts``, ``assignment``, ``rep_plan``, ``account_quality``, optional ``deals``.
    ownership
        Today's owners.
    owners
        From `roster.list_owners`.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        Rows of the assignment that have a territory, sorted by account, with the columns of
        ``moves``, ``from_hand``, ``to_hand`` and ``changes_hands``. Price and reason are those of
        the change of hands; price 0 and no reason where there is none.
    """
    placed = tables["assignment"].loc[lambda rows: rows["territory_id"].notna()]
    joined = (
        placed.drop(columns="current_territory_id")
        .merge(ownership.accounts, how="left", on="account_id")
        .merge(tables["accounts"][_OF_ACCOUNTS], how="left", on="account_id")
        .merge(tables["account_quality"][["account_id", "account_class"]], how="left")
        .merge(tables["rep_plan"][["territory_id", "rep_id"]], how="left", on="territory_id")
        .rename(columns={"territory_id": "to_territory_id", "rep_id": "to_rep_id"})
        .rename(columns={"today_territory_id": "from_territory_id", "today_rep_id": "from_rep_id"})
        .sort_values("account_id", ignore_index=True)
    )
    open_amounts = list_open_deals(tables.get("deals")).groupby("account_id")["amount"].sum()
    amounts = joined["account_id"].map(open_amounts).astype("float64")
    open_jobs = joined["from_rep_id"].isin(owners.loc[owners["is_vacancy"], "rep_id"])
    known = joined.assign(from_rep_id=joined["from_rep_id"].mask(open_jobs))
    traced = _trace(known, tables.get("reps"), has_reps=len(owners) > 0)
    prices = move_prices(traced, options, today=data_day(options))
    return _give_reasons(traced, owners).assign(
        open_deals_amount=amounts.fillna(0.0),
        move_price_amount=prices.where(traced["changes_hands"], 0.0),
    )


def sum_disruption(hands: pd.DataFrame) -> pd.DataFrame:
    """Add up what changes hands, forced and chosen apart.

    Parameters
    ----------
    hands
        From `trace_hands`.

    Returns
    -------
    pandas.DataFrame
        ``disruption``; shares are of the accounts that somebody has today.
    """
    owned = hands["from_hand"].notna().to_numpy()
    forced = hands["is_forced"].to_numpy(dtype=bool)
    changes = hands["changes_hands"].to_numpy(dtype=bool)
    revenue = hands["revenue_amount_per_year"].to_numpy(dtype=float)
    rows = []
    for kind, mask in zip(_KINDS, (changes, changes & ~forced, changes & forced), strict=True):
        size = measure_disruption(mask, owned, revenue)
        rows.append(
            {
                "kind": kind,
                "accounts_count": size.accounts_count,
                "accounts_share": size.accounts_share,
                "revenue_amount_per_year": size.revenue,
                "revenue_share": size.revenue_share,
                "open_deals_amount": hands.loc[mask, "open_deals_amount"].sum(),
                "move_price_amount": hands.loc[mask, "move_price_amount"].sum(),
            }
        )
    return pd.DataFrame(rows)


def _trace(joined: pd.DataFrame, reps: pd.DataFrame | None, *, has_reps: bool) -> pd.DataFrame:
    if has_reps:
        before = "rep " + joined["from_rep_id"]
        after = ("rep " + joined["to_rep_id"]).fillna("territory " + joined["to_territory_id"])
    else:
        before = "territory " + joined["from_territory_id"]
        after = "territory " + joined["to_territory_id"].replace(_renamed(joined))
    people = columns.empty_frame("reps") if reps is None else reps
    others = people.loc[people["role"].notna() & (people["role"] != "owner"), "rep_id"]
    after = after.mask(joined["from_rep_id"].isin(others), before)
    return joined.assign(
        from_hand=before, to_hand=after, changes_hands=before.notna() & (before != after)
    )


def _renamed(joined: pd.DataFrame) -> dict[str, str]:
    """Find the ended territory that each new one shares most with, in revenue and accounts."""
    today, plan = (set(joined[f"{side}_territory_id"].dropna()) for side in ("from", "to"))
    ended, opened = sorted(today - plan), sorted(plan - today)
    found = match_labels(
        pd.Index(opened, dtype="str").get_indexer(joined["to_territory_id"]),
        pd.Index(ended, dtype="str").get_indexer(joined["from_territory_id"]),
        joined["revenue_amount_per_year"].fillna(0.0).clip(lower=0.0).to_numpy() + _ACCOUNT_WEIGHT,
        new_count=len(opened),
        old_count=len(ended),
    )
    return {opened[new]: ended[old] for new, old in found.items()}


def _give_reasons(hands: pd.DataFrame, owners: pd.DataFrame) -> pd.DataFrame:
    """Tell moves that could not be avoided from those that the plan has chosen."""
    leavers = owners.loc[owners["is_leaving"]].set_index("rep_id")["rep_name"]
    is_lost = hands["from_rep_id"].isin(leavers.index)
    is_gone = hands["from_rep_id"].isin(owners.loc[has_left(owners), "rep_id"])
    names = hands["from_rep_id"].map(leavers).astype("str")
    is_moved = hands["is_moved"].fillna(value=False).astype(bool)
    reasons = first_case(
        [
            (is_gone, "the rep has left: " + names),
            (is_lost, "the rep leaves: " + names),
            (is_moved, hands["move_reason"]),
            (hands["to_rep_id"].isna(), "nobody has the territory yet"),
        ],
        pd.Series("the territory gets another rep", index=hands.index),
    )
    changes = hands["changes_hands"]
    forced = is_lost | (is_moved & hands["is_forced"].fillna(value=False).astype(bool))
    return hands.assign(
        is_forced=forced & changes,
        move_reason=reasons.where(changes),
    )

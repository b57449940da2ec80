"""What each rep has achieved: revenue against quota, deals won of those closed."""

import pandas as pd

from territory_kit import columns


def measure_strengths(
    people: pd.DataFrame,
    accounts: pd.DataFrame,
    deals: pd.DataFrame | None,
    territory_of_rep: dict[str, str],
) -> pd.DataFrame:
    """Measure what each rep has achieved with today's accounts.

    Parameters
    ----------
    people
        Reps without vacancies: ``rep_id``, ``rep_name``, ``quota_amount_per_year``,
        ``fte_share``, ``end_date``.
    accounts
        All accounts of the region: ``account_id``, ``today_rep_id``,
        ``revenue_amount_per_year``.
    deals
        The input, or None. A deal without a rep is the account's rep's.
    territory_of_rep
        Today's territory of each rep.

    Returns
    -------
    pandas.DataFrame
        ``rep_strengths``. Attainment is missing without a quota, the win rate without a closed
        deal.

    Notes
    -----
    The win rate is not adjusted for small numbers: read it beside the number of closed deals.
    """
    key = people["rep_id"]
    revenue = accounts.groupby("today_rep_id")["revenue_amount_per_year"].sum()
    sold = key.map(revenue).astype("float64").fillna(0.0)
    quota = people["quota_amount_per_year"]
    closed = _closed_deals(deals, accounts)
    closed_count = key.map(closed.groupby("rep_id").size()).astype("float64").fillna(0.0)
    won_count = key.map(closed.groupby("rep_id")["is_won"].sum()).astype("float64").fillna(0.0)
    return people.assign(
        territory_id=key.map(territory_of_rep).astype("str"),
        revenue_amount_per_year=sold,
        attainment_share=sold / quota.where(quota > 0),
        closed_count=closed_count,
        won_count=won_count,
        won_share=won_count / closed_count.where(closed_count > 0),
    )


def _closed_deals(deals: pd.DataFrame | None, accounts: pd.DataFrame) -> pd.DataFrame:
    table = columns.empty_frame("deals") if deals is None else deals
    closed = table.loc[table["is_won"].notna()]
    owner = closed["account_id"].map(accounts.set_index("account_id")["today_rep_id"])
    return closed.assign(
        rep_id=closed["rep_id"].fillna(owner.astype("str")),
        is_won=closed["is_won"].astype("float64"),
    )

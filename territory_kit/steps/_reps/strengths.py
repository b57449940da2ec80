"""What each rep has achieved: revenue against quota, deals won of those closed."""

import numpy as np
import pandas as pd

from territory_kit.options import RepsOptions
from territory_kit.steps._reps.win_rates import closed_deals, shrink


def measure_strengths(
    people: pd.DataFrame,
    accounts: pd.DataFrame,
    deals: pd.DataFrame | None,
    territory_of_rep: dict[str, str],
    *,
    settings: RepsOptions,
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
    settings
        Options of step 4: how win rates are shrunk.

    Returns
    -------
    pandas.DataFrame
        ``rep_strengths``. Attainment is missing without a quota, the win rate without a closed
        deal.

    Notes
    -----
    Read ``shrunk_won_share`` with its interval: it allows for the number of closed deals, the
    plain win rate does not.
    """
    key = people["rep_id"]
    revenue = accounts.groupby("today_rep_id")["revenue_amount_per_year"].sum()
    sold = key.map(revenue).astype("float64").fillna(0.0)
    quota = people["quota_amount_per_year"]
    closed = closed_deals(deals, accounts)
    closed_count = key.map(closed.groupby("rep_id").size()).astype("float64").fillna(0.0)
    won_count = key.map(closed.groupby("rep_id")["is_won"].sum()).astype("float64").fillna(0.0)
    rate, low, high = shrink(np.asarray(won_count), np.asarray(closed_count), settings=settings)
    return people.assign(
        territory_id=key.map(territory_of_rep).astype("str"),
        revenue_amount_per_year=sold,
        attainment_share=sold / quota.where(quota > 0),
        closed_count=closed_count,
        won_count=won_count,
        won_share=won_count / closed_count.where(closed_count > 0),
        shrunk_won_share=rate,
        low_won_share=low,
        high_won_share=high,
    )

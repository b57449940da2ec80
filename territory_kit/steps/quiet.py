"""Who has gone quiet among the customers that spend money with us."""

import pandas as pd

from territory_kit.columns.account_columns import RECENCY_GROUPS

BEST, ACTIVE, COOLING, QUIET, NEVER_SEEN, UNKNOWN = RECENCY_GROUPS
_MONEY = "monetary_amount_per_year"


def quiet_of_value(recency: pd.DataFrame) -> pd.DataFrame:
    """Select the quiet customers that spend money with us.

    Parameters
    ----------
    recency
        Table ``account_recency``.

    Returns
    -------
    pandas.DataFrame
        Its rows that are quiet or never seen, most money first, then the quietest; all of these
        where nobody's money is known.
    """
    is_quiet = recency["recency_group"].isin([QUIET, NEVER_SEEN])
    spends = recency[_MONEY] > 0 if recency[_MONEY].notna().any() else True
    order = [_MONEY, "quiet_days_count", "account_id"]
    return recency[is_quiet & spends].sort_values(
        order, ascending=[False, False, True], na_position="first", ignore_index=True
    )

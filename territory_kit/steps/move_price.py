"""What it may cost when an account changes hands, in money."""

import pandas as pd

from territory_kit.methods import disruption
from territory_kit.options import Options

_DAYS_PER_MONTH = 365.25 / 12


def move_prices(
    accounts: pd.DataFrame, options: Options, *, today: pd.Timestamp | None
) -> pd.Series:
    """Price the change of owner of each account: the margin of one year that is at risk.

    Parameters
    ----------
    accounts
        Needs ``revenue_amount_per_year``, ``margin_share`` and ``last_activity_date``.
    options
        Options of the region: margin where none is given, shares of revenue at risk.
    today
        Day from which dormancy counts; None: nobody is dormant.

    Returns
    -------
    pandas.Series
        Money, index of ``accounts``. An account without a known last contact counts as healthy.
    """
    costs = options.costs
    is_dormant = pd.Series(data=False, index=accounts.index)
    if today is not None:
        oldest = today - pd.Timedelta(days=costs.dormant_months * _DAYS_PER_MONTH)
        is_dormant = accounts["last_activity_date"] < oldest
    prices = disruption.move_prices(
        accounts["revenue_amount_per_year"].to_numpy(dtype=float),
        accounts["margin_share"].fillna(costs.margin_share).to_numpy(dtype=float),
        is_dormant.to_numpy(),
        loss=costs.loss_share,
        dormant_loss=costs.dormant_loss_share,
    )
    return pd.Series(prices, index=accounts.index)

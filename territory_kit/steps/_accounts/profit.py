"""What each account earns after its cost to serve: calls as planned, and the way to it."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from territory_kit.methods.geo import middle_of, project_km
from territory_kit.methods.profit import cost_to_serve, net_profit, whale_curve
from territory_kit.options import Options
from territory_kit.steps.driving import find_middle
from territory_kit.steps.road_price import hour_amount, km_amount, road_km_per_year
from territory_kit.wording import counted, counted_of

COLUMNS = (
    "account_id",
    "revenue_amount_per_year",
    "gross_margin_amount_per_year",
    "visits_cost_amount_per_year",
    "way_cost_amount_per_year",
    "net_profit_amount_per_year",
    "cumulative_profit_amount_per_year",
    "cumulative_profit_share",
)


def earn_profit(quality: pd.DataFrame, given: pd.DataFrame, *, options: Options) -> pd.DataFrame:
    """Compute the net profit of each account with revenue, in money per year.

    Parameters
    ----------
    quality
        Accounts in scope: account_id, revenue_amount_per_year, visits_per_year, visit_hours,
        call_channel, lat_deg, lon_deg.
    given
        account_id, margin_share, current_territory_id.
    options
        Options of the region.

    Returns
    -------
    pandas.DataFrame
        Table ``account_profit``, by account. The way is missing where the account has no position
        or no territory today, and then counts as free.
    """
    own = ["account_id", "margin_share", "current_territory_id"]
    buying = (
        quality[quality["revenue_amount_per_year"] > 0]
        .merge(given[own], how="left", on="account_id")
        .sort_values("account_id", ignore_index=True)
    )
    visits, hours = buying["visits_per_year"].fillna(0.0), buying["visit_hours"].fillna(0.0)
    activities = np.column_stack([visits, visits * hours])
    prices = np.array([options.costs.call_amount, hour_amount(options)])
    calls = cost_to_serve(activities, prices)
    way = _way_km(buying, options) * km_amount(options)
    revenue = buying["revenue_amount_per_year"].to_numpy(dtype=float)
    margin = revenue * buying["margin_share"].fillna(options.costs.margin_share).to_numpy()
    profit = net_profit(revenue, revenue - margin, calls + np.nan_to_num(way))
    curve = whale_curve(profit, buying["account_id"].to_numpy(dtype=object))
    amounts = np.empty(len(buying))
    amounts[curve.order] = np.cumsum(profit[curve.order])
    total = curve.total_amount
    parts = amounts / total if total > 0 else np.full(len(buying), np.nan)
    values = (revenue, margin, calls, way, profit, amounts, parts)
    return pd.DataFrame(
        {"account_id": buying["account_id"], **dict(zip(COLUMNS[1:], values, strict=True))}
    )


def profit_assumptions(profit: pd.DataFrame, *, options: Options) -> Iterator[str]:
    """Say what the net profit counts and what it leaves out.

    Parameters
    ----------
    profit
        Table ``account_profit``.
    options
        Options of the region.

    Yields
    ------
    str
        Sentences.
    """
    if profit.empty:
        yield "No account in scope has revenue, so nothing is said of net profit."
        return
    yield (
        "Net profit is the margin on revenue "
        f"({100 * options.costs.margin_share:.0f} % where an account has none of its own) less "
        "the calls planned here and the way to them from the middle of today's territory; orders, "
        "support, rebates and visits to prospects are not counted."
    )
    unknown = int(profit["way_cost_amount_per_year"].isna().sum())
    if unknown:
        of_all = counted_of(unknown, len(profit), "account") if unknown < len(profit) else ""
        yield (
            f"The way is left out of the net profit of {of_all or counted(unknown, 'account')}, "
            "for want of a position or of a territory today."
        )


def _way_km(
    accounts: pd.DataFrame, options: Options
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return road km per year from the middle of today's territory; nan where unknown."""
    is_remote = (accounts["call_channel"] == "phone").to_numpy()
    visits = accounts["visits_per_year"].fillna(0.0).mask(is_remote, 0.0).to_numpy(dtype=float)
    about = middle_of(accounts["lat_deg"], accounts["lon_deg"])
    points = project_km(accounts["lat_deg"], accounts["lon_deg"], about=about)
    straight = np.full(len(accounts), np.nan)
    rows_of = accounts.groupby("current_territory_id").indices
    for rows in rows_of.values():
        middle = find_middle(points[rows], visits[rows])
        if middle is not None:
            straight[rows] = np.hypot(*(points[rows] - points[rows][middle]).T)
    return np.where(visits > 0, straight * road_km_per_year(visits, options), 0.0)

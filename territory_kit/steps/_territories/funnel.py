"""How far the open deals of each territory cover its sales of last year, stage by stage."""

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.funnel import FunnelCoverage, measure_funnel
from territory_kit.options import Options
from territory_kit.steps.dates import data_day
from territory_kit.steps.open_deals import list_open_deals

ALL_STAGES = "all stages"
HORIZON_MONTHS = 12.0
_NO_STAGE = "(no stage)"
_DAYS_PER_MONTH = 365.25 / 12
_TABLE = "territory_funnel"


def list_funnels(
    units: pd.DataFrame, plan: pd.DataFrame, deals: pd.DataFrame | None, options: Options
) -> pd.DataFrame:
    """Measure the funnel of each proposed territory.

    Parameters
    ----------
    units
        Placed accounts: ``account_id``, ``territory_id``.
    plan
        Territories of the proposal: ``territory_id``, ``territory_name``,
        ``revenue_amount_per_year``.
    deals
        The input, or None.
    options
        Options of the region: the day the plan looks from.

    Returns
    -------
    pandas.DataFrame
        ``territory_funnel``: a row per territory and stage with open deals, and one for all of its
        stages; no rows without open deals.

    Notes
    -----
    A deal counts when its close date is at most twelve months ahead, or not known. Its chance is
    its own, else the mean of its stage, else the share of closed deals that were won.
    """
    known = columns.empty_frame("deals") if deals is None else deals
    is_open = list_open_deals(known)["amount"].gt(0).reindex(known.index, fill_value=False)
    chances = _chances(known, is_open=is_open)
    placed = known.assign(chance=chances, months=_months(known, options)).loc[is_open]
    # a stage of the CRM may be called as the sum is
    named = placed["stage"].replace(ALL_STAGES, f"({ALL_STAGES})")
    placed = placed.assign(stage=named.fillna(_NO_STAGE))
    placed = placed.merge(units[["account_id", "territory_id"]], on="account_id")
    targets = plan.set_index("territory_id")["revenue_amount_per_year"]
    rows = [
        row
        for name, own in placed.sort_values("deal_id").groupby("territory_id")
        for row in _rows(own, str(name), float(targets[str(name)]))
    ]
    names = plan.set_index("territory_id")["territory_name"]
    table = pd.DataFrame(rows, columns=columns.get_table(_TABLE).columns)
    return table.assign(territory_name=table["territory_id"].map(names).astype("str"))


def _chances(deals: pd.DataFrame, *, is_open: pd.Series) -> pd.Series:
    own = deals["win_share"].astype("float64")
    of_stage = own.where(is_open).groupby(deals["stage"]).transform("mean")
    closed = deals["is_won"].dropna().astype("float64")
    return own.fillna(of_stage).fillna(closed.mean() if len(closed) else 0.0)


def _months(deals: pd.DataFrame, options: Options) -> pd.Series:
    """Return the months until a deal closes; 0 for what is overdue or has no date."""
    day = data_day(options)
    if day is None:
        return pd.Series(0.0, index=deals.index)
    days = (deals["close_date"] - day).dt.days.astype("float64")
    return (days / _DAYS_PER_MONTH).fillna(0.0).clip(lower=0.0)


def _rows(deals: pd.DataFrame, territory_id: str, target: float) -> list[dict[str, object]]:
    """Return the rows of one territory, its stages before their sum."""
    stages = {str(name): own for name, own in deals.groupby("stage")}
    return [
        _row(own, territory_id, target) | {"stage": name}
        for name, own in [*stages.items(), (ALL_STAGES, deals)]
    ]


def _row(deals: pd.DataFrame, territory_id: str, target: float) -> dict[str, object]:
    amounts, chances, months = (
        deals[name].to_numpy(dtype=np.float64) for name in ("amount", "chance", "months")
    )
    # Without sales last year the deals are still worth what they are; only shares are missing.
    funnel: FunnelCoverage = measure_funnel(
        amounts,
        chances,
        months_to_close=months,
        horizon_months=HORIZON_MONTHS,
        target_amount=max(target, 1.0),
    )
    has_target = target > 0
    return {
        "territory_id": territory_id,
        "deals_count": len(deals),
        "open_deals_amount": float(amounts.sum()),
        "expected_deals_amount": funnel.expected_amount,
        "coverage_share": funnel.coverage_share if has_target else np.nan,
        "open_coverage_ratio": funnel.raw_coverage if has_target else np.nan,
        "required_coverage_ratio": funnel.required_coverage,
    }

"""Sum the results of regions: what each one takes and changes, and all of them together.

A region counts with the tables of its steps 3 and 5. Workload is that of step 3, which does not
depend on who holds a territory. A full territory has the wanted size 1: one of half the size with
half the hours has as much to do. A sum of which a part is not known is not known.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

COMPANY_NAME = "All regions"
COST_FIGURE = "Cost"
_POTENTIAL_FIGURE = "Largest deviation of potential"
_MONEY = "revenue_amount_per_year"


@dataclass(frozen=True)
class Sums:
    """What one region, or all of them, takes and changes; nan where it is not known.

    Parameters
    ----------
    region
        Name of the region.
    territories_count, vacant_count, accounts_count
        Proposed territories, those without a rep, and the accounts in them.
    rep_ids
        Reps who have a territory.
    hours_of_each
        Workload of each territory if it were a full one, h per year.
    workload_hours_per_year, size
        Workload, and full territories that it is shared by.
    revenue_amount_per_year
        Revenue of the accounts.
    today_cost_amount_per_year, cost_amount_per_year
        People, driving and calls of today's plan and of the proposal.
    travel_km_per_year, ideal_visits_per_year
        Driving and wanted visits of the proposal.
    forced_count, chosen_count
        Accounts that change hands.
    forced_amount_per_year, chosen_amount_per_year
        Their revenue.
    price_amount
        Margin at risk when they do.
    given_quota_amount_per_year, proposed_quota_amount_per_year
        Quotas as given and as proposed.
    """

    region: str
    territories_count: int
    vacant_count: int
    accounts_count: float
    rep_ids: frozenset[str]
    hours_of_each: tuple[float, ...]
    workload_hours_per_year: float
    size: float
    revenue_amount_per_year: float
    today_cost_amount_per_year: float
    cost_amount_per_year: float
    travel_km_per_year: float
    ideal_visits_per_year: float
    forced_count: float
    chosen_count: float
    forced_amount_per_year: float
    chosen_amount_per_year: float
    price_amount: float
    given_quota_amount_per_year: float
    proposed_quota_amount_per_year: float

    @property
    def mean_hours_per_year(self) -> float:
        """Workload of a full territory on average; nan without a territory."""
        return self.workload_hours_per_year / self.size if self.size > 0 else math.nan

    @property
    def changed_count(self) -> float:
        """Accounts that change hands."""
        return self.forced_count + self.chosen_count

    @property
    def changed_amount_per_year(self) -> float:
        """Revenue of the accounts that change hands."""
        return self.forced_amount_per_year + self.chosen_amount_per_year


def sum_region(region: str, tables: Mapping[str, pd.DataFrame]) -> Sums:
    """Sum one region.

    Parameters
    ----------
    region
        Name of the region.
    tables
        ``territory_plan``, ``rep_review``, ``comparison``, ``disruption`` and ``quotas``.

    Returns
    -------
    Sums
        Its sums.
    """
    plan, held = tables["territory_plan"], tables["rep_review"]
    hours = plan["workload_hours_per_year"].astype(float)
    size = plan["size_share"].astype(float).fillna(1.0)
    has_money = bool((tables["comparison"]["figure"] == _POTENTIAL_FIGURE).any())
    changes = tables["disruption"].set_index("kind")
    # quotas stay empty without money
    quotas = tables["quotas"] if has_money or plan.empty else None
    return Sums(
        region=region,
        territories_count=len(plan),
        vacant_count=int(held["rep_id"].isna().sum()),
        accounts_count=float(plan["accounts_count"].sum()),
        rep_ids=frozenset(held["rep_id"].dropna().astype("str")),
        hours_of_each=tuple((hours / size).replace(np.inf, np.nan).dropna()),
        workload_hours_per_year=float(hours.sum()),
        size=float(size.sum()),
        revenue_amount_per_year=float(plan[_MONEY].sum()) if has_money else math.nan,
        today_cost_amount_per_year=_figure(tables["comparison"], COST_FIGURE, "today_value"),
        cost_amount_per_year=_sum(held["total_cost_amount_per_year"]),
        travel_km_per_year=_sum(held["travel_km_per_year"]),
        ideal_visits_per_year=_sum(held["ideal_visits_per_year"]),
        forced_count=_change(changes, "forced", "accounts_count"),
        chosen_count=_change(changes, "chosen", "accounts_count"),
        forced_amount_per_year=_change(changes, "forced", _MONEY) if has_money else math.nan,
        chosen_amount_per_year=_change(changes, "chosen", _MONEY) if has_money else math.nan,
        price_amount=_change(changes, "all", "move_price_amount") if has_money else math.nan,
        given_quota_amount_per_year=_quotas(quotas, "given", is_held=True),
        proposed_quota_amount_per_year=_quotas(quotas, "proposed"),
    )


def sum_all(regions: Sequence[Sums]) -> Sums:
    """Add up regions.

    Parameters
    ----------
    regions
        At least one region.

    Returns
    -------
    Sums
        All of them together; a rep with territories in two regions counts once.
    """
    names = [
        name
        for name in Sums.__dataclass_fields__
        if name not in {"region", "rep_ids", "hours_of_each"}
    ]
    added = {name: sum(getattr(region, name) for region in regions) for name in names}
    return Sums(
        region=COMPANY_NAME,
        rep_ids=frozenset().union(*(region.rep_ids for region in regions)),
        hours_of_each=tuple(hours for region in regions for hours in region.hours_of_each),
        **added,
    )


def _figure(comparison: pd.DataFrame, name: str, column: str) -> float:
    found = comparison.loc[comparison["figure"] == name, column]
    return float(found.iloc[0]) if len(found) else math.nan


def _change(changes: pd.DataFrame, kind: str, column: str) -> float:
    return float(changes[column].get(kind, 0.0))


def _quotas(quotas: pd.DataFrame | None, kind: str, *, is_held: bool = False) -> float:
    if quotas is None:
        return math.nan
    # a territory without a rep has no given quota
    rows = quotas[quotas["rep_id"].notna()] if is_held else quotas
    return _sum(rows[f"{kind}_quota_amount_per_year"])


def _sum(values: pd.Series) -> float:
    """Add values up; nan where one of them is not known."""
    return float(values.astype(float).sum(skipna=False))

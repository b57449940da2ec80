"""The frame of the whole plan: what the regions share so that they can be compared.

Benchmarks of potential, the scale of the score and the cuts of the classes are those of the whole
plan; the plan's headcount is shared over its regions by workload.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.geo import middle_of, project_km
from territory_kit.methods.sharing import share_whole
from territory_kit.methods.travel import visit_travel_hours
from territory_kit.methods.workload import account_hours
from territory_kit.options import Options
from territory_kit.steps.goal import share_over_regions
from territory_kit.steps.money import has_money
from territory_kit.steps.result import StepResult

NO_REGION = "(no region)"
_FRAME = ("benchmarks", "score_bounds", "class_cuts")
_HOURS = "workload_hours_per_year"


def frame_company(
    tables: Mapping[str, pd.DataFrame], *, options_by_region: Mapping[str, Options]
) -> StepResult:
    """Collect what the regions share, and share the plan's headcount over them.

    Parameters
    ----------
    tables
        ``accounts`` of the whole plan, and what steps 1 and 2 made of them: ``market_accounts``,
        ``benchmarks``, ``account_quality``, ``score_bounds`` and ``class_cuts``.
    options_by_region
        Options of each region, at least one; accounts without a region belong to "(no region)",
        or to the one region there is.

    Returns
    -------
    StepResult
        Tables ``benchmarks``, ``score_bounds``, ``class_cuts`` as they came, ``headcount``, which
        has rows only when the plan sets one, and ``region_goals``, which has some with money.

    Notes
    -----
    A region whose number of territories is set keeps it; the rest of the headcount is shared over
    the others by workload (largest remainder), at least one each. Workload is calls and travel of
    accounts that a territory can hold; house and partner accounts do not count.
    """
    total = next(iter(options_by_region.values())).headcount
    accounts = _join(tables, options_by_region)
    regions = _sum_regions(accounts, options_by_region)
    headcount = (
        columns.empty_frame("headcount")
        if total is None
        else _share_headcount(regions, total=total, options_by_region=options_by_region)
    )
    hours = dict(zip(regions["region"], regions[_HOURS], strict=True))
    goals = (
        share_over_regions(accounts, hours, next(iter(options_by_region.values())).quotas)
        if has_money(tables)
        else columns.empty_frame("region_goals")
    )
    return StepResult(
        step="company",
        region="",
        tables={
            **{name: tables[name] for name in _FRAME},
            "headcount": headcount,
            "region_goals": goals,
        },
        figures={
            "regions_count": len(regions),
            "accounts_count": float(regions["accounts_count"].sum()),
            "potential_amount_per_year": float(regions["potential_amount_per_year"].sum()),
            "workload_hours_per_year": float(regions[_HOURS].sum()),
            "territories_count": float(headcount["territories_count"].sum()),
        },
        findings=tuple(_findings(headcount, total=total)),
    )


def _join(
    tables: Mapping[str, pd.DataFrame], options_by_region: Mapping[str, Options]
) -> pd.DataFrame:
    """Return the accounts that territories can hold, with place, calls and region."""
    market = tables["market_accounts"]
    is_apart = market["coverage"].isin(["house", "partner"])
    placed = market.loc[
        market["is_in_scope"] & ~is_apart,
        [
            "account_id",
            "lat_deg",
            "lon_deg",
            "potential_amount_per_year",
            "revenue_amount_per_year",
        ],
    ]
    calls = tables["account_quality"][
        ["account_id", "visits_per_year", "visit_hours", "call_channel"]
    ]
    unnamed = next(iter(options_by_region)) if len(options_by_region) == 1 else NO_REGION
    regions = tables["accounts"][["account_id", "region"]].fillna({"region": unnamed})
    return (
        placed.merge(calls, on="account_id")
        .merge(regions, on="account_id")
        .sort_values("account_id", ignore_index=True)
    )


def _sum_regions(accounts: pd.DataFrame, options_by_region: Mapping[str, Options]) -> pd.DataFrame:
    """Sum up each region, regions without accounts too."""
    members = dict(list(accounts.groupby("region")))
    nobody = accounts.iloc[:0]
    rows = [
        (
            region,
            len(rows),
            rows["potential_amount_per_year"].sum(),
            _workload_hours(rows, options=options),
        )
        for region, options in sorted(options_by_region.items())
        for rows in [members.get(region, nobody)]
    ]
    names = ["region", "accounts_count", "potential_amount_per_year", _HOURS]
    return pd.DataFrame(rows, columns=names)


def _workload_hours(accounts: pd.DataFrame, *, options: Options) -> float:
    """Return the hours per year for calls and travel, whoever makes them."""
    is_visit = (accounts["call_channel"] == "visit").to_numpy()
    lat, lon = (accounts[name].where(is_visit).to_numpy() for name in ("lat_deg", "lon_deg"))
    travel = options.travel
    way = visit_travel_hours(
        project_km(lat, lon, about=middle_of(lat, lon)),
        circuity=travel.circuity,
        speed_km_per_hour=travel.speed_km_per_hour,
        parking_hours=travel.parking_hours,
    )
    each = accounts["visit_hours"].to_numpy() + np.where(is_visit, way, 0.0)
    return float(account_hours(accounts["visits_per_year"].to_numpy(), each).sum())


def _share_headcount(
    regions: pd.DataFrame, *, total: int, options_by_region: Mapping[str, Options]
) -> pd.DataFrame:
    counts = regions["region"].map(
        {name: options.territories.territories_count for name, options in options_by_region.items()}
    )
    counts = counts.astype(float)
    is_set, hours = counts.notna(), regions[_HOURS]
    left = max(total - int(counts.sum()), 0)
    counts[~is_set] = share_whole(hours[~is_set].to_numpy(), left, minimum=1)
    shared = f"of {hours[~is_set].sum():,.0f} h, which share {left} territories"
    by_hours = hours.map(lambda part: f"by workload: {part:,.0f} {shared}")
    return regions.assign(
        territories_count=counts, headcount_source=by_hours.mask(is_set, "set for the region")
    )


def _findings(headcount: pd.DataFrame, *, total: int | None) -> Iterator[str]:
    given = headcount["territories_count"].sum()
    if total is not None and given != total:
        yield (
            f"The regions get {given:.0f} territories together, but the plan's headcount is "
            f"{total}: what is set for regions, and at least one for each other region, does not "
            "add up to it."
        )

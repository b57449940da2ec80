"""Where buying power is above our share of sales, from statistics of the areas of a region.

An *area* is the whole region or what lies under the first characters of postal codes. Buying power
is a share of the nation. It is set against our share of the nation's sales where that is given for
all areas of the region; else both are taken as parts of these areas, with the revenue of our
accounts in scope.
"""

import numpy as np
import pandas as pd

from territory_kit import columns
from territory_kit.methods.regional_indices import (
    buying_power_index,
    development_index,
    opportunity_index,
    opportunity_readings,
)
from territory_kit.wording import counted_of, listed, percent

TABLE = "regional_indices"
_MEASURES = ["income_share", "retail_sales_share", "population_share"]
_BRAND = "brand_sales_share"
_REVENUE = "revenue_amount_per_year"
# Shares that are equal on paper differ by this much in the computer.
_ROUNDING = 1e-9


def index_areas(
    statistics: pd.DataFrame | None, in_scope: pd.DataFrame, *, region: str
) -> pd.DataFrame:
    """Compute the indices of the areas of a region.

    Parameters
    ----------
    statistics
        The input ``regional_statistics``, or None.
    in_scope
        Accounts in scope: ``postal_code`` and ``revenue_amount_per_year``.
    region
        Name of the region.

    Returns
    -------
    pandas.DataFrame
        ``regional_indices``; no rows where no area is of the region.

    Notes
    -----
    Areas are those under whose postal codes an account lies, and those that name the region; the
    row of the region itself counts where there are none. An area that contains another one is left
    out, as its parts would count twice. An account belongs to one area at most.
    """
    if statistics is None or statistics.empty:
        return columns.empty_frame(TABLE)
    known = statistics.assign(area_id=statistics["area_id"].str.strip().str.upper())
    area = _areas_of(in_scope["postal_code"], known["area_id"])
    is_here = known["area_id"].isin(area) | _is_same(known["region"], region)
    is_region = _is_same(known["area_id"], region)
    rows = known.loc[is_here & ~is_region].pipe(_without_outer)
    if rows.empty:
        rows = known.loc[is_region]
        area = pd.Series(rows["area_id"].min(), index=in_scope.index, dtype="str")
    if rows.empty:
        return columns.empty_frame(TABLE)
    rows = rows.sort_values("area_id", ignore_index=True)
    revenue = in_scope[_REVENUE].clip(lower=0.0).groupby(area).sum(min_count=1)
    counts = rows["area_id"].map(area.value_counts()).astype("float64").fillna(0.0)
    return _measure(rows, rows["area_id"].map(revenue).astype("float64")).assign(
        accounts_count=counts
    )


def say_areas(
    statistics: pd.DataFrame | None, areas: pd.DataFrame, *, region: str
) -> tuple[str, ...]:
    """Say where buying power is above our share of sales.

    Parameters
    ----------
    statistics
        The input ``regional_statistics``, or None.
    areas
        From `index_areas`.
    region
        Name of the region.

    Returns
    -------
    tuple of str
        One sentence; none without statistics.
    """
    if statistics is None or statistics.empty:
        return ()
    if areas.empty:
        where = region or "the plan"
        sentence = (
            f"The regional statistics have no area of {where}: give its name in area_id, or the "
            "first characters of its postal codes."
        )
        return (sentence,)
    gaps = areas["power_gap_share"]
    if gaps.isna().all():
        return (_missing_words(areas),)
    above = areas.loc[gaps > _ROUNDING].sort_values(
        ["power_gap_share", "area_id"], ascending=[False, True]
    )
    if above.empty:
        return ("In no area is buying power above our share of sales.",)
    first = above.iloc[0]
    within = "the nation" if first["share_base"] == "nation" else "the areas of the region"
    power, sales = (percent(first[n], decimals=1) for n in ("compared_power_share", "sales_share"))
    sentence = (
        f"Buying power is above our share of sales in {counted_of(len(above), len(areas), 'area')},"
        f" most in {_name(first)}: {power} of the buying power of {within}, {sales} of our sales "
        "there."
    )
    return (sentence,)


def _areas_of(codes: pd.Series, area_ids: pd.Series) -> pd.Series:
    """Find the area of each account: that which names most characters of its postal code."""
    plain = codes.str.strip().str.upper()
    found = pd.Series(None, index=codes.index, dtype="str")
    for length in sorted(set(area_ids.str.len()), reverse=True):
        start = plain.str[: int(length)]
        found = found.fillna(start.where(start.isin(area_ids)))
    return found


def _without_outer(rows: pd.DataFrame) -> pd.DataFrame:
    ids = set(rows["area_id"])
    outer = {name for name in ids if any(o != name and o.startswith(name) for o in ids)}
    return rows.loc[~rows["area_id"].isin(outer)]


def _measure(rows: pd.DataFrame, revenue: pd.Series) -> pd.DataFrame:
    """Index the areas, and compare buying power with sales."""
    power = buying_power_index(rows[_MEASURES].to_numpy(dtype=float), np.ones(len(_MEASURES)))
    people = rows["population_share"].to_numpy(dtype=float)
    category, brand = (
        development_index(rows[name].to_numpy(dtype=float), people)
        for name in ("category_sales_share", _BRAND)
    )
    is_national = bool(rows[_BRAND].notna().all())
    compared = pd.Series(power, index=rows.index)
    sales = rows[_BRAND]
    if not is_national:
        is_known = compared.notna()
        sales = _part(revenue.fillna(0.0).where(is_known)) if revenue.notna().any() else revenue
        compared = _part(compared)
    if len(rows) == 1 and not is_national:
        sales = sales * np.nan
    readings = pd.Series(opportunity_readings(category, brand), index=rows.index)
    return rows[["area_id", "area_name"]].assign(
        buying_power_share=power,
        share_base="nation" if is_national else "region",
        compared_power_share=compared,
        sales_share=sales,
        power_gap_share=compared - sales,
        category_index=category,
        brand_index=brand,
        opportunity_index=opportunity_index(category, brand),
        area_reading=readings.replace("undefined", "n/a"),
    )


def _part(values: pd.Series) -> pd.Series:
    total = values.sum()
    return values / total if total > 0 else values * np.nan


def _missing_words(areas: pd.DataFrame) -> str:
    """Say what a comparison of buying power with sales would need."""
    needs = []
    if areas["buying_power_share"].isna().all():
        needs.append(listed(_MEASURES))
    if len(areas) == 1:
        needs.append(f"{_BRAND}, or several areas in the region")
    elif areas["sales_share"].isna().all():
        needs.append(f"{_BRAND}, or revenue of accounts with postal codes")
    return f"Buying power cannot be compared with our sales. Missing: {'; '.join(needs)}."


def _name(area: pd.Series) -> str:
    name = area["area_name"]
    return str(area["area_id"]) if pd.isna(name) else f"{name} ({area['area_id']})"


def _is_same(names: pd.Series, region: str) -> pd.Series:
    return (names.str.strip().str.casefold() == region.strip().casefold()).fillna(value=False)

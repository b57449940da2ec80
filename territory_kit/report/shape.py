"""Whether territories are compact or overlap: driving first, then distances and overlap."""

import pandas as pd

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show
from territory_kit.wording import percent

_ROWS = 12


def territory_shape(*sources: HasTables) -> ShownTable:
    """Show driving, distances and overlap of each territory, today and proposed.

    Parameters
    ----------
    *sources
        Hold ``territory_shape``.

    Returns
    -------
    ShownTable
        One row per territory, that with most driving first; the caption sums the driving up.
    """
    table = gather(*sources).table("territory_shape")
    said = [_driving(table), _widest(table), "Overlap: accounts inside another one's hull."]
    text = " ".join(part for part in said if part)
    return show("territory_shape", *sources, by="travel_km_per_year", rows=_ROWS, caption=text)


def _driving(table: pd.DataFrame) -> str:
    if table["travel_km_per_year"].isna().all():
        return "No territory is proposed."
    proposed = table["travel_km_per_year"].sum()
    text = f"Driving from the centres: {proposed:,.0f} km a year as proposed"
    today = table["today_travel_km_per_year"]
    if today.isna().all():
        return f"{text}; there is no today to compare with."
    return f"{text}, {today.sum():,.0f} km today."


def _widest(table: pd.DataFrame) -> str:
    known = table.dropna(subset=["overlap_share"])
    if known.empty:
        return "No place is known, so that neither distance nor overlap can be measured."
    worst = known.sort_values("overlap_share", ascending=False, kind="stable").iloc[0]
    if worst["overlap_share"] == 0:
        return "No proposed territories overlap."
    return f"{worst['territory_name']} overlaps most: {percent(worst['overlap_share'])}."

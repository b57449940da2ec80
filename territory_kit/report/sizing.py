"""How many reps: the numbers around the proposal's side by side, and what one more changes."""

import pandas as pd

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show
from territory_kit.wording import amount, counted, percent


def sizing(*sources: HasTables) -> ShownTable:
    """Show what each number of territories around the proposal's gives and costs.

    Parameters
    ----------
    *sources
        Hold ``sizing``.

    Returns
    -------
    ShownTable
        One row per number; the caption says what the proposal's reaches, and what one more costs.
    """
    evidence = gather(*sources)
    table = evidence.table("sizing")
    chosen = table.loc[table["is_chosen"].fillna(value=False)].to_dict("records")
    if not chosen:
        return show("sizing", *sources)
    row = chosen[0]
    share = row["capacity_share"]
    load = "" if pd.isna(share) else f"each carries {percent(share)} of its hours and "
    said = (
        f"With {counted(row['territories_count'], 'territory')}, {load}"
        f"{percent(row['accounts_reached_share'])} of accounts get all their wanted visits"
    )
    more = table.loc[table["territories_count"] == row["territories_count"] + 1]
    if len(more) and evidence.has_money:
        cost = float(more["reps_cost_amount_per_year"].iloc[0]) - row["reps_cost_amount_per_year"]
        reached = percent(more["accounts_reached_share"].iloc[0])
        sign = "more" if cost >= 0 else "less"
        said += (
            f"; with one more {reached} do, for {amount(abs(cost), evidence.currency)} {sign} a "
            "year"
        )
    return show("sizing", *sources, caption=f"{said}.")

"""How much of the best practice reps reach, where enough reps are known."""

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame

_COLUMNS = ["rep_name", "potential_amount_per_year", "accounts_count", "revenue_amount_per_year"]


def efficiency(*sources: HasTables) -> ShownTable:
    """Show the efficiency of each rep.

    Parameters
    ----------
    *sources
        Hold ``rep_performance``; the first result says in its assumptions what efficiency is.

    Returns
    -------
    ShownTable
        One row per rep; without any, one line that says how many reps it takes.
    """
    evidence = gather(*sources)
    table = evidence.table("rep_performance")
    known = table.loc[table["efficiency_share"].notna(), [*_COLUMNS, "efficiency_share"]]
    said = [line for line in evidence.assumptions if "fficiency" in line]
    otherwise = "No efficiency of reps, as no potential or no reps are known."
    return show_frame(
        known.sort_values("efficiency_share", ascending=False, kind="stable"),
        evidence,
        caption=said[0] if said else otherwise,
    )

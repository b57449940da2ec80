"""Where buying power is above our share of sales, area by area."""

from territory_kit import columns
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show
from territory_kit.wording import listed

_ROWS = 12


def regional_indices(*sources: HasTables) -> ShownTable:
    """Show the areas whose buying power is farthest above our share of sales.

    Parameters
    ----------
    *sources
        Hold ``regional_indices``; the task knows whether statistics are given.

    Returns
    -------
    ShownTable
        At most twelve rows; without statistics the caption says what to add.
    """
    evidence = gather(*sources)
    caption = ""
    if not evidence.has_rows("regional_indices"):
        caption = "No area of the regional statistics lies in the region."
    if not evidence.has_rows("regional_statistics"):
        caption = caption and _absent_words()
    return show("regional_indices", *sources, by="power_gap_share", rows=_ROWS, caption=caption)


def _absent_words() -> str:
    names = [name for name in columns.get_table("regional_statistics").columns if name != "region"]
    return f"No regional statistics given: add regional_statistics.csv with {listed(names)}."

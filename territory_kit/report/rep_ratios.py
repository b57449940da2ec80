"""Each rep's year in ratios, and how the order of reps turns with the ratio one looks at."""

import pandas as pd

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show
from territory_kit.wording import listed

_LEADERS_COUNT = 2
_NOT_FOR_PAY = "Not for pay decisions alone."


def rep_ratios(*sources: HasTables) -> ShownTable:
    """Show each rep's last year in ratios.

    Parameters
    ----------
    *sources
        Hold ``rep_ratios``.

    Returns
    -------
    ShownTable
        One row per rep; the caption names who leads by contribution, and who by penetration.
    """
    table = gather(*sources).table("rep_ratios")
    yardsticks = ("contribution", "penetration")
    leads = [said for name in yardsticks if (said := _leaders(table, name))]
    said = f"{'; '.join(leads)}. " if leads else ""
    return show("rep_ratios", *sources, caption=f"{said[:1].upper()}{said[1:]}{_NOT_FOR_PAY}")


def _leaders(table: pd.DataFrame, yardstick: str) -> str:
    """Name the two best by one figure; nobody leads where fewer than two are known."""
    rank = f"{yardstick}_rank"
    known = table.loc[table[rank].notna()].sort_values([rank, "rep_id"])
    if len(known) < _LEADERS_COUNT:
        return ""
    # whoever shares the second place is named too
    last = known[rank].iloc[_LEADERS_COUNT - 1]
    names = known.loc[known[rank] <= last, "rep_name"].tolist()
    if len(names) == len(known) > _LEADERS_COUNT:
        return f"by {yardstick} nobody leads"
    return f"by {yardstick} {listed(names)} lead"

"""How the potential of each segment is shared over the territories."""

import pandas as pd

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show
from territory_kit.wording import counted, listed, percent

_ROWS = 30
_FEWEST_TERRITORIES = 3
_HALF = 0.5
_MOST_NAMED = 5
_NAMED = ["segment", "territory_name", "potential_share"]


def territory_segments(*sources: HasTables) -> ShownTable:
    """Show the share of each segment's potential by territory.

    Parameters
    ----------
    *sources
        Hold ``territory_segments`` and ``territory_plan``.

    Returns
    -------
    ShownTable
        The segments with most potential first; the caption names those of which one territory
        holds more than half.
    """
    evidence = gather(*sources)
    table = evidence.table("territory_segments")
    text = _caption(table, len(evidence.table("territory_plan")))
    return show("territory_segments", *sources, rows=_ROWS, caption=text)


def _caption(table: pd.DataFrame, territories_count: int) -> str:
    if table["potential_share"].isna().all():
        return "No potential is known, so that no segment can be shared."
    if territories_count < _FEWEST_TERRITORIES:
        return "With fewer than three territories one of them holds half of a segment anyway."
    large = table.loc[table["potential_share"] > _HALF]
    if large.empty:
        return "No territory holds more than half of a segment's potential."
    named = [
        f"{segment} in {name} ({percent(share)})"
        for segment, name, share in large[_NAMED].head(_MOST_NAMED).itertuples(index=False)
    ]
    more = len(large) - len(named)
    others = [counted(more, "other segment")] if more else []
    return f"More than half of the potential is in one territory: {listed([*named, *others])}."

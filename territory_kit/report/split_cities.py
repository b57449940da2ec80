"""Which cities are divided between territories, and what keeping each whole would cost."""

import pandas as pd

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.selection import SHOWN_COLUMNS
from territory_kit.report.tables import ShownTable, show
from territory_kit.wording import counted, counted_of

_ROWS = 12


def split_cities(*sources: HasTables) -> ShownTable:
    """Show the divided cities with most potential.

    Parameters
    ----------
    *sources
        Hold ``split_cities``.

    Returns
    -------
    ShownTable
        At most twelve rows; the caption says how many cities could be whole at no cost.
    """
    table = gather(*sources).table("split_cities")
    names = [name for name in SHOWN_COLUMNS["split_cities"] if name != "team" or _has_teams(table)]
    return show("split_cities", *sources, only=names, rows=_ROWS, caption=_caption(table))


def _has_teams(table: pd.DataFrame) -> bool:
    return bool((table["team"].fillna("") != "").any())


def _caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No city is divided between territories of one team."
    is_free = (table["deviation_change_share"] <= 0) & (table["change_km_per_year"] <= 0)
    is_free &= table["held_count"] == 0
    free = (
        f"{counted_of(is_free.sum(), len(table), 'city')} could be kept whole without more "
        "driving and without a larger deviation."
        if is_free.any()
        else "Keeping any of them whole costs driving or balance, or goes against a rule."
    )
    return (
        f"{counted(len(table), 'city', 'is')} divided. {free} Moves are accounts that would leave "
        "the territory proposed for them; the deviation changes in points. Each city is taken on "
        "its own."
    )

"""How far open deals cover what each territory sold last year."""

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show

_ROWS = 60
_NO_DEALS = (
    "Without open deals there is no funnel: the input deals gives amount, stage and close date."
)
_MEANING = (
    "Open deals that close within twelve months against the revenue of last year: expected value, "
    "and open value per sale aimed at beside what the chances ask for, one over the chance."
)


def territory_funnel(*sources: HasTables) -> ShownTable:
    """Show the funnel of each proposed territory, stage by stage.

    Parameters
    ----------
    *sources
        Hold ``territory_funnel``.

    Returns
    -------
    ShownTable
        Stages of a territory before their sum; without deals the caption says what is missing.
    """
    table = gather(*sources).table("territory_funnel")
    caption = _MEANING if len(table) else _NO_DEALS
    return show("territory_funnel", *sources, rows=_ROWS, caption=caption)

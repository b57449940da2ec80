"""The field's own ranking of today's territories beside the model's."""

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show


def field_opinion(*sources: HasTables) -> ShownTable:
    """Show where field and model rank territories differently.

    Parameters
    ----------
    *sources
        Hold ``field_opinion``; the figure ``rank_agreement`` where three or more are ranked.

    Returns
    -------
    ShownTable
        One row per territory, the largest disagreement first; the caption says how far they agree.
    """
    evidence = gather(*sources)
    found = evidence.figures.get("rank_agreement")
    if not evidence.has_rows("field_opinion"):
        said = "The field has ranked no territory (field_rank of the input territories)."
    elif found is None:
        said = "Too few territories are ranked to say how far field and model agree."
    else:
        said = (
            f"Rank correlation of field and model: {float(found):.2f}; 1 is the same order, -1 the "
            "opposite. Rank 1 has the most potential for each hour."
        )
    return show("field_opinion", *sources, caption=said)

"""What may be done with territories without a rep."""

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show


def vacancies(*sources: HasTables) -> ShownTable:
    """Show both options for each territory without a rep.

    Parameters
    ----------
    *sources
        Hold ``vacancy_options`` and ``rep_plan``.

    Returns
    -------
    ShownTable
        Two rows per vacant territory; without any, one line that says why.
    """
    evidence = gather(*sources)
    plan = evidence.table("rep_plan")
    if evidence.has_rows("vacancy_options"):
        said = "Load is that of the rep, or of the fullest of those who take a part."
    elif not plan["is_vacant"].fillna(value=False).any():
        said = "Every territory has a rep."
    else:
        said = "Territories are vacant, but no rep who stays has one and could take another."
    return show("vacancy_options", *sources, rows=12, caption=said)

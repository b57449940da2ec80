"""The market through one lens: a table of places, sizes or kinds of accounts."""

from typing import Literal

from territory_kit import columns
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ROWS_SHOWN, ShownTable, show_frame
from territory_kit.wording import counted

Lens = Literal["geography", "size", "kind"]

_SHOWN = [
    "lens_group",
    "accounts_count",
    "customers_count",
    "penetration_share",
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "wallet_share",
    "whitespace_amount_per_year",
]
_MEANINGS: dict[str, str] = {
    "geography": "The market by place.",
    "size": "The market by number of employees.",
    "kind": "The market by kind of account.",
}
_HEADINGS = {"postal_code": "Postal area", "employees_count": "Employees"}


def lens_table(lens: Lens, *sources: HasTables, rows: int = ROWS_SHOWN) -> ShownTable:
    """Show potential, penetration, share of wallet and whitespace through one lens.

    Parameters
    ----------
    lens
        One of geography, size and kind.
    *sources
        Hold ``market_lenses``.
    rows
        Most rows to show.

    Returns
    -------
    ShownTable
        One row per group; the caption names how many accounts spend more than their potential,
        whose whitespace counts as 0.
    """
    evidence = gather(*sources)
    table = evidence.table("market_lenses")
    found = table[table["lens"] == lens].reset_index(drop=True)
    clipped_count = found["overspent_count"].sum()
    note = (
        f" {counted(clipped_count, 'account')} above the potential, with no whitespace."
        if clipped_count and evidence.has_money
        else ""
    )
    column = str(found["lens_column"].iloc[0]) if len(found) else "segment"
    heading = _HEADINGS.get(column) or columns.heading(column)
    return show_frame(
        found[_SHOWN].head(rows),
        evidence,
        caption=f"{_MEANINGS[lens]}{note}",
        all_rows_count=len(found),
        headings={"lens_group": heading},
    )

"""Where calls should go next: accounts by opportunity and position, one row per group."""

from types import MappingProxyType

from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.tables import ShownTable, show_frame
from territory_kit.wording import counted

# name of the cell, and what to do with its accounts
ADVICE = MappingProxyType(
    {
        "core": "Most calls: they could buy much and know us well.",
        "growth/drag": "Invest in a chosen few, stop where nothing moves.",
        "maintain": "Serve them, by phone where that is enough.",
        "problem": "Remote only.",
    }
)
_SUMS = ["potential_amount_per_year", "revenue_amount_per_year", "visits_per_year"]


def portfolio(*sources: HasTables) -> ShownTable:
    """Show the groups of the grid with what they could buy, buy, and get of visits.

    Parameters
    ----------
    *sources
        Hold ``account_grid``, ``account_quality`` and ``market_accounts``.

    Returns
    -------
    ShownTable
        One row per group that has accounts, four at most.
    """
    evidence = gather(*sources)
    market = evidence.table("market_accounts")[["account_id", *_SUMS[:2]]]
    visits = evidence.table("account_quality")[["account_id", _SUMS[2]]]
    cells = (
        evidence.table("account_grid")[["account_id", "portfolio_cell"]]
        .merge(market, how="left", on="account_id")
        .merge(visits, how="left", on="account_id")
    )
    placed = cells[cells["portfolio_cell"].isin(ADVICE)]
    counts = placed.groupby("portfolio_cell", observed=True)["account_id"].size()
    sums = placed.groupby("portfolio_cell", observed=True)[_SUMS].sum(min_count=1)
    order = [cell for cell in ADVICE if cell in counts.index]
    table = (
        sums.reindex(order)
        .assign(accounts_count=counts, what_to_do=[ADVICE[cell] for cell in order])
        .rename_axis("portfolio_cell")
        .reset_index()
    )
    unknown = len(cells) - len(placed)
    left_out = f" Left out for want of data: {counted(unknown, 'account')}." if unknown else ""
    return show_frame(
        table[["portfolio_cell", "accounts_count", *_SUMS, "what_to_do"]],
        evidence,
        caption=(
            "Accounts by opportunity (potential) and position (share of wallet): core is high in "
            "both, growth/drag in opportunity alone, maintain in position alone, problem in "
            f"neither.{left_out}"
        ),
        headings={"what_to_do": "What to do"},
    )

"""Columns of what step 2 says of accounts beyond their class: what they earn."""

from territory_kit.columns.column import Column

PORTFOLIO_CELLS = ("core", "growth/drag", "maintain", "problem", "n/a")

ACCOUNT_COLUMNS = (
    Column(
        "visits_cost_amount_per_year",
        "money",
        "What the planned calls on the account cost, without the way.",
        "Calls",
        0,
    ),
    Column(
        "way_cost_amount_per_year",
        "money",
        "What the way to the account costs; missing where its length is not known.",
        "Way",
        0,
    ),
    Column(
        "net_profit_amount_per_year",
        "money",
        "Gross margin less the cost to serve; below 0 where the account costs more than it brings.",
        "Net profit",
    ),
    Column(
        "cumulative_profit_amount_per_year",
        "money",
        "Net profit of this account and of all that earn more.",
        "Net profit so far",
    ),
    Column(
        "cumulative_profit_share",
        "share",
        "Net profit of this account and of all that earn more, as a share of all net profit; "
        "missing where all accounts together earn nothing.",
        "Net profit so far",
    ),
    Column(
        "portfolio_cell",
        "choice",
        "Place of the account between opportunity (potential) and position (share of wallet): "
        "core is high in both, growth/drag in opportunity alone, maintain in position alone, "
        "problem in neither; n/a where one is unknown.",
        "Place in the grid",
        choices=PORTFOLIO_CELLS,
    ),
)

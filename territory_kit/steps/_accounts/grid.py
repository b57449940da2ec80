"""Where each account stands between what it could buy and how well we are placed with it."""

from collections.abc import Iterator

import pandas as pd

from territory_kit.methods.portfolio_grid import UNKNOWN, PortfolioGrid, portfolio_grid
from territory_kit.steps._accounts.criteria import blank_guesses
from territory_kit.wording import amount, counted_of, percent

OPPORTUNITY = "potential_amount_per_year"
POSITION = "wallet_share"


def place_accounts(accounts: pd.DataFrame) -> tuple[pd.DataFrame, PortfolioGrid]:
    """Place accounts in the grid of potential and share of wallet.

    Parameters
    ----------
    accounts
        Accounts in scope: account_id, account_type, potential_source, wallet_share,
        potential_amount_per_year, revenue_amount_per_year.

    Returns
    -------
    pandas.DataFrame
        Table ``account_grid``. A potential that is the same for a whole segment is unknown. Who
        is no customer and has no revenue has a share of wallet of 0.
    PortfolioGrid
        The grid with its thresholds, the medians of these accounts.
    """
    measures = blank_guesses(accounts[[OPPORTUNITY, POSITION]].astype(float), accounts)
    buys = (accounts["account_type"] == "customer") | (accounts["revenue_amount_per_year"] > 0)
    position = measures[POSITION].where(buys, 0.0)
    grid = portfolio_grid(
        measures[OPPORTUNITY].to_numpy(dtype=float), position.to_numpy(dtype=float)
    )
    table = pd.DataFrame(
        {
            "account_id": accounts["account_id"],
            OPPORTUNITY: measures[OPPORTUNITY],
            POSITION: position,
            "portfolio_cell": grid.cells,
        }
    )
    return table.sort_values("account_id", ignore_index=True), grid


def grid_assumptions(table: pd.DataFrame, grid: PortfolioGrid, *, currency: str) -> Iterator[str]:
    """Say where the grid is cut, and who has no place in it.

    Parameters
    ----------
    table
        Table ``account_grid``.
    grid
        The grid of the same accounts.
    currency
        Currency of the plan.

    Yields
    ------
    str
        Sentences.
    """
    unknown = int((table["portfolio_cell"] == UNKNOWN).sum())
    if unknown == len(table):
        yield "No account has both a potential and a share of wallet, so none is in the grid."
        return
    yield (
        f"In the grid, opportunity is high from a potential of "
        f"{amount(grid.opportunity_threshold, currency)} a year on and position from a share of "
        f"wallet of {percent(grid.position_threshold, decimals=1)} on: the middle account's "
        "values, or the least above the lowest where most accounts share that."
    )
    if grid.is_opportunity_equal or grid.is_position_equal:
        same = "potential" if grid.is_opportunity_equal else "share of wallet"
        yield f"All accounts of the grid have the same {same}, which therefore counts as high."
    if unknown:
        of_all = counted_of(unknown, len(table), "account", "is")
        yield f"For want of a potential or of revenue, {of_all} not placed in the grid."

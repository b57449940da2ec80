"""Four groups at most, each with its advice."""

import pandas as pd

from territory_kit import report
from territory_kit.report import Evidence


def shown(cells: list[str]) -> report.ShownTable:
    ids = [str(row) for row in range(len(cells))]
    grid = pd.DataFrame({"account_id": ids, "portfolio_cell": pd.Series(cells, dtype="str")})
    market = pd.DataFrame(
        {
            "account_id": ids,
            "potential_amount_per_year": [100.0] * len(ids),
            "revenue_amount_per_year": [50.0] * len(ids),
        }
    )
    quality = pd.DataFrame({"account_id": ids, "visits_per_year": [6.0] * len(ids)})
    tables = {"account_grid": grid, "account_quality": quality, "market_accounts": market}
    return report.portfolio(Evidence(tables, currency="EUR", step="accounts"))


def test_groups_are_summed_in_the_order_of_the_grid() -> None:
    table = shown(["problem", "core", "core", "n/a"])
    assert table.rows == (
        ("core", "2", "200", "100", "12.0", "Most calls: they could buy much and know us well."),
        ("problem", "1", "100", "50", "6.0", "Remote only."),
    )
    assert table.headings[-1] == "What to do"
    assert "Left out for want of data: 1 account." in table.caption


def test_without_any_place_the_table_is_empty_and_says_why() -> None:
    assert shown(["n/a"]).rows == ()
    assert "Left out for want of data: 1 account." in shown(["n/a"]).caption
    assert shown([]).rows == ()

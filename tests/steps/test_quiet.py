"""Quiet customers that spend money, most money first."""

from math import nan

import pandas as pd

from territory_kit.steps.quiet import quiet_of_value


def ids_of(money: list[float]) -> list[str]:
    """Four customers: quiet for 200 and 300 days, never seen, and active."""
    table = pd.DataFrame(
        {
            "account_id": ["1", "2", "3", "4"],
            "quiet_days_count": [200.0, 300.0, nan, 5.0],
            "monetary_amount_per_year": money,
            "recency_group": ["quiet", "quiet", "never seen", "active"],
        }
    )
    return quiet_of_value(table)["account_id"].tolist()


def test_most_money_comes_first_and_nobody_without_money() -> None:
    assert ids_of([50.0, 0.0, 70.0, 900.0]) == ["3", "1"]


def test_of_equal_money_the_quietest_come_first() -> None:
    """Who was never seen is quieter than any."""
    assert ids_of([50.0, 50.0, 50.0, 50.0]) == ["3", "2", "1"]


def test_where_no_money_is_known_all_quiet_ones_count() -> None:
    assert ids_of([nan, nan, nan, nan]) == ["3", "2", "1"]

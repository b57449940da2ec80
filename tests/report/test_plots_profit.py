"""The whale curve speaks of shares only where there is a profit to share."""

import math

import numpy as np
import pandas as pd
import pytest

from territory_kit import columns, report
from territory_kit.report import Evidence
from territory_kit.report.plots_profit import draw_whale

# the best fifth earns 140 of 100, the peak is 152
PROFITS = [90.0, 50, 8, 4, 0, 0, -4, -8, -15, -25]


def table_of(profits: list[float], *, way: float = 1.0) -> pd.DataFrame:
    ids = [f"{row:02}" for row in range(len(profits))]
    return pd.DataFrame(
        {
            "account_id": ids,
            "net_profit_amount_per_year": profits,
            "way_cost_amount_per_year": [way] * len(profits),
        }
    )


def shown(table: pd.DataFrame) -> report.Figure:
    return report.plot_whale(Evidence({"account_profit": table}, currency="EUR", step="accounts"))


def test_the_curve_rises_to_its_peak_and_ends_at_the_whole() -> None:
    ax = draw_whale(table_of(PROFITS[::-1]))
    heights = np.asarray(ax.lines[0].get_ydata(), dtype=float)
    assert heights[[0, 2, -1]].tolist() == pytest.approx([0, 1.4, 1])
    assert ax.texts[0].get_text() == "peak 152 % at 4 accounts"


def test_a_loss_is_told_in_money() -> None:
    ax = draw_whale(table_of([10.0, -30.0]), currency="EUR")
    assert np.asarray(ax.lines[0].get_ydata()).tolist() == [0, 10, -20]
    assert ax.get_ylabel() == "Net profit so far (EUR per year)"
    title = shown(table_of([10.0, -30.0])).title
    assert title == "Accounts lose EUR 20 a year in all; 1 of 2 accounts is served at a loss"


def test_title_says_what_the_best_fifth_earns_and_who_costs_money() -> None:
    assert shown(table_of(PROFITS)).title == (
        "The best fifth of accounts earns 140 % of net profit; 4 of 10 accounts are served at a "
        "loss"
    )


def test_ways_not_known_are_counted_in_the_caption() -> None:
    figure = shown(table_of([10.0], way=math.nan))
    assert "The way is not known and not counted for 1. 1 account." in figure.caption


def test_without_revenue_there_is_a_sentence_alone() -> None:
    figure = shown(columns.empty_frame("account_profit"))
    assert figure.title == "No account has revenue, so nothing is said of net profit"

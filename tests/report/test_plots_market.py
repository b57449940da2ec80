"""Figures of steps 1 and 2: bars are the table's sums, titles say what follows."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from territory_kit import columns, report
from territory_kit.report.evidence import Evidence, HasTables
from territory_kit.report.figures import Figure
from territory_kit.report.plots_market import draw_classes, draw_segments, draw_size
from territory_kit.steps.result import StepResult


def widths(ax: Axes) -> list[float]:
    return [patch.get_width() for patch in ax.patches if isinstance(patch, Rectangle)]


def test_bars_of_the_market_are_its_levels(market_result: StepResult) -> None:
    ax = draw_size(market_result.tables["market_size"], currency="EUR")
    assert widths(ax) == [6.4e6, 5.2e6, 1.8e6]
    assert ax.texts[0].get_text() == "EUR 6.40 m  ·  all accounts known"


def test_the_market_is_titled_with_what_is_within_reach(
    market_result: StepResult, task: HasTables
) -> None:
    assert report.plot_size(market_result, task).title == (
        "We serve a market of EUR 5.20 m a year; EUR 1.80 m of it is within reach"
    )


def test_whitespace_stands_on_revenue(market_result: StepResult) -> None:
    table = market_result.tables["market_segments"].head(2)
    ax = draw_segments(table, currency="EUR")
    sold, unsold = widths(ax)[:2], widths(ax)[2:]
    assert sold == table["revenue_amount_per_year"].tolist()
    assert unsold == table["whitespace_amount_per_year"].tolist()
    assert ax.get_xlabel() == "Revenue and whitespace (EUR per year)"


def test_segments_are_titled_with_the_largest_whitespace(
    market_result: StepResult, task: HasTables
) -> None:
    assert report.plot_segments(market_result, task).title == (
        "Most unsold potential lies in Restaurant: EUR 1.10 m a year"
    )


def test_shares_of_classes_add_up_to_one(accounts_result: StepResult) -> None:
    """Five bars, three classes, each bar is 1 long."""
    assert sum(widths(draw_classes(accounts_result.tables["class_summary"]))) == pytest.approx(5.0)


def test_classes_are_titled_with_class_a(accounts_result: StepResult) -> None:
    """62 of 260 accounts, 4.2 of 5.2 m."""
    assert report.plot_classes(accounts_result).title == (
        "24 % of accounts are class A and hold 81 % of the potential"
    )


@pytest.mark.parametrize(
    ("plot", "table"),
    [
        (report.plot_size, "market_size"),
        (report.plot_segments, "market_segments"),
        (report.plot_classes, "class_summary"),
    ],
)
def test_an_empty_table_gives_an_empty_figure(plot: Callable[..., Figure], table: str) -> None:
    """A region whose accounts are all left out has no segment; its report is made all the same."""
    figure = plot(Evidence({table: columns.empty_frame(table)}))
    assert figure.png.startswith(b"\x89PNG")


def test_a_segment_named_like_a_formula_is_written_as_it_is() -> None:
    table = pd.DataFrame(
        {
            "segment": ["$x^2$ & <b>"],
            "potential_amount_per_year": [2.0],
            "revenue_amount_per_year": [1.0],
            "whitespace_amount_per_year": [1.0],
            "wallet_share": [0.5],
        }
    )
    figure = report.plot_segments(Evidence({"market_segments": table}))
    assert "&lt;b&gt;" in figure._repr_html_()


def alike(market_result: StepResult, **tables: pd.DataFrame) -> Evidence:
    """The same market where nothing is known of money."""
    accounts = market_result.tables["market_accounts"].assign(potential_source="equal")
    known = {**market_result.tables, **tables, "market_accounts": accounts}
    return Evidence(known, step="market", currency="EUR")


def test_without_money_the_market_is_counted_in_accounts(market_result: StepResult) -> None:
    size = market_result.tables["market_size"].assign(potential_amount_per_year=[91.0, 91.0, 32.0])
    figure = report.plot_size(alike(market_result, market_size=size))
    assert figure.title == "We serve a market of 91 accounts; 32 of them are within reach"
    assert "No potential or revenue is known: each account counts as one." in figure.caption
    assert "EUR" not in figure.caption
    ax = draw_size(size, currency="EUR", is_money=False)
    assert ax.texts[0].get_text() == "91 accounts  ·  all accounts known"


def test_without_money_segments_are_counted_in_accounts(market_result: StepResult) -> None:
    figure = report.plot_segments(alike(market_result))
    assert figure.title == "Most accounts are in Restaurant: 96 of 260 accounts"
    assert "unsold" not in figure.alt.lower()
    ax = draw_segments(market_result.tables["market_segments"], is_money=False)
    assert widths(ax) == [90, 38, 96, 24, 12]
    assert ax.get_xlabel() == "Accounts"


def test_unsold_potential_of_nothing_is_not_said(market_result: StepResult) -> None:
    table = market_result.tables["market_segments"].assign(whitespace_amount_per_year=0.0)
    title = report.plot_segments(Evidence({"market_segments": table})).title
    assert title == "Revenue and whitespace by segment"


def test_without_money_class_a_holds_no_potential(accounts_result: StepResult) -> None:
    accounts = pd.DataFrame({"potential_source": ["equal"]})
    tables = {**accounts_result.tables, "market_accounts": accounts}
    assert report.plot_classes(Evidence(tables)).title == "24 % of accounts are class A"

"""Figures of steps 1 and 2: how large the market is, where it is unsold, which accounts count."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from territory_kit import columns
from territory_kit.report.captions import caption
from territory_kit.report.colours import ACCENT, CLASS_COLOURS, INK, LIGHT_ACCENT, SOFT_INK
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new
from territory_kit.wording import NO_MONEY, agree, amount, clipped, counted, counted_of, percent

SEGMENTS_SHOWN = 12
_LEVELS = ("TAM", "SAM", "SOM")
_SHARES_OF_CLASSES = (
    "accounts_count",
    "potential_amount_per_year",
    "revenue_amount_per_year",
    "visits_per_year",
    "call_hours_per_year",
)
_NARROW_SHARE = 0.045
_WHITESPACE = (
    "Whitespace is potential not yet sold; the figure behind a bar is our share of wallet."
)


def plot_size(*sources: HasTables) -> Figure:
    """Show the size of the market: all of it, the part served, the part within reach.

    Parameters
    ----------
    *sources
        Hold ``market_size``.

    Returns
    -------
    Figure
        One bar per level.
    """
    evidence = gather(*sources)
    table = evidence.table("market_size")
    with Sheet(50) as sheet:
        is_money = evidence.has_money
        draw_size(table, currency=evidence.currency, is_money=is_money, ax=sheet.axes[0])
        return sheet.finish(
            title=_size_finding(table, evidence.currency, is_money=is_money),
            caption=caption(
                evidence,
                "TAM: whole market; SAM: the part we serve; SOM: the part within reach.",
                f"Potential in {evidence.currency or 'money'} per year." if is_money else NO_MONEY,
                f"{counted(len(table), 'level')}.",
                step="market",
            ),
            alt=f"Bar chart of {'potential' if is_money else 'accounts'} by level of the market.",
        )


def draw_size(
    table: pd.DataFrame, *, currency: str = "", is_money: bool = True, ax: Axes | None = None
) -> Axes:
    """Draw one bar per level of the market, with its amount and what sets it.

    Parameters
    ----------
    table
        Has level, potential_amount_per_year, limit.
    currency
        Currency of the plan.
    is_money
        Whether potential is money, and not a number of accounts.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    ordered = table.set_index("level").reindex([x for x in _LEVELS if x in set(table["level"])])
    sizes = ordered["potential_amount_per_year"].fillna(0.0)
    rows = np.arange(len(ordered))[::-1]
    ax.barh(rows, sizes, color=[LIGHT_ACCENT, "#5f8fb3", ACCENT][: len(rows)], height=0.62)
    largest = max(float(sizes.max()), 1.0) if len(sizes) else 1.0
    for row, size, limit in zip(rows, sizes, ordered["limit"], strict=True):
        text = amount(size, currency) if is_money else counted(round(size), "account")
        label = text if pd.isna(limit) else f"{text}  ·  {limit}"
        ax.text(size + 0.012 * largest, row, label, va="center", ha="left")
    ax.set_xlim(0, 1.75 * largest)
    ax.set_yticks(rows, ordered.index.tolist(), fontweight="bold")
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    return ax


def plot_segments(*sources: HasTables) -> Figure:
    """Show what each segment buys from us and what it could still buy.

    Parameters
    ----------
    *sources
        Hold ``market_segments``.

    Returns
    -------
    Figure
        One bar per segment, revenue and whitespace.
    """
    evidence = gather(*sources)
    table = evidence.table("market_segments")
    shown = table.nlargest(SEGMENTS_SHOWN, "potential_amount_per_year")
    with Sheet(24 + 7.0 * max(len(shown), 2)) as sheet:
        is_money = evidence.has_money
        draw_segments(shown, currency=evidence.currency, is_money=is_money, ax=sheet.axes[0])
        return sheet.finish(
            title=_segments_finding(table, evidence.currency, is_money=is_money),
            caption=caption(
                evidence,
                _WHITESPACE if is_money else NO_MONEY,
                _shown_of(len(shown), len(table), "segment"),
                step="market",
            ),
            alt="Stacked bar chart of revenue and whitespace of each segment."
            if is_money
            else "Bar chart of accounts by segment.",
        )


def draw_segments(
    table: pd.DataFrame, *, currency: str = "", is_money: bool = True, ax: Axes | None = None
) -> Axes:
    """Draw revenue and whitespace of each segment, the largest potential on top.

    Parameters
    ----------
    table
        Has segment, revenue_amount_per_year, whitespace_amount_per_year, wallet_share; where no
        money is known, accounts_count.
    currency
        Currency of the plan.
    is_money
        Whether money is known; else accounts are drawn.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    rows = np.arange(len(table))[::-1]
    ax.set_yticks(rows, table["segment"].map(clipped).tolist())
    ax.margins(x=0.08)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: amount(value, "")))
    if not is_money:
        ax.barh(rows, table["accounts_count"], color=LIGHT_ACCENT, height=0.62)
        ax.set_xlabel(columns.heading("accounts_count"))
        return ax
    sold = table["revenue_amount_per_year"].fillna(0.0).to_numpy()
    unsold = table["whitespace_amount_per_year"].fillna(0.0).to_numpy()
    ax.barh(rows, sold, color=ACCENT, height=0.62, label="Revenue")
    ax.barh(rows, unsold, left=sold, color=LIGHT_ACCENT, height=0.62, label="Whitespace")
    room = 0.01 * max(1.0, float((sold + unsold).max(initial=0.0)))
    for row, end, share in zip(rows, sold + unsold, table["wallet_share"], strict=True):
        ax.text(end + room, row, percent(share), va="center", color=SOFT_INK)
    ax.set_xlabel(f"Revenue and whitespace ({currency or 'money'} per year)")
    ax.legend(loc="lower right")
    return ax


def plot_classes(*sources: HasTables) -> Figure:
    """Show how accounts, money and work are shared over the classes.

    Parameters
    ----------
    *sources
        Hold ``class_summary``.

    Returns
    -------
    Figure
        One bar per quantity, divided into the classes.
    """
    evidence = gather(*sources)
    table = evidence.table("class_summary")
    with Sheet(62) as sheet:
        draw_classes(table, ax=sheet.axes[0])
        return sheet.finish(
            title=_classes_finding(table, is_money=evidence.has_money),
            caption=caption(
                evidence,
                "Each bar is 100 % of the accounts in scope.",
                "" if evidence.has_money else NO_MONEY,
                f"{counted(table['accounts_count'].sum(), 'account')}.",
                step="accounts",
            ),
            alt="Stacked bar chart of accounts, potential, revenue, visits and hours by class.",
        )


def draw_classes(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of each class in accounts, potential, revenue, visits and call hours.

    Parameters
    ----------
    table
        Has account_class, accounts_count, potential_amount_per_year, revenue_amount_per_year,
        visits_per_year, call_hours_per_year.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    shares = table.set_index("account_class")[list(_SHARES_OF_CLASSES)].fillna(0.0)
    shares = shares / shares.sum().replace(0.0, np.nan)
    rows = np.arange(len(_SHARES_OF_CLASSES))[::-1]
    start = np.zeros(len(rows))
    for name, row in shares.iterrows():
        widths = row.fillna(0.0).to_numpy()
        colour = CLASS_COLOURS[str(name)]
        ax.barh(rows, widths, left=start, color=colour, height=0.66, label=f"Class {name}")
        _write_shares(ax, rows, start, widths, "white" if name == "A" else INK)
        start = start + widths
    ax.set_yticks(rows, [columns.heading(c).split(" (")[0] for c in _SHARES_OF_CLASSES])
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.spines[["bottom", "left"]].set_visible(False)
    if len(table):
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3)
    return ax


def _write_shares(
    ax: Axes, rows: np.ndarray, start: np.ndarray, widths: np.ndarray, colour: str
) -> None:
    for row, left, width in zip(rows, start, widths, strict=True):
        if width >= _NARROW_SHARE:
            ax.text(left + width / 2, row, percent(width), ha="center", va="center", color=colour)


def _shown_of(shown_count: int, all_count: int, thing: str) -> str:
    if shown_count == all_count:
        return f"{counted(all_count, thing)}."
    return f"The {shown_count} largest of {counted(all_count, thing)}."


def _size_finding(table: pd.DataFrame, currency: str, *, is_money: bool) -> str:
    sizes = table.set_index("level")["potential_amount_per_year"]
    if not {"SAM", "SOM"} <= set(sizes.index):
        return "Size of the market"
    if not is_money:
        reached = round(sizes["SOM"])
        return (
            f"We serve a market of {counted(sizes['SAM'], 'account')}; "
            f"{reached:,} of them {agree('is', reached)} within reach"
        )
    return (
        f"We serve a market of {amount(sizes['SAM'], currency)} a year; "
        f"{amount(sizes['SOM'], currency)} of it is within reach"
    )


def _segments_finding(table: pd.DataFrame, currency: str, *, is_money: bool) -> str:
    if len(table) and not is_money:
        if len(table) == 1:
            return f"{counted(table['accounts_count'].sum(), 'account')} in one segment"
        most = table.nlargest(1, "accounts_count").to_dict("records")[0]
        held = counted_of(most["accounts_count"], table["accounts_count"].sum(), "account")
        return f"Most accounts are in {clipped(most['segment'])}: {held}"
    unsold = table["whitespace_amount_per_year"]
    if not unsold.fillna(0.0).any():
        return "Revenue and whitespace by segment"
    best = table.nlargest(1, "whitespace_amount_per_year").to_dict("records")[0]
    return (
        f"Most unsold potential lies in {clipped(best['segment'])}: "
        f"{amount(best['whitespace_amount_per_year'], currency)} a year"
    )


def _classes_finding(table: pd.DataFrame, *, is_money: bool) -> str:
    first = table[table["account_class"] == "A"]
    count, potential = table["accounts_count"].sum(), table["potential_amount_per_year"].sum()
    if first.empty or not count or not potential or not (is_money or first["accounts_count"].any()):
        return "Accounts, money and work by class"
    accounts_share = first["accounts_count"].iloc[0] / count
    potential_share = first["potential_amount_per_year"].iloc[0] / potential
    are = f"{percent(accounts_share)} of accounts are class A"
    return f"{are} and hold {percent(potential_share)} of the potential" if is_money else are

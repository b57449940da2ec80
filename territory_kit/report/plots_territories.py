"""Figures of step 3: how even the territories are, how good each one is, what else was tried."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from territory_kit import columns
from territory_kit.report.captions import caption
from territory_kit.report.colours import ACCENT, BAND, INK, MISSING_GREY, RULE, deviation_colour
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new
from territory_kit.report.labels import label_points
from territory_kit.wording import NO_MONEY, clipped, counted, number, percent

TERRITORIES_SHOWN = 30
DEFAULT_TOLERANCE_SHARE = 0.1
_MEASURES = {"workload_index": "workload", "potential_index": "potential"}


def plot_balance(*sources: HasTables) -> Figure:
    """Show workload and potential of each territory against their targets, before and after.

    Parameters
    ----------
    *sources
        Hold ``territory_plan``, ``territory_today`` and ``balance``.

    Returns
    -------
    Figure
        One row per territory, one plot per measure.
    """
    evidence = gather(*sources)
    table = balance_rows(evidence)
    shown = _most_uneven(table)
    with Sheet(22 + 6.5 * max(len(shown), 3), columns=2, sharey=True) as sheet:
        for ax, (index, measure) in zip(sheet.axes, _MEASURES.items(), strict=True):
            draw_balance(
                shown, index=index, tolerance_share=allowed_share(evidence, measure), ax=ax
            )
        return sheet.finish(
            title=_balance_finding(evidence),
            caption=caption(
                evidence,
                "Dots: proposal; rings: today. Blue is below, orange above the tolerance "
                "(grey band); 100 is the target.",
                _count_text(len(shown), len(table)),
                step="territories",
            ),
            alt="Dot plot of workload and potential of each territory, today and proposed.",
        )


def balance_rows(evidence: Evidence) -> pd.DataFrame:
    """Return one row per territory with its indices today and in the proposal.

    Parameters
    ----------
    evidence
        Holds ``territory_plan`` and, where there is a today, ``territory_today``.

    Returns
    -------
    pandas.DataFrame
        Has territory_name and the indices, those of today with the ending ``_today``; 100 is the
        target. Territories that the proposal gives up have only the latter.
    """
    names = ["territory_id", "territory_name", *_MEASURES]
    plan = evidence.table("territory_plan")[names]
    today = evidence.tables.get("territory_today", plan.head(0))[names]
    both = plan.merge(today, on="territory_id", how="outer", suffixes=("", "_today"))
    named = both["territory_name"].fillna(both["territory_name_today"])
    return both.assign(territory_name=named.fillna(both["territory_id"]))


def draw_balance(
    table: pd.DataFrame, *, index: str, tolerance_share: float, ax: Axes | None = None
) -> Axes:
    """Draw one index of each territory, today and proposed, about its target.

    Parameters
    ----------
    table
        Has territory_name, the index, and the index of today with the ending ``_today``.
    index
        Name of the index: ``workload_index`` or ``potential_index``; 100 is the target.
    tolerance_share
        Allowed deviation from the target, drawn as a band.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    rows = np.arange(len(table))[::-1]
    proposal, today = table[index].to_numpy(), table[f"{index}_today"].to_numpy()
    ax.axvspan(100 * (1 - tolerance_share), 100 * (1 + tolerance_share), color=BAND, zorder=0)
    ax.axvline(100, color=INK, linewidth=0.8, zorder=1)
    ax.hlines(rows, today, proposal, color=RULE, linewidth=1.6, zorder=2)
    ax.scatter(today, rows, s=26, facecolors="white", edgecolors=MISSING_GREY, zorder=3)
    colours = [deviation_colour(value, tolerance_share) for value in proposal]
    ax.scatter(proposal, rows, s=34, c=colours, zorder=4)
    ax.set_yticks(rows, table["territory_name"].map(clipped).tolist())
    ax.set_ylim(-0.7, len(table) - 0.3)
    ax.set_xlabel(f"{columns.heading(index).split(' (')[0]} (100 = target)")
    ax.set_title(f"{_MEASURES[index].capitalize()}, allowed ±{percent(tolerance_share)}")
    return ax


def plot_quality(*sources: HasTables) -> Figure:
    """Show each territory by its size and by how much an hour of work is worth there.

    Parameters
    ----------
    *sources
        Hold ``territory_plan``.

    Returns
    -------
    Figure
        One dot per territory, four fields about the averages.
    """
    evidence = gather(*sources)
    table = evidence.table("territory_plan")
    with Sheet(95) as sheet:
        is_money = evidence.has_money
        ax = draw_quality(
            table, colours=evidence.colours(), currency=evidence.currency, ax=sheet.axes[0]
        )
        if not is_money:
            ax.set_ylabel("Accounts per hour")
        return sheet.finish(
            title=_quality_finding(table, is_money=is_money),
            caption=caption(
                evidence,
                "Lines are the averages; area of a dot grows with the number of accounts.",
                "" if is_money else NO_MONEY,
                f"{counted(len(table), 'territory')}.",
                step="territories",
            ),
            alt=f"Scatter plot of workload and {'potential' if is_money else 'accounts'} per "
            "hour of work of each territory.",
        )


def draw_quality(
    table: pd.DataFrame, *, colours: dict[str, str], currency: str = "", ax: Axes | None = None
) -> Axes:
    """Draw workload against potential per hour, one dot per territory.

    Parameters
    ----------
    table
        Has territory_id, territory_name, workload_hours_per_year, hour_potential_amount,
        accounts_count.
    colours
        Colour by territory id.
    currency
        Currency of the plan, for the axis.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    x, y = table["workload_hours_per_year"], table["hour_potential_amount"]
    if (hours := x[y.notna()].sum()) > 0:
        ax.axvline(x[y.notna()].mean(), color=RULE, linewidth=1)
        # each territory counts by its hours: all potential over all hours
        ax.axhline((x * y).sum() / hours, color=RULE, linewidth=1)
    area = 30 + 170 * table["accounts_count"] / max(1.0, table["accounts_count"].max())
    ax.scatter(x, y, s=area, c=[colours[t] for t in table["territory_id"]], linewidths=0)
    ax.margins(0.14, 0.16)
    ax.set_xlabel(columns.heading("workload_hours_per_year"))
    ax.set_ylabel(columns.heading("hour_potential_amount", currency=currency))
    separate_thousands(ax)
    _name_fields(ax)
    label_points(ax, zip(x, y, table["territory_name"].map(clipped), strict=True), gap_points=9.5)
    return ax


def plot_alternatives(*sources: HasTables) -> Figure:
    """Show what other proposals would cost in moves and give in balance.

    Parameters
    ----------
    *sources
        Hold ``alternatives``.

    Returns
    -------
    Figure
        One dot per proposal, the chosen one marked.
    """
    evidence = gather(*sources)
    table = evidence.table("alternatives")
    with Sheet(85) as sheet:
        draw_alternatives(table, ax=sheet.axes[0])
        return sheet.finish(
            title=alternatives_finding(table),
            caption=caption(
                evidence,
                f"Lower is more even, further left is less {price_of(table)[1]}; the ringed dot "
                "is the proposal.",
                f"{counted(len(table), 'proposal')}.",
                step="territories",
            ),
            alt=f"Scatter plot of {price_of(table)[1]} and the largest deviation.",
        )


def draw_alternatives(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the largest deviation against the share of accounts that move, or against distance.

    Parameters
    ----------
    table
        Has option, is_chosen, moved_share, travel_km_per_year, deviation_share. Where no option
        moves an account, because there is no today, distance stands in its place.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    chosen = table["is_chosen"].fillna(value=False).to_numpy(dtype=bool)
    name, _ = price_of(table)
    x, y = table[name], table["deviation_share"]
    ax.scatter(x[~chosen], y[~chosen], s=36, color=MISSING_GREY)
    ax.scatter(x[chosen], y[chosen], s=60, color=ACCENT)
    ax.scatter(x[chosen], y[chosen], s=170, facecolors="none", edgecolors=ACCENT)
    ax.margins(0.12, 0.18)
    ax.set_ylim(bottom=0)
    separate_thousands(ax)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    if name == "moved_share":
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    ax.set_xlabel(columns.heading(name))
    ax.set_ylabel(columns.heading("deviation_share").replace(" (%)", " from target (%)"))
    ax.grid(visible=True)
    label_points(ax, zip(x, y, table["option"], strict=True), gap_points=8)
    return ax


def _most_uneven(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the territories furthest from target when there are too many to draw."""
    away = (table[list(_MEASURES)] - 100).abs().max(axis=1).fillna(np.inf)
    kept = away.sort_values(ascending=False, kind="stable").index[:TERRITORIES_SHOWN]
    return table.loc[sorted(kept)]


def _count_text(shown_count: int, all_count: int) -> str:
    if shown_count == all_count:
        return f"{counted(all_count, 'territory')}."
    return f"The {shown_count} furthest from target of {counted(all_count, 'territory')}."


def allowed_share(evidence: Evidence, measure: str) -> float:
    """Return how far a territory may be from its target.

    Parameters
    ----------
    evidence
        Holds ``balance``.
    measure
        ``workload`` or ``potential``.

    Returns
    -------
    float
        A share of the target; the usual tolerance where the plan sets none.
    """
    rows = _balance_of(evidence, measure, "proposal")
    return DEFAULT_TOLERANCE_SHARE if rows.empty else float(rows["tolerance_share"].iloc[0])


def _balance_of(evidence: Evidence, measure: str, state: str) -> pd.DataFrame:
    table = evidence.table("balance")
    is_wanted = table["measure"].str.startswith(measure) & (table["state"] == state)
    return table[is_wanted & table["tolerance_share"].notna()]


def _balance_finding(evidence: Evidence) -> str:
    before = _balance_of(evidence, "workload", "today")["deviation_share"]
    after = _balance_of(evidence, "workload", "proposal")["deviation_share"]
    if after.empty:
        return "How even the territories are"
    if before.empty:
        return f"No territory's workload is more than {percent(after.iloc[0])} from target"
    was, will = percent(before.iloc[0]), percent(after.iloc[0])
    if was == will:
        return f"The largest deviation of workload stays at {will}"
    verb = "falls" if after.iloc[0] < before.iloc[0] else "goes"
    return f"The largest deviation of workload {verb} from {was} to {will}"


def _quality_finding(table: pd.DataFrame, *, is_money: bool) -> str:
    value = table["hour_potential_amount"]
    if value.isna().all() or value.min() <= 0:
        return "Size and value of each territory"
    known = table.dropna(subset=["hour_potential_amount"])
    ordered = known.sort_values(["hour_potential_amount", "territory_id"]).to_dict("records")
    worst, best = ordered[0], ordered[-1]
    if len(ordered) == 1:
        return f"{clipped(best['territory_name'])} is the only territory"
    factor = number(value.max() / value.min(), decimals=1)
    worth = "is worth" if is_money else "serves"
    much = "much" if is_money else "many accounts"
    return (
        f"An hour of work {worth} {factor} times as {much} in "
        f"{clipped(best['territory_name'])} as in {clipped(worst['territory_name'])}"
    )


def alternatives_finding(table: pd.DataFrame) -> str:
    """Say what the proposal moves and how even it is, for a title.

    Parameters
    ----------
    table
        Has is_chosen, moved_share, deviation_share.

    Returns
    -------
    str
        One sentence without a full stop.
    """
    chosen = table[table["is_chosen"].fillna(value=False)]
    if chosen.empty:
        return "What other proposals would cost and give"
    row = chosen.iloc[0]
    if price_of(table)[0] != "moved_share":
        return f"The proposal leaves {percent(row['deviation_share'])} as the largest deviation"
    return (
        f"The proposal moves {percent(row['moved_share'])} of accounts and leaves "
        f"{percent(row['deviation_share'])} as the largest deviation"
    )


def _name_fields(ax: Axes) -> None:
    """Write what each of the four fields means into its corner."""
    for x, size, side in ((0.01, "small", "left"), (0.99, "large", "right")):
        for y, worth, edge in ((0.99, "rich", "top"), (0.01, "poor", "bottom")):
            place: dict[str, Any] = {"transform": ax.transAxes, "ha": side, "va": edge}
            ax.text(x, y, f"{size}, {worth}", color=MISSING_GREY, style="italic", **place)


def price_of(table: pd.DataFrame) -> tuple[str, str]:
    """Return the column that a more even plan is paid with, and its word.

    Parameters
    ----------
    table
        Has moved_share.

    Returns
    -------
    tuple of str
        Moves where anything moves, else distance.
    """
    if table["moved_share"].sum() > 0:
        return "moved_share", "change"
    return "travel_km_per_year", "driving"


def separate_thousands(ax: Axes) -> None:
    """Separate the thousands of both axes.

    Parameters
    ----------
    ax
        Plot to change.
    """
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))

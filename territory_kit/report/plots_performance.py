"""Figure of step 4 for managers: what reps sell against what their territories let one expect."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from territory_kit import columns
from territory_kit.methods.adjusted_performance import NOT_FOR_PAY_ALONE
from territory_kit.report.captions import caption
from territory_kit.report.colours import ABOVE, ACCENT, INK, LIGHT_ACCENT, SOFT_INK
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new
from territory_kit.wording import amount, clipped, counted, counted_of, percent

_EMPTY_MM = 15.0


def plot_performance(*sources: HasTables) -> Figure:
    """Show the revenue of each rep beside the interval that the territory lets one expect.

    Parameters
    ----------
    *sources
        Hold ``rep_performance``.

    Returns
    -------
    Figure
        One row per rep.
    """
    evidence = gather(*sources)
    table = evidence.table("rep_performance")
    with Sheet(22 + 7.5 * len(table) if len(table) else _EMPTY_MM) as sheet:
        draw_performance(table, currency=evidence.currency, ax=sheet.axes[0])
        return sheet.finish(
            title=_finding(table),
            caption=_caption(table, evidence),
            alt="Chart of the revenue of each rep against the interval of what is expected.",
        )


def draw_performance(table: pd.DataFrame, *, currency: str, ax: Axes | None = None) -> Axes:
    """Draw revenue, expectation and its interval, a row for each rep.

    Parameters
    ----------
    table
        Has rep_name, revenue_amount_per_year, expected_amount_per_year,
        low_expected_amount_per_year, high_expected_amount_per_year, performance_share, is_outside.
    currency
        Currency of the plan.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    if table.empty:
        ax.set_axis_off()
        ax.text(0.5, 0.5, "Nothing to compare.", ha="center", transform=ax.transAxes)
        return ax
    rows = np.arange(len(table))[::-1]
    low = table["low_expected_amount_per_year"].clip(lower=0.0).to_numpy()
    high, expected, sold = (
        table[f"{name}_amount_per_year"].to_numpy()
        for name in ("high_expected", "expected", "revenue")
    )
    ax.barh(rows, high - low, left=low, height=0.5, color=LIGHT_ACCENT)
    ax.vlines(expected, rows - 0.3, rows + 0.3, color=INK, linewidth=1.8)
    outside = table["is_outside"].fillna(value=False).to_numpy(dtype=bool)
    ax.scatter(sold, rows, color=np.where(outside, ABOVE, ACCENT), zorder=3)
    ends = np.fmax(np.fmax(high, expected), sold)
    for row, end, share in zip(rows, ends, table["performance_share"], strict=True):
        text = percent(share)
        ax.text(end + 0.02 * np.nanmax(ends), row, text, va="center", color=SOFT_INK)
    ax.set_yticks(rows, [clipped(name, 24) for name in table["rep_name"]])
    ax.margins(x=0.09)
    ax.set_xlabel(columns.heading("revenue_amount_per_year", currency=currency))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: amount(value, "")))
    return ax


def _finding(table: pd.DataFrame) -> str:
    if table.empty:
        return "What territories let one expect is not known"
    if table["is_outside"].isna().all():
        return "Too few reps to say what is ordinary"
    outside = int(table["is_outside"].fillna(value=False).sum())
    if not outside:
        return "No rep differs by more than chance from what the territory lets one expect"
    who = counted_of(outside, len(table), "rep", "sells")
    return f"{who} more or less than the territory lets one expect"


def _caption(table: pd.DataFrame, evidence: Evidence) -> str:
    return caption(
        evidence,
        "Point: revenue; mark: expected from the other reps of the region; bar: interval of what "
        "an ordinary rep would sell there; the figure is revenue against expectation.",
        NOT_FOR_PAY_ALONE,
        f"{counted(len(table), 'rep')}.",
        step="reps",
    )

"""Figure of step 3: proposals that no other one beats on balance, driving and moves."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from territory_kit import columns
from territory_kit.report.captions import caption
from territory_kit.report.colours import ACCENT, LIGHT_ACCENT, RULE
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new
from territory_kit.report.labels import label_points
from territory_kit.report.plots_territories import (
    alternatives_finding,
    price_of,
    separate_thousands,
)
from territory_kit.wording import agree, counted, counted_of

_SMALLEST_AREA = 25.0
_LARGEST_AREA = 170.0
# What the ring around the proposal adds to the area of its dot.
_RING = 110.0


def plot_trade_offs(*sources: HasTables) -> Figure:
    """Show what balance costs in moves and kilometres: each proposal that no other one beats.

    Parameters
    ----------
    *sources
        Hold ``trade_offs``.

    Returns
    -------
    Figure
        One dot per proposal, the chosen one ringed, those that are beaten grey.
    """
    evidence = gather(*sources)
    table = evidence.table("trade_offs")
    with Sheet(95) as sheet:
        draw_trade_offs(table, ax=sheet.axes[0])
        return sheet.finish(
            title=alternatives_finding(table),
            caption=caption(
                evidence,
                f"Lower is more even, further left is less {price_of(table)[1]}; area of a dot "
                "grows with the kilometres; the ringed dot is the proposal.",
                _count_sentence(table),
                step="territories",
            ),
            alt=f"Scatter plot of {price_of(table)[1]}, kilometres and the largest deviation of "
            f"{counted(len(table), 'proposal')}.",
        )


def draw_trade_offs(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the largest deviation against the share of accounts that move, or against distance.

    Parameters
    ----------
    table
        Has option, is_chosen, is_dominated, moved_share, travel_km_per_year, deviation_share.
        Where no option moves an account, distance stands in the place of moves.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    name, _ = price_of(table)
    chosen = table["is_chosen"].fillna(value=False).to_numpy(dtype=bool)
    beaten = table["is_dominated"].fillna(value=False).to_numpy(dtype=bool) & ~chosen
    x, y, area = table[name], table["deviation_share"], _areas(table["travel_km_per_year"])
    for rows, colour in ((beaten, RULE), (~beaten & ~chosen, LIGHT_ACCENT), (chosen, ACCENT)):
        ax.scatter(x[rows], y[rows], s=area[rows], color=colour)
    ax.scatter(x[chosen], y[chosen], s=area[chosen] + _RING, facecolors="none", edgecolors=ACCENT)
    ax.margins(0.12, 0.18)
    ax.set_ylim(bottom=0)
    separate_thousands(ax)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    if name == "moved_share":
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    ax.set_xlabel(columns.heading(name))
    ax.set_ylabel(columns.heading("deviation_share").replace(" (%)", " from target (%)"))
    ax.grid(visible=True)
    shown = table[~beaten].sort_values("is_chosen", ascending=False, kind="stable")
    points = zip(shown[name], shown["deviation_share"], shown["option"], strict=True)
    ringed = (area + _RING * chosen).to_numpy(dtype=float, na_value=np.nan)
    dots = zip(x, y, np.sqrt(ringed / np.pi), strict=True)
    label_points(ax, points, dots=dots, gap_points=11)
    return ax


def _areas(kilometres: pd.Series) -> pd.Series:
    """Give the least kilometres the smallest dot; equal ones are all of middle size."""
    width = kilometres.max() - kilometres.min()
    part = (kilometres - kilometres.min()) / width if width > 0 else kilometres * 0 + 0.5
    return _SMALLEST_AREA + (_LARGEST_AREA - _SMALLEST_AREA) * part


def _count_sentence(table: pd.DataFrame) -> str:
    count = int((~table["is_dominated"].fillna(value=False).astype(bool)).sum())
    of_all = counted_of(count, len(table), "proposal")
    return f"{of_all} tried {agree('is', count)} beaten by none in balance, driving and moves."

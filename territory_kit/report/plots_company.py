"""Figure over all regions: the work of a territory in each of them, against the whole company."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from territory_kit.report.colours import ACCENT, INK, LIGHT_ACCENT, SOFT_INK
from territory_kit.report.figures import Figure, Sheet, axes_or_new
from territory_kit.wording import clipped, counted, counted_of, number, percent

REGIONS_SHOWN = 40
_FRAME_MM, _ROW_MM, _FEWEST_ROWS = 22.0, 7.0, 3


def plot_company(table: pd.DataFrame, *, mean_hours: float, title: str, source: str) -> Figure:
    """Show the workload of a full territory in each region against the mean of all.

    Parameters
    ----------
    table
        One row per territory: region, region_mean_hours_per_year and full_hours_per_year.
    mean_hours
        Workload of a full territory on average over all regions, h per year.
    title
        The finding, as a sentence.
    source
        Sentence on source and day of the data.

    Returns
    -------
    Figure
        One bar per region, a dot per territory.
    """
    means = _means(table)
    shown = means.head(REGIONS_SHOWN)
    left_out = (
        f" {counted_of(len(shown), len(means), 'region')}, those farthest from the mean."
        if len(shown) < len(means)
        else ""
    )
    with Sheet(_FRAME_MM + _ROW_MM * max(len(shown), _FEWEST_ROWS)) as sheet:
        draw_company(table, mean_hours=mean_hours, ax=sheet.axes[0])
        return sheet.finish(
            title=title,
            caption=(
                "Bar: workload of a full territory on average; dots: its territories; line: the "
                f"mean of all regions. {counted(len(table), 'territory')}.{left_out} {source}"
            ),
            alt="Bar chart of the workload of a territory in each region.",
        )


def draw_company(table: pd.DataFrame, *, mean_hours: float, ax: Axes | None = None) -> Axes:
    """Draw a bar for each region, a dot for each territory, and a line at the mean.

    Parameters
    ----------
    table
        One row per territory: region, region_mean_hours_per_year and full_hours_per_year.
    mean_hours
        Where the line stands, h per year.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    means = _means(table).head(REGIONS_SHOWN).sort_values(ascending=False, kind="stable")
    rows = dict(zip(means.index, np.arange(len(means))[::-1], strict=True))
    ax.barh(list(rows.values()), means.to_numpy(), height=0.56, color=LIGHT_ACCENT)
    dots = table[table["region"].isin(list(rows))]
    ax.scatter(dots["full_hours_per_year"], dots["region"].map(rows), s=16, color=ACCENT, alpha=0.8)
    ax.axvline(mean_hours, color=INK, linewidth=0.9)
    furthest = max([means.max(), dots["full_hours_per_year"].max(), mean_hours])
    for region, row in rows.items():
        off = means[region] / mean_hours - 1
        ax.text(1.06 * furthest, row, _signed(off), va="center", color=SOFT_INK, fontsize=7.5)
    ax.set_xlim(0, 1.18 * furthest)
    ax.set_yticks(list(rows.values()), [clipped(str(region)) for region in rows])
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    ax.set_xlabel("Workload of a full territory (h per year); beside it: against the mean")
    ax.grid(axis="x")
    return ax


def _means(table: pd.DataFrame) -> pd.Series:
    """Return the mean of each region, those farthest from the middle of all first."""
    means = table.groupby("region")["region_mean_hours_per_year"].first()
    order = (means - means.mean()).abs().sort_values(ascending=False, kind="stable").index
    return means.loc[order]


def _signed(share: float) -> str:
    text = percent(abs(share))
    sign = "" if text == percent(0.0) else "−" if share < 0 else "+"
    return f"{sign}{text}"

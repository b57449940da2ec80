"""Figures of steps 4 and 5: who fits where, who has how much to do, which visits took place."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from territory_kit import columns
from territory_kit.report.captions import caption
from territory_kit.report.colours import ABOVE, ACCENT, INK, LIGHT_ACCENT, SOFT_INK
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new
from territory_kit.wording import agree, clipped, counted, counted_of, listed, number, percent

VACANT = "no rep"
_NAMES_IN_TITLE = 2
_FEW_CELLS = 150
# Names of so many reps lie side by side when they are slanted.
_FEW_REPS, _SMALL_PRINT_POINTS = 25, 5.0
# From this fit in %, white can be read on a field's colour.
_DARK_CELL = 42.0
_EMPTY_MM = 15.0


def plot_load(*sources: HasTables) -> Figure:
    """Show the hours of each rep against the hours there are.

    Parameters
    ----------
    *sources
        Hold ``rep_review``.

    Returns
    -------
    Figure
        One bar per territory, capacity marked.
    """
    evidence = gather(*sources)
    table = evidence.table("rep_review")
    with Sheet(22 + 6.5 * max(len(table), 3)) as sheet:
        draw_load(table, colours=evidence.colours(), ax=sheet.axes[0])
        return sheet.finish(
            title=_load_finding(table),
            caption=caption(
                evidence,
                "Bar: hours for calls and travel; black mark: hours the rep has; the figure "
                "is the load.",
                f"{counted(len(table), 'territory')}.",
                step="review",
            ),
            alt="Bar chart of workload against capacity of each rep.",
        )


def draw_load(table: pd.DataFrame, *, colours: dict[str, str], ax: Axes | None = None) -> Axes:
    """Draw the workload of each territory and the capacity of its rep.

    Parameters
    ----------
    table
        Has territory_id, territory_name, rep_name, workload_hours_per_year, capacity_share.
    colours
        Colour by territory id.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    rows = np.arange(len(table))[::-1]
    hours = table["workload_hours_per_year"].to_numpy()
    load = table["capacity_share"].to_numpy()
    ax.barh(rows, hours, height=0.6, color=[colours[t] for t in table["territory_id"]], alpha=0.8)
    capacity = hours / np.where(load > 0, load, np.nan)
    ax.vlines(capacity, rows - 0.42, rows + 0.42, color=INK, linewidth=1.8)
    ends = np.fmax(hours, capacity)
    for row, end, share in zip(rows, ends, load, strict=True):
        colour = ABOVE if share > 1 else SOFT_INK
        ax.text(end + 0.012 * np.nanmax(ends), row, percent(share), va="center", color=colour)
    ax.set_yticks(rows, _labels(table))
    ax.margins(x=0.09)
    ax.set_xlabel(columns.heading("workload_hours_per_year"))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    return ax


def plot_visits(*sources: HasTables) -> Figure:
    """Show the visits that the classes ask for beside those that took place.

    Parameters
    ----------
    *sources
        Hold ``rep_review``.

    Returns
    -------
    Figure
        Two bars per territory.
    """
    evidence = gather(*sources)
    table = evidence.table("rep_review")
    with Sheet(24 + 8.0 * max(len(table), 3)) as sheet:
        draw_visits(table, ax=sheet.axes[0])
        return sheet.finish(
            title=_visits_finding(table),
            caption=caption(
                evidence,
                "Ideal: visits wanted by class. Coverage is the share of ideal visits that took "
                "place; visits beyond the ideal do not count.",
                f"{counted(len(table), 'territory')}.",
                step="review",
            ),
            alt="Bar chart of ideal and actual visits of each territory.",
        )


def draw_visits(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw ideal and actual visits of each territory, with the coverage.

    Parameters
    ----------
    table
        Has territory_name, rep_name, ideal_visits_per_year, actual_visits_per_year, reached_share.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    rows = np.arange(len(table))[::-1]
    ideal = table["ideal_visits_per_year"].to_numpy()
    actual = table["actual_visits_per_year"].to_numpy()
    ax.barh(rows + 0.19, ideal, height=0.36, color=LIGHT_ACCENT, label="Ideal")
    ax.barh(rows - 0.19, actual, height=0.36, color=ACCENT, label="Actual")
    largest = float(np.nanmax([*ideal, *actual, 1.0]))
    for row, end, share in zip(rows, np.fmax(ideal, actual), table["reached_share"], strict=True):
        ax.text(end + 0.012 * largest, row, percent(share), va="center", color=SOFT_INK)
    ax.set_yticks(rows, _labels(table))
    ax.margins(x=0.09)
    ax.set_xlabel("Visits (per year)")
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    return ax


def plot_fit(*sources: HasTables) -> Figure:
    """Show how well each rep fits each territory, and who takes which.

    Parameters
    ----------
    *sources
        Hold ``rep_fit`` and ``rep_plan``.

    Returns
    -------
    Figure
        One field per territory and rep, the chosen ones framed.
    """
    evidence = gather(*sources)
    fit = _fit_matrix(evidence)
    chosen = _chosen(evidence)
    with Sheet(34 + 6.0 * len(fit) if len(fit) else _EMPTY_MM) as sheet:
        draw_fit(fit, chosen=chosen, ax=sheet.axes[0])
        return sheet.finish(
            title=_fit_finding(evidence),
            caption=caption(
                evidence,
                "Fit in %, from skills, distance from home and known customers; framed: proposed.",
                f"{counted(len(fit), 'territory')}, {counted(len(fit.columns), 'rep')}.",
                step="reps",
            ),
            alt="Heat map of the fit of each rep to each territory.",
        )


def draw_fit(table: pd.DataFrame, *, chosen: list[tuple[str, str]], ax: Axes | None = None) -> Axes:
    """Draw the fit of reps to territories as a heat map.

    Parameters
    ----------
    table
        One row per territory, one column per rep, fit from 0 to 1.
    chosen
        Pairs of row and column name that the plan proposes.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    import seaborn as sns  # noqa: PLC0415 - slow to load, and the pages over all regions show no fit

    ax = axes_or_new(ax)
    if table.empty:
        ax.set_axis_off()
        ax.text(0.5, 0.5, "No reps are known.", ha="center", transform=ax.transAxes)
        return ax
    cells = 100 * table.to_numpy(dtype=float)
    mesh = ax.pcolormesh(
        cells,
        vmin=0,
        vmax=100,
        cmap=sns.light_palette(ACCENT, as_cmap=True),
        linewidth=1.2,
        edgecolors="white",
    )
    ax.spines[:].set_visible(False)
    _name_columns(ax, table.columns)
    ax.set_yticks(np.arange(len(table)) + 0.5, table.index, va="center")
    ax.invert_yaxis()
    if table.size <= _FEW_CELLS:
        _write_cells(ax, cells)
    else:
        scale = ax.figure.colorbar(mesh, cax=ax.inset_axes((1.02, 0, 0.02, 1)))
        scale.outline.set_visible(False)
    for territory, rep in chosen:
        place = (table.columns.get_loc(rep), table.index.get_loc(territory))
        ax.add_patch(Rectangle(place, 1, 1, fill=False, edgecolor=ABOVE, linewidth=2))  # type: ignore[arg-type]  # names are unique
    return ax


def _name_columns(ax: Axes, names: pd.Index) -> None:
    """Write the names of many reps upright and small, so that none lies on another."""
    places = np.arange(len(names)) + 0.5
    if len(names) <= _FEW_REPS:
        ax.set_xticks(places, names, rotation=30, ha="right")
    else:
        ax.set_xticks(places, names, rotation=90, ha="center", fontsize=_SMALL_PRINT_POINTS)


def _write_cells(ax: Axes, cells: np.ndarray) -> None:
    for (row, column), cell in np.ndenumerate(cells):
        if np.isfinite(cell):
            colour = INK if cell < _DARK_CELL else "white"
            ax.text(column + 0.5, row + 0.5, f"{cell:.0f}", ha="center", va="center", color=colour)


def _labels(table: pd.DataFrame) -> list[str]:
    names = table["rep_name"].fillna(VACANT)
    return [
        f"{clipped(t, 24)}  ·  {clipped(r, 24)}"
        for t, r in zip(table["territory_name"], names, strict=True)
    ]


def _load_finding(table: pd.DataFrame) -> str:
    load = table["capacity_share"]
    over = table[load > 1]
    if load.isna().all():
        return "Hours of each territory"
    if over.empty:
        who = "Every rep" if table["rep_name"].notna().any() else "A rep of each territory"
        verb = "has" if table["rep_name"].notna().any() else "would have"
        return f"{who} {verb} the hours needed; the fullest is at {percent(load.max())}"
    names = over["rep_name"].fillna(over["territory_name"]).map(clipped).tolist()
    if len(names) > _NAMES_IN_TITLE:
        return f"{counted(len(names), 'rep')} would need more hours than they have"
    return f"{listed(names)} would need more hours than there are: {percent(load.max())}"


def _visits_finding(table: pd.DataFrame) -> str:
    actual, ideal = table["actual_visits_per_year"].sum(), table["ideal_visits_per_year"].sum()
    if not actual or not ideal:
        return "No visits are on record; the ideal is shown alone"
    weighted = (table["reached_share"] * table["ideal_visits_per_year"]).sum() / ideal
    worst = table.nsmallest(1, "reached_share").to_dict("records")[0]
    return (
        f"{percent(weighted)} of the ideal visits took place; least in "
        f"{clipped(worst['territory_name'])}, {percent(worst['reached_share'])}"
    )


def _fit_matrix(evidence: Evidence) -> pd.DataFrame:
    matrix = evidence.table("rep_fit").pivot_table(
        index="territory_id", columns="rep_id", values="fit_share", dropna=False
    )
    return matrix.rename(index=_unique(evidence.territory_names())).rename(
        columns=_unique(evidence.rep_names())
    )


def _chosen(evidence: Evidence) -> list[tuple[str, str]]:
    territories, reps = _unique(evidence.territory_names()), _unique(evidence.rep_names())
    pairs = evidence.table("rep_plan").dropna(subset=["rep_id"])
    known = set(evidence.table("rep_fit")["rep_id"])
    return [
        (territories.get(t, t), reps.get(r, r))
        for t, r in zip(pairs["territory_id"], pairs["rep_id"], strict=True)
        if r in known
    ]


def _unique(names: dict[str, str]) -> dict[str, str]:
    """Add the identifier where two have the same name."""
    twice = pd.Series(names, dtype="str")
    twice = twice[twice.duplicated(keep=False)]
    return {k: f"{n} ({k})" if k in twice.index else clipped(n) for k, n in names.items()}


def _fit_finding(evidence: Evidence) -> str:
    plan = evidence.table("rep_plan")
    if evidence.table("rep_fit").empty:
        return "No reps are known, so nobody's fit is shown"
    vacant = int(plan["is_vacant"].fillna(value=False).sum())
    kept = int(plan["is_incumbent"].fillna(value=False).sum())
    keep = counted_of(kept, len(plan), "territory", "keeps")
    text = f"{keep} {agree('its', kept)} rep"
    return f"{text}; {vacant} {agree('has', vacant)} none yet" if vacant else text

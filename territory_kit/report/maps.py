"""The map before and after: where the accounts are, and who has them.

Dots are accounts. Land near them is shaded in the colour of most of the nearest accounts, which
serves the eye only: territories are sets of accounts and have no border.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba_array
from matplotlib.transforms import Bbox
from scipy.spatial import cKDTree

from territory_kit.report.captions import caption
from territory_kit.report.cities import largest_cities
from territory_kit.report.colours import INK, MISSING_GREY, SOFT_INK
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new, without_picture
from territory_kit.report.labels import label_points
from territory_kit.report.projection import Frame, frame_around
from territory_kit.wording import clipped, counted, number, percent

STATES = {"today": "current_territory_id", "proposal": "territory_id"}
CITIES_SHOWN = 9
MAPS_WIDTH_MM = 168.0
NOWHERE = "No account has a known place: write `country:` in plan.yaml or give postal codes"
HIGHEST_MM = 90.0
TITLE_MM = 7.0
# Shape of a map, height against width, so that page one keeps room for the table of reps.
FLATTEST, _TALLEST = 0.6, 1.05
_SMALLEST_DOT, _LARGEST_DOT = 5.0, 60.0
# Land further from any account than this share of the frame is not shaded.
_NEAR_SHARE = 0.06
_NEIGHBOURS = 5
_SQUARES = 240
_SHADE_OPACITY = 0.22
_MANY_TERRITORIES = 7
# Cities nearer to each other than this share of the frame are one place on the map.
_SAME_PLACE_SHARE = 0.09


def map_before_after(*sources: HasTables) -> Figure:
    """Show the accounts of the region on two maps: territories of today and of the proposal.

    Parameters
    ----------
    *sources
        Hold ``assignment`` and, for names, ``territory_plan`` and ``territory_today``.

    Returns
    -------
    Figure
        Two maps of the same frame; one when nobody owns an account today, and a sentence when no
        account has a place.
    """
    evidence = gather(*sources)
    table = evidence.table("assignment")
    lat, lon = table["lat_deg"].to_numpy(), table["lon_deg"].to_numpy()
    lost = int(np.isnan(lat + lon).sum())
    if len(table) and lost == len(table):
        return without_picture(
            title=NOWHERE, caption=caption(evidence, _lost_text(lost), step="territories")
        )
    states = [s for s, column in STATES.items() if table[column].notna().any()] or ["proposal"]
    placed, frame = place_on_map(table, flattest=FLATTEST / 2 * len(states))
    with Sheet(height_of_maps(frame, len(states)), columns=len(states)) as sheet:
        for ax, state in zip(sheet.axes, states, strict=True):
            draw_map(placed, frame, evidence, state=state, ax=ax)
        return sheet.finish(
            title=_finding(table, states),
            caption=caption(
                evidence,
                *_caption_parts(table, is_money=evidence.has_money),
                step="territories",
            ),
            alt=f"{'Two maps' if len(states) > 1 else 'Map'} of accounts by territory.",
        )


def place_on_map(table: pd.DataFrame, *, flattest: float) -> tuple[pd.DataFrame, Frame]:
    """Lay accounts out on a flat map, and frame them.

    Parameters
    ----------
    table
        Has ``lat_deg`` and ``lon_deg`` in degrees, at least one of them known.
    flattest
        Least height of the frame against its width.

    Returns
    -------
    tuple of pandas.DataFrame and Frame
        The table with ``east_km`` and ``north_km``, and what part of the flat map is drawn.
    """
    lat, lon = table["lat_deg"].to_numpy(), table["lon_deg"].to_numpy()
    frame = frame_around(lat, lon, flattest=flattest, tallest=_TALLEST)
    east, north = frame.flat.to_km(lat, lon)
    return table.assign(east_km=east, north_km=north), frame


def height_of_maps(frame: Frame, maps_count: int) -> float:
    """Return the height of maps of one frame side by side, as printed.

    Parameters
    ----------
    frame
        What part of the flat map is drawn.
    maps_count
        Number of maps.

    Returns
    -------
    float
        Millimetres, with the title.
    """
    width_mm = MAPS_WIDTH_MM / maps_count
    return min(HIGHEST_MM, width_mm * frame.height_km / frame.width_km) + TITLE_MM


def draw_map(
    table: pd.DataFrame,
    frame: Frame,
    evidence: Evidence,
    *,
    state: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw the accounts, coloured by their territory, with names, cities and a scale.

    Parameters
    ----------
    table
        Has east_km, north_km, potential_amount_per_year and the territory columns.
    frame
        What part of the flat map is drawn.
    evidence
        Knows the names and colours of the territories.
    state
        ``today`` or ``proposal``.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    column = STATES[state]
    ax.set_aspect("equal")
    ax.set(xlim=frame.east_km, ylim=frame.north_km, xticks=[], yticks=[])
    ax.spines[:].set_visible(True)
    known = table.dropna(subset=["east_km", "north_km"])
    # the largest first, so that no dot hides a smaller one
    ordered = known.sort_values("potential_amount_per_year", ascending=False, kind="stable")
    colours = ordered[column].map(evidence.colours()).fillna(MISSING_GREY)
    _shade(ax, ordered, colours, frame)
    ax.scatter(
        ordered["east_km"],
        ordered["north_km"],
        s=_areas(ordered["potential_amount_per_year"]),
        c=colours,
        alpha=0.75,
        edgecolors="white",
        linewidths=0.2,
    )
    count = table[column].nunique()
    ax.set_title(f"{state.capitalize()}: {counted(count, 'territory')}")
    taken = _draw_scale(ax, frame)
    taken = _label_territories(ax, known, evidence, column, taken)
    _label_cities(ax, frame, evidence, taken)
    return ax


def _shade(ax: Axes, known: pd.DataFrame, colours: pd.Series, frame: Frame) -> None:
    """Shade the land near accounts in the colour that most of the nearest accounts have."""
    if known.empty:
        return
    codes, hues = pd.factorize(colours, sort=True)
    east, north = _grid(frame)
    away, rows = cKDTree(known[["east_km", "north_km"]].to_numpy()).query(
        np.column_stack([east.ravel(), north.ravel()]),
        k=range(1, min(_NEIGHBOURS, len(known)) + 1),
    )
    votes = np.stack([(codes[rows] == code).sum(axis=1) for code in range(len(hues))], axis=1)
    inks = to_rgba_array([*hues], alpha=_SHADE_OPACITY)
    inks[np.asarray(hues) == MISSING_GREY, 3] = 0.0
    picture = inks[votes.argmax(axis=1)]
    picture[away[:, 0] > _NEAR_SHARE * frame.width_km, 3] = 0.0
    ax.imshow(
        picture.reshape(*east.shape, 4),
        extent=(*frame.east_km, *frame.north_km),
        origin="lower",
        interpolation="bilinear",
        zorder=0,
    )


def _grid(frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Return the middles of the squares that are shaded one by one."""
    step = frame.width_km / _SQUARES
    east = np.arange(frame.east_km[0] + step / 2, frame.east_km[1], step)
    north = np.arange(frame.north_km[0] + step / 2, frame.north_km[1], step)
    grid_east, grid_north = np.meshgrid(east, north)
    return grid_east, grid_north


def _areas(potential: pd.Series) -> np.ndarray:
    """Return dot areas that grow with potential; a missing potential is a small dot."""
    largest = potential.quantile(0.99)
    share = (potential / largest).clip(upper=1.0).fillna(0.0) if largest else 0.0 * potential
    area: np.ndarray = (_SMALLEST_DOT + (_LARGEST_DOT - _SMALLEST_DOT) * share).to_numpy()
    return area


def _draw_scale(ax: Axes, frame: Frame) -> list[Bbox]:
    """Draw a scale bar of a round length into the lower left corner."""
    longest = frame.width_km / 4
    magnitude = 10.0 ** np.floor(np.log10(longest))
    length = max(m for m in (1, 2, 5) if m * magnitude <= longest) * magnitude
    left = frame.east_km[0] + 0.03 * frame.width_km
    low = frame.north_km[0] + 0.04 * frame.height_km
    ax.plot([left, left + length], [low, low], color=INK, linewidth=1.6, solid_capstyle="butt")
    text = f"{number(length)} km"
    areas = label_points(ax, [(left + length, low, text)], fontsize=7, color=SOFT_INK)
    return [area for area in areas if area is not None]


def _label_territories(
    ax: Axes, known: pd.DataFrame, evidence: Evidence, column: str, taken: list[Bbox]
) -> list[Bbox]:
    if known.empty:
        return taken
    middles = known.groupby(column)[["east_km", "north_km"]].median()
    names = evidence.territory_names()
    areas = label_points(
        ax,
        zip(
            middles["east_km"],
            middles["north_km"],
            [clipped(names.get(str(t), str(t)), 22) for t in middles.index],
            strict=True,
        ),
        taken=taken,
        is_laid_out=True,
        centred=True,
        gap_points=8,
        fontsize=7.5 if len(evidence.colours()) <= _MANY_TERRITORIES else 6.5,
        fontweight="bold",
        color=INK,
        zorder=6,
    )
    return [*taken, *(area for area in areas if area is not None)]


def _label_cities(ax: Axes, frame: Frame, evidence: Evidence, taken: list[Bbox]) -> None:
    cities = largest_cities(
        frame,
        count=CITIES_SHOWN,
        nearest_km=_SAME_PLACE_SHARE * frame.width_km,
        # a territory that is named after its city shows where that city is
        without=tuple(evidence.territory_names().values()),
    )
    areas = label_points(
        ax,
        zip(cities["east_km"], cities["north_km"], cities["city"], strict=True),
        taken=taken,
        is_laid_out=True,
        gap_points=4,
        may_drop=True,
        fontsize=6.5,
        style="italic",
        color=SOFT_INK,
        zorder=5,
    )
    labelled = cities[np.array([area is not None for area in areas], dtype=bool)]
    ax.scatter(labelled["east_km"], labelled["north_km"], marker="s", s=7, color=SOFT_INK, zorder=5)


def _finding(table: pd.DataFrame, states: list[str]) -> str:
    owned = table.dropna(subset=["territory_id", "current_territory_id"])
    if len(states) == 1 or owned.empty:
        return f"{counted(table['territory_id'].nunique(), 'territory', 'is')} proposed"
    kept = (owned["territory_id"] == owned["current_territory_id"]).mean()
    return (
        f"{percent(kept)} of accounts stay in their territory; the proposal has "
        f"{counted(table['territory_id'].nunique(), 'territory')}"
    )


def _caption_parts(table: pd.DataFrame, *, is_money: bool) -> list[str]:
    lost = int((table["lat_deg"].isna() | table["lon_deg"].isna()).sum())
    nobody = int(table["territory_id"].isna().sum())
    return [
        "A dot is an account; its area grows with potential."
        if is_money
        else "A dot is an account.",
        "Shading follows the nearest accounts, for display only.",
        f"Grey: in no territory ({counted(nobody, 'account')})." if nobody else "",
        _lost_text(lost) if lost else "",
        f"{counted(len(table), 'account')}.",
        "Cities: GeoNames.",
    ]


def _lost_text(lost_count: int) -> str:
    return f"{counted(lost_count, 'account')} without a known place not shown."

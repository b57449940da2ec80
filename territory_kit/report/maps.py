"""The map before and after: where the accounts are, and who has them.

Dots are accounts. Land near them is shaded in the colour of most of the nearest accounts, which
serves the eye only: territories are sets of accounts and have no border.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from territory_kit.report.captions import caption
from territory_kit.report.cities import largest_cities
from territory_kit.report.colours import INK, MISSING_GREY, SOFT_INK
from territory_kit.report.evidence import Evidence, HasTables, gather
from territory_kit.report.figures import Figure, Sheet, without_picture
from territory_kit.report.labels import label_points
from territory_kit.report.projection import Frame, frame_around
from territory_kit.report.shading import Land
from territory_kit.wording import clipped, counted, number, percent

# Steps 3 and 5 and the plan on one page show the same maps; where one process runs all, they are
# drawn once.
_LAST: dict[tuple[object, ...], Figure] = {}
_SEEN = ["lat_deg", "lon_deg", "potential_amount_per_year", "current_territory_id", "territory_id"]
STATES = {"today": "current_territory_id", "proposal": "territory_id"}
CITIES_SHOWN = 9
_MAPS_WIDTH_MM = 168.0
NOWHERE = "No account has a known place: write `country:` in plan.yaml or give postal codes"
_HIGHEST_MM = 90.0
_TITLE_MM = 7.0
# Shape of a map, height against width, so that page one keeps room for the table of reps.
_FLATTEST, _TALLEST = 0.6, 1.05
_SMALLEST_DOT, _LARGEST_DOT = 5.0, 60.0
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
    states = [s for s, column in STATES.items() if table[column].notna().any()] or ["proposal"]
    return maps_side_by_side(evidence, states)


def maps_side_by_side(evidence: Evidence, states: Sequence[str]) -> Figure:
    """Show a map for each state; where nobody owns an account, its place stays empty.

    Parameters
    ----------
    evidence
        Holds ``assignment`` and, for names, ``territory_plan`` and ``territory_today``.
    states
        ``today``, ``proposal`` or both, from left to right.

    Returns
    -------
    Figure
        Maps of the same frame; a sentence alone when no account has a place.
    """
    content = (*_content(evidence), *states)
    if content not in _LAST:
        _LAST.clear()
        _LAST[content] = _draw_all(evidence, states)
    return _LAST[content]


def _content(evidence: Evidence) -> tuple[object, ...]:
    """Return all that the picture and its words depend on, as a key."""
    table = evidence.table("assignment")
    return (
        pd.util.hash_pandas_object(table[_SEEN], index=False).to_numpy().tobytes(),
        *sorted(evidence.territory_names().items()),
        evidence.region,
        evidence.as_of_date,
        evidence.has_money,
    )


def _draw_all(evidence: Evidence, states: Sequence[str]) -> Figure:
    table = evidence.table("assignment")
    lat, lon = table["lat_deg"].to_numpy(), table["lon_deg"].to_numpy()
    lost = int(np.isnan(lat + lon).sum())
    if len(table) and lost == len(table):
        return without_picture(
            title=NOWHERE, caption=caption(evidence, _lost_text(lost), step="territories")
        )
    placed, frame = _place_on_map(table, flattest=_FLATTEST / 2 * len(states))
    with Sheet(_height_mm(frame, len(states)), columns=len(states)) as sheet:
        axes = dict(zip(states, sheet.axes, strict=True))
        for state in states:
            if len(states) > 1 and table[STATES[state]].isna().all():
                axes.pop(state).set_axis_off()
        draw_maps(placed, frame, evidence, axes)
        return sheet.finish(
            title=_finding(table, states),
            caption=caption(
                evidence,
                *_caption_parts(table, is_money=evidence.has_money),
                step="territories",
            ),
            alt=f"{'Two maps' if len(states) > 1 else 'Map'} of accounts by territory.",
        )


def _place_on_map(table: pd.DataFrame, *, flattest: float) -> tuple[pd.DataFrame, Frame]:
    """Lay accounts out on a flat map with east_km and north_km, and frame them."""
    lat, lon = table["lat_deg"].to_numpy(), table["lon_deg"].to_numpy()
    frame = frame_around(lat, lon, flattest=flattest, tallest=_TALLEST)
    east, north = frame.flat.to_km(lat, lon)
    return table.assign(east_km=east, north_km=north), frame


def _height_mm(frame: Frame, maps_count: int) -> float:
    width_mm = _MAPS_WIDTH_MM / maps_count
    return min(_HIGHEST_MM, width_mm * frame.height_km / frame.width_km) + _TITLE_MM


def draw_maps(
    table: pd.DataFrame, frame: Frame, evidence: Evidence, axes: Mapping[str, Axes]
) -> None:
    """Draw the accounts, coloured by their territory, with names, cities and a scale.

    All else in the picture must be drawn before: labels are placed by final sizes.

    Parameters
    ----------
    table
        Has east_km, north_km, potential_amount_per_year and the territory columns.
    frame
        What part of the flat map is drawn.
    evidence
        Knows the names and colours of the territories.
    axes
        Plots to draw on by state, ``today`` or ``proposal``.
    """
    colours, names = evidence.colours(), evidence.territory_names()
    known = table.dropna(subset=["east_km", "north_km"])
    # the largest first, so that no dot hides a smaller one
    known = known.sort_values("potential_amount_per_year", ascending=False, kind="stable")
    land, cities = Land(known[["east_km", "north_km"]].to_numpy(), frame), _cities(frame, names)
    for state, ax in axes.items():
        inks = known[STATES[state]].map(colours).fillna(MISSING_GREY)
        _draw_accounts(ax, known, frame, inks)
        land.shade(ax, inks)
        count = table[STATES[state]].nunique()
        ax.set_title(f"{state.capitalize()}: {counted(count, 'territory')}")
    fontsize = 7.5 if len(colours) <= _MANY_TERRITORIES else 6.5
    for state, ax in axes.items():
        taken = _label_scale(ax, frame)
        middles = known.groupby(STATES[state])[["east_km", "north_km"]].median()
        taken += _label_territories(ax, middles, names, taken, fontsize)
        _label_cities(ax, cities, taken)


def _draw_accounts(ax: Axes, known: pd.DataFrame, frame: Frame, inks: pd.Series) -> None:
    ax.set_aspect("equal")
    ax.set(xlim=frame.east_km, ylim=frame.north_km)
    ax.xaxis.set_visible(False)
    ax.yaxis.set_visible(False)
    ax.spines[:].set_visible(True)
    ax.scatter(
        known["east_km"],
        known["north_km"],
        s=_areas(known["potential_amount_per_year"]),
        c=inks,
        alpha=0.75,
        edgecolors="white",
        linewidths=0.2,
    )


def _areas(potential: pd.Series) -> np.ndarray:
    """Return dot areas that grow with potential; a missing potential is a small dot."""
    largest = potential.quantile(0.99)
    share = (potential / largest).clip(upper=1.0).fillna(0.0) if largest else 0.0 * potential
    area: np.ndarray = (_SMALLEST_DOT + (_LARGEST_DOT - _SMALLEST_DOT) * share).to_numpy()
    return area


def _label_scale(ax: Axes, frame: Frame) -> list[Bbox]:
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
    ax: Axes, middles: pd.DataFrame, names: Mapping[str, str], taken: list[Bbox], fontsize: float
) -> list[Bbox]:
    areas = label_points(
        ax,
        zip(
            middles["east_km"],
            middles["north_km"],
            [clipped(names.get(str(t), str(t)), 22) for t in middles.index],
            strict=True,
        ),
        taken=taken,
        centred=True,
        gap_points=8,
        fontsize=fontsize,
        fontweight="bold",
        color=INK,
        zorder=6,
    )
    return [area for area in areas if area is not None]


def _cities(frame: Frame, names: Mapping[str, str]) -> pd.DataFrame:
    return largest_cities(
        frame,
        count=CITIES_SHOWN,
        nearest_km=_SAME_PLACE_SHARE * frame.width_km,
        # a territory that is named after its city shows where that city is
        without=tuple(names.values()),
    )


def _label_cities(ax: Axes, cities: pd.DataFrame, taken: list[Bbox]) -> None:
    areas = label_points(
        ax,
        zip(cities["east_km"], cities["north_km"], cities["city"], strict=True),
        taken=taken,
        gap_points=4,
        may_drop=True,
        fontsize=6.5,
        style="italic",
        color=SOFT_INK,
        zorder=5,
    )
    labelled = cities[np.array([area is not None for area in areas], dtype=bool)]
    ax.scatter(labelled["east_km"], labelled["north_km"], marker="s", s=7, color=SOFT_INK, zorder=5)


def _finding(table: pd.DataFrame, states: Sequence[str]) -> str:
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

"""Direct labels that do not cover each other, placed in a fixed order of tries.

The first label has the first choice of place; a label without room is left out when it may be,
else it stands where it was tried first.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from territory_kit.report.layout import POINTS_PER_INCH

GAP_POINTS = 6.0
# Offsets as multiples of the gap, and how the text is aligned there: right, left, above, below.
_TRIES: tuple[tuple[float, float, str, str], ...] = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (1, 1.5, "left", "bottom"),
    (-1, -1.5, "right", "top"),
    (0, 2.5, "center", "bottom"),
    (0, -2.5, "center", "top"),
    (2, 2.5, "left", "bottom"),
    (-2, 2.5, "right", "bottom"),
    (2, -2.5, "left", "top"),
    (-2, -2.5, "right", "top"),
    (0, 4.5, "center", "bottom"),
    (0, -4.5, "center", "top"),
)
_CLOSE_TRIES = 6
# Where the middle of a text lies, seen from the edge that it is aligned by, in sizes of the text.
_TOWARDS = {"left": 0.5, "right": -0.5, "bottom": 0.5, "top": -0.5, "center": 0.0}
_CENTRED = ((0, 0, "center", "center"), *_TRIES)


def label_points(
    ax: Axes,
    points: Iterable[tuple[float, float, str]],
    *,
    taken: Sequence[Bbox] = (),
    dots: Iterable[tuple[float, float, float]] = (),
    gap_points: float = GAP_POINTS,
    centred: bool = False,
    may_drop: bool = False,
    **style: Any,  # noqa: ANN401 - matplotlib checks them
) -> list[Bbox | None]:
    """Write a label beside each point, none over another where there is room.

    Parameters
    ----------
    ax
        Plot on which all but labels is drawn, as on all others of its picture: places and sizes
        are final from here on.
    points
        Place in the units of the plot, and label, of each point.
    taken
        Areas that other labels cover already.
    dots
        Place in the units of the plot, and radius in points, of dots that no label shall cover.
    gap_points
        Distance between point and label.
    centred
        Whether the point itself is the first place tried.
    may_drop
        Whether a label without room is left out.
    **style
        Options of the text.

    Returns
    -------
    list of matplotlib.transforms.Bbox or None
        Area of each label in pixels; None where there was no room, or no point.
    """
    areas: list[Bbox | None] = []
    tries = _CENTRED if centred else _TRIES
    # what may be left out stands close to its point or not at all
    tries = tries[:_CLOSE_TRIES] if may_drop else tries
    scaled = [(gap_points * a, gap_points * b, h, v) for a, b, h, v in tries]
    _lay_out(ax)
    taken = [*taken, *(_dot_area(ax, *dot) for dot in dots)]
    inside = ax.get_window_extent().expanded(1.01, 1.02)
    for east, north, text in points:
        if math.isnan(east) or math.isnan(north):
            areas.append(None)
            continue
        label = ax.annotate(text, (east, north), (0, 0), textcoords="offset points", **style)
        label.set_path_effects([withStroke(linewidth=2.2, foreground="white")])
        covered = [*taken, *(area for area in areas if area is not None)]
        areas.append(_place(label, inside, covered, scaled))
        if areas[-1] is None and may_drop:
            label.remove()
    return areas


def _dot_area(ax: Axes, east: float, north: float, radius_points: float) -> Bbox:
    middle = ax.transData.transform((east, north))
    radius = radius_points * ax.figure.dpi / POINTS_PER_INCH
    return Bbox([middle - radius, middle + radius])


def _lay_out(ax: Axes) -> None:
    """Give all plots of the picture their final place and shape, once, without drawing them."""
    figure = ax.get_figure(root=True)
    engine = None if figure is None else figure.get_layout_engine()
    if figure is not None and engine is not None:
        engine.execute(figure)
        # drawing would do it again, and move plots away from under their labels
        figure.set_layout_engine("none")
    ax.apply_aspect()


def _place(
    label: Annotation, inside: Bbox, covered: list[Bbox], tries: list[tuple[float, float, str, str]]
) -> Bbox | None:
    """Move a label to the first place with room; leave it at the first try when there is none."""
    label.set(ha="center", va="center")
    # measured once: at another place it has the same size
    middle, dots = label.get_window_extent(), label.figure.dpi / POINTS_PER_INCH
    for dx, dy, horizontal, vertical in tries:
        east = dots * dx + _TOWARDS[horizontal] * middle.width
        north = dots * dy + _TOWARDS[vertical] * middle.height
        area = middle.translated(east, north).expanded(1.04, 1.1)
        if _is_within(area, inside) and not any(area.overlaps(other) for other in covered):
            label.set(position=(dx, dy), ha=horizontal, va=vertical)
            return area
    dx, dy, horizontal, vertical = tries[0]
    label.set(position=(dx, dy), ha=horizontal, va=vertical)
    return None


def _is_within(area: Bbox, inside: Bbox) -> bool:
    fits = inside.containsx(area.x0) and inside.containsx(area.x1)
    return fits and inside.containsy(area.y0) and inside.containsy(area.y1)

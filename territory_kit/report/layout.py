"""Room around plots that stand side by side: as much as their words need, and no more.

The places are those of matplotlib's constrained layout, which measures each word twice to find
them. Here the names beside a plot are measured first, and all else once, when the width is known
on which ticks, and what sticks out, depend.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.spines import Spine
from matplotlib.transforms import Bbox

_PAD_POINTS = 3.0
POINTS_PER_INCH = 72.0
# What sticks out of a plot sticks out more where the plot is narrower: where the width that was
# assumed turns out to be wrong by more points than this, it is measured again.
_CLOSE_POINTS = 12.0
_MOST_MEASURES = 3
# It settles when each change of width is smaller than the one before, by this at least.
_SMALLER = 0.9


class SideBySide(LayoutEngine):
    """Place the plots of a picture, or of each part of it, in a row of equal widths.

    A colour bar must stand in axes inside its plot: no room is taken from the plot for one beside.
    """

    # what a layout of one's own says of itself, by matplotlib's documentation
    _adjust_compatible = True
    _colorbar_gridspec = False

    def execute(self, fig: Figure) -> None:
        """Give each plot its place.

        Parameters
        ----------
        fig
            The picture.
        """
        parts: list[Figure | SubFigure] = [*fig.subfigs] or [fig]
        for part in parts:
            plots = [ax for ax in part.axes if ax.get_subplotspec() and ax.get_in_layout()]
            if plots:
                _lay_out(part, plots)


class _Room(NamedTuple):
    """How far words reach beyond the four sides of a plot, in pixels."""

    left: float = 0.0
    below: float = 0.0
    right: float = 0.0
    above: float = 0.0


def _lay_out(part: Figure | SubFigure, plots: Sequence[Axes]) -> None:
    for ax in plots:
        _settle_empty_labels(ax)
    pixels = part.dpi / POINTS_PER_INCH
    pad = _PAD_POINTS * pixels
    names = rooms = [_room(ax, _names_beside(ax)) for ax in plots]
    width, change = _place(part, names, pad), math.inf
    for _ in range(_MOST_MEASURES):
        others = [_room(ax, _all_but_names(ax)) for ax in plots]
        before, rooms = rooms, [_Room(*map(max, a, b)) for a, b in zip(names, others, strict=True)]
        assumed, width = width, _place(part, rooms, pad)
        last, change = change, abs(width - assumed)
        if change > _SMALLER * last:
            # wider than any plot: a narrower one would only be cut off the more
            _place(part, before, pad)
            break
        if change <= _CLOSE_POINTS * pixels:
            break


def _settle_empty_labels(ax: Axes) -> None:
    """Say where a label without words is, as all ticks would be measured to find its place."""
    if not ax.xaxis.get_label_text():
        ax.xaxis.set_label_coords(0.5, 0.0)
    if not ax.yaxis.get_label_text():
        ax.yaxis.set_label_coords(0.0, 0.5)


def _names_beside(ax: Axes) -> Bbox | None:
    return ax.yaxis.get_tightbbox(for_layout_only=True) if ax.axison else None


def _all_but_names(ax: Axes) -> Bbox | None:
    # the lines about a plot lie within the room that is left anyhow
    words = [a for a in ax.get_default_bbox_extra_artists() if not isinstance(a, Spine)]
    is_measured = ax.yaxis.get_in_layout()
    ax.yaxis.set_in_layout(False)
    try:
        return ax.get_tightbbox(bbox_extra_artists=words, for_layout_only=True)
    finally:
        ax.yaxis.set_in_layout(is_measured)


def _room(ax: Axes, words: Bbox | None) -> _Room:
    part = ax.get_figure(root=False)
    if words is None or part is None:
        return _Room()
    plot = ax.get_position(original=True).transformed(part.transSubfigure)
    beyond = plot.x0 - words.x0, plot.y0 - words.y0, words.x1 - plot.x1, words.y1 - plot.y1
    return _Room(*(max(0.0, reach) for reach in beyond))


def _place(part: Figure | SubFigure, rooms: Sequence[_Room], pad: float) -> float:
    """Leave room, divide what remains evenly, and return the width of each plot in pixels."""
    left, right = rooms[0].left + pad, part.bbox.width - rooms[-1].right - pad
    low = max(room.below for room in rooms) + pad
    high = part.bbox.height - max(room.above for room in rooms) - pad
    gaps = [a.right + b.left + 2 * pad for a, b in pairwise(rooms)]
    gap = max(gaps, default=0.0)
    width = (right - left - gap * len(gaps)) / len(rooms)
    # without room for a plot it stays where it is, with words that are cut off
    if width > 0 and low < high:
        part.subplots_adjust(
            left=left / part.bbox.width,
            right=right / part.bbox.width,
            bottom=low / part.bbox.height,
            top=high / part.bbox.height,
            wspace=gap / width,
        )
    return width

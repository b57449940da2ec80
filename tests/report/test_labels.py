"""Labels beside points do not cover each other."""

import math
from itertools import combinations

import pytest

from territory_kit.report.figures import Sheet
from territory_kit.report.labels import label_points
from territory_kit.report.layout import POINTS_PER_INCH


def test_labels_of_near_points_are_moved_apart() -> None:
    with Sheet(60) as sheet:
        sheet.axes[0].set(xlim=(0, 1), ylim=(0, 1))
        points = [(0.5, 0.5 + step / 200, f"Label {step}") for step in range(4)]
        areas = [area for area in label_points(sheet.axes[0], points) if area is not None]
    assert len(areas) == 4
    assert not [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])]


def test_a_label_covers_no_dot() -> None:
    """The edge of the other dot lies where the label would stand, its middle does not."""
    with Sheet(60) as sheet:
        ax = sheet.axes[0]
        ax.set(xlim=(0, 1), ylim=(0, 1))
        (free,) = label_points(ax, [(0.4, 0.5, "half the tolerance")])
        assert free is not None
        point = ax.figure.dpi / POINTS_PER_INCH
        east, north = ax.transData.inverted().transform((free.x1 + 4 * point, free.y0))
        for radius, does_move in ((3, False), (6, True)):
            (area,) = label_points(
                ax, [(0.4, 0.5, "half the tolerance")], dots=[(east, north, radius)]
            )
            assert area is not None
            assert (area.x1 < free.x0) == does_move


def test_a_label_without_room_is_left_out_when_it_may_be() -> None:
    with Sheet(60) as sheet:
        ax = sheet.axes[0]
        ax.set(xlim=(0, 1), ylim=(0, 1))
        areas = label_points(ax, [(0.5, 0.5, "same place")] * 30, may_drop=True)
    assert None in areas
    assert len(ax.texts) == len([area for area in areas if area is not None])


def test_a_label_without_room_stays_when_it_must() -> None:
    with Sheet(60) as sheet:
        sheet.axes[0].set(xlim=(0, 1), ylim=(0, 1))
        label_points(sheet.axes[0], [(0.5, 0.5, "same place")] * 30)
        assert len(sheet.axes[0].texts) == 30


def test_a_missing_point_has_no_label() -> None:
    with Sheet(60) as sheet:
        assert label_points(sheet.axes[0], [(math.nan, 0.5, "nowhere")]) == [None]
        assert not sheet.axes[0].texts


def test_the_area_of_a_label_is_where_it_is_drawn() -> None:
    """Thirty labels at one place take every try there is; areas are a little larger than text."""
    with Sheet(60) as sheet:
        ax = sheet.axes[0]
        ax.set(xlim=(0, 1), ylim=(0, 1))
        areas = label_points(ax, [(0.5, 0.5, "same place")] * 30, centred=True)
        placed = [(a, t) for a, t in zip(areas, ax.texts, strict=True) if a is not None]
        assert len(placed) >= 5
        for area, text in placed:
            drawn = text.get_window_extent().expanded(1.04, 1.1)
            assert area.extents == pytest.approx(drawn.extents)

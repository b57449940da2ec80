"""Plots side by side: all words are inside the picture, and no room is wasted."""

import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from territory_kit.report.figures import Sheet
from territory_kit.report.layout import SideBySide

PAD_PX = 3 * 150 / 72


def laid_out(sheet: Sheet) -> list[Bbox]:
    """Lay a sheet out, and return the area of each plot with its words."""
    SideBySide().execute(sheet.canvas)
    areas = [ax.get_tightbbox() for ax in sheet.axes]
    return [area for area in areas if area is not None]


def test_names_and_titles_reach_to_the_edges_and_not_beyond() -> None:
    with Sheet(60) as sheet:
        ax = sheet.axes[0]
        ax.barh([0, 1], [900, 12_345])
        ax.set_yticks([0, 1], ["A territory with a long name", "Another"])
        ax.set_title("Title")
        ax.set_xlabel("Hours")
        area = laid_out(sheet)[0]
    whole = sheet.canvas.bbox
    assert area.x0 == pytest.approx(PAD_PX, abs=1)
    assert area.y0 == pytest.approx(PAD_PX, abs=1)
    assert area.x1 == pytest.approx(whole.width - PAD_PX, abs=3)
    assert area.y1 == pytest.approx(whole.height - PAD_PX, abs=1)


def test_the_places_are_those_of_constrained_layout() -> None:
    """It is the measure of what a layout must do; ours only asks less often."""
    places = []
    for engine in (SideBySide(), "constrained"):
        with Sheet(70, columns=2, sharey=True) as sheet:
            sheet.canvas.set_layout_engine(engine)
            for ax, factor in zip(sheet.axes, (1, 1_000), strict=True):
                ax.plot([1 * factor, 7 * factor], [0, 1])
                ax.set_yticks([0, 1], ["Lyon Est", "Grenoble et environs"])
                ax.set_title("Title")
                ax.set_xlabel("Hours")
            sheet.axes[0].set_ylabel("Cities")
            sheet.canvas.draw_without_rendering()
            places.append([ax.get_window_extent().extents for ax in sheet.axes])
    assert places[0] == [pytest.approx(place, abs=1) for place in places[1]]


def test_plots_side_by_side_are_equally_wide_and_do_not_touch() -> None:
    with Sheet(60, columns=2) as sheet:
        sheet.axes[1].set_yticks([0, 1], ["short", "a much longer name than the others"])
        first, second = laid_out(sheet)
        widths = [ax.get_window_extent().width for ax in sheet.axes]
    assert first.x1 < second.x0
    assert widths[0] == pytest.approx(widths[1])


def test_what_is_wider_than_a_plot_does_not_make_it_vanish() -> None:
    """The narrower the plot, the further a legend of one width sticks out of it."""
    widths = []
    for engine in (SideBySide(), "constrained"):
        with Sheet(60) as sheet:
            sheet.canvas.set_layout_engine(engine)
            sheet.axes[0].barh(["W" * 40], [1], label="a legend that is wider than what is left")
            sheet.axes[0].legend(loc="lower left", bbox_to_anchor=(0, 1))
            sheet.canvas.draw_without_rendering()
            widths.append(sheet.axes[0].get_window_extent().width)
    assert widths[0] == pytest.approx(widths[1], abs=2)


def test_words_that_stick_out_of_a_plot_are_inside_the_picture() -> None:
    """They stick out the more, the narrower the plot becomes to make room for them."""
    with Sheet(60) as sheet:
        sheet.axes[0].set_xlim(0, 1)
        sheet.axes[0].text(0.7, 0.5, "words " * 9)
        area = laid_out(sheet)[0]
    assert area.x1 <= sheet.canvas.bbox.width


def test_parts_of_a_picture_are_laid_out_on_their_own() -> None:
    """Long names in one part must not narrow the plots of another."""
    with Sheet(100) as sheet:
        sheet.axes[0].remove()
        wide, narrow = (
            part.subplots() for part in sheet.canvas.subfigures(2, 1, squeeze=False)[:, 0]
        )
        narrow.set_yticks([0, 1], ["a name", "a much longer name than in the other part"])
        SideBySide().execute(sheet.canvas)
        assert narrow.get_window_extent().width < 0.8 * wide.get_window_extent().width


def test_a_plot_without_room_for_its_words_stays_and_is_no_error() -> None:
    with Sheet(60) as sheet:
        sheet.axes[0].set_yticks([0, 1], ["x" * 400, "y"])
        before = sheet.axes[0].get_position().extents
        SideBySide().execute(sheet.canvas)
        assert sheet.axes[0].get_position().extents == pytest.approx(before)


def test_a_picture_without_plots_is_no_error() -> None:
    SideBySide().execute(Figure())

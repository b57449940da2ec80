"""A figure is a picture with words; the same drawing gives the same bytes."""

import io

import matplotlib as mpl
import numpy as np
from PIL import Image

from territory_kit.report.figures import Figure, Sheet, axes_or_new


def draw(title: str = "A finding") -> Figure:
    with Sheet(40) as sheet:
        sheet.axes[0].plot([0, 1], [0, 1], label="$x$ & <b>")
        sheet.axes[0].legend()
        return sheet.finish(title=title, caption="Two rows.", alt="Line plot.")


def pixels(figure: Figure) -> np.ndarray:
    with Image.open(io.BytesIO(figure.png)) as image:
        return np.asarray(image)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert draw().png == draw().png


def test_a_picture_names_no_program_and_no_time() -> None:
    """Either would change the bytes with the next version or the next run."""
    assert not [key for key in (b"Software", b"Date", b"tIME") if key in draw().png]


def test_words_from_outside_are_escaped() -> None:
    page = draw("<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_picture_is_described() -> None:
    assert 'alt="Line plot. A finding"' in draw()._repr_html_()


def test_a_figure_prints_as_its_finding_without_the_picture() -> None:
    assert repr(draw()) == "Figure('A finding')"


def test_drawing_leaves_the_settings_of_others_alone() -> None:
    before = dict(mpl.rcParams)
    draw()
    assert dict(mpl.rcParams) == before


def test_a_script_that_the_font_lacks_is_no_warning() -> None:
    """Warnings are errors in tests: a region of Japan must still be drawn."""
    with Sheet(40) as sheet:
        sheet.axes[0].set_title("東京")
        assert sheet.finish(title="東京", caption="", alt="").png


def test_a_plot_without_a_place_gets_one() -> None:
    ax = axes_or_new(None)
    assert ax.get_figure() is not None
    assert axes_or_new(ax) is ax


def test_a_picture_can_be_put_into_another() -> None:
    """10 mm are 59 dots; above and below, the other one stays."""
    part = draw()
    with Sheet(60, columns=0) as sheet:
        assert not sheet.axes
        sheet.paste(part, top_mm=10)
        whole = pixels(sheet.finish(title="", caption="", alt=""))
    assert (whole[59 : 59 + part.height_px] == pixels(part)).all()
    assert (whole[:59] == 255).all()
    assert (whole[59 + part.height_px :] == 255).all()

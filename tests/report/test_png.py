"""Pictures as files: any reader finds the same colours, and the file is small."""

import io

import numpy as np
from PIL import Image

from territory_kit.report.figures import Sheet
from territory_kit.report.png import as_png


def picture() -> np.ndarray:
    """Three rows of two pixels, each of another colour."""
    return np.arange(18, dtype=np.uint8).reshape(3, 2, 3) * 14


def test_the_colours_are_read_as_they_were_written() -> None:
    with Image.open(io.BytesIO(as_png(picture(), dots_per_inch=150))) as image:
        assert image.mode == "RGB"
        assert (np.asarray(image) == picture()).all()


def test_opacity_is_passed_over() -> None:
    """A renderer gives four channels; behind a report's picture there is nothing to see."""
    opaque = np.dstack([picture(), np.full((3, 2), 255, dtype=np.uint8)])
    assert as_png(opaque, dots_per_inch=150) == as_png(picture(), dots_per_inch=150)


def test_the_file_says_how_large_it_is_printed() -> None:
    """PNG counts in whole dots per metre."""
    with Image.open(io.BytesIO(as_png(picture(), dots_per_inch=150))) as image:
        assert [round(dots, 1) for dots in image.info["dpi"]] == [150.0, 150.0]


def test_a_chart_is_smaller_than_with_filtered_rows() -> None:
    with Sheet(60) as sheet:
        sheet.axes[0].barh([1, 2, 3], [30, 20, 10])
        sheet.axes[0].set_title("Some words over three bars")
        png = sheet.finish(title="", caption="", alt="").png
    filtered = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.save(filtered, "png", compress_level=1)
    assert len(png) < len(filtered.getvalue())

"""A small picture of a region's plan, taken from its executed notebooks.

Pillow comes with matplotlib, which draws nothing without it.
"""

import base64
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from territory_kit.render.outcome import THUMBNAIL_FILE

WIDEST_PX = 320
# A picture with few colours is a third of the size, and maps have few.
_COLOURS = 64
# The map before and after, wherever it was drawn last; else the plan on one page.
_PLACES = (
    ("05-review.ipynb", "map_before_after("),
    ("03-territories.ipynb", "map_before_after("),
    ("05-review.ipynb", "plot_plan("),
)
_PICTURE = re.compile(r'src="data:image/png;base64,([A-Za-z0-9+/=]+)"')


def write_thumbnail(folder: Path) -> None:
    """Write the map of a region, small enough for a page over all regions.

    Parameters
    ----------
    folder
        Folder of the region's report, with the executed notebooks; gets a PNG of at most 320 px
        width, or nothing where no picture can be read.
    """
    for picture in _pictures(folder):
        small = _shrunk(picture)
        if small:
            (folder / THUMBNAIL_FILE).write_bytes(small)
            return


def read_thumbnail(folder: Path) -> str:
    """Return the small map of a region.

    Parameters
    ----------
    folder
        Folder of the region's report.

    Returns
    -------
    str
        A PNG as a data address; empty where there is none.
    """
    try:
        small = (folder / THUMBNAIL_FILE).read_bytes()
    except OSError:
        return ""
    return f"data:image/png;base64,{base64.b64encode(small).decode('ascii')}"


def _pictures(folder: Path) -> Iterator[str]:
    for file, call in _PLACES:
        for cell in _cells(folder / file):
            if call in _text(cell.get("source")):
                yield from _pictures_of(cell)


def _cells(file: Path) -> list[dict[str, object]]:
    """Read the cells of a notebook; none where it is missing or something else."""
    try:
        content = json.loads(file.read_bytes())
        cells = content["cells"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _pictures_of(cell: dict[str, object]) -> Iterator[str]:
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        data = output.get("data") if isinstance(output, dict) else None
        shown = data.get("text/html") if isinstance(data, dict) else None
        yield from _PICTURE.findall(_text(shown))


def _text(lines: object) -> str:
    """Join a text that a notebook may hold as a list of lines."""
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")


def _shrunk(picture: str) -> bytes:
    """Draw a picture anew in a smaller size; empty when it is none."""
    try:
        with Image.open(BytesIO(base64.b64decode(picture)), formats=["PNG"]) as opened:
            image = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return b""
    if image.width > WIDEST_PX:
        height = max(1, round(image.height * WIDEST_PX / image.width))
        image = image.resize((WIDEST_PX, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    written = BytesIO()
    image.quantize(_COLOURS).save(written, format="PNG", optimize=True)
    return written.getvalue()

"""The figure that a notebook shows: a picture with its finding, caption and description.

Pictures are drawn without pyplot, so no figure is left open and no setting is changed for
others. The same table gives the same bytes.
"""

import base64
import html
import io
import warnings
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from PIL import Image

from territory_kit.report.colours import INK, RULE, SOFT_INK
from territory_kit.report.layout import SideBySide
from territory_kit.report.png import as_png

# The text width of an A4 page with 20 mm margins.
WIDTH_MM = 170.0
MM_PER_INCH = 25.4
DOTS_PER_INCH = 150
_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    # no ticks stand above a plot, so that nothing need be measured to find the title's place
    "axes.titley": 1.0,
    "axes.labelsize": 8.0,
    "axes.labelcolor": SOFT_INK,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.color": INK,
    "xtick.color": SOFT_INK,
    "ytick.color": INK,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 8.0,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    # a dollar sign in a name is a dollar sign
    "text.parse_math": False,
    # at this resolution letters look as well without being fitted to dots, which takes twice the
    # time and spaces them less evenly
    "text.hinting": "no_hinting",
    "legend.frameon": False,
    "legend.fontsize": 7.5,
}


@dataclass(frozen=True, repr=False)
class Figure:
    """A finished picture with the words that belong to it.

    Parameters
    ----------
    title
        The finding, as a sentence.
    caption
        What is shown, number of rows, source and date.
    alt
        What the picture looks like, for readers who do not see it.
    png
        The picture; empty when there is nothing to draw.
    width_px, height_px
        Size of the picture in pixels.
    """

    title: str
    caption: str
    alt: str
    png: bytes
    width_px: int
    height_px: int

    def __repr__(self) -> str:
        """Name the figure by its finding."""
        return f"Figure({self.title!r})"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png).decode("ascii")
        picture = (
            f'<img alt="{html.escape(self.alt)}" width="{self.width_px}" '
            f'height="{self.height_px}" style="max-width:100%;height:auto" '
            f'src="data:image/png;base64,{data}">'
        )
        return (
            '<figure class="tk-figure" style="margin:0 0 1em 0">'
            f'<p class="tk-title"><strong>{html.escape(self.title)}</strong></p>'
            f"{picture if self.png else ''}"
            f'<figcaption class="tk-caption"><small>{html.escape(self.caption)}</small>'
            "</figcaption></figure>"
        )


class Sheet:
    """An empty picture of the report's width and style: drawn on inside ``with``, then finished.

    Parameters
    ----------
    height_mm
        Height of the picture as printed.
    columns
        Number of plots side by side; none where the parts of the picture have their own.
    **options
        Further options of `matplotlib.figure.Figure.subplots`.
    """

    def __init__(self, height_mm: float, *, columns: int = 1, **options: Any) -> None:  # noqa: ANN401 - matplotlib checks them
        self._height_mm = height_mm
        self._columns = columns
        self._options = options
        self._style = ExitStack()
        self._pasted: list[tuple[Figure, float]] = []

    def __enter__(self) -> Self:
        """Make the empty picture and use the report's plot settings until the end."""
        self._style.enter_context(mpl.rc_context(_SETTINGS))
        # a name in a script that the font lacks is drawn as boxes; tables show it in full
        self._style.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        size = (WIDTH_MM / MM_PER_INCH, self._height_mm / MM_PER_INCH)
        self.canvas = Canvas(figsize=size, dpi=DOTS_PER_INCH, layout=SideBySide())
        self._agg = FigureCanvasAgg(self.canvas)
        self.axes: list[Axes] = []
        if self._columns:
            self.axes += list(
                self.canvas.subplots(1, self._columns, squeeze=False, **self._options)[0]
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the plot settings back as they were."""
        self._style.close()

    def paste(self, picture: Figure, *, top_mm: float) -> None:
        """Put a finished picture over what is drawn, across the whole width.

        Parameters
        ----------
        picture
            A picture of the report's width.
        top_mm
            Where its upper edge is, in mm from the upper edge of this picture.
        """
        self._pasted.append((picture, top_mm))

    def finish(self, *, title: str, caption: str, alt: str) -> Figure:
        """Return the finished figure.

        Parameters
        ----------
        title
            The finding, as a sentence.
        caption
            What is shown, number of rows, source and date.
        alt
            Kind of picture and what it shows; the title is added.

        Returns
        -------
        Figure
            The picture with its words.
        """
        # savefig would go through everything twice, the first time only to lay it out
        self._agg.draw()  # type: ignore[no-untyped-call]
        pixels = np.array(self._agg.buffer_rgba())[:, :, :3]  # type: ignore[no-untyped-call]
        for picture, top_mm in self._pasted:
            top = round(top_mm / MM_PER_INCH * DOTS_PER_INCH)
            with Image.open(io.BytesIO(picture.png)) as image:
                pixels[top : top + picture.height_px] = np.asarray(image)
        png = as_png(pixels, dots_per_inch=DOTS_PER_INCH)
        height, width = pixels.shape[:2]
        return Figure(title, caption, f"{alt} {title}", png, width, height)


def without_picture(*, title: str, caption: str) -> Figure:
    """Return the words of a figure that has nothing to draw.

    Parameters
    ----------
    title
        Why, as a sentence.
    caption
        What is left out, source and date.

    Returns
    -------
    Figure
        Words without a picture.
    """
    return Figure(title, caption, "", b"", 0, 0)


def axes_or_new(ax: Axes | None) -> Axes:
    """Return the plot to draw on, a new one in the report's style when none is given.

    Parameters
    ----------
    ax
        A plot, or None.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    if ax is not None:
        return ax
    with Sheet(80.0) as sheet:
        return sheet.axes[0]

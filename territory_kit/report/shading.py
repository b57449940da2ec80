"""Land shaded in the colour that most of the nearest accounts have; it serves the eye only."""

from functools import cached_property

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba_array
from scipy.spatial import cKDTree

from territory_kit.report.colours import MISSING_GREY
from territory_kit.report.projection import Frame

# Land further from any account than this share of the frame is not shaded.
_NEAR_SHARE = 0.06
_NEIGHBOURS = 5
# More would not be seen: edges are smoothed.
_SQUARES = 200
_SHADE_OPACITY = 0.22


class Land:
    """The land on a map, square by square; the accounts near each are looked up once.

    Parameters
    ----------
    points
        East and north of the accounts, km, shape (accounts, 2).
    frame
        What part of the flat map is drawn.
    """

    def __init__(self, points: np.ndarray, frame: Frame) -> None:
        self._points = points
        self._frame = frame
        self._step = frame.width_km / _SQUARES

    def shade(self, ax: Axes, inks: pd.Series) -> None:
        """Shade the land near accounts, below all else.

        Parameters
        ----------
        ax
            Plot to draw on.
        inks
            Colour of each account; land of grey ones stays white.
        """
        if not len(self._points):
            return
        away, rows = self._nearest
        codes, hues = pd.factorize(inks, sort=True)
        votes = np.stack([(codes[rows] == code).sum(axis=1) for code in range(len(hues))], axis=1)
        shades = to_rgba_array([*hues], alpha=_SHADE_OPACITY)
        shades[np.asarray(hues) == MISSING_GREY, 3] = 0.0
        picture = shades[votes.argmax(axis=1)]
        picture[away[:, 0] > _NEAR_SHARE * self._frame.width_km, 3] = 0.0
        ax.imshow(
            picture.reshape(len(self._north_km), len(self._east_km), 4),
            extent=(*self._frame.east_km, *self._frame.north_km),
            origin="lower",
            interpolation="bilinear",
            zorder=0,
        )

    @cached_property
    def _nearest(self) -> tuple[np.ndarray, np.ndarray]:
        """Return how far the nearest accounts of each square are, and which they are."""
        east, north = np.meshgrid(self._east_km, self._north_km)
        away, rows = cKDTree(self._points).query(
            np.column_stack([east.ravel(), north.ravel()]),
            k=range(1, min(_NEIGHBOURS, len(self._points)) + 1),
        )
        return away, rows

    @cached_property
    def _east_km(self) -> np.ndarray:
        return np.arange(
            self._frame.east_km[0] + self._step / 2, self._frame.east_km[1], self._step
        )

    @cached_property
    def _north_km(self) -> np.ndarray:
        low, high = self._frame.north_km
        return np.arange(low + self._step / 2, high, self._step)

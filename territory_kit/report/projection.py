"""From degrees to kilometres on a flat map of one region.

The projection is azimuthal equidistant about the middle of the region: distances from the middle
are true, others within one per cent up to 600 km away. It serves pictures only; workload uses
great-circle distances.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EARTH_RADIUS_KM = 6371.0
ROOM_SHARE = 0.06
SMALLEST_ROOM_KM = 5.0


@dataclass(frozen=True)
class LocalMap:
    """A flat map about one point.

    Parameters
    ----------
    lat_deg, lon_deg
        The middle, which lies at 0, 0.
    """

    lat_deg: float
    lon_deg: float

    def to_km(self, lat_deg: Floats, lon_deg: Floats) -> tuple[Floats, Floats]:
        """Return kilometres east and north of the middle.

        Parameters
        ----------
        lat_deg, lon_deg
            Degrees, shape ``(n,)``; missing ones stay missing.

        Returns
        -------
        tuple of numpy.ndarray
            East and north, each of shape ``(n,)``.
        """
        lat, middle = np.radians(lat_deg), np.radians(self.lat_deg)
        east = np.radians(lon_deg - self.lon_deg)
        cosine = np.sin(middle) * np.sin(lat) + np.cos(middle) * np.cos(lat) * np.cos(east)
        angle = np.arccos(np.clip(cosine, -1.0, 1.0))
        # angle / sin(angle) tends to 1 at the middle; np.sinc is sin(pi x) / (pi x)
        scale = EARTH_RADIUS_KM / np.sinc(angle / np.pi)
        north = np.cos(middle) * np.sin(lat) - np.sin(middle) * np.cos(lat) * np.cos(east)
        return scale * np.cos(lat) * np.sin(east), scale * north


def map_about(lat_deg: Floats, lon_deg: Floats) -> LocalMap:
    """Return a flat map about the middle of the places given.

    Parameters
    ----------
    lat_deg, lon_deg
        Degrees, shape ``(n,)``; missing ones are passed over.

    Returns
    -------
    LocalMap
        A map about 0, 0 when there is no place.
    """
    is_known = np.isfinite(lat_deg) & np.isfinite(lon_deg)
    if not is_known.any():
        return LocalMap(0.0, 0.0)
    lon = np.radians(lon_deg[is_known])
    # the mean direction, so that a region across the date line stays in one piece
    middle = np.arctan2(np.sin(lon).mean(), np.cos(lon).mean())
    return LocalMap(float(np.median(lat_deg[is_known])), float(np.degrees(middle)))


@dataclass(frozen=True)
class Frame:
    """The part of a flat map that is drawn.

    Parameters
    ----------
    flat
        The flat map.
    east_km, north_km
        Edges of the frame, low and high.
    """

    flat: LocalMap
    east_km: tuple[float, float]
    north_km: tuple[float, float]

    @property
    def width_km(self) -> float:
        """Width of the frame."""
        return self.east_km[1] - self.east_km[0]

    @property
    def height_km(self) -> float:
        """Height of the frame."""
        return self.north_km[1] - self.north_km[0]


def frame_around(lat_deg: Floats, lon_deg: Floats, *, flattest: float, tallest: float) -> Frame:
    """Return a frame with some room around the places given.

    Parameters
    ----------
    lat_deg, lon_deg
        Degrees, shape ``(n,)``; missing ones are passed over.
    flattest, tallest
        Least and largest height of the frame as a share of its width.

    Returns
    -------
    Frame
        Ten kilometres wide at least.
    """
    flat = map_about(lat_deg, lon_deg)
    east, north = (_edges(values) for values in flat.to_km(lat_deg, lon_deg))
    frame = Frame(flat, east, north)
    missing_height = max(0.0, flattest * frame.width_km - frame.height_km)
    missing_width = max(0.0, frame.height_km / tallest - frame.width_km)
    return Frame(flat, _wider(east, missing_width), _wider(north, missing_height))


def _edges(values: Floats) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
    return _wider((low, high), 2 * max(ROOM_SHARE * (high - low), SMALLEST_ROOM_KM))


def _wider(edges: tuple[float, float], more: float) -> tuple[float, float]:
    return edges[0] - more / 2, edges[1] + more / 2

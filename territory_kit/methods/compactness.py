"""How close the accounts of a territory lie together, measured on points, never on drawn shapes."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError

Floats = NDArray[np.float64]


def weighted_centre_km(positions_km: Floats, weights: Floats) -> Floats:
    """Compute the weighted mean position of points.

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over.
    weights
        Shape (n,), 0 or more; all zero means equal weights.

    Returns
    -------
    numpy.ndarray
        Position in km, shape (2,); nan when no point is known.
    """
    known = np.isfinite(positions_km).all(axis=1)
    if not known.any():
        return np.full(2, np.nan)
    kept = weights[known] if weights[known].sum() > 0 else np.ones(int(known.sum()))
    return np.asarray(np.average(positions_km[known], axis=0, weights=kept))


def mean_distance_km(positions_km: Floats, weights: Floats, centre_km: Floats) -> float:
    """Compute the weighted mean straight distance to a centre in km.

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over.
    weights
        Shape (n,), 0 or more.
    centre_km
        Centre or home, shape (2,).

    Returns
    -------
    float
        Kilometres; nan when no weighted point is known.
    """
    distances = np.hypot(*(positions_km - centre_km).T)
    known = np.isfinite(distances) & (weights > 0)
    if not known.any():
        return float("nan")
    return float(np.average(distances[known], weights=weights[known]))


def overlap_share(positions_km: Floats, labels: NDArray[np.int64]) -> float:
    """Compute the share of points that lie inside the hull of another territory.

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over.
    labels
        Territory of each point, shape (n,), from 0; -1 for points in no territory.

    Returns
    -------
    float
        Share from 0 to 1; 0 when no point is known.
    """
    known = np.isfinite(positions_km).all(axis=1) & (labels >= 0)
    return float(flag_overlaps(positions_km, labels)[known].mean()) if known.any() else 0.0


def flag_overlaps(positions_km: Floats, labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Flag the points that lie inside the hull of another territory.

    Parameters
    ----------
    positions_km
        Points in a plane, km, shape (n, 2); rows with nan are passed over.
    labels
        Territory of each point, shape (n,), from 0; -1 for points in no territory.

    Returns
    -------
    numpy.ndarray
        True inside another one's hull, shape (n,); False where a point or its territory is unknown.
    """
    known = np.isfinite(positions_km).all(axis=1) & (labels >= 0)
    points, owners = positions_km[known], labels[known]
    inside = np.zeros(len(points), dtype=bool)
    for owner in np.unique(owners):
        others = owners != owner
        inside[others] |= _inside_hull(points[others], points[~others])
    flags = np.zeros(len(labels), dtype=bool)
    flags[known] = inside
    return flags


def _inside_hull(points: Floats, corners: Floats) -> NDArray[np.bool_]:
    try:
        return np.asarray(Delaunay(corners).find_simplex(points) >= 0)
    except (QhullError, ValueError):  # fewer than three corners, or all on one line
        return np.zeros(len(points), dtype=bool)

"""How well a rep fits a territory: skills against needs, and the way from home."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def skill_fit(needs: Floats, skills: Floats) -> Floats:
    """Compute how far skills meet needs; shortage counts, surplus does not.

    Parameters
    ----------
    needs
        Need of each territory for each skill, 0 to 1, shape (n_territories, n_skills).
    skills
        Strength of each rep at each skill, 0 to 1, shape (n_reps, n_skills).

    Returns
    -------
    numpy.ndarray
        Fit from 0 to 1, shape (n_territories, n_reps); 1 where a territory needs nothing.
    """
    wanted = needs.sum(axis=1, keepdims=True)
    met = np.minimum(needs[:, None, :], skills[None, :, :]).sum(axis=2)
    return np.asarray(np.divide(met, wanted, out=np.ones(met.shape), where=wanted > 0))


def nearness(distances_km: Floats, far_km: float) -> Floats:
    """Turn the way from home to a territory into a fit.

    Parameters
    ----------
    distances_km
        Straight distances in km, any shape; nan where a home is unknown.
    far_km
        Distance at which a home no longer counts as near, above 0.

    Returns
    -------
    numpy.ndarray
        1 at home, 0 from ``far_km`` on, straight between; 0.5 where the home is unknown.
    """
    return np.where(np.isnan(distances_km), 0.5, np.clip(1 - distances_km / far_km, 0, 1))

"""How well a rep fits a territory: skills against needs, gates, known customers, way from home.

A gate is something that no skill makes up for, such as a language or a licence.
"""

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError

# Fit of a home that nobody knows: neither near nor far.
UNKNOWN_HOME_FIT = 0.5

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Texts = NDArray[np.object_]


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


def level_fit(weights: Floats, levels: Floats, skills: Floats) -> Floats:
    """Compute how far skills reach the levels asked for, where weight and level differ.

    Parameters
    ----------
    weights
        How much each skill matters in each territory, 0 or more, shape (n_territories, n_skills).
    levels
        Level at which a skill suffices, 0 to 1, same shape; 0 is always reached.
    skills
        Strength of each rep at each skill, 0 to 1, shape (n_reps, n_skills).

    Returns
    -------
    numpy.ndarray
        Fit from 0 to 1, shape (n_territories, n_reps); 1 where nothing matters.

    Raises
    ------
    ParameterError
        A weight is below 0, or a level or skill is not between 0 and 1.

    Notes
    -----
    Shortage counts in step with what is missing, surplus does not count. With weights equal to
    levels this is ``skill_fit``.
    """
    _check_from("A weight of a skill", weights, most=np.inf)
    _check_from("A level or skill", np.vstack([levels, skills]), most=1.0)
    short = np.maximum(levels[:, None, :] - skills[None, :, :], 0.0)
    asked = np.broadcast_to(levels[:, None, :], short.shape)
    missing = np.divide(short, asked, out=np.zeros(short.shape), where=asked > 0)
    lost = (weights[:, None, :] * missing).sum(axis=2)
    total = np.broadcast_to(weights.sum(axis=1, keepdims=True), lost.shape)
    # a sum of parts may end a rounding error beyond the whole
    share = np.divide(lost, total, out=np.zeros(lost.shape), where=total > 0)
    return np.asarray(np.clip(1 - share, 0, 1))


def failed_gates(required: Bools, held: Bools, names: tuple[str, ...]) -> Texts:
    """Name the gates of each territory that each rep does not pass.

    Parameters
    ----------
    required
        Whether each territory asks for each gate, shape (n_territories, n_gates).
    held
        Whether each rep passes each gate, shape (n_reps, n_gates).
    names
        Names of the gates, as the reader knows them.

    Returns
    -------
    numpy.ndarray
        Names joined by commas, in the order given, shape (n_territories, n_reps); empty where all
        gates are passed.

    Raises
    ------
    ParameterError
        There is not one name for each gate.

    Examples
    --------
    >>> asks, has = np.array([[True, False]]), np.array([[False, True], [True, True]])
    >>> failed_gates(asks, has, ("French", "licence")).tolist()
    [['French', '']]
    """
    if not required.shape[1] == held.shape[1] == len(names):
        raise ParameterError(
            "Gates of territories, gates of reps and names of gates differ in number",
            value=f"{required.shape[1]}, {held.shape[1]} and {len(names)}",
            remedy="Give one column per gate in both tables, and its name.",
        )
    fails = required[:, None, :] & ~held[None, :, :]
    found = np.empty(fails.shape[:2], dtype=object)
    for place in np.ndindex(found.shape):
        found[place] = ", ".join(names[gate] for gate in np.flatnonzero(fails[place]))
    return found


def rep_fit(
    skill_fits: Floats,
    failed: Texts,
    *,
    relation_shares: Floats,
    relation_bonus_share: float,
    home_fits: Floats,
) -> Floats:
    """Combine skills, gates, known customers and the way from home into one fit.

    Parameters
    ----------
    skill_fits
        Fit of skills, 0 to 1, shape (n_territories, n_reps).
    failed
        Names of the gates not passed, same shape, empty where all are.
    relation_shares
        Part of the territory that knows the rep, such as the share of its revenue, 0 to 1, same
        shape.
    relation_bonus_share
        What being known by all adds to the fit, 0 or more; 0.2 adds a fifth.
    home_fits
        Fit of the way from home, 0 to 1, same shape.

    Returns
    -------
    numpy.ndarray
        Product of the parts, 0 to 1 + the bonus, shape (n_territories, n_reps); 0 where a gate is
        not passed.

    Raises
    ------
    ParameterError
        A share is not between 0 and 1, or the bonus is below 0.
    """
    _check_from("A fit or known share", np.stack([skill_fits, relation_shares, home_fits]), most=1)
    _check_from("The bonus for known customers", np.array(relation_bonus_share), most=np.inf)
    whole = skill_fits * (1 + relation_bonus_share * relation_shares) * home_fits
    return np.where(failed == "", whole, 0.0)


def distance_decay(distances_km: Floats, half_km: float) -> Floats:
    """Turn the way from home to a territory into a fit that halves again and again.

    Parameters
    ----------
    distances_km
        Distances in km, 0 or more, any shape; nan where a home is unknown.
    half_km
        Distance at which half the fit is left, above 0.

    Returns
    -------
    numpy.ndarray
        1 at home, 0.5 after ``half_km``, 0.25 after twice as far; 0.5 where the home is unknown.

    Raises
    ------
    ParameterError
        The distance of half the fit is not above 0.

    Notes
    -----
    Unlike ``nearness`` it never reaches 0: a far territory is a poor fit, not an impossible one.
    """
    if not half_km > 0:
        raise ParameterError(
            "The distance at which half the fit is left must be above 0",
            value=f"{half_km:g} km",
            where="half_km",
            remedy="Give for example 100.",
        )
    return np.where(np.isnan(distances_km), UNKNOWN_HOME_FIT, 0.5 ** (distances_km / half_km))


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
    is_unknown = np.isnan(distances_km)
    return np.where(is_unknown, UNKNOWN_HOME_FIT, np.clip(1 - distances_km / far_km, 0, 1))


def _check_from(name: str, values: Floats, *, most: float) -> None:
    """Refuse what is unknown, below 0 or above the most."""
    wrong = values[~((values >= 0) & (values <= most) & np.isfinite(values))]
    if len(wrong):
        wanted = "0 or more" if most == np.inf else f"between 0 and {most:g}"
        raise ParameterError(
            f"{name} is not {wanted}",
            value=f"{wrong[0]:g}",
            remedy="Correct it, or give 0 where it is unknown.",
        )

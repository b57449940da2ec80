"""Wishes of reps: which territories they would like, and a matching that nobody would leave.

Wishes stand in the reps input, best first, separated by semicolons. After the territories named
come all others by fit; who names none ranks by fit alone.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from territory_kit.errors import list_ids
from territory_kit.methods.stable_matching import stable_pairs
from territory_kit.options import RepsOptions

_COLUMN = "preferred_territory_ids"


def read_wishes(people: pd.DataFrame) -> dict[str, list[str]]:
    """Read the territories that each rep names, best first, each once.

    Parameters
    ----------
    people
        Reps: ``rep_id``; ``preferred_territory_ids`` where it is given.

    Returns
    -------
    dict
        Identifiers of territories by rep; reps without wishes are left out.
    """
    if _COLUMN not in people:
        return {}
    named = people.dropna(subset=[_COLUMN])
    lists = {
        str(rep): [part.strip() for part in str(text).split(";") if part.strip()]
        for rep, text in zip(named["rep_id"], named[_COLUMN], strict=True)
    }
    return {rep: list(dict.fromkeys(wishes)) for rep, wishes in lists.items() if wishes}


def match_by_wishes(
    gains: np.ndarray, territories: list[str], reps: list[str], wishes: Mapping[str, list[str]]
) -> list[tuple[int, int]]:
    """Match reps, who ask, to territories, which take the rep who fits best.

    Parameters
    ----------
    gains
        Fit of each pair, shape (n_territories, n_reps); nan forbids the pair.
    territories, reps
        Identifiers of the rows and of the columns.
    wishes
        From `read_wishes`.

    Returns
    -------
    list of tuple of int
        Row and column of each pair, sorted. Nobody goes without who could have a territory.
    """
    asking = {
        rep: _ranked(gains[:, r], territories, wishes.get(rep, [])) for r, rep in enumerate(reps)
    }
    asked = {name: _ranked(gains[t], reps, []) for t, name in enumerate(territories)}
    found = stable_pairs(asking, asked)
    return sorted((territories.index(name), reps.index(rep)) for rep, name in found.items())


def say_matching(people: pd.DataFrame, settings: RepsOptions) -> str:
    """Say how free reps and territories come together.

    Parameters
    ----------
    people
        Reps who stay.
    settings
        Options of step 4.

    Returns
    -------
    str
        The second half of a sentence.
    """
    if settings.matching == "fit":
        return "free reps go where the sum of fits is largest"
    words = (
        "free reps ask for the territories they wish for, then by fit, and each territory takes "
        "the best fit of those who ask, so that no two would rather have each other"
    )
    return words if read_wishes(people) else f"{words}; no rep has named a wish"


def say_unknown_wishes(
    people: pd.DataFrame, territory_ids: Collection[str], settings: RepsOptions
) -> tuple[str, ...]:
    """Name the wishes for territories that the proposal does not have.

    Parameters
    ----------
    people
        Reps who stay.
    territory_ids
        Territories of the proposal.
    settings
        Options of step 4.

    Returns
    -------
    tuple of str
        One sentence; none where all are known, or wishes are not asked.
    """
    wished = {name for wishes in read_wishes(people).values() for name in wishes}
    unknown = sorted(wished - set(territory_ids))
    if settings.matching == "fit" or not unknown:
        return ()
    names = list_ids(unknown)
    return (f"Reps wish for territories that the proposal does not have: {names}.",)


def _ranked(gains: np.ndarray, names: list[str], first: list[str]) -> list[str]:
    """Rank those that are allowed: the named ones, then by fit, equals by name."""
    allowed = {name: gain for name, gain in zip(names, gains, strict=True) if not np.isnan(gain)}
    rest = sorted(allowed, key=lambda name: (-allowed[name], name))
    return list(dict.fromkeys([*(name for name in first if name in allowed), *rest]))

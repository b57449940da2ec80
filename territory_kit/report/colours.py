"""Colours: one for each territory, the same in every figure, distinct for colour-blind readers.

The ten hues are Paul Tol's "muted" scheme with one blue more, ordered so that neighbours differ
in lightness as well. Beyond ten territories colours repeat and labels tell them apart.
"""

from collections.abc import Iterable
from types import MappingProxyType

INK = "#1f2933"
SOFT_INK = "#52606d"
RULE = "#cbd2d9"
MISSING_GREY = "#9aa5b1"
BAND = "#e4e7eb"
ACCENT = "#1b4f72"
LIGHT_ACCENT = "#a9c6dc"
# Diverging about the target: too little is blue, too much is orange, both safe for the
# colour-blind; what is inside the tolerance stays dark and quiet.
BELOW = "#2f7ebc"
ABOVE = "#d95f0e"
INSIDE = "#3e4c59"
CLASS_COLOURS = MappingProxyType({"A": "#1b4f72", "B": "#6c9bbd", "C": "#cfdfea"})

TERRITORY_COLOURS = (
    "#332288",
    "#cc6677",
    "#117733",
    "#ddcc77",
    "#4477aa",
    "#882255",
    "#44aa99",
    "#999933",
    "#88ccee",
    "#aa4499",
)


def territory_colours(territory_ids: Iterable[str]) -> dict[str, str]:
    """Give each territory of a region its colour.

    Parameters
    ----------
    territory_ids
        All territories of the region, today's and proposed, in any order.

    Returns
    -------
    dict of str
        Colour by territory id, as hexadecimal text.

    Examples
    --------
    >>> territory_colours(["T2", "T1"]) == territory_colours(["T1", "T2"])
    True
    """
    ordered = sorted(set(territory_ids))
    return {t: TERRITORY_COLOURS[i % len(TERRITORY_COLOURS)] for i, t in enumerate(ordered)}


def deviation_colour(index: float, tolerance_share: float) -> str:
    """Return the colour of an index: below, inside or above the tolerance.

    Parameters
    ----------
    index
        100 stands for the target.
    tolerance_share
        Allowed deviation from the target.

    Returns
    -------
    str
        Colour as hexadecimal text.
    """
    # half a point of slack: the index is rounded when it is shown
    if index < 100 * (1 - tolerance_share) - 0.5:
        return BELOW
    return ABOVE if index > 100 * (1 + tolerance_share) + 0.5 else INSIDE

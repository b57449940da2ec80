"""What is asked: which plans and regions, and between what the uncertain constants lie."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from territory_kit.errors import ParameterError

# Least and greatest value that each constant may have at all.
LIMITS = {
    "circuity": (1.0, 3.0),
    "loss_share": (0.0, 1.0),
    "margin_share": (0.0, 1.0),
}
_FEWEST_PLANS = 2


@dataclass(frozen=True)
class Request:
    """A comparison that was asked for.

    Parameters
    ----------
    folders
        Folders of two plans or more; the others are measured against the first one.
    regions
        Names of the regions; empty: all.
    ranges
        Least and greatest value of constants by name; others have the usual range.
    may_differ
        Whether plans with different inputs may be compared.
    """

    folders: tuple[Path, ...]
    regions: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    may_differ: bool = False


def make_request(
    folders: Sequence[Path],
    *,
    regions: Sequence[str] = (),
    ranges: Mapping[str, str | None],
    may_differ: bool = False,
) -> Request:
    """Check what is asked before any plan is opened.

    Parameters
    ----------
    folders
        Folders of the plans.
    regions
        Names of the regions; empty: all.
    ranges
        By name of the constant, its least and greatest value as ``LOW:HIGH``; None: the usual
        range.
    may_differ
        Whether plans with different inputs may be compared.

    Returns
    -------
    Request
        Ready to be compared.

    Raises
    ------
    ParameterError
        When there are fewer than two plans, one is given twice, or a range is none.
    """
    resolved = [folder.resolve() for folder in folders]
    if len(resolved) < _FEWEST_PLANS:
        raise ParameterError(
            "One plan has nothing to be compared with",
            value=", ".join(map(str, folders)),
            remedy="Give two plans or more: the first one is what the others are measured against.",
        )
    twice = [
        str(given) for given, one in zip(folders, resolved, strict=True) if _is_twice(one, resolved)
    ]
    if twice:
        raise ParameterError(
            "A plan is given twice",
            value=", ".join(dict.fromkeys(twice)),
            remedy="Give each plan once.",
        )
    return Request(
        folders=tuple(resolved),
        regions=tuple(dict.fromkeys(regions)),
        ranges={name: _read_range(name, text) for name, text in ranges.items() if text is not None},
        may_differ=may_differ,
    )


def _is_twice(folder: Path, folders: Sequence[Path]) -> bool:
    return folders.count(folder) > 1


def _read_range(name: str, text: str) -> tuple[float, float]:
    least, greatest = LIMITS[name]
    try:
        low, high = (float(part) for part in text.split(":"))
    except ValueError:
        low = high = math.nan
    if not least <= low <= high <= greatest:
        raise ParameterError(
            f"This is no range of {name}",
            value=text,
            remedy=f"Give its least and its greatest value, between {least:g} and {greatest:g}, "
            "as LOW:HIGH.",
        )
    return low, high

"""Hand a goal down a hierarchy, each level with what it adds for safety."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from territory_kit.errors import ParameterError, list_ids
from territory_kit.methods.quota_sharing import (
    check_ids,
    checked_amounts,
    round_half_up,
    share_goal,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Stands for the company, above all members.
_COMPANY = -1


@dataclass(frozen=True, eq=False)
class WaterfallQuotas:
    """A goal handed down a hierarchy.

    Parameters
    ----------
    amounts
        Quota of each member, shape (n_members,), whole units of currency, 0 or more.
    handed_down
        Sum of the quotas of each member's children, shape (n_members,); 0 without children.
    is_even
        Whether the bases of the member and of all its siblings were 0, shape (n_members,).
    """

    amounts: Ints
    handed_down: Ints
    is_even: Bools


def waterfall_quotas(
    ids: Sequence[str],
    parents: Sequence[str | None],
    base: Floats,
    goal_amount: int,
    *,
    over_assignment: Sequence[float] = (),
) -> WaterfallQuotas:
    """Hand a goal down a hierarchy, level by level, in whole units of currency.

    Parameters
    ----------
    ids
        Identifier of each member of the hierarchy, at least one, each once.
    parents
        Identifier of each member's parent; None at the top, where members share the goal itself.
    base
        What siblings are shared by, shape (n_members,), 0 or more; nan for a parent whose base is
        the sum of its children's.
    goal_amount
        Goal of the company, whole units of currency, 0 to 10^14.
    over_assignment
        What each level hands down beyond its own quota, as a share of it, 0 or more, from the top;
        one for each level that has children, or none at all.

    Returns
    -------
    WaterfallQuotas
        Quotas; those at the top add up to the goal, children to what their parent hands down,
        rounded to the nearest unit.

    Raises
    ------
    ParameterError
        When identifiers repeat, a parent is unknown or its own descendant, a base is missing, or
        goal or over-assignment are not as above.

    References
    ----------
    Oracle, "Quota Planning Methodologies", Sales Planning Cloud: waterfall planning.
    """
    check_ids(ids)
    families = _families(ids, parents)
    known = _sum_up(checked_amounts("base", base, ids, may_lack=True), ids, families)
    levels = _levels(families)
    extra = _extra_by_level(
        over_assignment, count=len({levels[p] for p in families if p != _COMPANY})
    )
    amounts, handed_down = np.zeros((2, len(ids)), dtype=np.int64)
    is_even = np.zeros(len(ids), dtype=bool)
    for parent, kids in families.items():
        handed = goal_amount
        if parent != _COMPANY:
            handed = round_half_up(int(amounts[parent]) * (1 + extra[levels[parent]]))
            handed_down[parent] = handed
        amounts[kids] = share_goal([ids[kid] for kid in kids], known[kids], handed)
        is_even[kids] = not known[kids].any()
    return WaterfallQuotas(amounts, handed_down, is_even)


def _families(ids: Sequence[str], parents: Sequence[str | None]) -> dict[int, list[int]]:
    """Return the children of each parent by position, parents from the top down."""
    places = {identifier: place for place, identifier in enumerate(ids)}
    unknown = sorted({parent for parent in parents if parent is not None and parent not in places})
    if len(parents) != len(ids) or unknown:
        raise ParameterError(
            "A parent is no member of the hierarchy",
            value=list_ids(unknown) if unknown else f"{len(parents)} parents",
            where="parents",
            remedy=f"Give each of the {len(ids)} members a parent among them, or none at the top.",
        )
    children: dict[int, list[int]] = {}
    for place, parent in enumerate(parents):
        children.setdefault(_COMPANY if parent is None else places[parent], []).append(place)
    families: dict[int, list[int]] = {}
    reached = [_COMPANY]
    for member in reached:
        if kids := children.get(member):
            families[member] = kids
            reached.extend(kids)
    if lost := sorted(set(range(len(ids))) - set(reached)):
        raise ParameterError(
            "Members of the hierarchy are not below its top",
            value=list_ids([ids[place] for place in lost]),
            where="parents",
            remedy="Let no member be its own parent, neither directly nor through others.",
        )
    return families


def _levels(families: dict[int, list[int]]) -> dict[int, int]:
    """Return the level of each member, 0 at the top."""
    levels = {_COMPANY: -1}
    for parent, kids in families.items():
        levels |= dict.fromkeys(kids, levels[parent] + 1)
    return levels


def _sum_up(base: Floats, ids: Sequence[str], families: dict[int, list[int]]) -> Floats:
    """Fill the bases of parents that have none, from the bottom up."""
    childless = [place for place in range(len(ids)) if place not in families]
    checked_amounts("base", base[childless], [ids[place] for place in childless])
    filled = base.copy()
    for parent, kids in reversed(families.items()):
        if parent != _COMPANY and np.isnan(base[parent]):
            filled[parent] = math.fsum(filled[kids])
    return filled


def _extra_by_level(shares: Sequence[float], *, count: int) -> list[Fraction]:
    """Return over-assignments as the numbers that were typed, for exact rounding."""
    is_right = all(0 <= share < math.inf for share in shares)
    if not is_right or len(shares) not in {0, count}:
        raise ParameterError(
            "Over-assignment does not suit the hierarchy",
            value=", ".join(f"{share:g}" for share in shares),
            where="over_assignment",
            remedy=f"Give a share of 0 or more for each of the {count} levels that hand down: "
            "5 % is 0.05.",
        )
    return [Fraction(str(float(share))) for share in shares or [0.0] * count]

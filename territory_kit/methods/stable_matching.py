"""Match two sides by their wishes so that no two would rather have each other.

One side asks, the other one decides. Of all stable matchings the one found is the best for everyone
who asks and the worst for everyone who is asked, so say which side asked.
"""

from collections.abc import Mapping, Sequence

from territory_kit.errors import ParameterError, list_ids

Wishes = Mapping[str, Sequence[str]]


def stable_pairs(asking: Wishes, asked: Wishes) -> dict[str, str]:
    """Match those who ask to those who are asked by deferred acceptance.

    Parameters
    ----------
    asking
        For each who asks, such as a rep, the acceptable partners, best first. A list may be
        incomplete or empty: who is not on it is not acceptable.
    asked
        For each who is asked, such as a manager or territory, the acceptable partners, best first.

    Returns
    -------
    dict of str
        Partner of each who asks, sorted; who finds none is left out. The order of the mappings
        changes nothing.

    Raises
    ------
    ParameterError
        A list names someone twice or someone who has no list on the other side.

    References
    ----------
    Gale, D., Shapley, L. S. (1962), "College Admissions and the Stability of Marriage", The
    American Mathematical Monthly 69(1), doi:10.1080/00029890.1962.11989827.

    Examples
    --------
    >>> stable_pairs({"A": ["X", "Y"], "B": ["X"]}, {"X": ["B", "A"], "Y": ["A"]})
    {'A': 'Y', 'B': 'X'}
    """
    _check(asking, asked)
    places = {name: _places(wishes) for name, wishes in asked.items()}
    held: dict[str, str] = {}
    tried = dict.fromkeys(asking, 0)
    free = list(asking)
    while free:
        one = free.pop()
        if tried[one] == len(asking[one]):
            continue
        other = asking[one][tried[one]]
        tried[one] += 1
        rival = held.get(other)
        if one not in places[other]:
            free.append(one)
        elif rival is None:
            held[other] = one
        elif places[other][one] < places[other][rival]:
            held[other] = one
            free.append(rival)
        else:
            free.append(one)
    return dict(sorted((one, other) for other, one in held.items()))


def blocking_pairs(
    pairs: Mapping[str, str], asking: Wishes, asked: Wishes
) -> list[tuple[str, str]]:
    """Find the two who would both rather have each other than what the matching gives them.

    Parameters
    ----------
    pairs
        Partner of each who asks; who is missing has none.
    asking, asked
        Acceptable partners of both sides, best first.

    Returns
    -------
    list of tuple of str
        Who asks and who is asked, sorted; empty for a stable matching.

    Raises
    ------
    ParameterError
        A list or a pair names someone unknown or someone twice.
    """
    _check(asking, asked)
    _check_pairs(pairs, asking, asked)
    partner = {other: one for one, other in pairs.items()}
    return sorted(
        (one, other)
        for one, wishes in asking.items()
        for other in wishes
        if one in asked[other]
        and _is_better(other, pairs.get(one), wishes)
        and _is_better(one, partner.get(other), asked[other])
    )


def _is_better(offered: str, present: str | None, wishes: Sequence[str]) -> bool:
    """Tell whether an acceptable partner is preferred to the present one, or to none."""
    if present is None or present not in wishes:
        return True
    return wishes.index(offered) < wishes.index(present)


def _places(wishes: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(wishes)}


def _check(asking: Wishes, asked: Wishes) -> None:
    for wishes_by_name, others, side in ((asking, asked, "ask"), (asked, asking, "are asked")):
        for name, wishes in wishes_by_name.items():
            unknown = [wish for wish in wishes if wish not in others]
            if unknown:
                raise ParameterError(
                    "A list of wishes names someone who has no list on the other side",
                    value=list_ids(unknown),
                    where=f"list of {name}, among those who {side}",
                    remedy="Give the missing lists, empty ones if need be, or strike the names.",
                )
            if len(set(wishes)) < len(wishes):
                twice = [wish for wish in sorted(set(wishes)) if wishes.count(wish) > 1]
                raise ParameterError(
                    "A list of wishes names someone twice",
                    value=list_ids(twice),
                    where=f"list of {name}, among those who {side}",
                    remedy="Name each partner once, at the best place.",
                )


def _check_pairs(pairs: Mapping[str, str], asking: Wishes, asked: Wishes) -> None:
    unknown = [one for one in pairs if one not in asking]
    unknown += [other for other in pairs.values() if other not in asked]
    if unknown:
        raise ParameterError(
            "A pair names someone without a list of wishes",
            value=list_ids(unknown),
            where="pairs",
            remedy="Give the missing lists or strike the pairs.",
        )
    partners = list(pairs.values())
    if len(set(partners)) < len(partners):
        raise ParameterError(
            "Someone stands in two pairs",
            value=list_ids([name for name in sorted(set(partners)) if partners.count(name) > 1]),
            where="pairs",
            remedy="Leave one of the pairs.",
        )

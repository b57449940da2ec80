"""A goal handed down a hierarchy."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.quota_waterfall import WaterfallQuotas, waterfall_quotas

Floats = NDArray[np.float64]
NAN = float("nan")
# A head with two regions, one with two territories and one with one.
IDS = ["head", "north", "south", "N1", "N2", "S1"]
PARENTS = [None, "head", "head", "north", "north", "south"]
POTENTIAL = np.array([NAN, NAN, NAN, 30, 10, 60])


def by_id(quotas: WaterfallQuotas, ids: Sequence[str]) -> dict[str, int]:
    return dict(zip(ids, quotas.amounts.tolist(), strict=True))


def test_a_goal_runs_down_by_the_potential_of_what_lies_below() -> None:
    # north has 30 + 10, south 60: 400 and 600; in the north 300 and 100
    quotas = waterfall_quotas(IDS, PARENTS, POTENTIAL, 1000)
    assert quotas.amounts.tolist() == [1000, 400, 600, 300, 100, 600]
    assert quotas.handed_down.tolist() == [1000, 400, 600, 0, 0, 0]
    assert not quotas.is_even.any()


def test_each_level_may_hand_down_more_than_it_carries() -> None:
    # the head hands down 1050 by 4 to 6; regions 10 % more: 462 by 3 to 1, and 693
    quotas = waterfall_quotas(IDS, PARENTS, POTENTIAL, 1000, over_assignment=(0.05, 0.1))
    # 346.5 and 115.5: the unit goes to N1
    assert quotas.amounts.tolist() == [1000, 420, 630, 347, 115, 693]
    assert quotas.handed_down.tolist() == [1050, 462, 693, 0, 0, 0]


def test_what_a_level_adds_is_rounded_as_it_was_typed() -> None:
    # 250 · 1.1 · 1.02 = 280.5, halves up; 1.1 is not quite 1.1 in the computer
    quotas = waterfall_quotas(
        ["a", "b", "c"], [None, "a", "b"], np.ones(3), 250, over_assignment=(0.1, 0.02)
    )
    assert quotas.amounts.tolist() == [250, 275, 281]


def test_a_base_given_to_a_parent_counts_instead_of_its_childrens() -> None:
    base = np.array([NAN, 3, 1, 30, 10, 60])
    quotas = waterfall_quotas(IDS, PARENTS, base, 1000)
    assert by_id(quotas, IDS) == {
        "head": 1000,
        "north": 750,
        "south": 250,
        # 562.5 and 187.5
        "N1": 563,
        "N2": 187,
        "S1": 250,
    }


def test_several_at_the_top_share_the_goal() -> None:
    quotas = waterfall_quotas(["a", "b"], [None, None], np.array([3.0, 1]), 100)
    assert quotas.amounts.tolist() == [75, 25]
    assert quotas.handed_down.tolist() == [0, 0]


def test_branches_may_end_on_different_levels() -> None:
    # b has no children; a hands 75 down to c
    quotas = waterfall_quotas(
        ["a", "b", "c"], [None, None, "a"], np.array([NAN, 1, 3]), 100, over_assignment=(0.2,)
    )
    assert quotas.amounts.tolist() == [75, 25, 90]


def test_siblings_without_base_get_equal_parts_and_are_flagged() -> None:
    base = np.array([NAN, NAN, NAN, 0, 0, 60])
    quotas = waterfall_quotas(IDS, PARENTS, base, 1000)
    # the north has nothing to share by, hence no part of the goal either
    assert quotas.amounts.tolist() == [1000, 0, 1000, 0, 0, 1000]
    assert quotas.is_even.tolist() == [False, False, False, True, True, False]


def test_a_hierarchy_without_any_base_shares_evenly() -> None:
    quotas = waterfall_quotas(IDS, PARENTS, np.zeros(6), 1001)
    assert quotas.amounts.tolist() == [1001, 501, 500, 251, 250, 500]
    assert quotas.is_even.all()


def test_one_member_takes_the_goal_and_a_goal_of_0_leaves_nothing() -> None:
    assert waterfall_quotas(["a"], [None], np.array([5.0]), 77).amounts.tolist() == [77]
    assert not waterfall_quotas(IDS, PARENTS, POTENTIAL, 0).amounts.any()


def test_a_deep_hierarchy_is_no_trouble() -> None:
    ids = [f"L{level}" for level in range(3000)]
    quotas = waterfall_quotas(ids, [None, *ids[:-1]], np.array([NAN] * 2999 + [1.0]), 9)
    assert (quotas.amounts == 9).all()


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        pytest.param(
            ["x", "a", "y"],
            r"^A parent is no member of the hierarchy: x, y \(parents\)\. Give each of the 3 memb",
            id="unknown",
        ),
        pytest.param([None], "no member of the hierarchy: 1 parents", id="too few"),
        pytest.param(
            [None, "c", "b"],
            r"^Members of the hierarchy are not below its top: b, c \(parents\)\. Let no member",
            id="circle",
        ),
        pytest.param([None, "b", "a"], r"not below its top: b \(parents\)", id="its own parent"),
        pytest.param(["b", "c", "a"], "not below its top: a, b, c", id="no top"),
    ],
)
def test_a_hierarchy_that_hangs_in_the_air_is_refused(
    parents: list[str | None], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        waterfall_quotas(["a", "b", "c"], parents, np.ones(3), 10)


@pytest.mark.parametrize(
    "shares", [(0.05,), (0.05, 0.05, 0.05), (-0.05, 0), (NAN, 0), (float("inf"), 0)]
)
def test_over_assignment_must_suit_the_levels(shares: tuple[float, ...]) -> None:
    message = (
        r"^Over-assignment does not suit the hierarchy: .* \(over_assignment\)\. "
        r"Give a share of 0 or more for each of the 2 levels that hand down: 5 % is 0\.05\.$"
    )
    with pytest.raises(ParameterError, match=message):
        waterfall_quotas(IDS, PARENTS, POTENTIAL, 1000, over_assignment=shares)


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        (NAN, r"^An amount is unusable: N2 \(base\)\. Give 0 or more; what is unknown is not 0\.$"),
        (-1.0, r"^An amount is unusable: N2 \(base\)\. Give 0 or more\.$"),
    ],
)
def test_who_has_no_children_needs_a_base(odd: float, message: str) -> None:
    base = POTENTIAL.copy()
    base[4] = odd
    with pytest.raises(ParameterError, match=message):
        waterfall_quotas(IDS, PARENTS, base, 1000)


def test_an_identifier_stands_once_in_the_whole_hierarchy() -> None:
    with pytest.raises(ParameterError, match=r"^Identifiers repeat: b \(ids\)"):
        waterfall_quotas(["a", "b", "b"], [None, "a", "b"], np.ones(3), 10)


def test_a_goal_that_grows_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(ParameterError, match="The goal is no whole amount of money that can be"):
        waterfall_quotas(["a", "b"], [None, "a"], np.ones(2), 10**14, over_assignment=(1,))


def test_the_input_is_not_changed() -> None:
    base = POTENTIAL.copy()
    waterfall_quotas(IDS, PARENTS, base, 1000)
    assert np.array_equal(base, POTENTIAL, equal_nan=True)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    above=st.lists(st.integers(0, 10), max_size=10),
    base=st.lists(st.floats(0, 1e9) | st.integers(0, 3), min_size=11, max_size=11),
    goal=st.integers(0, 10**9),
    share=st.sampled_from([0.0, 0.03, 0.25]),
    seed=st.integers(0, 1000),
)
def test_children_add_up_whatever_the_order_of_rows(
    above: list[int], base: list[float], goal: int, share: float, seed: int
) -> None:
    """Each member but the first two hangs below one before it, or stands at the top."""
    ids = [f"M{place:02}" for place in range(len(above) + 1)]
    parents = [None, *(ids[step] if step <= place else None for place, step in enumerate(above))]
    values = np.array(base[: len(ids)], dtype=float)
    levels_count = len(_levels_with_children(ids, parents))
    extra = [share] * levels_count
    quotas = waterfall_quotas(ids, parents, values, goal, over_assignment=extra)
    found = by_id(quotas, ids)
    assert min(found.values()) >= 0
    assert sum(found[i] for i, p in zip(ids, parents, strict=True) if p is None) == goal
    for place, member in enumerate(ids):
        kids = [found[i] for i, p in zip(ids, parents, strict=True) if p == member]
        assert sum(kids) == quotas.handed_down[place]
        if kids:
            assert abs(sum(kids) - found[member] * (1 + share)) <= 0.5 + 1e-6
    mixed = np.random.default_rng(seed).permutation(len(ids))
    again = waterfall_quotas(
        [ids[place] for place in mixed],
        [parents[place] for place in mixed],
        values[mixed],
        goal,
        over_assignment=extra,
    )
    assert by_id(again, [ids[place] for place in mixed]) == found


def _levels_with_children(ids: list[str], parents: list[str | None]) -> set[int]:
    levels: dict[str | None, int] = {None: -1}
    for member, parent in zip(ids, parents, strict=True):
        levels[member] = levels[parent] + 1
    return {levels[parent] for parent in parents if parent is not None}

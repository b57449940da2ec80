"""Stable matching by wishes."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.errors import ParameterError
from territory_kit.methods.stable_matching import blocking_pairs, stable_pairs

ASKING = ("A", "B", "C", "D", "E")
ASKED = ("u", "v", "w", "x", "y")
# worked example of the Python package matching: A, B, C ask D, E, F
THREE = {"A": "DEF", "B": "DFE", "C": "FDE"}
OTHER_THREE = {"D": "BCA", "E": "ACB", "F": "CBA"}

Wishes = dict[str, list[str]]


@st.composite
def both_wishes(draw: st.DrawFn) -> tuple[Wishes, Wishes]:
    """Draw lists of up to four and five on two sides, each shuffled and cut anywhere."""
    ones = ASKING[: draw(st.integers(0, 4))]
    others = ASKED[: draw(st.integers(0, 5))]
    return (
        {name: _some(draw, others) for name in ones},
        {name: _some(draw, ones) for name in others},
    )


def _some(draw: st.DrawFn, names: tuple[str, ...]) -> list[str]:
    shuffled = draw(st.permutations(names))
    return shuffled[: draw(st.integers(0, len(names)))]


def test_the_first_wish_is_met_where_it_is_mutual() -> None:
    assert stable_pairs({"A": ["u"]}, {"u": ["A"]}) == {"A": "u"}


def test_the_one_preferred_takes_the_place() -> None:
    # both ask u first; u prefers B, so A goes on to v
    found = stable_pairs({"A": ["u", "v"], "B": ["u", "v"]}, {"u": ["B", "A"], "v": ["A", "B"]})
    assert found == {"A": "v", "B": "u"}


@pytest.mark.oracle
def test_the_published_matching_of_three_and_three() -> None:
    found = stable_pairs(
        {name: list(wishes) for name, wishes in THREE.items()},
        {name: list(wishes) for name, wishes in OTHER_THREE.items()},
    )
    assert found == {"A": "E", "B": "D", "C": "F"}


def test_each_side_fares_best_when_it_asks() -> None:
    """Two matchings are stable; the asking side has its first wishes."""
    ones = {"A": ["u", "v"], "B": ["v", "u"]}
    others = {"u": ["B", "A"], "v": ["A", "B"]}
    assert stable_pairs(ones, others) == {"A": "u", "B": "v"}
    assert stable_pairs(others, ones) == {"u": "B", "v": "A"}


def test_who_is_not_on_a_list_is_not_matched() -> None:
    # u does not accept A, A does not accept v
    assert stable_pairs({"A": ["u"]}, {"u": [], "v": ["A"]}) == {}


def test_a_short_list_may_leave_someone_alone_though_places_are_free() -> None:
    found = stable_pairs({"A": ["u"], "B": ["u"]}, {"u": ["B", "A"], "v": ["A", "B"]})
    assert found == {"B": "u"}


def test_sides_may_differ_in_number() -> None:
    ones = {name: ["u"] for name in "ABC"}
    assert stable_pairs(ones, {"u": ["C", "A", "B"]}) == {"C": "u"}


@pytest.mark.parametrize(("ones", "others"), [({}, {}), ({"A": []}, {}), ({}, {"u": []})])
def test_an_empty_side_makes_no_pairs(ones: Wishes, others: Wishes) -> None:
    assert stable_pairs(ones, others) == {}


@settings(derandomize=True, deadline=None, max_examples=150)
@given(wishes=both_wishes())
def test_no_two_would_rather_have_each_other(wishes: tuple[Wishes, Wishes]) -> None:
    ones, others = wishes
    found = stable_pairs(ones, others)
    assert blocking_pairs(found, ones, others) == []
    assert len(set(found.values())) == len(found)
    assert all(other in ones[one] and one in others[other] for one, other in found.items())


@settings(derandomize=True, deadline=None, max_examples=60)
@given(wishes=both_wishes())
def test_no_other_stable_matching_is_better_for_any_who_asks(
    wishes: tuple[Wishes, Wishes],
) -> None:
    ones, others = wishes
    found = stable_pairs(ones, others)
    for chosen in permutations([*others, *[None] * len(ones)], len(ones)):
        trial = {one: other for one, other in zip(ones, chosen, strict=True) if other is not None}
        is_accepted = all(
            other in ones[one] and one in others[other] for one, other in trial.items()
        )
        if is_accepted and not blocking_pairs(trial, ones, others):
            assert set(trial) == set(found)
            assert all(ones[one].index(found[one]) <= ones[one].index(trial[one]) for one in trial)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(wishes=both_wishes(), order=st.permutations(range(5)))
def test_the_order_of_the_lists_does_not_matter(
    wishes: tuple[Wishes, Wishes], order: list[int]
) -> None:
    ones, others = wishes
    shuffled = {ASKING[i]: ones[ASKING[i]] for i in order if ASKING[i] in ones}
    backwards = dict(reversed(others.items()))
    assert stable_pairs(shuffled, backwards) == stable_pairs(ones, others)


def test_two_who_would_swap_are_found() -> None:
    ones = {"A": ["u", "v"], "B": ["u", "v"]}
    others = {"u": ["A", "B"], "v": ["A", "B"]}
    assert blocking_pairs({"A": "v", "B": "u"}, ones, others) == [("A", "u")]


def test_two_who_are_alone_and_accept_each_other_block() -> None:
    assert blocking_pairs({}, {"A": ["u"]}, {"u": ["A"]}) == [("A", "u")]


def test_a_partner_who_is_not_acceptable_is_worse_than_anyone() -> None:
    ones = {"A": ["v"]}
    others: Wishes = {"u": ["A"], "v": ["A"]}
    assert blocking_pairs({"A": "u"}, ones, others) == [("A", "v")]


@pytest.mark.parametrize(
    ("ones", "others", "reason"),
    [
        # a name without a list
        ({"A": ["u", "z"]}, {"u": ["A"]}, r"no list on the other side: z \(list of A, among those"),
        ({"A": ["u"]}, {"u": ["A", "Z"]}, r"side: Z \(list of u, among those who are asked\)"),
        # named twice
        ({"A": ["u", "u"]}, {"u": ["A"]}, r"names someone twice: u \(list of A, among those who"),
    ],
)
def test_wishes_that_cannot_be_read_are_refused(ones: Wishes, others: Wishes, reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        stable_pairs(ones, others)
    with pytest.raises(ParameterError, match=reason):
        blocking_pairs({}, ones, others)


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ({"Z": "u"}, "without a list of wishes: Z"),
        ({"A": "z"}, "without a list of wishes: z"),
        ({"A": "u", "B": "u"}, "stands in two pairs: u"),
    ],
)
def test_pairs_that_cannot_be_are_refused(pairs: dict[str, str], reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        blocking_pairs(pairs, {"A": ["u"], "B": ["u"]}, {"u": ["A", "B"]})

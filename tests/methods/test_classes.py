"""Classes of accounts and ratings of territories."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.classes import (
    classes_by_cuts,
    classes_by_value,
    territory_qualities,
    value_cuts,
)

CUTS = (0.8, 0.95)
VALUES = st.lists(st.floats(-10, 1e6), min_size=1, max_size=20)


def class_of(values: Sequence[float], ids: str = "", cuts: tuple[float, float] = CUTS) -> str:
    """Return the classes as one word; identifiers are letters, in order unless given."""
    names = list(ids) or [f"{i:03}" for i in range(len(values))]
    found = classes_by_value(np.array(values, dtype=float), np.array(names, dtype=object), cuts)
    return "".join(found)


def rate(*value_per_hour: float) -> list[str]:
    return list(territory_qualities(np.array(value_per_hour, dtype=float)))


def test_an_account_is_classed_by_what_stands_before_it() -> None:
    # before: 0, .5, .8, .95; the cuts themselves belong to the lower class
    assert class_of([50, 30, 15, 5]) == "AABC"


def test_classes_come_back_in_the_order_of_the_rows() -> None:
    assert class_of([5, 50, 15, 30]) == "CABA"


@pytest.mark.oracle
def test_the_first_account_is_an_a_even_with_ninety_percent() -> None:
    # counting what stands before guarantees at least one A
    assert class_of([90, 6, 4]) == "ABC"


@pytest.mark.oracle
def test_a_published_distribution_gives_its_classes() -> None:
    # "Sally Malone" (teaching case): 10 % of accounts make 65 % of sales, the next 20 % make 20 %
    sales = [65, 10, 10, 2, 2, 2, 2, 2, 3, 2]
    assert class_of(sales, cuts=(0.65, 0.85)) == "ABBCCCCCCC"


def test_equal_values_at_a_cut_are_ordered_by_identifier() -> None:
    # before: 0, .4, .8 in the order a, b, c
    assert class_of([1, 1, 0.5], ids="bac") == "AAB"
    assert class_of([2, 4, 2, 2], ids="dacb") == "BAAA"


def test_nothing_anywhere_makes_every_account_a_c() -> None:
    assert class_of([0, 0]) == "CC"


@pytest.mark.parametrize("odd", [-40.0, 0.0, float("nan")])
def test_credits_nothing_and_unknown_count_as_nothing(odd: float) -> None:
    # without the third account: before 0 and .6
    assert class_of([60, 40, odd]) == "AAC"


def test_a_single_account_is_an_a() -> None:
    assert class_of([1]) == "A"


def test_cuts_are_the_lowest_value_of_each_class() -> None:
    values = np.array([50.0, 30, 15, 5])
    classes = np.array(list("AABC"), dtype=object)
    assert value_cuts(values, classes) == {"A": 30, "B": 15, "C": 0}


def test_a_class_that_nobody_is_in_cannot_be_reached_by_others() -> None:
    cuts = value_cuts(np.array([0.0, 0]), np.array(["C", "C"], dtype=object))
    assert cuts == {"A": np.inf, "B": np.inf, "C": 0}
    assert list(classes_by_cuts(np.array([1e9]), cuts)) == ["C"]


def test_stored_cuts_class_other_accounts() -> None:
    values = np.array([30.0, 29.9, 15, 14.9, 0, -5, np.nan])
    assert "".join(classes_by_cuts(values, {"A": 30, "B": 15, "C": 0})) == "ABBCCCC"


def test_an_account_without_value_stays_a_c_when_a_cut_is_nothing() -> None:
    assert list(classes_by_cuts(np.array([0.0, 1]), {"A": 0, "B": 0, "C": 0})) == ["C", "A"]


def test_equal_values_that_a_cut_parts_share_the_better_class_by_stored_cuts() -> None:
    # before: 0, .2, .4, .6, .8
    values = np.ones(5)
    classes = np.array(list(class_of(values.tolist())), dtype=object)
    assert "".join(classes) == "AAAAB"
    assert "".join(classes_by_cuts(values, value_cuts(values, classes))) == "AAAAA"


@settings(derandomize=True, deadline=None, max_examples=80)
@given(values=VALUES)
def test_who_is_worth_more_is_never_in_a_worse_class(values: list[float]) -> None:
    classes = class_of(values)
    ranked = [c for _, c in sorted(zip(values, classes, strict=True), key=lambda p: (-p[0], p[1]))]
    assert ranked == sorted(ranked)
    assert max(values) <= 0 or "A" in classes


@settings(derandomize=True, deadline=None, max_examples=60)
@given(values=VALUES, data=st.data())
def test_the_order_of_rows_does_not_matter(values: list[float], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(values))))
    names = np.array([f"{i:03}" for i in range(len(values))], dtype=object)
    given_values = np.array(values)
    straight = classes_by_value(given_values, names, CUTS)
    turned = classes_by_value(given_values[order], names[order], CUTS)
    assert list(straight[order]) == list(turned)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(values=st.lists(st.integers(0, 10**6), min_size=1, max_size=20, unique=True))
def test_cuts_of_different_values_give_the_same_classes_again(values: list[int]) -> None:
    numbers = np.array(values, dtype=float)
    classes = np.array(list(class_of(numbers.tolist())), dtype=object)
    assert list(classes_by_cuts(numbers, value_cuts(numbers, classes))) == list(classes)


def test_six_territories_are_rated_by_terciles() -> None:
    assert rate(1, 6, 2, 5, 3, 4) == ["low", "high", "low", "high", "medium", "medium"]


def test_few_territories_are_rated_by_their_distance_from_the_mean() -> None:
    # mean 100, band 85 to 115
    assert rate(70, 86, 114, 130) == ["low", "medium", "medium", "high"]


def test_one_territory_cannot_be_rated() -> None:
    assert rate(3) == ["n/a"]


def test_a_territory_without_work_is_not_rated_and_does_not_move_the_mean() -> None:
    # mean of 80 and 120
    assert rate(80, float("nan"), 120) == ["low", "n/a", "high"]


@pytest.mark.parametrize("count", [2, 5, 6, 7, 12])
def test_equal_territories_are_all_medium(count: int) -> None:
    assert rate(*[0.3] * count) == ["medium"] * count


@pytest.mark.parametrize("count", range(6, 40))
def test_as_many_territories_are_high_as_low(count: int) -> None:
    ratings = rate(*(0.1 * i + 0.3 for i in range(count)))
    assert ratings.count("high") == ratings.count("low") >= count // 3

"""Matching of labels one to one."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.matching import best_pairs, match_labels, overlap_matrix

NO = float("nan")
CELLS = st.integers(-50, 50).map(float) | st.just(NO)


@st.composite
def matrices(draw: st.DrawFn) -> NDArray[np.float64]:
    rows, cols = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = draw(st.lists(CELLS, min_size=rows * cols, max_size=rows * cols))
    return np.array(cells).reshape(rows, cols)


def best_by_trying(gains: NDArray[np.float64]) -> tuple[int, float]:
    """Return the most allowed pairs, and the most that so many can gain."""
    wide = gains if gains.shape[0] <= gains.shape[1] else gains.T
    results = []
    for cols in permutations(range(wide.shape[1]), wide.shape[0]):
        found = wide[np.arange(wide.shape[0]), cols]
        results.append((int(np.isfinite(found).sum()), float(np.nansum(found))))
    return max(results)


def match(new: list[int], old: list[int], values: list[float]) -> dict[int, int]:
    return match_labels(np.array(new), np.array(old), np.array(values), new_count=3, old_count=3)


def test_overlap_sums_what_two_labels_share() -> None:
    shared = overlap_matrix(
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 1, 1]),
        np.array([1.0, 2, 4, 8]),
        new_count=2,
        old_count=2,
    )
    assert shared.tolist() == [[1, 2], [0, 12]]


def test_rows_without_a_label_share_nothing() -> None:
    shared = overlap_matrix(
        np.array([-1, 0, 0]), np.array([0, -1, 0]), np.array([5.0, 5, 1]), new_count=1, old_count=1
    )
    assert shared.tolist() == [[1]]


def test_the_greatest_sum_wins_over_the_greatest_pair() -> None:
    # 10 + 0 is less than 9 + 9
    assert best_pairs(np.array([[10.0, 9], [9, 0]])) == [(0, 1), (1, 0)]


def test_the_smaller_side_is_matched_whole() -> None:
    assert best_pairs(np.array([[1.0], [5], [3]])) == [(1, 0)]
    assert best_pairs(np.array([[-4.0, -2, -3]])) == [(0, 1)]


@pytest.mark.oracle
def test_the_published_assignment_of_four_salespeople() -> None:
    # textbook problem: abilities 7, 5, 5, 4 and zones 126, 105, 84, 63: 2079 in all, 99 after / 21
    gains = np.outer([7.0, 5, 5, 4], [126.0, 105, 84, 63])
    pairs = best_pairs(gains)
    assert sum(gains[pair] for pair in pairs) == 2079
    assert sum(gains[pair] for pair in pairs) / 21 == pytest.approx(99)
    # best to best, by rearrangement
    assert (pairs[0], pairs[3]) == ((0, 0), (3, 3))


@pytest.mark.parametrize("forbidden", [NO, float("-inf"), float("inf")])
def test_a_forbidden_pair_is_never_made(forbidden: float) -> None:
    assert best_pairs(np.array([[forbidden, 1.0], [2, forbidden]])) == [(0, 1), (1, 0)]
    assert best_pairs(np.array([[forbidden, forbidden], [2, 1]])) == [(1, 0)]


def test_a_pair_is_not_given_up_for_gain_elsewhere() -> None:
    # (0, 0) alone gains 9; both pairs gain 1 - 5, and are made
    assert best_pairs(np.array([[9.0, 1], [-5, NO]])) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0)])
def test_nothing_to_match_makes_no_pairs(shape: tuple[int, int]) -> None:
    assert best_pairs(np.zeros(shape)) == []


def test_when_all_pairs_are_forbidden_none_is_made() -> None:
    assert best_pairs(np.full((2, 2), NO)) == []


def test_equal_gains_are_matched_in_order() -> None:
    assert best_pairs(np.ones((2, 2))) == [(0, 0), (1, 1)]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(gains=matrices())
def test_pairs_are_as_good_as_trying_all(gains: NDArray[np.float64]) -> None:
    pairs = best_pairs(gains)
    assert pairs == sorted(pairs)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    assert (len(pairs), sum(gains[pair] for pair in pairs)) == best_by_trying(gains)


def test_renamed_territories_are_recognised() -> None:
    """Otherwise renaming would count as disruption."""
    assert match([2, 2, 0, 1], [0, 0, 1, 2], [1, 1, 1, 1]) == {0: 1, 1: 2, 2: 0}


def test_the_value_that_is_shared_decides_not_the_number() -> None:
    # new 0 shares two small accounts with old 0, one large one with old 1
    assert match([0, 0, 0], [0, 0, 1], [1, 1, 9]) == {0: 1}


def test_of_a_split_territory_the_larger_part_keeps_the_label() -> None:
    assert match([0, 1, 1], [0, 0, 0], [5, 2, 2]) == {0: 0}


def test_a_territory_that_shares_nothing_has_no_old_label() -> None:
    assert match([0, 1], [0, -1], [1, 1]) == {0: 0}


def test_nothing_in_common_matches_nothing() -> None:
    assert match([0, 1], [-1, -1], [1, 1]) == {}

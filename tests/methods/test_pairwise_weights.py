"""Weights from comparing criteria two at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.pairwise_weights import (
    PairwiseWeights,
    RandomIndex,
    pairwise_matrix,
    pairwise_weights,
)

Floats = NDArray[np.float64]
Pairs = dict[tuple[str, str], float]
NA = float("nan")

# AHPy README, relative consumption of drinks in the United States: Saaty (2008), "Decision making
# with the analytic hierarchy process", International Journal of Services Sciences 1(1)
DRINKS: Pairs = {
    ("coffee", "wine"): 9,
    ("coffee", "tea"): 5,
    ("coffee", "beer"): 2,
    ("coffee", "soda"): 1,
    ("coffee", "milk"): 1,
    ("coffee", "water"): 1 / 2,
    ("wine", "tea"): 1 / 3,
    ("wine", "beer"): 1 / 9,
    ("wine", "soda"): 1 / 9,
    ("wine", "milk"): 1 / 9,
    ("wine", "water"): 1 / 9,
    ("tea", "beer"): 1 / 3,
    ("tea", "soda"): 1 / 4,
    ("tea", "milk"): 1 / 3,
    ("tea", "water"): 1 / 9,
    ("beer", "soda"): 1 / 2,
    ("beer", "milk"): 1,
    ("beer", "water"): 1 / 3,
    ("soda", "milk"): 2,
    ("soda", "water"): 1 / 2,
    ("milk", "water"): 1 / 3,
}
# AHPy README, missing pairwise comparisons
FOUR: Pairs = {
    ("a", "b"): 1,
    ("a", "c"): 5,
    ("a", "d"): 2,
    ("b", "c"): 3,
    ("b", "d"): 4,
    ("c", "d"): 3 / 4,
}
WITHOUT_CD = {pair: value for pair, value in FOUR.items() if pair != ("c", "d")}
# Bozóki, Fülöp, Rónyai (2010): buying a house by eight criteria, 12 of 28 comparisons missing
HOUSE: Pairs = {
    (first, second): value
    for first, second, value in [
        *(("a", "b", 5), ("a", "c", 3), ("a", "d", 7), ("a", "e", 6), ("a", "f", 6)),
        *(("b", "d", 5), ("b", "f", 3), ("c", "e", 3), ("c", "g", 6), ("f", "d", 4)),
        *(("g", "a", 3), ("g", "e", 5)),
        *(("h", "a", 4), ("h", "b", 7), ("h", "d", 8), ("h", "f", 6)),
    ]
}


def judged(pairs: Pairs, random_index: RandomIndex = "saaty_2005") -> PairwiseWeights:
    return pairwise_weights(pairwise_matrix(pairs)[1], random_index=random_index)


def weights_of(pairs: Pairs) -> dict[str, float]:
    names, matrix = pairwise_matrix(pairs)
    found = pairwise_weights(matrix, random_index="saaty_2005")
    return dict(zip(names, found.weights.tolist(), strict=True))


def ratios_of(weights: list[float]) -> Floats:
    """Return the comparisons that contradict nothing: each weight over each other."""
    return np.asarray(np.array(weights)[:, np.newaxis] / np.array(weights))


def test_judgements_that_agree_give_back_the_weights_they_come_from() -> None:
    # .6 against .3 is 2, .6 against .1 is 6, .3 against .1 is 3
    found = judged({("x", "y"): 2, ("x", "z"): 6, ("y", "z"): 3})
    assert found.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found.largest_eigenvalue == pytest.approx(3)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.is_consistent


def test_three_criteria_in_a_circle_weigh_the_same_and_contradict_each_other() -> None:
    # x = 2y, y = 2z, z = 2x: each row is 1, 2, 1/2, which adds up to 3.5, the largest eigenvalue;
    # (3.5 - 3) / 2 = .25, over .58
    found = judged({("x", "y"): 2, ("y", "z"): 2, ("z", "x"): 2}, "saaty_1980")
    assert found.weights.tolist() == pytest.approx([1 / 3] * 3)
    assert found.consistency_index == pytest.approx(0.25)
    assert found.consistency_ratio == pytest.approx(0.25 / 0.58)
    assert not found.is_consistent


def test_names_are_sorted_and_a_pair_reads_first_against_second() -> None:
    names, matrix = pairwise_matrix({("size", "growth"): 4})
    assert names == ("growth", "size")
    assert matrix.tolist() == [[1, 0.25], [4, 1]]


@pytest.mark.parametrize(
    ("matrix", "weights"), [([[1.0]], [1]), ([[1.0, 3], [1 / 3, 1]], [0.75, 0.25])]
)
def test_one_or_two_criteria_cannot_contradict_each_other(
    matrix: list[list[float]], weights: list[float]
) -> None:
    found = pairwise_weights(np.array(matrix), random_index="saaty_1980")
    assert found.weights.tolist() == pytest.approx(weights)
    assert (found.consistency_index, found.consistency_ratio) == (0, 0)
    assert found.is_consistent


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("drink", "published"),
    [
        ("water", 0.3268),
        ("soda", 0.1896),
        ("coffee", 0.1775),
        ("milk", 0.1288),
        ("beer", 0.1164),
        ("tea", 0.0418),
        ("wine", 0.0191),
    ],
)
def test_the_published_weights_of_seven_drinks(drink: str, published: float) -> None:
    """AHPy README prints .327 .190 .177 .129 .116 .042 .019, its tests four digits."""
    assert round(weights_of(DRINKS)[drink], 4) == published


@pytest.mark.oracle
def test_the_published_eigenvalue_of_seven_drinks() -> None:
    assert judged(DRINKS).largest_eigenvalue == pytest.approx(7.17662903933, abs=1e-9)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("pairs", "random_index", "published", "digits"),
    [
        (DRINKS, "saaty_2005", 0.022, 3),  # AHPy README
        (DRINKS, "saaty_2005", 0.0218060542, 10),  # the same, computed anew
        (DRINKS, "donegan_dodd", 0.0235, 4),  # AHPy's tests
        (FOUR, "donegan_dodd", 0.0372, 4),  # AHPy README
        (FOUR, "saaty_1980", 0.03424435, 8),  # with .90, computed anew
        (WITHOUT_CD, "donegan_dodd", 0.0372, 4),  # AHPy README
    ],
)
def test_the_published_consistency_ratio_needs_its_table(
    pairs: Pairs, random_index: RandomIndex, published: float, digits: int
) -> None:
    found = judged(pairs, random_index)
    assert round(found.consistency_ratio, digits) == published
    assert found.random_index == random_index
    assert found.is_consistent


@pytest.mark.oracle
def test_the_published_index_of_four_criteria() -> None:
    # AHPy README's example: largest eigenvalue 4.09246, index .03082
    found = judged(FOUR)
    assert found.largest_eigenvalue == pytest.approx(4.092459745, abs=1e-9)
    assert round(found.consistency_index, 5) == 0.03082


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("pairs", "published"),
    [
        (FOUR, {"b": 0.3917, "a": 0.3742, "d": 0.1349, "c": 0.0991}),
        (WITHOUT_CD, {"b": 0.392, "a": 0.3738, "d": 0.1357, "c": 0.0985}),
    ],
    ids=["complete", "c against d missing"],
)
def test_the_published_weights_of_four_criteria(pairs: Pairs, published: dict[str, float]) -> None:
    """AHPy README; least squares of logarithms would give b .3916 where a pair is missing."""
    found = weights_of(pairs)
    assert {name: round(found[name], 4) for name in published} == published


@pytest.mark.oracle
def test_the_published_value_of_one_missing_comparison() -> None:
    # AHPy's tests: .730297, the mean of the ways over a (1/5 · 2) and over b (1/3 · 4): √(8/15)
    found = judged(WITHOUT_CD)
    assert found.matrix[2, 3] == pytest.approx(0.730297106886979, abs=1e-6)
    assert found.matrix[2, 3] == pytest.approx((8 / 15) ** 0.5, abs=1e-7)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("pair", "published"),
    [
        ("bc", 0.3300187496),
        ("be", 1.7197409185),
        ("bg", 0.4663515002),
        ("cd", 9.9205126619),
        ("cf", 4.8524864492),
        ("ch", 0.5696073302),
        ("de", 0.5252768143),
        ("dg", 0.1424438147),
        ("ef", 0.9311973565),
        ("eh", 0.1093082818),
        ("fg", 0.2912120796),
        ("gh", 0.4030898885),
    ],
)
def test_the_published_values_of_twelve_missing_comparisons(pair: str, published: float) -> None:
    """AHPy's tests on the house of Bozóki and others, which stop at a tolerance of 1e-4."""
    row, column = ("abcdefgh".index(name) for name in pair)
    assert judged(HOUSE).matrix[row, column] == pytest.approx(published, rel=1e-4)


def test_no_other_value_of_a_missing_comparison_contradicts_less() -> None:
    least = judged(WITHOUT_CD)
    for factor in (0.9, 0.99, 1.01, 1.1):
        other = judged({**WITHOUT_CD, ("c", "d"): float(least.matrix[2, 3]) * factor})
        assert other.largest_eigenvalue > least.largest_eigenvalue


def test_a_chain_of_comparisons_is_enough() -> None:
    # x = 2y, y = 3z: 6 to 3 to 1
    found = judged({("x", "y"): 2, ("y", "z"): 3})
    assert found.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_one_of_two_mirrored_entries_is_enough() -> None:
    found = pairwise_weights(np.array([[1, 3], [NA, 1]]), random_index="saaty_1980")
    assert found.weights.tolist() == pytest.approx([0.75, 0.25])


def test_a_pair_may_be_given_both_ways_where_they_agree() -> None:
    assert weights_of({("x", "y"): 4, ("y", "x"): 0.25}) == pytest.approx({"x": 0.8, "y": 0.2})


def test_comparisons_far_apart_are_filled_as_well() -> None:
    found = judged({("a", "b"): 1e6, ("b", "c"): 1e6, ("c", "d"): 1e6, ("d", "a"): 1e6})
    assert found.weights.tolist() == pytest.approx([0.25] * 4)


def test_the_arguments_stay_as_they_were() -> None:
    matrix = pairwise_matrix(WITHOUT_CD)[1]
    before = matrix.copy()
    pairwise_weights(matrix, random_index="saaty_1980")
    assert np.array_equal(matrix, before, equal_nan=True)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ({}, "There are no comparisons"),
        ({("x", "x"): 1.0}, "A criterion is compared with itself: x"),
        ({("x", "y"): 0.0}, r"A comparison is not above 0: 0.0 \(x against y\)"),
        ({("x", "y"): NA}, "A comparison is not above 0: nan"),
        ({("x", "y"): 2.0, ("y", "x"): 2.0}, "A pair is judged twice, differently: 2.0, 2.0"),
        (
            {("x", "y"): 2.0, ("u", "v"): 2.0},
            r"Comparisons do not link all criteria: u, v \| x, y",
        ),
    ],
    ids=["none", "itself", "zero", "unknown", "contradiction", "two islands"],
)
def test_pairs_that_make_no_matrix_are_refused(pairs: Pairs, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        pairwise_matrix(pairs)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones((2, 3)), r"not square: shape \(2, 3\)"),
        (np.ones(3), r"not square: shape \(3,\)"),
        (np.ones((0, 0)), "not square"),
        (np.array([[1.0, -2], [NA, 1]]), r"not above 0: -2 \(matrix; row 1, column 2\)"),
        (np.array([[2.0, 1], [1, 1]]), r"not 1 on the diagonal: 2 \(matrix; row 1, column 1\)"),
        (np.array([[NA, 1], [1, 1]]), "not 1 on the diagonal: nan"),
        (np.array([[1.0, 3], [0.333, 1]]), "at odds with their mirror image: 3"),
        (np.array([[1, NA], [NA, 1]]), r"do not link all criteria: 1 \| 2"),
        (np.ones((16, 16)), "too many criteria: 16 .*saaty_2005 ends at 15"),
    ],
    ids=[
        *("oblong", "a row", "empty", "negative", "diagonal", "diagonal unknown"),
        *("rounded third", "two islands", "beyond the table"),
    ],
)
def test_a_matrix_that_compares_nothing_is_refused(matrix: Floats, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        pairwise_weights(matrix, random_index="saaty_2005")


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="Known tables: donegan_dodd, saaty_1980, saaty_2005"):
        pairwise_weights(np.ones((3, 3)), random_index="alonso_lamata")  # type: ignore[arg-type]  # reason: a wrong name is the test


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    weights=st.lists(st.floats(0.05, 1), min_size=3, max_size=7), data=st.data(), drop=st.booleans()
)
def test_weights_know_no_order_and_ratios_of_weights_give_them_back(
    weights: list[float], data: st.DataObject, *, drop: bool
) -> None:
    matrix = ratios_of(weights)
    if drop:  # a star around the first criterion still links all
        matrix[1:, 1:][~np.eye(len(weights) - 1, dtype=bool)] = NA
    order = data.draw(st.permutations(range(len(weights))))
    found = pairwise_weights(matrix[np.ix_(order, order)], random_index="donegan_dodd")
    shares = np.array(weights)[order] / sum(weights)
    assert found.weights == pytest.approx(shares, abs=1e-6)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-8)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    judgements=st.lists(st.floats(1 / 9, 9), min_size=10, max_size=10),
    missing=st.sets(st.integers(4, 9), max_size=6),
)
def test_any_judgements_give_weights_of_one_and_an_eigenvalue_of_at_least_n(
    judgements: list[float], missing: set[int]
) -> None:
    matrix = np.eye(5)
    rows, columns = np.triu_indices(5, 1)  # the first four are the first row, which links all
    values = np.array([NA if i in missing else v for i, v in enumerate(judgements)])
    matrix[rows, columns], matrix[columns, rows] = values, 1 / values
    found = pairwise_weights(matrix, random_index="saaty_1980")
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights > 0).all()
    assert found.largest_eigenvalue >= 5 - 1e-9
    assert found.matrix * found.matrix.T == pytest.approx(np.ones((5, 5)))

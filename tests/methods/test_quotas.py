"""Quotas from a goal, from accounts, and against potential."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.quotas import (
    QuotaBase,
    bottom_up_quotas,
    quota_band,
    top_down_quotas,
)

Floats = NDArray[np.float64]
NAN = float("nan")
IDS = ["T1", "T2", "T3"]
PRIOR_YEAR = np.array([300.0, 500, 200])
POTENTIAL = np.array([1000.0, 2000, 5000])
EVEN = QuotaBase(even=1)
BY_PRIOR_YEAR = QuotaBase(prior_year=1)
BY_POTENTIAL = QuotaBase(potential=1)
# Weights of even, prior year and potential.
BLENDS = st.sampled_from([(1, 0, 0), (0, 1, 0), (0, 0, 1), (0.2, 0.3, 0.5), (0, 0.6, 0.4)])
ROWS = st.lists(
    st.tuples(
        st.floats(0, 1e9) | st.just(NAN),
        st.floats(0, 1e9) | st.integers(0, 3),
        st.sampled_from([0.25, 0.5, 1.0]),
    ),
    min_size=1,
    max_size=10,
)


def array(*values: float) -> Floats:
    return np.array(values, dtype=float)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        # 1001: a third is 333.67, the unit that is left goes to T1 and T2
        pytest.param(EVEN, [334, 334, 333], id="even"),
        # 300.3, 500.5 and 200.2
        pytest.param(BY_PRIOR_YEAR, [300, 501, 200], id="prior year"),
        # of 8000: 125.125, 250.25 and 625.625
        pytest.param(BY_POTENTIAL, [125, 250, 626], id="potential"),
        # half and half: 212.7125, 375.375 and 412.9125
        pytest.param(QuotaBase(prior_year=0.5, potential=0.5), [213, 375, 413], id="blend"),
    ],
)
def test_a_goal_is_shared_by_the_base_that_is_asked_for(by: QuotaBase, expected: list[int]) -> None:
    quotas = top_down_quotas(IDS, 1001, by=by, prior_year=PRIOR_YEAR, potential=POTENTIAL)
    assert quotas.amounts.tolist() == expected
    assert not quotas.fell_back.any()
    assert quotas.even_bases == ()


def test_a_blend_weighs_shares_and_not_amounts() -> None:
    """Potential is ten times the revenue; the weights must still mean what they say."""
    by = QuotaBase(prior_year=0.5, potential=0.5)
    small = top_down_quotas(IDS, 1001, by=by, prior_year=PRIOR_YEAR, potential=POTENTIAL)
    large = top_down_quotas(IDS, 1001, by=by, prior_year=PRIOR_YEAR, potential=POTENTIAL * 1000)
    assert small.amounts.tolist() == large.amounts.tolist()


def test_a_smaller_territory_carries_less_and_the_others_the_rest() -> None:
    # sizes 1, .5 and .5 of 2
    quotas = top_down_quotas(IDS, 1000, by=EVEN, sizes=array(1, 0.5, 0.5))
    assert quotas.amounts.tolist() == [500, 250, 250]


def test_size_prorates_each_base() -> None:
    # potential by size 1000, 1000 and 5000 of 7000
    quotas = top_down_quotas(
        IDS, 7000, by=BY_POTENTIAL, potential=POTENTIAL, sizes=array(1, 0.5, 1)
    )
    assert quotas.amounts.tolist() == [1000, 1000, 5000]


def test_a_territory_that_nobody_carries_this_year_has_no_quota() -> None:
    quotas = top_down_quotas(IDS, 999, by=BY_POTENTIAL, potential=POTENTIAL, sizes=array(1, 1, 0))
    assert quotas.amounts.tolist() == [333, 666, 0]


def test_a_base_of_nothing_is_shared_evenly_and_flagged() -> None:
    quotas = top_down_quotas(IDS, 100, by=BY_POTENTIAL, potential=np.zeros(3))
    assert quotas.amounts.tolist() == [34, 33, 33]
    assert quotas.even_bases == ("potential",)


def test_in_a_blend_only_the_empty_base_is_even() -> None:
    # 500 by thirds and 500 by 1, 2 and 5 of 8: 229.17, 291.67 and 479.17
    quotas = top_down_quotas(
        IDS,
        1000,
        by=QuotaBase(prior_year=0.5, potential=0.5),
        prior_year=np.zeros(3),
        potential=POTENTIAL,
    )
    assert quotas.amounts.tolist() == [229, 292, 479]
    assert quotas.even_bases == ("prior_year",)


def test_a_missing_prior_year_falls_back_on_potential_and_is_flagged() -> None:
    # T3 has 5 of 8 of the potential; the other 3 of 8 are shared 300 to 500
    quotas = top_down_quotas(
        IDS, 8000, by=BY_PRIOR_YEAR, prior_year=array(300, 500, NAN), potential=POTENTIAL
    )
    assert quotas.amounts.tolist() == [1125, 1875, 5000]
    assert quotas.fell_back.tolist() == [False, False, True]
    assert quotas.even_bases == ()


def test_without_any_prior_year_potential_decides() -> None:
    quotas = top_down_quotas(
        IDS, 8000, by=BY_PRIOR_YEAR, prior_year=np.full(3, NAN), potential=POTENTIAL
    )
    assert quotas.amounts.tolist() == [1000, 2000, 5000]
    assert quotas.fell_back.all()


def test_a_missing_prior_year_without_any_potential_gets_an_equal_part() -> None:
    # T3 a third; the other two thirds 300 to 500
    quotas = top_down_quotas(
        IDS, 1200, by=BY_PRIOR_YEAR, prior_year=array(300, 500, NAN), potential=np.zeros(3)
    )
    assert quotas.amounts.tolist() == [300, 500, 400]
    assert quotas.even_bases == ("prior_year",)


def test_known_prior_years_of_0_share_their_rest_evenly() -> None:
    # T3 has 5 of 8; T1 and T2 sold nothing
    quotas = top_down_quotas(
        IDS, 800, by=BY_PRIOR_YEAR, prior_year=array(0, 0, NAN), potential=POTENTIAL
    )
    assert quotas.amounts.tolist() == [150, 150, 500]
    assert quotas.even_bases == ("prior_year",)


def test_a_missing_prior_year_does_not_matter_where_it_has_no_weight() -> None:
    quotas = top_down_quotas(
        IDS, 8, by=BY_POTENTIAL, prior_year=np.full(3, NAN), potential=POTENTIAL
    )
    assert quotas.amounts.tolist() == [1, 2, 5]
    assert not quotas.fell_back.any()


def test_one_territory_carries_the_goal() -> None:
    assert top_down_quotas(["T1"], 500, by=EVEN).amounts.tolist() == [500]


@pytest.mark.parametrize("sizes", [None, np.zeros(3), array(1, 0.5, 0)])
def test_a_goal_of_0_asks_nothing_of_anybody(sizes: Floats | None) -> None:
    quotas = top_down_quotas(IDS, 0, by=BY_POTENTIAL, potential=POTENTIAL, sizes=sizes)
    assert quotas.amounts.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("given_bases", "message"),
    [
        pytest.param(
            {"prior_year": None}, r"^Amounts are missing: none \(prior_year\)", id="no prior year"
        ),
        pytest.param(
            {"prior_year": array(1, NAN, 1), "potential": None},
            r"^Amounts are missing: none \(potential\)",
            id="nothing to fall back on",
        ),
        pytest.param(
            {"prior_year": array(1, NAN, 1), "potential": array(1, NAN, 1)},
            r"^An amount is unusable: T2 \(potential\)\. Give 0 or more; what is unknown is not 0",
            id="neither prior year nor potential",
        ),
        pytest.param(
            {"prior_year": array(1, -1, 1)},
            r"^An amount is unusable: T2 \(prior_year\)\. Give 0 or more\.$",
            id="credits",
        ),
        pytest.param(
            {"prior_year": array(1, 1)},
            r"^Amounts are missing: shape \(2,\) \(prior_year\)",
            id="too few",
        ),
        pytest.param(
            {"prior_year": PRIOR_YEAR, "sizes": array(1, NAN, 1)},
            r"^An amount is unusable: T2 \(sizes\)",
            id="size unknown",
        ),
        pytest.param(
            {"prior_year": PRIOR_YEAR, "sizes": np.zeros(3)},
            r"^No territory can carry a quota: all sizes are 0 \(sizes\)\. Give at least one",
            id="nobody there",
        ),
    ],
)
def test_bases_that_do_not_suffice_are_refused(
    given_bases: dict[str, Floats | None], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        top_down_quotas(IDS, 100, by=BY_PRIOR_YEAR, **given_bases)


@pytest.mark.parametrize(
    "weights", [(0.5, 0.5, 0.5), (0, 0, 0), (1.5, -0.5, 0), (NAN, 1, 0), (60, 40, 0)]
)
def test_weights_of_bases_add_up_to_1(weights: tuple[float, float, float]) -> None:
    message = (
        r"^The weights of the bases are no shares of 1: even .*, prior year .*, potential .* "
        r"\(base of quotas\)\. Give weights of 0 or more that add up to 1\.$"
    )
    with pytest.raises(ParameterError, match=message):
        QuotaBase(*weights)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(rows=ROWS, blend=BLENDS, goal=st.integers(0, 10**12), seed=st.integers(0, 1000))
def test_quotas_add_up_are_never_negative_and_know_no_order(
    rows: list[tuple[float, float, float]],
    blend: tuple[float, float, float],
    goal: int,
    seed: int,
) -> None:
    ids = [f"T{place}" for place in range(len(rows))]
    prior, potential, sizes = np.array(rows, dtype=float).T
    mixed = np.random.default_rng(seed).permutation(len(rows))
    by = QuotaBase(*blend)
    quotas = top_down_quotas(ids, goal, by=by, prior_year=prior, potential=potential, sizes=sizes)
    again = top_down_quotas(
        [ids[place] for place in mixed],
        goal,
        by=by,
        prior_year=prior[mixed],
        potential=potential[mixed],
        sizes=sizes[mixed],
    )
    assert sum(quotas.amounts.tolist()) == goal
    assert (quotas.amounts >= 0).all()
    assert again.amounts.tolist() == quotas.amounts[mixed].tolist()
    assert again.fell_back.tolist() == quotas.fell_back[mixed].tolist()
    assert again.even_bases == quotas.even_bases


def test_expectations_add_up_by_territory() -> None:
    # T1 100 + 50, T2 30, T3 none
    amounts, unknown, left_out = bottom_up_quotas(IDS, np.array([0, 0, 1]), array(100, 50, 30))
    assert amounts.tolist() == [150, 30, 0]
    assert unknown.tolist() == [0, 0, 0]
    assert left_out == 0


def test_sums_are_rounded_once_for_the_company() -> None:
    # 10.4, 10.4 and 10.4 are 31.2, rounded 31, not three times 10
    amounts, _, _ = bottom_up_quotas(IDS, np.array([0, 1, 2]), array(10.4, 10.4, 10.4))
    assert amounts.tolist() == [11, 10, 10]


def test_unknown_expectations_are_counted_and_what_lies_outside_is_told() -> None:
    amounts, unknown, left_out = bottom_up_quotas(
        IDS, np.array([0, 0, 2, -1, -1]), array(100, NAN, NAN, 70, NAN)
    )
    assert amounts.tolist() == [100, 0, 0]
    assert unknown.tolist() == [1, 0, 1]
    assert left_out == 70


def test_without_accounts_nobody_is_asked_for_anything() -> None:
    nobody = np.array([], dtype=np.int64)
    amounts, unknown, left_out = bottom_up_quotas(IDS, nobody, array())
    assert (amounts.tolist(), unknown.tolist(), left_out) == ([0, 0, 0], [0, 0, 0], 0)


@pytest.mark.parametrize(
    ("territory", "expectation", "message"),
    [
        (0, -5.0, r"^An amount is unusable: row 2 \(expectations\)\. Give 0 or more\.$"),
        (0, float("inf"), r"^An amount is unusable: row 2 \(expectations\)"),
        (3, 5.0, r"^The territory of an account does not exist: row 2 \(territory\)\. .* 0 to 2"),
        (-2, 5.0, r"^The territory of an account does not exist: row 2 \(territory\)"),
    ],
)
def test_accounts_that_cannot_be_added_up_are_refused(
    territory: int, expectation: float, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        bottom_up_quotas(IDS, np.array([0, territory]), array(1, expectation))


def test_each_account_needs_an_expectation_or_a_gap() -> None:
    message = r"^Amounts are missing: shape \(1,\) \(expectations\)"
    with pytest.raises(ParameterError, match=message):
        bottom_up_quotas(IDS, np.array([0, 1]), array(1))


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    accounts=st.lists(st.tuples(st.integers(-1, 2), st.floats(0, 1e9) | st.just(NAN)), max_size=20),
    seed=st.integers(0, 1000),
)
def test_bottom_up_quotas_reconcile_whatever_the_order_of_accounts(
    accounts: list[tuple[int, float]], seed: int
) -> None:
    territory = np.array([place for place, _ in accounts], dtype=np.int64)
    expected = np.array([amount for _, amount in accounts], dtype=float)
    amounts, _, _ = bottom_up_quotas(IDS, territory, expected)
    inside = np.nan_to_num(expected[territory >= 0]).sum()
    assert abs(sum(amounts.tolist()) - inside) <= 0.5 + 1e-4
    assert (amounts >= 0).all()
    mixed = np.random.default_rng(seed).permutation(len(accounts))
    assert bottom_up_quotas(IDS, territory[mixed], expected[mixed])[0].tolist() == amounts.tolist()


def test_potential_per_quota_is_read_against_the_median() -> None:
    # 3, 4, 5 and 4 per unit of quota; the median is 4
    ratio, readings = quota_band(array(300, 400, 500, 800), np.array([100, 100, 100, 200]))
    assert ratio.tolist() == pytest.approx([0.75, 1, 1.25, 1])
    assert readings.tolist() == ["below", "within", "above", "within"]


def test_the_ends_of_the_band_are_within_it() -> None:
    # .8 and 1.2 miss their values by rounding errors: 2.4 / 3 and 3.6 / 3
    ratio, readings = quota_band(array(2.4, 3, 3.6), np.array([1, 1, 1]))
    assert ratio.tolist() != [0.8, 1, 1.2]
    assert readings.tolist() == ["within", "within", "within"]


def test_a_band_of_ones_own_can_be_narrower() -> None:
    _, readings = quota_band(array(90, 100, 111), np.array([1, 1, 1]), band=(0.9, 1.1))
    assert readings.tolist() == ["within", "within", "above"]


def test_without_quota_or_potential_the_ratio_is_undefined() -> None:
    # the median of 2 and 4 is 3
    ratio, readings = quota_band(array(100, NAN, 200, 400), np.array([0, 100, 100, 100]))
    assert np.isnan(ratio[:2]).all()
    assert ratio[2:].tolist() == pytest.approx([2 / 3, 4 / 3])
    assert readings.tolist() == ["undefined", "undefined", "below", "above"]


def test_one_territory_is_its_own_median() -> None:
    ratio, readings = quota_band(array(70), np.array([10]))
    assert (ratio.tolist(), readings.tolist()) == ([1], ["within"])


@pytest.mark.parametrize("potential", [array(0, 0, 9), array(0, 0, 0), np.full(3, NAN)])
def test_a_typical_territory_without_potential_defines_nothing(potential: Floats) -> None:
    ratio, readings = quota_band(potential, np.array([1, 1, 1]))
    assert np.isnan(ratio).all()
    assert readings.tolist() == ["undefined"] * 3


def test_a_goal_of_0_leaves_the_band_undefined() -> None:
    assert quota_band(POTENTIAL, np.zeros(3, dtype=np.int64))[1].tolist() == ["undefined"] * 3


@pytest.mark.parametrize("band", [(1.1, 1.2), (0.8, 0.9), (-0.1, 1.2), (NAN, 1.2), (0.8, NAN)])
def test_a_band_that_leaves_out_the_typical_territory_is_refused(
    band: tuple[float, float],
) -> None:
    message = (
        r"^The band of fair quotas does not hold the typical territory: .* to .* \(band\)\. "
        r"Give a lowest ratio from 0 to 1 and a highest one of 1 or more\.$"
    )
    with pytest.raises(ParameterError, match=message):
        quota_band(POTENTIAL, np.array([1, 1, 1]), band=band)


@pytest.mark.parametrize(
    ("potential", "quotas", "message"),
    [
        (array(1, -1), [1, 1], r"^An amount is unusable: territory 2 \(potential\)"),
        (array(1, 1), [1, -1], r"^An amount is unusable: territory 2 \(quotas\)"),
        (array(1, 1), [1], r"^Amounts are missing: shape \(1,\) \(quotas\)"),
    ],
)
def test_potential_and_quotas_must_be_amounts_of_the_same_territories(
    potential: Floats, quotas: list[int], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        quota_band(potential, np.array(quotas))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(st.floats(0, 1e9), st.integers(0, 10**6)), min_size=1, max_size=9))
def test_quotas_in_step_with_potential_are_all_fair(rows: list[tuple[float, int]]) -> None:
    quotas = np.array([quota for _, quota in rows])
    _, readings = quota_band(quotas * 3.7, quotas)
    assert set(readings[quotas > 0]) <= {"within"}
    by_potential = quota_band(np.array([potential for potential, _ in rows]), quotas)[0]
    known = by_potential[np.isfinite(by_potential)]
    assert not len(known) or np.median(known) == pytest.approx(1)

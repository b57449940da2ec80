"""Size of the market, concentration, share of wallet and whitespace."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.market import MarketSize, herfindahl, market_size, wallet

POTENTIAL = np.array([100.0, 50, 30, 20])
SERVED = np.array([True, True, True, False])
# "Crestlight Paper Company" (teaching case), nine reps; accounts sold of potential accounts, in %
CRESTLIGHT = {
    "Halbert": (239, 570, 41.9),
    "Jennings": (509, 1060, 48.0),
    "Bindon": (476, 934, 51.0),
    "Vereker": (353, 653, 54.1),
    "Prince": (413, 566, 73.0),
    "Anderson": (398, 699, 56.9),
    "Randall": (202, 531, 38.0),
    "Thompson": (364, 423, 86.1),
    "Campbell": (317, 529, 59.9),
}


def test_the_market_shrinks_from_all_to_served_to_within_reach() -> None:
    # all 200, served 180, half of that 90
    size = market_size(POTENTIAL, SERVED, attainable_share=0.5)
    assert size == MarketSize(tam=200, sam=180, som=90, binding="share")


def test_capacity_binds_where_it_is_below_the_share() -> None:
    # 70 % of 180 is 126, but one account holds 100 at most
    size = market_size(POTENTIAL, SERVED, attainable_share=0.7, capacity_accounts_count=1)
    assert size == MarketSize(tam=200, sam=180, som=100, binding="capacity")


def test_the_share_binds_where_capacity_is_ample() -> None:
    size = market_size(POTENTIAL, SERVED, attainable_share=0.5, capacity_accounts_count=9)
    assert (size.som, size.binding) == (90, "share")


def test_the_share_is_named_where_both_bind() -> None:
    # half of 200, and the one account of 100
    size = market_size(
        np.array([100.0, 100]),
        np.array([True, True]),
        attainable_share=0.5,
        capacity_accounts_count=1,
    )
    assert (size.som, size.binding) == (100, "share")


def test_without_capacity_nothing_is_within_reach() -> None:
    size = market_size(POTENTIAL, SERVED, attainable_share=0.5, capacity_accounts_count=0)
    assert (size.som, size.binding) == (0, "capacity")


def test_a_market_that_nobody_serves_is_still_a_market() -> None:
    size = market_size(POTENTIAL, np.zeros(4, dtype=bool), attainable_share=0.5)
    assert (size.tam, size.sam, size.som) == (200, 0, 0)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    accounts=st.lists(st.tuples(st.floats(0, 1e6), st.booleans()), max_size=12),
    share=st.floats(0, 1),
    capacity=st.none() | st.integers(0, 15),
)
def test_each_market_is_within_the_one_before(
    accounts: list[tuple[float, bool]], share: float, capacity: int | None
) -> None:
    size = market_size(
        np.array([amount for amount, _ in accounts]),
        np.array([served for _, served in accounts], dtype=bool),
        attainable_share=share,
        capacity_accounts_count=capacity,
    )
    slack = 1e-9 * (1 + size.tam)
    assert 0 <= size.som <= size.sam + slack
    assert size.sam <= size.tam + slack


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("shares", "published"),
    [
        ([30, 30, 20, 20], 2600),  # U.S. Department of Justice, example of the index
        ([40, 30, 20, 10], 3000),  # 1600 + 900 + 400 + 100
    ],
)
def test_the_published_concentration_of_four_firms(shares: list[float], published: float) -> None:
    assert herfindahl(np.array(shares, dtype=float)) * 10_000 == pytest.approx(published)


@pytest.mark.oracle
def test_the_published_effective_number_of_firms() -> None:
    # 1 / 0.26, of the shares 30, 30, 20 and 20
    assert round(1 / herfindahl(np.array([30.0, 30, 20, 20])), 3) == 3.846


def test_amounts_are_made_to_shares_first() -> None:
    # shares .75 and .25: .5625 + .0625
    assert herfindahl(np.array([300.0, 100])) == pytest.approx(0.625)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([7.0], 1), ([7.0, 0, 0], 1), ([5.0] * 4, 0.25), ([0.0, 0], 0), ([], 0)],
)
def test_concentration_goes_from_equal_parts_to_one(values: list[float], expected: float) -> None:
    assert herfindahl(np.array(values)) == pytest.approx(expected)


@pytest.mark.parametrize("odd", [-1.0, float("nan")])
def test_concentration_is_undefined_for_credits_and_unknown_values(odd: float) -> None:
    assert np.isnan(herfindahl(np.array([10.0, odd])))


def test_wallet_and_whitespace_share_the_potential() -> None:
    share, unsold, _ = wallet(np.array([25.0, 0]), np.array([100.0, 80]))
    assert share.tolist() == [0.25, 0]
    assert unsold.tolist() == [75, 80]


@pytest.mark.oracle
@pytest.mark.parametrize("rep", CRESTLIGHT)
def test_the_published_penetration_of_nine_reps(rep: str) -> None:
    sold, potential, published = CRESTLIGHT[rep]
    share, unsold, _ = wallet(np.array([float(sold)]), np.array([float(potential)]))
    # 73.0 is cut off in print, the others are rounded
    assert 100 * share[0] == pytest.approx(published, abs=0.06)
    assert unsold[0] == potential - sold


@pytest.mark.oracle
def test_the_published_totals_of_nine_reps() -> None:
    # "Crestlight Paper Company": 3271 of 5965 accounts sold
    sold, potential, _ = (np.array(c, dtype=float) for c in zip(*CRESTLIGHT.values(), strict=True))
    assert (sold.sum(), potential.sum()) == (3271, 5965)
    assert wallet(sold, potential)[1].sum() == 5965 - 3271


def test_more_revenue_than_potential_is_counted_and_leaves_no_whitespace() -> None:
    share, unsold, wrong = wallet(np.array([120.0, 100, 10]), np.array([100.0, 100, 0]))
    assert share[:2].tolist() == [1.2, 1]
    assert unsold.tolist() == [0, 0, 0]
    assert wrong == 2


def test_without_potential_there_is_no_share_of_wallet() -> None:
    assert np.isnan(wallet(np.array([0.0]), np.array([0.0]))[0]).all()


@pytest.mark.parametrize("odd", [-30.0, float("nan")])
def test_credits_and_unknown_revenue_count_as_nothing_sold(odd: float) -> None:
    """A credit must not make an account worth more than its potential."""
    share, unsold, wrong = wallet(np.array([odd]), np.array([100.0]))
    assert (share[0], unsold[0], wrong) == (0, 100, 0)

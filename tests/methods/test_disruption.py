"""Disruption: the price of moves and how much moves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.methods.disruption import Disruption, measure_disruption, move_prices

AMOUNTS = st.floats(-1e9, 1e9) | st.just(float("nan"))


def price(revenue: float, margin: float, *, dormant: bool = False, loss: float = 0.15) -> float:
    prices = move_prices(
        np.array([revenue]),
        np.array([margin]),
        np.array([dormant]),
        loss=loss,
        dormant_loss=0.0,
    )
    return float(prices[0])


def measure(moved: str, owned: str, revenue: list[float]) -> Disruption:
    """Measure moves given as words of "x" (yes) and "." (no)."""
    return measure_disruption(
        np.array(list(moved)) == "x", np.array(list(owned)) == "x", np.array(revenue)
    )


def test_the_price_is_the_margin_at_risk() -> None:
    # 1000 of revenue, 40 % margin, 15 % at risk
    assert price(1000, 0.4) == pytest.approx(60)


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("loss", "lost_sales", "lost_margin"),
    # Shi et al. (2017): 13.2 to 17.6 % of 200 k€ at 40 % margin
    [(0.132, 26_400, 10_560), (0.176, 35_200, 14_080)],
)
def test_the_published_losses_price_the_move_of_a_large_account(
    loss: float, lost_sales: float, lost_margin: float
) -> None:
    assert price(200_000, 1.0, loss=loss) == pytest.approx(lost_sales)
    assert price(200_000, 0.4, loss=loss) == pytest.approx(lost_margin)


def test_a_dormant_customer_has_a_share_at_risk_of_its_own() -> None:
    assert price(1000, 0.4, dormant=True) == 0


@pytest.mark.parametrize(
    ("revenue", "margin"), [(np.nan, 0.4), (-500, 0.4), (0, 0.4), (1000, -0.2), (1000, 0)]
)
def test_unknown_revenue_credits_and_losses_make_a_move_free(revenue: float, margin: float) -> None:
    assert price(revenue, margin) == 0


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    revenue=AMOUNTS,
    margin=st.floats(-1, 1),
    dormant=st.booleans(),
    loss=st.floats(0, 1),
)
def test_a_price_is_never_negative_and_never_above_the_revenue(
    revenue: float, margin: float, *, dormant: bool, loss: float
) -> None:
    assert 0 <= price(revenue, margin, dormant=dormant, loss=loss) <= max(np.nan_to_num(revenue), 0)


def test_shares_are_of_the_accounts_and_revenue_that_have_an_owner() -> None:
    # three have an owner, with 400 of revenue; one of them moves, with 100
    found = measure("x..x", "xxx.", [100, 200, 100, 900])
    assert found == Disruption(
        accounts_count=1, accounts_share=1 / 3, revenue_share=0.25, revenue=100
    )


def test_nobody_moves_when_nobody_has_an_owner() -> None:
    found = measure("xx", "..", [100, 200])
    assert found == Disruption(accounts_count=0, accounts_share=0, revenue_share=0, revenue=0)


def test_prospects_move_without_revenue() -> None:
    found = measure("x.", "xx", [np.nan, np.nan])
    assert (found.accounts_share, found.revenue_share) == (0.5, 0)


def test_credits_do_not_make_the_rest_look_larger() -> None:
    # -300 counts as 0: 100 of 200 move
    assert measure("x..", "xxx", [100, 100, -300]).revenue_share == pytest.approx(0.5)


def test_all_that_moves_is_everything() -> None:
    found = measure("xx", "xx", [10, 30])
    assert (found.accounts_share, found.revenue_share, found.revenue) == (1, 1, 40)

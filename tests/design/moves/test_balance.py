"""Prices on centres, against assignments worked out by hand."""

import numpy as np
import pytest

from territory_kit.design.model.instance import Limits
from territory_kit.design.moves.balance import balance_by_prices, sum_loads, total_violation


def limits(n_pieces: int, low: float, high: float) -> Limits:
    """Give pieces of one in two territories, measured once."""
    return Limits(np.ones((n_pieces, 1)), np.full((2, 1), low), np.full((2, 1), high))


def line_costs(n_pieces: int, home: float) -> np.ndarray:
    """Put pieces at 0, 1, 2 … and centres at 0 and home."""
    places = np.arange(n_pieces, dtype=float)
    return np.column_stack([places, np.abs(places - home)])


def test_violations_add_up_over_territories_and_measures() -> None:
    """Loads 4 and 1 in limits 2-3: one too much, one missing."""
    given = limits(5, 2, 3)
    sums = sum_loads(given, np.array([0, 0, 0, 0, 1]))
    assert sums.tolist() == [[4.0], [1.0]]
    assert total_violation(given, sums) == 2.0


def test_without_need_nothing_has_a_price() -> None:
    labels, prices, bound = balance_by_prices(
        line_costs(4, 3), limits(4, 0, 4), np.zeros((2, 1)), 100, is_last_taken=False
    )
    assert labels.tolist() == [0, 0, 1, 1]
    assert not prices.any()
    assert bound == 2.0


def test_prices_move_the_border_until_both_are_full() -> None:
    """Squared ways from 0 and 6: the border lies at 3 until five pieces must go to each side."""
    places = np.arange(10.0)
    labels, prices, bound = balance_by_prices(
        np.column_stack([places**2, (places - 6) ** 2]),
        limits(10, 5, 5),
        np.zeros((2, 1)),
        300,
        is_last_taken=False,
    )
    assert labels.tolist() == [0] * 5 + [1] * 5
    assert prices[1, 0] > prices[0, 0]
    # 0+1+4+9+16 = 30 km² to the first centre, 1+0+1+4+9 = 15 km² to the second.
    assert bound == pytest.approx(45.0, rel=0.02)
    assert bound <= 45.0 + 1e-9


def test_a_forbidden_territory_stays_forbidden_at_any_price() -> None:
    costs = line_costs(4, 3)
    costs[3, 0] = np.inf
    labels, _, _ = balance_by_prices(
        costs, limits(4, 0, 0.5), np.zeros((2, 1)), 50, is_last_taken=True
    )
    assert labels[3] == 1

"""Canonical order, groups as pieces, scaled limits."""

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.design.model.instance import build_instance, canonical_order


def four_units(**options: object) -> Problem:
    """Put units at x = 3, 1, 2 and nowhere; the last one is remote."""
    given: dict[str, object] = {
        "positions_km": np.array([[3.0, 0], [1, 0], [2, 0], [np.nan, np.nan]]),
        "distance_weights": np.array([1.0, 1, 1, 0]),
        "measures": np.array([[4.0], [2.0], [1.0], [1.0]]),
        "lower": np.array([[2.0], [2.0]]),
        "upper": np.array([[6.0], [np.inf]]),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


def test_units_are_sorted_by_place_and_the_unlocated_come_last() -> None:
    instance = build_instance(four_units())
    assert instance.order.tolist() == [1, 2, 0, 3]
    assert instance.piece_of_unit.tolist() == [2, 0, 1, 3]
    assert instance.point_units.tolist() == [1, 2, 0]


def test_limits_are_divided_by_the_mean_load() -> None:
    """The units hold 8, so a mean territory holds 4 and a limit of 2 becomes one half."""
    limits = build_instance(four_units()).limits
    assert limits.lower[:, 0] == pytest.approx([0.5, 0.5], abs=1e-8)
    assert limits.upper[0, 0] == pytest.approx(1.5, abs=1e-8)
    assert limits.upper[1, 0] == np.inf
    assert limits.loads[:, 0].tolist() == [0.5, 0.25, 1.0, 0.25]


def test_an_empty_territory_outweighs_all_other_violations() -> None:
    limits = build_instance(four_units()).limits
    assert (limits.loads[:, 1] == limits.loads[0, 1]).all()
    assert limits.lower[0, 1] > 2 * limits.loads[:, 0].sum()


def test_a_group_is_one_piece_with_all_its_points() -> None:
    instance = build_instance(four_units(together=np.array([8, -1, 8, -1])))
    assert instance.piece_of_unit.tolist() == [1, 0, 1, 2]
    assert instance.limits.loads[:, 0].tolist() == [0.5, 1.25, 0.25]
    assert instance.points.starts.tolist() == [0, 1, 3, 3]
    assert instance.point_units.tolist() == [1, 2, 0]


def test_prices_count_where_a_unit_leaves_its_owner() -> None:
    """Units 0 and 2 are one group with owners 0 and 1: either way one of them moves."""
    instance = build_instance(
        four_units(
            together=np.array([8, -1, 8, -1]),
            current=np.array([0, 1, 1, -1]),
            move_prices=np.array([5.0, 7.0, 3.0, 100.0]),
        )
    )
    assert instance.fixed_costs.tolist() == [[7.0, 0.0], [3.0, 5.0], [0.0, 0.0]]
    assert instance.current.tolist() == [1, 0, -1]


def test_a_lock_forbids_all_other_territories() -> None:
    instance = build_instance(four_units(locked=np.array([1, -1, -1, -1])))
    assert instance.fixed_costs[2].tolist() == [np.inf, 0.0]
    assert instance.is_free.tolist() == [True, True, False, True]


def test_neighbours_tell_units_at_one_place_apart_whatever_the_order_of_rows() -> None:
    """Four addresses at which nine flats each are alike, but for who is whose neighbour."""
    random = np.random.default_rng(1)
    places = np.round(random.random((36, 2)) * 1.4) * 10
    chain = [(unit, unit + 1) for unit in range(35)]
    edges = np.array([*chain, *random.integers(0, 36, (12, 2)).tolist()])
    orders = []
    for _ in range(4):
        rows = random.permutation(36)
        problem = Problem(
            positions_km=places[rows],
            distance_weights=np.ones(36),
            measures=np.ones((36, 1)),
            lower=np.full((4, 1), 8.0),
            upper=np.full((4, 1), 10.0),
            distance="squared",
            edges=np.argsort(rows)[edges],
        )
        order = canonical_order(problem)
        orders.append(rows[order].tolist())
    assert orders[0] == orders[1] == orders[2] == orders[3]

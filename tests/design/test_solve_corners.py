"""Corners of capacities, connection and caps: zeros, giants, piles, lines, one and all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territory_kit.design import Design, Problem, explain, solve
from territory_kit.design.arrays import FloatArray


def solved(positions: FloatArray, loads: FloatArray, n_territories: int, options: str) -> Design:
    """Solve a drawn problem whose limits may be out of reach, and explain what is broken."""
    n_units = len(loads)
    mean = loads.sum() / n_territories
    has = options.split()
    line = np.column_stack([np.arange(n_units - 1), np.arange(1, n_units)])
    problem = Problem(
        positions_km=positions,
        distance_weights=loads,
        measures=loads[:, np.newaxis],
        lower=np.full((n_territories, 1), mean * 0.8),
        upper=np.full((n_territories, 1), mean * 1.2),
        capacities=np.linspace(0, 2, n_units) * mean if "capacity" in has else None,
        capacity_loads=loads if "capacity" in has else None,
        edges=line if "edges" in has else None,
        current=np.zeros(n_units, dtype=np.int64),
        move_prices=loads,
        move_amounts=loads[:, np.newaxis] if "cap" in has else None,
        move_caps=np.array([mean]) if "cap" in has else None,
    )
    design = solve(problem, seed=0, max_iterations=2)
    assert design.is_feasible == (not explain(problem, design))
    return design


@pytest.mark.parametrize("options", ["capacity", "edges", "cap", "capacity edges cap"])
@settings(max_examples=15, deadline=None, derandomize=True)
@given(data=st.data(), n_units=st.integers(1, 16), n_territories=st.integers(1, 4))
def test_any_weights_and_positions_give_a_whole_plan(
    options: str, data: st.DataObject, n_units: int, n_territories: int
) -> None:
    """Every unit once, no needless empty territory, finite figures."""
    weight = st.sampled_from([0.0, 1.0, 2.5, 1e6])
    place = st.sampled_from([0.0, 1.0, 3.0, 1e3])
    loads = np.array(data.draw(st.lists(weight, min_size=n_units, max_size=n_units)))
    pairs = st.lists(st.tuples(place, place), min_size=n_units, max_size=n_units)
    design = solved(np.array(data.draw(pairs)), loads, n_territories, options)
    assert design.labels.shape == (n_units,)
    assert len(set(design.labels.tolist())) == min(n_units, n_territories)
    assert np.isfinite(design.objective["total"])


@pytest.mark.parametrize("options", ["capacity", "edges", "capacity edges cap"])
@pytest.mark.parametrize("n_territories", [1, 14])
def test_one_territory_and_as_many_as_units(options: str, n_territories: int) -> None:
    positions = np.column_stack([np.arange(14.0), np.zeros(14)])
    design = solved(positions, np.ones(14), n_territories, options)
    assert len(set(design.labels.tolist())) == n_territories


@pytest.mark.parametrize("price", [0.0, 1e9])
def test_an_owner_of_everything_shares_even_when_moves_are_dear(price: float) -> None:
    """Three territories of one owner's 12,000 accounts, without any limit."""
    random = np.random.default_rng(0)
    n_units = 12_000
    problem = Problem(
        positions_km=random.uniform(0, 200, (n_units, 2)),
        distance_weights=np.ones(n_units),
        measures=np.zeros((n_units, 0)),
        lower=np.zeros((3, 0)),
        upper=np.zeros((3, 0)),
        current=np.zeros(n_units, dtype=np.int64),
        move_prices=np.full(n_units, price),
    )
    design = solve(problem, seed=0, max_iterations=2)
    assert (np.bincount(design.labels, minlength=3) > 0).all()

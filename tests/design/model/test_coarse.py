"""Many units: cells instead of units, nothing as large as units times territories."""

import numpy as np
import pytest

from territory_kit.design import Problem
from territory_kit.design.model.coarse import merge_units
from territory_kit.design.model.instance import build_instance


def many_units(**options: object) -> Problem:
    """Draw 300 units for two territories, without limits."""
    random = np.random.default_rng(0)
    given: dict[str, object] = {
        "positions_km": random.uniform(0, 100, (300, 2)),
        "distance_weights": np.ones(300),
        "measures": np.ones((300, 1)),
        "lower": np.zeros((2, 1)),
        "upper": np.full((2, 1), np.inf),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


@pytest.fixture
def low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 300 units count as many."""
    monkeypatch.setattr("territory_kit.design.model.coarse.MOST_UNITS", 100)
    monkeypatch.setattr("territory_kit.design.model.coarse.FEWEST_CELLS", 25)
    monkeypatch.setattr("territory_kit.design.model.coarse.CELLS_PER_TERRITORY", 5)


def test_few_units_stay_as_they_are() -> None:
    problem = many_units()
    assert merge_units(problem) is problem


@pytest.mark.usefixtures("low_limits")
def test_the_table_of_costs_has_a_row_for_each_cell() -> None:
    """Five strips of five cells, twelve units in each."""
    merged = merge_units(many_units())
    assert merged.together is not None
    assert np.bincount(merged.together).tolist() == [12] * 25
    assert build_instance(merged).fixed_costs.shape == (25, 2)


@pytest.mark.usefixtures("low_limits")
def test_owners_locks_and_groups_are_not_mixed() -> None:
    random = np.random.default_rng(1)
    current, locked = random.integers(-1, 2, 300), np.full(300, -1)
    locked[:5] = 1
    together = np.full(300, -1)
    together[[10, 290]] = 7
    merged = merge_units(many_units(current=current, locked=locked, together=together))
    assert merged.together is not None
    for group in np.unique(merged.together):
        inside = np.flatnonzero(merged.together == group)
        assert len(np.unique(locked[inside])) == 1
        assert inside.tolist() == [10, 290] or len(np.unique(current[inside])) == 1
    assert merged.together[10] == merged.together[290]


@pytest.mark.usefixtures("low_limits")
def test_cells_that_edges_do_not_join_are_split() -> None:
    merged = merge_units(many_units(edges=np.array([[0, 1]])))
    assert merged.together is not None
    assert len(np.unique(merged.together)) >= 299

"""The lower bound around medoids and homes: by hand, never too high, and close enough to tell."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest

from territory_kit.design import Problem, solve
from territory_kit.design.arrays import IntArray
from territory_kit.design.bounds.bound import medoid_bound
from territory_kit.design.bounds.relaxation import relax
from territory_kit.design.model.instance import build_instance
from territory_kit.design.search.descend import judge


def line(places: list[float], n_territories: int, **options: object) -> Problem:
    """Put units of one on a line, without limits."""
    n_units = len(places)
    given: dict[str, Any] = {
        "positions_km": np.column_stack([places, np.zeros(n_units)]),
        "distance_weights": np.ones(n_units),
        "measures": np.ones((n_units, 1)),
        "lower": np.zeros((n_territories, 1)),
        "upper": np.full((n_territories, 1), np.inf),
    }
    return Problem(**(given | options))


def bound_of(problem: Problem, labels: list[int] | IntArray) -> float | None:
    """Bound a problem, guided by a plan."""
    instance = build_instance(problem)
    pieces = np.zeros(instance.n_pieces, dtype=np.int64)
    pieces[instance.piece_of_unit] = labels
    return medoid_bound(instance, judge(instance, pieces))


def typical(seed: int, n_units: int = 240, n_territories: int = 5, **options: object) -> Problem:
    """Draw towns, two measures within a tenth, owners, and moves that cost their hours."""
    random = np.random.default_rng(seed)
    towns = random.uniform(0, 200, (3 * n_territories, 2))
    positions = towns[random.integers(len(towns), size=n_units)] + random.normal(0, 6, (n_units, 2))
    measures = random.lognormal(0, 0.5, (n_units, 2))
    mean = measures.sum(axis=0) / n_territories
    directions = random.normal(size=(2, n_territories))
    given: dict[str, Any] = {
        "positions_km": positions,
        "distance_weights": measures[:, 0],
        "measures": measures,
        "lower": np.tile(0.9 * mean, (n_territories, 1)),
        "upper": np.tile(1.1 * mean, (n_territories, 1)),
        "current": ((positions - positions.mean(axis=0)) @ directions).argmax(axis=1),
        "move_prices": 3 * measures[:, 0],
    }
    return Problem(**(given | options))


def test_one_territory_is_bounded_by_its_cost() -> None:
    """Units at 0, 1 and 5 around the one at 1: 1 + 0 + 4 km."""
    assert bound_of(line([0, 1, 5], 1), [0, 0, 0]) == pytest.approx(5.0)


def test_two_towns_are_bounded_by_their_cost() -> None:
    """Two towns of three, 100 km apart, 2 km in each."""
    problem = line([0, 1, 2, 100, 101, 102], 2)
    assert bound_of(problem, [0, 0, 0, 1, 1, 1]) == pytest.approx(4.0)


def test_a_bad_plan_gives_a_bound_below_the_good_one() -> None:
    problem = line([0, 1, 2, 100, 101, 102], 2)
    bound = bound_of(problem, [0, 0, 0, 0, 0, 1])
    assert bound is not None
    assert bound <= 4.0 + 1e-9


def test_locks_across_the_map_are_paid_for() -> None:
    """Unit 3 at 100 is locked to the territory of unit 0 at 0: 2 km are gone, 100 are added.

    Territory 0 holds 0, 1, 2 and 100: 1 + 0 + 1 + 99 around the one at 1; territory 1 the rest: 1.
    """
    locked = np.array([0, -1, -1, 0, -1, -1])
    problem = line([0, 1, 2, 100, 101, 102], 2, locked=locked)
    assert bound_of(problem, [0, 0, 0, 0, 1, 1]) == pytest.approx(102.0, rel=1e-3)


def test_groups_across_the_map_are_paid_for() -> None:
    """Units 0 and 3 stay together: the plan is the same as with both locked."""
    together = np.array([7, -1, -1, 7, -1, -1])
    problem = line([0, 1, 2, 100, 101, 102], 2, together=together)
    assert bound_of(problem, [0, 0, 0, 0, 1, 1]) == pytest.approx(102.0, rel=1e-2)


def test_moves_that_the_limits_force_are_paid_for() -> None:
    """One owner has all six units of one place; three must go, at a price of 10 each."""
    problem = line(
        [5.0] * 6,
        2,
        lower=np.full((2, 1), 3.0),
        upper=np.full((2, 1), 3.0),
        current=np.zeros(6, dtype=np.int64),
        move_prices=np.full(6, 10.0),
    )
    assert bound_of(problem, [0, 0, 0, 1, 1, 1]) == pytest.approx(30.0, rel=1e-3)


def test_units_without_a_place_have_moves_to_pay_for_only() -> None:
    problem = line(
        [0.0] * 4,
        2,
        positions_km=np.full((4, 2), np.nan),
        distance_weights=np.zeros(4),
        lower=np.full((2, 1), 2.0),
        current=np.zeros(4, dtype=np.int64),
        move_prices=np.array([1.0, 2, 3, 4]),
    )
    assert bound_of(problem, [1, 1, 0, 0]) == pytest.approx(3.0, rel=2e-2)


def test_caps_hold_back_what_would_pay() -> None:
    """Both territories lie across two towns; untangling pays, and one unit of four may move."""
    problem = line(
        [0, 1, 100, 101],
        2,
        current=np.array([0, 1, 0, 1]),
        move_amounts=np.ones((4, 1)),
        move_caps=np.array([1.0]),
    )
    without = bound_of(line([0, 1, 100, 101], 2), [0, 0, 1, 1])
    bound = bound_of(problem, [0, 0, 0, 1])
    assert without == pytest.approx(2.0)
    assert bound is not None
    assert 40.0 < bound <= 101.0


def test_a_cap_without_an_end_changes_nothing() -> None:
    """All may move for nothing, so the owners do not count."""
    problem = line(
        [0, 1, 100, 101],
        2,
        current=np.array([0, 1, 0, 1]),
        move_amounts=np.ones((4, 1)),
        move_caps=np.array([np.inf]),
    )
    assert bound_of(problem, [0, 0, 1, 1]) == pytest.approx(2.0)


def test_alike_territories_are_one_kind_and_owners_tell_them_apart() -> None:
    alike, owned = line([0, 1, 2, 3], 3), line([0, 1, 2, 3], 3, current=np.array([0, 0, 1, 1]))
    priced = line([0, 1, 2, 3], 3, current=np.array([0, 0, 1, 1]), move_prices=np.ones(4))
    kinds = [len(relax(build_instance(one)).fixed_costs) for one in (alike, owned, priced)]
    assert kinds == [1, 1, 3]


def test_a_plan_that_breaks_limits_has_no_bound() -> None:
    problem = line([0, 1, 2], 2, upper=np.full((2, 1), 2.0))
    assert bound_of(problem, [0, 0, 0]) is None
    assert solve(line([0, 1, 2], 2, upper=np.ones((2, 1))), seed=0).lower_bound is None


@pytest.mark.parametrize("seed", range(4))
def test_typical_regions_get_a_bound_that_tells_something(seed: int) -> None:
    """Owners, two measures and priced moves: within a tenth of the plan, mostly far closer."""
    design = solve(typical(seed), seed=1, max_iterations=20)
    assert design.is_feasible
    assert design.lower_bound is not None
    assert 0.9 < design.lower_bound / design.objective["total"] <= 1.0


def test_a_territory_for_each_owner_beats_what_nobody_owns() -> None:
    """Prices of moves raise the bound: it is no longer that of a map without owners."""
    with_owners = solve(typical(2), seed=1, max_iterations=10)
    without = solve(typical(2, current=None, move_prices=None), seed=1, max_iterations=10)
    assert with_owners.lower_bound is not None
    assert with_owners.lower_bound > without.objective["total"]


OPTIONS: dict[str, dict[str, object]] = {
    "plain": {},
    "squared": {"distance": "squared"},
    "nobody owns": {"current": None, "move_prices": None},
    "locked": {"locked": np.where(np.arange(90) % 9 == 0, np.arange(90) % 4, -1)},
    "together": {"together": np.where(np.arange(90) < 40, np.arange(90) // 2, -1)},
    "capacity": {"capacities": np.full(90, 30.0), "capacity_loads": np.ones(90)},
    "caps": {"move_amounts": np.ones((90, 1)), "move_caps": np.array([20.0])},
    "edges": {"edges": np.array([(one, one + way) for one in range(80) for way in (1, 4, 9)])},
}


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_no_guide_lifts_the_bound_above_a_known_plan(name: str) -> None:
    """A plan of another seed and little effort guides; the best plan known must stay above."""
    for seed in range(3):
        problem = typical(seed, 90, 4, **OPTIONS[name])
        designs = [solve(problem, seed=one, max_iterations=one) for one in (1, 2, 12)]
        feasible = [one for one in designs if one.is_feasible]
        least = min((one.objective["total"] for one in feasible), default=np.inf)
        bounds = [one.lower_bound for one in feasible if one.lower_bound is not None]
        assert len(bounds) == len(feasible)
        assert max(bounds, default=0.0) <= least * (1 + 1e-9)


def test_the_bound_does_not_depend_on_the_order_of_rows() -> None:
    problem = typical(3, 90, 4)
    design = solve(problem, seed=1, max_iterations=3)
    order = np.random.default_rng(0).permutation(90)
    names = ("positions_km", "distance_weights", "measures", "current", "move_prices")
    shuffled = typical(3, 90, 4, **{name: getattr(problem, name)[order] for name in names})
    assert bound_of(problem, design.labels) == bound_of(shuffled, design.labels[order])


def test_too_many_units_have_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("territory_kit.design.bounds.bound.MOST_TRIPLES", 40)
    assert bound_of(line([0, 1, 2, 100, 101, 102], 2), [0, 0, 0, 1, 1, 1]) is None


def test_no_bound_is_claimed_for_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("territory_kit.design.solve"), "is_tiny", lambda _: False)
    problem = line([0, 1, 100, 101], 2, centre="mean")
    assert solve(problem, seed=1, max_iterations=1).lower_bound is None


def test_the_bound_of_unlimited_homes_is_the_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without limits each unit goes to its nearest home, and nothing can be cheaper."""
    monkeypatch.setattr(import_module("territory_kit.design.solve"), "is_tiny", lambda _: False)
    homes = np.array([[0.0, 0], [90, 0]])
    design = solve(line([0, 1, 100, 101], 2, centre="fixed", homes_km=homes), seed=1)
    assert design.lower_bound == pytest.approx(design.objective["total"])
    assert design.objective["total"] == 22.0


def test_the_bound_of_homes_counts_moves_and_all_measures() -> None:
    """Two measures within a tenth, owners and priced moves around given homes."""
    homes = np.random.default_rng(0).uniform(0, 200, (5, 2))
    design = solve(typical(1, centre="fixed", homes_km=homes), seed=1, max_iterations=20)
    assert design.is_feasible
    assert design.lower_bound is not None
    assert 0.98 < design.lower_bound / design.objective["total"] <= 1.0

"""Connected territories: a small map by hand, grids, and real census tracts."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from territory_kit.design import Design, Problem, explain, solve
from territory_kit.design.check import count_map_parts, find_broken_rules
from territory_kit.design.model.instance import build_instance
from territory_kit.design.moves.connect import connect_labels

BESIDE = Path(__file__).parents[4] / "shared" / "benchmarks"
FOLDER = Path(os.environ.get("TERRITORY_KIT_BENCHMARKS", BESIDE)) / "hess"


def grid_problem(side: int, n_territories: int, **options: object) -> Problem:
    """Put units on a square grid with edges to the next, balanced to a tenth."""
    places = np.array([(across, along) for across in range(side) for along in range(side)])
    n_units = side**2
    edges = [(unit, unit + 1) for unit in range(n_units) if unit % side < side - 1]
    edges += [(unit, unit + side) for unit in range(n_units - side)]
    mean = n_units / n_territories
    given: dict[str, object] = {
        "positions_km": places.astype(float),
        "distance_weights": np.ones(n_units),
        "measures": np.ones((n_units, 1)),
        "lower": np.full((n_territories, 1), 0.9 * mean),
        "upper": np.full((n_territories, 1), 1.1 * mean),
        "edges": np.array(edges),
    }
    return Problem(**(given | options))  # type: ignore[arg-type]  # reason: options of any kind


def test_a_cut_off_piece_goes_to_the_territory_around_it() -> None:
    """A 3 x 3 grid: territory 1 is the last column and the corner 0, which only 0 touches."""
    instance = build_instance(grid_problem(3, 2))
    assert instance.rules is not None
    places = instance.problem.positions_km[instance.order]
    labels = np.where((places[:, 0] == 2) | (places.sum(axis=1) == 0), 1, 0)
    connected = connect_labels(
        instance.rules, np.zeros((9, 2)), instance.limits.loads, labels, instance.is_free
    )
    assert (connected == np.where(places[:, 0] == 2, 1, 0)).all()


@pytest.mark.parametrize("centre", ["mean", "medoid"])
def test_territories_of_a_grid_hang_together_and_keep_the_limits(centre: str) -> None:
    """Weights drawn at random pull the centres; the edges hold against it."""
    random = np.random.default_rng(2)
    problem = grid_problem(
        9, 5, centre=centre, distance="squared", distance_weights=random.lognormal(0, 2, 81)
    )
    assert solve(problem, seed=0, max_iterations=10).is_feasible


def test_a_wall_keeps_neighbours_apart() -> None:
    """Two columns of ten, 1 km apart, joined at no place: territories follow the columns."""
    places = np.array([(across, 3 * along) for across in (0, 1) for along in range(10)], float)
    edges = [(unit, unit + 1) for unit in range(19) if unit != 9]
    problem = Problem(
        positions_km=places,
        distance_weights=np.ones(20),
        measures=np.ones((20, 1)),
        lower=np.full((2, 1), 10.0),
        upper=np.full((2, 1), 10.0),
        edges=np.array(edges),
    )
    labels = solve(problem, seed=0, max_iterations=5).labels
    assert len(set(labels[:10].tolist())) == len(set(labels[10:].tolist())) == 1


def test_more_parts_than_territories_are_explained() -> None:
    """Twenty units without any edge cannot hang together in two territories."""
    problem = Problem(
        positions_km=np.random.default_rng(0).uniform(0, 9, (20, 2)),
        distance_weights=np.ones(20),
        measures=np.zeros((20, 0)),
        lower=np.zeros((2, 0)),
        upper=np.zeros((2, 0)),
        edges=np.empty((0, 2), dtype=np.int64),
    )
    design = solve(problem, seed=0, max_iterations=2)
    assert count_map_parts(problem) == 20
    assert {one.kind for one in design.violations} == {"parts"}
    assert sum(one.load for one in design.violations) == 20
    text = " ".join(explain(problem, design))
    assert "the map in 20 parts, more than the 2 territories; 18 find no place" in text
    assert "declare units that nothing touches as islands" in text


def test_the_order_of_rows_changes_no_connected_plan() -> None:
    random = np.random.default_rng(3)
    weights = random.uniform(1, 2, 49)
    problem = grid_problem(7, 4, distance_weights=weights)
    order = random.permutation(49)
    place = np.argsort(order)
    assert problem.edges is not None
    shuffled = grid_problem(
        7,
        4,
        positions_km=problem.positions_km[order],
        distance_weights=weights[order],
        edges=place[problem.edges][::-1],
    )
    one = solve(problem, seed=2, max_iterations=6)
    two = solve(shuffled, seed=2, max_iterations=6)
    assert np.array_equal(one.labels[order], two.labels)


@pytest.mark.real
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the census tracts lie beside the checkout")
@pytest.mark.parametrize("state", ["NH", "NM"])
def test_real_tracts_become_connected_territories_of_half_a_percent(state: str) -> None:
    """The reference need not be connected; connection costs less than 1 %."""
    problem, reference = read_state(state)
    design: Design = solve(problem, seed=1, max_iterations=12)
    assert design.is_feasible
    assert find_broken_rules(problem, design.labels, design.centre_units) == ()
    assert design.objective["total"] / 1e6 < 1.01 * reference


def read_state(state: str) -> tuple[Problem, float]:
    """Read the tracts of a state, their edges and the cost of the reference."""
    units = pd.read_csv(FOLDER / f"{state}.units.csv", dtype={"unit_id": "str"})
    edges = pd.read_csv(FOLDER / f"{state}.edges.csv", dtype="str")
    states = pd.read_csv(FOLDER / "instances.csv").set_index("state")
    place = pd.Series(np.arange(len(units)), index=units["unit_id"])
    numbers = np.column_stack([place.loc[edges[side]].to_numpy() for side in edges])
    known = {name: states[name].to_dict()[state] for name in states}
    n_territories = int(known["n_territories"])
    population = units["population"].to_numpy(dtype=float)
    problem = Problem(
        positions_km=units[["x_km", "y_km"]].to_numpy(),
        distance_weights=population,
        measures=population[:, np.newaxis],
        lower=np.full((n_territories, 1), float(known["population_min"])),
        upper=np.full((n_territories, 1), float(known["population_max"])),
        distance="squared",
        edges=numbers,
    )
    return problem, float(known["reference_objective"])

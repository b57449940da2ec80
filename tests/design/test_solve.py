"""The engine against plans worked out by hand."""

import numpy as np

from territory_kit.design import Problem, solve


def test_four_units_in_two_towns_become_two_territories() -> None:
    """Two towns 10 km apart, two units 1 km apart in each: cost 1 km per town, 2 in all."""
    problem = Problem(
        positions_km=np.array([[0.0, 0], [1, 0], [10, 0], [11, 0]]),
        distance_weights=np.ones(4),
        measures=np.ones((4, 1)),
        lower=np.full((2, 1), 2.0),
        upper=np.full((2, 1), 2.0),
    )
    design = solve(problem, seed=0)
    assert design.labels[0] == design.labels[1] != design.labels[2] == design.labels[3]
    assert design.objective == {"distance": 2.0, "moves": 0.0, "total": 2.0}
    assert design.is_feasible
    assert set(design.centre_units.tolist()) <= {0, 1, 2, 3}


def test_a_unit_leaves_its_territory_only_when_that_saves_more_than_it_costs() -> None:
    """Unit 2 lies 9 km nearer to the other home; it moves at a price of 8 and stays at 10."""

    def labels_at(price: float) -> list[int]:
        problem = Problem(
            positions_km=np.array([[0.0, 0], [10, 0], [9.5, 0]]),
            distance_weights=np.ones(3),
            measures=np.zeros((3, 0)),
            lower=np.zeros((2, 0)),
            upper=np.zeros((2, 0)),
            centre="fixed",
            homes_km=np.array([[0.0, 0], [10, 0]]),
            current=np.array([0, 1, 0]),
            move_prices=np.full(3, price),
        )
        labels: list[int] = solve(problem, seed=0).labels.tolist()
        return labels

    assert labels_at(8) == [0, 1, 1]
    assert labels_at(10) == [0, 1, 0]


def test_units_without_an_owner_move_for_nothing() -> None:
    problem = Problem(
        positions_km=np.array([[0.0, 0], [10, 0]]),
        distance_weights=np.ones(2),
        measures=np.zeros((2, 0)),
        lower=np.zeros((2, 0)),
        upper=np.zeros((2, 0)),
        current=np.array([-1, -1]),
        move_prices=np.full(2, 100.0),
    )
    assert solve(problem, seed=0).objective["total"] == 0.0

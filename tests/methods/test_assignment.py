"""Assignment of reps one to one and within limited hours."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.assignment import assign_one_to_one, assign_within_capacity
from tests.methods.gap1 import PROBLEMS

Floats = NDArray[np.float64]
NO = float("nan")


def table(text: str) -> Floats:
    """Read rows of reps into one row per job."""
    return np.array([line.split() for line in text.split("\n") if line.strip()], dtype=float).T


@st.composite
def gains_and_disruption(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Draw small whole numbers, so that ties are common; some pairs are forbidden."""
    shape = (draw(st.integers(1, 4)), draw(st.integers(1, 3)))
    cells = st.lists(
        st.integers(0, 3).map(float) | st.just(NO), min_size=shape[0] * shape[1], max_size=12
    )
    gains = np.array(draw(cells)[: shape[0] * shape[1]]).reshape(shape)
    moved = draw(st.lists(st.integers(0, 4), min_size=12, max_size=12))
    return gains, np.array(moved[: gains.size], dtype=float).reshape(shape)


def best_by_trying(
    gains: Floats, disruption: Floats, capacities: Floats, vacancy: float
) -> tuple[float, float]:
    """Return the greatest gain and the least disruption with it, for loads of 1."""
    padded = np.column_stack(
        [np.where(np.isfinite(gains), gains, -np.inf), np.full(len(gains), vacancy)]
    )
    ties = np.column_stack([disruption, np.zeros(len(gains))])
    rows = np.arange(len(gains))
    results = []
    for chosen in product(range(gains.shape[1] + 1), repeat=len(gains)):
        counts = np.bincount(chosen, minlength=gains.shape[1] + 1)[:-1]
        if (counts <= capacities).all():
            results.append((float(padded[rows, chosen].sum()), -float(ties[rows, chosen].sum())))
    gain, moved = max(results)
    return gain, -moved


def test_the_greatest_sum_wins_over_the_greatest_pair() -> None:
    # 10 + 0 is less than 9 + 9
    found = assign_one_to_one(np.array([[10.0, 9], [9, 0]]), vacancy_costs=np.zeros(2))
    assert found.reps.tolist() == [1, 0]
    assert (found.gain, found.coverage_share) == (18, 1)


@pytest.mark.oracle
def test_the_published_assignment_of_four_salespeople() -> None:
    # abilities 7, 5, 5, 4 and zones of 126, 105, 84, 63 k (exercise on studyx.ai): 2079 k, 99 k
    # per 21 points of ability
    gains = np.outer([126.0, 105, 84, 63], [7.0, 5, 5, 4])
    found = assign_one_to_one(gains, vacancy_costs=np.zeros(4))
    assert (found.gain, found.gain / 21) == (2079, 99)
    whole = assign_within_capacity(gains, np.ones((4, 4)), np.ones(4))
    assert whole.gain == 2079


def test_equal_gains_are_decided_by_least_disruption() -> None:
    # reps 1 and 2 are as able: each keeps the zone that is known
    gains = np.outer([126.0, 105, 84, 63], [7.0, 5, 5, 4])
    moved = np.ones((4, 4))
    moved[1, 2] = moved[2, 1] = 0
    found = assign_one_to_one(gains, vacancy_costs=np.zeros(4), disruption=moved)
    assert found.reps.tolist() == [0, 2, 1, 3]
    assert (found.gain, found.disruption) == (2079, 2)
    moved[1, 2], moved[2, 1] = 1, 1
    moved[1, 1] = moved[2, 2] = 0
    found = assign_one_to_one(gains, vacancy_costs=np.zeros(4), disruption=moved)
    assert found.reps.tolist() == [0, 1, 2, 3]


def test_disruption_never_outweighs_gain() -> None:
    found = assign_one_to_one(
        np.array([[2.0, 1], [1, 2]]) / 1000,
        vacancy_costs=np.zeros(2),
        disruption=np.array([[1e9, 0], [0, 1e9]]),
    )
    assert found.reps.tolist() == [0, 1]


def test_with_more_territories_than_reps_the_cheapest_stays_vacant() -> None:
    # equal gains everywhere; leaving 30, 10 or 20
    found = assign_one_to_one(np.full((3, 2), 50.0), vacancy_costs=np.array([30.0, 10, 20]))
    assert found.reps.tolist() == [0, -1, 1]
    assert found.gain == 90
    assert found.coverage_share == pytest.approx(2 / 3)
    assert found.loads.tolist() == [1, 1]


def test_what_loses_more_than_a_vacancy_stays_vacant() -> None:
    found = assign_one_to_one(np.array([[-50.0]]), vacancy_costs=np.array([20.0]))
    assert (found.reps.tolist(), found.gain, found.coverage_share) == ([-1], -20, 0)
    found = assign_one_to_one(np.array([[-50.0]]), vacancy_costs=np.array([60.0]))
    assert (found.reps.tolist(), found.gain) == ([0], -50)


def test_with_more_reps_than_territories_the_others_stay_free() -> None:
    found = assign_one_to_one(np.array([[1.0, 5, 3]]), vacancy_costs=np.zeros(1))
    assert found.reps.tolist() == [1]
    assert found.loads.tolist() == [0, 1, 0]


def test_a_single_rep_takes_the_best_territory_and_the_rest_is_counted() -> None:
    found = assign_one_to_one(np.array([[3.0], [8], [5]]), vacancy_costs=np.zeros(3))
    assert found.reps.tolist() == [-1, 0, -1]
    assert found.coverage_share == pytest.approx(1 / 3)


def test_a_forbidden_pair_is_never_made() -> None:
    found = assign_one_to_one(np.array([[NO, 1.0], [NO, 9]]), vacancy_costs=np.array([5.0, 0]))
    # the second gains 9 and leaves the first vacant at 5: more than 1 and a free vacancy
    assert (found.reps.tolist(), found.gain) == ([-1, 1], 4)
    found = assign_one_to_one(np.array([[np.inf]]), vacancy_costs=np.array([5.0]))
    assert found.reps.tolist() == [-1]


@pytest.mark.parametrize("shape", [(0, 2), (2, 0), (0, 0)])
def test_without_territories_or_reps_nothing_is_assigned(shape: tuple[int, int]) -> None:
    costs = np.ones(shape[0])
    for found in (
        assign_one_to_one(np.zeros(shape), vacancy_costs=costs),
        assign_within_capacity(
            np.zeros(shape), np.zeros(shape), np.zeros(shape[1]), vacancy_costs=costs
        ),
    ):
        assert found.reps.tolist() == [-1] * shape[0]
        assert found.gain == -shape[0]
        assert np.isnan(found.coverage_share) or found.coverage_share == 0


@settings(derandomize=True, deadline=None, max_examples=100)
@given(drawn=gains_and_disruption(), vacancy=st.integers(-3, 3))
def test_one_to_one_is_as_good_as_trying_all(drawn: tuple[Floats, Floats], vacancy: int) -> None:
    gains, disruption = drawn
    costs = np.full(len(gains), -float(vacancy))
    found = assign_one_to_one(gains, vacancy_costs=costs, disruption=disruption)
    expected = best_by_trying(gains, disruption, np.ones(gains.shape[1]), vacancy)
    assert (found.gain, found.disruption) == pytest.approx(expected)
    assert found.loads.max(initial=0) <= 1


@settings(derandomize=True, deadline=None, max_examples=60)
@given(drawn=gains_and_disruption(), capacity=st.integers(0, 3))
def test_sharing_within_capacity_is_as_good_as_trying_all(
    drawn: tuple[Floats, Floats], capacity: int
) -> None:
    gains, disruption = drawn
    capacities = np.full(gains.shape[1], float(capacity))
    found = assign_within_capacity(
        gains,
        np.ones(gains.shape),
        capacities,
        disruption=disruption,
        vacancy_costs=np.zeros(len(gains)),
    )
    expected = best_by_trying(gains, disruption, capacities, 0.0)
    assert (found.gain, found.disruption) == pytest.approx(expected)


@pytest.mark.parametrize("cost", [200.0, 1e9])
def test_a_vacancy_that_must_not_be_leaves_small_gains_in_sight(cost: float) -> None:
    gains = np.array([[100.5, 100], [100, 100.4]])
    moved = np.array([[1.0, 0], [0, 1]])
    costs = np.full(2, cost)
    found = assign_one_to_one(gains, vacancy_costs=costs, disruption=moved)
    assert found.reps.tolist() == [0, 1]
    found = assign_within_capacity(
        gains, np.ones((2, 2)), np.ones(2), vacancy_costs=costs, disruption=moved
    )
    assert found.reps.tolist() == [0, 1]


def test_the_order_of_equal_optima_is_settled_with_large_numbers_too() -> None:
    """Prices are differences of large sums; a tie must survive their rounding."""
    random = np.random.default_rng(5)
    gains = np.add.outer(random.uniform(1e6, 9e6, 6), random.uniform(1e6, 9e6, 6))
    moved = random.permutation(36).reshape(6, 6).astype(float)
    # gains that add up from rows and columns: every assignment gains the same
    least = min(sum(moved[row, col] for row, col in enumerate(p)) for p in permutations(range(6)))
    found = assign_one_to_one(gains, vacancy_costs=np.full(6, 1e9), disruption=moved)
    assert found.disruption == least


def test_reps_are_filled_up_to_their_hours() -> None:
    # all gain most with rep 0, who has hours for 5: 4 + 1, the territory of 3 goes to rep 1
    gains = np.array([[10.0, 1], [8, 2], [3, 1]])
    loads = np.array([[4.0, 4], [3, 3], [1, 1]])
    found = assign_within_capacity(gains, loads, np.array([5.0, 3]))
    assert found.reps.tolist() == [0, 1, 0]
    assert (found.gain, found.loads.tolist()) == (15, [5, 3])
    assert found.coverage_share == 1


def test_a_territory_may_take_one_rep_longer_than_another() -> None:
    found = assign_within_capacity(
        np.array([[9.0, 5], [9, 5]]), np.array([[2.0, 1], [3, 9]]), np.array([3.0, 1])
    )
    assert found.reps.tolist() == [1, 0]


def test_equal_gains_within_capacity_are_decided_by_least_disruption() -> None:
    moved = np.array([[1.0, 0], [0, 1], [1, 0]])
    found = assign_within_capacity(
        np.ones((3, 2)), np.ones((3, 2)), np.array([2.0, 2]), disruption=moved
    )
    assert found.reps.tolist() == [1, 0, 1]
    assert (found.gain, found.disruption) == (3, 0)


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_published_maxima_of_the_generalised_assignment_problem(name: str) -> None:
    published, gains, loads, capacities = PROBLEMS[name]
    found = assign_within_capacity(
        table(gains), table(loads), np.array(capacities.split(), dtype=float)
    )
    assert found.gain == published
    assert (found.loads <= np.array(capacities.split(), dtype=float)).all()


def test_hours_that_do_not_suffice_are_explained_in_sums() -> None:
    with pytest.raises(
        ParameterError,
        match=r"least 12 hours needed, 10 at hand\. Whole territories need at least 2 hours more",
    ):
        assign_within_capacity(np.ones((3, 2)), np.full((3, 2), 4.0), np.array([8.0, 2]))


def test_whole_territories_may_not_fit_though_the_hours_suffice() -> None:
    # two reps of 5 and three territories of 3: one rep must take two
    with pytest.raises(
        ParameterError,
        match=r"at least 9 hours needed, 10 at hand\. Whole territories need at least 1 hours more",
    ):
        assign_within_capacity(np.ones((3, 2)), np.full((3, 2), 3.0), np.array([5.0, 5]))


def test_what_does_not_fit_is_vacant_where_a_vacancy_has_a_cost() -> None:
    found = assign_within_capacity(
        np.ones((3, 2)),
        np.full((3, 2), 3.0),
        np.array([5.0, 5]),
        vacancy_costs=np.array([7.0, 2, 7]),
    )
    # 1 + 1 - 2
    assert (found.reps[1], found.gain) == (-1, 0)
    assert found.loads.tolist() == [3, 3]
    assert found.coverage_share == pytest.approx(2 / 3)


def test_territories_that_nobody_may_serve_are_named() -> None:
    with pytest.raises(ParameterError, match=r"served by nobody: 2 \(rows 0, 2\)\. Allow at least"):
        assign_within_capacity(
            np.array([[NO, NO], [1, 1], [NO, NO]]), np.ones((3, 2)), np.ones(2) * 9
        )


def test_a_rep_without_limit_takes_what_gains_most() -> None:
    found = assign_within_capacity(np.ones((3, 1)), np.ones((3, 1)), np.array([np.inf]))
    assert (found.reps.tolist(), found.loads.tolist()) == ([0, 0, 0], [3])


@pytest.mark.parametrize(
    ("gains", "moved", "costs"),
    [
        (np.ones((2, 2)), np.ones((2, 1)), np.ones(2)),  # disruption of one rep only
        (np.ones((2, 2)), np.ones((2, 2)), np.ones(3)),  # a cost too many
    ],
)
def test_tables_that_do_not_belong_together_are_refused(
    gains: Floats, moved: Floats, costs: Floats
) -> None:
    with pytest.raises(ParameterError, match="do not have the same territories and reps"):
        assign_one_to_one(gains, vacancy_costs=costs, disruption=moved)


def test_hours_of_other_territories_are_refused() -> None:
    with pytest.raises(ParameterError, match="Gains, hours and capacities do not have the same"):
        assign_within_capacity(np.ones((2, 2)), np.ones((3, 2)), np.ones(2))


@pytest.mark.parametrize("odd", [NO, np.inf])
def test_unknown_costs_and_disruption_are_refused(odd: float) -> None:
    with pytest.raises(ParameterError, match="cost of a vacancy or a disruption is unknown"):
        assign_one_to_one(np.ones((1, 1)), vacancy_costs=np.array([odd]))
    with pytest.raises(ParameterError, match="cost of a vacancy or a disruption is unknown"):
        assign_one_to_one(np.ones((1, 1)), vacancy_costs=np.zeros(1), disruption=np.array([[odd]]))


@pytest.mark.parametrize(
    ("load", "capacity"), [(-1.0, 5.0), (NO, 5.0), (np.inf, 5.0), (1.0, -5.0), (1.0, NO)]
)
def test_hours_below_nothing_are_refused(load: float, capacity: float) -> None:
    with pytest.raises(ParameterError, match="Hours must be 0 or more"):
        assign_within_capacity(np.ones((1, 1)), np.array([[load]]), np.array([capacity]))


def test_a_rep_takes_no_more_territories_than_the_most() -> None:
    # Both gain most with the first rep, who has the hours, but may take one: 5 + 1 against 4 + 2.
    found = assign_within_capacity(
        np.array([[5.0, 2.0], [4.0, 1.0]]),
        np.ones((2, 2)),
        np.array([9.0, 9.0]),
        vacancy_costs=np.zeros(2),
        most_counts=np.array([1, 1]),
    )
    assert found.gain == pytest.approx(6.0)
    assert sorted(found.reps.tolist()) == [0, 1]

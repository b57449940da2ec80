"""Kilometres and hours on the road without routing."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.travel import (
    LOCAL_TOUR_FACTOR,
    tour_hours_per_year,
    tour_km_per_year,
    visit_travel_hours,
)

Floats = NDArray[np.float64]
HOME = [0.0, 0.0]
NOWHERE = [np.nan, np.nan]
CORNERS = [[5.0, 5.0], [5.0, -5.0], [-5.0, 5.0], [-5.0, -5.0]]
KILOMETRES = st.integers(-100, 100).map(float)
ACCOUNTS = st.lists(st.tuples(KILOMETRES, KILOMETRES, st.integers(0, 52)), min_size=1, max_size=12)


def tour(
    places: Sequence[Sequence[float]],
    visits: Sequence[float],
    *,
    home: list[float] = HOME,
    per_day: float = 6,
    circuity: float = 1,
) -> float:
    return tour_km_per_year(
        np.array(places, dtype=float).reshape(-1, 2),
        np.array(visits, dtype=float),
        home_km=np.array(home),
        visits_per_day=per_day,
        circuity=circuity,
    )


def travel(places: Sequence[Sequence[float]], circuity: float = 1) -> list[float]:
    hours = visit_travel_hours(
        np.array(places, dtype=float), circuity=circuity, speed_km_per_hour=50, parking_hours=0.1
    )
    return [float(h) for h in hours]


def even_places(count: int, seed: int) -> Floats:
    """Return places spread evenly over a square of 100 km."""
    return 100 * np.random.default_rng(seed).random((count, 2))


def test_the_way_to_a_visit_is_the_mean_distance_to_the_nearest_others() -> None:
    # at 0, 3 and 9 km: means of 3 and 9, 3 and 6, 9 and 6; over 50 km/h, and parking
    assert travel([[0, 0], [3, 0], [9, 0]]) == pytest.approx([0.22, 0.19, 0.25])


def test_only_the_five_nearest_count() -> None:
    # six at one place 50 km from the seventh, whose five nearest are all there
    assert travel([[0, 0]] * 6 + [[50, 0]]) == pytest.approx([0.1] * 6 + [1.1])


def test_roads_are_longer_than_straight_lines() -> None:
    # 10 km · 1.3 / 50
    assert travel([[0, 0], [10, 0]], circuity=1.3) == pytest.approx([0.36, 0.36])


def test_an_account_without_a_place_travels_like_the_median_of_the_others() -> None:
    # 6, 4.5 and 7.5 km as above
    assert travel([[0, 0], NOWHERE, [3, 0], [9, 0]])[1] == pytest.approx(0.22)


@pytest.mark.parametrize("places", [[[1, 2]], [NOWHERE, NOWHERE], [[1, 2], NOWHERE]])
def test_without_neighbours_there_is_only_parking(places: list[list[float]]) -> None:
    assert travel(places) == pytest.approx([0.1] * len(places))


def test_no_accounts_take_no_travel() -> None:
    assert (
        visit_travel_hours(
            np.zeros((0, 2)), circuity=1, speed_km_per_hour=50, parking_hours=0.1
        ).tolist()
        == []
    )


def test_one_account_is_there_and_back_for_each_visit() -> None:
    # 5 km away, 12 visits
    assert tour([[3, 4]], [12]) == pytest.approx(120)


def test_accounts_at_one_place_share_the_way_and_have_none_between_them() -> None:
    # as one account: each day reaches both
    assert tour([[3, 4], [3, 4]], [12, 12]) == pytest.approx(120)


def test_many_accounts_at_one_place_take_as_many_days_as_visits_fill() -> None:
    # 12 accounts with 3 visits: 36 visits, 6 a day, 6 trips of 10 km
    assert tour([[3, 4]] * 12, [3] * 12) == pytest.approx(60)


def test_a_second_account_does_not_make_the_first_one_nearer() -> None:
    """One visit to each a month are twelve trips, however many visits a day could hold."""
    assert tour([[3, 4], [3, 4.001]], [12, 12]) == pytest.approx(120, rel=1e-3)


def test_two_places_are_toured_within_the_disc_about_them() -> None:
    # 8 km apart, each 5 km from home, 6 visits, 2 a day: 6 trips of 10 km and 6 tours of
    # .57 · √(2 · π · 4²)
    expected = 60 + 6 * 0.57 * np.sqrt(2 * np.pi * 16)
    assert tour([[3, 4], [3, -4]], [6, 6], per_day=2) == pytest.approx(expected)


def test_places_on_one_line_are_toured_within_the_disc_about_them() -> None:
    # 8 km from end to end; ways of 5, 3 and 5 km, one trip a visit
    expected = 2 * 13 / 3 + 0.57 * np.sqrt(3 * np.pi * 16)
    assert tour([[3, 4], [3, 0], [3, -4]], [1, 1, 1]) == pytest.approx(expected)


def test_line_haul_and_local_tours_add_up() -> None:
    # corners of 10 km, √50 from home in the middle; 3 visits, 2 a day: 6 trips and 3 tours.
    # spacing √(100 / 4) = 5 km: border 2.5 km, side (10 + √π · 2.5) km
    side = 10 + np.sqrt(np.pi) * 2.5
    expected = 6 * 2 * np.sqrt(50) + 3 * 0.57 * np.sqrt(4) * side
    assert tour(CORNERS, [3] * 4, per_day=2) == pytest.approx(expected)


def test_who_is_visited_more_often_is_toured_alone_for_the_rest() -> None:
    # one pass reaches 4 stops, two more reach one: √4 + 2 · √1; 6 visits are 3 trips a 2
    side = 10 + np.sqrt(np.pi) * 2.5
    expected = 3 * 2 * np.sqrt(50) + 0.57 * (2 + 2) * side
    assert tour(CORNERS, [3, 1, 1, 1], per_day=2) == pytest.approx(expected)


def test_accounts_at_one_place_are_one_stop_of_a_tour() -> None:
    # two at one corner with 3 visits each: the extra visits are no further stops
    places, side = [*CORNERS, CORNERS[0]], 10 + np.sqrt(np.pi) * 2.5
    expected = 15 / 2 * 2 * np.sqrt(50) + 3 * 0.57 * np.sqrt(4) * side
    assert tour(places, [3] * 5, per_day=2) == pytest.approx(expected)


def test_far_accounts_count_by_their_visits() -> None:
    # 1 · 30 + 3 · 10 over 4 visits: 15 km, two trips of 30 km; but the second needs three days
    places = [[30.0, 0.0], [10.0, 0.0]]
    local = 0.57 * (np.sqrt(2) + 2) * np.sqrt(np.pi * 100)
    assert tour(places, [1, 3], per_day=2) == pytest.approx(3 * 30 + local)


@pytest.mark.parametrize(
    ("places", "visits"),
    [([], []), (CORNERS, [0] * 4), ([NOWHERE, [np.nan, 3]], [5, 5]), ([[3, 4]], [0])],
    ids=["no accounts", "no visits", "no places", "one account, no visits"],
)
def test_nobody_to_visit_takes_no_road(
    places: Sequence[Sequence[float]], visits: Sequence[float]
) -> None:
    assert tour(places, visits) == 0


def test_accounts_without_place_or_visits_do_not_count() -> None:
    assert tour([[3, 4], NOWHERE, [90, 90]], [12, 50, 0]) == pytest.approx(120)


def test_without_a_home_the_road_is_unknown() -> None:
    assert np.isnan(tour(CORNERS, [1] * 4, home=NOWHERE))


@pytest.mark.oracle
def test_the_constant_is_as_published() -> None:
    # Daganzo (1984), local tours in a compact area
    assert LOCAL_TOUR_FACTOR == 0.57


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("count", "per_day", "home", "solved_km"),
    # One pass over even_places(count, seed=count), solved by a vehicle routing solver in three
    # seconds. With 12 visits a day 40 accounts take a fourth day that is hardly filled, which a
    # year of passes does not: those are left out.
    [
        (40, 5, [50.0, 50], 870.5),
        (40, 5, [0.0, 0], 1418.1),
        (40, 8, [50.0, 50], 683.8),
        (40, 8, [0.0, 0], 1021.7),
        (100, 5, [50.0, 50], 1987.9),
        (100, 5, [0.0, 0], 3767.2),
        (100, 8, [50.0, 50], 1454.5),
        (100, 8, [0.0, 0], 2572.6),
        (100, 12, [50.0, 50], 1172.3),
        (100, 12, [0.0, 0], 1904.6),
    ],
)
def test_one_pass_is_slightly_longer_than_solved_tours(
    count: int, per_day: int, home: list[float], solved_km: float
) -> None:
    # solved tours over the estimate of Daganzo (1984) lie between .93 and 1.0
    places = even_places(count, seed=count).tolist()
    estimate = tour(places, [1] * count, home=home, per_day=per_day)
    assert 0.93 <= solved_km / estimate <= 1.0


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("count", "often", "seed", "solved_km"),
    # Twelve months, each solved by a vehicle routing solver, 6 visits a day, home in the middle;
    # neighbours are due in the same month.
    [
        (50, (10, 25), 1, 6360.9),
        (50, (10, 25), 2, 6038.3),
        (100, (10, 40), 1, 8622.5),
        (100, (10, 40), 2, 8709.9),
    ],
)
def test_a_year_of_mixed_visits_is_near_solved_tours(
    count: int, often: tuple[int, int], seed: int, solved_km: float
) -> None:
    """Taking all accounts for average ones would be 11 to 17 % too low here."""
    visits = np.full(count, 2.0)
    visits[: often[1]] = 6
    visits[: often[0]] = 12
    places = even_places(count, seed=seed).tolist()
    estimate = tour(places, visits.tolist(), home=[50.0, 50])
    assert estimate == pytest.approx(solved_km, rel=0.05)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(accounts=ACCOUNTS, factor=st.sampled_from([0.5, 2.0, 4.0]), shift=KILOMETRES)
def test_a_map_twice_as_large_takes_twice_the_road_wherever_it_lies(
    accounts: list[tuple[float, float, int]], factor: float, shift: float
) -> None:
    places = [[x, y] for x, y, _ in accounts]
    visits = [float(v) for _, _, v in accounts]
    road_km = tour(places, visits, home=[3.0, 4.0])
    larger = [[factor * x + shift, factor * y - shift] for x, y in places]
    home = [3 * factor + shift, 4 * factor - shift]
    assert tour(larger, visits, home=home) == pytest.approx(factor * road_km)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(accounts=ACCOUNTS, data=st.data())
def test_twice_the_visits_on_longer_roads_take_more_in_proportion_in_any_order(
    accounts: list[tuple[float, float, int]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(accounts))
    road_km = tour([[x, y] for x, y, _ in accounts], [float(v) for _, _, v in accounts])
    twice = tour([[x, y] for x, y, _ in shuffled], [2.0 * v for _, _, v in shuffled], circuity=1.3)
    assert twice == pytest.approx(2.6 * road_km)


def test_hours_are_driving_and_parking() -> None:
    # 100 km at 50 km/h and 10 stops of .1 h
    hours = tour_hours_per_year(100, 10, speed_km_per_hour=50, parking_hours=0.1)
    assert hours == pytest.approx(3)

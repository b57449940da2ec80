"""Net profit of accounts, the whale curve, and the km of a shared tour."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.errors import ParameterError
from territory_kit.methods.profit import (
    TourSharing,
    WhaleCurve,
    bottom_part,
    cost_to_serve,
    net_profit,
    share_tour_km,
    top_part,
    whale_curve,
)

Floats = NDArray[np.float64]
# Worked example: ten accounts that earn 100 together, four of which lose money
TEN = [90.0, 50, 8, 4, 0, 0, -4, -8, -15, -25]
# Home, then two stops 30 and 40 km away that lie 50 km from each other: a tour of 120 km
TWO_STOPS = np.array([[0.0, 30, 40], [30, 0, 50], [40, 50, 0]])
RULES: list[TourSharing] = ["equal", "round_trip", "savings", "shapley"]
POINTS = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=6)


def curve_of(profit: list[float], ids: str = "") -> WhaleCurve:
    names = list(ids) or [f"{number:03}" for number in range(len(profit))]
    return whale_curve(np.array(profit), np.array(names, dtype=object))


def distances_between(points: list[tuple[float, float]]) -> Floats:
    places = np.array(points)
    return np.asarray(np.hypot(*(places[:, np.newaxis] - places).transpose(2, 0, 1)))


def tour_length(distances: Floats, stops: list[int]) -> float:
    way = [0, *sorted(stops), 0]
    return float(sum(distances[a, b] for a, b in pairwise(way)))


def test_cost_to_serve_adds_up_activities_at_their_unit_costs() -> None:
    # 10 visits at 80, 300 km at .50, 200 of rebates, 5,000 lent at 6 %: 800 + 150 + 200 + 300
    activities = np.array([[10.0, 300, 200, 5000], [0, 0, 0, 0]])
    costs = cost_to_serve(activities, np.array([80, 0.5, 1, 0.06]))
    assert costs.tolist() == pytest.approx([1450, 0])


def test_net_profit_is_what_goods_and_service_leave() -> None:
    profit = net_profit(np.array([5000.0, 900]), np.array([3000.0, 600]), np.array([1450.0, 500]))
    assert profit.tolist() == [550, -200]


def test_the_curve_adds_up_the_most_profitable_first() -> None:
    # 60, 60 + 30, 60 + 30 - 10 of 80
    curve = curve_of([-10, 60, 30])
    assert curve.order.tolist() == [1, 2, 0]
    assert curve.cumulative.tolist() == [0, 0.75, 1.125, 1]
    assert (curve.unit, curve.total_amount) == ("share", 80)
    assert (curve.peak, curve.peak_accounts_count) == (1.125, 2)


@pytest.mark.oracle
def test_the_worked_whale_curve_of_ten_accounts() -> None:
    curve = curve_of(TEN)
    assert curve.total_amount == 100
    assert top_part(curve, 0.2) == pytest.approx(1.40)
    assert curve.peak == pytest.approx(1.52)
    assert bottom_part(curve, 0.2) == pytest.approx(-0.40)


def test_accounts_that_earn_nothing_are_beyond_the_peak() -> None:
    assert curve_of(TEN).peak_accounts_count == 4


@pytest.mark.parametrize(
    ("profit", "peak", "count"),
    [([30.0, -40], 30, 1), ([-5.0, -7], 0, 0), ([5.0, -5], 5, 1), ([0.0, 0], 0, 0)],
    ids=["loss", "only losses", "nothing left", "nothing at all"],
)
def test_without_a_total_profit_the_curve_is_in_money(
    profit: list[float], peak: float, count: int
) -> None:
    curve = curve_of(profit)
    assert curve.unit == "amount"
    assert curve.cumulative[-1] == curve.total_amount == sum(profit)
    assert (curve.peak, curve.peak_accounts_count) == (peak, count)


def test_equal_profits_are_ordered_by_identifier() -> None:
    assert curve_of([5, 9, 5], ids="cab").order.tolist() == [1, 2, 0]


def test_part_of_an_account_counts_as_part_of_its_profit() -> None:
    # three accounts of 60, 30, 10: the top half is the first and half of the second
    curve = curve_of([60, 30, 10])
    assert top_part(curve, 0.5) == pytest.approx(0.75)
    assert bottom_part(curve, 0.5) == pytest.approx(0.25)
    assert (top_part(curve, 0), top_part(curve, 1)) == (0, 1)


def test_no_accounts_have_a_curve_of_nothing() -> None:
    curve = curve_of([])
    assert (curve.cumulative.tolist(), curve.unit, curve.peak) == ([0], "amount", 0)
    assert top_part(curve, 0.2) == 0


def test_unknown_profit_is_refused_with_the_accounts() -> None:
    with pytest.raises(ParameterError, match=r"is unknown: 2 accounts \(a, c\). Find out"):
        curve_of([float("nan"), 3, float("inf")], ids="abc")


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_of_accounts_is_within_0_to_1(share: float) -> None:
    with pytest.raises(ParameterError, match="not within 0 to 1"):
        top_part(curve_of(TEN), share)
    with pytest.raises(ParameterError, match="not within 0 to 1"):
        bottom_part(curve_of(TEN), share)


@pytest.mark.parametrize(
    ("activities", "unit_costs", "message"),
    [
        ([[1.0, 2]], [1.0], r"do not belong together: shapes \(1, 2\) and \(1,\)"),
        ([[1.0, -2]], [1.0, 1], r"negative or unknown: -2, 1 in all \(activities\)"),
        ([[1.0, 2]], [1.0, float("nan")], r"negative or unknown: nan, 1 in all \(unit_costs\)"),
    ],
    ids=["shapes", "negative activity", "unknown cost"],
)
def test_activities_without_a_cost_are_refused(
    activities: list[list[float]], unit_costs: list[float], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        cost_to_serve(np.array(activities), np.array(unit_costs))


@pytest.mark.parametrize(
    ("by", "km"),
    [
        ("equal", [60, 60]),
        # 120 in proportion to 60 and 80
        ("round_trip", [120 * 60 / 140, 120 * 80 / 140]),
        # alone 60 and 80; together they save 20, 10 each
        ("savings", [50, 70]),
        ("shapley", [50, 70]),
    ],
)
def test_the_rules_share_one_tour_differently(by: TourSharing, km: list[float]) -> None:
    assert share_tour_km(TWO_STOPS, by=by).tolist() == pytest.approx(km)


def test_a_stop_on_the_way_to_another_pays_less_by_shapley() -> None:
    # On a line, at 10, 20 and 30 km: a tour of 60. Like the lengths of an airport's runway, all
    # three share the first 20 km there and back, two the next, one the last.
    line = distances_between([(0, 0), (10, 0), (20, 0), (30, 0)])
    km = share_tour_km(line, by="shapley")
    assert km.tolist() == pytest.approx([20 / 3, 20 / 3 + 10, 20 / 3 + 10 + 20])
    # by savings: 20 - 10, 40 - 10 - 20, 60 - 20
    assert share_tour_km(line, by="savings").tolist() == pytest.approx([10, 10, 40])


@pytest.mark.parametrize("by", RULES)
def test_one_stop_pays_its_round_trip(by: TourSharing) -> None:
    # one-way streets: 30 there, 34 back
    assert share_tour_km(np.array([[0.0, 30], [34, 0]]), by=by).tolist() == pytest.approx([64])


@pytest.mark.parametrize("by", RULES)
def test_stops_at_home_and_no_stops_pay_nothing(by: TourSharing) -> None:
    assert share_tour_km(np.zeros((3, 3)), by=by).tolist() == [0, 0]
    assert share_tour_km(np.zeros((1, 1)), by=by).tolist() == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(points=POINTS)
def test_shapley_is_the_mean_over_all_orders_of_joining(points: list[tuple[float, float]]) -> None:
    """Brute force on up to five stops."""
    distances = distances_between(points)
    stops = range(1, len(points))
    added = np.zeros(len(points))
    orders = list(permutations(stops))
    for order in orders:
        for place, stop in enumerate(order):
            before = tour_length(distances, list(order[:place]))
            added[stop] += tour_length(distances, list(order[: place + 1])) - before
    expected = added[1:] / len(orders)
    assert share_tour_km(distances, by="shapley") == pytest.approx(expected, abs=1e-9)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(points=POINTS, by=st.sampled_from(RULES))
def test_the_parts_add_up_to_the_tour_and_a_shared_tour_is_never_dearer(
    points: list[tuple[float, float]], by: TourSharing
) -> None:
    distances = distances_between(points)
    km = share_tour_km(distances, by=by)
    assert km.sum() == pytest.approx(tour_length(distances, list(range(1, len(points)))))
    assert (km >= -1e-9).all()
    if by in {"round_trip", "savings"}:
        assert (km <= 2 * distances[0, 1:] + 1e-9).all()


@pytest.mark.parametrize(
    ("distances", "message"),
    [
        (np.zeros((2, 3)), r"not square: shape \(2, 3\)"),
        (np.zeros((0, 0)), "not square"),
        (np.array([[0, -1.0], [1, 0]]), r"-1 \(distances_km; row 0, column 1, 1 in all\)"),
        (np.array([[0, float("nan")], [1, 0]]), "negative or unknown: nan"),
    ],
    ids=["oblong", "empty", "negative", "unknown"],
)
def test_distances_that_make_no_tour_are_refused(distances: Floats, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        share_tour_km(distances, by="equal")


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="Known rules: equal, round_trip, savings, shapley"):
        share_tour_km(TWO_STOPS, by="nearest")  # type: ignore[arg-type]  # reason: a wrong name is the test


@settings(derandomize=True, deadline=None, max_examples=60)
@given(profit=st.lists(st.integers(-1000, 1000), min_size=1, max_size=15), share=st.floats(0, 1))
def test_top_and_rest_make_the_whole_and_nothing_is_above_the_peak(
    profit: list[int], share: float
) -> None:
    curve = curve_of([float(amount) for amount in profit])
    whole = curve.cumulative[-1]
    assert top_part(curve, share) + bottom_part(curve, 1 - share) == pytest.approx(whole, abs=1e-6)
    assert top_part(curve, share) <= curve.peak + 1e-9
    again = curve_of([float(amount) for amount in profit[::-1]])
    assert np.array_equal(again.cumulative, curve.cumulative)

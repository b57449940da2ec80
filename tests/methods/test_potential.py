"""Benchmarks of segments, and potentials made from them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from territory_kit.methods.potential import Benchmark, estimate_potential, segment_benchmarks

NA = float("nan")
UNKNOWN = st.just(NA)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        UNKNOWN | st.integers(0, 500).map(float),
        UNKNOWN | st.integers(0, 500).map(float),
        UNKNOWN | st.integers(0, 9).map(float),
    ),
    min_size=1,
    max_size=15,
)


def column(values: float | list[float], count: int) -> NDArray[np.float64]:
    return np.full(count, values, dtype=float)


def make(
    segments: str,
    *,
    revenue: float | list[float] = NA,
    potential: float | list[float] = NA,
    employees: float | list[float] = NA,
    quantile: float = 0.8,
) -> dict[str, Benchmark]:
    count = len(segments)
    return segment_benchmarks(
        np.array(list(segments), dtype=object),
        column(revenue, count),
        column(potential, count),
        column(employees, count),
        quantile=quantile,
    )


def fill(
    benchmarks: dict[str, Benchmark],
    segments: str,
    *,
    potential: float | list[float] = NA,
    revenue: float | list[float] = NA,
    employees: float | list[float] = NA,
) -> list[tuple[float, str]]:
    count = len(segments)
    amounts, sources = estimate_potential(
        np.array(list(segments), dtype=object),
        column(potential, count),
        column(revenue, count),
        column(employees, count),
        benchmarks,
    )
    return list(zip(amounts.tolist(), sources, strict=True))


def test_revenue_per_employee_counts_by_its_quantile() -> None:
    # 10 to 60 per employee; the 80 % quantile is the fifth of six
    found = make("AAAAAA", revenue=[100, 200, 300, 400, 500, 600], employees=10)["A"]
    assert found.per_employee == pytest.approx(50)
    # 50 for each of 10 employees; the last has more revenue than that, the median has not
    assert found.typical == pytest.approx(500)
    assert (found.customers_count, found.source) == (6, "segment")


def test_given_potentials_count_by_their_median() -> None:
    # they are full already: per employee 10, 20, 90
    found = make("AAA", potential=[100, 200, 900], employees=10)["A"]
    assert found.per_employee == pytest.approx(20)
    assert found.typical == pytest.approx(200)


def test_a_given_potential_stands_in_place_of_the_revenue() -> None:
    found = make("AA", potential=[300, 300], revenue=[50, 900], employees=10)["A"]
    assert found.per_employee == pytest.approx(30)


def test_one_given_potential_does_not_turn_the_quantile_of_others_into_a_median() -> None:
    """A single survey answer must not halve the market."""
    # 10, 20, … 100: position .8 · 9 = 7.2, so 82; the potential given agrees with it
    revenue = [10.0 * i for i in range(1, 11)]
    found = make("A" * 11, revenue=[*revenue, 0], potential=[NA] * 10 + [82], employees=1)["A"]
    assert found.per_employee == pytest.approx(82)


def test_given_potentials_take_over_from_revenue_as_they_become_many() -> None:
    # 10 customers at 20, 10 given at 40. All: 20, then half way to 40, so 30. The segment, half
    # way from that to its own 20, so 25, and half way from that to its own 40
    found = make("A" * 20, revenue=20, potential=[NA] * 10 + [40] * 10, employees=1)["A"]
    assert found.per_employee == pytest.approx(32.5)


def test_a_small_segment_is_drawn_towards_all_segments() -> None:
    # ten customers at 10, ten at 30; the median of all is 20, and ten weigh as much as it
    segments, revenue = "A" * 10 + "B" * 10, [10.0] * 10 + [30.0] * 10
    found = make(segments, revenue=revenue, employees=1, quantile=0.5)
    assert found["A"].per_employee == pytest.approx(15)
    assert found["B"].per_employee == pytest.approx(25)


def test_trust_counts_only_customers_whose_employees_are_known() -> None:
    # of 20 customers in A one has employees, at 100 each; all others are at 10:
    # 1/11 · 100 + 10/11 · 10
    employees = [1.0] + [NA] * 19 + [10.0] * 20
    found = make("A" * 20 + "B" * 20, revenue=100, employees=employees, quantile=0.5)["A"]
    assert found.per_employee == pytest.approx(200 / 11)
    assert found.customers_count == 20


def test_the_typical_account_has_the_median_size_not_that_of_the_best() -> None:
    # three customers at 10 per employee, of 1, 10 and 100 employees: 10, 100, 1000
    found = make("AAA", revenue=[10, 100, 1000], employees=[1, 10, 100])["A"]
    assert found.typical == pytest.approx(100)


def test_the_typical_account_counts_nobody_below_their_own_revenue() -> None:
    # the median of 10 and 90 per employee is 50; one account has 90 all the same: 50 and 90
    found = make("AA", revenue=[10, 90], employees=1, quantile=0.5)["A"]
    assert (found.per_employee, found.typical) == (50, 70)


def test_without_employees_the_typical_account_is_the_quantile_of_revenue() -> None:
    found = make("A" * 6, revenue=[1, 2, 3, 4, 5, 6])["A"]
    assert np.isnan(found.per_employee)
    assert found.typical == pytest.approx(5)


def test_a_segment_without_customers_has_the_benchmark_of_all() -> None:
    found = make("AAB", revenue=[100, 100, NA], employees=[10, 10, NA])["B"]
    assert found == Benchmark(0, 10, 100, "all segments")


def test_where_nothing_is_known_there_is_no_benchmark() -> None:
    found = make("AB", employees=[5, NA])
    assert [mark.source for mark in found.values()] == ["none", "none"]
    assert np.isnan([found["A"].per_employee, found["A"].typical]).all()


@pytest.mark.parametrize("nothing", [0.0, -50.0, NA])
def test_no_revenue_credits_and_no_employees_make_no_benchmark(nothing: float) -> None:
    found = make("AAA", revenue=[100, nothing, 900], employees=[10, 10, nothing])["A"]
    assert found.per_employee == pytest.approx(10)
    assert found.customers_count == 2


def test_a_potential_of_nothing_does_not_press_the_benchmark() -> None:
    found = make("AA", potential=[0, 200], employees=10)["A"]
    assert (found.customers_count, found.per_employee) == (1, 20)


def test_no_accounts_have_no_benchmarks() -> None:
    assert make("") == {}


def test_each_account_stands_on_the_first_rung_that_holds() -> None:
    benchmarks = {"A": Benchmark(9, 50.0, 400.0, "segment")}
    found = fill(benchmarks, "AAA", potential=[70, NA, NA], employees=[9, 4, NA])
    # given; 4 · 50; typical
    assert found == [(70, "given"), (200, "benchmark"), (400, "median")]


def test_an_estimate_is_never_below_the_revenue_but_a_given_potential_may_be() -> None:
    benchmarks = {"A": Benchmark(9, 50.0, 400.0, "segment")}
    found = fill(
        benchmarks, "AAA", potential=[70, NA, NA], employees=[NA, 4, NA], revenue=[900, 300, 500]
    )
    assert found == [(70, "given"), (300, "benchmark"), (500, "median")]


def test_a_potential_of_nothing_that_is_given_stays() -> None:
    benchmarks = {"A": Benchmark(9, 50.0, 400.0, "segment")}
    assert fill(benchmarks, "A", potential=0, revenue=30, employees=4) == [(0, "given")]


def test_an_account_without_employees_is_as_large_as_a_typical_one() -> None:
    benchmarks = {"A": Benchmark(9, 50.0, 400.0, "segment")}
    assert fill(benchmarks, "A", employees=0) == [(400, "median")]


def test_an_unknown_segment_gets_the_median_of_what_is_known() -> None:
    # 100, 200, 300
    found = fill({}, "AAAB", potential=[100, 200, 300, NA])
    assert found[3] == (200, "median")


def test_revenue_without_any_benchmark_never_stands_beside_a_one() -> None:
    # the median of 400 and 200; 400 is the first account's own revenue
    found = fill({}, "AAA", revenue=[400, 200, NA])
    assert found == [(400, "median"), (300, "median"), (300, "median")]


def test_where_nothing_at_all_is_known_accounts_count_equally() -> None:
    assert fill(make("AB"), "AB", employees=[3, 8]) == [(1, "equal"), (1, "equal")]


def test_no_accounts_have_no_potentials() -> None:
    assert fill({}, "") == []


@settings(derandomize=True, deadline=None, max_examples=80)
@given(rows=ROWS, data=st.data())
def test_every_account_has_a_potential_whatever_the_order(
    rows: list[tuple[str, float, float, float]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(rows))
    results = []
    for table in (rows, shuffled):
        segments, (revenue, potential, employees) = _columns(table)
        benchmarks = segment_benchmarks(segments, revenue, potential, employees, quantile=0.8)
        amounts, sources = estimate_potential(segments, potential, revenue, employees, benchmarks)
        assert np.isfinite(amounts).all()
        assert (amounts >= np.where((sources != "given") & (revenue > 0), revenue, 0)).all()
        results.append(sorted(zip(map(str, table), amounts.round(9), sources, strict=True)))
    assert results[0] == results[1]


def _columns(
    rows: list[tuple[str, float, float, float]],
) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    names = np.array([row[0] for row in rows], dtype=object)
    return names, np.array([row[1:] for row in rows], dtype=float).T

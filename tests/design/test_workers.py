"""Threads: results in the order of the parts, and nobody left when the work is done."""

import threading

import pytest

from territory_kit.design.workers import Workers, hired


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_parts(n_threads: int) -> None:
    with hired(n_threads) as workers:
        assert workers.map(lambda part: part * part, range(20)) == [n * n for n in range(20)]


def test_no_thread_outlives_the_work() -> None:
    """A process may be forked afterwards."""
    before = threading.active_count()
    with hired(4) as workers:
        workers.map(str, range(8))
    assert threading.active_count() == before


def test_without_threads_the_caller_does_the_work() -> None:
    assert Workers().map(str, [1]) == ["1"]

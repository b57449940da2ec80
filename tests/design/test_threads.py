"""Numerical libraries compute on one thread while it is asked for, and as before afterwards."""

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from territory_kit.design.threads import one_thread


@pytest.fixture(autouse=True)
def _two_threads() -> Iterator[None]:
    """Begin with more than one, whatever the machine and its settings allow."""
    with threadpool_limits(2):
        yield


def threads(api: str) -> set[int]:
    return {int(pool["num_threads"]) for pool in threadpool_info() if pool["user_api"] == api}


def test_all_libraries_are_limited_and_get_their_threads_back() -> None:
    before = threads("blas"), threads("openmp")
    assert before == ({2}, {2})
    with one_thread():
        assert threads("blas") | threads("openmp") == {1}
    assert (threads("blas"), threads("openmp")) == before


def test_one_kind_can_be_limited_alone() -> None:
    before = threads("openmp")
    with one_thread("blas"):
        assert (threads("blas"), threads("openmp")) == ({1}, before)

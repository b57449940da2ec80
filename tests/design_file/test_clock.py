"""What a time limit leaves for the search. No test looks at a clock: moments are made up."""

import gc
import time

import pytest

from territory_kit.design_file import clock


def test_a_command_began_before_now_but_not_long_before() -> None:
    """The tests' own process is older than any command is when it starts."""
    assert 0 <= time.monotonic() - clock.command_start() <= clock._MOST_START_S + 1  # noqa: SLF001 - the limit itself


def test_where_the_system_does_not_tell_a_usual_start_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("time.clock_gettime")
    assert clock._process_age_s() == clock._USUAL_START_S  # noqa: SLF001 - what it falls back to


def test_the_search_gets_what_is_left_before_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 102.0)
    # 10 s, of which 2 are over; 0.25 + 3 % + 8 µs for each of 100,000 units stay for the end
    left = clock.search_seconds(10.0, started=100.0, units_count=100_000)
    assert left == pytest.approx(10 - 2 - 0.25 - 0.3 - 0.8)


def test_a_limit_that_is_over_leaves_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 102.0)
    assert clock.search_seconds(1.0, started=100.0, units_count=10) > 0


def test_a_limit_that_was_passed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 102.5)
    assert clock.overrun_notice(None, started=100.0) == ()
    assert clock.overrun_notice(3.0, started=100.0) == ()
    (told,) = clock.overrun_notice(2.0, started=100.0)
    assert told.startswith("The time limit of 2 s was too short")
    assert told.endswith("took 2.5 s on this machine.")


def test_garbage_is_collected_again_after_imports() -> None:
    with clock.without_collection():
        assert not gc.isenabled()
    assert gc.isenabled()

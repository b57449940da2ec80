"""One batch at a time on a stored plan, and a killed one keeps nobody out for ever."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.render.stored import lock
from territory_kit.render.stored.lock import LOCK_NAME, batch_lock
from territory_kit.render.stored.store import Store


def ended_process() -> int:
    """Return the number of a process that has just ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_the_second_batch_is_told_who_renders_and_what_to_delete(store: Store) -> None:
    with batch_lock(store), pytest.raises(TerritoryKitError) as raised, batch_lock(store):
        pytest.fail("two batches at once")
    said = str(raised.value)
    assert said.startswith(f"Another batch renders this plan: process {os.getpid()} on ")
    assert said.endswith(
        f"({store.address}). Wait until it is done. If it runs no more, because it was killed, "
        f"delete {store.address}/.locks/batch.json and try again."
    )


def test_the_lock_is_gone_after_a_batch_also_after_one_that_fails(store: Store) -> None:
    with batch_lock(store):
        assert list(store.list()) == [LOCK_NAME]
    assert store.list() == {}
    with suppress(ZeroDivisionError), batch_lock(store):
        raise ZeroDivisionError
    assert store.list() == {}


@pytest.fixture
def left_lock(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold the lock as a process of this machine that is gone by now."""
    with monkeypatch.context() as other:
        other.setattr(os, "getpid", ended_process)
        killed = batch_lock(store)
        killed.__enter__()
    yield
    # kept until here: forgotten, it would end as a batch does
    del killed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell whether one has ended")
@pytest.mark.usefixtures("left_lock")
def test_the_lock_of_a_batch_that_was_killed_here_is_taken_over(store: Store) -> None:
    with batch_lock(store):
        assert json.loads(store.read(LOCK_NAME) or b"")["process"] == os.getpid()
    assert store.list() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell whether one has ended")
@pytest.mark.usefixtures("left_lock")
def test_of_two_batches_that_find_the_lock_of_a_killed_one_only_one_takes_it_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other is held up after it has looked, and would remove the lock of the first."""
    is_gone = lock._is_gone  # noqa: SLF001 - no public use
    with ExitStack() as first:

        def look_slowly(process: object) -> bool:
            monkeypatch.setattr(lock, "_is_gone", is_gone)
            first.enter_context(batch_lock(store))
            return is_gone(process)

        monkeypatch.setattr(lock, "_is_gone", look_slowly)
        with pytest.raises(TerritoryKitError, match="Another batch renders"), batch_lock(store):
            pytest.fail("two batches at once")
        assert list(store.list()) == [LOCK_NAME]
    assert store.list() == {}


def test_the_lock_of_another_machine_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here can tell whether its process still runs."""
    with monkeypatch.context() as other:
        other.setattr(os, "getpid", ended_process)
        other.setattr(lock, "_machine", lambda: "elsewhere pid:[1]")
        held = batch_lock(store)
        held.__enter__()
    with pytest.raises(TerritoryKitError, match="on elsewhere since 20"), batch_lock(store):
        pytest.fail("two batches at once")
    assert list(store.list()) == [LOCK_NAME]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"process": "x"}', b"\xff"])
def test_a_lock_that_nobody_understands_is_kept_and_named(store: Store, content: bytes) -> None:
    store.write(LOCK_NAME, content)
    with pytest.raises(TerritoryKitError, match="an unknown machine"), batch_lock(store):
        pytest.fail("two batches at once")
    assert store.read(LOCK_NAME) == content


def test_a_lock_that_was_taken_away_is_not_removed_from_its_new_holder(store: Store) -> None:
    with batch_lock(store):
        store.write(LOCK_NAME, b'{"token": "of somebody else"}')
    assert list(store.list()) == [LOCK_NAME]

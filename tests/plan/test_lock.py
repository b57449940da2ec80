"""One writer at a time, and the others are told who it is."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.plan.lock import file_lock

# Holds the lock, says so, and waits until it is spoken to or killed.
_HOLDER = """
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from territory_kit.plan.lock import file_lock
with file_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def _holder(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock while the body runs."""
    command = [sys.executable, "-c", _HOLDER, str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.kill()


def test_a_free_lock_is_taken_and_given_back(tmp_path: Path) -> None:
    file = tmp_path / "locks" / "plan.lock"
    for _ in range(2):
        with file_lock(file, wait_seconds=0):
            assert file.exists()


def test_the_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    file = tmp_path / "plan.lock"
    with (
        _holder(file) as holder,
        pytest.raises(TerritoryKitError) as caught,
        file_lock(file, wait_seconds=0.1),
    ):
        pass
    assert f"process {holder.pid} on " in str(caught.value)
    assert "Somebody else is writing to this plan" in str(caught.value)


def test_a_waiting_process_gets_the_lock_when_it_is_free(tmp_path: Path) -> None:
    file = tmp_path / "plan.lock"
    with _holder(file) as holder:
        holder.communicate("\n")
        with file_lock(file, wait_seconds=10):
            pass


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    file = tmp_path / "plan.lock"
    with _holder(file) as holder:
        holder.kill()
        holder.communicate()
        with file_lock(file, wait_seconds=10):
            pass


def test_an_error_inside_gives_the_lock_back(tmp_path: Path) -> None:
    file = tmp_path / "plan.lock"
    with pytest.raises(RuntimeError), file_lock(file):
        raise RuntimeError
    with file_lock(file, wait_seconds=0):
        pass


def test_a_full_disk_keeps_nobody_from_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who holds it cannot be written then, which is all."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("territory_kit.plan.lock.os.write", full)
    with file_lock(tmp_path / "plan.lock", wait_seconds=0):
        pass
    assert (tmp_path / "plan.lock").read_bytes() == b""

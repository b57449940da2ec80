"""Locks between processes: one writer at a time, and the others are told who it is.

The system frees a lock when its process ends, however it ends; the lock file itself stays.
"""

import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from territory_kit.errors import TerritoryKitError
from territory_kit.plan.writing import plain_write_errors

DEFAULT_WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.05
# Windows forbids reading locked bytes, so the locked byte lies far behind the holder's name.
_LOCKED_BYTE = 1 << 30


@contextmanager
def file_lock(
    file: Path,
    *,
    wait_seconds: float = DEFAULT_WAIT_SECONDS,
    problem: str = "Somebody else is writing to this plan",
) -> Iterator[None]:
    """Hold a lock file while the body runs.

    Parameters
    ----------
    file
        The lock file; made with its folder when missing.
    wait_seconds
        How long to wait for another holder, s; 0 tries once.
    problem
        What is wrong while another holds it.

    Raises
    ------
    TerritoryKitError
        When another process still holds the lock after the wait, or the folder cannot be written.
    """
    with plain_write_errors(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = file.open("a+", encoding="utf-8")
    with opened as stream:
        _wait(stream, file, wait_seconds, problem)
        try:
            _sign(stream)
            yield
        finally:
            _unlock(stream)


def _wait(stream: IO[str], file: Path, wait_seconds: float, problem: str) -> None:
    deadline = time.monotonic() + wait_seconds
    while not _try_lock(stream):
        if time.monotonic() >= deadline:
            raise TerritoryKitError(
                problem,
                value=_holder(stream),
                where=f"lock {file.name}",
                remedy="Wait until that is done, or stop it, and try again.",
            )
        time.sleep(_PAUSE_SECONDS)


def _sign(stream: IO[str]) -> None:
    """Write who holds the lock, for those who wait; on a full disk they are not told."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    name = f"process {os.getpid()} on {platform.node()} since {since}".encode()
    with suppress(OSError):
        stream.seek(0)
        stream.truncate()
        # past the stream, which would try to write it again when it is closed
        os.write(stream.fileno(), name)


def _holder(stream: IO[str]) -> str:
    stream.seek(0)
    return stream.read().strip() or "unknown process"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[str]) -> bool:
        stream.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(stream: IO[str]) -> None:
        stream.seek(_LOCKED_BYTE)
        msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(stream: IO[str]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(stream: IO[str]) -> None:
        fcntl.flock(stream, fcntl.LOCK_UN)

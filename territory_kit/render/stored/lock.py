"""One batch at a time on a stored plan: an object that says who renders, and since when.

No store frees it when a batch is killed. The next batch does so itself where it can tell that the
holder is gone: it ran on the same machine. Else the message names the object to delete.
"""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from territory_kit.errors import TerritoryKitError
from territory_kit.render.stored.store import Store

LOCK_NAME = ".locks/batch.json"
_NAMESPACE = Path("/proc/self/ns/pid")


@contextmanager
def batch_lock(store: Store) -> Iterator[None]:
    """Hold the lock of a stored plan while the body runs.

    Parameters
    ----------
    store
        The stored plan.

    Raises
    ------
    TerritoryKitError
        When another batch holds it; says who, since when and how to end that.
    """
    token = uuid4().hex
    since = datetime.now(UTC).isoformat(timespec="seconds")
    own = {"machine": _machine(), "process": os.getpid(), "since": since, "token": token}
    content = json.dumps(own, indent=1).encode()
    if not store.write_new(LOCK_NAME, content):
        _clear(store, content)
        if not store.write_new(LOCK_NAME, content):
            raise _held(store, _read(store))
    try:
        yield
    finally:
        # what remains is told to the next batch
        with suppress(TerritoryKitError):
            if _read(store).get("token") == token:
                store.remove(LOCK_NAME)


def _clear(store: Store, own: bytes) -> None:
    """Remove the lock of a batch that was killed on this machine."""
    holder = _read(store)
    if holder.get("machine") != _machine() or not _is_gone(holder.get("process")):
        return
    # of two that find the same one gone only one removes it; the other may be so late that it
    # would find the new lock of the first
    found = sha256(str(holder.get("token")).encode()).hexdigest()
    claim = f".locks/gone-{found[:32]}.json"
    if store.write_new(claim, own):
        try:
            if _read(store) == holder:
                store.remove(LOCK_NAME)
        finally:
            store.remove(claim)


def _is_gone(process: object) -> bool:
    """Tell whether a process of this machine has ended; no where that cannot be told."""
    if os.name == "nt" or not isinstance(process, int) or process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    """Name this machine; containers that share its name count their processes each anew."""
    namespace = ""
    with suppress(OSError):
        namespace = str(_NAMESPACE.readlink())
    return f"{platform.node()} {namespace}".strip()


def _read(store: Store) -> dict[str, object]:
    try:
        said = json.loads(store.read(LOCK_NAME) or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _held(store: Store, holder: dict[str, object]) -> TerritoryKitError:
    machine = str(holder.get("machine", "")).partition(" ")[0] or "an unknown machine"
    who = f"process {holder.get('process', 'unknown')} on {machine}"
    return TerritoryKitError(
        "Another batch renders this plan",
        value=f"{who} since {holder.get('since', 'an unknown time')}",
        where=str(store.address),
        remedy="Wait until it is done. If it runs no more, because it was killed, delete "
        f"{store.address}/{LOCK_NAME} and try again.",
    )

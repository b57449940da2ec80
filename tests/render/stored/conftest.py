"""Stores that tests share: one in memory, and one behind a server on 127.0.0.1."""

from collections.abc import Iterator
from uuid import uuid4

import fsspec
import pytest

from territory_kit.render.stored.address import Address
from territory_kit.render.stored.store import Store
from tests.render.stored.s3_server import Objects, serve_objects


@pytest.fixture
def store() -> Iterator[Store]:
    """Make an empty store in memory."""
    root = f"memory://{uuid4().hex}"
    yield Store(Address(f"{root}/north"))
    files = fsspec.filesystem("memory")
    if files.exists(root):
        files.rm(root, recursive=True)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Objects]:
    """Serve an empty store of objects that this process and its children find."""
    with serve_objects() as objects:
        for name, value in objects.environment().items():
            monkeypatch.setenv(name, value)
        yield objects

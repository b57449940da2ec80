"""A small plan that has been walked: balance asks for moves that do not pay."""

import shutil
from pathlib import Path

import pytest

from tests.take_back.plans import walk, write_plan


@pytest.fixture(scope="session")
def walked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Walk the plan once for all tests; return its folder."""
    folder = tmp_path_factory.mktemp("plans") / "north"
    write_plan(folder)
    walk(folder)
    return folder


@pytest.fixture
def plan(walked_once: Path, tmp_path: Path) -> Path:
    """Return the folder of such a plan of the test's own."""
    return Path(shutil.copytree(walked_once, tmp_path / "north"))

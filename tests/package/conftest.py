"""A copy of what the repository holds, and the wheel that is built of it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = {".git", ".venv", ".hypothesis", "__pycache__", "reports", "results"}


@pytest.fixture(scope="session")
def tracked() -> tuple[str, ...]:
    """List the files that belong to the project, seen from its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        # an unpacked archive knows no git, and nothing else is in it
        files = (file.relative_to(ROOT) for file in ROOT.rglob("*") if file.is_file())
        return tuple(f.as_posix() for f in files if not _LEFT_OUT.intersection(f.parts))
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


@pytest.fixture(scope="session")
def project(tracked: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project's own files to a folder of their own."""
    folder = tmp_path_factory.mktemp("project")
    for name in tracked:
        if not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def build_wheel() -> Callable[[Path, Path], Path]:
    """Return what builds the wheel of a project folder, without fetching anything."""

    def build(project: Path, target: Path) -> Path:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
        built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stderr
        (wheel,) = target.glob("*.whl")
        return wheel

    return build

"""Where sockets are, and in which environment regions compute."""

import tempfile
from pathlib import Path

import pytest

from territory_kit.render.environment import kernel_environment, private_folder

KERNEL_SOCKET = "kernel-ipc-4"
LONGEST = 104


def test_a_kernel_computes_on_one_thread() -> None:
    assert kernel_environment()["OMP_NUM_THREADS"] == "1"


@pytest.mark.parametrize("length", [0, 40, 90])
def test_sockets_have_short_names_however_long_the_folder_of_temporary_files_is(
    length: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel's folder lies in that of its fork server."""
    monkeypatch.setattr(tempfile, "tempdir", str(_folder(tmp_path, length)))
    server = private_folder()
    kernel = private_folder(server)
    assert len(str(kernel / KERNEL_SOCKET)) <= LONGEST
    kernel.rmdir()
    server.rmdir()


def _folder(tmp_path: Path, length: int) -> Path:
    """Make a folder whose path is that much longer than that of /tmp."""
    folder = Path("/tmp") if length == 0 else tmp_path / ("x" * length)  # noqa: S108 - where else
    folder.mkdir(exist_ok=True)
    return folder

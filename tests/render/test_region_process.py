"""A region's own program leaves nothing behind when nobody is left who waits for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from territory_kit.render import region_process
from territory_kit.render.environment import FOLDER_VARIABLE, kernel_environment


def test_a_folder_is_removed_although_a_kernel_writes_to_it_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It puts a socket there when all that was there before is removed already."""
    folder = tmp_path / "private"
    folder.mkdir()
    remove, late = shutil.rmtree, [folder / "kernel-ipc-1"]

    def remove_with_company(path: Path, *, ignore_errors: bool) -> None:
        if late:
            late.pop().touch()
        else:
            remove(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", remove_with_company)
    region_process._remove(folder)  # noqa: SLF001 - else the process of the test would end
    assert not folder.exists()


@pytest.mark.slow
def test_a_process_whose_batch_is_gone_before_it_says_what_to_render_removes_its_folder(
    tmp_path: Path,
) -> None:
    (tmp_path / "private").mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "territory_kit.render.region_process"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=kernel_environment() | {FOLDER_VARIABLE: str(tmp_path / "private")},
        start_new_session=True,
        check=False,
    )
    assert ended.returncode != 0
    assert ended.stderr == b""
    assert not (tmp_path / "private").exists()

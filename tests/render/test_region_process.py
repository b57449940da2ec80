"""A region's own program leaves nothing behind when nobody is left who waits for it."""

import json
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

    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    monkeypatch.setattr(shutil, "rmtree", remove_with_company)
    region_process._tidy()  # noqa: SLF001 - else the process of the test would end
    assert not folder.exists()


@pytest.mark.slow
def test_a_process_whose_batch_is_gone_before_it_says_what_to_render_removes_its_folder(
    tmp_path: Path,
) -> None:
    process = start(tmp_path)
    said, complaint = process.communicate()
    assert (said, complaint) == ("", "")
    assert process.returncode != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_process_that_is_done_leaves_no_folder_to_a_batch_that_may_be_killed(
    tmp_path: Path,
) -> None:
    process = start(tmp_path)
    job = {"plan_dir": "nowhere", "region": "Nord", "notebooks": [], "outputs": []}
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps(job), file=process.stdin, flush=True)
    assert "nowhere" in json.loads(process.stdout.readline())["outcome"]["reason"]
    assert process.wait() == 0
    assert list(tmp_path.iterdir()) == []
    process.communicate()


def start(folder: Path) -> subprocess.Popen[str]:
    """Start the program with a private folder in another one."""
    (folder / "private").mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "territory_kit.render.region_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=kernel_environment() | {FOLDER_VARIABLE: str(folder / "private")},
        encoding="utf-8",
        start_new_session=True,
    )

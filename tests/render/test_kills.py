"""Killed at any moment, a batch leaves nothing half or alive, and the next does the rest."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import RenderRequest, render_plan
from territory_kit.render.finished import is_finished, report_key
from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job
from territory_kit.render.workers import Workers
from tests.render.held_notebooks import HELD_STEP, WAIT_S, HeldNotebooks

pytestmark = [pytest.mark.notebook, pytest.mark.slow]
MARK = "TERRITORY_KIT_TEST_MARK"
# A program that was started in the background of a shell ignores Ctrl-C, and so do its children.
COMMAND = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from territory_kit.cli import app
app()
"""
PICTURE = re.compile(r"data:image/png;base64,[^\"']+")
HAS_PROC = Path("/proc/self/environ").exists()


@pytest.fixture
def folder(write_regions: Callable[[int], Path]) -> Path:
    """Write a plan of four regions with six accounts each."""
    return write_regions(4)


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Make a folder for temporary files; its path is short, as sockets want it."""
    with TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def held(tmp_path: Path) -> HeldNotebooks:
    """Make notebooks that hold each region at step 3."""
    (tmp_path / "held").mkdir()
    return HeldNotebooks(tmp_path / "held")


def marked(mark: str) -> list[int]:
    """Find living processes that were started with the mark, or forked from one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                living = mark.encode() in (entry / "environ").read_bytes()
            except OSError:
                continue
            found += [int(entry.name)] if living else []
    return found


def nobody_lives(mark: str) -> bool:
    """Wait until all marked processes are gone, but not for ever."""
    deadline = time.monotonic() + WAIT_S
    while marked(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not marked(mark)


def start(folder: Path, mark: str, temporary: Path, *options: str) -> subprocess.Popen[str]:
    """Start a batch of one region at a time, as a user does."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "render", str(folder), "--workers", "1", *options],
        env=os.environ | {MARK: mark, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.skipif(not HAS_PROC, reason="finds processes by /proc")
def test_a_batch_killed_three_times_is_finished_by_the_fourth(
    folder: Path, temporary: Path, held: HeldNotebooks
) -> None:
    """The parent is killed after a quarter, half and three quarters."""
    mark = uuid4().hex
    options = ("--notebooks", str(held.folder))
    for done in range(3):
        held.let_go(f"R{done}")
        process = start(folder, mark, temporary, *options)
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith(f"{done + 1}/4"):
                break
        else:
            pytest.fail("".join(lines))
        held.wait_for(f"R{done + 1}")
        process.kill()
        process.wait()
        process.stdout.close()
        assert nobody_lives(mark)
        assert list(temporary.iterdir()) == []
    held.let_go("R3")
    last = start(folder, mark, temporary, *options)
    said, _ = last.communicate(timeout=900)
    assert last.returncode == 0, said
    assert said.count(": unchanged") == 3
    assert said.count(": done in") == 1
    plan = open_plan(folder)
    for region in plan.regions():
        key = report_key(plan, region, notebooks=held.files)
        assert is_finished(folder / "reports" / plan.slug(region), key)
    assert not list((folder / "reports").glob("*/.draft-*"))


@pytest.mark.skipif(not HAS_PROC, reason="finds processes by /proc")
def test_ctrl_c_leaves_no_process_and_no_draft(
    folder: Path, temporary: Path, held: HeldNotebooks
) -> None:
    mark = uuid4().hex
    held.let_go("R0")
    process = start(folder, mark, temporary, "--notebooks", str(held.folder))
    held.wait_for("R1")
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=300)
    assert process.returncode != 0
    assert said.startswith("1/4 R0: done in ")
    assert "Traceback" not in said
    assert marked(mark) == []
    assert not list((folder / "reports").glob("*/.draft-*"))
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(not HAS_PROC, reason="finds processes by /proc")
def test_a_cold_region_that_is_killed_leaves_no_kernel_and_no_socket(
    folder: Path, temporary: Path, held: HeldNotebooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed from outside, or by the batch because it took too long."""
    mark = uuid4().hex
    monkeypatch.setenv(MARK, mark)
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    job = replace(jobs_of(folder)[0], notebooks=held.files)
    with Workers(is_cold=True) as workers:
        for from_outside in (True, False):
            for event in workers.run([job], count=1):
                if isinstance(event, RegionOutcome):
                    assert "ended by signal 9" in event.reason
                elif event.step == HELD_STEP:
                    (process,) = (p for p in workers._running if not p.has_ended)  # noqa: SLF001
                    assert len(marked(mark)) >= 2
                    os.kill(process.pid, signal.SIGKILL) if from_outside else process.kill()
            assert nobody_lives(mark)
            assert list(temporary.iterdir()) == []


def is_kernel_there(temporary: Path) -> bool:
    return any(temporary.glob("*/*/kernel.json"))


@pytest.mark.skipif(not HAS_PROC, reason="finds processes by /proc")
def test_a_cold_batch_that_is_killed_leaves_no_kernel_and_no_socket(
    folder: Path, temporary: Path
) -> None:
    """Its region is left alone, and tidies up behind itself."""
    mark = uuid4().hex
    process = start(folder, mark, temporary, "--cold")
    assert process.stdout is not None
    deadline = time.monotonic() + WAIT_S
    # the command, the region and the kernel
    while not (is_kernel_there(temporary) and len(marked(mark)) >= 3):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.kill()
    process.wait()
    process.stdout.close()
    assert nobody_lives(mark)
    assert list(temporary.iterdir()) == []


def test_a_killed_fork_server_fails_one_region_and_the_rest_goes_on(
    folder: Path, held: HeldNotebooks
) -> None:
    outcomes: list[RegionOutcome] = []
    with Workers() as workers:
        first, second = jobs_of(folder)[:2]
        for event in workers.run([replace(first, notebooks=held.files), second], count=1):
            if isinstance(event, RegionOutcome):
                outcomes.append(event)
            elif (event.region, event.step) == (first.region, HELD_STEP):
                assert workers.server_pid is not None
                os.kill(workers.server_pid, signal.SIGKILL)
    assert [bool(outcome.reason) for outcome in outcomes] == [True, False]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows cannot stop a process")
def test_a_fork_server_that_dies_before_it_answers_is_replaced(folder: Path) -> None:
    """It takes the connection, and is killed before it forks."""
    with Workers() as workers:
        server = workers._server  # noqa: SLF001 - no public use
        assert server is not None
        server.wait_until_ready()
        os.kill(server.pid, signal.SIGSTOP)
        killing = threading.Timer(1.0, os.kill, (server.pid, signal.SIGKILL))
        killing.start()
        assert workers.render(jobs_of(folder)[0]).reason == ""
        killing.join()
        assert workers.server_pid != server.pid


def test_a_fork_server_that_cannot_be_reached_is_replaced(
    folder: Path, held: HeldNotebooks
) -> None:
    """Its socket was swept away with other old temporary files; it lives on, of no use."""
    with Workers() as workers:
        server = workers._server  # noqa: SLF001 - no public use
        assert server is not None
        server.wait_until_ready()
        jobs = jobs_of(folder)
        outcomes, at_work = [], set()
        for event in workers.run([replace(job, notebooks=held.files) for job in jobs[:2]], count=2):
            if isinstance(event, RegionOutcome):
                outcomes.append(event)
            elif event.step == HELD_STEP:
                at_work.add(event.region)
            if len(at_work) == 2 and Path(server.address).exists():
                # both have their kernels, and go on
                Path(server.address).unlink()
                assert workers.render(jobs[2]).reason == ""
                held.let_go(*at_work)
        assert [outcome.reason for outcome in outcomes] == ["", ""]
        assert workers.server_pid != server.pid
    assert not server.is_alive()
    assert not server.folder.exists()


def test_a_killed_worker_fails_its_region_with_words(folder: Path, held: HeldNotebooks) -> None:
    """Its kernel goes with it, and the region can be rendered afterwards."""
    job = jobs_of(folder)[0]
    with Workers() as workers:
        outcomes = []
        for event in workers.run([replace(job, notebooks=held.files)], count=1):
            if isinstance(event, RegionOutcome):
                outcomes.append(event)
            elif event.step == HELD_STEP:
                (process,) = workers._running  # noqa: SLF001 - no public use
                os.kill(process.pid, signal.SIGKILL)
        assert "ended by signal 9" in outcomes[0].reason
        assert workers.render(job).reason == ""


def test_cold_kernels_give_the_same_tables_and_pictures(folder: Path, workers: Workers) -> None:
    """Fork or not: only the time differs."""
    pictures = []
    counts = []
    tables = []
    for ready in (workers, None):
        request = RenderRequest(is_cold=ready is None, is_forced=True)
        assert not render_plan(folder, regions=["R0"], request=request, workers=ready).failed
        page = (folder / "reports" / "R0" / "report.html").read_text(encoding="utf-8")
        pictures.append(PICTURE.findall(page))
        counts.append(page.count("<table"))
        tables.append(open_plan(folder).read("territories", "R0").tables["assignment"])
    assert counts[0] == counts[1]
    assert pictures[0] == pictures[1] != []
    assert tables[0].equals(tables[1])


def jobs_of(folder: Path) -> list[Job]:
    plan = open_plan(folder)
    return [Job(plan.folder, name, plan.slug(name), find_notebooks()) for name in plan.regions()]

"""A region's process may end at any moment: in the midst of a word, or before it is spoken to."""

import subprocess
import sys
from pathlib import Path

import pytest

from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job, StartedProcess, run_region

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
IN_A_WORD = """\
import os, sys
sys.stdin.readline()
print('{"step": "market"}')
print('{"outcome": {"region": "No', end="", flush=True)
os.kill(os.getpid(), 9)
"""
BEFORE = "import os\nos.kill(os.getpid(), 9)"


def run(folder: Path, program: str, steps: list[str], *, is_awaited: bool) -> RegionOutcome:
    """Run a region whose process does what the program says."""

    class Started(StartedProcess):
        def _start(self) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-c", program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,
            )
            if is_awaited:
                process.wait()
            return process

    return run_region(Job(folder, "Nord", "nord", ()), Started, steps.append)


def test_a_process_that_is_killed_in_the_midst_of_a_word_was_killed(tmp_path: Path) -> None:
    """It is no fault of the program; what it had said before was heard."""
    steps: list[str] = []
    outcome = run(tmp_path, IN_A_WORD, steps, is_awaited=False)
    assert outcome.reason.startswith("Its process ended by signal 9 before the report was written.")
    assert steps == ["market"]


def test_a_process_that_is_killed_before_it_is_told_its_region_was_killed(tmp_path: Path) -> None:
    outcome = run(tmp_path, BEFORE, [], is_awaited=True)
    assert outcome.reason.startswith("Its process ended by signal 9 before the report was written.")

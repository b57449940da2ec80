"""Run one region in a process of its own, forked or started, and see it through to its end."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

from territory_kit.errors import TerritoryKitError
from territory_kit.render.environment import FOLDER_VARIABLE, kernel_environment, private_folder
from territory_kit.render.outcome import REPORTS_FOLDER, RegionOutcome
from territory_kit.render.report_lock import report_lock
from territory_kit.render.warm.client import ADDRESS_VARIABLE, ForkedProcess, ForkServerProcess

# The number of the signal that nothing survives, which Windows does not name.
_KILL = 9
TellStep = Callable[[str], None]


class Process(Protocol):
    """A process that renders a region."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def has_ended(self) -> bool:
        """Whether it has ended, as far as is known."""

    def messages(self) -> Iterator[dict[str, object]]:
        """Yield what it tells, until it has ended."""

    def kill(self) -> None:
        """Kill it with all that it has started."""

    def wait(self) -> int:
        """Wait for its end and return its exit code."""

    def close(self) -> None:
        """Let go of it."""


@dataclass(frozen=True)
class Job:
    """A region to render.

    Parameters
    ----------
    plan_dir
        The plan folder.
    region, slug
        Name of the region and of its folders.
    notebooks
        Files of the notebooks, in the order of the steps; a worker of a cluster that is given none
        takes those of its own package.
    timeout_seconds
        How long it may take; None: no limit.
    outputs
        Kinds of files that are wanted beside the page and the notebooks.
    """

    plan_dir: Path
    region: str
    slug: str
    notebooks: tuple[Path, ...]
    timeout_seconds: float | None = None
    outputs: tuple[str, ...] = ()

    @property
    def target(self) -> Path:
        """Folder of the region's report."""
        return self.plan_dir / REPORTS_FOLDER / self.slug

    @property
    def message(self) -> dict[str, object]:
        """What the process is told."""
        return {
            "plan_dir": str(self.plan_dir),
            "region": self.region,
            "notebooks": [str(file) for file in self.notebooks],
            "outputs": list(self.outputs),
        }


class StartedProcess:
    """A region's process that starts from nothing, as ordinary programs do.

    Parameters
    ----------
    job
        What to render.
    """

    def __init__(self, job: Job) -> None:
        self._folder = private_folder()
        try:
            self._process = self._start()
            self._say(json.dumps(job.message) + "\n")
        except OSError:
            self.close()
            raise

    def messages(self) -> Iterator[dict[str, object]]:
        """Yield what it tells, until it has ended."""
        if self._process.stdout is not None:
            for line in self._process.stdout:
                # what was being said when it was killed has no end
                if line.endswith("\n"):
                    yield json.loads(line)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """Kill it with its kernel, which is in its process group."""
        if hasattr(os, "killpg"):
            # nobody left in it, or all of them ended but not waited for
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, _KILL)
        else:
            self._process.kill()

    def wait(self) -> int:
        """Wait for its end and return its exit code."""
        return self._process.wait()

    def close(self) -> None:
        """Let go of it; nothing that it has started, and no socket, is left."""
        if hasattr(self, "_process"):
            self.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "territory_kit.render.region_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kernel_environment() | {FOLDER_VARIABLE: str(self._folder)},
            encoding="utf-8",
            start_new_session=True,
        )

    def _say(self, line: str) -> None:
        if self._process.stdin is not None:
            # one that has ended already tells by its exit code why
            with suppress(BrokenPipeError):
                self._process.stdin.write(line)
                self._process.stdin.flush()


def fork_process(server: ForkServerProcess, job: Job) -> ForkedProcess:
    """Fork a region's process.

    Parameters
    ----------
    server
        A fork server.
    job
        What to render.

    Returns
    -------
    ForkedProcess
        The process, running.

    Raises
    ------
    NoForkServerError
        When the server is gone, or its socket.
    """
    return ForkedProcess(
        server.address,
        kind="region",
        arguments=job.message,
        cwd=str(server.folder),
        environment=kernel_environment()
        | {ADDRESS_VARIABLE: server.address, FOLDER_VARIABLE: str(server.folder)},
        log=str(server.log),
    )


def run_region(job: Job, start: Callable[[Job], Process], tell_step: TellStep) -> RegionOutcome:
    """Render a region in a process and see that it ends.

    Parameters
    ----------
    job
        What to render.
    start
        Makes the process.
    tell_step
        Is told the name of each step as it begins.

    Returns
    -------
    RegionOutcome
        What the process said, or why it ended without a word.
    """
    started = time.monotonic()
    said: RegionOutcome | None = None
    code, is_late = 0, False
    try:
        process = start(job)
    except (TerritoryKitError, OSError) as error:
        return RegionOutcome(job.region, job.slug, 0.0, str(error))
    try:
        with _Alarm(job.timeout_seconds, process) as alarm:
            for message in process.messages():
                said = _hear(message, tell_step) or said
            code = process.wait()
        is_late = alarm.has_rung
    finally:
        process.close()
    if said is not None:
        return replace(said, slug=job.slug)
    _clear(job)
    reason = _late(job) if is_late else _ended(code)
    return RegionOutcome(job.region, job.slug, time.monotonic() - started, reason)


def _clear(job: Job) -> None:
    """Remove what a process that was killed had begun to write, unless another has begun anew."""
    with suppress(TerritoryKitError), report_lock(job.plan_dir, job.slug):
        pass


class _Alarm:
    """Kill a process after a time, unless it has ended before."""

    def __init__(self, seconds: float | None, process: Process) -> None:
        self.has_rung = False
        self._process = process
        self._timer = threading.Timer(seconds, self._ring) if seconds is not None else None

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _ring(self) -> None:
        self.has_rung = True
        self._process.kill()


def _hear(message: Mapping[str, object], tell_step: TellStep) -> RegionOutcome | None:
    if "step" in message:
        tell_step(str(message["step"]))
    outcome = message.get("outcome")
    return RegionOutcome(**outcome) if isinstance(outcome, dict) else None


def _late(job: Job) -> str:
    return (
        f"It took longer than {job.timeout_seconds:g} s and was stopped. Give it more time with "
        "--region-timeout, or look in its notebooks which step takes so long."
    )


def _ended(code: int) -> str:
    how = f"by signal {-code}" if code < 0 else f"with code {code}"
    if code == -_KILL:
        advice = "Often memory ran out: render it again with --workers 1."
    else:
        advice = "Render it again; if that ends the same way, please report it."
    return f"Its process ended {how} before the report was written. {advice}"


def cores_count() -> int:
    """Count the cores that this process may use.

    Returns
    -------
    int
        At least 1.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

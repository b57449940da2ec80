"""Render regions side by side, each in a process of its own."""

import os
import queue
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Self

from territory_kit.errors import TerritoryKitError
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import (
    Job,
    Process,
    StartedProcess,
    TellStep,
    fork_process,
    run_region,
)
from territory_kit.render.warm.client import ForkServerProcess, NoForkServerError

_LONGEST_CLEARING_S = 30.0
_PAUSE_S = 0.1


def _tell_nobody(_step: str) -> None:
    """Do nothing."""


def _tell(events: "queue.SimpleQueue[Event]", region: str, step: str) -> None:
    events.put(StepBegun(region, step))


@dataclass(frozen=True)
class StepBegun:
    """A step of a region has begun.

    Parameters
    ----------
    region
        Name of the region.
    step
        Name of the notebook, or "report".
    """

    region: str
    step: str


Event = StepBegun | RegionOutcome


class Workers:
    """Processes that render regions; a context manager that leaves none behind.

    With a fork server, importing goes on while the caller does something else.

    Parameters
    ----------
    is_cold
        Whether each process starts from nothing; always so where the system cannot fork.
    modules
        Modules that the regions need besides the usual ones.
    is_early
        Whether importing begins at once; else with the first region, if there is any.
    """

    def __init__(
        self, *, is_cold: bool = False, modules: Sequence[str] = (), is_early: bool = True
    ) -> None:
        self._is_cold = is_cold or not can_fork()
        self._modules = modules
        is_begun = is_early and not self._is_cold
        self._server = ForkServerProcess(modules) if is_begun else None
        self._guard = threading.Lock()
        self._is_closed = False
        self._out_of_reach: list[ForkServerProcess] = []
        self._running: set[Process] = set()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        """Return at once."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill what still runs, and wait until what it had begun to write is removed."""
        self._is_closed = True
        self._stop()
        for server in (*self._out_of_reach, self._server):
            if server is not None:
                server.close()

    @property
    def server_pid(self) -> int | None:
        """Number of the fork server's process; None without one."""
        return None if self._server is None else self._server.pid

    def run(self, jobs: Sequence[Job], *, count: int) -> Generator[Event, None, None]:
        """Render regions.

        Parameters
        ----------
        jobs
            The regions, in the order in which they begin.
        count
            Regions at a time, 1 or more.

        Yields
        ------
        StepBegun or RegionOutcome
            In the order in which things happen; one outcome for each region. When the reader stops,
            no further region begins, and those that have begun are killed.
        """
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        for job in jobs:
            waiting.put(job)
        self._threads = [
            threading.Thread(target=self._work, args=(waiting, events), daemon=True)
            for _ in range(min(count, len(jobs)))
        ]
        for thread in self._threads:
            thread.start()
        left = len(jobs)
        try:
            while left:
                event = events.get()
                left -= isinstance(event, RegionOutcome)
                yield event
        finally:
            # who reads no more, because of an error or Ctrl-C, wants no further region either
            _empty(waiting)
            if left:
                self._stop()

    def _stop(self) -> None:
        """Kill what runs, and wait until what it had begun to write is removed."""
        deadline = time.monotonic() + _LONGEST_CLEARING_S
        while True:
            # a thread that has its region already may begin only now, so that once is not enough
            self._kill_running()
            left = [thread for thread in self._threads if thread.is_alive()]
            if not left or time.monotonic() >= deadline:
                return
            left[0].join(_PAUSE_S)

    def _kill_running(self) -> None:
        if self._server is not None:
            self._server.give_up_starting()
        # held by a thread that waits for a server; who stops shall not wait for that
        if self._guard.acquire(timeout=_PAUSE_S):
            try:
                running = [process for process in self._running if not process.has_ended]
            finally:
                self._guard.release()
            for process in running:
                process.kill()

    def _work(self, waiting: queue.SimpleQueue[Job], events: queue.SimpleQueue[Event]) -> None:
        """Take one region after the other until none is left."""
        while not self._is_closed:
            try:
                job = waiting.get_nowait()
            except queue.Empty:
                return
            begun = partial(_tell, events, job.region)
            events.put(self._render_surely(job, begun))

    def _render_surely(self, job: Job, tell_step: TellStep) -> RegionOutcome:
        """Return an outcome whatever happens: without one, the batch would wait for ever."""
        try:
            return self.render(job, tell_step)
        except Exception as error:  # noqa: BLE001 - the other regions go on
            reason = f"a fault of the program, please report it: {type(error).__name__}: {error}"
            return RegionOutcome(job.region, job.slug, 0.0, reason)

    def render(self, job: Job, tell_step: TellStep = _tell_nobody) -> RegionOutcome:
        """Render one region.

        Parameters
        ----------
        job
            The region.
        tell_step
            Is told the name of each step as it begins.

        Returns
        -------
        RegionOutcome
            What came of it.
        """
        return run_region(job, self._start, tell_step)

    def _start(self, job: Job) -> Process:
        with self._guard:
            self._require_open()
            process = StartedProcess(job) if self._is_cold else self._fork(job)
            self._running = {other for other in self._running if not other.has_ended}
            self._running.add(process)
        return process

    def _require_open(self) -> None:
        if self._is_closed:
            raise TerritoryKitError("The batch was stopped")

    def _fork(self, job: Job) -> Process:
        """Fork a process; a server that cannot be reached any more is replaced once."""
        server = self._living_server()
        try:
            return fork_process(server, job)
        except NoForkServerError:
            # as when its socket was swept away with other old temporary files; what it has forked
            # before goes on, so it lives until the end
            self._require_open()
            self._out_of_reach.append(server)
            self._server = None
            return fork_process(self._living_server(), job)

    def _living_server(self) -> ForkServerProcess:
        """Return the fork server, a new one where it was killed."""
        if self._server is None or not self._server.is_alive():
            if self._server is not None:
                self._server.close()
            self._server = ForkServerProcess(self._modules)
        self._server.wait_until_ready()
        return self._server


def _empty(waiting: queue.SimpleQueue[Job]) -> None:
    with suppress(queue.Empty):
        while True:
            waiting.get_nowait()


def can_fork() -> bool:
    """Tell whether this system can copy a process and hand it a socket in a folder.

    Returns
    -------
    bool
        False on Windows.
    """
    return hasattr(os, "fork")

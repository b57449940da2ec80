"""Whatever happens to a region, the batch hears of it and goes on."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.render import remote, workers
from territory_kit.render.batch import RenderRequest, render_plan
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job, TellStep
from territory_kit.render.workers import Event, StepBegun, Workers

# Bounds what never comes.
WAIT_S = 60.0


def test_an_unforeseen_fault_is_the_failure_of_its_region(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_workers: Workers, job: Job, _tell_step: object) -> RegionOutcome:
        raise ValueError(job.region)

    monkeypatch.setattr(Workers, "render", fail)
    jobs = [Job(Path("plan"), name, name, ()) for name in ("Nord", "Sud")]
    with Workers(is_cold=True) as workers:
        outcomes = [e for e in workers.run(jobs, count=2) if isinstance(e, RegionOutcome)]
    assert sorted(outcome.reason for outcome in outcomes) == [
        f"a fault of the program, please report it: ValueError: {name}" for name in ("Nord", "Sud")
    ]


def test_threads_of_a_cluster_worker_share_one_fork_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them begin at once, while the first is still being started."""
    started: list[tuple[str, ...]] = []

    class Slow:
        def __init__(self, *, modules: tuple[str, ...]) -> None:
            time.sleep(0.2)
            started.append(modules)

        def render(self, job: Job) -> RegionOutcome:
            return RegionOutcome(job.region, job.slug, 0.0)

    monkeypatch.setattr(remote, "Workers", Slow)
    monkeypatch.setattr(remote, "_READY", {})
    jobs = [Job(Path("plan"), f"R{n}", f"R{n}", (Path("01.ipynb"),)) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert len(list(threads.map(remote.render_on_worker, jobs))) == 4
    assert started == [()]


def test_a_cluster_worker_imports_once_what_a_kind_of_file_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is imported for more kinds does for fewer."""
    started: list[tuple[str, ...]] = []

    class Noted:
        def __init__(self, *, modules: tuple[str, ...]) -> None:
            started.append(modules)

        def render(self, job: Job) -> RegionOutcome:
            return RegionOutcome(job.region, job.slug, 0.0)

    monkeypatch.setattr(remote, "Workers", Noted)
    monkeypatch.setattr(remote, "_READY", {})
    monkeypatch.setattr(remote, "modules_of", lambda kinds: ("press",) if "pdf" in kinds else ())
    job = Job(Path("plan"), "Nord", "Nord", (Path("01.ipynb"),))
    for outputs in (("pdf",), ("xlsx",), (), ("xlsx", "pdf")):
        remote.render_on_worker(replace(job, outputs=outputs))
    assert started == [("press",)]


def test_no_further_region_begins_once_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the batch is left by an error; the processes are there for the next one."""
    begun: list[str] = []
    is_left = threading.Event()

    def render(_workers: Workers, job: Job, _tell_step: object) -> RegionOutcome:
        begun.append(job.region)
        if len(begun) > 1:
            is_left.wait(60)
        return RegionOutcome(job.region, job.slug, 0.0)

    monkeypatch.setattr(Workers, "render", render)
    # the region that has begun is none of a process here, so that nothing ends it
    monkeypatch.setattr("territory_kit.render.workers._LONGEST_CLEARING_S", 0.1)
    with Workers(is_cold=True) as workers:
        events = workers.run([Job(Path("plan"), f"R{n}", f"R{n}", ()) for n in range(9)], count=1)
        next(events)
        events.close()
        is_left.set()
        for thread in workers._threads:  # noqa: SLF001 - they have no public use
            thread.join(60)
    assert len(begun) <= 2


class Endless:
    """Stands in for a region's process that runs until it is killed."""

    pid = 0

    def __init__(self, _job: Job) -> None:
        self.killed = threading.Event()
        self.has_ended = False

    def messages(self) -> Iterator[dict[str, object]]:
        """Tell nothing."""
        self.killed.wait(WAIT_S)
        yield from ()

    def kill(self) -> None:
        """End."""
        self.killed.set()

    def wait(self) -> int:
        """Return what a killed process does."""
        self.has_ended = True
        return -9 if self.killed.is_set() else 1

    def close(self) -> None:
        """Do nothing."""


def test_a_region_that_begins_while_the_batch_is_left_is_killed_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its thread has taken it already, and is held up before it starts the process."""
    render, is_taken = Workers.render, threading.Event()
    started: list[Endless] = []

    def start(job: Job) -> Endless:
        started.append(Endless(job))
        return started[-1]

    def render_late(ready: Workers, job: Job, tell_step: TellStep) -> RegionOutcome:
        if job.region == "R0":
            return RegionOutcome(job.region, job.slug, 0.0)
        is_taken.set()
        time.sleep(0.5)
        return render(ready, job, tell_step)

    monkeypatch.setattr(workers, "StartedProcess", start)
    monkeypatch.setattr(Workers, "render", render_late)
    ready = Workers(is_cold=True)
    jobs = [Job(tmp_path, name, name, ()) for name in ("R0", "R1")]
    events = ready.run(jobs, count=2)
    next(events)
    assert is_taken.wait(WAIT_S)
    events.close()
    assert [process.killed.is_set() for process in started] == [True]


def test_who_leaves_a_batch_does_not_wait_for_a_server_that_imports(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As Ctrl-C in the first seconds; the first server here is gone at once."""

    class Importing:
        def __init__(self, _modules: Sequence[str]) -> None:
            self.given_up = threading.Event()
            servers.append(self)

        def is_alive(self) -> bool:
            return False

        def wait_until_ready(self) -> None:
            if len(servers) > 1:
                self.given_up.wait(5)
            raise TerritoryKitError("It did not start")

        def give_up_starting(self) -> None:
            self.given_up.set()

        def close(self) -> None: ...

    servers: list[Importing] = []
    monkeypatch.setattr(workers, "ForkServerProcess", Importing)
    monkeypatch.setattr(workers, "can_fork", lambda: True)
    with Workers(is_early=False) as ready:
        events = ready.run([Job(Path("plan"), f"R{n}", f"R{n}", ()) for n in range(9)], count=1)
        assert isinstance(next(events), RegionOutcome)
        events.close()
        assert servers[-1].given_up.is_set()
        assert len(servers) <= 3


def test_a_batch_that_is_left_by_an_error_stops_its_run_at_once(
    write_regions: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the error is still being told; not when its traceback is forgotten."""
    is_closed = []

    def run(_workers: Workers, jobs: Sequence[Job], *, count: int) -> Generator[Event, None, None]:
        assert count == 1
        try:
            yield StepBegun(jobs[0].region, "market")
        finally:
            is_closed.append(True)

    def fail(events: Iterable[Event], **_: object) -> None:
        raise ZeroDivisionError(next(iter(events)))

    monkeypatch.setattr(Workers, "run", run)
    monkeypatch.setattr("territory_kit.render.batch.follow", fail)
    with Workers(is_cold=True) as workers, pytest.raises(ZeroDivisionError) as raised:
        render_plan(write_regions(2), request=RenderRequest(1), workers=workers)
    assert is_closed == [True]
    assert raised.traceback


def test_nothing_is_imported_before_the_first_region_unless_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[Sequence[str]] = []

    class Noted:
        def __init__(self, modules: Sequence[str]) -> None:
            begun.append(modules)

        def give_up_starting(self) -> None: ...

        def close(self) -> None: ...

    monkeypatch.setattr(workers, "ForkServerProcess", Noted)
    with Workers(modules=("press",), is_early=False) as ready:
        assert list(ready.run([], count=2)) == []
    assert begun == []
    with Workers(modules=("press",)):
        assert begun == [("press",)]

"""Whatever happens to a region, the batch hears of it and goes on."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from territory_kit.render import remote
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job
from territory_kit.render.workers import Workers


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

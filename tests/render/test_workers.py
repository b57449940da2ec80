"""Whatever happens to a region, the batch hears of it and goes on."""

from pathlib import Path

import pytest

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

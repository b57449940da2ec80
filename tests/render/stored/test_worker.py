"""What travels to a worker of a cluster, and what it says before and after it renders."""

import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job
from territory_kit.render.stored import worker
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.copy import PlanCopy
from territory_kit.render.stored.store import Store
from territory_kit.render.stored.worker import (
    StoredJob,
    find_blind,
    render_stored_on_worker,
    stored_job,
)


class Renderer:
    """Stands in for the worker's processes: leaves a report in the folder that it is given."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def render(self, job: Job) -> RegionOutcome:
        """Write a file as the report."""
        self.jobs.append(job)
        job.target.mkdir(parents=True, exist_ok=True)
        (job.target / "report.html").write_text("new", encoding="utf-8")
        (job.target / "report.json").write_text('{"key": "k", "files": {"report.html": "h"}}')
        return RegionOutcome(job.region, job.slug, 1.0)


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> Renderer:
    made = Renderer()
    monkeypatch.setattr(worker, "own_workers", lambda _modules: made)
    return made


@pytest.fixture
def job(store: Store, tmp_path: Path) -> StoredJob:
    store.write("plan.yaml", b"inputs: {accounts: inputs/accounts.csv}\n")
    store.write("inputs/accounts.csv", b"account_id\n")
    store.write("reports/R0/notes.txt", b"")
    notebook = tmp_path / "of the client" / "01-market.ipynb"
    notebook.parent.mkdir()
    notebook.write_text("{}", encoding="utf-8")
    local = Job(notebook.parent / "north", "R0", "R0", (notebook,), timeout_seconds=9.0)
    return stored_job(replace(local, outputs=("xlsx",)), store.address)


def test_no_path_of_the_client_travels(job: StoredJob) -> None:
    assert b"of the client" not in pickle.dumps(job)


def test_a_secret_is_not_shown_where_a_cluster_prints_a_job(job: StoredJob) -> None:
    secret = replace(job, address=Address("sftp://ana:geheim@host/north"))
    assert "geheim" not in repr(secret)


def test_a_worker_renders_in_a_copy_of_its_own_and_puts_up_the_report(
    job: StoredJob, renderer: Renderer, store: Store
) -> None:
    assert render_stored_on_worker(job) == RegionOutcome("R0", "R0", 1.0)
    (local,) = renderer.jobs
    assert local.plan_dir.name == "north"
    assert (local.plan_dir / "inputs" / "accounts.csv").read_bytes() == b"account_id\n"
    assert not (local.plan_dir / "reports" / "R0" / "notes.txt").exists()
    assert [file.name for file in local.notebooks] == ["01-market.ipynb"]
    assert local.notebooks[0].read_text(encoding="utf-8") == "{}"
    assert (local.timeout_seconds, local.outputs) == (9.0, ("xlsx",))
    assert store.read("reports/R0/report.html") == b"new"
    assert "reports/R0/report.json" in store.list()


def test_the_next_region_finds_what_has_changed_in_the_same_copy(
    job: StoredJob, renderer: Renderer, store: Store
) -> None:
    render_stored_on_worker(job)
    store.write("inputs/accounts.csv", b"account_id\nA1\n")
    render_stored_on_worker(replace(job, notebooks=(("01-market.ipynb", b"{1}"),)))
    first, second = renderer.jobs
    assert first.plan_dir == second.plan_dir
    assert (second.plan_dir / "inputs" / "accounts.csv").read_bytes() == b"account_id\nA1\n"
    # other notebooks under another path: their hashes are kept by path
    assert first.notebooks != second.notebooks


def test_threads_of_a_worker_share_one_copy(
    job: StoredJob, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them begin at once, while the first copy is still being made."""

    class Slow(PlanCopy):
        def __init__(self, store: Store, parent: Path) -> None:
            time.sleep(0.2)
            super().__init__(store, parent)

    monkeypatch.setattr(worker, "PlanCopy", Slow)
    jobs = [replace(job, region=name, slug=name) for name in ("R0", "R1", "R2")]
    with ThreadPoolExecutor(3) as threads:
        outcomes = list(threads.map(render_stored_on_worker, jobs))
    assert {outcome.reason for outcome in outcomes} == {""}
    assert len({local.plan_dir for local in renderer.jobs}) == 1
    assert {local.plan_dir.parent.stat().st_mode & 0o77 for local in renderer.jobs} == {0}


def test_a_store_that_cannot_be_read_is_the_failure_of_the_region(
    job: StoredJob, renderer: Renderer, store: Store
) -> None:
    store.remove("plan.yaml")
    outcome = render_stored_on_worker(job)
    assert outcome.reason.startswith("There is no plan at this address: memory://")
    assert renderer.jobs == []


def test_a_worker_says_why_it_does_not_reach_a_plan(job: StoredJob, store: Store) -> None:
    assert find_blind(job) is None
    store.remove("plan.yaml")
    blind = find_blind(job)
    assert blind is not None
    assert blind.where == f"{store.address}/plan.yaml"
    other = find_blind(replace(job, address=Address("nope://b/north")))
    assert other is not None
    assert other.where == "nope://b/north"
    assert other.remedy.startswith("There it says: Nobody knows this protocol: nope")
    assert "Give every worker what this machine has" in other.remedy

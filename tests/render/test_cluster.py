"""Regions on a real cluster of two worker processes on this machine.

Skipped where the package `distributed` is not installed.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from territory_kit import __version__
from territory_kit.errors import MissingDependencyError, ParameterError, TerritoryKitError
from territory_kit.render import cluster
from territory_kit.render.cluster import run_on_cluster
from territory_kit.render.outcome import RegionOutcome

WAIT_S = 120.0

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Job:
    """What a region of these tests does, besides its name."""

    plan_dir: Path
    region: str
    does: str = ""
    seconds: float = 0.0
    notebooks: tuple[Path, ...] = ()

    @property
    def slug(self) -> str:
        """Name of its folders."""
        return self.region.lower()


def work(job: Job) -> RegionOutcome:
    """Stand in for rendering: leave a file, wait, then do what the job says."""
    (job.plan_dir / f"began-{job.slug}").touch()
    until = time.monotonic() + WAIT_S
    while job.does == "wait" and time.monotonic() < until:
        time.sleep(0.05)
        if (job.plan_dir / "go-on").exists():
            break
    until = time.monotonic() + job.seconds
    while time.monotonic() < until:
        time.sleep(0.05)
    if job.does == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.does == "raise":
        raise ZeroDivisionError("division by zero")
    reason = "no account has a place" if job.does == "fail" else ""
    return RegionOutcome(job.region, job.slug, job.seconds, reason)


def keep_older_code() -> None:
    """Make a worker one whose package was updated after it had started."""
    vars(cluster)["code_hash"] = lambda: "older"


@contextlib.contextmanager
def cluster_of(workers_count: int) -> Iterator[Any]:
    """Start a cluster on 127.0.0.1 that gives a task up when its first worker dies."""
    dask = pytest.importorskip("dask", reason="the package distributed is not installed")
    distributed = pytest.importorskip(
        "distributed", reason="the package distributed is not installed"
    )
    cloudpickle = pytest.importorskip("cloudpickle")
    # workers need not find this file: its functions travel as they are
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    settings = {
        "distributed.scheduler.allowed-failures": 0,
    }
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=workers_count,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=50,
        ) as cluster,
    ):
        yield cluster


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Share two workers; one that dies is started anew."""
    with cluster_of(2) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").touch()
    return tmp_path


def test_outcomes_come_in_the_order_in_which_they_end(address: str, plan: Path) -> None:
    outcomes = run_on_cluster(address, [Job(plan, "Nord", "wait"), Job(plan, "Sud")], work)
    assert next(outcomes) == RegionOutcome("Sud", "sud", 0)
    (plan / "go-on").touch()
    assert list(outcomes) == [RegionOutcome("Nord", "nord", 0)]


@dataclass
class Task:
    """Stands in for a task of a cluster, as this machine sees it."""

    region: str
    status: str = "finished"
    error: Exception | None = None

    def __hash__(self) -> int:
        """Be told apart by name."""
        return hash(self.region)

    def exception(self) -> Exception | None:
        """Return why it failed."""
        return self.error

    def result(self) -> RegionOutcome:
        """Return what came of it, unless it failed when it was run again."""
        if self.error is not None:
            self.status = "error"
            raise self.error
        return RegionOutcome(self.region, self.region.lower(), 0)


def batch_of(plan: Path, *tasks: Task) -> Any:  # noqa: ANN401 - a private class
    client: Any = None
    batch = cluster._Batch(client, work, ZeroDivisionError)  # noqa: SLF001 - no public use
    batch.tasks = {task: Job(plan, task.region) for task in tasks}  # type: ignore[misc]  # they stand in
    return batch


def test_what_was_lost_with_its_worker_before_it_was_fetched_is_awaited_anew(plan: Path) -> None:
    """The cluster runs it again; it has not failed."""
    task = Task("Nord", status="lost")
    batch = batch_of(plan, task)
    assert list(batch.settle([task])) == []
    task.status = "finished"
    assert [outcome.reason for outcome in batch.settle([task])] == [""]
    assert batch.tasks == {}


def test_what_has_ended_is_fetched_before_the_reader_takes_his_time(plan: Path) -> None:
    tasks = [Task("Nord"), Task("Sud")]
    outcomes = batch_of(plan, *tasks).settle(tasks)
    assert next(outcomes).reason == ""
    tasks[1].status = "lost"
    assert [(outcome.region, outcome.reason) for outcome in outcomes] == [("Sud", "")]


def test_what_fails_when_it_is_run_again_fails_alone(plan: Path) -> None:
    tasks = [Task("Nord", error=ValueError("again")), Task("Sud")]
    found = {o.region: o.reason for o in batch_of(plan, *tasks).settle(tasks)}
    assert found["Nord"].endswith("please report it: ValueError: again")
    assert found["Sud"] == ""


def test_no_region_is_no_work(address: str) -> None:
    assert list(run_on_cluster(address, [], work)) == []


def test_two_regions_that_ask_for_the_same_are_both_run(address: str, plan: Path) -> None:
    """A cluster may not take the second for a copy of the first."""
    jobs = [Job(plan, "Nord"), Job(plan, "Nord")]
    assert len(list(run_on_cluster(address, jobs, work))) == 2


def test_one_failure_leaves_the_others_alone(address: str, plan: Path) -> None:
    jobs = [Job(plan, "Est", "fail"), Job(plan, "Nord", "raise"), Job(plan, "Sud")]
    found = {o.region: o for o in run_on_cluster(address, jobs, work)}
    assert found["Est"].reason == "no account has a place"
    assert found["Nord"].reason == (
        "a fault of the program, please report it: ZeroDivisionError: division by zero"
    )
    assert found["Nord"].slug == "nord"
    assert found["Sud"].reason == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_worker_that_dies_is_the_failure_of_its_region(address: str, plan: Path) -> None:
    """Of the one that it had in hand: those that waited on the same worker are done by others."""
    jobs = [Job(plan, "Nord", "die", seconds=0.5), *(Job(plan, f"R{n}") for n in range(4))]
    found = {o.region: o.reason for o in run_on_cluster(address, jobs, work)}
    assert found["Nord"].startswith("its worker tcp://127.0.0.1:")
    assert found["Nord"].endswith(
        " ended while it had the region, most often for want of memory; the log of the worker "
        "says why"
    )
    assert {found[f"R{n}"] for n in range(4)} == {""}


def test_who_stops_reading_takes_back_what_has_not_begun(address: str, plan: Path) -> None:
    first, *others = (Job(plan, f"R{n}", "wait" if n else "") for n in range(20))
    outcomes = run_on_cluster(address, [first, *others], work)
    next(outcomes)
    outcomes.close()  # as Ctrl-C does
    wait_until_nothing_is_queued(address)
    (plan / "go-on").touch()
    # it waits behind whatever was not taken back
    assert len(list(run_on_cluster(address, [Job(plan, "Last")], work))) == 1
    began = {file.name for file in plan.glob("began-*")}
    assert len(began - {"began-r0", "began-last"}) <= 2


def wait_until_nothing_is_queued(address: str) -> None:
    """Wait until no worker holds more than the task that it has in hand."""
    distributed = pytest.importorskip("distributed")
    with distributed.Client(address, set_as_default=False) as client:
        deadline = time.monotonic() + WAIT_S
        while max(client.run(tasks_count).values()) > 1:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def tasks_count(dask_worker: SimpleNamespace) -> int:
    """Count the tasks of a worker, on the worker."""
    return len(dask_worker.state.tasks)


def test_an_address_without_a_scheduler_is_refused(plan: Path) -> None:
    pytest.importorskip("distributed", reason="the package distributed is not installed")
    for address in ("tcp://127.0.0.1:9", "http://127.0.0.1:9", ""):
        started = time.monotonic()
        with pytest.raises(ParameterError) as raised:
            next(run_on_cluster(address, [Job(plan, "Nord")], work, connect_seconds=1))
        assert time.monotonic() - started < WAIT_S
        assert str(raised.value).startswith("No Dask scheduler answers")
        assert str(raised.value).endswith(
            "(waited 1 s). Give the address that the scheduler prints when it starts, for example "
            "tcp://10.0.0.5:8786, and check that this machine reaches it."
        )


def test_a_plan_that_workers_do_not_see_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(TerritoryKitError) as raised:
        next(run_on_cluster(address, [Job(tmp_path, "Nord")], work))
    message = str(raised.value)
    assert message.startswith("Workers of the cluster do not see the plan: tcp://127.0.0.1:")
    assert message.endswith(
        f"({tmp_path / 'plan.yaml'}). Put the plan on a file system that all of them have under "
        "this same path."
    )


def die_once(job: Job) -> None:
    """End the worker that is asked first, and no other one."""
    with contextlib.suppress(FileExistsError), (job.plan_dir / "dead").open("x"):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_worker_that_ends_while_it_is_asked_refuses_no_batch(address: str, plan: Path) -> None:
    """As where a cluster shrinks; the others do the work."""
    outcomes = list(run_on_cluster(address, [Job(plan, "Nord")], work, find_blind=die_once))
    assert [outcome.reason for outcome in outcomes] == [""]
    assert (plan / "dead").exists()


def test_notebooks_that_workers_do_not_see_are_refused_before_the_first_region(
    address: str, plan: Path
) -> None:
    seen, unseen = plan / "01-market.ipynb", plan / "02-accounts.ipynb"
    seen.touch()
    assert len(list(run_on_cluster(address, [Job(plan, "Sud", notebooks=(seen,))], work))) == 1
    with pytest.raises(TerritoryKitError) as raised:
        next(run_on_cluster(address, [Job(plan, "Nord", notebooks=(seen, unseen))], work))
    message = str(raised.value)
    assert message.startswith("Workers of the cluster do not see the notebooks: tcp://127.0.0.1:")
    assert f"({unseen}). Put them on a file system that all workers have" in message
    assert not (plan / "began-nord").exists()


def test_another_release_on_the_workers_is_refused(
    address: str, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here this machine pretends to be newer."""
    monkeypatch.setattr("territory_kit.render.cluster.__version__", "99.1")
    with pytest.raises(TerritoryKitError) as raised:
        next(run_on_cluster(address, [Job(plan, "Nord")], work))
    message = str(raised.value)
    assert message.startswith(
        "The cluster has another release of territory_kit than this machine, 99.1: "
        f"scheduler has {__version__}, tcp://127.0.0.1:"
    )
    assert message.endswith("from the same requirements.lock, and start them anew.")


def test_other_code_under_the_same_release_on_the_workers_is_refused(
    address: str, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here this machine pretends to have it."""
    monkeypatch.setattr("territory_kit.render.cluster.code_hash", lambda: "other")
    with pytest.raises(TerritoryKitError) as raised:
        next(run_on_cluster(address, [Job(plan, "Nord")], work))
    assert str(raised.value).startswith(
        f"Workers of the cluster have other code of territory_kit {__version__} than this machine: "
        "tcp://127.0.0.1:"
    )


def test_a_worker_that_runs_on_while_its_package_is_updated_is_refused(plan: Path) -> None:
    """It holds the code that it had; only its files are as they are here."""
    with cluster_of(1) as running, running.get_client() as client:
        client.run(keep_older_code)
        with pytest.raises(TerritoryKitError, match="anew: what was running keeps"):
            next(run_on_cluster(running.scheduler_address, [Job(plan, "Nord")], work))


def test_a_worker_that_joins_late_with_other_code_fails_its_region(
    address: str, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("territory_kit.render.cluster._check_code", lambda _client: None)
    monkeypatch.setattr("territory_kit.render.cluster.code_hash", lambda: "other")
    outcomes = list(run_on_cluster(address, [Job(plan, "Nord")], work))
    reason = f"its worker has territory_kit {__version__} with other code"
    assert outcomes == [RegionOutcome("Nord", "nord", 0, reason)]


def test_a_worker_that_joins_late_with_another_release_fails_its_region(
    address: str, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("territory_kit.render.cluster._check_releases", lambda _client: None)
    monkeypatch.setattr("territory_kit.render.cluster.__version__", "99.1")
    outcomes = list(run_on_cluster(address, [Job(plan, "Nord")], work))
    reason = f"its worker has territory_kit {__version__} instead of 99.1"
    assert outcomes == [RegionOutcome("Nord", "nord", 0, reason)]
    assert list(plan.glob("began-*")) == []


def test_a_cluster_without_workers_is_given_up(plan: Path) -> None:
    with cluster_of(0) as empty:
        jobs = [Job(plan, "Nord"), Job(plan, "Sud")]
        outcomes = run_on_cluster(empty.scheduler_address, jobs, work, patience_seconds=0.5)
        reasons = {outcome.region: outcome.reason for outcome in outcomes}
    assert reasons == dict.fromkeys(["Nord", "Sud"], "the cluster has had no worker for 0.5 s")


def test_a_scheduler_that_goes_away_fails_what_is_left(plan: Path) -> None:
    with cluster_of(1) as going:
        jobs = [Job(plan, "Nord"), Job(plan, "Sud", seconds=WAIT_S)]
        outcomes = run_on_cluster(going.scheduler_address, jobs, work, patience_seconds=WAIT_S)
        assert next(outcomes).region == "Nord"
        going.close()
        last = list(outcomes)
    assert [(outcome.region, outcome.reason) for outcome in last] == [
        ("Sud", "the connection to the cluster was lost")
    ]


def test_without_the_package_the_message_says_how_to_get_it(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDependencyError) as raised:
        next(run_on_cluster("tcp://127.0.0.1:9", [Job(plan, "Nord")], work))
    assert str(raised.value) == (
        "Regions cannot be sent to a cluster: the package distributed is not installed. Install "
        'it with `python -m pip install "distributed>=2025.3"`.'
    )

"""A plan behind a server on 127.0.0.1 is rendered here and by workers that share no folder."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from io import StringIO
from pathlib import Path

import nbformat
import pytest
from rich.console import Console

from territory_kit.errors import ParameterError, TableError, TerritoryKitError
from territory_kit.render.batch import RenderRequest
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.batch import StoredSummary, render_stored_plan
from territory_kit.render.stored.lock import batch_lock
from territory_kit.render.stored.store import Store
from territory_kit.render.workers import Event, Workers
from tests.render.held_notebooks import HeldNotebooks
from tests.render.stored.s3_server import SECRET, Objects

PLAN = "inputs: {accounts: inputs/accounts.csv}\nterritories: {territories_count: 2}\n"
HEAD = "account_id,account_name,lat_deg,lon_deg,region,potential_amount_per_year\n"
COMMAND = "from territory_kit.cli import app; app()"
LOCAL = {
    "host": "127.0.0.1",
    "threads_per_worker": 1,
    # another cluster may have the usual port
    "dashboard_address": "127.0.0.1:0",
    "scheduler_kwargs": {"dashboard": False},
}
INDEX = "reports/index.html"


def put_plan(store: Store) -> Store:
    """Put up a plan of two regions with six accounts each."""
    rows = [
        f"A{n:02d},Bar {n},{48 + n % 5 / 10},{2 + n % 7 / 10},R{n % 2},{1000 * (n + 1)}\n"
        for n in range(12)
    ]
    store.write("inputs/accounts.csv", (HEAD + "".join(rows)).encode())
    store.write("plan.yaml", PLAN.encode())
    return store


def states(summary: StoredSummary) -> list[str]:
    return [outcome.state for outcome in summary.outcomes]


class OneRegion(Workers):
    """Stands in for processes: leaves a report of the first region, then Ctrl-C is pressed."""

    def __init__(self, *, ends_well: bool = False) -> None:
        super().__init__(is_cold=True)
        self.ends_well = ends_well

    def run(self, jobs: Sequence[Job], *, count: int) -> Generator[Event, None, None]:
        """Yield the outcome of the first region."""
        assert count >= 1
        folder = jobs[0].target
        folder.mkdir()
        (folder / "report.html").write_text("made", encoding="utf-8")
        (folder / "report.json").write_text('{"key": "k", "files": {"report.html": "h"}}')
        yield RegionOutcome(jobs[0].region, jobs[0].slug, 1.0)
        if not self.ends_well:
            raise KeyboardInterrupt


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have this process, and no other, make its private folders here."""
    folder = tmp_path / "client"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def plan(store: Store) -> Store:
    return put_plan(store)


def test_what_had_ended_before_ctrl_c_is_put_up_and_nothing_stays_behind(
    plan: Store, private: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        render_stored_plan(plan.address.url, workers=OneRegion())
    names = set(plan.list())
    assert plan.read("reports/R0/report.html") == b"made"
    assert {"reports/R0/report.json", "results/_company/company/record.json"} <= names
    assert any(name.startswith(".cache/inputs-") for name in names)
    assert INDEX not in names
    assert not any(name.startswith(".locks/") for name in names)
    assert list(private.iterdir()) == []


def test_a_region_that_cannot_be_put_up_has_failed_and_the_page_says_so(
    plan: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store.write

    def refuse(store: Store, name: str, content: bytes) -> None:
        if name.startswith("reports/R0/"):
            raise TerritoryKitError("A stored plan cannot be reached", value="cut")
        write(store, name, content)

    monkeypatch.setattr(Store, "write", refuse)
    one = OneRegion(ends_well=True)
    summary = render_stored_plan(plan.address.url, regions=["R0"], workers=one)
    assert [outcome.reason for outcome in summary.failed] == [
        "A stored plan cannot be reached: cut."
    ]
    assert summary.index == f"{plan.address}/{INDEX}"
    assert "A stored plan cannot be reached: cut." in (plan.read(INDEX) or b"").decode()


def test_a_second_batch_at_the_same_address_is_refused(plan: Store) -> None:
    before = set(plan.list())
    with batch_lock(plan), pytest.raises(TerritoryKitError, match="Another batch renders this"):
        render_stored_plan(plan.address.url, workers=OneRegion())
    assert set(plan.list()) == before


def test_faults_of_the_inputs_stop_the_batch_before_anything_is_put(plan: Store) -> None:
    plan.write("inputs/accounts.csv", b"account_id,account_name\nA1,Bar\nA1,Bar\n")
    before = set(plan.list())
    with pytest.raises(TableError, match="The inputs cannot be used as they are"):
        render_stored_plan(plan.address.url, workers=OneRegion())
    assert set(plan.list()) == before


def test_an_unknown_region_is_refused(plan: Store) -> None:
    with pytest.raises(ParameterError, match="There is no such region: R7"):
        render_stored_plan(plan.address.url, regions=["R7"], workers=OneRegion())


def test_at_an_address_without_a_plan_nothing_is_written(store: Store) -> None:
    with pytest.raises(ParameterError, match="There is no plan at this address"):
        render_stored_plan(store.address.url, workers=OneRegion())
    assert store.list() == {}


@pytest.fixture
def bucket(server: Objects) -> Store:
    pytest.importorskip("obstore", reason="needs the extra s3")
    assert server.objects == {}
    return put_plan(Store(Address("s3://plans/2027/north")))


@pytest.mark.notebook
@pytest.mark.slow
def test_this_machine_and_a_cluster_without_a_common_folder_give_the_same_plan(
    bucket: Store, workers: Workers, private: Path
) -> None:
    """Two worker processes render what is behind the server, and so does this one."""
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    place, said = bucket.address.url, StringIO()
    with distributed.LocalCluster(n_workers=2, **LOCAL) as cluster:
        there = RenderRequest(cluster=cluster.scheduler_address)
        console = Console(file=said, width=200)
        first = render_stored_plan(place, regions=["R0"], workers=workers, console=console)
        assert states(first) == ["done"]
        assert states(render_stored_plan(place, request=there, console=console)) == [
            "unchanged",
            "done",
        ]
        assert states(render_stored_plan(place, request=there, console=console)) == [
            "unchanged",
            "unchanged",
        ]
    assert states(render_stored_plan(place, workers=workers, console=console)) == [
        "unchanged",
        "unchanged",
    ]
    assert b"2 of 2 regions have a current report" in (bucket.read(INDEX) or b"")
    assert made_in(bucket, "R0").is_relative_to(private)
    assert not made_in(bucket, "R1").is_relative_to(private)
    assert list(private.glob("territory-kit-*")) == []
    assert ".locks/batch.json" not in bucket.list()
    assert f"Reports: {place}/{INDEX}" in said.getvalue()
    assert SECRET not in said.getvalue()


@pytest.mark.notebook
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell whether one has ended")
def test_a_killed_batch_is_finished_by_the_next_one(
    bucket: Store, workers: Workers, tmp_path: Path
) -> None:
    """Its lock is taken over, and the region that had ended is not made again."""
    held = HeldNotebooks(tmp_path)
    held.let_go("R0")
    options = ("--workers", "1", "--notebooks", str(held.folder))
    command = [sys.executable, "-c", COMMAND, "render", bucket.address.url, *options]
    unbuffered = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=unbuffered) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("1/2 R0: done in ")
        held.wait_for("R1")
        process.kill()
    assert ".locks/batch.json" in bucket.list()
    assert INDEX not in bucket.list()
    held.let_go("R1")
    request = RenderRequest(notebooks=held.folder)
    again = render_stored_plan(bucket.address.url, workers=workers, request=request)
    assert states(again) == ["unchanged", "done"]
    assert ".locks/batch.json" not in bucket.list()


def made_in(store: Store, region: str) -> Path:
    """Return the folder in which a region was rendered, as its notebook says."""
    text = (store.read(f"reports/{region}/01-market.ipynb") or b"").decode()
    notebook = nbformat.reads(text, as_version=4)
    return Path(notebook["metadata"]["papermill"]["parameters"]["plan_dir"])


@pytest.mark.notebook
@pytest.mark.slow
def test_a_cluster_whose_workers_do_not_reach_the_plan_is_refused(store: Store) -> None:
    """What this process holds in its memory, no other one can read."""
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    put_plan(store)
    with (
        distributed.LocalCluster(n_workers=1, **LOCAL) as cluster,
        pytest.raises(TerritoryKitError) as raised,
    ):
        render_stored_plan(
            store.address.url, request=RenderRequest(cluster=cluster.scheduler_address)
        )
    assert str(raised.value).startswith(
        "Workers of the cluster do not see the plan: tcp://127.0.0.1:"
    )
    assert f"({store.address}/plan.yaml). Give every worker what" in str(raised.value)
    assert ".locks/batch.json" not in store.list()

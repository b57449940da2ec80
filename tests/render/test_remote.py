"""A batch on a cluster gives what a batch on this machine gives."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import RenderRequest, render_plan
from territory_kit.render.cluster import run_on_cluster
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job

Run = Callable[[Job], RegionOutcome]
distributed = pytest.importorskip("distributed", reason="needs the extra dask")
pytestmark = [pytest.mark.notebook, pytest.mark.slow]


def test_two_workers_of_a_local_cluster_render_a_plan(
    write_regions: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers are told no notebooks: the package may be elsewhere there.

    Then nothing has changed for this machine either: key and tables are the same.
    """
    folder = write_regions(2)
    sent: list[Job] = []

    def send(address: str, jobs: Sequence[Job], run: Run) -> Iterator[RegionOutcome]:
        sent.extend(jobs)
        return run_on_cluster(address, jobs, run)

    monkeypatch.setattr("territory_kit.render.batch.run_on_cluster", send)
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", **options) as cluster:
        request = RenderRequest(cluster=cluster.scheduler_address)
        there = render_plan(folder, request=request)
    assert [outcome.state for outcome in there.outcomes] == ["done", "done"]
    assert {job.notebooks for job in sent} == {()}
    by_cluster = open_plan(folder).read("territories", "R0").tables["assignment"]
    assert [outcome.state for outcome in render_plan(folder).outcomes] == ["unchanged"] * 2
    assert not render_plan(folder, regions=["R0"], request=RenderRequest(is_forced=True)).failed
    assert open_plan(folder).read("territories", "R0").tables["assignment"].equals(by_cluster)

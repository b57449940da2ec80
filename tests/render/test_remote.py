"""A batch on a cluster gives what a batch on this machine gives."""

from collections.abc import Callable
from pathlib import Path

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import RenderRequest, render_plan

distributed = pytest.importorskip("distributed", reason="needs the extra dask")
pytestmark = [pytest.mark.notebook, pytest.mark.slow]


def test_two_workers_of_a_local_cluster_render_a_plan(
    write_regions: Callable[[int], Path],
) -> None:
    """Then nothing has changed for this machine either: key and tables are the same."""
    folder = write_regions(2)
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", **options) as cluster:
        request = RenderRequest(cluster=cluster.scheduler_address)
        there = render_plan(folder, request=request)
    assert [outcome.state for outcome in there.outcomes] == ["done", "done"]
    by_cluster = open_plan(folder).read("territories", "R0").tables["assignment"]
    assert [outcome.state for outcome in render_plan(folder).outcomes] == ["unchanged"] * 2
    assert not render_plan(folder, regions=["R0"], request=RenderRequest(is_forced=True)).failed
    assert open_plan(folder).read("territories", "R0").tables["assignment"].equals(by_cluster)

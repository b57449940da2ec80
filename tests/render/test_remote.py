"""A batch on a cluster gives what a batch on this machine gives."""

from pathlib import Path

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import RenderRequest, render_plan

distributed = pytest.importorskip("distributed", reason="needs the extra dask")
pytestmark = [pytest.mark.notebook, pytest.mark.slow]

PLAN = "name: Two\ninputs: {accounts: inputs/accounts.csv}\nterritories: {territories_count: 2}\n"
HEAD = "account_id,account_name,lat_deg,lon_deg,region,potential_amount_per_year\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a plan of two regions with six accounts each."""
    plan = tmp_path / "plan"
    (plan / "inputs").mkdir(parents=True)
    rows = [
        f"A{n:02d},Bar {n},{48 + n % 5 / 10},{2 + n % 7 / 10},R{n % 2},{1000 * (n + 1)}\n"
        for n in range(12)
    ]
    (plan / "inputs" / "accounts.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    (plan / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return plan


def test_two_workers_of_a_local_cluster_render_a_plan(folder: Path) -> None:
    """Then nothing has changed for this machine either: key and tables are the same."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", **options) as cluster:
        request = RenderRequest(cluster=cluster.scheduler_address)
        there = render_plan(folder, request=request)
    assert [outcome.state for outcome in there.outcomes] == ["done", "done"]
    by_cluster = open_plan(folder).read("territories", "R0").tables["assignment"]
    assert [outcome.state for outcome in render_plan(folder).outcomes] == ["unchanged"] * 2
    assert not render_plan(folder, regions=["R0"], request=RenderRequest(is_forced=True)).failed
    assert open_plan(folder).read("territories", "R0").tables["assignment"].equals(by_cluster)

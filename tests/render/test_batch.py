"""A batch: all regions, none stopped by another, and the same tables as by hand."""

import shutil
from pathlib import Path
from typing import Protocol

import nbformat
import pandas as pd
import papermill
import pytest

from territory_kit.errors import ParameterError
from territory_kit.plan import STEPS, open_plan
from territory_kit.render import region as one_region
from territory_kit.render.batch import render_plan
from territory_kit.render.outcome import Summary
from territory_kit.render.region import check_parameters, step_notebooks

pytestmark = pytest.mark.notebook

STOP = """\
from territory_kit.errors import TableError
if region == "Nord":
    raise TableError("The column is missing", where="accounts.csv", remedy="Add it.")
"""


class _Rendered(Protocol):
    folder: Path
    summary: Summary


@pytest.fixture
def folder(rendered: _Rendered, tmp_path: Path) -> Path:
    """Return a rendered plan folder of the test's own."""
    return Path(shutil.copytree(rendered.folder, tmp_path / "plan"))


def _stopping_notebook(folder: Path) -> Path:
    parameters = nbformat.v4.new_code_cell('plan_dir = ""  # folder\nregion = ""  # name')
    parameters.metadata["tags"] = ["parameters"]
    notebook = nbformat.v4.new_notebook(cells=[parameters, nbformat.v4.new_code_cell(STOP)])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    file = folder / "00-stop.ipynb"
    nbformat.write(notebook, file)
    return file


def test_all_regions_are_done(rendered: _Rendered) -> None:
    """Two regions, two reports, five notebooks beside each."""
    assert rendered.summary.failed == ()
    assert [o.region for o in rendered.summary.outcomes] == list(
        open_plan(rendered.folder).regions()
    )
    for outcome in rendered.summary.outcomes:
        files = sorted(f.name for f in (rendered.folder / "reports" / outcome.slug).iterdir())
        assert files == [*(n.name for n in step_notebooks()), "report.html"]


def test_a_failed_region_does_not_stop_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its reason is our message without a traceback, and its old report stays as it was."""
    stop = _stopping_notebook(tmp_path)
    monkeypatch.setattr(one_region, "step_notebooks", lambda: [stop, *step_notebooks()])
    old = (folder / "reports" / "Nord" / "report.html").read_bytes()
    # one worker runs in this process, where the notebook that stops is known
    summary = render_plan(folder, workers=1)
    assert [(o.region, o.reason) for o in summary.failed] == [
        ("Nord", "The column is missing (accounts.csv). Add it.")
    ]
    assert len(summary.outcomes) == len(open_plan(folder).regions())
    assert (folder / "reports" / "Nord" / "report.html").read_bytes() == old
    assert not list((folder / "reports").glob("*/.draft-*"))


def test_an_unknown_region_is_told_before_any_work(folder: Path) -> None:
    """With the names that there are."""
    with pytest.raises(ParameterError, match="Nord"):
        render_plan(folder, regions=["Nrod"])


def test_an_unknown_parameter_is_refused() -> None:
    """papermill by itself only logs it and goes on with the value of the notebook."""
    with pytest.raises(ParameterError, match=r"A parameter is unknown: regoin .*: .*plan_dir"):
        check_parameters(step_notebooks()[0], {"regoin": "Nord"})


@pytest.mark.slow
def test_each_notebook_alone_in_a_fresh_kernel_gives_the_same_tables(
    rendered: _Rendered, folder: Path, tmp_path: Path
) -> None:
    """By hand and by batch cannot differ: one kernel emptied between notebooks is as good."""
    shutil.rmtree(folder / "results")
    for notebook in step_notebooks():
        papermill.execute_notebook(
            str(notebook),
            str(tmp_path / notebook.name),
            parameters={"plan_dir": str(folder), "region": "Nord"},
            progress_bar=False,
        )
    for step in STEPS:
        by_hand = open_plan(folder).read(step, "Nord").tables
        by_batch = open_plan(rendered.folder).read(step, "Nord").tables
        assert by_hand.keys() == by_batch.keys()
        for name, table in by_hand.items():
            pd.testing.assert_frame_equal(table, by_batch[name])

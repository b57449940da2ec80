"""A batch: all regions, none stopped by another, and the same tables as by hand."""

import errno
import os
import shutil
import threading
from pathlib import Path
from typing import Protocol

import pandas as pd
import papermill
import pytest

from territory_kit.errors import ParameterError, TerritoryKitError
from territory_kit.plan import STEPS, open_plan
from territory_kit.render import region as one_region
from territory_kit.render.batch import RenderRequest, render_plan
from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import Summary
from territory_kit.render.report_lock import report_lock
from territory_kit.render.workers import Workers
from tests.render.held_notebooks import HeldNotebooks, notebooks_with

pytestmark = pytest.mark.notebook

STOP = """\
from territory_kit.errors import TableError
if region == "Nord":
    raise TableError("The column is missing", where="accounts.csv", remedy="Add it.")
"""
KILL = "import os\nif region == 'Nord':\n    os.kill(os.getpid(), 9)"


class _Rendered(Protocol):
    folder: Path
    summary: Summary


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def folder(rendered: _Rendered, tmp_path: Path) -> Path:
    """Return a rendered plan folder of the test's own."""
    return Path(shutil.copytree(rendered.folder, tmp_path / "plan"))


def test_all_regions_are_done(rendered: _Rendered) -> None:
    """Two regions, two reports, five notebooks beside each."""
    assert rendered.summary.failed == ()
    assert [o.region for o in rendered.summary.outcomes] == list(
        open_plan(rendered.folder).regions()
    )
    for outcome in rendered.summary.outcomes:
        files = sorted(f.name for f in (rendered.folder / "reports" / outcome.slug).iterdir())
        assert files == [
            *(n.name for n in find_notebooks()),
            "report.html",
            "report.json",
            "thumbnail.png",
        ]


def test_a_failed_region_does_not_stop_the_others(
    folder: Path, tmp_path: Path, workers: Workers
) -> None:
    """Its reason is our message without a traceback, and its old report stays as it was."""
    notebooks = notebooks_with(tmp_path / "notebooks", STOP)
    old = (folder / "reports" / "Nord" / "report.html").read_bytes()
    summary = render_plan(folder, request=RenderRequest(2, notebooks=notebooks), workers=workers)
    assert [(o.region, o.reason) for o in summary.failed] == [
        ("Nord", "The column is missing (accounts.csv). Add it.")
    ]
    assert len(summary.outcomes) == len(open_plan(folder).regions())
    assert (folder / "reports" / "Nord" / "report.html").read_bytes() == old
    assert not list((folder / "reports").glob("*/.draft-*"))


def test_a_kernel_that_is_killed_fails_its_region_alone(
    folder: Path, tmp_path: Path, workers: Workers
) -> None:
    notebooks = notebooks_with(tmp_path / "notebooks", KILL)
    summary = render_plan(folder, request=RenderRequest(2, notebooks=notebooks), workers=workers)
    assert [outcome.region for outcome in summary.failed] == ["Nord"]
    assert summary.failed[0].reason.startswith("The kernel that ran the notebooks has stopped")


def test_a_region_that_hangs_is_stopped_in_time(
    folder: Path, tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its kernel goes too, and nothing half written is left."""
    (tmp_path / "held").mkdir()
    held = HeldNotebooks(tmp_path / "held")
    kernels = []

    class WhenHeld(threading.Timer):
        """Counts the time from when the region hangs, however long it took to come there."""

        def run(self) -> None:
            kernels.append(held.wait_for("Nord"))
            super().run()

    monkeypatch.setattr(threading, "Timer", WhenHeld)
    request = RenderRequest(1, notebooks=held.folder, timeout_seconds=1.5)
    summary = render_plan(folder, regions=["Nord"], request=request, workers=workers)
    assert "longer than 1.5 s" in summary.failed[0].reason
    assert [is_running(kernel) for kernel in kernels] == [False]
    assert not list((folder / "reports").glob("*/.draft-*"))


def test_an_edited_notebook_makes_reports_again_and_an_unchanged_plan_none(
    folder: Path, tmp_path: Path, workers: Workers
) -> None:
    """The plan was rendered by the notebooks of the package."""
    kept = render_plan(folder, workers=workers)
    assert [outcome.state for outcome in kept.outcomes] == ["unchanged", "unchanged"]
    request = RenderRequest(notebooks=notebooks_with(tmp_path / "notebooks", "1 + 1"))
    states = [
        render_plan(folder, regions=["Nord"], request=request, workers=workers) for _ in range(2)
    ]
    assert [summary.outcomes[0].state for summary in states] == ["done", "unchanged"]


def test_asking_for_fewer_kinds_of_files_keeps_those_that_are_there(
    folder: Path, workers: Workers
) -> None:
    """They still hold; when the region is made again although nothing changed, so are they."""
    workbook = folder / "reports" / "Nord" / "results.xlsx"
    requests = [RenderRequest(outputs=("xlsx",)), RenderRequest(), RenderRequest(is_forced=True)]
    states = []
    for request in requests:
        summary = render_plan(folder, regions=["Nord"], request=request, workers=workers)
        states.append(summary.outcomes[0].state)
        assert workbook.is_file()
    assert states == ["done", "unchanged", "done"]


def test_a_report_that_was_changed_by_hand_is_made_again(folder: Path, workers: Workers) -> None:
    """So is one that was cut short; --force makes all of them again."""
    (folder / "reports" / "Nord" / "report.html").write_text("half", encoding="utf-8")
    states = {o.region: o.state for o in render_plan(folder, workers=workers).outcomes}
    assert states.pop("Nord") == "done"
    assert set(states.values()) == {"unchanged"}


def test_a_full_disk_is_said_and_leaves_the_old_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer fails as it does on a full disk, after the page was made."""
    old = (folder / "reports" / "Nord" / "report.html").read_bytes()

    def fail(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "report.html")

    monkeypatch.setattr(one_region, "report_html", fail)
    outcome = one_region.render_region(folder, "Nord", notebooks=find_notebooks())
    assert "full" in outcome.reason or "No space" in outcome.reason
    assert (folder / "reports" / "Nord" / "report.html").read_bytes() == old
    assert not list((folder / "reports").glob("*/.draft-*"))


def test_reports_that_cannot_be_written_are_said_before_any_work(
    folder: Path, workers: Workers
) -> None:
    """As in a folder that may only be read."""
    shutil.rmtree(folder / "reports")
    (folder / "reports").write_text("in the way", encoding="utf-8")
    with pytest.raises(TerritoryKitError, match="reports"):
        render_plan(folder, workers=workers)


def test_a_second_batch_waits_for_the_first(folder: Path, workers: Workers) -> None:
    """And goes on when that has ended."""
    with open_plan(folder).lock():
        second = threading.Thread(target=render_plan, args=(folder,), kwargs={"workers": workers})
        second.start()
        second.join(timeout=2)
        assert second.is_alive()
    second.join(timeout=120)
    assert not second.is_alive()


def test_a_region_that_is_still_rendered_elsewhere_is_told_and_its_draft_is_kept(
    folder: Path, workers: Workers
) -> None:
    """As on a worker of a cluster whose batch was stopped; once that has ended, all goes on."""
    draft = folder / "reports" / "Nord" / ".draft-other"
    with report_lock(folder, "Nord"):
        draft.mkdir()
        request = RenderRequest(is_forced=True)
        summary = render_plan(folder, regions=["Nord"], request=request, workers=workers)
        assert summary.failed[0].reason.startswith(
            f"The region is being rendered already: process {os.getpid()} on "
        )
        assert draft.is_dir()
    assert not render_plan(folder, regions=["Nord"], request=request, workers=workers).failed
    assert not draft.exists()


def test_what_a_killed_batch_had_begun_of_regions_that_are_not_rendered_is_removed(
    folder: Path, workers: Workers
) -> None:
    """Of one that is gone from the plan and of one whose report still holds; both reports stay."""
    drafts = [folder / "reports" / slug / ".draft-1" for slug in ("Gone", "Nord")]
    for draft in drafts:
        draft.mkdir(parents=True)
        (draft.parent / "mine.txt").write_text("kept", encoding="utf-8")
    summary = render_plan(folder, workers=workers)
    assert all(outcome.is_unchanged for outcome in summary.outcomes)
    assert not any(draft.exists() for draft in drafts)
    assert all((draft.parent / "mine.txt").is_file() for draft in drafts)


def test_a_notebook_that_takes_no_region_is_told_before_any_region_begins(
    folder: Path, tmp_path: Path, workers: Workers, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(find_notebooks()[0].parent, tmp_path / "mine", dirs_exist_ok=True)
    first = tmp_path / "mine" / find_notebooks()[0].name
    text = first.read_text(encoding="utf-8").replace('"region = ', '"place = ')
    first.write_text(text, encoding="utf-8")
    request = RenderRequest(notebooks=tmp_path / "mine")
    with pytest.raises(ParameterError, match="A parameter is unknown: region"):
        render_plan(folder, request=request, workers=workers)
    assert "1/2" not in capsys.readouterr().out


def test_an_unknown_region_is_told_before_any_work(folder: Path) -> None:
    """With the names that there are."""
    with pytest.raises(ParameterError, match="Nord"):
        render_plan(folder, regions=["Nrod"])


@pytest.mark.slow
def test_each_notebook_alone_in_a_fresh_kernel_gives_the_same_tables(
    rendered: _Rendered, folder: Path, tmp_path: Path
) -> None:
    """By hand and by batch cannot differ: one kernel emptied between notebooks is as good."""
    shutil.rmtree(folder / "results")
    for notebook in find_notebooks():
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

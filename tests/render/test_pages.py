"""The pages over all regions: left alone where nothing has changed, and only there."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.batch import render_plan
from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.pages import write_pages
from territory_kit.render.workers import Workers

pytestmark = pytest.mark.notebook

PAGES = ("index.html", "company.html")


class _Rendered(Protocol):
    folder: Path


@pytest.fixture
def folder(rendered: _Rendered, tmp_path: Path) -> Path:
    return Path(shutil.copytree(rendered.folder, tmp_path / "plan"))


def _kept(folder: Path) -> list[RegionOutcome]:
    """Return what a batch says that finds all reports as they were."""
    plan = open_plan(folder)
    return [RegionOutcome(name, plan.slug(name), 0.0, is_unchanged=True) for name in plan.regions()]


def _write(folder: Path, outcomes: Sequence[RegionOutcome]) -> None:
    write_pages(open_plan(folder), outcomes, notebooks=find_notebooks())


def _written(folder: Path) -> list[int]:
    """Return when each page was written."""
    return [(folder / "reports" / name).stat().st_mtime_ns for name in PAGES]


def test_a_batch_that_finds_nothing_changed_leaves_the_pages_alone(folder: Path) -> None:
    before = _written(folder)
    with Workers(is_early=False) as workers:
        summary = render_plan(folder, workers=workers)
        assert workers.server_pid is None
    assert all(outcome.is_unchanged for outcome in summary.outcomes)
    assert summary.index == folder / "reports" / "index.html"
    assert _written(folder) == before


def _change_page(reports: Path) -> None:
    (reports / "index.html").write_text("by hand", encoding="utf-8")


def _remove_company_page(reports: Path) -> None:
    (reports / "company.html").unlink()


def _lay_workbook_beside(reports: Path) -> None:
    (reports / "Nord" / "other.xlsx").write_bytes(b"")


def _leave_earlier_region(reports: Path) -> None:
    shutil.copytree(reports / "Nord", reports / "Gone")


def _say_priorities(reports: Path) -> None:
    with (reports.parent / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("priorities: [Grow bars.]\n")


@pytest.mark.parametrize(
    "change",
    [
        _change_page,
        _remove_company_page,
        _lay_workbook_beside,
        _leave_earlier_region,
        _say_priorities,
    ],
)
def test_what_a_page_shows_makes_both_anew(folder: Path, change: Callable[[Path], None]) -> None:
    before = _written(folder)
    change(folder / "reports")
    _write(folder, _kept(folder))
    assert all(now > then for now, then in zip(_written(folder), before, strict=True))
    assert "by hand" not in (folder / "reports" / "index.html").read_text(encoding="utf-8")


def test_one_region_of_several_makes_them_anew(folder: Path) -> None:
    """Nobody has looked at the others."""
    before = _written(folder)
    _write(folder, _kept(folder)[:1])
    assert all(now > then for now, then in zip(_written(folder), before, strict=True))


def test_pages_that_tell_of_a_failure_do_not_stay(folder: Path) -> None:
    """A region that was to be made anew failed, and its report of before still holds."""
    failed = RegionOutcome("Nord", "Nord", 1.0, reason="Its process ended.")
    _write(folder, [failed])
    page = folder / "reports" / "index.html"
    assert "1 failed" in page.read_text(encoding="utf-8")
    _write(folder, _kept(folder))
    assert "1 failed" not in page.read_text(encoding="utf-8")


def test_pages_that_tell_of_a_stale_report_do_not_stay(folder: Path) -> None:
    """An option was changed while the batch was at other regions, and changed back later."""
    settings = folder / "plan.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}costs: {{km_amount: 0.4}}\n", encoding="utf-8")
    _write(folder, [])
    page = folder / "reports" / "index.html"
    assert "2 stale" in page.read_text(encoding="utf-8")
    settings.write_text(text, encoding="utf-8")
    _write(folder, _kept(folder))
    assert "2 stale" not in page.read_text(encoding="utf-8")

"""The pages over all regions: left alone where nothing has changed, and only there."""

import shutil
import subprocess
import sys
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
SLOW = {"jinja2", "matplotlib", "nbformat", "numba", "papermill", "scipy", "sklearn"}
HEAVY = {"IPython", "ipywidgets", "numba", "seaborn"}


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


def _printed(script: str, folder: Path) -> str:
    """Return what a fresh process printed that ran a script on a plan."""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True
    )
    return ended.stdout


def test_a_batch_that_finds_nothing_changed_imports_nothing_that_computes_or_draws(
    folder: Path,
) -> None:
    script = (
        "import sys; from territory_kit.render.batch import render_plan\n"
        "summary = render_plan(sys.argv[1])\n"
        "assert all(outcome.is_unchanged for outcome in summary.outcomes)\n"
        f"print('loaded:', *({SLOW} & set(sys.modules)))"
    )
    assert _printed(script, folder).splitlines()[-1] == "loaded:"


def test_what_makes_the_frame_and_writes_the_pages_loads_no_engine_and_no_widgets(
    folder: Path,
) -> None:
    """The command that waits for hundreds of regions shall leave the memory to them."""
    shutil.rmtree(folder / "results" / "_company")
    for page in PAGES:
        (folder / "reports" / page).unlink()
    script = (
        "import sys; from territory_kit.plan import open_plan\n"
        "from territory_kit.render.batch import make_frame\n"
        "from territory_kit.render.notebooks import check_notebooks, find_notebooks\n"
        "from territory_kit.render.pages import write_pages\n"
        "plan, notebooks = open_plan(sys.argv[1]), find_notebooks()\n"
        "make_frame(plan); check_notebooks(notebooks); write_pages(plan, [], notebooks=notebooks)\n"
        f"print('loaded:', *({HEAVY} & set(sys.modules)))"
    )
    assert _printed(script, folder) == "loaded:\n"
    assert all((folder / "reports" / page).is_file() for page in PAGES)


def test_a_batch_that_finds_nothing_changed_leaves_the_pages_alone(folder: Path) -> None:
    before = _written(folder)
    with Workers(is_early=False) as workers:
        summary = render_plan(folder, workers=workers)
        assert workers.server_pid is None
    assert all(outcome.is_unchanged for outcome in summary.outcomes)
    assert summary.index == folder / "reports" / "index.html"
    assert _written(folder) == before


def _table(folder: Path) -> Path:
    """Return the table of territories of one region."""
    return next((folder / "results" / "Nord" / "territories").glob("run-*/territory_plan.parquet"))


def _change_page(reports: Path) -> None:
    (reports / "index.html").write_text("scribbled", encoding="utf-8")


def _remove_company_page(reports: Path) -> None:
    (reports / "company.html").unlink()


def _lay_workbook_beside(reports: Path) -> None:
    (reports / "Nord" / "other.xlsx").write_bytes(b"")


def _leave_earlier_region(reports: Path) -> None:
    shutil.copytree(reports / "Nord", reports / "Gone")


def _say_priorities(reports: Path) -> None:
    with (reports.parent / "plan.yaml").open("a", encoding="utf-8") as stream:
        stream.write("priorities: [Grow bars.]\n")


def _exchange_thumbnail(reports: Path) -> None:
    shutil.copy(next(reports.glob("*/thumbnail.png")), reports / "Nord" / "thumbnail.png")
    with (reports / "Nord" / "thumbnail.png").open("ab") as stream:
        stream.write(b" ")


def _damage_table(reports: Path) -> None:
    _table(reports.parent).write_bytes(b"no table")


@pytest.mark.parametrize(
    "change",
    [
        _change_page,
        _damage_table,
        _exchange_thumbnail,
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
    assert "scribbled" not in (folder / "reports" / "index.html").read_text(encoding="utf-8")


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


def test_pages_that_tell_of_a_damaged_result_do_not_stay(folder: Path) -> None:
    table = _table(folder)
    content = table.read_bytes()
    table.write_bytes(b"no table")
    (folder / "reports" / "index.html").unlink()
    _write(folder, _kept(folder))
    pages = [folder / "reports" / name for name in PAGES]
    assert all("damaged" in page.read_text(encoding="utf-8") for page in pages)
    table.write_bytes(content)
    _write(folder, _kept(folder))
    assert not any("damaged" in page.read_text(encoding="utf-8") for page in pages)


def test_a_folder_of_somebody_else_does_not_keep_the_pages_from_being_written(folder: Path) -> None:
    before = _written(folder)
    (folder / "reports" / "Old" / "report.json").mkdir(parents=True)
    (folder / "reports" / "Nord" / "report.json").unlink()
    (folder / "reports" / "Nord" / "report.json").mkdir()
    _write(folder, _kept(folder))
    assert all(now > then for now, then in zip(_written(folder), before, strict=True))


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

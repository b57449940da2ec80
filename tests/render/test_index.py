"""The page over all regions: one row each, with figures, a link, or the reason of a failure."""

import html
import shutil
from pathlib import Path
from typing import Protocol

import pytest

from territory_kit.plan import open_plan
from territory_kit.render.index import HEADINGS, write_index
from territory_kit.render.outcome import RegionOutcome

pytestmark = pytest.mark.notebook


class _Rendered(Protocol):
    folder: Path
    index: str


def test_every_region_has_a_row_with_its_figures(rendered: _Rendered) -> None:
    """Names are escaped; the link leads to a file that is there."""
    for region in open_plan(rendered.folder).regions():
        assert html.escape(region) in rendered.index.replace("&#39;", "&#x27;")
        slug = open_plan(rendered.folder).slug(region)
        assert f'href="{slug}/report.html"' in rendered.index
        assert (rendered.folder / "reports" / slug / "report.html").is_file()
    for heading in HEADINGS:
        assert heading in rendered.index


def test_a_failed_region_stands_with_its_reason_and_keeps_its_old_report(
    rendered: _Rendered, tmp_path: Path
) -> None:
    """The reason is text from outside too."""
    plan = open_plan(shutil.copytree(rendered.folder, tmp_path / "plan"))
    outcome = RegionOutcome("Nord", "Nord", 1.0, reason="A column <b>is missing</b>")
    page = write_index(plan, [outcome]).read_text(encoding="utf-8")
    assert "A column &lt;b&gt;is missing&lt;/b&gt;" in page
    assert "The report of an earlier run is kept." in page


def test_a_region_that_was_never_rendered_says_so(rendered: _Rendered, tmp_path: Path) -> None:
    """Rendering one region of many is a normal way to work."""
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    shutil.rmtree(folder / "reports" / "Nord")
    page = write_index(open_plan(folder), []).read_text(encoding="utf-8")
    assert page.count("Not rendered yet.") == 1


def test_reports_of_earlier_regions_are_named_and_not_linked(
    rendered: _Rendered, tmp_path: Path
) -> None:
    """A region that got another name, or is no more, leaves its folder behind."""
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    assert "earlier regions" not in write_index(open_plan(folder), []).read_text(encoding="utf-8")
    old = folder / "reports" / "Old & gone"
    shutil.copytree(folder / "reports" / "Nord", old)
    (folder / "reports" / "notes").mkdir()
    page = write_index(open_plan(folder), []).read_text(encoding="utf-8")
    assert "Reports of earlier regions, not part of this plan: Old &amp; gone." in page
    assert (old / "report.html").is_file()

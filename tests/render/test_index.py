"""The page over all regions: one row each, with figures, links, or the reason of a failure."""

import html
import json
import re
import shutil
from pathlib import Path
from typing import Protocol

import pytest

from territory_kit.plan import Saved, open_plan
from territory_kit.plan.results import read_saved
from territory_kit.render.batch import render_plan
from territory_kit.render.index import HEADINGS, write_index
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.workers import Workers

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


def test_the_answer_stands_first(rendered: _Rendered, tmp_path: Path) -> None:
    """Of two regions one fails: the first sentence counts both kinds."""
    assert "2 of 2 regions have a current report. Verdict: " in rendered.index
    plan = open_plan(shutil.copytree(rendered.folder, tmp_path / "plan"))
    page = write_index(plan, [RegionOutcome("Nord", "Nord", 1.0, reason="No accounts.")])
    assert "1 of 2 regions has a current report (1 failed)." in page.read_text(encoding="utf-8")


def test_each_region_shows_its_map(rendered: _Rendered) -> None:
    """The pictures are inside the page, which needs nothing else."""
    assert rendered.index.count('<img src="data:image/png;base64,') == 2
    assert not re.search(r'(src|href)="(https?:)?//', rendered.index)


def test_a_report_older_than_the_results_is_stale_and_kept(
    rendered: _Rendered, tmp_path: Path
) -> None:
    """Somebody ran step 5 again in its notebook, and other figures came out."""
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    record = folder / "reports" / "Nord" / "report.json"
    said = json.loads(record.read_text(encoding="utf-8"))
    older = {"key": "older", "runs": said["runs"] | {"review": "run-older"}}
    record.write_text(json.dumps(said | older), encoding="utf-8")
    # as when that happened while a long batch was still at other regions
    done = [RegionOutcome("Nord", "Nord", 1.0)]
    page = write_index(open_plan(folder), done).read_text(encoding="utf-8")
    note = "It is older than the results of step 5 review. Render the region again."
    assert f"<strong>Stale.</strong> {note}" in page
    assert 'href="Nord/report.html"' in page
    assert page.count('<tbody class="tk-is-stale">') == 1
    assert page.count('<tbody class="tk-is-current">') == 1


def test_a_report_that_a_batch_would_make_again_is_stale(
    rendered: _Rendered, tmp_path: Path
) -> None:
    """Changed by hand, half replaced, or made by other notebooks: each is said."""
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    target = folder / "reports" / "Nord"
    assert _answer(write_index(open_plan(folder), [])) == "2 of 2 regions have a current report"
    copies = tmp_path / "notebooks"
    copies.mkdir()
    (copies / "01-market.ipynb").write_text("other", encoding="utf-8")
    edited = write_index(open_plan(folder), [], notebooks=[copies / "01-market.ipynb"])
    assert "(2 stale)" in _answer(edited)
    (target / "report.html").write_text("half", encoding="utf-8")
    page = write_index(open_plan(folder), [])
    assert "(1 stale)" in _answer(page)
    assert "It was changed, or is older than the options, the notebooks or the program." in _text(
        page
    )
    (target / "report.json").unlink()
    assert "Its files were not all written" in _text(write_index(open_plan(folder), []))


def test_result_tables_are_read_once_for_both_pages(
    rendered: _Rendered, tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    (folder / "reports" / "index.html").unlink()
    read: list[Path] = []

    def note(place: Path) -> Saved | None:
        read.append(place)
        return read_saved(place)

    monkeypatch.setattr("territory_kit.plan.folder.read_saved", note)
    render_plan(folder, workers=workers)
    of_regions = [place for place in read if place.name in {"territories", "review"}]
    assert len(of_regions) == len(set(of_regions)) == 4


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _answer(page: Path) -> str:
    found = re.search(r"\d of \d regions? ha(?:s|ve) [^.]*", _text(page))
    return found.group() if found else ""


def test_a_changed_setting_makes_every_report_stale(rendered: _Rendered, tmp_path: Path) -> None:
    """The note says what has changed; no figure of an old plan looks like a new one."""
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    settings = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(f"{settings}market: {{countries: [FR]}}\n", encoding="utf-8")
    page = write_index(open_plan(folder), []).read_text(encoding="utf-8")
    assert "0 of 2 regions have a current report (2 stale)." in page
    assert "option: market.countries" in page


def test_workbook_and_print_are_linked_where_they_are(rendered: _Rendered, tmp_path: Path) -> None:
    """Drafts and what spreadsheets leave behind are not; a name is an address, never markup."""
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    for name in ("results #1.xlsx", "report.pdf", ".draft.xlsx", "~$results.xlsx", "draft-1.xlsx"):
        (folder / "reports" / "Nord" / name).write_bytes(b"")
    page = write_index(open_plan(folder), []).read_text(encoding="utf-8")
    addresses = set(re.findall(r'href="(Nord/[^"]*)"', page))
    assert addresses == {"Nord/report.html", "Nord/results%20%231.xlsx", "Nord/report.pdf"}
    assert 'aria-label="Workbook of Nord">Workbook</a>' in page


def test_the_page_of_the_company_is_linked_where_it_is(rendered: _Rendered, tmp_path: Path) -> None:
    folder = shutil.copytree(rendered.folder, tmp_path / "plan")
    (folder / "reports" / "company.html").unlink(missing_ok=True)
    assert "company.html" not in write_index(open_plan(folder), []).read_text(encoding="utf-8")
    (folder / "reports" / "company.html").write_text("", encoding="utf-8")
    page = write_index(open_plan(folder), []).read_text(encoding="utf-8")
    assert '<a href="company.html">All regions together</a>' in page


def test_figures_sort_by_their_value_and_not_by_their_text(rendered: _Rendered) -> None:
    """12 accounts in each region; km and cost are rounded where they are shown only."""
    values = re.findall(r'<td class="tk-number" data-value="([^"]*)">([^<]*)</td>', rendered.index)
    assert len(values) == 2 * len(HEADINGS)
    assert ("12", "12") in values
    known = [(float(value), text) for value, text in values if value]
    assert all(("EUR" in text) or text.replace(",", "").rstrip(" %").isdigit() for _, text in known)

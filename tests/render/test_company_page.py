"""The page over the whole company: the answer first, sums of current regions only."""

import html
import re
import shutil
from pathlib import Path
from typing import Protocol

import pytest

from territory_kit.plan import Plan, open_plan
from territory_kit.render.company_page import write_company_page
from territory_kit.render.index import write_index

pytestmark = pytest.mark.notebook


class _Rendered(Protocol):
    folder: Path


@pytest.fixture
def plan(rendered: _Rendered, tmp_path: Path) -> Plan:
    """Open a copy of the rendered plan: 12 accounts in two territories in each of two regions."""
    return open_plan(shutil.copytree(rendered.folder, tmp_path / "plan"))


def _page(plan: Plan) -> str:
    return write_company_page(plan).read_text(encoding="utf-8")


def _words(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page).split()))


def _rows(page: str, heading: str) -> dict[str, list[str]]:
    """Return the cells of the table below a heading, by region."""
    section = page.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', section)
    return {html.unescape(name): re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in rows}


def test_the_answer_is_two_sentences_at_the_top(plan: Plan) -> None:
    page = _page(plan)
    assert plan.folder / "reports" / "company.html" == write_company_page(plan)
    answer = _words(page.partition('<div class="tk-answer">')[2].partition("</div>")[0])
    assert answer.startswith("4 territories in 2 regions serve 24 accounts with 2 reps; ")
    assert "2 territories have no rep" in answer
    assert " A full territory is " in answer
    assert answer.count(". ") == 1
    assert "nan" not in _words(page)


def test_sums_are_those_of_the_tables(plan: Plan) -> None:
    """Cost and km of both regions add up to the last row."""
    rows = _rows(_page(plan), "What does a year cost, and how far is it driven?")
    total = rows.pop("All regions")
    assert tuple(rows) == tuple(plan.regions())
    reviews = [plan.read("review", region).tables["rep_review"] for region in plan.regions()]
    for place, column in ((2, "total_cost_amount_per_year"), (4, "travel_km_per_year")):
        assert total[place] == f"{sum(table[column].sum() for table in reviews):,.0f}"
    assert total[0] == "24"


def test_a_region_without_current_results_is_named_and_counted_nowhere(plan: Plan) -> None:
    """The reason says which step to run again."""
    shutil.rmtree(plan.folder / "results" / "Nord" / "review")
    page = _page(open_plan(plan.folder))
    words = _words(page)
    assert "Missing: Nord. Without current results; counted in no sum on this page." in words
    assert "Nord : There is no result of step 5 review yet" in words
    assert "2 territories in 1 region serve 12 accounts with 0 reps" in words
    for table in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL):
        assert '<th scope="row">Nord</th>' not in table


def test_without_any_current_region_the_page_says_so(plan: Plan) -> None:
    shutil.rmtree(plan.folder / "results")
    page = _page(open_plan(plan.folder))
    assert "No region has current results, so there is nothing to sum." in _words(page)
    assert "<table>" not in page


def test_names_from_outside_stay_text(plan: Plan) -> None:
    """One region is called as a script, and the plan has a tag in its name."""
    page = _page(plan)
    assert "<script" not in page
    assert "Two &lt;b&gt;regions&lt;/b&gt;" in page
    assert "&lt;script&gt;document.title=" in page


def test_the_picture_is_inside_the_page_and_described(plan: Plan) -> None:
    """The page loads nothing."""
    page = _page(plan)
    pictures = re.findall(r'<img alt="([^"]*)"[^>]*src="data:image/png;base64,', page)
    assert len(pictures) == 1
    assert pictures[0].startswith("Bar chart of the workload of a territory in each region.")
    assert "default-src 'none'" in page


def test_both_pages_lead_to_each_other(plan: Plan) -> None:
    assert '<a href="index.html">' in _page(plan)
    assert '<a href="company.html">' in write_index(plan, []).read_text(encoding="utf-8")


def test_the_same_results_give_the_same_page(plan: Plan) -> None:
    assert _page(plan) == _page(open_plan(plan.folder))

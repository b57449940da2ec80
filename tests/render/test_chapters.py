"""Cells of notebooks become chapters of a report."""

import nbformat
from nbformat import NotebookNode

from territory_kit.render.chapters import CHAPTERS, assemble


def _notebook(*cells: tuple[str, str]) -> NotebookNode:
    made = []
    for source, tag in cells:
        cell = nbformat.v4.new_markdown_cell(source)
        cell.metadata["tags"] = [tag] if tag else []
        made.append(cell)
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=made)
    return notebook


def test_cells_stand_by_chapter_then_by_notebook() -> None:
    """Page one comes from the last notebook and stands first; untagged cells stay behind."""
    first = _notebook(("## a", "chapter:territories"), ("private", ""))
    last = _notebook(("## b", "chapter:page-one"), ("## c", "chapter:territories"))
    report = assemble([first, last])
    assert [cell.source for cell in report.cells] == ["### b", "### a", "### c"]
    assert [c.metadata.chapter for c in report.cells] == ["page-one", "territories", "territories"]


def test_the_notebooks_stay_as_they_were() -> None:
    """They are stored beside the report."""
    notebook = _notebook(("## a", "chapter:market"))
    assemble([notebook])
    assert notebook.cells[0].source == "## a"


def test_page_one_is_first_and_has_no_heading_of_its_own() -> None:
    """The report's title stands over it."""
    assert next(iter(CHAPTERS.items())) == ("page-one", "")

"""Chapters of a report, in the order in which a manager reads, and the cells that belong to each.

A notebook cell says with a tag ``chapter:NAME`` where it stands in the report; cells without such
a tag stay in the notebook.
"""

import re
from collections.abc import Iterable, Iterator

import nbformat
from nbformat import NotebookNode

TAG_PREFIX = "chapter:"
# Name of the tag, heading of the chapter; page one carries the report's own title.
CHAPTERS = {
    "page-one": "",
    "territories": "Territories",
    "reps": "Reps",
    "cost": "Cost, visits and kilometres",
    "changes": "What changes hands",
    "alternatives": "Alternatives",
    "accounts": "Account quality",
    "market": "Market",
    "data": "Data used and left out",
    "assumptions": "Assumptions, risks and decisions",
    "calendar": "Calendar and sign-off",
}


def assemble(notebooks: Iterable[NotebookNode]) -> NotebookNode:
    """Put the tagged cells of executed notebooks together, chapter by chapter.

    Parameters
    ----------
    notebooks
        Executed notebooks in the order of the steps.

    Returns
    -------
    nbformat.NotebookNode
        One notebook; each cell's metadata name its chapter. Headings of cells become those of
        sections inside a chapter.
    """
    tagged = [found for notebook in notebooks for found in _tagged(notebook)]
    report: NotebookNode = nbformat.v4.new_notebook()
    report.cells = [cell for name in CHAPTERS for chapter, cell in tagged if chapter == name]
    return report


def _tagged(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    for cell in notebook.cells:
        for tag in cell.metadata.get("tags", []):
            if tag.startswith(TAG_PREFIX):
                chapter = tag.removeprefix(TAG_PREFIX)
                yield chapter, _section(cell, chapter)


def _section(cell: NotebookNode, chapter: str) -> NotebookNode:
    copy: NotebookNode = nbformat.from_dict(cell)
    copy.metadata = nbformat.from_dict({"chapter": chapter})
    if copy.cell_type == "markdown":
        copy.source = re.sub(r"^#+ ", "### ", copy.source, flags=re.MULTILINE)
    return copy

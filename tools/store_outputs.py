"""Run the notebooks on a copy of the sample and store their outputs: python -m tools.store_outputs.

Stored outputs show a reader what a notebook gives before running it, and nbval compares a new run
with them. What differs from run to run is not stored: times, and the state of widgets.
"""

import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
MADE_BY_RUNS = ("results", "reports", ".cache", ".locks", "choices.yaml")
CELL_TIMEOUT_S = 300


def main() -> None:
    """Run and store all notebooks in their order."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        sample = copy / "data" / "sample"
        shutil.copytree(
            ROOT / "data" / "sample", sample, ignore=shutil.ignore_patterns(*MADE_BY_RUNS)
        )
        folder = copy / "notebooks"
        folder.mkdir()
        for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
            nbformat.write(executed(file, folder), file)


def executed(file: Path, folder: Path) -> NotebookNode:
    """Run one notebook and return it with the outputs that are worth storing.

    Parameters
    ----------
    file
        The notebook.
    folder
        Where it runs.

    Returns
    -------
    nbformat.NotebookNode
        The notebook with outputs.
    """
    notebook: NotebookNode = nbformat.read(file, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, timeout=CELL_TIMEOUT_S, resources=resources, store_widget_state=False
    ).execute()
    notebook.metadata = nbformat.from_dict(
        {key: notebook.metadata[key] for key in ("kernelspec", "title") if key in notebook.metadata}
    )
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return notebook


if __name__ == "__main__":
    main()

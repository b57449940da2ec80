"""Notebooks with a cell of a test's own, and such that wait for the test before they go on.

A test that kills something in the midst of a region holds the region there: on a machine of any
speed it is there when the test has seen it, and not done a moment later.
"""

import shutil
import time
from pathlib import Path

import nbformat

from territory_kit.render.notebooks import find_notebooks

HELD_STEP = "03-territories"
# Bounds what never comes.
WAIT_S = 600.0
HOLD = """\
import os, pathlib, time
gate = pathlib.Path({gate!r})
(gate / f"held-{{region}}").write_text(str(os.getpid()))
deadline = time.monotonic() + {wait}
while not (gate / f"open-{{region}}").exists() and time.monotonic() < deadline:
    time.sleep(0.05)
"""


def notebooks_with(folder: Path, cell: str) -> Path:
    """Copy the notebooks into a new folder and put a cell before the work of step 3."""
    folder.mkdir()
    for file in find_notebooks():
        shutil.copy(file, folder / file.name)
    file = folder / f"{HELD_STEP}.ipynb"
    notebook = nbformat.read(file, as_version=4)
    at = next(n for n, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", []))
    notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(cell))
    nbformat.write(notebook, file)
    return folder


class HeldNotebooks:
    """Notebooks that hold each region at step 3 until the test lets it go on.

    Parameters
    ----------
    folder
        An empty folder for the notebooks and the signs between them and the test.
    """

    def __init__(self, folder: Path) -> None:
        self._gate = folder
        self.folder = notebooks_with(
            folder / "notebooks", HOLD.format(gate=str(folder), wait=WAIT_S)
        )

    @property
    def files(self) -> tuple[Path, ...]:
        """The notebooks, in the order of the steps."""
        return find_notebooks(self.folder)

    def let_go(self, *regions: str) -> None:
        """Hold these regions no longer, now and later."""
        for region in regions:
            (self._gate / f"open-{region}").touch()

    def wait_for(self, region: str) -> int:
        """Wait until a region is held, and return the number of its kernel."""
        held = self._gate / f"held-{region}"
        deadline = time.monotonic() + WAIT_S
        while not (held.exists() and held.read_text()):
            assert time.monotonic() < deadline, f"{region} did not come to {HELD_STEP}"
            time.sleep(0.05)
        kernel = int(held.read_text())
        held.unlink()
        return kernel

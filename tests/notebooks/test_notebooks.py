"""The shipped notebooks: stored outputs are what a run gives, and the form is kept."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SANITIZE = ROOT / "tests" / "notebooks" / "sanitize.cfg"
LINES_OF_A_CELL = 10
# nbval waits five seconds for what a cell shows, and offers no option; a busy machine takes longer.
PATIENT = """\
def pytest_collection_modifyitems(items):
    for item in items:
        item.output_timeout = 300
"""

pytestmark = pytest.mark.notebook


def _cells(notebook: Path, kind: str) -> list[Any]:
    return [c for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == kind]


def _is_parameters(cell: dict[str, Any]) -> bool:
    return "parameters" in cell["metadata"].get("tags", [])


def test_the_five_questions_have_their_notebooks() -> None:
    """Names are those of the steps, so that a newcomer finds the place."""
    assert [n.stem for n in NOTEBOOKS] == [
        "00-start-here",
        "01-market",
        "02-accounts",
        "03-territories",
        "04-reps",
        "05-review",
    ]


@pytest.mark.slow
def test_a_run_gives_the_stored_outputs(tmp_path: Path) -> None:
    """nbval runs all notebooks on a copy of the sample and compares each output."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(
        ROOT / "data" / "sample",
        tmp_path / "data" / "sample",
        ignore=shutil.ignore_patterns("results", "reports", ".cache", "choices.yaml"),
    )
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-sanitize-with", str(SANITIZE)]
    command += ["--nbval-kernel-startup-timeout", "300"]
    # settings of this project's own tests must not reach the inner run
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(PATIENT, encoding="utf-8")
    run = subprocess.run(
        [*command, "-q", "-p", "no:cacheprovider", "notebooks"],
        cwd=tmp_path,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:]
    count = sum(len(_cells(notebook, "code")) for notebook in NOTEBOOKS)
    assert f"{count} passed" in run.stdout


def _shows(source: str) -> bool:
    """Tell whether the last statement is an expression, which a notebook displays."""
    return isinstance(ast.parse(source).body[-1], ast.Expr)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda n: n.stem)
class TestForm:
    """The form that makes a notebook readable."""

    def test_outputs_are_stored(self, notebook: Path) -> None:
        """nbval passes a cell that stores nothing, so every last expression must show."""
        silent = [
            cell["source"]
            for cell in _cells(notebook, "code")
            if not cell["outputs"] and not _is_parameters(cell) and _shows(cell["source"])
        ]
        assert silent == []

    def test_no_error_or_stream_is_stored(self, notebook: Path) -> None:
        """A reader of the stored notebook sees answers, not warnings."""
        kinds = {o["output_type"] for c in _cells(notebook, "code") for o in c["outputs"]}
        assert kinds <= {"display_data", "execute_result"}

    def test_parameters_are_literals_with_a_comment(self, notebook: Path) -> None:
        """papermill replaces values only; the comment gives unit, range and meaning."""
        (cell,) = [c for c in _cells(notebook, "code") if _is_parameters(c)]
        for line in cell["source"].splitlines():
            assert re.fullmatch(r'\w+ = (None|"[^"]*")  # .+', line), line

    def test_cells_are_thin(self, notebook: Path) -> None:
        """Logic lives in the package, where tests reach it."""
        for cell in _cells(notebook, "code"):
            lines = cell["source"].splitlines()
            assert _is_parameters(cell) or len(lines) <= LINES_OF_A_CELL, cell["source"]
            assert not re.search(r"^\s*(def |class |for |while |%|!)", cell["source"], re.MULTILINE)

    def test_prose_has_no_numbers_that_go_stale(self, notebook: Path) -> None:
        """Numbers come from the package; file names and the list of notebooks may carry digits."""
        for cell in _cells(notebook, "markdown"):
            prose = re.sub(r"\[[^\]]*\]\([^)]*\)|`[^`]*`", "", cell["source"])
            assert not re.search(r"\d", prose), cell["source"]

    def test_it_starts_with_its_question_and_has_an_answer(self, notebook: Path) -> None:
        """The first screen says what is asked, of whom and from what."""
        prose = [cell["source"] for cell in _cells(notebook, "markdown")]
        assert prose[0].startswith("# ")
        assert "**Reader:**" in prose[0]
        assert "**Needs:**" in prose[0]
        assert notebook.stem.startswith("00") or "## Answer" in prose

    def test_faults_are_the_first_that_is_shown(self, notebook: Path) -> None:
        """Who does not know them takes the answer for more than it is."""
        shown = [cell for cell in _cells(notebook, "code") if cell["outputs"]]
        asked = "walk.list_faults" if notebook.stem.startswith("00") else "walk.open_task"
        with_faults = [c for c in shown if "tk-faults-summary" in json.dumps(c["outputs"])]
        assert asked in with_faults[0]["source"]
        assert notebook.stem.startswith("00") or with_faults[0] is shown[0]

    def test_it_holds_no_path_of_a_machine(self, notebook: Path) -> None:
        """Stored outputs are read by others."""
        assert str(ROOT) not in json.dumps(json.loads(notebook.read_text(encoding="utf-8")))

"""The papermill engine: known by name, and one kernel gives what fresh kernels give."""

from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from territory_kit.render.engine import ENGINE_NAME, SharedKernelEngine
from territory_kit.render.kernel import SharedKernel

pytestmark = pytest.mark.notebook

# The second notebook would fail, or write another table, if a name of the first were left.
TABLES = {
    "01-first": "import pandas as pd\nrows = 3\n"
    "pd.DataFrame({'x': range(rows), 'y': plan}).to_csv(f'{out}/first.csv')",
    "02-second": "import pandas as pd\nrows = 2 if 'rows' not in globals() else 99\n"
    "first = pd.read_csv(f'{out}/first.csv', index_col=0)\n"
    "first.assign(z=rows).to_csv(f'{out}/second.csv')",
}
# The thread that sends what a cell shows is held up, and the cell does not wait for it.
HELD_UP = """\
import sys, time
sys.stdout.flush_timeout = sys.stderr.flush_timeout = 0
get_ipython().kernel.iopub_thread.io_loop.add_callback(time.sleep, 5)
"shown late"
"""


def write(folder: Path, name: str, source: str) -> Path:
    cells = [
        nbformat.v4.new_code_cell('plan = ""\nout = ""', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    file = folder / f"{name}.ipynb"
    nbformat.write(notebook, file)
    return file


def run(file: Path, out: Path, kernel: SharedKernel | None) -> nbformat.NotebookNode:
    executed: nbformat.NotebookNode = papermill.execute_notebook(
        str(file),
        str(out / file.name),
        parameters={"plan": "Nord", "out": str(out)},
        engine_name=ENGINE_NAME,
        shared_kernel=kernel,
        progress_bar=False,
    )
    return executed


def test_papermill_knows_the_engine_by_its_name() -> None:
    assert papermill_engines.get_engine(ENGINE_NAME) is SharedKernelEngine


def test_one_kernel_writes_the_same_tables_as_fresh_ones(tmp_path: Path) -> None:
    files = [write(tmp_path, name, source) for name, source in TABLES.items()]
    shared, fresh = tmp_path / "shared", tmp_path / "fresh"
    shared.mkdir()
    fresh.mkdir()
    with SharedKernel(shared) as kernel:
        for file in files:
            run(file, shared, kernel)
    for file in files:
        run(file, fresh, None)
    for name in ("first.csv", "second.csv"):
        assert (shared / name).read_bytes() == (fresh / name).read_bytes()


def test_a_notebook_that_fails_leaves_the_kernel_for_the_next(tmp_path: Path) -> None:
    broken = write(tmp_path, "broken", "raise ValueError('no such place')")
    sound = write(tmp_path, "sound", "1 + 1")
    (tmp_path / "out").mkdir()
    with SharedKernel(tmp_path) as kernel:
        with pytest.raises(PapermillExecutionError, match="no such place"):
            run(broken, tmp_path / "out", kernel)
        executed = run(sound, tmp_path / "out", kernel)
    assert executed.cells[-1].outputs[0]["data"]["text/plain"] == "2"


def test_the_cells_of_each_notebook_are_counted_from_one(tmp_path: Path) -> None:
    """Executed notebooks look as if each had a kernel of its own."""
    sound = write(tmp_path, "sound", "1 + 1")
    with SharedKernel(tmp_path) as kernel:
        counts = [run(sound, tmp_path, kernel).cells[0].execution_count for _ in range(2)]
    assert counts[0] == counts[1]


def test_what_a_cell_shows_is_waited_for_on_a_busy_machine(tmp_path: Path) -> None:
    """The kernel says that the cell is done, and is held up before it has sent what it shows."""
    with SharedKernel(tmp_path) as kernel:
        executed = run(write(tmp_path, "held-up", HELD_UP), tmp_path, kernel)
    assert executed.cells[-1].outputs[0]["data"]["text/plain"] == "'shown late'"

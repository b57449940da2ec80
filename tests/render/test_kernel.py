"""One kernel for several notebooks: nothing of one notebook is left for the next."""

import asyncio
import os
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_core.utils import run_sync

from territory_kit.errors import TerritoryKitError
from territory_kit.render.engine import ENGINE_NAME
from territory_kit.render.kernel import KERNEL_NAME, SharedKernel

pytestmark = pytest.mark.notebook

FIRST = "import os\nimport matplotlib.pyplot as plt\nleft = 1\nplt.figure()\nos.chdir('..')"
SECOND = (
    "import os, sys\nimport matplotlib.pyplot as plt\n"
    "print('left' in globals(), len(plt.get_fignums()), os.path.basename(os.getcwd()))"
)

CHANGE = """\
import os, random, sys, warnings
import numpy as np
import pandas as pd
pd.set_option("display.max_rows", 3, "display.float_format", "{:.1f}".format)
pd.set_option("mode.performance_warnings", False)
np.set_printoptions(precision=1)
np.seterr(all="raise")
warnings.simplefilter("error")
os.environ.pop("PATH")
os.environ |= {"HOME": "/elsewhere", "LEFT": "1"}
sys.path.insert(0, "/elsewhere")
"""
SHOW = """\
import os, re, sys, warnings
import numpy as np
import pandas as pd
where = ("JPY_PARENT_PID", "PWD")
print(warnings.filters, sys.path, np.get_printoptions(), np.geterr(), sep="\\n")
print(sorted(item for item in os.environ.items() if item[0] not in where))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    print(re.sub("0x[0-9a-f]+", "", pd.describe_option(_print_desc=False) or ""))
"""


def _write(folder: Path, name: str, source: str) -> Path:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    file = folder / f"{name}.ipynb"
    nbformat.write(notebook, file)
    return file


def test_names_figures_and_folder_of_one_notebook_do_not_reach_the_next(tmp_path: Path) -> None:
    """The second notebook finds an empty namespace, no open figure, and the first folder."""
    work = tmp_path / "work"
    work.mkdir()
    files = [_write(tmp_path, "first", FIRST), _write(tmp_path, "second", SECOND)]
    with SharedKernel(work) as kernel:
        for file in files:
            executed = papermill.execute_notebook(
                str(file),
                str(work / file.name),
                engine_name=ENGINE_NAME,
                shared_kernel=kernel,
                progress_bar=False,
            )
    assert executed.cells[-1].outputs[0].text.strip() == "False 0 work"


def _run(folder: Path, *sources: str) -> str:
    """Run notebooks in one kernel and return what the last one printed."""
    return str(_executed(folder, *sources).outputs[0].text)


def _executed(folder: Path, *sources: str) -> nbformat.NotebookNode:
    """Run notebooks in one kernel and return the cell of the last one."""
    work = folder / "work"
    work.mkdir()
    with SharedKernel(work) as kernel:
        for number, source in enumerate(sources):
            executed = papermill.execute_notebook(
                str(_write(folder, f"n{number}", source)),
                None,
                engine_name=ENGINE_NAME,
                shared_kernel=kernel,
                kernel_name=KERNEL_NAME,
                progress_bar=False,
            )
    cell: nbformat.NotebookNode = executed.cells[-1]
    return cell


def test_settings_of_one_notebook_do_not_reach_the_next(tmp_path: Path) -> None:
    """Filters, options, environment and path are as in a kernel that ran nothing before."""
    for name in ("fresh", "later"):
        (tmp_path / name).mkdir()
    fresh = _run(tmp_path / "fresh", SHOW)
    assert "display.max_rows" in fresh
    assert _run(tmp_path / "later", CHANGE, SHOW) == fresh


def test_figures_are_shown_however_a_notebook_before_showed_its_own(tmp_path: Path) -> None:
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    hide = f"{draw}\nplt.ioff()\n%config InlineBackend.figure_format = 'svg'"
    shown = _executed(tmp_path, hide, draw).outputs
    assert [kind for output in shown for kind in output.data] == ["text/plain", "image/png"]


def test_the_kernel_and_its_sockets_are_gone_at_the_end(tmp_path: Path) -> None:
    """A batch leaves no process and no file behind."""
    with SharedKernel(tmp_path) as kernel:
        private = kernel._private  # noqa: SLF001 - the folder has no public use
        assert private.is_dir()
    assert not private.exists()
    assert not kernel.manager.has_kernel


def test_a_kernel_that_does_not_come_up_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python itself ends at once where its home is not there."""
    broken = {**os.environ, "PYTHONHOME": str(tmp_path)}
    monkeypatch.setattr("territory_kit.render.kernel.kernel_environment", lambda: broken)
    with pytest.raises(TerritoryKitError, match="has stopped"), SharedKernel(tmp_path):
        pass


def test_a_kernel_that_ends_while_it_is_emptied_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never answers; nobody waits as long as a kernel that imports may take."""

    async def never(*_: object, **__: object) -> None:
        await asyncio.sleep(60)
        pytest.fail("nobody noticed")

    with SharedKernel(tmp_path) as kernel:
        provisioner = kernel.manager.provisioner
        assert provisioner is not None
        run_sync(provisioner.kill)()
        monkeypatch.setattr(kernel.client, "execute_interactive", never)
        with pytest.raises(TerritoryKitError, match="has stopped"):
            kernel.reset()

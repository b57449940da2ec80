"""Make the report of one region: five notebooks in one kernel, then one HTML file."""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from territory_kit import errors
from territory_kit.errors import ParameterError, TerritoryKitError
from territory_kit.plan import Plan, open_plan
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.engine import ENGINE_NAME
from territory_kit.render.export import report_html
from territory_kit.render.kernel import KERNEL_NAME, SharedKernel
from territory_kit.render.outcome import RegionOutcome

REPORTS_FOLDER = "reports"
REPORT_FILE = "report.html"


def step_notebooks() -> list[Path]:
    """List the notebooks of the five steps in their order.

    Returns
    -------
    list of Path
        Files 01 to 05; the first page, 00, has nothing to compute.
    """
    return sorted(shipped_folder("notebooks").glob("0[1-5]-*.ipynb"))


def render_region(plan_dir: Path, region: str) -> RegionOutcome:
    """Run the notebooks of a region and write its report; never raise for bad data.

    Parameters
    ----------
    plan_dir
        The plan folder.
    region
        Name of the region.

    Returns
    -------
    RegionOutcome
        Done, or why not. A report that was there before stays when this one fails.
    """
    started = time.monotonic()
    plan = open_plan(plan_dir)
    slug, reason = plan.slug(region), ""
    try:
        _render(plan, region, plan.folder / REPORTS_FOLDER / slug)
    except PapermillExecutionError as error:
        reason = _reason(error)
    except (TerritoryKitError, OSError) as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other regions go on
        reason = f"a fault of the program, please report it: {type(error).__name__}: {error}"
    return RegionOutcome(region, slug, time.monotonic() - started, reason)


def _render(plan: Plan, region: str, target: Path) -> None:
    """Make everything in a draft folder beside the reports, then move it into place."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".draft-", dir=target) as name:
        draft = Path(name)
        notebooks = _execute(plan, region, draft)
        page = report_html(plan, region, notebooks)
        (draft / REPORT_FILE).write_text(page, encoding="utf-8", newline="\n")
        # the report last: who sees a new report finds its notebooks beside it
        for file in sorted(draft.iterdir()):
            file.replace(target / file.name)


def _execute(plan: Plan, region: str, folder: Path) -> list[NotebookNode]:
    parameters = {"plan_dir": str(plan.folder.resolve()), "region": region}
    executed = []
    with SharedKernel(folder) as kernel:
        for notebook in step_notebooks():
            check_parameters(notebook, parameters)
            papermill.execute_notebook(
                str(notebook),
                str(folder / notebook.name),
                parameters=parameters,
                engine_name=ENGINE_NAME,
                shared_kernel=kernel,
                kernel_name=KERNEL_NAME,
                progress_bar=False,
            )
            executed.append(_read(folder / notebook.name))
    return executed


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Refuse parameters that a notebook does not have; papermill itself only logs them.

    Parameters
    ----------
    notebook
        File of the notebook.
    parameters
        Values by name.

    Raises
    ------
    ParameterError
        Names the parameters that the notebook has.
    """
    known = papermill.inspect_notebook(str(notebook))
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise ParameterError(
            "A parameter is unknown",
            value=", ".join(unknown),
            where=f"notebook {notebook.name}",
            remedy=f"Its cell tagged parameters has: {', '.join(sorted(known))}.",
        )


def _read(file: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(file, as_version=4)
    return notebook


def _reason(error: PapermillExecutionError) -> str:
    """Say what stopped a notebook in words; our own messages stand for themselves."""
    is_ours = hasattr(errors, error.ename)
    return str(error.evalue if is_ours else f"{error.ename}: {error.evalue}")

"""Make the report of one region: five notebooks in one kernel, then one HTML file."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from territory_kit import errors
from territory_kit.errors import TerritoryKitError
from territory_kit.plan import Plan, open_plan
from territory_kit.plan.writing import refusal
from territory_kit.render.engine import ENGINE_NAME
from territory_kit.render.export import report_html
from territory_kit.render.export import warm as warm_export
from territory_kit.render.finished import (
    RECORD_FILE,
    begin_replacing,
    hash_files,
    mark_finished,
    note_sources,
    report_key,
)
from territory_kit.render.kernel import KERNEL_NAME, SharedKernel
from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import REPORT_FILE, RegionOutcome
from territory_kit.render.outputs import write_outputs
from territory_kit.render.report_lock import DRAFT_PREFIX, report_lock
from territory_kit.render.thumbnail import write_thumbnail


def render_region(
    plan_dir: Path,
    region: str,
    *,
    notebooks: Sequence[Path],
    outputs: Sequence[str] = (),
    tell_step: Callable[[str], None] = lambda _: None,
) -> RegionOutcome:
    """Run the notebooks of a region and write its report; never raise for bad data.

    Parameters
    ----------
    plan_dir
        The plan folder.
    region
        Name of the region.
    notebooks
        Files of the notebooks, in the order of the steps.
    outputs
        Kinds of files that are wanted beside the page and the notebooks.
    tell_step
        Is told the name of each notebook as it begins.

    Returns
    -------
    RegionOutcome
        Done, or why not. A report that was there before stays when this one fails.
    """
    started = time.monotonic()
    slug = reason = ""
    try:
        plan = open_plan(plan_dir)
        slug = plan.slug(region)
        _render(plan, region, notebooks, outputs, tell_step)
    except PapermillExecutionError as error:
        reason = _reason(error)
    except TerritoryKitError as error:
        reason = str(error)
    except OSError as error:
        reason = str(refusal(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other regions go on
        reason = f"a fault of the program, please report it: {type(error).__name__}: {error}"
    return RegionOutcome(region, slug, time.monotonic() - started, reason)


def warm() -> None:
    """Load what making a report loads at first use, so that processes forked later need not."""
    prepared: NotebookNode = papermill.execute_notebook(
        str(find_notebooks()[0]), None, parameters={"region": ""}, prepare_only=True
    )
    warm_export([prepared])


def _render(
    plan: Plan,
    region: str,
    notebooks: Sequence[Path],
    outputs: Sequence[str],
    tell_step: Callable[[str], None],
) -> None:
    """Make everything in a draft folder beside the reports, then move it into place."""
    note_sources(notebooks)
    with report_lock(plan.folder, plan.slug(region)) as target, _draft_in(target) as draft:
        executed = _execute(plan, region, notebooks, draft, tell_step)
        tell_step("report")
        page = report_html(plan, region, executed)
        (draft / REPORT_FILE).write_text(page, encoding="utf-8", newline="\n")
        write_outputs(plan, region, draft, outputs)
        write_thumbnail(draft)
        # the report last: who sees a new report finds its notebooks beside it
        names = sorted(file.name for file in draft.iterdir() if file.is_file())
        names.sort(key=lambda name: name == REPORT_FILE)
        files = hash_files(draft, names)
        key = report_key(plan, region, notebooks=notebooks)
        # written here and moved last: moving needs no room on a full disk
        mark_finished(draft, key, files, runs=plan.current_runs(region))
        begin_replacing(target, files)
        for name in (*files, RECORD_FILE):
            (draft / name).replace(target / name)


@contextmanager
def _draft_in(target: Path) -> Iterator[Path]:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=DRAFT_PREFIX, dir=target) as made:
        yield Path(made)


def _execute(
    plan: Plan,
    region: str,
    notebooks: Sequence[Path],
    folder: Path,
    tell_step: Callable[[str], None],
) -> list[NotebookNode]:
    parameters = {"plan_dir": str(plan.folder.resolve()), "region": region}
    executed = []
    # what a notebook writes beside itself is no part of the report
    work = folder / "work"
    work.mkdir()
    with SharedKernel(work) as kernel:
        for notebook in notebooks:
            tell_step(notebook.stem)
            # without a place to write to: papermill would write all of it twice for each cell
            done: NotebookNode = papermill.execute_notebook(
                str(notebook),
                None,
                parameters=parameters,
                engine_name=ENGINE_NAME,
                shared_kernel=kernel,
                kernel_name=KERNEL_NAME,
                progress_bar=False,
            )
            nbformat.write(done, folder / notebook.name)
            executed.append(done)
    return executed


def _reason(error: PapermillExecutionError) -> str:
    """Say what stopped a notebook in words; our own messages stand for themselves."""
    is_ours = hasattr(errors, error.ename)
    return str(error.evalue if is_ours else f"{error.ename}: {error.evalue}")

"""Render a plan: all regions side by side, one page over them at the end."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from rich.console import Console

from territory_kit.plan import COMPANY, COMPANY_STEP, Plan, open_plan
from territory_kit.plan.writing import plain_write_errors
from territory_kit.render.cluster import run_on_cluster
from territory_kit.render.finished import any_finished, finished_files, note_sources, report_key
from territory_kit.render.notebooks import check_notebooks, find_notebooks
from territory_kit.render.outcome import REPORTS_FOLDER, RegionOutcome, Summary
from territory_kit.render.outputs import file_names, kinds_among, modules_of, require_outputs
from territory_kit.render.pages import load_pages, write_pages
from territory_kit.render.progress import follow, print_end
from territory_kit.render.region_worker import Job, cores_count
from territory_kit.render.remote import render_on_worker
from territory_kit.render.report_lock import clear_drafts
from territory_kit.render.workers import Event, Workers


@dataclass(frozen=True)
class RenderRequest:
    """How to render.

    Parameters
    ----------
    workers
        Regions rendered at a time, 1 or more; one for each core when not given.
    is_forced
        Whether reports that still hold are made again.
    is_cold
        Whether each kernel starts from nothing instead of being forked; the results are the same.
    timeout_seconds
        How long one region may take; None: no limit.
    cluster
        Address of a Dask scheduler whose workers render; this machine does when empty.
    notebooks
        Folder of the notebooks to run; those of the package when not given.
    outputs
        Kinds of files that are wanted beside the page and the notebooks.
    """

    workers: int | None = None
    is_forced: bool = False
    is_cold: bool = False
    timeout_seconds: float | None = None
    cluster: str = ""
    notebooks: Path | None = None
    outputs: tuple[str, ...] = ()


AS_USUAL = RenderRequest()
Events = Generator[Event, None, None]
Run = Callable[[Sequence[Job]], Events]


def render_plan(
    plan_dir: Path | str,
    *,
    regions: Sequence[str] | None = None,
    request: RenderRequest = AS_USUAL,
    workers: Workers | None = None,
    console: Console | None = None,
) -> Summary:
    """Run the five notebooks of each region, write its report, and the page over all regions.

    Parameters
    ----------
    plan_dir
        The plan folder.
    regions
        Names of the regions; all of the plan when not given.
    request
        How to render.
    workers
        Processes that are ready already, for many batches in a row; started and ended here when
        not given.
    console
        Where to tell progress; standard output when not given.

    Returns
    -------
    Summary
        What came of each region. A region that failed does not stop the others; one whose report
        still holds is not made again.

    Raises
    ------
    ParameterError
        When a setting or a region is unknown, or a notebook takes no plan or region.
    TableError
        When faults of the inputs block the plan.
    TerritoryKitError
        When another batch renders this plan.
    """
    plan, shown = open_plan(plan_dir), console or Console()
    # where there are reports, all of them may still hold: nothing is imported before that is known
    is_early = not any_finished(plan.folder / REPORTS_FOLDER)
    with open_runner(request, workers, is_early=is_early) as run:
        # inputs are read and checked here, while the workers import their packages
        jobs = prepare_jobs(plan, regions, request)
        with plan.lock():
            if is_early and not request.cluster:
                load_pages()
            make_frame(plan)
            outcomes = render_changed(plan, jobs, request, run, shown)
            index, _ = write_pages(plan, outcomes, notebooks=jobs[0].notebooks if jobs else ())
    print_end(outcomes, index=index, console=shown)
    return Summary(tuple(outcomes), index)


@contextmanager
def open_runner(
    request: RenderRequest, ready: Workers | None, *, is_early: bool = True
) -> Iterator[Run]:
    """Return what renders jobs: processes of this machine, or a cluster.

    Parameters
    ----------
    request
        How to render.
    ready
        Processes that are ready already; started and ended here when not given.
    is_early
        Whether importing begins before it is known that there is anything to render.

    Yields
    ------
    callable
        Takes jobs and yields what happens.
    """
    if request.cluster:
        # workers have the notebooks of the package in a place of their own
        is_ours = request.notebooks is None
        yield lambda jobs: run_on_cluster(
            request.cluster,
            [replace(job, notebooks=()) if is_ours else job for job in jobs],
            render_on_worker,
        )
        return
    count = request.workers or cores_count()
    if ready is not None:
        yield partial(ready.run, count=count)
        return
    modules = modules_of(request.outputs)
    is_early |= request.is_forced
    with Workers(is_cold=request.is_cold, modules=modules, is_early=is_early) as workers:
        yield partial(workers.run, count=count)


def prepare_jobs(plan: Plan, regions: Sequence[str] | None, request: RenderRequest) -> list[Job]:
    """Check inputs, regions and what is wanted, before any region is looked at.

    Parameters
    ----------
    plan
        The opened plan.
    regions
        Names of the regions; all of the plan when not given.
    request
        How to render.

    Returns
    -------
    list of Job
        One for each region.
    """
    plan.inputs()
    notebooks = find_notebooks(request.notebooks)
    note_sources(notebooks)
    require_outputs(request.outputs)
    names = list(dict.fromkeys(regions or plan.regions()))
    for name in names:
        plan.require_region(name)
    return [_job(plan, name, notebooks, request) for name in names]


def make_frame(plan: Plan) -> None:
    """Make the frame of the whole plan where it is missing or stale.

    Made once here, so that regions side by side only read it.

    Parameters
    ----------
    plan
        The opened plan.

    Raises
    ------
    TerritoryKitError
        When it is damaged; says what to do.
    """
    if plan.state(COMPANY_STEP, COMPANY) == "current":
        plan.read(COMPANY_STEP, COMPANY)
        return
    from territory_kit.frame import read_company  # noqa: PLC0415 - slow to load

    read_company(plan)


def _job(plan: Plan, region: str, notebooks: tuple[Path, ...], request: RenderRequest) -> Job:
    return Job(
        plan.folder,
        region,
        plan.slug(region),
        notebooks,
        timeout_seconds=request.timeout_seconds,
        outputs=request.outputs,
    )


def render_changed(
    plan: Plan, jobs: Sequence[Job], request: RenderRequest, run: Run, console: Console
) -> list[RegionOutcome]:
    """Render the regions whose report does not hold any more.

    Parameters
    ----------
    plan
        The opened plan.
    jobs
        One for each region.
    request
        How to render.
    run
        Renders jobs.
    console
        Where to tell progress.

    Returns
    -------
    list of RegionOutcome
        One for each region, by name.
    """
    with plain_write_errors(plan.folder):
        (plan.folder / REPORTS_FOLDER).mkdir(exist_ok=True)
    kept, changed = [], []
    for job in jobs:
        files = finished_files(job.target, report_key(plan, job.region, notebooks=job.notebooks))
        if files and file_names(job.outputs) <= files and not request.is_forced:
            kept.append(job)
        else:
            # what was made for others before and would still hold is made anew, not removed
            outputs = sorted({*job.outputs, *kinds_among(files)})
            changed.append(replace(job, outputs=tuple(outputs)))
    clear_drafts(plan.folder, but=[job.slug for job in changed])
    unchanged = [RegionOutcome(job.region, job.slug, 0.0, is_unchanged=True) for job in kept]
    if changed:
        check_notebooks(changed[0].notebooks)
    # closed at once when this is left by an error, so that no further region begins
    with closing(run(changed)) if changed else nullcontext(()) as events:
        return follow(chain(unchanged, events), regions_count=len(jobs), console=console)

"""Render a stored plan: fetched into a private copy, checked once, put up region by region."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from territory_kit.plan import open_plan
from territory_kit.render.batch import (
    AS_USUAL,
    Events,
    RenderRequest,
    Run,
    make_frame,
    open_runner,
    prepare_jobs,
    render_changed,
)
from territory_kit.render.cluster import run_on_cluster
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.pages import write_pages
from territory_kit.render.progress import print_end
from territory_kit.render.region_worker import Job
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.copy import PlanCopy, require_plan
from territory_kit.render.stored.lock import batch_lock
from territory_kit.render.stored.put import put_as_they_end, put_files, put_frame
from territory_kit.render.stored.store import Store
from territory_kit.render.stored.worker import find_blind, render_stored_on_worker, stored_job
from territory_kit.render.workers import Workers


@dataclass(frozen=True)
class StoredSummary:
    """What came of a batch on a stored plan.

    Parameters
    ----------
    outcomes
        One for each region, by name.
    index
        Address of the page over all regions.
    """

    outcomes: tuple[RegionOutcome, ...]
    index: str

    @property
    def failed(self) -> tuple[RegionOutcome, ...]:
        """Regions whose report was not made or not put up."""
        return tuple(outcome for outcome in self.outcomes if outcome.reason)


def render_stored_plan(
    address: str,
    *,
    regions: Sequence[str] | None = None,
    request: RenderRequest = AS_USUAL,
    workers: Workers | None = None,
    console: Console | None = None,
) -> StoredSummary:
    """Render a plan at an address as `render_plan` does one in a folder.

    Parameters
    ----------
    address
        Where the plan folder is, for example ``s3://bucket/plans/north``.
    regions
        Names of the regions; all of the plan when not given.
    request
        How to render. Workers of a cluster fetch the plan and put up regions themselves.
    workers
        Processes of this machine that are ready already; started and ended here when not given.
    console
        Where to tell progress; standard output when not given.

    Returns
    -------
    StoredSummary
        What came of each region. A region that could not be put up has failed.

    Raises
    ------
    ParameterError
        When there is no plan, or a setting or a region is unknown.
    TableError
        When faults of the inputs block the plan.
    MissingDependencyError
        When the package of the protocol is not installed.
    TerritoryKitError
        When the store cannot be reached, or another batch renders this plan.
    """
    shown = console or Console()
    store = Store(Address(address))
    require_plan(store)
    with batch_lock(store), _private_copy(store) as copy:
        with _open_runner(copy, request, workers) as run:
            copy.refresh()
            plan = open_plan(copy.folder)
            jobs = prepare_jobs(plan, regions, request)
            make_frame(plan)
            put_frame(copy)
            outcomes = render_changed(plan, jobs, request, run, shown)
        if request.cluster:
            copy.refresh()
        page, company = write_pages(plan, outcomes, notebooks=jobs[0].notebooks if jobs else ())
        put_files(copy, (), then=[company, page])
    index = f"{store.address}/{page.relative_to(copy.folder).as_posix()}"
    print_end(outcomes, index=index, console=shown)
    return StoredSummary(tuple(outcomes), index)


@contextmanager
def _private_copy(store: Store) -> Iterator[PlanCopy]:
    with TemporaryDirectory(prefix="territory-kit-plan-", ignore_cleanup_errors=True) as parent:
        yield PlanCopy(store, Path(parent))


@contextmanager
def _open_runner(copy: PlanCopy, request: RenderRequest, ready: Workers | None) -> Iterator[Run]:
    """Return what renders jobs and puts them up: this machine, or a cluster."""
    if request.cluster:
        yield partial(_run_on_cluster, request.cluster, copy.store.address)
        return
    with open_runner(request, ready) as run:
        yield lambda jobs: put_as_they_end(run(jobs), copy)


def _run_on_cluster(cluster: str, address: Address, jobs: Sequence[Job]) -> Events:
    travelling = [stored_job(job, address) for job in jobs]
    return run_on_cluster(cluster, travelling, render_stored_on_worker, find_blind=find_blind)

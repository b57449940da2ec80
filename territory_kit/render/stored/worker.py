"""What a worker of a cluster does with a region of a stored plan: fetch, render, put up.

A worker keeps one private copy for each address as long as it lives, so that its next region
fetches only what has changed.
"""

import threading
import time
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from territory_kit.errors import TerritoryKitError
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.settings import PLAN_FILE
from territory_kit.plan.writing import plain_write_errors
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.outputs import modules_of
from territory_kit.render.region_worker import Job
from territory_kit.render.remote import own_workers
from territory_kit.render.sight import Blind
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.copy import PlanCopy
from territory_kit.render.stored.names import is_for_region
from territory_kit.render.stored.put import put_region
from territory_kit.render.stored.store import Store

# A worker may have several threads, each with a region.
_GUARD = threading.Lock()
_REMEDY = (
    "Give every worker what this machine has: the credentials of the address in its environment, "
    "and the package of the protocol."
)


@dataclass(frozen=True)
class StoredJob:
    """A region of a stored plan to render: all of it that travels to a worker.

    Parameters
    ----------
    address
        Where the plan is.
    region, slug
        Name of the region and of its folders.
    notebooks
        Name and content of each notebook, in the order of the steps.
    timeout_seconds
        How long it may take; None: no limit.
    outputs
        Kinds of files that are wanted beside the page and the notebooks.
    """

    address: Address
    region: str
    slug: str
    notebooks: tuple[tuple[str, bytes], ...] = field(repr=False)
    timeout_seconds: float | None = None
    outputs: tuple[str, ...] = ()


def stored_job(job: Job, address: Address) -> StoredJob:
    """Return a job that needs no folder of this machine.

    Parameters
    ----------
    job
        The region, in a copy of the plan.
    address
        Where the plan is.

    Returns
    -------
    StoredJob
        The same region, with its notebooks.
    """
    notebooks = tuple((file.name, file.read_bytes()) for file in job.notebooks)
    return StoredJob(
        address, job.region, job.slug, notebooks, job.timeout_seconds, outputs=job.outputs
    )


def find_blind(job: StoredJob) -> Blind | None:
    """Say on a worker why it does not reach a plan.

    Parameters
    ----------
    job
        A region of the plan.

    Returns
    -------
    Blind or None
        None where it reads the plan.
    """
    try:
        is_there = Store(job.address).read(PLAN_FILE) is not None
    except TerritoryKitError as error:
        return Blind(str(job.address), f"There it says: {error} {_REMEDY}")
    return None if is_there else Blind(f"{job.address}/{PLAN_FILE}", _REMEDY)


def render_stored_on_worker(job: StoredJob) -> RegionOutcome:
    """Render a region in this worker's copy of the plan, and put it up.

    Parameters
    ----------
    job
        The region.

    Returns
    -------
    RegionOutcome
        What came of it; failed, with words, when the store could not be read or written.
    """
    started = time.monotonic()
    try:
        with _GUARD:
            copy = _copy_of(job.address)
            copy.refresh(partial(is_for_region, slug=job.slug))
            notebooks = _lay_out(job, copy.folder.parent)
    except TerritoryKitError as error:
        seconds = time.monotonic() - started
        return RegionOutcome(job.region, job.slug, seconds, str(error))
    local = Job(
        copy.folder,
        job.region,
        job.slug,
        notebooks,
        timeout_seconds=job.timeout_seconds,
        outputs=job.outputs,
    )
    return put_region(copy, own_workers(modules_of(local.outputs)).render(local))


# Under the guard: two threads that find nothing would both make one.
@cache
def _copy_of(address: Address) -> PlanCopy:
    return PlanCopy(Store(address), Path(_private_folder(address).name))


@cache
def _private_folder(_address: Address) -> "TemporaryDirectory[str]":
    """Make a folder that goes when this worker ends."""
    return TemporaryDirectory(prefix="territory-kit-plan-", ignore_cleanup_errors=True)


def _lay_out(job: StoredJob, parent: Path) -> tuple[Path, ...]:
    """Write the notebooks to a folder that is named after them: other ones go to another."""
    name = sha256(b"".join(sha256(content).digest() for _, content in job.notebooks)).hexdigest()
    folder = parent / f".notebooks-{name[:32]}"
    with plain_write_errors(folder):
        folder.mkdir(exist_ok=True)
    for file, content in job.notebooks:
        write_atomically(folder / Path(file).name, content)
    return tuple(folder / Path(file).name for file, _ in job.notebooks)

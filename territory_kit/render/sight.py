"""Whether the workers of a cluster see a plan, asked before any region is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from territory_kit.errors import TerritoryKitError, list_ids
from territory_kit.plan.settings import PLAN_FILE

if TYPE_CHECKING:
    from distributed import Client


class FolderJob(Protocol):
    """A region of a plan in a folder that all machines share."""

    @property
    def plan_dir(self) -> Path:
        """The plan folder, as an absolute path."""

    @property
    def notebooks(self) -> tuple[Path, ...]:
        """Files of its own notebooks, as absolute paths; empty: those of the package there."""


@dataclass(frozen=True)
class Blind:
    """Why a worker does not see a plan.

    Parameters
    ----------
    where
        What it looked for.
    remedy
        What to do about it, as a sentence.
    what
        What it does not see.
    """

    where: str
    remedy: str
    what: str = "the plan"


def find_blind_folder(job: FolderJob) -> Blind | None:
    """Say on a worker why it does not see a plan folder, or the notebooks to render it with.

    Parameters
    ----------
    job
        A region of the plan.

    Returns
    -------
    Blind or None
        None where it sees both.
    """
    plan = job.plan_dir / PLAN_FILE
    if not plan.is_file():
        remedy = "Put the plan on a file system that all of them have under this same path."
        return Blind(str(plan), remedy)
    missing = [file for file in job.notebooks if not file.is_file()]
    if not missing:
        return None
    remedy = (
        "Put them on a file system that all workers have under this same path, such as the folder "
        "of the plan, or render without --notebooks."
    )
    return Blind(str(missing[0]), remedy, what="the notebooks")


def check_sight(client: "Client", job: object, find_blind: Callable[[Any], Blind | None]) -> None:
    """Refuse a cluster with workers that do not see a plan.

    Parameters
    ----------
    client
        Of the cluster.
    job
        A region of the plan.
    find_blind
        Asked on each worker.

    Raises
    ------
    TerritoryKitError
        Names the workers, and says what the first of them lacks.
    """
    found = ask_workers(client, find_blind, job)
    blind = [worker for worker, said in found.items() if said is not None]
    if not blind:
        return
    said = found[min(blind)]
    if isinstance(said, Exception):
        said = Blind("", f"The worker says: {type(said).__name__}: {said}.")
    raise TerritoryKitError(
        f"Workers of the cluster do not see {said.what}",
        value=list_ids(blind),
        where=said.where,
        remedy=said.remedy,
    )


def ask_workers(
    client: "Client", question: Callable[..., Any], *arguments: object
) -> dict[str, Any]:
    """Ask each worker of a cluster; one that ends meanwhile has nothing to say.

    Parameters
    ----------
    client
        Of the cluster.
    question
        Called on each worker.
    *arguments
        What it is called with.

    Returns
    -------
    dict
        By address of the worker: the answer, or the exception that was raised there.
    """
    said = client.run(question, *arguments, on_error="return")
    there = set(client.nthreads())
    return {worker: answer for worker, answer in said.items() if worker in there}

"""Render regions on the workers of a Dask cluster, each region as one task.

Whatever happens to one region, or to the worker that has it, becomes the outcome of that region;
the others go on. Only jobs and outcomes travel: workers read and write the plan themselves, in a
folder under the same path as here or at an address (`stored/worker.py`).
"""

import contextlib
import importlib.metadata
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import uuid4

from territory_kit import __version__
from territory_kit.errors import (
    MissingDependencyError,
    ParameterError,
    TerritoryKitError,
    list_ids,
)
from territory_kit.plan.inputs import code_hash, hash_code
from territory_kit.plan.precedence import digest
from territory_kit.plan.shipped import shipped_folder
from territory_kit.render.finished import hash_templates
from territory_kit.render.notebooks import notebook_files
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.sight import Blind, ask_workers, check_sight, find_blind_folder

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECT_SECONDS = 30.0
_PATIENCE_SECONDS = 600.0
_LOOK_SECONDS = 5.0
_POLL_SECONDS = 0.1
# A region that only waited on workers that died is sent anew, but not for ever.
_MOST_SENDS_COUNT = 4
# States of a task whose worker died after it had ended: the cluster runs it again by itself.
_AGAIN = frozenset(["lost", "pending"])
_PACKAGE = "territory_kit"


class RegionJob(Protocol):
    """One region to render: what travels to a worker, such as a frozen dataclass."""

    @property
    def region(self) -> str:
        """Name of the region."""

    @property
    def slug(self) -> str:
        """Name of its folders."""


Job = TypeVar("Job", bound=RegionJob)


def run_on_cluster(
    address: str,
    jobs: Iterable[Job],
    run_one: Callable[[Job], RegionOutcome],
    *,
    find_blind: Callable[[Any], Blind | None] = find_blind_folder,
    connect_seconds: float = _CONNECT_SECONDS,
    patience_seconds: float = _PATIENCE_SECONDS,
) -> Generator[RegionOutcome, None, None]:
    """Hand each job to a worker of a Dask cluster and yield outcomes as they come.

    Nothing is done before the first outcome is asked for. When the reader stops, by Ctrl-C too,
    what has not begun is taken back; what runs on a worker ends there.

    Parameters
    ----------
    address
        Of the scheduler, for example `tcp://10.0.0.5:8786`.
    jobs
        One for each region.
    run_one
        Renders one region. A function of a module that workers have too, not a local one.
    find_blind
        Tells on a worker whether it sees the plan of a job; jobs of a batch have one plan. Such a
        function too.
    connect_seconds
        How long the scheduler may take to answer, above 0.
    patience_seconds
        How long the cluster may be without any worker before the rest is given up, 0 or more:
        clusters that grow on demand start with none.

    Yields
    ------
    RegionOutcome
        One for each job, in the order in which they end. A worker that ends while it has a
        region, or an error in `run_one`, is the failure of that region.

    Raises
    ------
    MissingDependencyError
        When the package `distributed` is not installed.
    ParameterError
        When no scheduler answers at the address.
    TerritoryKitError
        When scheduler or workers have another release or other code, or workers do not see the
        plan or its notebooks.
    """
    distributed = _distributed()
    client = _connect(distributed, address, connect_seconds)
    batch = _Batch(client, run_one, distributed.KilledWorker)
    try:
        waiting = list(jobs)
        _check_releases(client)
        _check_code(client)
        for job in waiting[:1]:
            check_sight(client, job, find_blind)
        for job in waiting:
            batch.send(job)
        yield from batch.outcomes(patience_seconds)
    finally:
        _leave(client, list(batch.tasks))


def _distributed() -> ModuleType:
    try:
        import distributed  # noqa: PLC0415 - optional, and slow to load
    except ImportError as error:
        raise MissingDependencyError(
            "Regions cannot be sent to a cluster",
            value="the package distributed is not installed",
            remedy='Install it with `python -m pip install "distributed>=2025.3"`.',
        ) from error
    package: ModuleType = distributed
    return package


def _connect(distributed: ModuleType, address: str, seconds: float) -> "Client":
    try:
        # without any address it would start a cluster of its own
        place = address.strip() or "tcp://"
        client: Client = distributed.Client(place, timeout=seconds, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        raise ParameterError(
            "No Dask scheduler answers",
            value=address,
            where=f"waited {seconds:g} s",
            remedy=(
                "Give the address that the scheduler prints when it starts, for example "
                "tcp://10.0.0.5:8786, and check that this machine reaches it."
            ),
        ) from error
    return client


def _check_releases(client: "Client") -> None:
    """Refuse a cluster that would compute with other code; the scheduler unpacks tasks too."""
    try:
        found = {"scheduler": client.run_on_scheduler(importlib.metadata.version, _PACKAGE)}
    except ImportError:
        found = {"scheduler": None}
    found |= ask_workers(client, importlib.metadata.version, _PACKAGE)
    others = [
        f"{place} has {release if isinstance(release, str) else 'none'}"
        for place, release in found.items()
        if release != __version__
    ]
    if others:
        raise TerritoryKitError(
            f"The cluster has another release of {_PACKAGE} than this machine, {__version__}",
            value=list_ids(others),
            remedy=(
                "Install the same release on scheduler and workers, from the same "
                "requirements.lock, and start them anew."
            ),
        )


def _check_code(client: "Client") -> None:
    """Refuse workers whose package was changed under the same release number."""
    found = ask_workers(client, _versions)
    own = _version()
    others = [worker for worker, versions in found.items() if versions != {own}]
    if others:
        raise TerritoryKitError(
            f"Workers of the cluster have other code of {_PACKAGE} {__version__} than this machine",
            value=list_ids(others),
            remedy=(
                "Install the same files and libraries on all machines, then start workers and "
                "this program anew: what was running keeps the code that it had."
            ),
        )


def _version(code: str = "") -> str:
    """Hash code, notebooks and templates of the package; the code as this process has loaded it."""
    notebooks = [file.read_text("utf-8") for file in notebook_files(shipped_folder("notebooks"))]
    return digest([code or code_hash(), hash_templates(), notebooks])


def _versions() -> set[str]:
    """Hash the package as this process has loaded it, and as its files are now."""
    return {_version(), _version(hash_code())}


class _Batch(Generic[Job]):
    """The tasks that are under way, and what is known of them."""

    def __init__(
        self,
        client: "Client",
        run_one: Callable[[Job], RegionOutcome],
        killed_error: type[Exception],
    ) -> None:
        self.client = client
        self.run_one = run_one
        self.killed_error = killed_error
        self.tasks: dict[Future[RegionOutcome], Job] = {}
        self.topic = f"{_PACKAGE}-{uuid4().hex}"
        self.sent_counts: Counter[str] = Counter()
        self.started = time.monotonic()

    def send(self, job: Job) -> None:
        """Hand one region to the cluster, which chooses the worker."""
        self.sent_counts[job.slug] += 1
        sent = (_run_checked, job, self.run_one, (__version__, _version()), self.topic)
        self.tasks[self.client.submit(*sent, pure=False, retries=0)] = job

    def outcomes(self, patience_seconds: float) -> Iterator[RegionOutcome]:
        """Yield outcomes as they come; give up when the cluster stays without workers."""
        looked = manned = time.monotonic()
        while self.tasks:
            ended = [task for task in self.tasks if task.done()]
            yield from self.settle(ended)
            if ended:
                looked = manned = time.monotonic()
                continue
            time.sleep(_POLL_SECONDS)
            if time.monotonic() - looked >= min(_LOOK_SECONDS, patience_seconds):
                looked = time.monotonic()
                manned = looked if _has_workers(self.client) else manned
                if looked - manned > patience_seconds:
                    reason = f"the cluster has had no worker for {patience_seconds:g} s"
                    yield from [self._failed(job, reason) for job in self.tasks.values()]
                    return

    def settle(self, ended: Sequence["Future[RegionOutcome]"]) -> Iterator[RegionOutcome]:
        """Yield the outcomes of tasks that have ended, and send some anew."""
        # all are fetched before the reader takes his time: a worker that dies loses what it made
        fetched = {task: self._fetch(task) for task in ended}
        for task, outcome in fetched.items():
            if outcome is None and task.status in _AGAIN:
                continue
            job = self.tasks.pop(task)
            if outcome is not None:
                yield outcome
            elif self._only_waited(task, job):
                self.send(job)
            else:
                yield self._failed(job, self._reason(task))

    def _fetch(self, task: "Future[RegionOutcome]") -> RegionOutcome | None:
        """Fetch what a region came to; None where its task failed or is run again."""
        if task.status != "finished":
            return None
        try:
            outcome: RegionOutcome = task.result()
        except Exception:
            # where its worker is gone by now, it was run again, and that has failed
            if task.status == "finished":
                raise
            return None
        return outcome

    def _only_waited(self, task: "Future[RegionOutcome]", job: Job) -> bool:
        """Tell whether the worker that died had this region in its queue, not in hand."""
        if task.status != "error" or not isinstance(task.exception(), self.killed_error):
            return False
        begun = {slug for _, slug in self.client.get_events(self.topic)}
        return job.slug not in begun and self.sent_counts[job.slug] < _MOST_SENDS_COUNT

    def _reason(self, task: "Future[RegionOutcome]") -> str:
        if task.status != "error":
            return "the connection to the cluster was lost"
        error = task.exception()
        if isinstance(error, self.killed_error):
            place = getattr(getattr(error, "last_worker", None), "address", "")
            return (
                f"its worker {place} ended while it had the region, most often for want of "
                "memory; the log of the worker says why"
            )
        return f"a fault of the program, please report it: {type(error).__name__}: {error}"

    def _failed(self, job: Job, reason: str) -> RegionOutcome:
        return RegionOutcome(job.region, job.slug, time.monotonic() - self.started, reason)


def _run_checked(
    job: Job, run_one: Callable[[Job], RegionOutcome], version: tuple[str, str], topic: str
) -> RegionOutcome:
    """Run on a worker, which may have joined after the check; say that the region has begun."""
    release, code = version
    if release != __version__ or _versions() != {code}:
        what = f"{__version__} instead of {release}"
        reason = what if release != __version__ else f"{release} with other code"
        return RegionOutcome(job.region, job.slug, 0.0, f"its worker has {_PACKAGE} {reason}")
    _distributed().get_worker().log_event(topic, job.slug)
    return run_one(job)


def _has_workers(client: "Client") -> bool:
    with contextlib.suppress(OSError):
        return bool(client.nthreads())
    return False


def _leave(client: "Client", tasks: Sequence["Future[RegionOutcome]"]) -> None:
    """Take back what has not ended; a cluster that is gone needs no telling."""
    with contextlib.suppress(OSError):
        if tasks:
            client.cancel(tasks)
    client.close()

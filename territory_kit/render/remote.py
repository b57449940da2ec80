"""What a worker of a cluster does with a region: the same as this machine, beside its own process.

The worker itself is never forked, it has threads. It starts a fork server with its first region,
and another one only where a region needs modules that the first has not imported. They end with it.
"""

import threading
from dataclasses import replace

from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.outputs import modules_of
from territory_kit.render.region_worker import Job
from territory_kit.render.workers import Workers

_READY: dict[tuple[str, ...], Workers] = {}
_GUARD = threading.Lock()


def render_on_worker(job: Job) -> RegionOutcome:
    """Render a region in a process of this worker's fork server.

    Parameters
    ----------
    job
        The region; its plan lies under the same path as where the batch was started.

    Returns
    -------
    RegionOutcome
        What came of it.
    """
    if not job.notebooks:
        job = replace(job, notebooks=find_notebooks())
    return own_workers(modules_of(job.outputs)).render(job)


def own_workers(modules: tuple[str, ...]) -> Workers:
    """Return processes of this worker that have imported at least some modules.

    Parameters
    ----------
    modules
        Names of modules besides those that every region needs.

    Returns
    -------
    Workers
        Started with the first region, and once: one thread at a time looks.
    """
    with _GUARD:
        for imported, workers in _READY.items():
            if set(modules) <= set(imported):
                return workers
        _READY[modules] = Workers(modules=modules)
        return _READY[modules]

"""What a worker of a cluster does with a region: the same as this machine, beside its own process.

The worker itself is never forked, it has threads. It starts one fork server, with its first region,
which ends with it.
"""

from dataclasses import replace
from functools import cache

from territory_kit.render.notebooks import find_notebooks
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.region_worker import Job
from territory_kit.render.workers import Workers


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
    return _workers().render(job)


@cache
def _workers() -> Workers:
    return Workers()

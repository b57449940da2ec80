"""Import once what every region needs, and use it once, before anything is forked.

Nothing here may start a thread: a fork copies the memory, but only the thread that forks, and
locks that another thread held stay locked for ever in the copy.
"""

import importlib
from pathlib import Path

from territory_kit.design.warm import warm as warm_engine
from territory_kit.render.finished import note_sources
from territory_kit.render.region import warm as warm_region
from territory_kit.report.warm import warm as warm_pictures

# What kernels and notebooks load when they begin. Not the inline backend of Jupyter: imported
# before there is a kernel, it would show no figure.
_PACKAGES = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipywidgets",
    "matplotlib.backends.backend_agg",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "seaborn",
    "territory_kit.lab",
    "territory_kit.render.kernel_state",
    "territory_kit.report",
    "territory_kit.walk",
    "tornado.platform.asyncio",
    "tornado.queues",
)


def preload(*more: str) -> None:
    """Import the packages and load what they load at first use.

    Parameters
    ----------
    *more
        Names of further modules to import.

    Raises
    ------
    RuntimeError
        When that has started a thread.
    """
    for name in (*_PACKAGES, *more):
        importlib.import_module(name)
    warm_engine()
    warm_region()
    note_sources()
    warm_pictures()
    threads = threads_count()
    if threads != 1:
        message = f"{threads} threads run where processes shall be forked"
        raise RuntimeError(message)


def threads_count() -> int:
    """Count the threads of this process, those of compiled libraries too.

    Returns
    -------
    int
        1 where the system does not tell.
    """
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1

"""One kernel for all notebooks of a region: started once, emptied between notebooks, stopped.

The kernel talks over sockets in a private folder where the system has them, else on 127.0.0.1.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from territory_kit.errors import TerritoryKitError

KERNEL_NAME = "python3"
START_TIMEOUT_S = 120.0
RESET_TIMEOUT_S = 60.0
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMBA_NUM_THREADS",
)
# Leaves the kernel as a fresh one that has imported its packages: no names, figures or plot
# settings of the notebook before, and the working directory it started with.
_RESET = """\
import os, sys
os.chdir({folder!r})
if "matplotlib.pyplot" in sys.modules:
    sys.modules["matplotlib.pyplot"].close("all")
    sys.modules["matplotlib"].rc_file_defaults()
get_ipython().reset(new_session=True)
"""


class SharedKernel:
    """A kernel that several notebooks use in turn; a context manager.

    Parameters
    ----------
    folder
        Working directory of the kernel.
    """

    manager: AsyncKernelManager
    client: AsyncKernelClient

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def __enter__(self) -> Self:
        """Start the kernel and wait until it answers."""
        self._private = Path(tempfile.mkdtemp(prefix="territory-kit-"))
        self.manager = AsyncKernelManager(
            kernel_name=KERNEL_NAME,
            connection_file=str(self._private / "kernel.json"),
            transport="tcp" if sys.platform == "win32" else "ipc",
        )
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the kernel and remove its sockets."""
        self._stop()

    def reset(self) -> None:
        """Empty the kernel: no name, figure or setting of the last notebook is left.

        Raises
        ------
        TerritoryKitError
            When the kernel does not answer any more.
        """
        code = _RESET.format(folder=str(self.folder))
        try:
            reply = run_sync(self._execute)(code)
        except (RuntimeError, TimeoutError) as error:
            raise _dead_kernel() from error
        if reply["content"]["status"] != "ok":
            raise _dead_kernel()

    async def _execute(self, code: str) -> dict[str, Any]:
        reply: dict[str, Any] = await self.client.execute_interactive(
            code, silent=True, store_history=False, allow_stdin=False, timeout=RESET_TIMEOUT_S
        )
        return reply

    def _start(self) -> None:
        log = (self._private / "kernel.log").open("wb")
        with log:
            run_sync(self.manager.start_kernel)(
                extra_arguments=["--HistoryManager.hist_file=:memory:"],
                cwd=str(self.folder),
                env=kernel_environment(),
                stdout=log,
                stderr=log,
            )
        self.client = self.manager.client()
        self.client.start_channels()
        run_sync(self.client.wait_for_ready)(timeout=START_TIMEOUT_S)
        self.client.allow_stdin = False

    def _stop(self) -> None:
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self.manager.has_kernel:
            run_sync(self.manager.shutdown_kernel)(now=True)
        run_sync(self.manager.cleanup_resources)()
        shutil.rmtree(self._private, ignore_errors=True)


def kernel_environment() -> dict[str, str]:
    """Return the environment of a kernel: one computing thread, no debugger chatter.

    Returns
    -------
    dict of str
        Regions run side by side, so each one computes on one thread.
    """
    return {
        **os.environ,
        **dict.fromkeys(_ONE_THREAD, "1"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _dead_kernel() -> TerritoryKitError:
    return TerritoryKitError(
        "The kernel stopped between two notebooks",
        remedy="Often memory ran out: render this region alone with one worker.",
    )

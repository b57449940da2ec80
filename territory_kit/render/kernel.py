"""One kernel for all notebooks of a region: started once, emptied between notebooks, stopped.

The kernel talks over sockets in a private folder where the system has them, else on 127.0.0.1.
"""

import asyncio
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from types import TracebackType
from typing import Any, Self

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from territory_kit.errors import TerritoryKitError
from territory_kit.render.environment import given_folder, kernel_environment, private_folder
from territory_kit.render.warm.specs import kernel_specs

KERNEL_NAME = "python3"
START_TIMEOUT_S = 120.0
# Without a fork server the packages are imported here, from a cold disk perhaps.
RESET_TIMEOUT_S = 600.0
_LOOK_S = 1.0
# Leaves the kernel as a fresh one that has imported its packages. Before the first notebook there
# is nothing to put back; what packages change when they are imported belongs to the first state.
_RESET = """\
import territory_kit.lab, territory_kit.report, territory_kit.walk
from territory_kit.render.kernel_state import first_state
first_state().restore()
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
        self._private = private_folder(given_folder())
        self.manager = AsyncKernelManager(
            kernel_name=KERNEL_NAME,
            kernel_spec_manager=kernel_specs(),
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
        try:
            reply = run_sync(self._execute)(_RESET)
        except (RuntimeError, TimeoutError) as error:
            raise dead_kernel() from error
        if reply["content"]["status"] != "ok":
            raise dead_kernel()

    async def _execute(self, code: str) -> dict[str, Any]:
        answer = asyncio.ensure_future(
            self.client.execute_interactive(
                code, silent=True, store_history=False, allow_stdin=False, timeout=RESET_TIMEOUT_S
            )
        )
        while not (await asyncio.wait([answer], timeout=_LOOK_S))[0]:
            # one that has ended never answers
            if not await self.manager.is_alive():
                answer.cancel()
                raise dead_kernel()
        reply: dict[str, Any] = await answer
        return reply

    def _start(self) -> None:
        with (self._private / "kernel.log").open("wb") as log:
            run_sync(self.manager.start_kernel)(
                extra_arguments=["--HistoryManager.hist_file=:memory:"],
                cwd=str(self.folder),
                env=kernel_environment(),
                stdout=log,
                stderr=log,
            )
        self.client = self.manager.client()
        # whether it lives is asked of who started it, not of a thread that listens to its heart
        self.client.start_channels(hb=False)
        run_sync(self._wait_until_ready)()
        self.client.allow_stdin = False

    async def _wait_until_ready(self) -> None:
        """Wait until the kernel answers and is heard.

        The client's own way then listens for another fifth of a second to what nobody asked for;
        here everybody takes only what belongs to their own request.
        """
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and await self.manager.is_alive():
            self.client.kernel_info()
            with suppress(Empty):
                await self.client.get_shell_msg(timeout=1.0)
                # said by a channel that is slower to connect: without it, ask again
                await self.client.get_iopub_msg(timeout=0.2)
                return
        raise dead_kernel()

    def _stop(self) -> None:
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self.manager.has_kernel:
            run_sync(self.manager.shutdown_kernel)(now=True)
        run_sync(self.manager.cleanup_resources)()
        shutil.rmtree(self._private, ignore_errors=True)


def dead_kernel() -> TerritoryKitError:
    """Return what to raise when a kernel has gone.

    Returns
    -------
    TerritoryKitError
        In the words of an analyst.
    """
    return TerritoryKitError(
        "The kernel that ran the notebooks has stopped",
        remedy="Often memory ran out: render this region alone with one worker.",
    )

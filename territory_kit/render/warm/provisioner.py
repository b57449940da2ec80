"""Kernels from the fork server, by Jupyter's own way of letting others start kernels.

Registered as ``territory-kit-fork``: by the entry point of the installed package, and here for a
checkout that was never installed.
"""

import os
from contextlib import suppress
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from territory_kit.render.warm.client import ADDRESS_VARIABLE, ForkedProcess

PROVISIONER_NAME = "territory-kit-fork"
_LAUNCHER = "ipykernel_launcher"
_LONGEST_END_S = 1.0


class ForkedKernelProvisioner(LocalProvisioner):
    """Start an IPython kernel by forking instead of by a command."""

    process: ForkedProcess | None  # type: ignore[assignment]  # it offers what Popen does

    async def launch_kernel(
        self,
        cmd: list[str],
        **kwargs: Any,  # noqa: ANN401 - as Jupyter hands it on
    ) -> KernelConnectionInfo:
        """Ask the fork server for a kernel.

        Parameters
        ----------
        cmd
            Command that would start the kernel; its arguments are used.
        **kwargs
            Options of the process: ``cwd``, ``env``, and the file ``stdout`` for its output.

        Returns
        -------
        dict
            How to connect to the kernel.

        Raises
        ------
        TerritoryKitError
            When the fork server is gone.
        """
        environment: dict[str, str] = kwargs["env"]
        self.process = ForkedProcess(
            environment[ADDRESS_VARIABLE],
            kind="kernel",
            arguments=cmd[cmd.index(_LAUNCHER) + 1 :],
            cwd=kwargs.get("cwd") or os.curdir,
            environment=environment,
            log=getattr(kwargs.get("stdout"), "name", os.devnull),
        )
        self.pid = self.process.pid
        self.pgid = None
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - Jupyter's own
        """Kill the kernel and wait for its end, which Jupyter would see a tenth of a second later.

        Parameters
        ----------
        restart
            Whether another kernel follows.
        """
        await super().kill(restart)
        if self.process is not None:
            with suppress(TimeoutError):
                self.process.wait(_LONGEST_END_S)

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - Jupyter's own
        """Let go of the kernel, which kills it if it still runs.

        Parameters
        ----------
        restart
            Whether another kernel follows.
        """
        if self.process is not None:
            self.process.close()
        await super().cleanup(restart)


KernelProvisionerFactory.provisioners[PROVISIONER_NAME] = EntryPoint(
    PROVISIONER_NAME,
    f"{__name__}:{ForkedKernelProvisioner.__name__}",
    KernelProvisionerFactory.GROUP_NAME,
)

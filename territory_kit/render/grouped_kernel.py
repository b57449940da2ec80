"""Kernels that start from nothing and share the process group of the region they compute.

Jupyter gives each kernel a session of its own, where it outlives a region that is killed. In one
group both end at once, by whoever kills the group.
"""

import os
import subprocess
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

PROVISIONER_NAME = "territory-kit-group"


class GroupedKernelProvisioner(LocalProvisioner):
    """Start a kernel as a program in the process group of this one."""

    async def launch_kernel(
        self,
        cmd: list[str],
        **kwargs: Any,  # noqa: ANN401 - as Jupyter hands it on
    ) -> KernelConnectionInfo:
        """Start a kernel.

        Parameters
        ----------
        cmd
            Command that starts the kernel.
        **kwargs
            Options of the process: ``cwd``, ``env``, and the file ``stdout`` for its output.

        Returns
        -------
        dict
            How to connect to the kernel.
        """
        log = kwargs.get("stdout")
        self.process = subprocess.Popen(  # noqa: ASYNC220, S603 - as Jupyter itself does
            cmd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=kwargs.get("cwd"),
            # by this number a kernel notices that the region was killed alone
            env=kwargs["env"] | {"JPY_PARENT_PID": str(os.getpid())},
        )
        self.pid = self.process.pid
        # Jupyter would signal the whole group, this process too
        self.pgid = None
        return self.connection_info


KernelProvisionerFactory.provisioners[PROVISIONER_NAME] = EntryPoint(
    PROVISIONER_NAME,
    f"{__name__}:{GroupedKernelProvisioner.__name__}",
    KernelProvisionerFactory.GROUP_NAME,
)

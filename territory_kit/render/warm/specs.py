"""Which kernels are forked: those of a process that knows a fork server."""

import os
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from territory_kit.render.warm.client import ADDRESS_VARIABLE
from territory_kit.render.warm.provisioner import PROVISIONER_NAME


class ForkedKernelSpecs(KernelSpecManager):
    """The kernels of this computer, started by forking."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel's specification, with the fork server as its starter.

        Parameters
        ----------
        kernel_name
            Name of the kernel.

        Returns
        -------
        jupyter_client.kernelspec.KernelSpec
            As installed otherwise.
        """
        spec: KernelSpec = super().get_kernel_spec(kernel_name)
        spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER_NAME}
        return spec


def fork_folder() -> Path | None:
    """Return the folder of the fork server, which it removes when it ends.

    Returns
    -------
    Path or None
        None where there is no fork server.
    """
    address = os.environ.get(ADDRESS_VARIABLE)
    return Path(address).parent if address else None


def kernel_specs() -> KernelSpecManager:
    """Return what to start kernels by.

    Returns
    -------
    jupyter_client.kernelspec.KernelSpecManager
        Kernels are forked where there is a fork server, else started as Jupyter does.
    """
    return ForkedKernelSpecs() if os.environ.get(ADDRESS_VARIABLE) else KernelSpecManager()

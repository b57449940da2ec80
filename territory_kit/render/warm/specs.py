"""How kernels start: forked in a process that knows a fork server, else as programs."""

import os

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from territory_kit.render import grouped_kernel
from territory_kit.render.environment import given_folder
from territory_kit.render.warm import provisioner
from territory_kit.render.warm.client import ADDRESS_VARIABLE


class _SpecsBy(KernelSpecManager):
    """The kernels of this computer, started in a way of our own."""

    starter = ""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return a kernel's specification, with what starts it.

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
        spec.metadata["kernel_provisioner"] = {"provisioner_name": self.starter}
        return spec


class ForkedKernelSpecs(_SpecsBy):
    """Kernels from the fork server."""

    starter = provisioner.PROVISIONER_NAME


class GroupedKernelSpecs(_SpecsBy):
    """Kernels that end with the process group of who starts them."""

    starter = grouped_kernel.PROVISIONER_NAME


def kernel_specs() -> KernelSpecManager:
    """Return what to start kernels by.

    Returns
    -------
    jupyter_client.kernelspec.KernelSpecManager
        Kernels are forked where there is a fork server, end with their region where that was
        started by a batch, and are else started as Jupyter does.
    """
    if os.environ.get(ADDRESS_VARIABLE):
        return ForkedKernelSpecs()
    is_grouped = hasattr(os, "killpg") and given_folder() is not None
    return GroupedKernelSpecs() if is_grouped else KernelSpecManager()

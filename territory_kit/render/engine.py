"""The papermill engine that runs a notebook in a kernel that is already there.

Registered under the name ``territory-kit`` where this module is imported; there is nothing in it
for those who have no kernel to share.
"""

from typing import Any

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from territory_kit.render.kernel import SharedKernel, dead_kernel

ENGINE_NAME = "territory-kit"
# What a cell shows may come after the word that it is done. That the kernel is gone is noticed
# meanwhile; nbclient itself would take a busy machine for a failure after 4 s.
_LONGEST_SHOWING_S = 600


class SharedKernelEngine(NBClientEngine):
    """Run notebooks one after the other in one kernel, each in an empty namespace.

    `papermill.execute_notebook(..., engine_name="territory-kit", shared_kernel=kernel)` uses the
    kernel given; without one it behaves like papermill's own engine.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        shared_kernel: SharedKernel | None = None,
        execution_timeout: float | None = None,
        **kwargs: Any,  # noqa: ANN401 - papermill hands on what its version knows
    ) -> NotebookNode:
        """Execute the cells of one notebook.

        Parameters
        ----------
        nb_man
            Papermill's wrapper of the notebook; its notebook is updated in place.
        kernel_name
            Kernel to start when none is shared.
        shared_kernel
            A running kernel; it is emptied first and left running.
        execution_timeout
            Seconds that one cell may take; None: no limit.
        **kwargs
            Options that papermill hands on.

        Returns
        -------
        nbformat.NotebookNode
            The executed notebook.
        """
        if shared_kernel is None:
            alone: NotebookNode = super().execute_managed_notebook(
                nb_man, kernel_name, execution_timeout=execution_timeout, **kwargs
            )
            return alone
        shared_kernel.reset()
        client = PapermillNotebookClient(
            nb_man,
            km=shared_kernel.manager,
            kernel_name=kernel_name,
            timeout=execution_timeout,
            iopub_timeout=_LONGEST_SHOWING_S,
        )
        client.kc = shared_kernel.client
        try:
            executed: NotebookNode = client.execute()
        except DeadKernelError as error:
            raise dead_kernel() from error
        return executed


papermill_engines.register(ENGINE_NAME, SharedKernelEngine)

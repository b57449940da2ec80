"""The environment in which regions compute."""

import os
import tempfile
from pathlib import Path

_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMBA_NUM_THREADS",
)
# Names a process's own folder, which whoever started it removes when it has ended, however it did.
FOLDER_VARIABLE = "TERRITORY_KIT_FOLDER"
# The whole path of a socket has at most 104 letters on some systems.
_LONGEST_PARENT, _SHORT_PARENT = 55, "/tmp"  # noqa: S108 - a private folder is made in it


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
        # what the debugger sets where it is imported, which forked kernels need not do any more
        "PYDEVD_USE_FRAME_EVAL": "NO",
    }


def private_folder(parent: Path | None = None) -> Path:
    """Make a folder for sockets that only this user may read.

    Parameters
    ----------
    parent
        Where to make it; among the temporary files when not given.

    Returns
    -------
    Path
        The folder; its path is short, for systems refuse long names of sockets.
    """
    if parent is not None:
        return Path(tempfile.mkdtemp(prefix="k-", dir=parent))
    is_long = len(tempfile.gettempdir()) > _LONGEST_PARENT and Path(_SHORT_PARENT).is_dir()
    return Path(tempfile.mkdtemp(prefix="territory-kit-", dir=_SHORT_PARENT if is_long else None))


def given_folder() -> Path | None:
    """Return the folder that this process was handed by who started it.

    Returns
    -------
    Path or None
        None for a process that was started by hand.
    """
    name = os.environ.get(FOLDER_VARIABLE)
    return Path(name) if name else None

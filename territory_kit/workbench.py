"""JupyterLab on the notebooks of a plan: for this computer only, and asking no other one."""

import os
import subprocess
import sys
from pathlib import Path

from territory_kit.plan.shipped import shipped_folder

_CONFIG_VARIABLE = "JUPYTER_CONFIG_PATH"


def run_lab(plan: Path, *, first: str, opens_browser: bool) -> int:
    """Run JupyterLab until it is stopped.

    Parameters
    ----------
    plan
        Folder of the plan, with its notebooks.
    first
        File name of the notebook that is opened first.
    opens_browser
        Whether a browser is opened; the address with its token is printed anyway.

    Returns
    -------
    int
        Exit code of JupyterLab.
    """
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={plan.resolve()}"]
    command += ["--ServerApp.ip=127.0.0.1", f"--LabApp.default_url=/lab/tree/notebooks/{first}"]
    # the usual one asks a package registry what there is
    command += ["--LabApp.extension_manager=readonly"]
    command += [] if opens_browser else ["--no-browser"]
    return subprocess.run(command, check=False, env=_environment()).returncode  # noqa: S603 - our own command


def _environment() -> dict[str, str]:
    """Add our settings of the page, which switch off news and the search for newer versions.

    Those of the user stand before them, so they may decide otherwise.
    """
    theirs, ours = os.environ.get(_CONFIG_VARIABLE), str(shipped_folder("templates") / "lab")
    return os.environ | {_CONFIG_VARIABLE: os.pathsep.join(filter(None, [theirs, ours]))}

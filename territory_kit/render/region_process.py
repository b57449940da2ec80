"""One region in a process of its own: the job comes in, what happens goes out as lines of JSON."""

import json
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from territory_kit.render.environment import given_folder
from territory_kit.render.region import render_region
from territory_kit.render.warm.messages import send

_MOST_TRIES_COUNT = 100
Tell = Callable[[Mapping[str, object]], None]


def run_job(job: Mapping[str, Any], connection: socket.socket) -> None:
    """Render the region of a job, as a process that the fork server made.

    Parameters
    ----------
    job
        ``plan_dir``, ``region``, ``notebooks`` and ``outputs``.
    connection
        Socket to who asked for it.
    """
    _run(job, lambda message: send(connection, message))


def _run(job: Mapping[str, Any], tell: Tell) -> None:
    outcome = render_region(
        Path(job["plan_dir"]),
        job["region"],
        notebooks=[Path(file) for file in job["notebooks"]],
        outputs=job["outputs"],
        tell_step=lambda step: tell({"step": step}),
    )
    tell({"outcome": asdict(outcome)})


def main() -> None:
    """Render the region whose job is the first line of standard input.

    Messages go to standard output, which nothing else may reach. The process ends when its
    standard input does: then nobody waits for it any more.
    """
    line = sys.stdin.readline()
    if not line:
        _end()
    job = json.loads(line)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threading.Thread(target=_end_with_input, daemon=True).start()

    def tell(message: Mapping[str, object]) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    # where nobody is left who hears it, the thread that waits for that tidies up too
    with suppress(BrokenPipeError):
        _run(job, tell)
    _tidy()
    os._exit(0)


def _end_with_input() -> None:
    """End once nobody is left who would tidy up behind this process."""
    sys.stdin.read()
    _end()


def _end() -> NoReturn:
    """End with all that was started, and leave no socket."""
    _tidy()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _tidy() -> None:
    """Remove the folder of the sockets: who started this process may be killed before he does.

    A kernel that starts may still write to it, but not once it is gone.
    """
    folder = given_folder()
    for _ in range(_MOST_TRIES_COUNT):
        if folder is None or not folder.exists():
            return
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

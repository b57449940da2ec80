"""What a forked process does: forget where it came from, then become a kernel or a region."""

import os
import random
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import matplotlib as mpl
import numpy as np
from ipykernel.kernelapp import IPKernelApp

from territory_kit.render.region_process import run_job
from territory_kit.render.warm.messages import send

_INLINE = "module://matplotlib_inline.backend_inline"
_CLEAN = 0
_FAILED = 1


@dataclass(frozen=True)
class Request:
    """A process that somebody wants.

    Parameters
    ----------
    kind
        "kernel" or "region".
    arguments
        Arguments of the kernel's command line, or the job of the region.
    cwd
        Working directory.
    environment
        All variables of the environment.
    log
        File for what is written to standard output and error.
    """

    kind: str
    arguments: Any
    cwd: str
    environment: Mapping[str, str]
    log: str


def become(request: Request, connection: socket.socket, life: int) -> NoReturn:
    """Turn this freshly forked process into what was asked for, and end it afterwards.

    Parameters
    ----------
    request
        What is asked for.
    connection
        Socket to who asked.
    life
        Pipe that ends when the fork server does.
    """
    code = _FAILED
    try:
        _settle(request)
        send(connection, {"pid": os.getpid()})
        threading.Thread(target=_end_with, args=(life,), daemon=True).start()
        if request.kind == "kernel":
            _run_kernel(request.arguments)
        else:
            run_job(request.arguments, connection)
        code = _CLEAN
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else _FAILED
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on as a fork server
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        # not sys.exit: what the fork server has registered for its own end is not ours
        os._exit(code)


def _settle(request: Request) -> None:
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(request.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.chdir(request.cwd)
    os.environ.clear()
    os.environ.update(request.environment)
    # else all copies would draw the same random numbers
    random.seed()
    np.random.seed(int.from_bytes(os.urandom(4), "little"))  # noqa: NPY002 - notebooks may use it


def _end_with(life: int) -> None:
    """End this process when the fork server has ended, however it did."""
    os.read(life, 1)
    os._exit(_FAILED)


def _run_kernel(arguments: Sequence[str]) -> None:
    # matplotlib is imported already, so it would not look at the variable again
    os.environ["MPLBACKEND"] = mpl.rcParams["backend"] = _INLINE
    # the poller would watch the fork server; the pipe does that for kernels and regions alike
    os.environ.pop("JPY_PARENT_PID", None)
    app = IPKernelApp.instance()
    app.initialize(list(arguments))
    app.start()

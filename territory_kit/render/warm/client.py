"""Start a fork server, and ask it for processes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from territory_kit.errors import TerritoryKitError
from territory_kit.render.environment import kernel_environment, private_folder
from territory_kit.render.warm.messages import Lines, receive, send

ADDRESS_VARIABLE = "TERRITORY_KIT_FORK_SERVER"
# The allocator of pyarrow tidies up in a thread of its own, unless it is told not to.
_WITHOUT_THREADS = {"JE_ARROW_MALLOC_CONF": "background_thread:false", "MPLBACKEND": "agg"}
_LOST = -9
_LONGEST_END_S = 60


class NoForkServerError(TerritoryKitError):
    """Nobody answers at the address of a fork server."""


class ForkedProcess:
    """A process that the fork server made; ends when this object is closed.

    It offers what `subprocess.Popen` does, so that Jupyter can treat it alike.

    Parameters
    ----------
    address
        Socket of the fork server.
    kind
        "kernel" or "region".
    arguments
        What it is to do.
    cwd
        Working directory.
    environment
        All variables of the environment.
    log
        File for its output.

    Raises
    ------
    NoForkServerError
        When the fork server is gone, or its socket.
    """

    stdin = stdout = stderr = None

    def __init__(
        self,
        address: str,
        *,
        kind: str,
        arguments: object,
        cwd: str,
        environment: Mapping[str, str],
        log: str,
    ) -> None:
        self.returncode: int | None = None
        self.pid = 0
        self._is_answered = False
        self._lines = Lines()
        self._heard: list[dict[str, object]] = []
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        request = {
            "kind": kind,
            "arguments": arguments,
            "cwd": cwd,
            "environment": dict(environment),
            "log": log,
        }
        try:
            self._connection.connect(address)
            send(self._connection, request)
        except OSError as error:
            self._connection.close()
            raise _no_server() from error
        while not self.pid and self.returncode is None:
            self._listen(None)
        if not self._is_answered:
            # one that is being killed still takes connections, until its last file is closed
            raise _no_server()

    @property
    def has_ended(self) -> bool:
        """Whether it has ended, as far as was heard."""
        return self.returncode is not None

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        while self.returncode is None and self._listen(0.0):
            pass
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the process has ended.

        Parameters
        ----------
        timeout
            Most seconds; None: no limit.

        Returns
        -------
        int
            Exit code; below 0 the number of the signal that ended it.

        Raises
        ------
        TimeoutError
            When it still runs.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        for _ in self.messages(deadline):
            pass
        return _LOST if self.returncode is None else self.returncode

    def messages(self, deadline: float | None = None) -> Iterator[dict[str, object]]:
        """Yield what the process tells until it has ended.

        Parameters
        ----------
        deadline
            Time of the monotonic clock at which to give up; None: never.

        Yields
        ------
        dict
            Messages of the process, without its exit code.

        Raises
        ------
        TimeoutError
            When the deadline has passed.
        """
        while True:
            yield from self._take()
            if self.returncode is not None:
                return
            left = None if deadline is None else deadline - time.monotonic()
            if (left is not None and left <= 0) or not self._listen(left):
                raise TimeoutError

    def send_signal(self, number: int) -> None:
        """Send a signal to the process alone.

        Parameters
        ----------
        number
            The signal; that to kill reaches all that the process has started.
        """
        if self.poll() is not None:
            return
        if number == signal.SIGKILL:
            self.kill()
        else:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the process and all that it has started."""
        if self.returncode is None:
            try:
                send(self._connection, {"kill": True})
            except OSError:
                self._end(_LOST)

    def close(self) -> None:
        """Let go of the process; it is killed if it still runs."""
        self._end(_LOST)

    def _take(self) -> Iterator[dict[str, object]]:
        while self._heard:
            yield self._heard.pop(0)

    def _listen(self, seconds: float | None) -> bool:
        """Hear at least one piece; False when nothing came in time."""
        self._connection.settimeout(seconds)
        try:
            messages = receive(self._connection, self._lines)
        except (TimeoutError, BlockingIOError):
            return False
        if messages is None:
            self._end(_LOST)
            return True
        self._is_answered |= bool(messages)
        for message in messages:
            if "exit" in message:
                self._end(int(str(message["exit"])))
            elif "pid" in message:
                self.pid = int(str(message["pid"]))
            else:
                self._heard.append(message)
        return True

    def _end(self, code: int) -> None:
        if self.returncode is None:
            self.returncode = code
        self._connection.close()


class ForkServerProcess:
    """A fork server that ends with this process; a context manager.

    Parameters
    ----------
    modules
        Modules to import besides those that every region needs.
    """

    def __init__(self, modules: Sequence[str] = ()) -> None:
        self.folder = private_folder()
        self.address = str(self.folder / "fork.sock")
        self._is_ready = False
        self._process = self._start(modules)

    def __enter__(self) -> Self:
        """Return at once; importing goes on meanwhile."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the server and all that it has forked."""
        self.close()

    @property
    def pid(self) -> int:
        """Number of the server's process."""
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Wait until everything is imported.

        Raises
        ------
        TerritoryKitError
            When the server could not start; says where its messages are.
        """
        if self._is_ready or self._process.stdout is None:
            return
        if not self._process.stdout.readline():
            # whoever asks next finds that it is gone
            self.kill()
            said = self.log.read_text(encoding="utf-8", errors="replace").strip()
            raise TerritoryKitError(
                "The process from which regions are started did not start",
                value=said.rsplit("\n", 1)[-1],
                remedy="Render with --cold, which starts each kernel by itself, and report this.",
            )
        self._is_ready = True

    @property
    def log(self) -> Path:
        """File with what the server and its processes wrote."""
        return self.folder / "processes.log"

    def is_alive(self) -> bool:
        """Tell whether the server still runs."""
        return self._process.poll() is None

    def give_up_starting(self) -> None:
        """Kill the server while it imports: it has forked nothing yet, and nobody shall wait."""
        if not self._is_ready:
            self.kill()

    def kill(self) -> None:
        """Kill the server, and with it all that it has forked; it still is to be closed."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the server and all that it has forked, and remove the folder."""
        self.give_up_starting()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        try:
            self._process.wait(timeout=_LONGEST_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, modules: Sequence[str]) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "territory_kit.render.warm.server", self.address, *modules],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=kernel_environment() | _WITHOUT_THREADS,
                # Ctrl-C is for the one who started it: the server ends when that one lets go
                start_new_session=True,
            )


def _no_server() -> NoForkServerError:
    return NoForkServerError(
        "The process from which regions are started has stopped",
        remedy="Often memory ran out: render again with fewer workers.",
    )

"""The fork server: imports everything once, then forks a process for each who asks.

It listens on a socket in a private folder. A process ends with the connection of who asked for it,
and all of them end with the fork server, which ends with the process that started it.
"""

import gc
import os
import selectors
import shutil
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from territory_kit.render.warm.child import Request, become
from territory_kit.render.warm.messages import Lines, receive, send
from territory_kit.render.warm.preload import preload

READY = b"ready\n"
_STARTER = 0
_KILL_ORDER = "kill"


class _Client:
    """Who asked for a process, and the process."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.lines = Lines()
        self.pid = 0

    def kill(self) -> None:
        """Kill the process with all that it has started."""
        if self.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def reap(self, *, is_patient: bool = False) -> int | None:
        """Return the exit code of the process if it has ended; waits for that where patient."""
        pid, status = os.waitpid(self.pid, 0 if is_patient else os.WNOHANG)
        if not pid:
            return None
        # what the process has started and left behind goes with it
        self.kill()
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        if self.pid:
            self.kill()
            # one that was forked just now leads no group yet
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.reap(is_patient=True)


class ForkServer:
    """Serve until standard input ends.

    Parameters
    ----------
    address
        Path of the socket to listen on, in a folder of its own, which is removed at the end.
    """

    def __init__(self, address: str) -> None:
        self._folder = Path(address).parent
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(address)
        self._listener.listen()
        # children hold the reading end: it ends for them when this process is gone
        self._life, self._life_of_server = os.pipe()
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        self._clients: dict[socket.socket, _Client] = {}
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Say that all is imported, answer until the starter is gone, then kill what runs."""
        signal.signal(signal.SIGCHLD, _be_woken)
        signal.set_wakeup_fd(self._wake)
        self._selector.register(_STARTER, selectors.EVENT_READ, self._leave)
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._selector.register(self._woken, selectors.EVENT_READ, self._reap)
        try:
            os.write(sys.stdout.fileno(), READY)
            while True:
                for key, _ in self._selector.select():
                    key.data(key.fileobj)
        except (EOFError, BrokenPipeError):
            pass
        finally:
            for client in self._clients.values():
                client.end()
            # the starter does this too, unless it was killed
            shutil.rmtree(self._folder, ignore_errors=True)

    def _leave(self, _: object) -> NoReturn:
        raise EOFError

    def _accept(self, _: object) -> None:
        connection, _address = self._listener.accept()
        self._clients[connection] = _Client(connection)
        self._selector.register(connection, selectors.EVENT_READ, self._read)

    def _read(self, connection: socket.socket) -> None:
        client = self._clients.get(connection)
        if client is None:
            # its process was reaped in this same turn
            return
        messages = receive(connection, client.lines)
        if messages is None:
            # nobody waits for it any more
            client.end()
            self._forget(client)
            return
        for message in messages:
            if _KILL_ORDER in message:
                client.kill()
            else:
                self._fork(client, Request(**message))  # type: ignore[arg-type]  # our own protocol

    def _fork(self, client: _Client, request: Request) -> None:
        try:
            pid = os.fork()
        except OSError:
            # no memory or no process left: that is the failure of this one alone
            with suppress(OSError):
                send(client.connection, {"exit": os.EX_OSERR})
            self._forget(client)
            return
        if pid:
            client.pid = pid
            return
        self._keep_only(client)
        become(request, client.connection, self._life)

    def _keep_only(self, client: _Client) -> None:
        """Close in the child what belongs to the server and to others."""
        self._selector.close()
        self._listener.close()
        for end in (self._life_of_server, self._woken, self._wake):
            os.close(end)
        for other in self._clients.values():
            if other is not client:
                other.connection.close()

    def _reap(self, _: object) -> None:
        with suppress(BlockingIOError):
            os.read(self._woken, 65_536)
        codes = [(client, client.reap()) for client in self._clients.values() if client.pid]
        ended = [(client, code) for client, code in codes if code is not None]
        if ended:
            # nobody waits any more for what they had asked for, as for a region's kernel: that is
            # gone before their end is told, else it would write while its traces are removed
            self._read_all()
        for client, code in ended:
            with suppress(OSError):
                send(client.connection, {"exit": code})
            if client.connection in self._clients:
                self._forget(client)

    def _read_all(self) -> None:
        """Read what has come from those who asked, until there is nothing more."""
        while ready := [key for key, _ in self._selector.select(0) if key.data == self._read]:
            for key in ready:
                self._read(key.fileobj)  # type: ignore[arg-type]  # only sockets are read

    def _forget(self, client: _Client) -> None:
        self._selector.unregister(client.connection)
        del self._clients[client.connection]
        client.connection.close()


def _be_woken(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that the signal came wakes the server."""


def main(address: str, *more: str) -> None:
    """Import everything, say so on standard output, and serve.

    Parameters
    ----------
    address
        Path of the socket to listen on.
    *more
        Names of modules to import besides those that every region needs.
    """
    preload(*more)
    # what is there for good is left alone by the collectors of all processes that are forked: each
    # object that one looks at would be copied for it
    gc.collect()
    gc.freeze()
    server = ForkServer(address)
    server.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

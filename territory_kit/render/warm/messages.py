"""Lines of JSON between those who ask for a process, the fork server, and the process itself."""

import json
import socket
from collections.abc import Iterator, Mapping

_CHUNK_BYTES = 65_536


def send(connection: socket.socket, message: Mapping[str, object]) -> None:
    """Send a message as one line.

    Parameters
    ----------
    connection
        An open socket.
    message
        What JSON can hold.

    Raises
    ------
    OSError
        When the other end is gone.
    """
    connection.sendall(json.dumps(message).encode() + b"\n")


class Lines:
    """Complete lines out of what has been received so far."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, received: bytes) -> Iterator[dict[str, object]]:
        """Take in bytes and yield the messages that are complete.

        Parameters
        ----------
        received
            Bytes in the order in which they came.

        Yields
        ------
        dict
            A message.
        """
        *lines, self._rest = (self._rest + received).split(b"\n")
        for line in lines:
            yield json.loads(line)


def receive(connection: socket.socket, lines: Lines) -> list[dict[str, object]] | None:
    """Wait for messages.

    Parameters
    ----------
    connection
        An open socket; its timeout holds.
    lines
        What was received of an incomplete message before.

    Returns
    -------
    list of dict or None
        Messages that are complete now, perhaps none; None at the end of the connection.

    Raises
    ------
    TimeoutError
        When nothing came in the socket's time.
    """
    try:
        received = connection.recv(_CHUNK_BYTES)
    except ConnectionError:
        return None
    return list(lines.feed(received)) if received else None

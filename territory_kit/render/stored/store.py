"""The files of a plan at an address: list, read, write and remove, with errors in plain words.

A *tag* is what a store says to tell one content of a file from another: an ETag, a checksum or a
time of change.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from fsspec.asyn import AsyncFileSystem

from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.writing import plain_write_errors
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.connect import connect, strictly
from territory_kit.render.stored.refusals import is_unsupported, plain_store_errors

_TAGS = (
    *("ETag", "e_tag", "etag", "md5Hash", "content_md5", "checksum"),
    *("mtime", "LastModified", "last_modified", "updated", "modified", "created"),
)
# What is written to them is there as a whole or not at all.
_OBJECT_STORES = frozenset(
    ["s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "r2", "memory"]
)
_AT_A_TIME = 8


@dataclass(frozen=True)
class Stamp:
    """What a store says of a file without its content.

    Parameters
    ----------
    size
        Bytes.
    tag
        Empty where the store tells none.
    """

    size: int
    tag: str


class Store:
    """The stored files of one plan, by their names as seen from it.

    Parameters
    ----------
    address
        Where they are.

    Raises
    ------
    ParameterError
        When nobody knows the protocol.
    MissingDependencyError
        When its package is not installed; says which one.
    TerritoryKitError
        When the store cannot be reached.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        with plain_store_errors(address):
            self._files, root = connect(address)
        self._root = root.rstrip("/")
        self._is_local = address.protocol in {"file", "local"}

    def list(self, under: str = "") -> dict[str, Stamp]:
        """List stored files.

        Parameters
        ----------
        under
            Folder seen from the plan; empty: all.

        Returns
        -------
        dict of Stamp
            By name; empty where the folder does not exist. What stands for a folder is left out.
        """
        start = f"{self._root}/{under}" if under else self._root
        with plain_store_errors(self.address, under):
            # what was listed before may have changed
            self._files.invalidate_cache()
            try:
                found = self._files.find(start, detail=True, **strictly(self._files))
            except FileNotFoundError:
                return {}
        first = f"{self._root}/"
        stamps = {
            name.removeprefix(first): _stamp(info)
            for name, info in found.items()
            if name.startswith(first) and info.get("type") != "directory"
        }
        folders = {name[:end] for name in stamps for end in _slashes(name)}
        return {
            name: stamp
            for name, stamp in stamps.items()
            if name and not name.endswith("/") and name not in folders
        }

    def read(self, name: str) -> bytes | None:
        """Read a stored file.

        Parameters
        ----------
        name
            Its name seen from the plan.

        Returns
        -------
        bytes or None
            None where there is none.
        """
        with plain_store_errors(self.address, name):
            try:
                content: bytes = self._files.cat_file(self._path(name))
            except FileNotFoundError:
                return None
        return bytes(content)

    def read_all(self, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Read stored files, several at a time where the protocol allows.

        Parameters
        ----------
        names
            Their names seen from the plan.

        Yields
        ------
        tuple
            Name, and content or None where it is there no more.
        """
        count = self._at_a_time
        with ThreadPoolExecutor(count) as readers:
            for start in range(0, len(names), count):
                some = names[start : start + count]
                yield from zip(some, readers.map(self.read, some), strict=True)

    def write(self, name: str, content: bytes) -> None:
        """Write a stored file so that a reader sees the old one or the new one.

        Parameters
        ----------
        name
            Its name seen from the plan.
        content
            The new content.
        """
        path = self._path(name)
        if self._is_local:
            with plain_write_errors(Path(path).parent):
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(Path(path), content)
            return
        with plain_store_errors(self.address, name):
            if self.address.protocol in _OBJECT_STORES:
                self._files.pipe_file(path, content)
                return
            folder, _, last = path.rpartition("/")
            draft = f"{folder}/.{last}.{uuid4().hex}"
            self._files.makedirs(folder, exist_ok=True)
            self._files.pipe_file(draft, content)
            self._files.mv(draft, path)

    def write_all(self, contents: Mapping[str, bytes]) -> None:
        """Write stored files, several at a time where the protocol allows.

        Parameters
        ----------
        contents
            By name seen from the plan. Their order means nothing.
        """
        with ThreadPoolExecutor(self._at_a_time) as writers:
            # the first that fails is told, also by who asks for no result
            list(writers.map(self.write, contents, contents.values()))

    def write_new(self, name: str, content: bytes) -> bool:
        """Write a stored file only where there is none.

        Parameters
        ----------
        name
            Its name seen from the plan.
        content
            Its content, which nobody else writes.

        Returns
        -------
        bool
            Whether it is there now with this content. Of two who try at once only one is told so,
            as far as the store can tell them apart.
        """
        if self.read(name) is not None:
            return False
        with plain_store_errors(self.address, name):
            try:
                self._create(self._path(name), content)
            except FileExistsError:
                return False
            except Exception as error:
                if not is_unsupported(error):
                    raise
                self.write(name, content)
        # some stores write over what is there whatever they are told
        return self.read(name) == content

    def _create(self, path: str, content: bytes) -> None:
        if self.address.protocol not in _OBJECT_STORES:
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        if self._is_local:
            with Path(path).open("xb") as stream:
                stream.write(content)
        else:
            self._files.pipe_file(path, content, mode="create")

    def remove(self, name: str) -> None:
        """Remove a stored file; none is no fault.

        Parameters
        ----------
        name
            Its name seen from the plan.
        """
        with plain_store_errors(self.address, name):
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError:
                return

    @property
    def _at_a_time(self) -> int:
        # a protocol with one connection takes one request after the other
        return _AT_A_TIME if isinstance(self._files, AsyncFileSystem) else 1

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def _stamp(info: dict[str, Any]) -> Stamp:
    tag = next((str(info[key]) for key in _TAGS if info.get(key)), "")
    return Stamp(int(info.get("size") or 0), tag)


def _slashes(name: str) -> Iterator[int]:
    """Yield where the parents of a name end."""
    for place, letter in enumerate(name):
        if letter == "/" and place < len(name) - 1:
            yield place

"""``s3://`` by obstore, where s3fs is not installed: one package instead of a dozen.

Its own class for fsspec lists folder by folder and writes over what is there also when told not
to; both are put right here.
"""

import os
from datetime import timedelta
from importlib import import_module
from typing import Any

from fsspec import AbstractFileSystem

# A file may be large and the line slow; a server that is gone should not keep a region for long.
_LONGEST_REQUEST = timedelta(minutes=10)
_LONGEST_CONNECTING = timedelta(seconds=10)
_RETRIES = {"max_retries": 4, "retry_timeout": timedelta(seconds=30)}


def open_s3() -> AbstractFileSystem:
    """Connect to S3, or to a server that speaks like it, as the environment says.

    Returns
    -------
    fsspec.AbstractFileSystem
        Connects with its first request. It is encrypted unless ``AWS_ENDPOINT_URL`` asks for
        plain ``http://``.

    Raises
    ------
    ImportError
        When obstore is not installed.
    """
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL", "")
    client = {
        "timeout": _LONGEST_REQUEST,
        "connect_timeout": _LONGEST_CONNECTING,
        "allow_http": endpoint.startswith("http://"),
    }
    further = {"endpoint": endpoint} if endpoint else {}
    # without a cache: the environment may say something else the next time
    files: AbstractFileSystem = _kind()(
        client_options=client, retry_config=_RETRIES, skip_instance_cache=True, **further
    )
    return files


def _kind() -> Any:  # noqa: ANN401 - a class of a package that may be missing
    """Make the class, which needs its base."""
    base: Any = import_module("obstore.fsspec").FsspecStore
    exists_error = import_module("obstore.exceptions").AlreadyExistsError

    class S3Files(base):
        protocol = "s3"

        async def _find(self, path: str, **_options: object) -> dict[str, dict[str, object]]:
            bucket, prefix = self._split_path(path)
            found = await self._construct_store(bucket).list(prefix).collect_async()
            return {f"{bucket}/{entry['path']}": {**entry, "type": "file"} for entry in found}

        async def _pipe_file(
            self, path: str, value: bytes, mode: str = "overwrite", **_options: object
        ) -> None:
            bucket, key = self._split_path(path)
            try:
                await self._construct_store(bucket).put_async(key, value, mode=mode)
            except exists_error as error:
                raise FileExistsError(path) from error

    return S3Files

"""Write small files so that a reader sees the old one or the new one, never half of either."""

import os
from pathlib import Path
from uuid import uuid4

from territory_kit.plan.writing import plain_write_errors


def write_atomically(file: Path, content: str | bytes) -> None:
    """Replace a file at once.

    Parameters
    ----------
    file
        The file to write; its folder exists.
    content
        The new content; text is written as UTF-8.

    Raises
    ------
    TerritoryKitError
        When it cannot be written; the old file is still there.
    """
    written = content.encode() if isinstance(content, str) else content
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    with plain_write_errors(file):
        try:
            with draft.open("wb") as stream:
                stream.write(written)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)

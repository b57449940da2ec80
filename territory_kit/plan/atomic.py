"""Write small files so that a reader sees the old one or the new one, never half of either."""

import os
from pathlib import Path
from uuid import uuid4


def write_atomically(file: Path, text: str) -> None:
    """Replace a text file at once.

    Parameters
    ----------
    file
        The file to write; its folder exists.
    text
        The new content, written as UTF-8.
    """
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)

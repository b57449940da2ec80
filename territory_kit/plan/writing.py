"""Say in plain words why a file or folder of a plan cannot be written or read."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from territory_kit.errors import TerritoryKitError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REMEDY_FULL = "Free some space and run the same again; nothing was left half written."
_REMEDY_LOCKED = (
    "Close it in other programs, check that you may write there and that the folder is not "
    "read-only, or copy the plan to a folder of your own."
)
_REMEDY_OTHER = "Check that the folder exists, that no file stands in its place, and try again."


@contextmanager
def plain_write_errors(place: Path) -> Iterator[None]:
    """Turn what the system refuses while the body runs into an error in four parts.

    Parameters
    ----------
    place
        File or folder to be written.

    Raises
    ------
    TerritoryKitError
        When the disk is full, the folder is read-only, or the file is open elsewhere.
    """
    try:
        yield
    except OSError as error:
        raise refusal(error, place=place) from error


def refusal(error: OSError, *, place: Path | None = None) -> TerritoryKitError:
    """Say in four parts what the system refused.

    Parameters
    ----------
    error
        What the system said.
    place
        File or folder that the error is about, where the system names none.

    Returns
    -------
    TerritoryKitError
        Ready to be raised.
    """
    # drafts have names of their own, which nobody knows: the place goes before them
    where = str(place or error.filename or "")
    reason = error.strerror or "no reason given"
    if error.errno in _FULL:
        return TerritoryKitError("The disk is full", value=reason, where=where, remedy=_REMEDY_FULL)
    is_locked = isinstance(error, PermissionError) or error.errno == errno.EROFS
    what = "A file or folder cannot be used"
    if is_locked:
        what = "A file or folder is read-only or open in another program"
    remedy = _REMEDY_LOCKED if is_locked else _REMEDY_OTHER
    return TerritoryKitError(what, value=reason, where=where, remedy=remedy)

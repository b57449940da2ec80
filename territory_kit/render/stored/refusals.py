"""Say in plain words what a store refused: each protocol has errors of its own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from territory_kit.errors import TerritoryKitError
from territory_kit.render.stored.address import Address

_LONGEST_CHARACTERS = 200
# Parts of the names of classes of botocore, obstore, Google's and Azure's libraries.
_NO_RIGHT = ("permission", "unauth", "credential", "forbidden", "accessdenied", "authentication")
# Some of them raise one class for everything, and say only in words what a server answered.
_ANSWERED_NO = re.compile(r"\b40[13] (forbidden|unauthorized)|access ?denied", re.IGNORECASE)
_ANSWERED_UNKNOWN = re.compile(r"\b501 not ?implemented|\bNotImplemented\b", re.IGNORECASE)


@contextmanager
def plain_store_errors(address: Address, name: str = "") -> Iterator[None]:
    """Turn what a store refuses while the body runs into an error in four parts.

    Parameters
    ----------
    address
        Address of the plan.
    name
        Name of the stored file, seen from the plan; empty: the plan itself.

    Raises
    ------
    TerritoryKitError
        When rights are missing, or the store does not answer as it should.
    """
    try:
        yield
    except TerritoryKitError:
        raise
    except Exception as error:
        # libraries of protocols share no base class
        where = f"{address}/{name}" if name else str(address)
        raise _refusal(error, address, where) from error


def is_unsupported(error: Exception) -> bool:
    """Tell whether a protocol or a server does not know what it was asked for.

    Parameters
    ----------
    error
        What its library raised.

    Returns
    -------
    bool
        No for a refusal or a lost connection.
    """
    kind = type(error).__name__.lower()
    is_told = isinstance(error, NotImplementedError) or "notsupported" in kind
    return is_told or _ANSWERED_UNKNOWN.search(str(error)) is not None


def _refusal(error: Exception, address: Address, where: str) -> TerritoryKitError:
    first = next(iter(str(error).strip().splitlines()), "")
    reason = address.hide_secrets(first)[:_LONGEST_CHARACTERS] or type(error).__name__
    kind = type(error).__name__.lower()
    is_refused = isinstance(error, PermissionError) or any(word in kind for word in _NO_RIGHT)
    if is_refused or _ANSWERED_NO.search(str(error)):
        return TerritoryKitError(
            "A stored plan may not be read or written with the credentials of this machine",
            value=reason,
            where=where,
            remedy="Set credentials that may list, read, write and delete there, as the library "
            "of this protocol wants them: docs/cluster.md.",
        )
    if is_unsupported(error):
        return TerritoryKitError(
            "The protocol of a stored plan cannot do what is needed",
            value=reason,
            where=where,
            remedy="Take one that can list, read, write and delete, such as s3://.",
        )
    return TerritoryKitError(
        "A stored plan cannot be reached, or its store does not answer as it should",
        value=reason,
        where=where,
        remedy="Check the address and the connection, and run the same again: what is finished "
        "stays finished.",
    )

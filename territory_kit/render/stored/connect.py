"""Open the files of a protocol: fsspec's own, or obstore's for S3 where s3fs is not installed."""

from fsspec import AbstractFileSystem
from fsspec.asyn import AsyncFileSystem
from fsspec.core import url_to_fs

from territory_kit.errors import MissingDependencyError, ParameterError
from territory_kit.render.stored.address import Address
from territory_kit.render.stored.s3 import open_s3

_S3_PACKAGE = "obstore>=0.11"


def connect(address: Address) -> tuple[AbstractFileSystem, str]:
    """Connect to a store as its protocol asks, with what the environment of this machine says.

    Parameters
    ----------
    address
        Address of a plan.

    Returns
    -------
    tuple
        The protocol's files as fsspec shows them, and the path of the plan among them.

    Raises
    ------
    ParameterError
        When nobody knows the protocol.
    MissingDependencyError
        When its package is not installed; says which one.
    """
    try:
        files, root = url_to_fs(address.url)
    except ImportError as error:
        if address.protocol == "s3":
            return _connect_s3(address)
        raise MissingDependencyError(
            f"Plans at {address.protocol}:// need a further package",
            value=str(error),
            where=str(address),
            remedy="Install it on this machine, and on the workers of a cluster.",
        ) from error
    except ValueError as error:
        if "not known" not in str(error):
            raise
        raise ParameterError(
            "Nobody knows this protocol",
            value=address.protocol,
            where=str(address),
            remedy="Write an address like s3://bucket/plans/north; fsspec lists what there is "
            "besides, each with the package that it needs.",
        ) from error
    return files, root


def _connect_s3(address: Address) -> tuple[AbstractFileSystem, str]:
    try:
        files = open_s3()
    except ImportError as error:
        raise MissingDependencyError(
            "Plans at s3:// need a further package",
            value="neither obstore nor s3fs is installed",
            where=str(address),
            remedy=f'Install one with `python -m pip install "{_S3_PACKAGE}"`, and on the workers '
            "of a cluster too.",
        ) from error
    return files, files._strip_protocol(address.url)  # noqa: SLF001 - as fsspec's own opener


def strictly(files: AbstractFileSystem) -> dict[str, str]:
    """Say how to list so that what may not be read is an error.

    The listing that most protocols inherit leaves it out; those with their own know no such option.

    Parameters
    ----------
    files
        The protocol's files.

    Returns
    -------
    dict of str
        Options for ``find``.
    """
    kind = type(files)
    is_own = getattr(kind, "_find", None) is not AsyncFileSystem._find  # noqa: SLF001 - compared
    if isinstance(files, AsyncFileSystem):
        return {} if is_own else {"on_error": "raise"}
    inherited = kind.find is AbstractFileSystem.find
    return {"on_error": "raise"} if inherited else {}

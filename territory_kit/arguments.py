"""Arguments of commands that name a plan: a folder of this computer, or an address."""

from pathlib import Path
from typing import Annotated

import typer

_SIGN = "://"


def is_address(text: str) -> bool:
    """Tell an address from a folder of this computer.

    Parameters
    ----------
    text
        As it was typed.

    Returns
    -------
    bool
        Yes for ``s3://bucket/plans/north``.
    """
    return _SIGN in text


def read_place(text: str) -> str:
    """Take an address as it is, or a folder that exists.

    Parameters
    ----------
    text
        As it was typed.

    Returns
    -------
    str
        The same: a path would take a slash out of an address.

    Raises
    ------
    typer.BadParameter
        When it is neither.
    """
    return text if is_address(text) else str(read_folder(text))


def read_folder(text: str) -> Path:
    """Take a folder of this computer.

    Parameters
    ----------
    text
        As it was typed.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    typer.BadParameter
        When there is no such folder, or it is an address.
    """
    if is_address(text):
        shown = text.partition("?")[0].rpartition("@")[2]
        raise typer.BadParameter(
            f"{shown} is an address, which only render takes. Copy the plan into a folder of this "
            "computer and name that."
        )
    folder = Path(text)
    if not folder.is_dir():
        fault = "is a file" if folder.exists() else "does not exist"
        raise typer.BadParameter(f"Directory '{text}' {fault}.")
    return folder


PlanFolder = Annotated[
    Path, typer.Argument(metavar="PLAN", help="Folder of the plan.", parser=read_folder)
]

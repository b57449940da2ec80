"""Find what travels with the package: notebooks, templates and the sample plan.

In a checkout they stand beside the package; an installed package carries a copy inside.
"""

from pathlib import Path
from typing import Literal

from territory_kit.errors import MissingDependencyError

Shipped = Literal["notebooks", "templates", "sample"]

_FOLDERS: dict[Shipped, str] = {
    "notebooks": "notebooks",
    "templates": "templates",
    "sample": "data/sample",
}
_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder(name: Shipped, *, package: Path = _PACKAGE) -> Path:
    """Return the folder of the notebooks, the templates or the sample plan.

    Parameters
    ----------
    name
        What is looked for.
    package
        Folder of the package.

    Returns
    -------
    Path
        The folder in the checkout, else the installed copy.

    Raises
    ------
    MissingDependencyError
        When neither exists.
    """
    # site-packages may hold a folder "notebooks" of somebody else: a checkout has pyproject.toml
    checkout = package.parent
    roots = [package / "_shipped"]
    if (checkout / "pyproject.toml").is_file():
        roots.insert(0, checkout)
    folders = [root / _FOLDERS[name] for root in roots]
    found = next((folder for folder in folders if folder.is_dir()), None)
    if found is None:
        raise MissingDependencyError(
            "A part of the package is missing",
            value=_FOLDERS[name],
            where=str(folders[0]),
            remedy="Install territory_kit again, or work in a complete checkout.",
        )
    return found

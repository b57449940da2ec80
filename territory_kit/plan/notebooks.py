"""Give a plan folder its own copies of the notebooks, and tell which have been overtaken.

A copy belongs to the analyst and is never overwritten. It remembers which original it was made
from, so that a newer version of the package can say what it would bring.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from territory_kit import __version__
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.precedence import digest
from territory_kit.plan.shipped import shipped_folder
from territory_kit.plan.writing import plain_write_errors

NOTEBOOKS_FOLDER = "notebooks"
_PARAMETERS_TAG = "parameters"
_ORIGIN = "territory_kit"


@dataclass(frozen=True)
class StaleNotebook:
    """A copy whose original has changed since it was made.

    Parameters
    ----------
    name
        Name of its file.
    version
        Version of the package it was copied from.
    is_edited
        Whether the analyst has changed its text or parameters since.
    """

    name: str
    version: str
    is_edited: bool


def copy_notebooks(folder: Path, *, region: str = "") -> Path:
    """Copy the notebooks that a plan folder does not have yet.

    Parameters
    ----------
    folder
        The plan folder.
    region
        Region that the copies start with; empty where none is known yet: then a notebook says
        which regions there are.

    Returns
    -------
    Path
        Folder of the copies. A notebook that is there already stays as it is.

    Raises
    ------
    TerritoryKitError
        When the folder cannot be written.
    """
    copies = folder / NOTEBOOKS_FOLDER
    with plain_write_errors(copies):
        copies.mkdir(exist_ok=True)
        for original in sorted(shipped_folder("notebooks").glob("*.ipynb")):
            copy = copies / original.name
            if not copy.exists():
                write_atomically(copy, _copy_text(original, region))
    return copies


def stale_notebooks(folder: Path) -> tuple[StaleNotebook, ...]:
    """Find copies whose original has changed since, or is no longer part of the package.

    Parameters
    ----------
    folder
        The plan folder.

    Returns
    -------
    tuple of StaleNotebook
        Sorted by name; notebooks of the analyst's own are none of them.
    """
    originals = {file.name: _hash(file) for file in shipped_folder("notebooks").glob("*.ipynb")}
    found = []
    for copy in sorted((folder / NOTEBOOKS_FOLDER).glob("*.ipynb")):
        notebook = _load(copy)
        origin = notebook.get("metadata", {}).get(_ORIGIN, {})
        if origin and origin.get("original_sha256") != originals.get(copy.name):
            is_edited = origin.get("copy_sha256") != _text_hash(notebook)
            found.append(StaleNotebook(copy.name, str(origin.get("version", "")), is_edited))
    return tuple(found)


def stale_sentence(stale: Sequence[StaleNotebook]) -> str:
    """Say which copies have been overtaken and what to do.

    Parameters
    ----------
    stale
        What `stale_notebooks` found.

    Returns
    -------
    str
        One line; empty where there is nothing to say.
    """
    if not stale:
        return ""
    named = [f"{copy.name}{' (changed by you)' if copy.is_edited else ''}" for copy in stale]
    versions = " and ".join(sorted({copy.version for copy in stale}))
    return (
        f"Notebooks of this plan are copies from version {versions} whose originals have changed "
        f"in version {__version__}: {', '.join(named)}. They still run as they are; to have the "
        "new ones, delete or rename them in the folder notebooks and run territory-kit lab again."
    )


def _copy_text(original: Path, region: str) -> str:
    notebook = json.loads(original.read_text(encoding="utf-8"))
    _set_parameters(notebook, {"plan_dir": "..", "region": region})
    notebook.setdefault("metadata", {})[_ORIGIN] = {
        "version": __version__,
        "original_sha256": _hash(original),
        "copy_sha256": _text_hash(notebook),
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _load(copy: Path) -> dict[str, Any]:
    """Read a copy; one that is no notebook any more is nothing to speak of here."""
    try:
        notebook = json.loads(copy.read_text(encoding="utf-8"))
        is_notebook = isinstance(notebook["metadata"].get(_ORIGIN, {}), dict)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}
    return notebook if is_notebook else {}


def _hash(original: Path) -> str:
    return sha256(original.read_bytes()).hexdigest()


def _text_hash(notebook: dict[str, Any]) -> str:
    """Hash what an analyst writes; running a notebook changes its outputs only."""
    return digest([[cell["cell_type"], "".join(cell["source"])] for cell in notebook["cells"]])


def _set_parameters(notebook: dict[str, Any], values: dict[str, str]) -> None:
    """Write values into the parameters cell, and drop outputs: they belong to the sample."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if _PARAMETERS_TAG in cell["metadata"].get("tags", []):
            source = "".join(cell["source"])
            for name, value in values.items():
                source = _with_value(source, name, value)
            cell["source"] = source.splitlines(keepends=True)


def _with_value(source: str, name: str, value: str) -> str:
    literal = json.dumps(value, ensure_ascii=False)
    line = re.compile(rf"^{name} = (\"[^\"]*\"|'[^']*')", flags=re.MULTILINE)
    return line.sub(lambda _: f"{name} = {literal}", source)

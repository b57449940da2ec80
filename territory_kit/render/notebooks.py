"""Which notebooks are rendered, and whether they take the parameters they are given."""

from collections.abc import Iterable
from pathlib import Path

from territory_kit.errors import ParameterError
from territory_kit.plan.shipped import shipped_folder

# The first page, 00, has nothing to compute.
_STEPS = "0[1-5]-*.ipynb"
PARAMETERS = ("plan_dir", "region")


def find_notebooks(folder: Path | None = None) -> tuple[Path, ...]:
    """Find the notebooks of the five steps.

    Parameters
    ----------
    folder
        Where they are; those of the package when not given.

    Returns
    -------
    tuple of Path
        Files 01 to 05, in their order, as absolute paths: regions compute in other folders.

    Raises
    ------
    ParameterError
        When there is none.
    """
    place = shipped_folder("notebooks") if folder is None else folder.resolve()
    found = notebook_files(place)
    if not found:
        raise ParameterError(
            "There are no notebooks to render",
            where=str(place),
            remedy="Name a folder with the notebooks 01 to 05, such as notebooks/ of the plan.",
        )
    return found


def check_notebooks(notebooks: Iterable[Path]) -> None:
    """Refuse notebooks that would not compute the region they are asked for.

    Parameters
    ----------
    notebooks
        Their files.

    Raises
    ------
    ParameterError
        When one does not take the plan and the region as parameters; papermill itself would only
        log that.
    """
    for notebook in notebooks:
        check_parameters(notebook, PARAMETERS)


def notebook_files(folder: Path) -> tuple[Path, ...]:
    """Name the notebooks of the five steps in a folder, whatever they hold.

    Parameters
    ----------
    folder
        Where they are.

    Returns
    -------
    tuple of Path
        Files 01 to 05, in their order.
    """
    return tuple(sorted(folder.glob(_STEPS)))


def check_parameters(notebook: Path, names: Iterable[str]) -> None:
    """Refuse parameters that a notebook does not have.

    Parameters
    ----------
    notebook
        File of the notebook.
    names
        Names of the parameters.

    Raises
    ------
    ParameterError
        Names the parameters that the notebook has.
    """
    from papermill import inspect_notebook  # noqa: PLC0415 - slow to load

    known = inspect_notebook(str(notebook))
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ParameterError(
            "A parameter is unknown",
            value=", ".join(unknown),
            where=f"notebook {notebook.name}",
            remedy=f"Its cell tagged parameters has: {', '.join(sorted(known))}.",
        )

"""Files that are made beside a report when somebody asks for them."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from territory_kit.errors import MissingDependencyError
from territory_kit.plan import Plan
from territory_kit.render.outcome import REPORT_FILE
from territory_kit.render.pdf import require_pdf, write_pdf
from territory_kit.render.workbook import write_workbook

_FILES = {"xlsx": "results.xlsx", "pdf": "report.pdf"}


def require_outputs(kinds: Iterable[str]) -> None:
    """Refuse what cannot be made here, before any work.

    Parameters
    ----------
    kinds
        "xlsx" or "pdf".

    Raises
    ------
    MissingDependencyError
        When a library is missing; says how to get it.
    """
    if "pdf" in kinds:
        require_pdf()


def file_names(kinds: Iterable[str]) -> set[str]:
    """Name the files of some kinds.

    Parameters
    ----------
    kinds
        "xlsx" or "pdf".

    Returns
    -------
    set of str
        Their names beside the report.
    """
    return {_FILES[kind] for kind in kinds}


def kinds_among(names: Iterable[str]) -> set[str]:
    """Tell which kinds are among some files, as far as they can be made here.

    Parameters
    ----------
    names
        Names of files.

    Returns
    -------
    set of str
        "xlsx" or "pdf".
    """
    there = set(names)
    return {kind for kind, name in _FILES.items() if name in there and _can_make(kind)}


def modules_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """Name the modules that take long to import and are needed only for what is asked for.

    Parameters
    ----------
    kinds
        "xlsx" or "pdf".

    Returns
    -------
    tuple of str
        Names of modules that are installed.
    """
    return ("weasyprint",) if "pdf" in kinds and find_spec("weasyprint") else ()


def write_outputs(plan: Plan, region: str, folder: Path, kinds: Iterable[str]) -> None:
    """Write the files that are asked for.

    Parameters
    ----------
    plan
        The plan, whose results of this region are current.
    region
        Name of the region.
    folder
        Holds the report already.
    kinds
        "xlsx" or "pdf".
    """
    for kind in kinds:
        _WRITERS[kind](plan, region, folder)


def _can_make(kind: str) -> bool:
    try:
        require_outputs([kind])
    except MissingDependencyError:
        return False
    return True


def _write_xlsx(plan: Plan, region: str, folder: Path) -> None:
    write_workbook(plan, region, folder / _FILES["xlsx"])


def _write_pdf(_plan: Plan, _region: str, folder: Path) -> None:
    write_pdf(folder / REPORT_FILE, folder / _FILES["pdf"])


_WRITERS: dict[str, Callable[[Plan, str, Path], None]] = {"xlsx": _write_xlsx, "pdf": _write_pdf}

"""Make a new plan folder, or a copy of the sample to try things on."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from territory_kit.errors import ParameterError
from territory_kit.options import Options
from territory_kit.plan.draft import INPUTS_FOLDER, PlanDraft, draft_plan
from territory_kit.plan.folder import open_plan
from territory_kit.plan.input_workbook import WORKBOOK_FILE, write_input_workbook
from territory_kit.plan.notebooks import copy_notebooks
from territory_kit.plan.settings import PLAN_FILE
from territory_kit.plan.shipped import shipped_folder
from territory_kit.plan.slug import is_device_name
from territory_kit.plan.writing import plain_write_errors
from territory_kit.tables import Recognised, recognise, shorten

# A name that every system takes, and no shell or formula takes for something else.
_SAFE_STEM = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._()-]{0,78}[A-Za-z0-9_()-])?")
_SAFE_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True)
class NewPlan:
    """What a new plan was made of.

    Parameters
    ----------
    exports
        What each export was taken for, accounts first.
    draft
        What plan.yaml says besides.
    """

    exports: tuple[Recognised, ...]
    draft: PlanDraft


def create_plan(folder: Path, *, exports: Sequence[Path] = ()) -> NewPlan:
    """Make a plan folder: settings, inputs, a workbook for further inputs, and notebooks.

    Parameters
    ----------
    folder
        The new folder; it does not exist or is empty.
    exports
        Files of a CRM, or lists of one's own; each is recognised and copied to the inputs as it
        is. What they do not give can be filled in in a workbook.

    Returns
    -------
    NewPlan
        What was recognised.

    Raises
    ------
    ParameterError
        When the folder has something in it, or the exports do not make one input each with the
        accounts among them.
    TableError
        When an export cannot be read.
    TerritoryKitError
        When the folder cannot be written. In all these cases nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ParameterError(
            "The folder is not empty",
            value=str(folder),
            where="new plan",
            remedy="Name a folder that does not exist yet.",
        )
    found = recognise_exports(exports)
    files = _safe_names(found)
    draft = draft_plan(folder.resolve().name, found, files)
    with _made_at_once(folder) as built:
        inputs = built / INPUTS_FOLDER
        inputs.mkdir()
        for export, name in files.items():
            shutil.copyfile(export, inputs / name)
        write_input_workbook(
            inputs / WORKBOOK_FILE,
            currency=draft.currency or str(Options().currency),
            leave_out=[one.table for one in found],
        )
        (built / PLAN_FILE).write_text(draft.text, encoding="utf-8", newline="\n")
        copy_notebooks(built, region=_first_region(built))
    return NewPlan(found, draft)


def _first_region(built: Path) -> str:
    return open_plan(built).first_region()


def copy_sample(folder: Path) -> None:
    """Copy the sample plan, unless the folder exists already.

    Parameters
    ----------
    folder
        Where to put the copy; what is there already stays as it is.
    """
    if not folder.exists():
        left_out = shutil.ignore_patterns(".*", "results", "reports")
        shutil.copytree(shipped_folder("sample"), folder, ignore=left_out)


def recognise_exports(exports: Sequence[Path]) -> tuple[Recognised, ...]:
    """Find out which input each export is.

    Parameters
    ----------
    exports
        The files.

    Returns
    -------
    tuple of Recognised
        One for each input, accounts first.

    Raises
    ------
    ParameterError
        When two are the same input, one is none, or none is the accounts.
    TableError
        When one cannot be read.
    """
    found = [one for export in exports for one in _of_file(export)]
    if not any(one.table == "accounts" for one in found):
        # a single file that tells nothing is what a plan cannot do without
        unknown = [one for one in found if not one.table]
        if len(unknown) == 1:
            sheets = recognise(unknown[0].file, table="accounts")
            accounts = max(sheets, key=lambda one: len(one.columns))
            found = [accounts if one is unknown[0] else one for one in found]
    _refuse_unusable(found)
    return tuple(sorted(found, key=lambda one: (one.table != "accounts", one.table)))


def _of_file(export: Path) -> list[Recognised]:
    """Recognise a file; of a workbook's sheets, those that are inputs."""
    found = recognise(export)
    inputs = _one_each([one for one in found if one.table])
    return inputs or list(found[:1])


def _one_each(sheets: Sequence[Recognised]) -> list[Recognised]:
    """Of several sheets for one input take those that have what it requires, if any has."""
    whole = {one.table for one in sheets if not one.missing}
    return [one for one in sheets if not one.missing or one.table not in whole]


def _refuse_unusable(found: Sequence[Recognised]) -> None:
    for one in found:
        same = [other for other in found if other.table == one.table and one.table]
        if len(same) > 1:
            raise ParameterError(
                f"Several exports are {one.table}",
                value="; ".join(f"{_place(other)}: {other.title}" for other in same),
                where="--from",
                remedy="Give one file for each input: put rows that belong together into one, and "
                "leave the others out.",
            )
        if not one.table:
            raise ParameterError(
                "An export is not recognised by its headers",
                value=_place(one),
                where="--from",
                remedy="Leave it out, make the plan, and name the file and its columns under "
                "`inputs` in plan.yaml.",
            )
    if found and all(one.table != "accounts" for one in found):
        raise ParameterError(
            "No export is the accounts",
            value="; ".join(f"{_place(one)}: {one.title}" for one in found),
            where="--from",
            remedy="Give the export of the accounts with a further --from; without them there is "
            "no plan.",
        )


def _place(one: Recognised) -> str:
    return ", sheet ".join(shorten(name) for name in (one.file.name, one.sheet) if name)


def _safe_names(found: Sequence[Recognised]) -> Mapping[Path, str]:
    """Choose the name of each copy: its own where that is safe, else that of the input."""
    names: dict[Path, str] = {}
    for one in found:
        if one.file not in names:
            taken = {WORKBOOK_FILE, *(name.casefold() for name in names.values())}
            names[one.file] = _safe_name(one.file, one.table, taken)
    return names


def _safe_name(file: Path, table: str, taken: set[str]) -> str:
    ending = file.suffix if _SAFE_ENDING.fullmatch(file.suffix) else ""
    own = f"{file.stem}{ending}"
    is_safe = _SAFE_STEM.fullmatch(file.stem) and not is_device_name(file.name.split(".")[0])
    if is_safe and ending == file.suffix and own.casefold() not in taken:
        return own
    names = [f"{table}{ending}", *(f"{table}-{copy}{ending}" for copy in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in taken)


@contextmanager
def _made_at_once(folder: Path) -> Iterator[Path]:
    """Give a folder to build in, and put it in its place only when all went well."""
    built = folder.resolve().with_name(f"draft-{uuid4().hex}")
    with plain_write_errors(folder):
        try:
            built.mkdir(parents=True)
            yield built
            if folder.exists():
                # an empty folder that somebody stands in stays; plan.yaml, which makes it a
                # plan, comes last
                for part in sorted(built.iterdir(), key=lambda part: part.name == PLAN_FILE):
                    part.rename(folder / part.name)
            else:
                built.rename(folder)
        finally:
            shutil.rmtree(built, ignore_errors=True)

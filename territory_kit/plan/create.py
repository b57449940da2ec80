"""Make a new plan folder, or a copy of the sample to try things on."""

import json
import shutil
from pathlib import Path

from territory_kit import columns
from territory_kit.errors import ParameterError
from territory_kit.plan.settings import PLAN_FILE
from territory_kit.plan.shipped import shipped_folder

INPUTS_FOLDER = "inputs"
_NAME_LINE = "name: New plan\n"
_ACCOUNTS_FILE = f"{INPUTS_FOLDER}/accounts.csv"


def create_plan(folder: Path, *, export: Path | None = None) -> None:
    """Make a plan folder from the templates.

    Parameters
    ----------
    folder
        The new folder; it does not exist or is empty.
    export
        A file of accounts, for example out of a CRM; copied to the inputs as it is. Without one,
        the inputs start with a file that has only the headings.

    Raises
    ------
    ParameterError
        When the folder has something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ParameterError(
            "The folder is not empty",
            value=str(folder),
            where="new plan",
            remedy="Name a folder that does not exist yet.",
        )
    settings = (shipped_folder("templates") / PLAN_FILE).read_text(encoding="utf-8")
    accounts = _ACCOUNTS_FILE if export is None else f"{INPUTS_FOLDER}/accounts{export.suffix}"
    # JSON text is YAML text, whatever characters the name has
    name = json.dumps(folder.resolve().name, ensure_ascii=False)
    settings = settings.replace(_NAME_LINE, f"name: {name}\n").replace(
        f"file: {_ACCOUNTS_FILE}", f"file: {json.dumps(accounts)}"
    )
    (folder / INPUTS_FOLDER).mkdir(parents=True)
    if export is None:
        columns.empty_frame("accounts").to_csv(folder / accounts, index=False)
    else:
        shutil.copyfile(export, folder / accounts)
    (folder / PLAN_FILE).write_text(settings, encoding="utf-8", newline="\n")


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

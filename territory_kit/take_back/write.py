"""Add rows to the overrides of a plan: to its own text file, or to a new one.

Nothing is written into the folder of another plan, nor into a workbook.
"""

from pathlib import Path

import pandas as pd

from territory_kit import columns
from territory_kit.errors import TableError, TerritoryKitError
from territory_kit.plan import Plan
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.name_input import with_input_line
from territory_kit.plan.settings import PLAN_FILE
from territory_kit.plan.writing import plain_write_errors
from territory_kit.tables import Source, append_rows, write_csv

_INPUT = "overrides"
_FILE = f"inputs/{_INPUT}.csv"
_NEEDED = ("scope", "value", "action", "target")


def add_overrides(plan: Plan, rows: pd.DataFrame) -> Path:
    """Add rows to the overrides of a plan.

    Parameters
    ----------
    plan
        The plan.
    rows
        Columns of ``overrides`` as text, at least one row.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    TerritoryKitError
        When the overrides are another plan's or stand in a workbook, or the file cannot be
        written; nothing is changed then.
    """
    with plan.lock():
        found = plan.find_source(_INPUT)
        if found is None:
            return _create(plan, rows)
        folder, source = found
        _require_own(plan, folder, source)
        write_atomically(source.file, append_rows(_INPUT, source, rows, needed=_NEEDED))
        return source.file


def _require_own(plan: Plan, folder: Path, source: Source) -> None:
    file = source.file.resolve()
    if folder == plan.folder and file.is_relative_to(plan.folder):
        return
    raise TerritoryKitError(
        "The overrides of this plan stand in another folder and are not changed from here",
        value=str(file),
        where=f"plan {plan.name}",
        remedy=f"Copy that file to {_FILE} of this plan, name it in {PLAN_FILE} under `inputs:` "
        f"with the line `{_INPUT}: {_FILE}`, and run the same again. Or take back in the plan "
        "that the file belongs to.",
    )


def _create(plan: Plan, rows: pd.DataFrame) -> Path:
    """Make the file, and name it in plan.yaml."""
    file, settings = plan.folder / _FILE, plan.folder / PLAN_FILE
    if file.exists():
        raise TableError(
            "There is a file of overrides that the plan does not name",
            value=_FILE,
            where=str(settings),
            remedy=f"Write under `inputs:` the line `{_INPUT}: {_FILE}`, or take the file away. "
            "Render the plan, then take back again.",
        )
    text = with_input_line(settings, _INPUT, _FILE)
    names = list(columns.get_table(_INPUT).columns)
    with plain_write_errors(file):
        file.parent.mkdir(exist_ok=True)
    write_csv(rows.reindex(columns=names), file)
    write_atomically(settings, text)
    return file

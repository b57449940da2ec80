"""Put up what rendering has made in a copy, in the order in which a plan folder is written.

A reader of the store finds the old result of a step or the new one: tables first, the record that
names them last. Before the first file of a new report is put, `report.json` says that nothing
holds; the new one is put last, so that a report that is only half there never counts.
"""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from territory_kit.errors import StaleResultError, TerritoryKitError
from territory_kit.plan.folder import RESULTS_FOLDER
from territory_kit.plan.inputs import CACHE_FOLDER, STORED_FILE
from territory_kit.plan.results import RECORD_FILE, read_record
from territory_kit.plan.slug import COMPANY_SLUG
from territory_kit.plan.writing import refusal
from territory_kit.render.finished import RECORD_FILE as REPORT_RECORD_FILE
from territory_kit.render.finished import files_of, unfinished_record
from territory_kit.render.outcome import REPORT_FILE, REPORTS_FOLDER, RegionOutcome
from territory_kit.render.stored.copy import PlanCopy
from territory_kit.render.stored.names import SNAPSHOTS, is_safe
from territory_kit.render.workers import Event


def put_frame(copy: PlanCopy) -> None:
    """Put up what all regions read: the snapshot of the inputs and the whole plan's frame.

    Parameters
    ----------
    copy
        Copy of the plan, whose inputs are read and whose frame is made.
    """
    for folder in copy.folder.glob(f"{SNAPSHOTS}*"):
        _put_snapshot(copy, folder)
    _put_results(copy, COMPANY_SLUG)


def put_as_they_end(
    events: Generator[Event, None, None], copy: PlanCopy
) -> Generator[Event, None, None]:
    """Put up each region that was rendered in a copy, as soon as it ends.

    Parameters
    ----------
    events
        What happens while regions are rendered.
    copy
        Copy of the plan.

    Yields
    ------
    StepBegun or RegionOutcome
        The same; a region that cannot be put up has failed.
    """
    with closing(events):
        for event in events:
            yield put_region(copy, event) if isinstance(event, RegionOutcome) else event


def put_region(copy: PlanCopy, outcome: RegionOutcome) -> RegionOutcome:
    """Put up the results of a region, and its report if that was made.

    Parameters
    ----------
    copy
        Copy of the plan.
    outcome
        What came of the region.

    Returns
    -------
    RegionOutcome
        The same; failed, with words, when it cannot be put up.
    """
    try:
        _put_results(copy, outcome.slug)
        if not outcome.reason:
            _put_report(copy, outcome.slug)
    except TerritoryKitError as error:
        return replace(outcome, reason=f"{outcome.reason} {error}".strip())
    except OSError as error:
        return replace(outcome, reason=f"{outcome.reason} {refusal(error)}".strip())
    return outcome


def put_files(copy: PlanCopy, files: Iterable[Path], *, then: Sequence[Path] = ()) -> None:
    """Put up files.

    Parameters
    ----------
    copy
        Copy of the plan.
    files
        Files in it, put in any order.
    then
        Files that are put one by one when the others are there.
    """
    copy.store.write_all({_name(copy, file): file.read_bytes() for file in files})
    for file in then:
        copy.store.write(_name(copy, file), file.read_bytes())


def _put_snapshot(copy: PlanCopy, folder: Path) -> None:
    """Put up a snapshot of the inputs unless it is there; others are of older inputs."""
    record = folder / STORED_FILE
    if not record.is_file():
        return
    stored = copy.store.list(CACHE_FOLDER)
    own = f"{_name(copy, folder)}/"
    if _name(copy, record) not in stored:
        tables = sorted(file for file in folder.iterdir() if file != record)
        put_files(copy, tables, then=[record])
    for name in stored:
        if name.startswith(SNAPSHOTS) and not name.startswith(own):
            copy.store.remove(name)


def _put_results(copy: PlanCopy, slug: str) -> None:
    """Put up the results of a region's steps that the store does not have."""
    region = copy.folder / RESULTS_FOLDER / slug
    stored = copy.store.list(f"{RESULTS_FOLDER}/{slug}")
    for step in sorted(region.glob("*")):
        _put_step(copy, step, stored)


def _put_step(copy: PlanCopy, step: Path, stored: Iterable[str]) -> None:
    """Put up a result as it is saved in a folder: tables, record, then away with older tables."""
    file = step / RECORD_FILE
    try:
        record = read_record(step)
    except StaleResultError:
        return
    if record is None or copy.store.read(_name(copy, file)) == file.read_bytes():
        return
    put_files(copy, sorted((step / record.run).iterdir()), then=[file])
    own, runs = _name(copy, step / record.run), f"{_name(copy, step)}/run-"
    for name in stored:
        if name.startswith(runs) and not name.startswith(f"{own}/"):
            copy.store.remove(name)


def _put_report(copy: PlanCopy, slug: str) -> None:
    """Put up a report as it is moved into place in a folder."""
    folder = copy.folder / REPORTS_FOLDER / slug
    record = folder / REPORT_RECORD_FILE
    files, name = files_of(record.read_bytes()), _name(copy, record)
    before = files_of(copy.store.read(name) or b"")
    copy.store.write(name, unfinished_record({**before, **files}).encode())
    # the record in the store comes from outside: nothing but a file beside it is removed
    for other in sorted(set(before) - set(files)):
        if is_safe(other) and "/" not in other:
            copy.store.remove(f"{REPORTS_FOLDER}/{slug}/{other}")
    # the page last: who sees a new report finds its notebooks beside it
    beside = [folder / file for file in files if file != REPORT_FILE]
    put_files(copy, beside, then=[folder / REPORT_FILE, record])


def _name(copy: PlanCopy, file: Path) -> str:
    return file.relative_to(copy.folder).as_posix()

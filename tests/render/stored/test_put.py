"""What is put up is old or new and never half, wherever the connection is cut."""

import json
from collections.abc import Generator
from pathlib import Path

import pandas as pd
import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.plan.record import Origin, Record
from territory_kit.plan.results import read_saved, write_record, write_tables
from territory_kit.render.finished import hash_files, is_finished, mark_finished
from territory_kit.render.outcome import RegionOutcome
from territory_kit.render.stored.copy import PlanCopy
from territory_kit.render.stored.put import put_as_they_end, put_frame, put_region
from territory_kit.render.stored.store import Store
from territory_kit.render.workers import Event, StepBegun

DONE = RegionOutcome("R0", "R0", 1.0)


def make_copy(store: Store, parent: Path) -> PlanCopy:
    copy = PlanCopy(store, parent)
    copy.refresh()
    return copy


def save_step(copy: PlanCopy, step: str, value: int, slug: str = "R0") -> None:
    """Save a result of one table, as the steps do."""
    folder = copy.folder / "results" / slug / step
    run, tables = write_tables(folder, {"balance": pd.DataFrame({"value": [value]})})
    origin = Origin(inputs={}, options={}, upstream={}, package_version="0")
    record = Record(
        step=step,
        region="R0",
        run=run,
        tables=tables,
        figures={},
        assumptions=(),
        findings=(),
        parameters={},
        seed=0,
        origin=origin,
        started="2026-11-29T12:00:00+00:00",
        seconds=1.0,
    )
    write_record(folder, record)


def save_report(copy: PlanCopy, key: str, names: tuple[str, ...]) -> None:
    """Write a report whose files say which one they are of."""
    folder = copy.folder / "reports" / "R0"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"{key} {name}", encoding="utf-8")
    mark_finished(folder, key, hash_files(folder, names), runs={})


@pytest.fixture
def made(store: Store, tmp_path: Path) -> PlanCopy:
    """Put up a first rendering, then make a second one in the copy."""
    store.write("plan.yaml", b"inputs: {accounts: inputs/accounts.csv}\n")
    store.write("inputs/accounts.csv", b"account_id\n")
    first = make_copy(store, tmp_path / "first")
    save_step(first, "market", 1)
    save_report(first, "old", ("01-market.ipynb", "results.xlsx", "report.html"))
    assert put_region(first, DONE) == DONE
    second = make_copy(store, tmp_path / "second")
    save_step(second, "market", 2)
    save_report(second, "new", ("01-market.ipynb", "report.html"))
    return second


def cut_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Have the store refuse after so many changes."""
    left = iter(range(count))
    for name in ("write", "remove"):
        change = getattr(Store, name)

        def cut(store: Store, *what: object, _change: object = change) -> None:
            if next(left, None) is None:
                raise TerritoryKitError("A stored plan cannot be reached")
            assert callable(_change)
            _change(store, *what)

        monkeypatch.setattr(Store, name, cut)


def seen(store: Store, parent: Path) -> tuple[int, bool, bool]:
    """Say what another machine sees: value of the result, and which report is whole."""
    copy = make_copy(store, parent)
    saved = read_saved(copy.folder / "results" / "R0" / "market")
    assert saved is not None
    report = copy.folder / "reports" / "R0"
    value = int(saved.tables["balance"]["value"].iloc[0])
    return value, is_finished(report, "old"), is_finished(report, "new")


@pytest.mark.parametrize("count", range(9))
def test_a_cut_leaves_results_whole_and_no_report_half(
    made: PlanCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Changes: table, record, old table; "unfinished", workbook, two files, report.json."""
    with monkeypatch.context() as broken:
        cut_after(broken, count)
        outcome = put_region(made, DONE)
    value, has_old, has_new = seen(made.store, tmp_path / "other")
    assert value == (1 if count < 2 else 2)
    assert has_old == (count < 4)
    assert has_new == (count == 8)
    assert outcome.reason == ("" if count == 8 else "A stored plan cannot be reached.")
    # the next try does the rest
    assert put_region(made, DONE) == DONE
    assert seen(made.store, tmp_path / "later") == (2, False, True)
    assert "reports/R0/results.xlsx" not in made.store.list()


def test_what_has_no_successor_goes_and_nothing_else(made: PlanCopy) -> None:
    for name in ("reports/R0/notes.txt", "reports/R1/report.json", "results/R1/market/run-1/x"):
        made.store.write(name, b"of somebody else")
    put_region(made, DONE)
    names = set(made.store.list())
    assert {name for name in names if name.startswith("reports/")} == {
        "reports/R0/01-market.ipynb",
        "reports/R0/report.html",
        "reports/R0/report.json",
        "reports/R0/notes.txt",
        "reports/R1/report.json",
    }
    assert "results/R1/market/run-1/x" in names
    assert len([name for name in names if name.startswith("results/R0/market/run-")]) == 1


def test_a_record_from_outside_removes_nothing_beside_the_report(made: PlanCopy) -> None:
    record = {"key": "x", "files": {"../../plan.yaml": "", "..": "", "a/b": "", "/x": ""}}
    made.store.write("reports/R0/report.json", json.dumps(record).encode())
    made.store.write("reports/R0/a/b", b"")
    before = set(made.store.list())
    assert put_region(made, DONE) == DONE
    assert {name for name in before - set(made.store.list()) if "/run-" not in name} == set()


def test_a_region_that_failed_puts_its_results_but_no_report(
    made: PlanCopy, tmp_path: Path
) -> None:
    """As in a folder: what its first notebooks have saved stays, and so does the old report."""
    failed = RegionOutcome("R0", "R0", 1.0, "no account has a place")
    assert put_region(made, failed) == failed
    assert seen(made.store, tmp_path / "other") == (2, True, False)


def test_results_that_are_there_are_not_put_again(
    made: PlanCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_region(made, DONE)
    cut_after(monkeypatch, 0)
    failed = RegionOutcome("R0", "R0", 1.0, "failed")
    assert put_region(made, failed) == failed


def test_each_region_is_put_as_it_ends(made: PlanCopy, tmp_path: Path) -> None:
    """Whoever stops reading has what had ended."""
    begun = StepBegun("R0", "01-market")

    def happen() -> Generator[Event, None, None]:
        yield from (begun, DONE, RegionOutcome("R1", "R1", 1.0))

    events = put_as_they_end(happen(), made)
    assert next(events) == begun
    assert seen(made.store, tmp_path / "before")[2] is False
    assert next(events) == DONE
    assert seen(made.store, tmp_path / "after")[2] is True


def test_a_region_whose_report_is_missing_is_a_failure_with_words(made: PlanCopy) -> None:
    outcome = put_region(made, RegionOutcome("R1", "R1", 1.0))
    assert outcome.reason.startswith("A file or folder cannot be used: No such file")


def test_the_frame_is_put_with_the_snapshot_of_the_inputs(made: PlanCopy) -> None:
    """An older snapshot goes; `read.json`, without which none counts, comes last."""
    made.store.write(".cache/inputs-old/read.json", b"{}")
    made.store.write(".cache/inputs-old/accounts.parquet", b"")
    snapshot = made.folder / ".cache" / "inputs-new"
    snapshot.mkdir(parents=True)
    for name in ("read.json", "accounts.parquet", "visits.parquet"):
        (snapshot / name).write_text(name, encoding="utf-8")
    save_step(made, "company", 3, slug="_company")
    put_frame(made)
    names = set(made.store.list())
    assert sorted(name for name in names if name.startswith(".cache/")) == [
        ".cache/inputs-new/accounts.parquet",
        ".cache/inputs-new/read.json",
        ".cache/inputs-new/visits.parquet",
    ]
    assert "results/_company/company/record.json" in names

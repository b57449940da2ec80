"""A report holds while its files and all it was made from are as they were."""

from collections.abc import Callable
from pathlib import Path

import pytest

from territory_kit.plan import Plan, open_plan
from territory_kit.render.finished import (
    RECORD_FILE,
    begin_replacing,
    hash_files,
    is_finished,
    mark_finished,
    note_sources,
    read_runs,
    report_key,
)

FILES = ("report.html", "results.xlsx")


def write(folder: Path) -> Path:
    """Write a report of two files with its record."""
    for name in FILES:
        (folder / name).write_text(name, encoding="utf-8")
    mark_finished(folder, "key", hash_files(folder, FILES), runs={"review": "run-1"})
    return folder


def test_a_whole_report_with_the_same_key_holds(tmp_path: Path) -> None:
    assert is_finished(write(tmp_path), "key")


def test_another_key_or_none_does_not(tmp_path: Path) -> None:
    """None: a result is missing or stale."""
    folder = write(tmp_path)
    assert not is_finished(folder, "other")
    assert not is_finished(folder, "")


def test_a_file_that_is_gone_or_changed_does_not(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "report.html").write_text("half", encoding="utf-8")
    assert not is_finished(folder, "key")
    (folder / "report.html").unlink()
    assert not is_finished(folder, "key")


def test_a_record_that_cannot_be_understood_does_not(tmp_path: Path) -> None:
    folder = write(tmp_path)
    for text in ("", "[]", '{"key": "key"}', '{"key": "key", "files": []}'):
        (folder / RECORD_FILE).write_text(text, encoding="utf-8")
        assert not is_finished(folder, "key")


def test_the_runs_that_a_report_was_made_from_are_known_while_it_is_whole(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert read_runs(folder) == {"review": "run-1"}
    begin_replacing(folder, hash_files(folder, FILES))
    assert read_runs(folder) == {}


def test_what_has_no_successor_goes_when_a_report_is_replaced(tmp_path: Path) -> None:
    folder = write(tmp_path)
    begin_replacing(folder, {"report.html": "new"})
    assert sorted(file.name for file in folder.iterdir()) == ["report.html", RECORD_FILE]
    assert not is_finished(folder, "key")


def test_what_a_killed_replacement_left_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the workbook without a successor was removed, and after a print was moved."""
    folder = write(tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr(Path, "unlink", _stop)
        with pytest.raises(KeyboardInterrupt):
            begin_replacing(folder, {"report.html": "new", "report.pdf": "new"})
    (folder / "report.pdf").write_text("moved", encoding="utf-8")
    assert not is_finished(folder, "key")
    begin_replacing(folder, {"report.html": "newer"})
    assert sorted(file.name for file in folder.iterdir()) == ["report.html", RECORD_FILE]


def test_a_notebook_that_is_edited_between_two_batches_of_one_process_counts_as_edited(
    write_regions: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = open_plan(write_regions(1))
    monkeypatch.setattr(Plan, "current_runs", lambda *_: {"review": "run-1"})
    notebook = tmp_path / "01-market.ipynb"
    keys = []
    for text in ("one", "two", "one"):
        notebook.write_text(text, encoding="utf-8")
        note_sources([notebook])
        keys.append(report_key(plan, "R0", notebooks=[notebook]))
    assert keys[0] == keys[2] != keys[1]


def _stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt

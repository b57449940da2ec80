"""A report holds while its files and all it was made from are as they were."""

from pathlib import Path

from territory_kit.render.finished import (
    RECORD_FILE,
    begin_replacing,
    hash_files,
    is_finished,
    mark_finished,
    read_runs,
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


def test_a_report_that_holds_more_than_is_wanted_holds_one_that_holds_less_does_not(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path)
    assert is_finished(folder, "key", files=["results.xlsx"])
    assert not is_finished(folder, "key", files=["report.pdf"])


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
    begin_replacing(folder, FILES)
    assert read_runs(folder) == {}


def test_what_has_no_successor_goes_when_a_report_is_replaced(tmp_path: Path) -> None:
    folder = write(tmp_path)
    begin_replacing(folder, ["report.html"])
    assert sorted(file.name for file in folder.iterdir()) == ["report.html"]
    assert not is_finished(folder, "key")

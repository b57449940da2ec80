"""What the system refuses is told in four parts, and nothing is left half written."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.plan import Plan
from territory_kit.plan.notebooks import copy_notebooks
from territory_kit.plan.writing import plain_write_errors, refusal
from territory_kit.steps.result import StepResult


@pytest.mark.parametrize(
    ("code", "what", "remedy"),
    [
        (errno.ENOSPC, "The disk is full", "Free some space"),
        (errno.EDQUOT, "The disk is full", "Free some space"),
        (errno.EACCES, "read-only or open in another program", "Close it in other programs"),
        (errno.EROFS, "read-only or open in another program", "copy the plan to a folder"),
        (errno.ENOTDIR, "cannot be used", "no file stands in its place"),
    ],
)
def test_a_refusal_says_what_where_and_what_to_do(code: int, what: str, remedy: str) -> None:
    error = OSError(code, os.strerror(code), "/plans/.draft-1")
    text = str(refusal(error, place=Path("/plans/nord")))
    assert what in text
    assert f": {os.strerror(code)} ({Path('/plans/nord')}). " in text
    assert remedy in text


def test_where_no_place_is_given_the_system_names_it() -> None:
    assert "(/plans/x)" in str(refusal(PermissionError(errno.EACCES, "no", "/plans/x")))


def test_an_error_without_number_or_name_is_told_too() -> None:
    assert str(refusal(OSError())).startswith("A file or folder cannot be used: no reason given. ")


def test_other_errors_pass() -> None:
    with pytest.raises(ZeroDivisionError), plain_write_errors(Path("x")):
        raise ZeroDivisionError


def _fill_disk_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some files be written, then half of one."""
    write_bytes, left = Path.write_bytes, [count]

    def write(file: Path, content: bytes) -> int:
        left[0] -= 1
        if left[0] >= 0:
            return write_bytes(file, content)
        write_bytes(file, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write)


def test_a_full_disk_leaves_the_result_before(
    plan: Plan,
    save: Callable[..., None],
    result: Callable[..., StepResult],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save(plan, "company")
    save(plan, "market", question="Old?")
    _fill_disk_after(0, monkeypatch)
    with pytest.raises(TerritoryKitError, match="The disk is full"):
        plan.save(result("market"), options=plan.options("Nord"), upstream={}, seconds=0)
    monkeypatch.undo()
    assert plan.read("market", "Nord").tables["questions"]["question"].tolist() == ["Old?"]
    assert len(list((plan.folder / "results/Nord/market").glob("run-*"))) == 1


def test_a_full_disk_leaves_no_half_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(TerritoryKitError, match="The disk is full"):
        copy_notebooks(tmp_path, region="Nord")
    assert list((tmp_path / "notebooks").iterdir()) == []


def test_a_choice_that_cannot_be_written_is_told_and_the_old_one_stays(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.choose("Nord", "territories", territories_count=2)

    def fail(_: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(TerritoryKitError, match=r"open in another program.*choices\.yaml"):
        plan.choose("Nord", "territories", territories_count=3)
    monkeypatch.undo()
    assert plan.options("Nord").territories.territories_count == 2


def test_a_file_where_results_should_stand_is_told(
    plan: Plan, result: Callable[..., StepResult]
) -> None:
    (plan.folder / "results").write_text("a file", encoding="utf-8")
    with pytest.raises(TerritoryKitError, match="no file stands in its place"):
        plan.save(result("market"), options=plan.options("Nord"), upstream={}, seconds=0)

"""Small files are replaced at once."""

import errno
from pathlib import Path

import pytest

from territory_kit.errors import TerritoryKitError
from territory_kit.plan.atomic import write_atomically


def test_the_file_holds_the_new_text(tmp_path: Path) -> None:
    file = tmp_path / "choices.yaml"
    file.write_text("old", encoding="utf-8")
    write_atomically(file, "Île: 1\n")
    assert file.read_bytes() == "Île: 1\n".encode()


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "text")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_a_write_that_fails_leaves_the_old_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_text("old", encoding="utf-8")

    def fail(_: Path, __: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(TerritoryKitError, match=r"The disk is full: No space left on device"):
        write_atomically(file, "new")
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a", "old")]

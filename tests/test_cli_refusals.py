"""Plans that cannot be read or written: each command says why, and none shows a traceback."""

import errno
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from territory_kit.cli import app
from territory_kit.frame import read_company
from territory_kit.plan import create, open_plan

GOOD = "account_id,account_name,lat_deg,lon_deg,region\nA1,Bar,48.1,-1.7,Nord\nA2,Pub,43,5,Sud\n"
SETTINGS = "inputs: {accounts: inputs/accounts.csv}\n"
# Everything is imported and used once as long as the program may read it; then it is nobody.
AS_NOBODY = """
import os, sys
from typer.testing import CliRunner
from territory_kit.cli import app
from territory_kit.plan import create, notebooks, writing
from territory_kit.render import batch

CliRunner().invoke(app, ["check", sys.argv[1]])
if os.geteuid() == 0:
    os.setuid(65534)
for command in ("check", "render", "lab"):
    result = CliRunner().invoke(app, [command, sys.argv[1]], env={"COLUMNS": "250"})
    print(command, result.exit_code, " ".join(result.output.split()))
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Make a plan folder of two accounts."""
    return _make(tmp_path / "plan")


def _make(folder: Path) -> Path:
    (folder / "inputs").mkdir(parents=True)
    (folder / "plan.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "inputs" / "accounts.csv").write_text(GOOD, encoding="utf-8")
    return folder


def _run(*words: str | Path) -> tuple[int, str]:
    """Run a command; return its exit code and everything it printed, in one line."""
    result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "250"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.exit_code, " ".join(result.output.split())


# ---- folders that cannot be written --------------------------------------------------------------


@pytest.fixture
def no_new_folders(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a plan in whose folder the system refuses to make others, as if it were not ours."""

    def refuse(folder: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "mkdir", refuse)
    return plan


def test_check_needs_not_write(no_new_folders: Path) -> None:
    assert _run("check", no_new_folders)[0] == 0


@pytest.mark.parametrize("command", ["render", "lab"])
def test_a_read_only_plan_is_told(no_new_folders: Path, command: str) -> None:
    code, text = _run(command, no_new_folders)
    assert code == 1
    assert "read-only or open in another program: Permission denied" in text
    assert "copy the plan to a folder of your own" in text


def test_a_plan_cannot_be_made_in_a_read_only_folder(no_new_folders: Path) -> None:
    code, text = _run("new", no_new_folders.parent / "north")
    assert code == 1
    assert "Permission denied" in text


@pytest.mark.parametrize(("command", "place"), [("render", ".locks"), ("lab", "notebooks")])
def test_a_file_in_place_of_a_folder_is_told(plan: Path, command: str, place: str) -> None:
    (plan / place).write_text("a file", encoding="utf-8")
    code, text = _run(command, plan)
    assert code == 1
    assert "no file stands in its place" in text
    assert place in text


def test_a_report_folder_that_cannot_be_made_is_told(plan: Path) -> None:
    (plan / "reports").write_text("a file", encoding="utf-8")
    code, text = _run("render", plan)
    assert code == 1
    assert "no file stands in its place" in text


@pytest.fixture
def read_only() -> Iterator[Path]:
    """Make a plan that really cannot be written: by us, or by nobody in particular."""
    top = Path(tempfile.mkdtemp(prefix="read-only-"))
    folder = _make(top / "plan")
    for entry in (top, *top.rglob("*")):
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    yield folder
    for entry in (top, *top.rglob("*")):
        entry.chmod(0o755)
    shutil.rmtree(top)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.slow
def test_a_really_read_only_plan_can_be_checked_and_nothing_else(read_only: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(read_only)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    check, render, lab = done.stdout.splitlines()
    assert check.startswith("check 0 ")
    assert check.endswith("plan, regions (2): Nord, Sud")
    for line in (render, lab):
        assert " 1 A file or folder is read-only or open in another program: Permission" in line


# ---- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "not a list of `name: value` lines"),
        ("seed: !!python/object/apply:os.system [ls]\n", "line 1: could not determine"),
        ("seed: &s 1\nheadcount: *s\n", "aliases (*name) are not allowed"),
        ("seed: 1\n\theadcount: 2\n", "line 2"),
        ("seed: 1\nseed: 2\n", '"seed" stands here twice'),
        (SETTINGS + "territories: {tolerence_share: 1}\n", 'Did you mean "tolerance_share"?'),
        (SETTINGS + "priorities: grow\n", "priorities: 'grow' is no list. Write a list: [grow]."),
        ("name: x\n", "inputs.accounts is missing"),
        ("base: ../nowhere\n", "no plan in the folder that the plan is based on"),
        ("base: .\n", "Plans are based on each other in a circle: plan → plan"),
        (SETTINGS + "regions: {Nrod: {}}\n", 'Did you mean "Nord"?'),
        ("a: " + "x" * 1_000_001, "The settings are too large: 1.0 MB"),
    ],
)
def test_settings_that_are_not_right_are_told(plan: Path, text: str, message: str) -> None:
    (plan / "plan.yaml").write_text(text, encoding="utf-8")
    code, said = _run("check", plan)
    assert code == 1
    assert message in said
    assert "plan.yaml" in said


@pytest.mark.parametrize("command", ["render", "lab"])
def test_every_command_tells_settings_that_are_not_right(plan: Path, command: str) -> None:
    (plan / "plan.yaml").write_text("sead: 1\n", encoding="utf-8")
    code, said = _run(command, plan)
    assert code == 1
    assert 'Did you mean "seed"?' in said


def test_settings_in_another_encoding_are_told(plan: Path) -> None:
    (plan / "plan.yaml").write_bytes("name: Île\n".encode("latin-1"))
    assert "not written in UTF-8" in _run("check", plan)[1]


def test_a_folder_without_settings_is_told(tmp_path: Path) -> None:
    code, text = _run("check", tmp_path)
    assert code == 1
    assert "There is no plan in this folder" in text
    assert "territory-kit new FOLDER" in text


def test_settings_that_are_a_folder_are_told(plan: Path) -> None:
    (plan / "plan.yaml").unlink()
    (plan / "plan.yaml").mkdir()
    code, text = _run("check", plan)
    assert code == 1
    assert "The settings cannot be read: Is a directory" in text


# ---- inputs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("inputs/none.csv", "No such file or directory"),
        ("inputs", "Is a directory"),
        ("x" * 300 + ".csv", "File name too long"),
    ],
)
def test_an_input_that_cannot_be_read_is_told(plan: Path, file: str, message: str) -> None:
    (plan / "plan.yaml").write_text(f"inputs: {{accounts: {file}}}\n", encoding="utf-8")
    code, text = _run("check", plan)
    assert code == 1
    assert "The file cannot be read" in text
    assert message in text


@pytest.mark.parametrize("is_absolute", [True, False])
def test_inputs_may_stand_outside_the_plan(plan: Path, *, is_absolute: bool) -> None:
    outside = plan.parent / "accounts.csv"
    outside.write_text(GOOD, encoding="utf-8")
    file = str(outside) if is_absolute else "../accounts.csv"
    (plan / "plan.yaml").write_text(f"inputs: {{accounts: '{file}'}}\n", encoding="utf-8")
    assert _run("check", plan)[0] == 0


def test_an_input_that_another_program_holds_is_told(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = Path.open

    def refuse(file: Path, mode: str = "r", **options: object) -> object:
        if file.suffix == ".csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return open_file(file, mode, **options)  # type: ignore[call-overload] # passed on as they are

    monkeypatch.setattr(Path, "open", refuse)
    code, text = _run("check", plan)
    assert code == 1
    assert "not open elsewhere" in text


# ---- results -------------------------------------------------------------------------------------


def test_a_frame_that_was_changed_by_hand_stops_rendering_with_a_way_out(plan: Path) -> None:
    read_company(open_plan(plan))
    next((plan / "results/_company/company").glob("run-*/headcount.parquet")).write_bytes(b"mine")
    code, text = _run("render", plan)
    assert code == 1
    assert "changed by hand: headcount.parquet" in text
    assert "Delete the folder results/_company" in text


# ---- faults of the program -----------------------------------------------------------------------


def _break(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program itself fail, as no input makes it."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("a\x1b[31mcolumn")

    monkeypatch.setattr(create, "create_plan", fail)


def test_a_fault_of_the_program_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break(monkeypatch)
    monkeypatch.delenv("TERRITORY_KIT_DEBUG", raising=False)
    code, text = _run("new", tmp_path / "plan")
    assert code == 1
    assert text.startswith("This is a fault of the program, not of your data: KeyError: ")
    assert text.endswith("Set TERRITORY_KIT_DEBUG=1 to see where it happened, and report it.")
    assert "Traceback" not in text
    assert "\x1b" not in text


def test_who_asks_for_it_gets_the_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break(monkeypatch)
    monkeypatch.setenv("TERRITORY_KIT_DEBUG", "1")
    result = CliRunner().invoke(app, ["new", str(tmp_path / "plan")])
    assert isinstance(result.exception, KeyError)

"""The commands: what they print, and the code they end with."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from territory_kit.cli import app
from territory_kit.errors import TerritoryKitError
from territory_kit.plan import create, notebooks
from territory_kit.render import batch
from territory_kit.render.batch import RenderRequest

GOOD = "account_id,account_name,lat_deg,lon_deg,region\nA1,Bar,48.1,-1.7,Nord\nA2,Pub,43,5,Sud\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Make a plan folder of two accounts."""
    folder = tmp_path / "plan"
    (folder / "inputs").mkdir(parents=True)
    (folder / "plan.yaml").write_text("inputs: {accounts: inputs/accounts.csv}", encoding="utf-8")
    (folder / "inputs" / "accounts.csv").write_text(GOOD, encoding="utf-8")
    return folder


def _run(*words: str | Path) -> tuple[int, str]:
    """Run a command; return its exit code and everything it printed, in one line."""
    result = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.parametrize(
    "command", ["new", "check", "render", "compare", "take-back", "design", "lab"]
)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    code, text = _run(command, "--help")
    assert code == 0
    assert f"Example: territory-kit {command}" in text


ESCAPE = "\x1b[31m"


def test_a_terminal_is_given_no_command_by_names_from_outside(plan: Path) -> None:
    accounts = plan / "inputs" / "accounts.csv"
    accounts.write_text(GOOD.replace("Nord", f"{ESCAPE}Nord"), encoding="utf-8")
    settings = 'name: "\\e[31mRed"\ninputs: {accounts: inputs/accounts.csv}\n'
    (plan / "plan.yaml").write_text(settings, encoding="utf-8")
    code, text = _run("check", plan)
    assert (code, "\x1b" in text) == (0, False)
    assert "[31mRed, regions (2): " in text
    code, text = _run("render", plan, "--region", f"{ESCAPE}Nor")
    assert (code, "\x1b" in text) == (2, False)
    assert "there is no region" in text


def test_help_answers_at_once() -> None:
    """Without importing what only the commands need."""
    script = "import sys, territory_kit.cli; print('pandas' in sys.modules)"
    printed = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert printed.stdout == "False\n"


def test_an_unknown_command_is_wrong_usage() -> None:
    assert _run("rendr")[0] == 2


# ---- new -----------------------------------------------------------------------------------------


def test_new_makes_a_plan_that_says_what_comes_next(tmp_path: Path) -> None:
    code, text = _run("new", tmp_path / "north")
    assert code == 0
    assert "Next: territory-kit check" in text
    assert (tmp_path / "north" / "plan.yaml").is_file()


def test_new_from_an_export_can_be_checked(tmp_path: Path, plan: Path) -> None:
    export = plan / "inputs" / "accounts.csv"
    assert _run("new", tmp_path / "north", "--from", export)[0] == 0
    code, text = _run("check", tmp_path / "north")
    assert code == 0
    assert text.endswith("north, regions (2): Nord, Sud")


def test_new_shows_what_it_took_the_headers_for_and_how_sure_it_is(tmp_path: Path) -> None:
    export = tmp_path / "Kunden.csv"
    heads = "Kundennummer;Firma;Region;Umsatz;[red]Notiz\x1b[2J"
    export.write_text(f"{heads}\n1;Alt GmbH;Nord;5;x\n", encoding="utf-8")
    code, text = _run("new", tmp_path / "north", "--from", export)
    assert code == 0
    assert "Kunden.csv: 1 row, read as accounts" in text
    assert "│ account_id │ Kundennummer │ likely │ everyday word │" in text
    assert "│ region │ Region │ sure │ our own name │" in text
    assert "│ (revenue_amount_per_year) │ Umsatz │ unsure │" in text
    assert "Taken along as they are: [red]Notiz\N{REPLACEMENT CHARACTER}[2J" in text
    assert "Confirm the headers in plan.yaml" in text


def test_new_takes_several_exports_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Firma;Ort\nAlt;Hof\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("rep_id;rep_name\n1;Ute\n", encoding="utf-8")
    exports = ("--from", tmp_path / "a.csv", "--from", tmp_path / "b.csv")
    code, text = _run("new", tmp_path / "north", *exports)
    assert code == 0
    assert "b.csv: 1 row, read as reps" in text
    assert (
        "No header was found for account_id, which accounts require: write it in plan.yaml, under "
        "inputs: accounts: columns." in text
    )


def test_new_from_two_files_for_one_input_is_wrong_usage(tmp_path: Path, plan: Path) -> None:
    export = plan / "inputs" / "accounts.csv"
    code, text = _run("new", tmp_path / "north", "--from", export, "--from", export)
    assert code == 2
    assert "Several exports are accounts" in text
    assert not (tmp_path / "north").exists()


def test_new_from_a_file_that_cannot_be_read_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("", encoding="utf-8")
    code, text = _run("new", tmp_path / "north", "--from", tmp_path / "a.csv")
    assert code == 1
    assert "The file is empty" in text
    assert not (tmp_path / "north").exists()


def test_new_in_a_folder_with_something_in_it_is_wrong_usage(plan: Path) -> None:
    code, text = _run("new", plan)
    assert code == 2
    assert "The folder is not empty" in text


def test_new_from_a_file_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    assert _run("new", tmp_path / "north", "--from", tmp_path / "none.csv")[0] == 2
    assert not (tmp_path / "north").exists()


# ---- check ---------------------------------------------------------------------------------------


def test_check_of_a_plan_without_blocking_faults_ends_with_0(plan: Path) -> None:
    code, text = _run("check", plan)
    assert code == 0
    assert text.endswith("plan, regions (2): Nord, Sud")


def test_check_lists_all_faults_and_ends_with_1_when_one_blocks(plan: Path) -> None:
    rows = "A1,Twin,95,1,Nord\n"
    (plan / "inputs" / "accounts.csv").write_text(GOOD + rows, encoding="utf-8")
    code, text = _run("check", plan)
    assert code == 1
    assert "blocking" in text
    assert "repaired" in text
    assert "lat_deg" in text


def test_check_shows_texts_from_outside_as_they_are(plan: Path) -> None:
    """Square brackets are markup, and escape characters commands, to a terminal."""
    rows = "[red]A1,Bar,95,1,Nord\n\x1b[2JA2,Bar,95,1,Nord\n"
    (plan / "inputs" / "accounts.csv").write_text(GOOD + rows, encoding="utf-8")
    text = _run("check", plan)[1]
    assert "[red]A1" in text
    assert "\x1b[2J" not in text


def test_check_prints_plain_text_for_files_and_other_programs(plan: Path) -> None:
    rows = "A3,Inn,95,1,Nord\n"
    (plan / "inputs" / "accounts.csv").write_text(GOOD + rows, encoding="utf-8")
    text = CliRunner().invoke(app, ["check", str(plan)]).output
    first, _, heading, fault, *_ = text.splitlines()
    assert (
        first
        == "0 blocking, 1 repaired, 0 notices; blocked or repaired rows hold 33.3 % of accounts."
    )
    assert heading == "Repaired: a value was set missing or replaced, or a row left out — accounts"
    assert fault.startswith('- Latitude and longitude are swapped: "95.0 / 1.0" (accounts.csv, ')
    assert fault.endswith("[swapped_coordinates]")


def test_check_prints_tables_on_a_terminal_of_80_characters(plan: Path) -> None:
    rows = f"[red]{'x' * 300},Inn,95,1,Nord\n"
    (plan / "inputs" / "accounts.csv").write_text(GOOD + rows, encoding="utf-8")
    terminal = {"FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "dumb"}
    text = CliRunner().invoke(app, ["check", str(plan)], env=terminal).output
    assert "what is wrong" in text
    assert "[red]" in text
    assert max(map(len, text.splitlines())) <= 80


def test_check_shows_no_empty_table_when_there_are_no_faults(plan: Path) -> None:
    text = CliRunner().invoke(app, ["check", str(plan)], env={"FORCE_COLOR": "1"}).output
    assert "No faults found." in text.splitlines()[0]
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize("ending", [".xlsx", ".html", ".txt", ".csv"])
def test_check_writes_the_faults_to_a_file(plan: Path, ending: str) -> None:
    (plan / "inputs" / "accounts.csv").write_text(f"{GOOD}A1,Twin,,,Nord\n", encoding="utf-8")
    out = plan.parent / f"faults{ending}"
    code, text = _run("check", plan, "--out", out)
    assert code == 1
    assert out.stat().st_size > 100
    assert text.startswith("1 blocking, 0 repaired, ")
    assert text.endswith(f"Written to {out}")


def test_check_refuses_a_file_of_another_kind(plan: Path) -> None:
    code, text = _run("check", plan, "--out", plan / "faults.pdf")
    assert code == 2
    assert "must end in .csv, .html, .txt, .xlsx" in text


def test_check_says_when_the_faults_cannot_be_written(plan: Path) -> None:
    code, text = _run("check", plan, "--out", plan / "none" / "faults.xlsx")
    assert code == 1
    assert "The file cannot be written" in text
    assert "Close it where it is open" in text
    assert not (plan / "none").exists()


def test_check_names_faults_of_the_settings_without_a_traceback(plan: Path) -> None:
    (plan / "plan.yaml").write_text("sead: 1", encoding="utf-8")
    code, text = _run("check", plan)
    assert code == 1
    assert 'sead: there is no such setting. Did you mean "seed"?' in text
    assert "Traceback" not in text


def test_check_of_a_folder_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    assert _run("check", tmp_path / "none")[0] == 2


# ---- render --------------------------------------------------------------------------------------


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Note what is rendered instead of rendering; region Sud fails."""
    calls: list[dict[str, object]] = []

    def render_plan(plan_dir: Path, **options: object) -> SimpleNamespace:
        calls.append({"plan": plan_dir.name, **options})
        return SimpleNamespace(failed=("Sud",) if options["regions"] == ["Sud"] else ())

    monkeypatch.setattr(batch, "render_plan", render_plan)
    return calls


def test_render_is_given_plan_regions_and_workers(
    plan: Path, rendered: list[dict[str, object]]
) -> None:
    assert _run("render", plan, "--region", "Nord", "--region", "Sud", "--workers", "2")[0] == 0
    assert _run("render", plan)[0] == 0
    assert rendered == [
        {"plan": "plan", "regions": ["Nord", "Sud"], "request": RenderRequest(2)},
        {"plan": "plan", "regions": None, "request": RenderRequest()},
    ]


def test_render_is_told_how(plan: Path, rendered: list[dict[str, object]]) -> None:
    options = ("--force", "--cold", "--region-timeout", "60", "--xlsx", "--pdf")
    assert _run("render", plan, *options, "--notebooks", plan)[0] == 0
    (call,) = rendered
    assert call["request"] == RenderRequest(
        is_forced=True,
        is_cold=True,
        timeout_seconds=60.0,
        notebooks=plan,
        outputs=("pdf", "xlsx"),
    )


def test_render_ends_with_1_when_a_region_failed(
    plan: Path, rendered: list[dict[str, object]]
) -> None:
    assert _run("render", plan, "--region", "Sud")[0] == 1
    assert len(rendered) == 1


def test_render_of_an_unknown_region_is_wrong_usage(
    plan: Path, rendered: list[dict[str, object]]
) -> None:
    code, text = _run("render", plan, "--region", "Nrod")
    assert code == 2
    assert 'Did you mean "Nord"? Known names: Nord, Sud.' in text
    assert rendered == []


def test_render_of_a_plan_with_blocking_faults_ends_with_1(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch itself reads the inputs, while its workers import."""
    rendered: list[object] = []
    monkeypatch.setattr(batch, "render_changed", lambda *given: rendered.append(given))
    (plan / "inputs" / "accounts.csv").unlink()
    code, text = _run("render", plan)
    assert code == 1
    assert "accounts.csv" in text
    assert rendered == []


def test_an_error_while_rendering_is_told_in_plain_words(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TerritoryKitError("Somebody else is writing to this plan", value="process 7")

    monkeypatch.setattr(batch, "render_plan", fail)
    assert _run("render", plan) == (1, "Somebody else is writing to this plan: process 7.")


# ---- lab -----------------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Note the command instead of starting JupyterLab; ship one notebook and this sample."""
    commands: list[list[str]] = []

    def run(command: list[str], *, check: bool, env: Mapping[str, str]) -> SimpleNamespace:
        assert not check
        assert env
        commands.append(command)
        return SimpleNamespace(returncode=0)

    shipped = tmp_path / "shipped"
    (shipped / "inputs").mkdir(parents=True)
    (shipped / "00-start-here.ipynb").write_text('{"cells": []}', encoding="utf-8")
    (shipped / "plan.yaml").write_text("inputs: {accounts: inputs/accounts.csv}", encoding="utf-8")
    (shipped / "inputs" / "accounts.csv").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(notebooks, "shipped_folder", lambda _: shipped)
    monkeypatch.setattr(create, "shipped_folder", lambda _: shipped)
    monkeypatch.chdir(tmp_path)
    return commands


def test_lab_starts_on_this_computer_only_with_the_notebooks_of_the_plan(
    plan: Path, started: list[list[str]]
) -> None:
    code, text = _run("lab", plan)
    assert code == 0
    assert "127.0.0.1" in text
    (command,) = started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert {
        f"--ServerApp.root_dir={plan.resolve()}",
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb",
    } <= set(command)
    assert "--no-browser" not in command
    assert (plan / "notebooks" / "00-start-here.ipynb").is_file()


def test_lab_without_a_plan_works_on_a_copy_of_the_sample(
    tmp_path: Path, started: list[list[str]]
) -> None:
    assert _run("lab", "--no-browser")[0] == 0
    assert (tmp_path / "sample-plan" / "inputs" / "accounts.csv").is_file()
    assert started[0][-1] == "--no-browser"
    assert not (tmp_path / "shipped" / "notebooks").exists()


def test_lab_opens_a_plan_with_blocking_faults_to_show_them(
    plan: Path, started: list[list[str]]
) -> None:
    """The first notebook is where they are listed."""
    (plan / "inputs" / "accounts.csv").write_text(GOOD + "A1,Twin,48,1,Nord\n", encoding="utf-8")
    code, text = _run("lab", plan)
    assert code == 0
    assert "The inputs have faults that block the plan: the first notebook lists them." in text
    assert len(started) == 1


@pytest.mark.parametrize("command", ["check", "lab"])
def test_notebooks_that_have_been_overtaken_are_told_in_one_line(
    plan: Path, tmp_path: Path, started: list[list[str]], command: str
) -> None:
    assert _run("lab", plan)[0] == 0
    mine = (plan / "notebooks" / "00-start-here.ipynb").read_bytes()
    newer = tmp_path / "shipped" / "00-start-here.ipynb"
    newer.write_text('{"cells": [], "metadata": {"title": "newer"}}', encoding="utf-8")
    code, text = _run(command, plan)
    assert code == 0
    assert "whose originals have changed" in text
    assert ": 00-start-here.ipynb." in text
    assert (plan / "notebooks" / "00-start-here.ipynb").read_bytes() == mine
    assert len(started) == (2 if command == "lab" else 1)

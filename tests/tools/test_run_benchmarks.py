"""Benchmarks are run one after the other, and what they print is kept."""

from pathlib import Path

import pytest

from tools.run_benchmarks import Run, describe_machine, list_scripts, results_markdown, run_script


def test_shared_modules_are_no_benchmarks(tmp_path: Path) -> None:
    for name in ("_shared.py", "two.py", "one.py", "RESULTS.md"):
        (tmp_path / name).touch()
    assert [script.name for script in list_scripts(tmp_path)] == ["one.py", "two.py"]


def test_the_last_line_is_the_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "speed.py"
    script.write_text("print('a │ table')\nprint('ratio: 12.3 x')\n", encoding="utf-8")
    run = run_script(script)
    assert run.figure == "ratio: 12.3 x"
    assert (run.name, run.exit_code) == ("speed", 0)
    assert "a │ table" in capsys.readouterr().out


def test_a_benchmark_that_fails_is_no_figure(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text("print('ratio: 1 x')\nraise SystemExit(3)\n", encoding="utf-8")
    assert run_script(script).figure == "failed, exit 3"


def test_the_page_begins_with_machine_and_figures() -> None:
    page = results_markdown([Run("one", "table \nratio: 2 x\n", 61.4, 0)], ["a machine"])
    assert page.splitlines()[4:12] == [
        "- a machine",
        "",
        "- **one** (61 s): ratio: 2 x",
        "",
        "## one",
        "",
        "```text",
        "table",
    ]


def test_date_cores_versions_and_a_quick_run_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUICK", raising=False)
    day, machine, versions = describe_machine()
    assert day.endswith("UTC")
    assert "cores" in machine
    assert "numpy" in versions
    monkeypatch.setenv("QUICK", "1")
    assert describe_machine()[0].startswith("Quick run")

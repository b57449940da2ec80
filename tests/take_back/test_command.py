"""The command: it lists, it adds when it may, and after another walk the accounts are back."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from territory_kit import cli
from tests.take_back.plans import assigned, walk

MOVED = ["A06", "A07"]


def run(plan: Path, *words: str) -> tuple[int, str]:
    """Run the command without a terminal; return its exit code and all it printed, in one line."""
    found = CliRunner().invoke(cli.app, ["take-back", str(plan), *words], env={"COLUMNS": "200"})
    return found.exit_code, " ".join(found.output.split())


def overrides(plan: Path) -> list[str]:
    file = plan / "inputs" / "overrides.csv"
    return file.read_text(encoding="utf-8-sig").splitlines() if file.exists() else []


def test_without_a_terminal_the_moves_are_only_listed(plan: Path) -> None:
    code, text = run(plan)
    assert code == 0
    assert "Nord │ Bar 6 (A06) │ Brest (T1) │ Vannes (T2) │ 73 │" in text
    assert "2 chosen moves save less driving than the price, EUR 123 less in all." in text
    assert text.endswith("Nothing was changed. With --yes these moves are taken back.")
    assert overrides(plan) == []


@pytest.mark.parametrize("answer", [True, False])
def test_on_a_terminal_the_analyst_is_asked(
    plan: Path, monkeypatch: pytest.MonkeyPatch, *, answer: bool
) -> None:
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(typer, "confirm", confirm)
    monkeypatch.setattr(cli, "_is_terminal", lambda: True)
    assert run(plan)[0] == 0
    assert asked == ["Take them back?"]
    assert len(overrides(plan)) == (3 if answer else 0)


def test_after_another_walk_the_accounts_are_back_and_nothing_is_added_twice(plan: Path) -> None:
    assert assigned(plan)[MOVED].tolist() == ["T2", "T2"]
    code, text = run(plan, "--region", "Nord", "--yes")
    assert code == 0
    assert f"Added 2 overrides to {plan / 'inputs' / 'overrides.csv'}." in text
    assert f"Now run territory-kit render {plan}, or the notebooks 03 to 05, again." in text
    written = overrides(plan)
    assert len(written) == 3
    code, text = run(plan, "--yes")
    assert code == 1
    assert "The result of step 3 territories is older than what it was made from" in text
    walk(plan)
    assert assigned(plan)[MOVED].tolist() == ["T1", "T1"]
    assert run(plan, "--yes")[0] == 0
    assert overrides(plan)[:3] == written
    assert sum("A06" in line for line in overrides(plan)) == 1


def test_an_unknown_region_is_wrong_usage(plan: Path) -> None:
    code, text = run(plan, "--region", "Nrod")
    assert code == 2
    assert 'there is no region Nrod. Did you mean "Nord"?' in text

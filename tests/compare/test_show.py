"""The comparison as a table, as files, and as a command."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from territory_kit.cli import app
from territory_kit.compare.words import table_lines


def run(*words: str | Path) -> tuple[int, str]:
    """Run the command; return its exit code and everything it printed, in one line."""
    result = CliRunner().invoke(app, ["compare", *map(str, words)], env={"COLUMNS": "250"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, " ".join(result.output.split())


def test_lines_have_units_and_a_dash_where_nothing_is_known() -> None:
    table = pd.DataFrame(
        {
            "plan": ["A", "B"],
            "territories_count": [3, 2],
            "reps_count": [3, 2],
            "workload_deviation_share": [0.123, 0.05],
            "potential_deviation_share": [float("nan"), 0.2],
            "travel_km_per_year": [40_000.4, 41_000.0],
            "coverage_share": [1.0, 0.95],
            "cost_amount_per_year": [250_000.0, 175_000.0],
            "changed_count": [0, 12],
            "changed_revenue_amount_per_year": [0.0, 50_000.0],
            "move_price_amount": [0.0, 2_250.0],
            "gain_amount_per_year": [float("nan"), 72_750.0],
            "gain_low_amount_per_year": [float("nan"), -500.0],
            "gain_high_amount_per_year": [float("nan"), 73_000.0],
            "gain_chance_share": [float("nan"), 0.9999],
            "beaten_by": ["B", ""],
        }
    )
    lines = dict(table_lines(table, currency="EUR", has_money=False))
    assert lines["Largest deviation of workload"] == ("12.3 %", "5.0 %")
    assert lines["Largest deviation of number of accounts"] == ("–", "20.0 %")
    assert lines["Distance, km per year"] == ("40,000", "41,000")
    assert lines["Gain per year against A"] == ("–", "EUR 72.8 k")
    assert lines["90 % of the draws"] == ("–", "EUR -500 to EUR 73.0 k")
    # a chance is never rounded to certainty
    assert lines["Chance of a gain, P(gain > 0)"] == ("–", "99 %")
    assert lines["Beaten by"] == ("B", "–")


def test_the_command_prints_a_table_and_writes_two_files(walked: Path) -> None:
    code, text = run(walked / "base", walked / "wide")
    assert code == 0
    assert "Wanted visits that hours allow" in text
    assert "All plans rest on the same inputs" in text
    folder = walked / "base" / "reports" / "_compare"
    assert sorted(file.name for file in folder.iterdir()) == ["compare.csv", "compare.html"]
    assert "Written to" in text


def test_names_from_outside_are_neither_formulas_nor_html(walked: Path, tmp_path: Path) -> None:
    code, _ = run(walked / "base", walked / "wide", "--output", tmp_path / "out" / "here")
    assert code == 0
    table = (tmp_path / "out" / "here" / "compare.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[0] for line in table.splitlines()] == ["plan", "Base", "'=Wide <b>"]
    page = (tmp_path / "out" / "here" / "compare.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    assert "=Wide &lt;b&gt;" in page
    assert not (walked / "base" / "reports").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["base"], "One plan has nothing to be compared with"),
        (["base", "base"], "A plan is given twice"),
        (["base", "wide", "--circuity", "0.5:2"], "This is no range of circuity: 0.5:2"),
        (["base", "wide", "--region", "Nrod"], 'Did you mean "Nord"?'),
        (["base", "none"], "does not exist"),
    ],
)
def test_wrong_usage_ends_with_two(walked: Path, words: list[str], message: str) -> None:
    named = [str(walked / word) if word in ("base", "wide", "none") else word for word in words]
    code, text = run(*named)
    assert code == 2
    assert message in text


def test_other_inputs_end_with_one(walked: Path, other_visits: Path) -> None:
    code, text = run(walked / "base", other_visits)
    assert code == 1
    assert "do not rest on the same inputs: visits" in text
    code, text = run(walked / "base", other_visits, "--different-inputs")
    assert code == 0
    assert "The plans rest on different inputs: visits" in text


def test_a_plan_that_was_never_rendered_is_told_with_the_command(walked: Path) -> None:
    for file in (walked / "wide" / "results").rglob("record.json"):
        file.unlink()
    code, text = run(walked / "base", walked / "wide")
    assert code == 1
    assert "plan =Wide <b>, region Nord: There is no result of" in text
    assert "territory-kit render" in text


def test_a_result_that_was_changed_by_hand_is_told_with_its_plan(walked: Path) -> None:
    step = walked / "wide" / "results" / "Nord" / "territories"
    next(step.glob("run-*/balance.parquet")).write_bytes(b"mine")
    code, text = run(walked / "base", walked / "wide")
    assert code == 1
    assert "plan =Wide <b>, region Nord: A saved result is damaged" in text
    assert "changed by hand: balance.parquet" in text


def test_settings_that_are_not_right_are_told(walked: Path) -> None:
    (walked / "wide" / "plan.yaml").write_text("base: ../base\nsead: 1\n", encoding="utf-8")
    code, text = run(walked / "base", walked / "wide")
    assert code == 1
    assert 'Did you mean "seed"?' in text


def test_a_folder_that_cannot_be_made_is_told(walked: Path) -> None:
    (walked / "file").write_text("a file", encoding="utf-8")
    code, text = run(walked / "base", walked / "wide", "--output", walked / "file" / "here")
    assert code == 1
    assert "no file stands in its place" in text

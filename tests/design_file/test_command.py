"""The command: its options, what it prints, and the code it ends with."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from territory_kit.cli import app

UNITS = "id,x,y,pop,jobs\n001,0,0,5,1\n002,1,0,5,1\n003,10,0,5,1\n004,11,0,5,1\n"
PLACES = ("--id", "id", "--x", "x", "--y", "y", "--territories", "2")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with four units, and work in it."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """Run the command on the units; a fault of the program fails the test."""
    command = ["design", "units.csv", *PLACES, "--out", "out.csv", *words]
    result = CliRunner().invoke(app, command, env={"COLUMNS": "80"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def figures(*words: str) -> dict[str, object]:
    """Run the command with --json and read all that it prints."""
    result = run(*words, "--json")
    assert len(result.stdout.splitlines()) == 1
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("folder")
def test_the_shortest_command_works() -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "4 units, 2 territories, all limits are kept."
    assert result.stderr == "Read 4 units from units.csv.\nSearching ...\n"
    assert max(map(len, result.output.splitlines())) <= 80
    assert pd.read_csv("out.csv")["territory_id"].nunique() == 2


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words",
    [
        ("--balance", "pop", "--tolerance", "0.6", "--balance", "jobs", "--bounds", "3:4"),
        ("--balance", "pop", "--balance=jobs", "--tolerance=0.6", "--bounds=3:4"),
        ("--tolerance", "0.6", "--balance", "pop", "--bounds", "3:4", "--balance", "jobs"),
    ],
)
def test_each_measure_has_the_limit_of_its_turn(words: tuple[str, ...]) -> None:
    """3 and more jobs in each of two territories cannot be, between 4 and 16 of pop can."""
    broken = figures(*words)["violations"]
    assert isinstance(broken, list)
    assert {(one["measure"], one["limit"]) for one in broken} <= {("jobs", 3.0)} != set()
    assert {one["measure"] for one in broken} == {"jobs"}


@pytest.mark.usefixtures("folder")
def test_limits_given_the_other_way_round_are_other_limits() -> None:
    words = ("--balance", "jobs", "--tolerance", "0.6", "--balance", "pop", "--bounds", "11:")
    broken = figures(*words)["violations"]
    assert isinstance(broken, list)
    assert {one["measure"] for one in broken} == {"pop"}


@pytest.mark.usefixtures("folder")
def test_the_same_seed_gives_the_same_file() -> None:
    run("--seed", "7")
    first = Path("out.csv").read_bytes()
    assert figures("--seed", "7")["seed"] == 7
    assert Path("out.csv").read_bytes() == first


@pytest.mark.usefixtures("folder")
def test_all_options_are_taken() -> None:
    Path("edges.csv").write_text("a,b\n001,002\n002,003\n003,004\n", encoding="utf-8")
    extra = UNITS.replace("jobs", "jobs,now,fix,grp,isle,room").replace(",1\n", ",1,N,,,no,99\n")
    Path("units.csv").write_text(extra, encoding="utf-8")
    words = (
        "--weight pop --balance jobs --tolerance 1 --centre medoid --distance euclidean --seed 2"
    )
    words += " --capacity room --load jobs --edges edges.csv --islands isle --current now"
    words += " --move-price 0.5 --locked fix --together grp --time-limit 30"
    found = figures(*words.split())
    assert found["feasible"] is True
    # both units of the new territory move for 0.5 each, and 5 · 1 is driven in each
    assert found["objective"] == {"distance": 10.0, "moves": 1.0, "total": 11.0}


@pytest.mark.usefixtures("folder")
def test_degrees_are_taken_instead_of_a_plane() -> None:
    words = ("--lat", "y", "--lon", "x", "--territories", "2", "--out", "out.csv")
    result = CliRunner().invoke(app, ["design", "units.csv", *words])
    assert result.exit_code == 0


@pytest.mark.usefixtures("folder")
def test_limits_that_cannot_be_kept_end_with_1_and_the_file_is_written() -> None:
    result = run("--balance", "pop", "--bounds", "11:12", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["feasible"] is False
    assert "No division was found that keeps all limits" in result.stderr
    assert "- Measure pop: the lower limits ask for 22, all units hold 20" in result.stderr
    assert len(pd.read_csv("out.csv")) == 4


@pytest.mark.usefixtures("folder")
def test_faults_of_the_data_end_with_1_and_print_nothing_on_stdout() -> None:
    result = run("--weight", "popu", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'Did you mean "pop"?' in result.stderr
    assert not Path("out.csv").exists()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words",
    [
        ("--frobnicate",),
        ("--centre", "middle"),
        ("--distance", "road"),
        ("--territories", "0"),
        ("--move-price", "-1", "--current", "pop"),
        ("--time-limit", "0"),
        ("--seed", "-1"),
        ("--edges", "none.csv"),
        ("--balance", "pop", "--bounds", "5:1"),
        ("--balance", "pop", "--tolerance", "0.1", "--tolerance", "0.2"),
        ("--tolerance", "0.1"),
        ("--lat", "x", "--lon", "y"),
        ("--move-price", "3"),
        ("--capacity", "pop"),
        ("--out", "units.csv"),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert Path("units.csv").read_text(encoding="utf-8") == UNITS


@pytest.mark.usefixtures("folder")
def test_texts_from_outside_are_no_commands_to_a_terminal() -> None:
    Path("units.csv").write_text(f"{UNITS}\x1b[31m5,x,0,1,1\n", encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "\x1b" not in result.output


def test_a_process_of_its_own_keeps_its_time_and_prints_one_object(folder: Path) -> None:
    """With the start of Python, which no test inside the process sees."""
    script = "from territory_kit.cli import app; app()"
    command = [sys.executable, "-c", script, "design", "units.csv", *PLACES, "--out", "out.csv"]
    done = subprocess.run(
        [*command, "--time-limit", "60", "--json"],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    assert json.loads(done.stdout)["seconds"] > 0
    assert "Searching for at most" in done.stderr

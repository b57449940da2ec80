"""The first hour of somebody who has only the wheel: an export becomes a report, unedited."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if sys.platform == "win32" else "bin"
# What uv says when it cannot reach the packages, whatever they are.
UNREACHABLE = re.compile(r"failed to (fetch|download)|sending request|network|dns", re.IGNORECASE)
EXPORTS: Mapping[str, Sequence[str]] = {
    "salesforce_report": ("accounts.csv", "opportunities.csv", "events.csv", "users.csv"),
    "hubspot": ("companies.csv", "deals.csv", "reps.csv"),
    "dynamics": ("reps.csv",),
}
REGIONS = {"salesforce_report": "Bretagne", "hubspot": "Ohio", "dynamics": "Bayern"}
# Of each of the five steps, a chapter of the report.
CHAPTERS = ("market", "accounts", "territories", "reps", "cost")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Machine:
    """A machine with a fresh Python, the wheel, and nothing else of this project."""

    venv: Path
    home: Path
    desk: Path

    def run(self, *words: str | Path, cwd: Path | None = None) -> tuple[int, str]:
        """Run a command of the environment as its user would; return exit code and output."""
        variables = {"PATH": f"{self.venv / BIN}{os.pathsep}{os.defpath}", "HOME": str(self.home)}
        # Windows starts no program without these
        variables |= {n: os.environ[n] for n in ("SYSTEMROOT", "TEMP") if n in os.environ}
        program = shutil.which(str(words[0]), path=variables["PATH"])
        assert program is not None, f"{words[0]} is not installed"
        done = subprocess.run(
            [program, *map(str, words[1:])],
            cwd=cwd or self.desk,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout


def _uv(*words: str | Path) -> None:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed")
    done = subprocess.run(
        [uv, *map(str, words)], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode and UNREACHABLE.search(done.stderr):
        pytest.skip(f"packages cannot be had: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def machine(
    project: Path,
    build_wheel: Callable[[Path, Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Machine:
    """Install the wheel with the locked versions of what it needs, and nothing for developers."""
    folder = tmp_path_factory.mktemp("machine")
    wheel = build_wheel(project, folder / "dist")
    venv = folder / "venv"
    _uv("venv", "--quiet", "--python", sys.executable, venv)
    target = ("--python", venv / BIN / "python")
    _uv("pip", "install", "--quiet", *target, "--constraint", ROOT / "requirements.lock", wheel)
    made = Machine(venv, folder / "home", folder / "desk")
    made.home.mkdir()
    made.desk.mkdir()
    return made


@pytest.fixture(scope="session")
def files(crm_exports: Path, dynamics_workbook: Path) -> dict[str, list[Path]]:
    """List the files that each CRM gives."""
    listed = {crm: [crm_exports / crm / name for name in names] for crm, names in EXPORTS.items()}
    listed["dynamics"].insert(0, dynamics_workbook)
    return listed


@pytest.fixture(scope="session")
def made(machine: Machine, files: dict[str, list[Path]]) -> dict[str, str]:
    """Make a plan from each CRM's files; return what the command said."""
    said = {}
    for crm, exports in files.items():
        sources = [word for export in exports for word in ("--from", str(export))]
        code, text = machine.run("territory-kit", "new", f"plan-{crm}", *sources)
        assert code == 0, text
        said[crm] = text
    return said


def test_nothing_of_the_checkout_is_in_the_environment(machine: Machine) -> None:
    """Else the test would show nothing; and developers' packages must not be needed."""
    script = "import territory_kit, importlib.util as u; print(territory_kit.__file__); "
    script += "print([n for n in ('openpyxl', 'pytest', 'hypothesis') if u.find_spec(n)])"
    code, text = machine.run("python", "-c", script)
    assert code == 0, text
    package, developers = text.splitlines()
    assert Path(package).is_relative_to(machine.venv)
    assert developers == "[]"


@pytest.mark.parametrize("words", [(), ("new",), ("check",), ("render",), ("lab",)])
def test_help_works(machine: Machine, words: tuple[str, ...]) -> None:
    code, text = machine.run("territory-kit", *words, "--help")
    assert code == 0, text
    assert "territory-kit" in text


@pytest.mark.parametrize("crm", EXPORTS)
def test_a_new_plan_has_all_that_it_needs(machine: Machine, made: dict[str, str], crm: str) -> None:
    plan = machine.desk / f"plan-{crm}"
    assert "check" in made[crm], "it says what comes next"
    assert (plan / "plan.yaml").is_file()
    assert (plan / "inputs" / "inputs.xlsx").is_file()
    shipped = {file.name for file in (ROOT / "notebooks").glob("*.ipynb")}
    assert {file.name for file in (plan / "notebooks").glob("*.ipynb")} == shipped


@pytest.mark.parametrize("crm", EXPORTS)
@pytest.mark.usefixtures("made")
def test_no_fault_blocks_the_plan(machine: Machine, crm: str) -> None:
    code, text = machine.run("territory-kit", "check", f"plan-{crm}")
    assert code == 0, text
    assert REGIONS[crm] in text


@pytest.mark.parametrize("crm", EXPORTS)
@pytest.mark.usefixtures("made")
def test_a_region_is_rendered_with_five_chapters(machine: Machine, crm: str) -> None:
    region = REGIONS[crm]
    code, text = machine.run("territory-kit", "render", f"plan-{crm}", "--region", region)
    assert code == 0, text
    reports = machine.desk / f"plan-{crm}" / "reports"
    page = (reports / region / "report.html").read_text(encoding="utf-8")
    assert [name for name in CHAPTERS if f'<section id="{name}"' not in page] == []
    assert len(list((reports / region).glob("0[1-5]-*.ipynb"))) == len(CHAPTERS)
    assert (reports / "index.html").is_file()


@pytest.mark.usefixtures("made")
def test_the_first_copied_notebook_runs(machine: Machine) -> None:
    """As an analyst would run it in JupyterLab: from its folder, with its own parameters."""
    notebooks = machine.desk / "plan-hubspot" / "notebooks"
    words = ("python", "-m", "papermill", "01-market.ipynb", str(machine.desk / "run.ipynb"))
    code, text = machine.run(*words, "--no-progress-bar", cwd=notebooks)
    assert code == 0, text
    cells = json.loads((machine.desk / "run.ipynb").read_text(encoding="utf-8"))["cells"]
    assert any(cell.get("outputs") for cell in cells)

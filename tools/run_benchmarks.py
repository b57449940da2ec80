"""Run all benchmarks and keep what they print: python -m tools.run_benchmarks.

Each script in benchmarks/ prints a table and, as its last line, its figure. All of it goes to
benchmarks/RESULTS.md, with the date, the machine and the versions it was measured with, and whether
it was a quick run (QUICK=1).
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"
RESULTS = FOLDER / "RESULTS.md"
MEASURED_PACKAGES = ("numpy", "scipy", "scikit-learn", "numba", "pandas", "k-means-constrained")
# Rich draws tables as wide as the terminal; a file has none.
TABLE_WIDTH = "100"


@dataclass(frozen=True)
class Run:
    """One benchmark as it ran.

    Parameters
    ----------
    name
        Name of the script, without its ending.
    text
        All it printed.
    seconds
        Wall time.
    exit_code
        0 where it ended well.
    """

    name: str
    text: str
    seconds: float
    exit_code: int

    @property
    def figure(self) -> str:
        """Its last line, or that it failed."""
        lines = self.text.strip().splitlines()
        return lines[-1] if lines and not self.exit_code else f"failed, exit {self.exit_code}"


def main() -> None:
    """Run all scripts, write the results, and exit 1 if one failed."""
    runs = [run_script(script) for script in list_scripts(FOLDER)]
    for run in runs:
        print(f"{run.name}: {run.figure}")
    RESULTS.write_text(results_markdown(runs, describe_machine()), encoding="utf-8")
    print(f"Written to {RESULTS}")
    sys.exit(any(run.exit_code for run in runs))


def list_scripts(folder: Path) -> list[Path]:
    """List the benchmarks of a folder; modules that they share begin with an underscore."""
    return sorted(file for file in folder.glob("*.py") if not file.name.startswith("_"))


def run_script(script: Path) -> Run:
    """Run one script, passing on what it prints while it runs."""
    print(f"== {script.stem}", flush=True)
    started = time.perf_counter()
    lines = []
    environment = os.environ | {"COLUMNS": TABLE_WIDTH, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(script)]
    with subprocess.Popen(  # noqa: S603  # reason: a script of this folder
        command, stdout=subprocess.PIPE, encoding="utf-8", env=environment
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    seconds = time.perf_counter() - started
    return Run(script.stem, "".join(lines), seconds, process.returncode)


def describe_machine() -> list[str]:
    """Say when, on what and with which versions it was measured."""
    packages = ", ".join(_packages())
    is_quick = os.environ.get("QUICK", "") not in {"", "0"}
    return [
        *(["Quick run: shorter searches, fewer points and peers than a full one"] * is_quick),
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()}, {packages}",
    ]


def _packages() -> Iterable[str]:
    for name in MEASURED_PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"no {name}"


def results_markdown(runs: list[Run], machine: list[str]) -> str:
    """Write the page of results.

    Parameters
    ----------
    runs
        The benchmarks as they ran.
    machine
        Lines on date, machine and versions.

    Returns
    -------
    str
        The page, in Markdown.
    """
    head = ["# Results of the benchmarks", "", "Made by `make bench`.", ""]
    head += [*(f"- {line}" for line in machine), ""]
    figures = [f"- **{run.name}** ({run.seconds:.0f} s): {run.figure}" for run in runs]
    tables = [part for run in runs for part in ("", f"## {run.name}", "", "```text", _shown(run))]
    return "\n".join([*head, *figures, *tables]) + "\n"


def _shown(run: Run) -> str:
    lines = "\n".join(line.rstrip() for line in run.text.strip().splitlines())
    return f"{lines}\n```"


if __name__ == "__main__":
    main()

"""Plans made of a few rows, walked through all five steps, and every word of their results."""

import ast
import csv
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from territory_kit import report
from territory_kit.plan import STEPS, open_plan
from territory_kit.walk import open_task

Row = Mapping[str, object]
Tables = Mapping[str, Sequence[Row]]
MakePlan = Callable[..., Path]

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
_THINGS = "accounts|territories|reps|rows|customers|visits|regions|swaps|groups|cities|calls|deals"
# What a reader must never meet: words of a computer, a signed zero, and a plural of one.
NONSENSE = re.compile(
    r"\bnan\b|\bNaN\b|\bNone\b(?!\.| of)|\bNaT\b|<NA>|\binf\b|(?<![\w.,-])-0(?:\.0+)?(?![\w.,])"
    rf"|(?<![\d.,±-])1 (?:{_THINGS})\b|\b1 account (?:are|have)\b|\ba account\b|\s,|\s{{3,}}\S\.\."
    r"|(?<![\d.,])1 account change\b|\bNo account change\b|dtype|\bTrue\b|\bFalse\b"
)


@dataclass(frozen=True)
class Words:
    """Every sentence of one region: answers, findings, assumptions and texts of tables.

    Parameters
    ----------
    by_step
        Sentences by name of the step.
    """

    by_step: Mapping[str, tuple[str, ...]]

    @property
    def text(self) -> str:
        """All sentences, one a line."""
        return "\n".join(sentence for said in self.by_step.values() for sentence in said)

    def nonsense(self) -> list[str]:
        """Return the sentences that no analyst would write."""
        return [line for line in self.text.splitlines() if NONSENSE.search(line)]


@pytest.fixture
def make_plan(tmp_path: Path) -> MakePlan:
    """Return a function that writes a plan folder."""

    def make(tables: Tables, settings: str = "") -> Path:
        plan = tmp_path / "plan"
        (plan / "inputs").mkdir(parents=True)
        files = "".join(f"  {name}: inputs/{name}.csv\n" for name in tables)
        (plan / "plan.yaml").write_text(f"inputs:\n{files}{settings}", encoding="utf-8")
        for name, rows in tables.items():
            _write(plan / "inputs" / f"{name}.csv", rows)
        return plan

    return make


@pytest.fixture
def walk_steps() -> Callable[[Path, str], Words]:
    """Return a function that runs and saves the five steps of a region."""
    return _walk_steps


@pytest.fixture
def read_notebooks() -> Callable[[Path, str], Words]:
    """Return a function that runs the cells of the five notebooks without a kernel."""
    return _read_notebooks


def _write(file: Path, rows: Sequence[Row]) -> None:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, headers)
        writer.writeheader()
        writer.writerows(rows)


def _walk_steps(plan: Path, region: str) -> Words:
    said: dict[str, tuple[str, ...]] = {}
    for step in STEPS:
        task = open_task(step, plan_dir=plan, region=region)
        result = task.run()
        task.save(result)
        shown = report.answer(result, task)
        texts = [
            str(cell)
            for table in result.tables.values()
            for name in ("left_out_reason", "reason", "question", "finding")
            if name in table
            for cell in table[name].dropna()
        ]
        said[step] = (*shown.sentences, *shown.findings, *result.assumptions, *texts)
    return Words(said)


def _read_notebooks(plan: Path, region: str) -> Words:
    named = open_plan(plan).regions()
    assert region in named
    said = {}
    for file in sorted(NOTEBOOKS.glob("0[1-5]-*.ipynb")):
        names: dict[str, Any] = {}
        shown = [_run_cell(cell, names, plan, region) for cell in _code_cells(file)]
        said[file.stem] = tuple(text for text in shown if text)
    return Words(said)


def _code_cells(file: Path) -> list[Any]:
    cells = nbformat.read(file, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def _run_cell(cell: Any, names: dict[str, Any], plan: Path, region: str) -> str:  # noqa: ANN401 - nbformat's own kind
    body = ast.parse(cell.source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102 - our own notebooks
    if "parameters" in cell.metadata.get("tags", []):
        names |= {"plan_dir": plan, "region": region}
    if last is None:
        return ""
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307 - as above
    return _plain(shown._repr_html_()) if hasattr(shown, "_repr_html_") else str(shown)


def _plain(page: str) -> str:
    alternatives = " ".join(re.findall(r'alt="([^"]*)"', page))
    cells = re.sub(r"</(td|th|p|li|caption|tr)>", "\n", page)
    return html.unescape(f"{re.sub(r'<[^>]*>', '', cells)}\n{alternatives}")

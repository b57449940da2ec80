"""Write the page of methods from their docstrings: `python -m tools.make_methods_page`."""

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "methods.md"
METHODS = ROOT / "territory_kit" / "methods"
STEPS = ROOT / "territory_kit" / "steps"
TESTS = ROOT / "tests" / "methods"
MODULES = {
    "Market": ("market", "potential", "regional_indices"),
    "Accounts": (
        "scoring",
        "score_reasons",
        "pairwise_weights",
        "classes",
        "portfolio_grid",
        "recency_frequency",
        "profit",
        "propensity",
        "forecast_quality",
        "referral",
        "response",
        "visit_frequency",
        "channel_mix",
        "call_allocation",
        "hour_pools",
        "workload",
    ),
    "Territories": (
        "sizing",
        "balance",
        "compactness",
        "shapes",
        "territory_quality",
        "travel",
        "tours",
        "circuity",
        "scenarios",
    ),
    "Reps": (
        "fit",
        "assignment",
        "stable_matching",
        "fairness",
        "adjusted_performance",
        "performance_index",
        "rep_ratios",
        "frontier",
        "shrinkage",
        "quotas",
        "quota_sharing",
        "quota_waterfall",
        "funnel",
    ),
    "Review": (
        "disruption",
        "move_gains",
        "visits",
        "visit_compliance",
        "call_costs",
        "mileage",
        "mileage_scales",
    ),
    "Several steps": ("geo", "matching", "sharing"),
}
_INTRODUCTION = """\
The formulas of the field that the workbench knows, by the step whose question they answer, with
their sources in the literature. They stand in `territory_kit/methods/`: arrays in, numbers out, so
that any of them can be called from a notebook. A *published number* is one that a book, paper or
manual prints and a test reproduces. A module that no step calls yet says so. This page is made
from the docstrings by `python -m tools.make_methods_page`."""


@dataclass(frozen=True)
class Method:
    """What a module of methods says about itself.

    Parameters
    ----------
    name
        Module.
    summary
        First line of its docstring.
    functions
        Public functions with the first line of their docstrings.
    references
        Sources in order, each once.
    oracle_count
        Tests against published numbers.
    """

    name: str
    summary: str
    functions: tuple[tuple[str, str], ...]
    references: tuple[str, ...]
    oracle_count: int


def read_method(name: str, source: str, tests: str) -> Method:
    """Read a module and its tests.

    Parameters
    ----------
    name
        Name of the module.
    source
        Its text.
    tests
        Text of its tests.

    Returns
    -------
    Method
        What they say.
    """
    module = ast.parse(source)
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    public = [node for node in functions if not node.name.startswith("_")]
    return Method(
        name=name,
        summary=_first_line(module),
        functions=tuple((node.name, _first_line(node)) for node in public),
        references=tuple(dict.fromkeys(_references(module))),
        oracle_count=tests.count("@pytest.mark.oracle"),
    )


def methods_markdown() -> str:
    """Write the page of all methods.

    Returns
    -------
    str
        Markdown: one section per step, one part per module.
    """
    called = called_modules()
    parts = ["# Methods and their sources", _INTRODUCTION]
    for step, names in MODULES.items():
        parts.append(f"## {step}")
        parts += [_part(_read(name), is_called=name in called) for name in names]
    return "\n\n".join(parts) + "\n"


def called_modules() -> set[str]:
    """Find the modules that a step calls, itself or through another module of methods.

    Returns
    -------
    set of str
        Names of modules.
    """
    waiting = [name for file in sorted(STEPS.rglob("*.py")) for name in _imported(file)]
    called: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in called:
            called.add(name)
            waiting += _imported(METHODS / f"{name}.py")
    return called


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "territory_kit.methods":
                yield from (alias.name for alias in node.names)
            elif node.module.startswith("territory_kit.methods."):
                yield node.module.rpartition(".")[2]


def _read(name: str) -> Method:
    source, tests = METHODS / f"{name}.py", TESTS / f"test_{name}.py"
    return read_method(name, source.read_text(encoding="utf-8"), tests.read_text(encoding="utf-8"))


def _part(method: Method, *, is_called: bool) -> str:
    blocks = [
        f"### {method.name}",
        _wrap(" ".join([method.summary, *_notes(method, is_called=is_called)])),
    ]
    if method.functions:
        rows = [
            f"| `{name}` | {line.replace('|', chr(92) + '|')} |" for name, line in method.functions
        ]
        blocks.append("\n".join(["| function | what it does |", "|---|---|", *rows]))
    if method.references:
        blocks.append(_sources(method.references))
    return "\n\n".join(blocks)


def _notes(method: Method, *, is_called: bool) -> Iterator[str]:
    if method.oracle_count:
        tests = "1 test" if method.oracle_count == 1 else f"{method.oracle_count} tests"
        yield f"Published numbers: {tests}."
    if not is_called:
        yield "No step calls it yet."


def _sources(references: Sequence[str]) -> str:
    items = [re.sub(r"doi:(\S+?)(?=[.,;:]?(?:\s|$))", _link, text) for text in references]
    return "\n".join(["Sources:", "", *(_wrap(f"- {text}", indent="  ") for text in items)])


def _link(found: re.Match[str]) -> str:
    return f"[doi:{found[1]}](https://doi.org/{found[1]})"


def _references(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            _, _, section = (ast.get_docstring(node) or "").partition("References\n----------\n")
            if section:
                yield " ".join(section.partition("\n\n")[0].split())


def _first_line(node: ast.Module | ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").partition("\n")[0]


def _wrap(text: str, *, indent: str = "") -> str:
    lines = textwrap.wrap(
        text, 100, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(methods_markdown(), encoding="utf-8", newline="\n")
    print(f"Written: {FILE}")

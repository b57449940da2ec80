"""The arrows between the rooms point down, and files and functions stay small.

The checker reads the imports as text, so that a forbidden import is found even where it never runs.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "territory_kit"
MODULE_LINES = 400
FUNCTION_LINES = 40

GROUND = {"errors", "columns", "options", "own_scales", "wording"}
SOLVING = GROUND | {"methods", "design", "steps", "practices"}
BORDER = {"tables", "plan"}
WALK = SOLVING | BORDER | {"frame", "report", "walk"}
# Each room with the rooms that it may import, besides itself.
ARROWS = {
    "errors": set(),
    "columns": {"errors"},
    "options": {"errors", "columns", "own_scales"},
    "own_scales": set(),
    "wording": set(),
    "methods": GROUND,
    "expressions": {"errors"},
    "design": {"errors"},
    "steps": GROUND | {"methods", "design", "expressions"},
    "practices": GROUND | {"methods", "design", "expressions"},
    "report": SOLVING,
    "tables": GROUND | {"methods"},
    "plan": GROUND | {"methods", "tables", "expressions"},
    "frame": {"options", "plan", "steps"},
    "walk": WALK - {"walk"},
    "design_file": GROUND | {"methods", "design", "tables"},
    "compare": GROUND | BORDER | {"methods"},
    "take_back": GROUND | BORDER | {"steps"},
    "lab": WALK,
    "render": WALK,
    "terminal": GROUND | BORDER,
    "arguments": set(),
    "workbench": {"plan"},
    "cli": WALK
    | {"arguments", "terminal", "workbench"}
    | {"compare", "design_file", "lab", "render", "take_back"},
}
# The rooms of the engine likewise; its doors stand above them.
DESIGN_ARROWS = {
    "clusters": set(),
    "model": set(),
    "moves": {"model"},
    "search": {"model", "moves"},
    "bounds": {"model", "search"},
}
STEPS = {"market", "accounts", "territories", "reps", "review"}
DESIGN_LIBRARIES = {"numpy", "scipy", "sklearn", "numba", "threadpoolctl", *sys.stdlib_module_names}
SHOWING_LIBRARIES = {"matplotlib", "seaborn", "ipywidgets", "IPython", "papermill"}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def dotted_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path, root: Path) -> Iterator[str]:
    """Yield every import in full: `from a.b import c` is `a.b.c`, relative ones are resolved."""
    name = dotted_name(path, root)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def arrow_faults(path: Path, root: Path) -> list[str]:
    """Say which imports of one module of the package the drawing does not allow."""
    name = dotted_name(path, root)
    room, _, inner = name.removeprefix(PACKAGE).removeprefix(".").partition(".")
    if not room:
        return []  # the package's own door may re-export from every room
    if room not in ARROWS:
        return [f"{name}: the room {room} is not drawn, give it a place in ARROWS"]
    return [
        f"{name} imports {imported}"
        for imported in imported_names(path, root)
        if not _is_allowed(imported, room=room, inner=inner)
    ]


def _is_allowed(imported: str, *, room: str, inner: str) -> bool:
    top, _, rest = imported.partition(".")
    if top != PACKAGE:
        if room == "design":
            return top in DESIGN_LIBRARIES
        return room not in SOLVING | BORDER or top not in SHOWING_LIBRARIES
    target, _, target_inner = rest.partition(".")
    step = target_inner.partition(".")[0]
    own = inner.partition(".")[0]
    if room == target == "design" and own in DESIGN_ARROWS and step in DESIGN_ARROWS:
        return step in DESIGN_ARROWS[own] | {own}
    if room == target == "steps" and step in STEPS:
        return not inner or inner.partition(".")[0] == step
    return target in ARROWS[room] | {"", room} or target.startswith("__")


def size_faults(path: Path) -> list[str]:
    """Say what in one file is longer than a reader can hold, or has a name that says nothing."""
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    faults = [f"{path.name} has {lines} lines"] if lines > MODULE_LINES else []
    if path.stem.strip("_") in EMPTY_NAMES:
        faults.append(f"{path.name} names no job")
    functions = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    faults.extend(
        f"{path.name}:{function.lineno} {function.name} has {_body_lines(function)} lines"
        for function in functions
        if _body_lines(function) > FUNCTION_LINES
    )
    return faults


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count from the first statement after the docstring to the last line."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", sources(PACKAGE), ids=lambda path: dotted_name(path, ROOT))
def test_imports_point_down(path: Path) -> None:
    assert arrow_faults(path, ROOT) == []


def test_files_and_functions_stay_small() -> None:
    found = [
        fault
        for path in sources(PACKAGE, "tests", "tools", "benchmarks")
        for fault in size_faults(path)
    ]
    assert found == []


def test_every_drawn_arrow_ends_in_a_drawn_room() -> None:
    assert set().union(*ARROWS.values()) <= set(ARROWS)


def test_no_room_can_reach_itself_through_others() -> None:
    reached = {room: set(targets) for room, targets in ARROWS.items()}
    for _ in ARROWS:
        reached = {
            room: targets.union(*(reached[target] for target in targets))
            for room, targets in reached.items()
        }
    assert [room for room, targets in reached.items() if room in targets] == []


def module(root: Path, name: str, text: str) -> Path:
    """Write a made-up module that the checker can be tried on."""
    path = root / PACKAGE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        # An arrow that points up.
        ("methods/balance.py", "from territory_kit.plan import load", "territory_kit.plan.load"),
        # The same, written relatively and inside a function.
        (
            "methods/balance.py",
            "def f():\n    from ..report import maps",
            "territory_kit.report.maps",
        ),
        # One step reads another.
        ("steps/reps.py", "from territory_kit.steps import review", "territory_kit.steps.review"),
        ("steps/reps.py", "from .review import cost", "territory_kit.steps.review.cost"),
        # The engine knows no tables, neither ours nor pandas'.
        ("design/solve.py", "import pandas as pd", "pandas"),
        ("design/solve.py", "from territory_kit import columns", "territory_kit.columns"),
        # Inside the engine, moves know no search.
        (
            "design/moves/polish.py",
            "from territory_kit.design.search.descend import Plan",
            "territory_kit.design.search.descend.Plan",
        ),
        # Solving code draws nothing.
        ("steps/market.py", "import matplotlib.pyplot as plt", "matplotlib.pyplot"),
        ("tables/read.py", "from IPython.display import display", "IPython.display.display"),
        # Neighbours on the same floor.
        ("lab/widget.py", "import territory_kit.render.engine", "territory_kit.render.engine"),
        ("tables/files/write.py", "from territory_kit.plan import Plan", "territory_kit.plan.Plan"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, name: str, text: str, fault: str) -> None:
    faults = arrow_faults(module(tmp_path, name, text), tmp_path)
    assert len(faults) == 1
    assert faults[0].endswith(f" imports {fault}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan/results.py", "from territory_kit.tables import write"),
        ("plan/__init__.py", "from .results import save"),
        ("steps/territories.py", "from territory_kit.design import solve"),
        ("steps/__init__.py", "from territory_kit.steps import market, review"),
        ("render/record.py", "from territory_kit import __version__"),
        ("plan/inputs.py", "import territory_kit"),  # to hash the code, not to reach a room
        ("design/solve.py", "import numpy as np\nimport math\nfrom .balance import prices"),
        ("cli.py", "from territory_kit import render, lab"),
    ],
)
def test_a_drawn_import_is_allowed(tmp_path: Path, name: str, text: str) -> None:
    assert arrow_faults(module(tmp_path, name, text), tmp_path) == []


def test_a_room_that_is_not_drawn_is_found(tmp_path: Path) -> None:
    faults = arrow_faults(module(tmp_path, "cellar.py", ""), tmp_path)
    assert faults == [
        "territory_kit.cellar: the room cellar is not drawn, give it a place in ARROWS"
    ]


def test_long_files_long_functions_and_empty_names_are_found(tmp_path: Path) -> None:
    body = "    x = 1\n" * 41
    long_function = module(tmp_path, "a.py", f'def f():\n    """Say."""\n{body}')
    assert size_faults(long_function) == ["a.py:1 f has 41 lines"]
    assert size_faults(module(tmp_path, "b.py", "x = 1\n" * 401)) == ["b.py has 401 lines"]
    assert size_faults(module(tmp_path, "_utils.py", "")) == ["_utils.py names no job"]


def test_files_and_functions_at_the_limit_pass(tmp_path: Path) -> None:
    body = "    x = 1\n" * 40
    assert size_faults(module(tmp_path, "a.py", f'def f():\n    """Say."""\n{body}')) == []
    assert size_faults(module(tmp_path, "b.py", "x = 1\n" * 400)) == []

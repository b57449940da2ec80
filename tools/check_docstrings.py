"""Check the docstrings of the package against numpydoc, as `[tool.numpydoc_validation]` asks.

A docstring of one paragraph may leave its parameters to the signature. One that has sections must
have them complete, and so must every name that a room offers in the `__all__` of its `__init__`.
"""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from numpydoc.hooks.validate_docstrings import parse_config
from numpydoc.validate import validate

import territory_kit

ROOT = Path(__file__).resolve().parents[1]
SECTION_CODES = {"PR01", "RT01"}


def main() -> int:
    """Print every fault with its place and return 1 if there is one."""
    checks = parse_config(ROOT)["checks"]
    modules = list(_modules())
    offered = set().union(*(_offered(module) for module in modules))
    names = sorted({name for module in modules for name in _documented(module)})
    faults = [
        fault for name in names for fault in _faults(name, checks, is_offered=name in offered)
    ]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in {len(names)} docstrings")
    return int(bool(faults))


def _modules() -> Iterator[ModuleType]:
    """Import the package and its modules, without private ones."""
    yield territory_kit
    for found in pkgutil.walk_packages(territory_kit.__path__, prefix="territory_kit."):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield importlib.import_module(found.name)


def _offered(module: ModuleType) -> set[str]:
    """Name what a room offers, each by the place where it is defined."""
    if not hasattr(module, "__path__"):
        return set()
    things = (getattr(module, name) for name in getattr(module, "__all__", ()))
    return {f"{thing.__module__}.{thing.__qualname__}" for thing in things if _is_code(thing)}


def _documented(module: ModuleType) -> Iterator[str]:
    """Name the public functions and classes of a module, and their public methods."""
    for name, thing in vars(module).items():
        if name.startswith("_") or not _is_code(thing) or thing.__module__ != module.__name__:
            continue
        yield f"{module.__name__}.{name}"
        if inspect.isclass(thing):
            yield from (
                f"{module.__name__}.{name}.{member}"
                for member, value in vars(thing).items()
                if not member.startswith("_") and _is_code(value)
            )


def _is_code(thing: object) -> bool:
    """Tell functions (compiled ones too) and classes from values."""
    return inspect.isclass(thing) or inspect.isroutine(inspect.unwrap(thing))  # type: ignore[arg-type]  # reason: unwrap takes any object


def _faults(name: str, checks: set[str], *, is_offered: bool) -> list[str]:
    """Describe each broken check of one docstring."""
    report = validate(name)
    is_paragraph = "---" not in report["docstring"]
    waived = SECTION_CODES if is_paragraph and not is_offered else set()
    return [
        f"{_place(report)}: {name}: {code} {text}"
        for code, text in report["errors"]
        if code in checks - waived
    ]


def _place(report: dict[str, object]) -> str:
    """Give the file and line of a docstring."""
    file = report["file"]
    shown = Path(str(file)).resolve().relative_to(ROOT) if file else "?"
    return f"{shown}:{report['file_line']}"


if __name__ == "__main__":
    sys.exit(main())

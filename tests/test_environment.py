"""The three descriptions of the environment agree, whichever of them somebody installs from."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
# conda-forge has the part of matplotlib that needs no window under a name of its own.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
CONDA_ONLY = {"python", "pip"}

Bounds = dict[str, SpecifierSet]


def bounds(requirements: list[str]) -> Bounds:
    parsed = map(Requirement, requirements)
    return {canonicalize_name(found.name): found.specifier for found in parsed}


def pyproject_bounds(text: str) -> Bounds:
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"].values()
    return bounds([*project["dependencies"], *(name for extra in extras for name in extra)])


def conda_bounds(text: str) -> Bounds:
    listed: list[Any] = yaml.safe_load(text)["dependencies"]
    by_pip = [name for entry in listed if isinstance(entry, dict) for name in entry["pip"]]
    by_conda = bounds([entry for entry in listed if isinstance(entry, str)])
    return {CONDA_NAMES.get(name, name): bound for name, bound in by_conda.items()} | bounds(by_pip)


def locked_versions(text: str) -> dict[str, Version]:
    pins = re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", text, flags=re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in pins}


def lock_faults(wanted: Bounds, locked: dict[str, Version]) -> Iterator[str]:
    for name, bound in sorted(wanted.items()):
        if name not in locked:
            yield f"{name} is not locked"
        elif locked[name] not in bound:
            yield f"{name} is locked at {locked[name]}, outside {bound}"


@pytest.fixture
def pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture
def conda() -> str:
    return (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_the_lock_holds_every_dependency_within_its_bounds(pyproject: str, lock: str) -> None:
    assert list(lock_faults(pyproject_bounds(pyproject), locked_versions(lock))) == []


def test_conda_gets_the_same_names_and_bounds(pyproject: str, conda: str) -> None:
    listed = conda_bounds(conda)
    assert {name: listed[name] for name in listed if name not in CONDA_ONLY} == pyproject_bounds(
        pyproject
    )


def test_conda_gets_the_same_python(pyproject: str, conda: str) -> None:
    needed = SpecifierSet(tomllib.loads(pyproject)["project"]["requires-python"])
    assert conda_bounds(conda)["python"] == needed


def test_the_build_needs_nothing_that_is_not_locked(pyproject: str, lock: str) -> None:
    needed = bounds(tomllib.loads(pyproject)["build-system"]["requires"])
    assert list(lock_faults(needed, locked_versions(lock))) == []


def test_every_dependency_has_a_lower_bound(pyproject: str) -> None:
    wanted = pyproject_bounds(pyproject)
    assert [name for name, bound in wanted.items() if ">=" not in str(bound)] == []


def test_the_lock_names_no_address(lock: str) -> None:
    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url.*|--find-links.*", lock) == []


def test_every_locked_file_has_a_hash(lock: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(locked_versions(lock))


def test_a_missing_and_an_outdated_pin_are_found() -> None:
    wanted = pyproject_bounds(
        '[project]\ndependencies = ["A_b>=2"]\noptional-dependencies.dev = ["c>=1"]'
    )
    locked = locked_versions("a-b==1.9 ; os_name == 'nt' \\\n    --hash=sha256:00\n")
    assert list(lock_faults(wanted, locked)) == [
        "a-b is locked at 1.9, outside >=2",
        "c is not locked",
    ]

"""The wheel carries all that a plan needs, and nothing that running it has made."""

import shutil
from collections.abc import Callable
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

Build = Callable[[Path, Path], Path]
JUNK = (
    "notebooks/.ipynb_checkpoints/01-market-checkpoint.ipynb",
    "templates/.DS_Store",
    "templates/Thumbs.db",
    "templates/~$plan.yaml",
    "templates/own.csv",
    "territory_kit/__pycache__/cli.cpython-313.pyc",
    "territory_kit/plan/__pycache__/slug.cpython-313.pyc",
    "data/sample/.cache/inputs-0/accounts.parquet",
    "data/sample/.locks/plan.lock",
    "data/sample/choices.yaml",
    "data/sample/inputs/.~lock.deals.xlsx#",
    "data/sample/notebooks/01-market.ipynb",
    "data/sample/reports/index.html",
    "data/sample/results/Corse/market/record.json",
    "results/Corse/market/record.json",
    "reports/index.html",
)
SHIPPED = {
    "notebooks/": "territory_kit/_shipped/notebooks/",
    "templates/": "territory_kit/_shipped/templates/",
    "data/sample/": "territory_kit/_shipped/data/sample/",
    "territory_kit/": "territory_kit/",
}


@pytest.fixture(scope="module")
def used(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project as it looks after some days of work."""
    folder = tmp_path_factory.mktemp("used") / "project"
    shutil.copytree(project, folder)
    for name in JUNK:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("left over", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def wheel(used: Path, build_wheel: Build, tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build the wheel of a project in use; the analyst's own file is git-ignored."""
    with (used / ".gitignore").open("a", encoding="utf-8") as stream:
        stream.write("/templates/own.csv\n")
    return ZipFile(build_wheel(used, tmp_path_factory.mktemp("wheel")))


def _in_wheel(name: str) -> str:
    start = next(start for start in SHIPPED if name.startswith(start))
    return SHIPPED[start] + name.removeprefix(start)


def test_the_wheel_holds_exactly_the_projects_own_files(
    wheel: ZipFile, tracked: tuple[str, ...]
) -> None:
    found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {_in_wheel(name) for name in tracked if name.startswith(tuple(SHIPPED))}
    assert sorted(found - expected) == [], "these do not belong into the wheel"
    assert sorted(expected - found) == [], "these are missing from the wheel"


def test_what_running_the_sample_makes_stays_out_without_git_too(
    used: Path, build_wheel: Build, tmp_path: Path
) -> None:
    """An archive that was downloaded and unpacked has no repository around it."""
    copy = Path(shutil.copytree(used, tmp_path / "archive"))
    (copy / ".gitignore").unlink()
    (copy / "templates/own.csv").unlink()
    with ZipFile(build_wheel(copy, tmp_path / "dist")) as built:
        left_over = [name for name in built.namelist() if built.read(name) == b"left over"]
    assert left_over == []


def test_the_wheel_says_what_it_is(wheel: ZipFile) -> None:
    about = {
        name.split(".dist-info/")[1]: name for name in wheel.namelist() if ".dist-info/" in name
    }
    assert sorted(about) == ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"]
    metadata = Parser().parsestr(wheel.read(about["METADATA"]).decode())
    assert (metadata["Name"], metadata["License-Expression"]) == ("territory_kit", "BSD-3-Clause")
    assert metadata["License-File"] == "LICENSE"
    assert "openpyxl" not in str(metadata.get_all("Requires-Dist")).split("extra")[0]
    entries = wheel.read(about["entry_points.txt"]).decode()
    assert "territory-kit = territory_kit.cli:app" in entries
    assert (
        "territory-kit-fork = territory_kit.render.warm.provisioner:ForkedKernelProvisioner"
        in entries
    )


def test_the_wheel_is_typed_and_fits_every_system(wheel: ZipFile) -> None:
    assert "territory_kit/py.typed" in wheel.namelist()
    assert str(wheel.filename).endswith("-py3-none-any.whl")


def test_the_same_project_gives_the_same_wheel(
    wheel: ZipFile, used: Path, build_wheel: Build, tmp_path: Path
) -> None:
    again = build_wheel(used, tmp_path)
    assert again.read_bytes() == Path(str(wheel.filename)).read_bytes()

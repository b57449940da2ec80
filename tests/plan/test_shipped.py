"""Where notebooks, templates and the sample stand."""

from pathlib import Path

import pytest

from territory_kit.errors import MissingDependencyError
from territory_kit.plan.shipped import shipped_folder


def _package(root: Path, *folders: str) -> Path:
    for folder in ("territory_kit", *folders):
        (root / folder).mkdir(parents=True)
    return root / "territory_kit"


def test_a_checkout_goes_first(tmp_path: Path) -> None:
    package = _package(tmp_path, "notebooks", "territory_kit/_shipped/notebooks")
    (tmp_path / "pyproject.toml").touch()
    assert shipped_folder("notebooks", package=package) == tmp_path / "notebooks"


def test_an_installed_package_has_its_own_copy(tmp_path: Path) -> None:
    """A folder of that name beside the package belongs to somebody else."""
    package = _package(tmp_path, "notebooks", "territory_kit/_shipped/notebooks")
    assert shipped_folder("notebooks", package=package) == package / "_shipped" / "notebooks"


def test_the_sample_stands_under_data(tmp_path: Path) -> None:
    package = _package(tmp_path, "territory_kit/_shipped/data/sample")
    assert shipped_folder("sample", package=package) == package / "_shipped/data/sample"


def test_a_package_without_them_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match=r"missing: templates .*Install"):
        shipped_folder("templates", package=_package(tmp_path))


def test_this_checkout_has_templates() -> None:
    assert (shipped_folder("templates") / "plan.yaml").is_file()

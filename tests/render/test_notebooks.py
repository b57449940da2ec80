"""Which notebooks are rendered, and what they must take."""

import shutil
from pathlib import Path

import pytest

from territory_kit.errors import ParameterError
from territory_kit.render.notebooks import check_notebooks, check_parameters, find_notebooks


def test_the_notebooks_of_the_package_are_the_five_steps() -> None:
    assert [file.name[:3] for file in find_notebooks()] == ["01-", "02-", "03-", "04-", "05-"]


def test_copies_in_a_folder_are_taken_from_there(tmp_path: Path) -> None:
    shutil.copy(find_notebooks()[0], tmp_path)
    assert find_notebooks(tmp_path) == (tmp_path / find_notebooks()[0].name,)


def test_a_folder_without_notebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no notebooks to render"):
        find_notebooks(tmp_path)


def test_an_unknown_parameter_is_refused() -> None:
    """papermill by itself only logs it and goes on with the value of the notebook."""
    with pytest.raises(ParameterError, match=r"A parameter is unknown: regoin .*: .*plan_dir"):
        check_parameters(find_notebooks()[0], ["regoin"])


def test_a_notebook_that_takes_no_region_is_refused(tmp_path: Path) -> None:
    check_notebooks(find_notebooks())
    text = find_notebooks()[0].read_text(encoding="utf-8").replace('"region = ', '"place = ')
    (tmp_path / "01-market.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"A parameter is unknown: region \(notebook 01-"):
        check_notebooks(find_notebooks(tmp_path))


def test_files_of_a_folder_named_from_here_are_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regions compute in folders of their own."""
    (tmp_path / "mine").mkdir()
    shutil.copy(find_notebooks()[0], tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert all(file.is_absolute() for file in find_notebooks(Path("mine")))
